"""Does what a poll brought become one decision, whoever brings it and however often?"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import By, Entry, Item, PollState, Reading, ReadResult, Route, Source, Storyline, Tier
from bot.ingest import Accepted, Ingest
from bot.ledgers import open_ledgers
from bot.rebuilding import compared, history
from bot.store import SqlStore

NOW = datetime(2024, 7, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUOTE = "Seoul has ruled out arms for Ukraine."
PAPER = Source("paper", "Paper", "https://paper.example/feed", "rss", "en", "Paper", "house", Tier.OUTLET)
SEARCH = replace(PAPER, key="search", url="https://search.example/rss", publisher="Search", tier=Tier.SEARCH)


def printed(guid: str, path: str = "/a", publisher: str = "") -> Entry:
    site = "https://www.paper.example" if publisher else ""
    return Entry(guid, f"https://paper.example{path}", f"{QUOTE} {guid}", "", NOW, publisher, site)


async def read(items: Sequence[Item]) -> list[ReadResult]:
    reading = Reading("seoul-arms", "south-korea", "withhold", By.OFFICIAL, QUOTE, 0.9)
    return [ReadResult(item.id, True, "passed", "en", (reading,)) for item in items]


def opened(store: SqlStore, storyline: Storyline) -> Ingest:
    routes = (Route("desk", "console", "-"),)
    return Ingest(storyline, read, store, lambda: routes, [PAPER], lambda: None)


@pytest.fixture
async def ingest(store: SqlStore, storyline: Storyline) -> Ingest:
    ingest = opened(store, storyline)
    await ingest.open_ledgers(NOW - timedelta(days=1))
    return ingest


def said(title: str, guid: str = "1") -> Entry:
    return Entry(guid, f"https://paper.example/{guid}", title, "", NOW if guid == "1" else None)


def reading(store: SqlStore, storyline: Storyline, rungs: dict[str, str]) -> tuple[Ingest, list[str]]:
    """Return an ingest whose reader reads a rung in a title, and the titles that it was asked."""
    asked: list[str] = []

    async def read(items: Sequence[Item]) -> list[ReadResult]:
        asked.extend(item.title for item in items)
        found = ((i, rungs[i.title]) for i in items)
        return [ReadResult(i.id, True, "passed", "en", positions(rung, i.title)) for i, rung in found]

    def positions(rung: str, quote: str) -> tuple[Reading, ...]:
        by = By.ANALYST if quote.startswith("Experts") else By.OFFICIAL
        return (Reading("seoul-arms", "south-korea", rung, by, quote, 0.9),) if rung else ()

    routes = (Route("desk", "console", "-"),)
    ingest = Ingest(storyline, read, store, lambda: routes, (), lambda: None)
    open_ledgers(store, storyline, NOW - timedelta(days=1))
    return ingest, asked


def rung_of(store: SqlStore) -> str:
    (standing,) = (s for s in store.standings() if (s.track, s.holder) == ("seoul-arms", "south-korea"))
    assert standing.word is not None
    return standing.word.rung


async def took(
    ingest: Ingest, source: Source, *entries: Entry, at: datetime = NOW, silent_until: datetime | None = None
) -> Accepted:
    return await ingest.accept(source, entries, at, silent_until=silent_until)


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


async def test_a_paper_that_was_added_since_the_start_confirms_nothing_that_a_search_found_in_it(
    store: SqlStore, storyline: Storyline
) -> None:
    async def reported(items: Sequence[Item]) -> list[ReadResult]:
        reading = Reading("pyongyang-war", "north-korea", "deploying", By.REPORTED, QUOTE, 0.9)
        return [ReadResult(item.id, True, "passed", "en", (reading,)) for item in items]

    ingest = Ingest(storyline, reported, store, lambda: (Route("desk", "console", "-"),), (), lambda: None)
    await ingest.open_ledgers(NOW - timedelta(days=1))
    own = Entry("1", "https://paper.example/a", "Seoul is said to have decided on shells for Kyiv", "", NOW)
    again = Entry(
        "2", "https://news.example/b", "Sources: arms to be sent", "", NOW, "The Seoul Daily", "https://paper.example"
    )
    await took(ingest, PAPER, own)
    await took(ingest, SEARCH, again)
    (signal,) = store.alerts(NOW)
    assert (signal.confirmed, signal.origins) == (False, 1)


async def test_what_a_first_poll_brings_moves_the_ledger_and_is_not_told(ingest: Ingest, store: SqlStore) -> None:
    assert (await took(ingest, PAPER, printed("1"), silent_until=NOW)).alerts == ()
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


async def test_an_edited_title_is_read_again_and_the_alert_shows_the_newer_sentence(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, asked = reading(store, storyline, {"Ruled out.": "withhold", "Ruled out again.": "withhold"})
    await took(ingest, PAPER, said("Ruled out."))
    changed = await took(ingest, PAPER, said("Ruled out again."), at=NOW + HOUR)
    assert (changed.new, changed.edited, len(changed.alerts)) == (0, 1, 1)
    (alert,) = store.alerts(NOW)
    assert (alert.event, alert.lead.quote, alert.lead.dated) == ("updated", "Ruled out again.", NOW)
    assert (await took(ingest, PAPER, said("Ruled out again."), at=NOW + 2 * HOUR)).alerts == ()
    assert asked == ["Ruled out.", "Ruled out again."]


async def test_what_experts_said_is_told_once_an_edit_says_it_in_the_holders_name_days_later(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, _ = reading(store, storyline, {"Experts rule it out.": "withhold", "Ruled out.": "withhold"})
    assert (await took(ingest, PAPER, said("Experts rule it out."))).alerts == ()
    at = NOW + 80 * HOUR
    assert (await took(ingest, PAPER, replace(said("Ruled out."), published=at), at=at)).alerts
    (alert,) = store.alerts(NOW)
    assert (alert.state, alert.lead.quote, alert.lead.dated) == ("confirmed", "Ruled out.", at)


async def test_an_edit_that_takes_the_sentence_back_withdraws_the_alert_and_the_register_goes_back(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, _ = reading(store, storyline, {"Ruled out.": "withhold", "Correction: nothing was said.": ""})
    await took(ingest, PAPER, said("Ruled out."))
    await took(ingest, PAPER, said("Correction: nothing was said."), at=NOW + HOUR)
    (alert,) = store.alerts(NOW)
    assert (alert.event, alert.reason) == ("withdrawn", "evidence-gone")
    assert rung_of(store) == "reviewing"


async def test_an_edit_of_what_was_published_before_the_start_is_undone_too(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, _ = reading(store, storyline, {"Ruled out.": "withhold", "Correction.": ""})
    before = NOW - timedelta(days=3)
    await took(ingest, PAPER, replace(said("Ruled out."), published=before))
    assert rung_of(store) == "withhold"
    await took(ingest, PAPER, replace(said("Correction."), published=before), at=NOW + HOUR)
    (alert,) = store.alerts(NOW)
    assert (alert.event, rung_of(store)) == ("withdrawn", "reviewing")


async def test_what_is_issued_again_under_another_id_and_address_is_never_news_again(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, asked = reading(store, storyline, {"Ruled out.": "withhold", "Looks again.": "reviewing"})
    await took(ingest, PAPER, said("Ruled out."))
    await took(ingest, PAPER, said("Looks again.", "2"), at=NOW + timedelta(days=20))
    late = NOW + timedelta(days=40)
    again = replace(said("Ruled out.", "3"), published=late)
    assert (await took(ingest, PAPER, again, at=late)).new == 0
    assert rung_of(store) == "reviewing"
    assert asked == ["Ruled out.", "Looks again."]
    found = store.article("https://paper.example/3")
    assert found is not None
    assert found[1].gate.startswith("repost: Paper printed the same words before")


async def test_a_source_that_was_down_at_the_start_tells_what_it_printed_since(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, _ = reading(store, storyline, {"Ruled out.": "withhold", "Looks again.": "reviewing"})
    old = replace(said("Looks again.", "2"), published=NOW - timedelta(hours=5))
    fresh = replace(said("Ruled out."), published=NOW + HOUR)
    later = NOW + 3 * HOUR
    accepted = await took(ingest, PAPER, old, fresh, at=later, silent_until=NOW)
    assert len(accepted.alerts) == 1
    (alert,) = store.alerts(NOW)
    assert (alert.to_rung, alert.lead.silent) == ("withhold", False)


@pytest.mark.parametrize("published", [None, NOW, NOW + 9 * HOUR], ids=["undated", "at the start", "from the future"])
async def test_on_a_first_poll_what_is_not_known_to_be_fresh_is_silent(
    store: SqlStore, storyline: Storyline, published: datetime | None
) -> None:
    ingest, _ = reading(store, storyline, {"Ruled out.": "withhold"})
    item = replace(said("Ruled out."), published=published)
    assert (await took(ingest, PAPER, item, at=NOW + 3 * HOUR, silent_until=NOW)).alerts == ()
    assert rung_of(store) == "withhold"


async def test_what_comes_late_is_folded_at_its_date_though_later_news_is_settled(
    store: SqlStore, storyline: Storyline
) -> None:
    ingest, _ = reading(
        store, storyline, {"Ruled out.": "withhold", "Looks again.": "reviewing", "Shells.": "indirect"}
    )
    await took(ingest, PAPER, said("Ruled out."))
    await took(ingest, PAPER, said("Looks again.", "2"), at=NOW + timedelta(days=40))
    late = replace(said("Shells.", "3"), published=NOW + timedelta(days=20))
    assert (await took(ingest, PAPER, late, at=NOW + timedelta(days=41))).alerts == ()
    assert all(not ledger.differs for ledger in compared(store, storyline))
    (known,) = history(store, storyline, "seoul-arms", "south-korea")
    assert [move.rung for move in known.moves] == ["reviewing", "withhold", "indirect", "reviewing"]


async def test_polls_that_are_stored_together_take_an_entry_once(ingest: Ingest, store: SqlStore) -> None:
    """Whichever is stored first speaks for it, as if the others had come after it."""
    papers = [replace(PAPER, key=f"paper-{n}", url=f"https://paper.example/{n}") for n in range(6)]
    lone = [replace(printed(f"own {n}", f"/{n}"), published=NOW) for n in range(6)]
    accepted = await asyncio.gather(
        *(took(ingest, paper, printed("1"), own) for paper, own in zip(papers, lone, strict=True))
    )
    assert sum(one.new for one in accepted) == 7
    assert store.counts()["articles"] == 7
    again = await asyncio.gather(
        *(took(ingest, paper, printed("1"), own) for paper, own in zip(papers, lone, strict=True))
    )
    assert [one.new for one in again] == [0] * 6


async def test_the_newest_date_of_what_is_spoken_for_elsewhere_is_said_and_none_to_come(ingest: Ingest) -> None:
    other = replace(PAPER, key="other", url="https://paper.example/other")
    dates = (NOW - 2 * HOUR, NOW - HOUR, NOW + HOUR, None)
    held = [replace(printed(f"{n}", f"/{n}"), published=at) for n, at in enumerate(dates)]
    assert [(await took(ingest, PAPER, *held)).elsewhere for _ in range(2)] == [None, None]
    assert [(await took(ingest, other, *some)).elsewhere for some in (held, held[2:])] == [NOW - HOUR, None]
    again = replace(held[1], guid="4", url=f"{PAPER.url}/4")  # the same words at another address
    assert (await took(ingest, PAPER, again)).elsewhere == NOW - HOUR


async def test_what_another_source_stored_since_it_was_looked_up_is_not_taken_again(
    store: SqlStore, storyline: Storyline
) -> None:
    """Of two that print one page, the one whose articles take longer to read finds it stored, however long ago."""
    ahead = asyncio.Event()

    async def slowly(items: Sequence[Item]) -> list[ReadResult]:
        if items[0].id.startswith("paper:"):
            await ahead.wait()
        return await read(items)

    ingest = Ingest(storyline, slowly, store, tuple, [PAPER], lambda: None)
    other = replace(PAPER, key="other", url="https://other.example/feed")
    late = asyncio.create_task(ingest.accept(PAPER, [printed("1")], NOW))
    await asyncio.sleep(0.05)
    assert (await ingest.accept(other, [printed("2")], NOW)).new == 1
    ahead.set()
    assert (await late).new == 0
    assert store.counts()["articles"] == 1


async def test_a_poll_that_cannot_be_stored_does_not_spoil_those_stored_with_it(
    ingest: Ingest, store: SqlStore
) -> None:
    papers = [replace(PAPER, key=f"paper-{n}", url=f"https://paper.example/{n}") for n in range(4)]

    def state(number: int) -> Callable[[Accepted], PollState]:
        def made(_accepted: Accepted) -> PollState:
            if number == 2:
                raise ValueError("no state")
            return PollState(NOW)

        return made

    accepted = await asyncio.gather(
        *(ingest.accept(p, [printed(f"own {n}", f"/{n}")], NOW, state=state(n)) for n, p in enumerate(papers)),
        return_exceptions=True,
    )
    assert [one.new if isinstance(one, Accepted) else type(one) for one in accepted] == [1, 1, ValueError, 1]
    assert store.counts()["articles"] == 3
