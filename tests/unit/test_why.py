"""Does `why` say what became of each reading, told or not?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain import (
    Alert,
    Article,
    By,
    Entry,
    Feedback,
    Item,
    NoticeKind,
    Reading,
    ReadResult,
    Route,
    Severity,
    Source,
    Storyline,
    Tier,
    Verdict,
)
from bot.errors import InputError
from bot.ingest import Ingest
from bot.ledger.reasons import Reason
from bot.store import SqlStore
from bot.why import SETTLED, explain

NOW = datetime(2024, 7, 10, tzinfo=UTC)
PAPER = Source("paper", "Paper", "https://paper.example/feed", "rss", "en", "Paper", "paper", Tier.OUTLET)
COURIER = replace(PAPER, key="courier", publisher="Courier", origin_group="courier")

TITLES = {"Paper": "No shells for Kyiv, says the Blue House", "Courier": "Ministry shuts the door on lethal aid"}

OFFICIAL = Reading("seoul-arms", "south-korea", "withhold", By.OFFICIAL, "Ruled out.", 0.9)
REPORTED = replace(OFFICIAL, by=By.REPORTED)


@pytest.fixture
def printed(store: SqlStore, storyline: Storyline):
    """Return what lets a source print one article with one reading, and explains it."""

    async def article(
        reading: Reading, source: Source = PAPER, at: datetime = NOW, *, silent: bool = False
    ) -> tuple[str, ...]:
        async def read(items: Sequence[Item]) -> list[ReadResult]:
            return [ReadResult(item.id, True, "passed", "en", (reading,)) for item in items]

        ingest = Ingest(storyline, read, store, lambda: (Route("desk", "console", "-"),), (), lambda: None)
        await ingest.open_ledgers(NOW - timedelta(days=1))
        url = f"https://{source.key}.example/{at:%m%d%H%M}"
        entry = Entry("", url, TITLES[source.publisher], f"Ruled out, {at:%d %B at %H}.", at)
        await ingest.accept(source, [entry], at, silent_until=at if silent else None)
        return explain(store, storyline, url)

    return article


def reasons(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.startswith("  ledger")]


async def test_a_reading_that_was_told_names_its_reason(printed) -> None:
    lines = await printed(OFFICIAL)
    assert reasons(lines) == [f"ledger  official: {Reason.OFFICIAL.line}"]
    assert any(line.startswith("alert ") and "reviewing -> withhold (rules out); confirmed" in line for line in lines)
    assert f"  decided posted 2024-07-10 00:00 UTC: official: {Reason.OFFICIAL.line}" in lines
    assert "  weight  medium: the holder's own word goes less than two steps; 1 step down the ladder." in lines


@pytest.mark.parametrize(
    ("first", "second", "source", "silent", "reason"),
    [
        (OFFICIAL, OFFICIAL, PAPER, False, Reason.SAME_ORIGIN),
        (OFFICIAL, OFFICIAL, COURIER, False, Reason.REAFFIRMED),
        (None, OFFICIAL, PAPER, True, Reason.SILENT),
        (None, replace(OFFICIAL, rung="reviewing"), PAPER, False, Reason.REAFFIRMED),
        (None, replace(OFFICIAL, by=By.ANALYST), PAPER, False, Reason.ANALYST),
        (REPORTED, REPORTED, PAPER, False, Reason.SAME_ORIGIN),
        (REPORTED, REPORTED, COURIER, False, Reason.SECOND_ORIGIN),
    ],
)
async def test_a_reading_names_why_it_was_told_or_not(printed, first, second, source, silent, reason) -> None:
    if first:
        await printed(first)
    lines = await printed(second, source, NOW + timedelta(hours=1), silent=silent)
    assert reasons(lines) == [f"ledger  {reason}: {reason.line}"]


async def test_a_reading_that_was_settled_long_ago_still_has_its_reason_where_the_opening_was_kept(
    printed, store, storyline, monkeypatch: pytest.MonkeyPatch
) -> None:
    await printed(OFFICIAL)
    await printed(replace(OFFICIAL, rung="reviewing"), at=NOW + timedelta(days=30))
    await printed(OFFICIAL, at=NOW + timedelta(days=60))
    first = f"https://paper.example/{NOW:%m%d%H%M}"
    assert reasons(explain(store, storyline, first)) == [f"ledger  official: {Reason.OFFICIAL.line}"]
    monkeypatch.setattr(SqlStore, "first_opening", lambda *_: None)
    assert reasons(explain(store, storyline, first)) == [f"ledger  {SETTLED}"]


async def test_what_a_later_storyline_has_dropped_is_still_explained(printed, store, storyline) -> None:
    await printed(OFFICIAL)
    smaller = replace(storyline, tracks=storyline.tracks[1:], holders=())
    lines = explain(store, smaller, f"https://paper.example/{NOW:%m%d%H%M}")
    assert any("south-korea on seoul-arms: withhold (a rung that the storyline no longer has" in line for line in lines)


def test_what_is_not_stored_is_refused(store, storyline) -> None:
    with pytest.raises(InputError, match="neither an address nor an alert"):
        explain(store, storyline, "https://nowhere.example/")


def told_on(lines: Sequence[str]) -> list[str]:
    return [line.partition("): ")[2] for line in lines if line.startswith("  channel")]


async def the_alert(printed, store: SqlStore) -> Alert:
    await printed(OFFICIAL)
    (alert,) = store.alerts(NOW)
    return alert


@pytest.mark.parametrize(
    ("route", "told"),
    [
        (Route("b", "slack", "C1", tracks=("pact",)), "not told: the channel does not follow this track"),
        (Route("b", "slack", "C1", holders=("russia",)), "not told: the channel does not follow this holder"),
        (
            Route("b", "slack", "C1", min_severity=Severity.HIGH),
            "not told: below the channel's least severity: medium where it asks for high",
        ),
        (
            Route("b", "slack", "C1", digest=(time(9), time(18)), digest_only=True, timezone="Asia/Seoul"),
            "not told singly: the channel gets digests only, at 09:00, 18:00 Asia/Seoul",
        ),
        (Route("b", "slack", "C1"), "not told: the route was made, or changed, after this was decided"),
    ],
)
async def test_every_channel_that_was_not_told_says_why(printed, store, storyline, route, told) -> None:
    alert = await the_alert(printed, store)
    lines = explain(store, storyline, alert.id, [Route("desk", "console", "-"), route])
    assert told_on(lines) == ["told, and about to be posted", told]


async def test_a_channel_says_what_it_shows_and_with_what(printed, store, storyline) -> None:
    alert = await the_alert(printed, store)
    with store.unit() as unit:
        unit.save_alert(replace(alert, id="other"))
        unit.enqueue(NoticeKind.ALERT, "other", 1, [Route("desk", "console", "-")], NOW)
    mine, other = (store.deliveries(NoticeKind.ALERT, name)[0] for name in (alert.id, "other"))
    store.mark_held(mine, NOW + timedelta(hours=7), "quiet hours until 10 Jul 2024, 07:00 UTC")
    held = "waits: quiet hours until 10 Jul 2024, 07:00 UTC; looked at again 2024-07-10 07:00 UTC"
    assert told_on(explain(store, storyline, alert.id)) == [held]
    store.mark_sent([(mine, 1), (other, 1)], "m1", NOW)
    shown = "told: posted 2024-07-10 00:00 UTC, in one message with other; up to date"
    assert told_on(explain(store, storyline, alert.id)) == [shown]


async def test_a_delivery_that_failed_or_was_not_needed_says_so(printed, store, storyline) -> None:
    alert = await the_alert(printed, store)
    (delivery,) = store.deliveries(NoticeKind.ALERT, alert.id)
    store.mark_needless(delivery, 1, "not posted: over before it could be told")
    assert told_on(explain(store, storyline, alert.id)) == ["not posted: over before it could be told"]
    store.mark_failed(delivery, "too long")
    assert told_on(explain(store, storyline, alert.id)) == ["given up; too long"]


async def test_an_alert_is_explained_from_its_sentence_to_its_channels_and_what_people_say(
    printed, store, storyline
) -> None:
    alert = await the_alert(printed, store)
    with store.unit() as unit:
        unit.save_feedback(Feedback(alert.id, "kim", NOW, Verdict.WRONG_RUNG, "reviewing", "read on"))
    lines = explain(store, storyline, alert.id)
    order = ["alert ", "article ", "gate ", "reading ", "  quote ", "  ledger ", "  for ", "  decided ", "  channel "]
    places = [next(n for n, line in enumerate(lines) if line.startswith(start)) for start in order]
    assert places == sorted(places)
    assert lines[-1].startswith("  said    wrong-rung (right: reviewing")
    assert lines[-1].endswith('by kim, 2024-07-10 00:00 UTC: "read on"')


async def test_each_origin_is_quoted_once_and_its_copies_are_named(printed, store, storyline) -> None:
    alert = await the_alert(printed, store)
    copy, other = replace(alert.lead, id="2", publisher="Courier"), replace(alert.lead, id="3", origin="nis")
    with store.unit() as unit:
        unit.save_alert(replace(alert, version=2, evidence=(alert.lead, copy, other), reason="more-origins"))
        unit.save_alert(replace(alert, version=3, evidence=(alert.lead, copy, other), reason="more-origins"))
    lines = explain(store, storyline, alert.id)
    quoted = [line for line in lines if line.startswith("  for ") and "Ruled out." in line]
    assert ["nis" in line for line in quoted] == [False, True]
    assert "  for     the same origins in 1 more outlet: Courier" in lines
    assert f"  decided posted 2 times, last 2024-07-10 00:00 UTC: more-origins: {Reason.MORE_ORIGINS.line}" in lines


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ("no holder", "gate      no holder: Nobody is named whose position is watched"),
        ("no topic", "gate      no topic: Holders are named, but not what this storyline is about"),
        ("no cue", "gate      no cue: It belongs to the storyline, but no words in it can carry a position"),
        ("far from the storyline", "gate      far from the storyline: Holders are named, but its words are too unlike"),
        (
            "no topic; learned: 0.12 that it belongs to the storyline",
            "gate      no topic: Holders are named, but not what this storyline is about; learned: 0.12 that",
        ),
        ("passed; learned: 0.03 that it belongs to the storyline", "gate      passed; learned: 0.03"),
    ],
)
def test_what_stopped_at_the_gate_says_at_which(store, storyline, gate: str, said: str) -> None:
    article = Article(
        "k", "paper", "https://paper.example/k", "https://paper.example/k", "h", "Rain", "", "en", None, NOW, "Paper",
        "paper", Tier.OUTLET,
    )  # fmt: skip
    with store.unit() as unit:
        unit.add_article(article, ReadResult("k", False, gate, "en"), ())
    lines = explain(store, storyline, "paper.example/k")
    assert any(line.startswith(said) for line in lines)
    assert "stands in for the date that it lacks" in lines[2]
    assert lines[-1] == "alert     none carries it: it went no further"
    assert not any(line.startswith("reading") for line in lines)


def test_a_long_cue_is_cut_and_the_sentence_is_not_told_twice(store, storyline) -> None:
    article = Article("k", "paper", "", "", "h", "Rain", "", "en", NOW, NOW, "Paper", "paper", Tier.OUTLET)
    trace = ("sentence: Ruled out.", f"event: supply ('out', cue '{'a|' * 99}')", "rule: supply refused")
    doubtful = replace(OFFICIAL, trace=trace)
    with store.unit() as unit:
        unit.add_article(article, ReadResult("k", True, "passed", "en", (), (doubtful,)), ())
    lines = explain(store, storyline, "k")
    assert [line for line in lines if line.startswith("  step")] == [
        f"  step    event: supply ('out', cue '{'a|' * 30}…')",
        "  step    rule: supply refused",
    ]
    assert "reading   none sure enough to act on" in lines
