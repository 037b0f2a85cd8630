"""Does what a poll brought become one decision, whoever brings it and however often?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.developments import origin_groups
from bot.domain import By, Entry, Item, PastMove, Reading, ReadResult, Route, Source, Storyline, Tier
from bot.ingest import Accepted, Ingest
from bot.store import SqlStore, open_store

NOW = datetime(2024, 7, 10, tzinfo=UTC)
QUOTE = "Seoul has ruled out arms for Ukraine."
PAPER = Source("paper", "Paper", "https://paper.example/feed", "rss", "en", "Paper", "house", Tier.OUTLET)
SEARCH = replace(PAPER, key="search", url="https://search.example/rss", publisher="Search", tier=Tier.SEARCH)


def printed(guid: str, path: str = "/a", publisher: str = "") -> Entry:
    site = "https://www.paper.example" if publisher else ""
    return Entry(guid, f"https://paper.example{path}", f"{QUOTE} {guid}", "", NOW, publisher, site)


async def read(items: Sequence[Item]) -> list[ReadResult]:
    reading = Reading("seoul-arms", "south-korea", "withhold", By.OFFICIAL, QUOTE, 0.9)
    return [ReadResult(item.id, True, "passed", "en", (reading,)) for item in items]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}", durable=False)
    yield store
    store.close()


def opened(store: SqlStore, storyline: Storyline) -> Ingest:
    routes = (Route("desk", "console", "-"),)
    return Ingest(storyline, read, store, lambda: routes, origin_groups([PAPER]), lambda: None)


@pytest.fixture
def storyline(small_storyline: Storyline) -> Storyline:
    before = PastMove(small_storyline.baseline_day, "seoul-arms", "south-korea", "reviewing", "stated", baseline=True)
    return replace(small_storyline, past=(before,))


@pytest.fixture
async def ingest(store: SqlStore, storyline: Storyline) -> Ingest:
    ingest = opened(store, storyline)
    await ingest.open_ledgers(NOW - timedelta(days=1))
    return ingest


async def took(ingest: Ingest, source: Source, *entries: Entry, silent: bool = False) -> Accepted:
    return await ingest.accept(source, entries, NOW, silent=silent)


async def test_an_entry_is_taken_once_whoever_brings_it_again(ingest: Ingest) -> None:
    assert (await took(ingest, PAPER, printed("1"))).new == 1
    assert (await took(ingest, PAPER, printed("1"))).new == 0
    assert (await took(ingest, PAPER, printed("2"))).new == 0
    assert (await took(ingest, replace(PAPER, key="other"), printed("3"))).new == 0
    assert (await took(ingest, SEARCH, printed("4", publisher="Paper"))).new == 0


@pytest.mark.parametrize("path", ["/", ""])
async def test_items_that_all_link_to_the_front_page_are_not_taken_for_one(ingest: Ingest, path: str) -> None:
    assert (await took(ingest, PAPER, printed("1", path))).new == 1
    assert (await took(ingest, PAPER, printed("1", path), printed("2", path))).new == 1
    unnumbered = replace(printed("3", path), guid="")
    assert (await took(ingest, PAPER, unnumbered)).new == 1
    assert (await took(ingest, PAPER, unnumbered)).new == 0


async def test_items_that_share_a_page_of_the_day_are_each_taken(ingest: Ingest) -> None:
    assert (await took(ingest, PAPER, printed("1", "/today"))).new == 1
    assert (await took(ingest, PAPER, printed("1", "/today"), printed("2", "/today"))).new == 1


async def test_what_a_search_found_first_is_still_taken_from_its_own_feed_and_confirms(
    ingest: Ingest, store: SqlStore
) -> None:
    await took(ingest, SEARCH, printed("1", publisher="The Paper of Seoul"))
    (signal,) = store.alerts(NOW)
    assert not signal.confirmed
    await took(ingest, PAPER, printed("1"))
    (alert,) = store.alerts(NOW)
    assert (alert.id, alert.confirmed, alert.origins) == (signal.id, True, 1)


async def test_what_a_first_poll_brings_moves_the_ledger_and_is_not_told(ingest: Ingest, store: SqlStore) -> None:
    assert (await took(ingest, PAPER, printed("1"), silent=True)).alerts == ()
    (standing,) = (s for s in store.standings() if s.track == "seoul-arms")
    assert standing.word is not None
    assert standing.word.rung == "withhold"


async def test_a_track_that_the_storyline_has_lost_is_no_longer_reviewed(
    ingest: Ingest, store: SqlStore, storyline: Storyline
) -> None:
    assert (await took(ingest, PAPER, printed("1"))).alerts
    smaller = replace(storyline, tracks=storyline.tracks[1:])
    assert await opened(store, smaller).review(NOW + timedelta(days=4)) == ()


@pytest.mark.parametrize("published", [None, NOW + timedelta(days=400)], ids=["undated", "from the future"])
async def test_an_item_without_a_believable_date_is_news_of_the_moment_it_was_seen(
    ingest: Ingest, store: SqlStore, published: datetime | None
) -> None:
    await took(ingest, PAPER, replace(printed("1"), published=published))
    (alert,) = store.alerts(NOW)
    assert (alert.lead.dated, alert.confirmed) == (NOW, True)


async def test_what_was_published_long_before_it_is_seen_is_not_told(ingest: Ingest) -> None:
    late = replace(printed("1"), published=NOW - timedelta(days=7, minutes=1))
    assert (await took(ingest, PAPER, late)).alerts == ()


async def test_what_is_seen_within_a_week_is_told(ingest: Ingest) -> None:
    assert (await took(ingest, PAPER, replace(printed("1"), published=NOW - timedelta(days=6)))).alerts
