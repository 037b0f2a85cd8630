"""What does a message hold, before any platform draws it?"""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Alert, AlertState, Brief, By, News, Position, SilentSource, Standing, Storyline
from handlers.card import (
    Card,
    Entries,
    Facts,
    Ladder,
    Mark,
    Positions,
    Quote,
    card_of,
    card_of_alert,
    card_of_brief,
    card_of_news,
)
from handlers.samples import NOW, samples
from handlers.texts import languages


def _card(storyline: Storyline, name: str, language: str = "en", **changes: Any) -> Card:
    return card_of(replace(samples(storyline)[name], **changes), storyline, language)


def _blocks(card: Card, kind: type) -> list[Any]:
    return [block for block in card.blocks if isinstance(block, kind)]


def _marked(card: Card) -> dict[str, tuple[Mark, ...]]:
    return {step.rung: step.marks for step in _blocks(card, Ladder)[0].steps if step.marks}


def _facts(card: Card) -> dict[str, Any]:
    return {fact.name: fact for block in _blocks(card, Facts) for fact in block.rows}


def _strings(value: Any) -> list[str]:
    """Return every text that a card holds."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in _strings(part)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in _strings(getattr(value, field.name))]
    return []


def test_the_ladder_marks_before_now_and_the_baseline(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "confirmed")
    assert _marked(card) == {"withhold": (Mark.FROM,), "reviewing": (Mark.TO, Mark.BASELINE)}
    ladder = _blocks(card, Ladder)[0]
    assert [step.rung for step in ladder.steps] == ["withhold", "reviewing", "indirect", "supplying"]
    assert ladder.spoken == "Arms, word of South Korea: from “rules out” to “reviewing”, step 2 of 4."


def test_a_ladder_read_aloud_in_korean_needs_no_particle_that_bends(small_storyline: Storyline) -> None:
    spoken = _blocks(_card(small_storyline, "confirmed-reported", "ko"), Ladder)[0].spoken
    assert spoken.endswith("‘무기’에서 ‘파병’ 단계로, 3단계 중 3단계."), spoken


def test_a_reversal_stands_beside_the_ladder(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "signal-deed", to_rung="withdrawing")
    assert [step.rung for step in _blocks(card, Ladder)[0].steps if step.aside] == ["withdrawing"]
    assert _blocks(card, Ladder)[0].spoken.endswith("a reversal.")


def test_a_signal_says_that_the_register_stands_where_it_stood(small_storyline: Storyline) -> None:
    steps = {step.rung: step for step in _blocks(_card(small_storyline, "signal"), Ladder)[0].steps}
    assert steps["reviewing"].said == ("reported", "baseline")
    assert steps["withhold"].said == ("so far",)


def test_the_quote_is_exact_with_who_says_so_source_link_and_date(small_storyline: Storyline) -> None:
    quote = _blocks(_card(small_storyline, "confirmed"), Quote)[0]
    assert quote.text.startswith("“Depending on what they do")
    assert quote.voice == "South Korea itself"
    assert quote.source.label == "Example Herald 1"
    assert quote.source.url == "https://news1.example.org/world/2024/10/24/position-reviewed?id=1"
    assert quote.at == datetime(2024, 10, 24, 8, 0, tzinfo=UTC)
    assert not quote.tongue


def test_a_foreign_quote_stays_in_its_language_and_says_which(small_storyline: Storyline) -> None:
    assert _blocks(_card(small_storyline, "foreign"), Quote)[0].tongue == "Korean"
    assert _blocks(_card(small_storyline, "foreign", "ko"), Quote)[0].tongue == ""
    assert "검토해 나갈 것" in _blocks(_card(small_storyline, "foreign"), Quote)[0].text


def test_a_denial_is_quoted_beside_what_it_denies(small_storyline: Storyline) -> None:
    lead, denial = _blocks(_card(small_storyline, "disputed"), Quote)
    assert not lead.heading
    assert denial.heading == "Against it"
    assert denial.voice == "North Korea itself"


def test_what_was_said_in_between_is_no_denial(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "back")
    assert _blocks(card, Quote)[1].heading == "In between"
    assert _marked(card)["reviewing"] == (Mark.OTHER, Mark.BASELINE)


def test_a_previous_sentence_in_another_language_says_which(small_storyline: Storyline) -> None:
    foreign = samples(small_storyline)["foreign"].lead  # type: ignore[union-attr]  # it is an alert
    fact = _facts(_card(small_storyline, "confirmed", previous=Position("withhold", NOW, (foreign,))))["Before"]
    assert fact.note.endswith("(in Korean)")


def test_a_baseline_of_a_later_day_is_not_shown(small_storyline: Storyline) -> None:
    early = datetime(2022, 3, 1, tzinfo=UTC)
    card = _card(small_storyline, "confirmed", at=early)
    assert _facts(card)["Baseline"].text == "none"
    assert Mark.BASELINE not in _marked(card)["reviewing"]


def test_a_position_is_shown_with_the_article_that_moved_it_not_with_what_was_reported_before(
    small_storyline: Storyline,
) -> None:
    said = samples(small_storyline)["confirmed"].lead  # type: ignore[union-attr]  # it is an alert
    leaked = replace(said, dated=NOW - timedelta(days=2), url="https://paper.example/leak", quote="A source says so.")
    stood = Position("withhold", NOW, (leaked, replace(said, dated=NOW)))
    fact = _facts(_card(small_storyline, "confirmed", previous=stood))["Before"]
    (row,) = _blocks(_brief(small_storyline, Standing("seoul-arms", "south-korea", word=stood)), Positions)[0].rows
    assert (fact.note, fact.link.url, row.spots[0].link.url) == (said.quote, said.url, said.url)


def test_outlets_and_origins_are_counted(small_storyline: Storyline) -> None:
    facts = _facts(_card(small_storyline, "grown"))
    assert facts["Carried by"].text == "9 outlets, 3 origins; read with high confidence"


def test_the_previous_position_and_the_baseline_are_both_shown(small_storyline: Storyline) -> None:
    facts = _facts(_card(small_storyline, "confirmed"))
    assert (facts["Before"].text, facts["Before"].since) == ("rules out", date(2022, 4, 8))
    assert facts["Before"].note == "sample of the history"
    assert (facts["Baseline"].text, facts["Baseline"].at) == ("reviewing", date(2024, 6, 20))


def test_a_previous_position_that_rests_on_an_article_brings_its_sentence(small_storyline: Storyline) -> None:
    lead = samples(small_storyline)["confirmed"].lead  # type: ignore[union-attr]  # it is an alert
    fact = _facts(_card(small_storyline, "confirmed", previous=Position("withhold", NOW, (lead,))))["Before"]
    assert fact.note == lead.quote
    assert fact.since == NOW
    assert fact.link.url.startswith("https://")


def test_without_a_previous_position_or_a_baseline_the_card_says_so(small_storyline: Storyline) -> None:
    changes = {"track": "allies-arms", "holder": "united-states", "to_rung": "requesting"}
    facts = _facts(_card(small_storyline, "first-word", **changes))
    assert facts["Before"].text == "no position on record"
    assert facts["Baseline"].text == "none"


def test_what_would_confirm_or_falsify_it_stands_on_what_is_open(small_storyline: Storyline) -> None:
    assert {"Would confirm", "Would falsify"} <= set(_facts(_card(small_storyline, "signal")))
    assert not {"Would confirm", "Would falsify"} & set(_facts(_card(small_storyline, "expired")))


def test_other_outlets_are_listed_once_each_without_the_lead(small_storyline: Storyline) -> None:
    sources = _blocks(_card(small_storyline, "grown"), Entries)[0]
    assert [entry.link.label for entry in sources.entries] == [f"Example Herald {n}" for n in range(2, 10)]
    assert sources.detail
    assert not _blocks(_card(small_storyline, "confirmed"), Entries)


@pytest.mark.parametrize("language", languages())
def test_every_sample_has_a_card_in_every_language(small_storyline: Storyline, language: str) -> None:
    for name, notice in samples(small_storyline).items():
        card = _card(small_storyline, name, language)
        assert card.headline
        assert card.badge.text
        assert card.subject == notice.id
        assert card.version == notice.version
        assert not any("$" in text for text in _strings(card))


def test_a_card_carries_no_markup_of_its_own(small_storyline: Storyline) -> None:
    for name in samples(small_storyline):
        for text in _strings(_card(small_storyline, name)):
            assert not set(text) & set("*_`<>[]|~")


HOSTILE = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["@everyone", "\u202e" * 9, "\x1b[2J", "[bold]x[/bold]", "x" * 2_000, "한" * 1_999, "$holder ${x} $", ""]
)


@settings(max_examples=60)
@given(st.data())
def test_feed_text_of_any_kind_makes_a_clean_card(small_storyline: Storyline, data: st.DataObject) -> None:
    found = samples(small_storyline)
    alert = data.draw(st.sampled_from([notice for notice in found.values() if isinstance(notice, Alert)]))
    names = ("quote", "title", "publisher", "url", "language", "origin")
    lead = replace(alert.lead, **{name: data.draw(HOSTILE, name) for name in names})
    hostile = replace(alert, evidence=(lead, *alert.evidence[1:]), against=(lead,))
    for card in (card_of_alert(hostile, small_storyline, "en"), card_of_alert(hostile, small_storyline, "ko")):
        for text in _strings(card):
            assert text.isprintable()
            assert len(text) <= 700
        assert all(link.startswith(("http://", "https://")) for link in _urls(card) if link)


def _urls(card: Card) -> list[str]:
    return [quote.source.url for quote in _blocks(card, Quote)]


def test_an_alert_of_a_dropped_track_still_has_a_card(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "confirmed", track="dropped", holder="nobody")
    assert card.kicker == "dropped · nobody · word"
    assert not _blocks(card, Ladder)


# The brief.


def _brief(storyline: Storyline, *standings: Standing, **changes: Any) -> Card:
    brief = samples(storyline)["brief-still"]
    assert isinstance(brief, Brief)
    return card_of_brief(replace(brief, standings=standings, **changes), storyline, "en")


def _at(rung: str) -> Position:
    return Position(rung, NOW)


def test_nothing_moved_is_one_line_and_positions_can_wait(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "brief-still")
    assert card.headline == "Nothing moved in the last 7 days."
    assert all(block.detail for block in card.blocks)


def test_a_busy_week_is_counted_and_its_tracks_come_in_full(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "brief")
    assert card.headline == "2 moves in the last 7 days; 1 signal not confirmed."
    moved, signals, silent = _blocks(card, Entries)
    assert [entry.ident for entry in moved.entries] == ["sample-confirmed", "sample-disputed"]
    assert [entry.ident for entry in signals.entries] == ["sample-signal"]
    assert all(entry.link and entry.link.url for entry in (*moved.entries, *signals.entries))
    assert silent.title == "2 silent sources"
    assert silent.entries[0].text == "Example Gazette: the server answered 503"
    assert not any(block.detail for block in _blocks(card, Positions))


def test_a_digest_says_what_has_ended_of_what_was_told(small_storyline: Storyline) -> None:
    card = _card(small_storyline, "digest")
    assert card.headline.endswith("; 1 signal not confirmed. 2 reports were withdrawn or never confirmed.")
    *_, ended, _ = _blocks(card, Entries)
    assert ended.title == "Withdrawn or never confirmed"
    assert [entry.ident for entry in ended.entries] == ["sample-withdrawn", "sample-expired"]
    assert [entry.text.partition(":")[0] for entry in ended.entries] == ["Withdrawn", "Never confirmed"]


def test_the_tracks_of_what_has_ended_come_in_full(small_storyline: Storyline) -> None:
    found = samples(small_storyline)
    digest, withdrawn = found["digest"], found["withdrawn"]
    assert isinstance(digest, Brief)
    assert isinstance(withdrawn, Alert)
    card = card_of_brief(replace(digest, moved=(), signals=(), ended=(withdrawn,)), small_storyline, "en")
    assert card.headline == "Nothing moved in the last 7 days. 1 report was withdrawn or never confirmed."
    assert [block.track for block in _blocks(card, Positions) if not block.detail] == [withdrawn.track]


def test_a_catch_up_says_what_is_watched(small_storyline: Storyline) -> None:
    assert _card(small_storyline, "catch-up").headline == "Now watching 124 sources. Nothing moved in the last 7 days."


def test_where_no_source_is_heard_nothing_is_said_to_have_stood_still(small_storyline: Storyline) -> None:
    unheard = tuple(SilentSource(f"Paper {n}", None, "the host does not resolve") for n in range(3))
    deaf = "No source is heard: whether anything moved in the last 7 days is not known."
    assert _brief(small_storyline, silent=unheard, sources=3).headline == deaf
    assert _brief(small_storyline, sources=0).headline == deaf
    assert _brief(small_storyline, silent=unheard[:2], sources=3).headline == "Nothing moved in the last 7 days."
    started = _brief(small_storyline, silent=unheard, sources=3, catch_up=True)
    assert started.headline == f"Now watching 3 sources. {deaf}"
    busy = samples(small_storyline)["brief"]
    assert isinstance(busy, Brief)
    card = card_of_brief(replace(busy, silent=unheard, sources=3), small_storyline, "en")
    assert card.headline == "2 moves in the last 7 days; 1 signal not confirmed. No source is heard now."


def test_word_and_deed_stand_beside_the_baseline(small_storyline: Storyline) -> None:
    standing = Standing("seoul-arms", "south-korea", _at("reviewing"), _at("indirect"), _at("reviewing"), "reviewing")
    row = _blocks(_brief(small_storyline, standing), Positions)[0].rows[0]
    assert [(spot.kind, spot.label) for spot in row.spots] == [("word", "reviewing"), ("deed", "through others")]
    assert row.baseline == "as at the baseline"
    assert not row.moved


@pytest.mark.parametrize(
    ("track", "holder", "word", "deed", "said"),
    [
        ("seoul-arms", "south-korea", "withhold", None, "below the baseline: reviewing"),
        ("seoul-arms", "south-korea", "withhold", "supplying", "below the baseline: reviewing"),
        ("pyongyang-war", "north-korea", "denied", "deploying", "above the baseline: shells"),
        ("pyongyang-war", "north-korea", None, "withdrawing", "reversed from the baseline: shells"),
        ("allies-arms", "united-states", "requesting", None, ""),
    ],
)
def test_the_position_that_the_baseline_speaks_of_is_held_against_it(
    small_storyline: Storyline, track: str, holder: str, word: str | None, deed: str | None, said: str
) -> None:
    standing = Standing(track, holder, _at(word) if word else None, _at(deed) if deed else None)
    assert _blocks(_brief(small_storyline, standing), Positions)[0].rows[0].baseline == said.replace("shells", "arming")


def test_a_quiet_word_said_lately_is_shown_beside_the_last_loud_one(small_storyline: Storyline) -> None:
    standing = Standing("allies-arms", "united-states", word=_at("requesting"), last_word=_at("neutral"))
    spots = _blocks(_brief(small_storyline, standing), Positions)[0].rows[0].spots
    assert [(spot.kind, spot.rung) for spot in spots] == [("word", "requesting"), ("lately", "neutral")]


def test_a_word_that_the_deed_has_overtaken_is_left_out(small_storyline: Storyline) -> None:
    deed, earlier, later = (
        _at("deploying"),
        Position("denied", NOW - timedelta(1)),
        Position("denied", NOW + timedelta(1)),
    )
    for word, kinds in ((earlier, ["deed"]), (later, ["word", "deed"])):
        standing = Standing("pyongyang-war", "north-korea", word=word, deed=deed, last_word=word)
        spots = _blocks(_brief(small_storyline, standing), Positions)[0].rows[0].spots
        assert [spot.kind for spot in spots] == kinds


def test_long_lists_are_cut_and_say_how_much_is_left_out(small_storyline: Storyline) -> None:
    brief = samples(small_storyline)["brief"]
    assert isinstance(brief, Brief)
    card = card_of_brief(replace(brief, moved=brief.moved * 20, silent=brief.silent * 20), small_storyline, "en")
    moved, _, silent = _blocks(card, Entries)
    assert (len(moved.entries), moved.more) == (10, "and 30 more")
    assert (len(silent.entries), silent.more) == (5, "and 35 more")


def test_a_withdrawn_alert_keeps_the_state_on_its_badge(small_storyline: Storyline) -> None:
    assert _card(small_storyline, "withdrawn").badge.state is AlertState.WITHDRAWN
    assert _card(small_storyline, "brief").badge.state is None


@pytest.mark.parametrize("by", [By.REPORTED, By.OFFICIAL])
def test_a_thread_is_told_of_a_dispute_with_the_word_that_began_it(small_storyline: Storyline, by: By) -> None:
    alert = samples(small_storyline)["mixed"]
    before, after = (replace(alert.against[0], by=by, seen=NOW - timedelta(hours=h), quote=f"at {h}") for h in (9, 1))
    own = replace(alert.lead, seen=NOW - timedelta(hours=4), quote="its own word")
    for against, quoted in ((before, own), (after, after)):
        news = News(replace(alert, evidence=(own,), against=(against,)), AlertState.CONFIRMED, "", 1)
        (quote,) = _blocks(card_of_news(news, small_storyline, "en"), Quote)
        assert quote.text == quoted.quote


def test_a_thread_is_told_of_a_confirmation_with_what_confirmed_it(small_storyline: Storyline) -> None:
    """The holder's own word is the proof, not the report that it bears out; of reports the second one is."""
    alert = samples(small_storyline)["confirmed"]
    assert isinstance(alert, Alert)
    first, second, own = (
        replace(alert.lead, id=name, by=by, quote=name, seen=NOW + timedelta(hours=h), dated=NOW + timedelta(hours=h))
        for h, (name, by) in enumerate((("first", By.REPORTED), ("second", By.REPORTED), ("own", By.OFFICIAL)))
    )
    for evidence, proof in (((own, first), own), ((own, first, second), own), ((first, second), second)):
        news = News(replace(alert, evidence=evidence), AlertState.SIGNAL, "", 1)
        (quote,) = _blocks(card_of_news(news, small_storyline, "en"), Quote)
        assert quote.text == proof.quote
