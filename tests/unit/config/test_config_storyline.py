"""Does the storyline load, and is every mistake in it told with file, line and advice?"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Register, Storyline
from bot.errors import ConfigError
from config import load_sources, load_storyline

TIMELINE = Path(__file__).parents[3] / "../shared/eval/timeline.jsonl"

DEEDS = {
    ("seoul-arms", "indirect"),
    ("seoul-arms", "supplying"),
    ("seoul-moscow", "retaliating"),
    ("moscow-seoul", "retaliating"),
    ("pact", "signed"),
    ("pact", "ratified"),
    ("pact", "invoked"),
    ("pact", "abandoned"),
    ("pyongyang-war", "arming"),
    ("pyongyang-war", "deploying"),
    ("pyongyang-war", "fighting"),
    ("pyongyang-war", "withdrawing"),
    ("moscow-tech", "transferring"),
}
QUIET = {
    ("seoul-moscow", "managing"),
    ("moscow-seoul", "neutral"),
    ("allies-arms", "neutral"),
    ("allies-arms", "encouraging"),
    ("seoul-opinion", "divided"),
}
LADDERS = {
    "seoul-arms": "withhold reviewing conditional indirect committed supplying",
    "seoul-moscow": "mending managing condemning retaliating",
    "moscow-seoul": "conciliatory neutral warning retaliating",
    "pact": "negotiating signed ratified invoked abandoned",
    "pyongyang-war": "denied feared arming deploying fighting withdrawing",
    "moscow-tech": "denied feared reported transferring",
    "allies-arms": "discouraging neutral encouraging requesting",
    "seoul-opinion": "opposed divided supportive",
    "expert-depth": "symbolic divided transformative",
}
BASELINE = {
    ("seoul-arms", "south-korea", "reviewing"),
    ("seoul-moscow", "south-korea", "condemning"),
    ("pact", "russia", "signed"),
    ("pact", "north-korea", "signed"),
    ("pyongyang-war", "north-korea", "feared"),
    ("moscow-tech", "russia", "feared"),
    ("seoul-opinion", "public", "divided"),
    ("expert-depth", "experts", "divided"),
}


@pytest.fixture(scope="module")
def shipped() -> Storyline:
    return load_storyline()


def test_the_shipped_ladders_are_those_of_the_design(shipped: Storyline) -> None:
    assert {t.id: " ".join(r.id for r in t.rungs) for t in shipped.tracks} == LADDERS
    rungs = [(t, r) for t in shipped.tracks for r in t.rungs]
    assert {(t.id, r.id) for t, r in rungs if r.register is Register.DEED} == DEEDS
    assert {(t.id, r.id) for t, r in rungs if r.quiet} == QUIET
    assert {(t.id, r.id) for t, r in rungs if r.reversal} == {("pact", "abandoned"), ("pyongyang-war", "withdrawing")}


def test_only_the_experts_track_is_never_told(shipped: Storyline) -> None:
    assert [t.id for t in shipped.tracks if not t.alerts] == ["expert-depth"]
    assert {t.id for t in shipped.tracks if t.deeds_outrank_words} == {"pact", "pyongyang-war", "moscow-tech"}


def test_the_shipped_baseline_is_that_of_the_two_articles(shipped: Storyline) -> None:
    moves = [move for move in shipped.past if move.baseline]
    assert {(move.track, move.holder, move.rung) for move in moves} == BASELINE
    assert all("article" in move.note and "paragraph" in move.note for move in moves)
    assert {move.day for move in moves} == {shipped.baseline_day}
    assert {(t.id, h, r) for t in shipped.tracks for h, r in t.baseline.items()} == BASELINE


def test_every_shipped_rung_is_told_in_full_in_both_languages(shipped: Storyline) -> None:
    for track in shipped.tracks:
        for rung in track.rungs:
            for text in (rung.label, rung.now, rung.before, rung.confirms, rung.falsifies):
                assert set(text) == {"en", "ko"}, (track.id, rung.id)


def test_every_shipped_holder_and_speaker_is_named_in_four_languages(shipped: Storyline) -> None:
    for named in (*shipped.holders, *shipped.speakers):
        assert set(named.aliases) == {"en", "ko", "ru", "uk"}, named.id
    for holder in shipped.holders:
        for person in holder.people:
            assert set(person.names) == {"en", "ko", "ru", "uk"}, person.id


def test_every_shipped_event_has_cues_in_english(shipped: Storyline) -> None:
    assert all(event.cues.get("en") for track in shipped.tracks for event in track.events)


@pytest.mark.parametrize(
    ("name", "day", "holder", "office"),
    [
        ("Yoon Suk Yeol", "2025-04-04", "south-korea", "president"),
        ("Yoon Suk Yeol", "2025-04-05", None, None),
        ("Lee Jae-myung", "2024-10-01", "opposition", "democratic-party-leader"),
        ("Lee Jae-myung", "2025-06-04", "south-korea", "president"),
        ("Choi Sang-mok", "2025-02-01", "south-korea", "acting-president"),
        ("Shin Won-sik", "2024-06-20", "south-korea", "defence-minister"),
        ("Shin Won-sik", "2024-11-22", "south-korea", "security-adviser"),
        ("Chang Ho-jin", "2024-06-20", "south-korea", "security-adviser"),
        ("Wi Sung-lac", "2025-07-01", "south-korea", "security-adviser"),
        ("Democratic Party", "2024-10-30", "opposition", "democratic-party"),
        ("Democratic Party", "2025-10-30", "ruling-party", "democratic-party"),
        ("People Power Party", "2024-10-30", "ruling-party", "people-power-party"),
        ("Sergei Shoigu", "2023-07-27", "russia", "defence-minister"),
        ("Sergei Shoigu", "2025-06-17", "russia", "security-council-secretary"),
        ("Andrei Belousov", "2024-11-29", "russia", "defence-minister"),
        ("Kang Sun Nam", "2024-10-01", "north-korea", "defence-minister"),
        ("No Kwang Chol", "2024-10-30", "north-korea", "defence-minister"),
        ("Jens Stoltenberg", "2024-06-20", "nato", "secretary-general"),
        ("Mark Rutte", "2024-10-28", "nato", "secretary-general"),
        ("Joe Biden", "2024-11-01", "united-states", "president"),
        ("Donald Trump", "2024-11-01", None, None),
        ("Donald Trump", "2025-02-01", "united-states", "president"),
        ("Kaja Kallas", "2024-06-20", "estonia", "prime-minister"),
        ("Kaja Kallas", "2025-01-20", "eu", "foreign-policy-chief"),
        ("Dmytro Kuleba", "2024-06-20", "ukraine", "foreign-minister"),
        ("Andrii Sybiha", "2024-11-01", "ukraine", "foreign-minister"),
    ],
)
def test_a_person_speaks_for_the_office_of_the_day(
    shipped: Storyline, name: str, day: str, holder: str | None, office: str | None
) -> None:
    on = date.fromisoformat(day)
    voices = {
        (h.id, p.office)
        for h in shipped.holders
        for p in h.people
        if name in p.names["en"] and (p.since or date.min) <= on <= (p.until or date.max)
    }
    assert (holder, office) in voices if holder else not voices
    assert len({who for who, _ in voices}) <= 1


def test_an_agency_counts_as_the_origin_its_feeds_have(shipped: Storyline) -> None:
    groups = {source.origin_group for source in load_sources()}
    house = {"Yonhap": "yonhap", "TASS": "state-ru", "RIA Novosti": "state-ru", "Interfax": "interfax"}
    house |= {"Ukrinform": "state-ua", "Kyodo": "kyodo", "Newsis": "moneytoday", "Wall Street Journal": "dowjones"}
    speaker = {form: s.id for s in shipped.speakers for form in s.aliases["en"]}
    assert {name: speaker[name] for name in house} == house
    assert set(house.values()) <= groups


def test_people_have_ids_of_their_own(shipped: Storyline) -> None:
    ids = Counter((p.id, p.since) for h in shipped.holders for p in h.people)
    assert set(ids.values()) == {1}


def test_yaml_is_read_by_the_parser_written_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = Mock(wraps=yaml.parse)
    monkeypatch.setattr(yaml, "parse", parse)
    load_storyline()
    assert {call.kwargs["Loader"] for call in parse.call_args_list} == {yaml.CBaseLoader}


@pytest.mark.skipif(not TIMELINE.exists(), reason="the dated timeline stands beside the repository, and is not there")
def test_history_covers_every_move_of_the_timeline(shipped: Storyline) -> None:
    told = {(m.day.isoformat(), m.track, m.holder, m.rung) for m in shipped.past if not m.baseline}
    undated = {(m.track, m.holder, m.rung) for m in shipped.past if "approximate" in m.note}
    for line in TIMELINE.read_text("utf-8").splitlines():
        move = json.loads(line)
        key = (move["track"], move["holder"], move["to"])
        assert (move["date"], *key) in told if move["date"] else key in undated, line


def test_past_is_in_the_order_of_its_days(shipped: Storyline) -> None:
    days = [move.day for move in shipped.past]
    assert days == sorted(days)
    assert len(days) >= 80


def test_a_folder_of_its_own_replaces_the_shipped_storyline(folder: Path) -> None:
    storyline = load_storyline(folder)
    assert storyline.id == "mini"
    assert [(m.day.year, m.holder, m.rung, m.baseline) for m in storyline.past] == [
        (2023, "north", "refuses", False),
        (2024, "north", "refuses", True),
        (2025, "south", "sends", False),
    ]
    assert storyline.past[2].note == "It sends. (the day is approximate)"
    assert storyline.track("arms").events[0].default_agent == "north"


MISTAKES = [
    ("id: mini", "id: Mini Story", "id: Mini", "write small letters"),
    ("id: mini", "idd: mini", "idd:", "did you mean 'id'?"),
    ("    question: {en: Will it?, ko: 하는가?}", "    qestion: {en: Will it?}", "qestion", "did you mean 'question'?"),
    ("baseline_day: 2024-06-20", "baseline_day: June", "baseline_day", "valid date"),
    ("title: {en: Arms, ko: 무기}", "title: {en: Arms}", "title: {en: Arms}", "lacks its text in 'ko'"),
    ("holders: [north, south]", "holders: [north, south, west]", "holders: [", "'west' is no holder"),
    ("holders: [north, south]", "holders: [north, south]\n    voices: {south: west}", "voices", "is no holder of this"),
    ("holders: [north, south]", "holders: [north, south]\n    voices: {west: north}", "voices", "'west' is no holder"),
    ("holders: [north, south]", "holders: [north, south]\n    toward: [west]", "toward", "'west' is no holder"),
    ("register: deed", "register: dead", "register: dead", "has to be 'word' or 'deed'"),
    ("now: {en: sends, ko: 보낸다}", "now: {en: sends}", "now: {en: sends}", "lacks its text in 'ko'"),
    ("        register: word\n", "        register: word\n        reversal: true\n", "reversal", "only a deed"),
    ("          rung: refuses", "          rung: refuse", "rung: refuse", "did you mean 'refuses'?"),
    ("article: 1,", "article: one,", "article: one", "valid integer"),
    ("{done: sends, refused: refuses}", "{done: sends, refusd: refuses}", "refusd", "'done', 'decided'"),
    ("{done: sends, refused: refuses}", "{done: sent, refused: refuses}", "done: sent", "'sent' is no rung"),
    ("agents: [north]", "agents: [west]", "agents: [west]", "'west' is no holder of this track"),
    ("default_agent: north", "default_agent: south", "default_agent: south", "is no agent of this event"),
    ("en: [send + $arms]", "en: []", "en: []", "is empty"),
    ("en: [North]\n", 'en: [North, ""]\n', 'en: [North, ""]', "is empty"),
    ("en: [Gazette]", "english: [Gazette]", "english:", "write its code, such as ko"),
    ("until: 2022-01-01}", "until: 2022-01-02}", "since: 2022-01-01}", "same time as first-lead"),
    ("until: 2022-01-01}", "until: 2019-01-01}", "until: 2019", "ends before it begins"),
    ("en: [South]", "en: [South, North]", "en: [South, North]", "'North' stands for north too at that time"),
    ("en: [South]", "en: [South, Second Lead]", "en: [South, S", "drop one"),
    ("holder: south", "holder: sout", "holder: sout\n", "did you mean 'south'?"),
    ("    arms: [arms, shells]", "    arms: arms", "arms: arms", "has to be a list"),
    ("    arms: [arms, shells]", "    arms: [arms]\n    arms: [shells]", "arms: [shells]", "stands twice"),
    ("      second-lead:", "      first-lead:", "      first-lead:", "stands twice"),
    ("en: [Gazette]", "en: &a [*a]", "en: &a", "alias"),
    ("id: mini", "id: [mini", None, "is no YAML"),
    ("id: mini", "id: mi\u0007ni", "id:", "control character"),
    ("speakers:\n  gazette:", "speakers:\n  ? [a, b]\n  : {}\n  gazette:", "? [a, b]", "key is one word"),
]


@pytest.mark.parametrize(("old", "new", "marker", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_line(edit, folder: Path, old: str, new: str, marker: str | None, told: str) -> None:
    path = edit("storyline.yml", old, new)
    with pytest.raises(ConfigError) as caught:
        load_storyline(folder)
    lines = str(caught.value).splitlines()
    problem = next((line for line in lines if told in line), None)
    assert problem, lines
    if marker:
        text = path.read_text("utf-8")
        at = text.rindex(marker)
        assert problem.startswith(f"{path}:{text.count(chr(10), 0, at) + 1}: "), (problem, marker)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(edit, folder: Path) -> None:
    path = edit("storyline.yml", "agents: [north]", "agents: [north, west]")
    edit("storyline.yml", "holder: south", "holder: east")
    edit("storyline.yml", "done: sends", "done: sent")
    with pytest.raises(ConfigError) as caught:
        load_storyline(folder)
    summary, *problems = str(caught.value).splitlines()
    assert summary == f"{path}: 3 problems, nothing of it is used"
    assert [problem.split(": ")[1].rpartition(".")[2] for problem in problems] == ["agents", "done", "holder"]


@pytest.mark.parametrize(
    ("baseline", "told"),
    [
        ("    baseline: {}", "needs either `positions`"),
        ("    baseline: {none: why, positions: {north: {rung: refuses, evidence: []}}}", "is empty"),
        ("", "is missing"),
        ("    baseline: {none: neither article says so}", None),
    ],
)
def test_a_track_needs_a_baseline_decision(edit, folder: Path, baseline: str, told: str | None) -> None:
    block = "    baseline:\n      positions:\n        north:\n          rung: refuses\n          evidence:\n"
    block += "            - {article: 1, paragraph: 2, says: it refuses}"
    edit("storyline.yml", block, baseline)
    if told is None:
        assert not load_storyline(folder).track("arms").baseline
        return
    with pytest.raises(ConfigError, match=told):
        load_storyline(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rung: sends", "rung: sent", "4: moves.1.rung: 'sent' is no rung of arms; did you mean 'sends'?"),
        ("holder: south", "holder: west", "'west' is no holder of arms"),
        ("2025-02-01", "2025-02-31", "day"),
        ("note: It sends.", "note:", "is empty"),
        ("    track: arms\n    holder: south", "    track: arm\n    holder: south", "did you mean 'arms'?"),
    ],
)
def test_a_mistake_in_the_history_is_told(edit, folder: Path, old: str, new: str, told: str) -> None:
    edit("history.yml", old, new)
    with pytest.raises(ConfigError) as caught:
        load_storyline(folder)
    assert told.removeprefix("4: ") in str(caught.value)
    assert "history.yml:" in str(caught.value)


def _mangle(text: str, cut: int, length: int, insert: str, *, swap: bool) -> str:
    at = cut % (len(text) + 1)
    mangled = text[:at] + insert + text[at + length :]
    if swap:
        lines = mangled.splitlines()
        mangled = "\n".join(lines[len(lines) // 2 :] + lines[: len(lines) // 2])
    return mangled


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.integers(0, 5000),
    length=st.integers(0, 40),
    insert=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        st.sampled_from(
            ["\n", "  ", "- ", ": ", "[", "}", "&a ", "*a", "!!int ", "? ", "%YAML 9.9\n", "\0", "\n---\n"]
        ),
    ),
    swap=st.booleans(),
)
def test_mangled_yaml_is_a_config_error_or_a_storyline(
    folder: Path, cut: int, length: int, insert: str, swap: bool
) -> None:
    path = folder / "storyline.yml"
    whole = path.read_text("utf-8")
    path.write_text(_mangle(whole, cut, length, insert, swap=swap), "utf-8")
    told = [str(folder)]
    try:
        load_storyline(folder)
    except ConfigError as error:
        told = str(error).splitlines()
    finally:
        path.write_text(whole, "utf-8")
    assert all(str(folder) in line for line in told)
