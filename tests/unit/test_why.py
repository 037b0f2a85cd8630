"""Does `why` say what became of each reading, told or not?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import By, Entry, Item, PastMove, Reading, ReadResult, Route, Source, Storyline, Tier
from bot.errors import InputError
from bot.ingest import Ingest
from bot.ledger.reasons import Reason
from bot.store import SqlStore, open_store
from bot.why import SETTLED, explain

NOW = datetime(2024, 7, 10, tzinfo=UTC)
PAPER = Source("paper", "Paper", "https://paper.example/feed", "rss", "en", "Paper", "paper", Tier.OUTLET)
COURIER = replace(PAPER, key="courier", publisher="Courier", origin_group="courier")

TITLES = {"Paper": "No shells for Kyiv, says the Blue House", "Courier": "Ministry shuts the door on lethal aid"}

OFFICIAL = Reading("seoul-arms", "south-korea", "withhold", By.OFFICIAL, "Ruled out.", 0.9)
REPORTED = replace(OFFICIAL, by=By.REPORTED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}", durable=False)
    yield store
    store.close()


@pytest.fixture
def storyline(small_storyline: Storyline) -> Storyline:
    before = PastMove(small_storyline.baseline_day, "seoul-arms", "south-korea", "reviewing", "stated", baseline=True)
    return replace(small_storyline, past=(before,))


@pytest.fixture
def printed(store: SqlStore, storyline: Storyline):
    """Return what lets a source print one article with one reading, and explains it."""

    async def article(
        reading: Reading, source: Source = PAPER, at: datetime = NOW, *, silent: bool = False
    ) -> tuple[str, ...]:
        async def read(items: Sequence[Item]) -> list[ReadResult]:
            return [ReadResult(item.id, True, "passed", "en", (reading,)) for item in items]

        ingest = Ingest(storyline, read, store, lambda: (Route("desk", "console", "-"),), {}, lambda: None)
        await ingest.open_ledgers(NOW - timedelta(days=1))
        url = f"https://{source.key}.example/{at:%m%d%H%M}"
        entry = Entry("", url, TITLES[source.publisher], "Ruled out.", at)
        await ingest.accept(source, [entry], at, silent=silent)
        return explain(store, storyline, url)

    return article


def reasons(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.startswith("  ledger")]


async def test_a_reading_that_was_told_names_its_reason(printed) -> None:
    lines = await printed(OFFICIAL)
    assert reasons(lines) == [f"ledger  official: {Reason.OFFICIAL.line}"]
    assert any(line.startswith("alert ") and "reviewing -> withhold" in line for line in lines)
    assert f"  reason  official: {Reason.OFFICIAL.line}" in lines


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


async def test_a_reading_that_was_settled_long_ago_says_so(printed, store, storyline) -> None:
    await printed(OFFICIAL)
    await printed(replace(OFFICIAL, rung="reviewing"), at=NOW + timedelta(days=30))
    await printed(OFFICIAL, at=NOW + timedelta(days=60))
    assert reasons(explain(store, storyline, f"https://paper.example/{NOW:%m%d%H%M}")) == [f"ledger  {SETTLED}"]


async def test_what_a_later_storyline_has_dropped_is_still_explained(printed, store, storyline) -> None:
    await printed(OFFICIAL)
    smaller = replace(storyline, tracks=storyline.tracks[1:], holders=())
    lines = explain(store, smaller, f"https://paper.example/{NOW:%m%d%H%M}")
    assert any("south-korea: seoul-arms = withhold (a rung that the storyline no longer has" in line for line in lines)


def test_what_is_not_stored_is_refused(store, storyline) -> None:
    with pytest.raises(InputError, match="neither an address nor an alert"):
        explain(store, storyline, "https://nowhere.example/")
