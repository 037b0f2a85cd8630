"""Is what comes of a poll remembered, and no article taken in twice?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import VirtualClock
from bot.domain import Entry, Item, Poll, PollState, ReadResult, Source, Storyline, Tier
from bot.errors import FetchError, SourceGoneError, StoreBusyError, WorkerError
from bot.ingest import Accepted, Ingest
from bot.polling import Polling
from bot.rhythm import HOT
from bot.sourcehealth import judged, sources_health
from bot.store import SqlStore

NOW = datetime(2024, 7, 10, tzinfo=UTC)
SOURCE = Source("wire", "Wire", "https://wire.example/feed?token=s3cr3t", "rss", "en", "Wire", "wire", Tier.AGENCY)
STATE = PollState(next_due=NOW, baselined=True, last_new_item=NOW, longest_gap=3600.0)
ENTRY = Entry("1", "https://wire.example/1", "Title", "Text", NOW)


class Feed:
    """A watcher that brings what a test tells it to."""

    kind = "rss"

    def __init__(self) -> None:
        self.next: Poll | Exception = FetchError("timed out")

    async def poll(self, source: Source, state: PollState) -> Poll:
        if isinstance(self.next, Exception):
            raise self.next
        return replace(self.next, state=state)


class Intake:
    """An ingest that notes what it is given."""

    def __init__(self, *alerts: str) -> None:
        self.given: list[tuple[Entry, ...]] = []
        self.accepted = Accepted(new=1, alerts=alerts)

    async def accept(self, source: Source, entries: Any, now: datetime, *, silent_until: Any, state: Any) -> Accepted:
        self.given.append(tuple(entries))
        state(self.accepted)
        return self.accepted


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    store.add_source(SOURCE)
    return store


def polling(store: Any, feed: Feed, intake: Any = None, **more: Any) -> Polling:
    return Polling({"rss": feed}, intake or Intake(), store, VirtualClock(NOW), lambda: 0.0, pause=0.0, **more)


async def test_a_poll_that_brings_nothing_is_stored_with_others_in_one_transaction(store: SqlStore) -> None:
    units = 0

    class Counting:
        def unit(self) -> Any:
            nonlocal units
            units += 1
            return store.unit()

    feed = Feed()
    feed.next = Poll((), STATE, changed=False)
    watching = polling(Counting(), feed)
    others = [replace(SOURCE, key=f"other-{n}", url=f"https://o.example/{n}") for n in range(5)]
    for other in others:
        store.add_source(other)
        assert await watching.poll(other, STATE)
    assert len(watching.states.waiting()) == 5
    await watching.states.flush()
    assert units == 1
    assert not watching.states.waiting()
    stored = {source.key: state for source, state in store.sources()}
    assert all(stored[other.key].last_success == NOW for other in others)


async def test_states_are_stored_by_themselves_before_long(store: SqlStore) -> None:
    feed = Feed()
    feed.next = Poll((), STATE, changed=False)
    watching = polling(store, feed)
    await watching.poll(SOURCE, STATE)
    async with asyncio.timeout(5):
        while watching.states.waiting():  # noqa: ASYNC110 -- it tells nobody
            await asyncio.sleep(0.05)
    assert store.sources()[0][1].last_success == NOW


async def test_a_newer_state_is_not_lost_behind_one_that_is_being_stored(store: SqlStore) -> None:
    watching = polling(store, Feed())
    first, second = replace(STATE, failures=1), replace(STATE, failures=2)

    class Slow:
        left = 1

        def unit(self) -> Any:
            if self.left:
                self.left = 0
                watching.states._waiting["wire"] = second
                raise StoreBusyError("locked")
            return store.unit()

    watching.states._store = Slow()  # type: ignore[assignment]
    watching.states._waiting["wire"] = first
    await watching.states.flush()
    assert store.sources()[0][1].failures == 2


async def test_only_what_a_feed_did_not_hold_before_is_taken_in(store: SqlStore) -> None:
    feed, intake = Feed(), Intake()
    watching = polling(store, feed, intake)
    another = replace(ENTRY, guid="2")
    for entries in ((ENTRY,), (ENTRY,), (another, ENTRY)):
        feed.next = Poll(entries, STATE, changed=True)
        await watching.poll(SOURCE, STATE)
    assert intake.given == [(ENTRY,), (another,)]


async def test_a_source_that_carries_an_alert_is_polled_oftener(store: SqlStore) -> None:
    feed = Feed()
    feed.next = Poll((ENTRY,), STATE, changed=True)
    watching = polling(store, feed, Intake("a1"))
    await watching.poll(SOURCE, STATE)
    await watching.states.flush()
    assert store.sources()[0][1].hot_until == NOW + HOT


async def test_a_feed_that_always_comes_second_to_another_of_its_house_is_not_silent(
    store: SqlStore, storyline: Storyline
) -> None:
    async def read(items: Sequence[Item]) -> list[ReadResult]:
        return [ReadResult(item.id, False, "another story", "en") for item in items]

    main = replace(SOURCE, key="main", url="https://wire.example/all")
    store.add_source(main)
    feed, clock = Feed(), VirtualClock(NOW)

    def started() -> Polling:
        ingest = Ingest(storyline, read, store, tuple, (), lambda: None)
        return Polling({"rss": feed}, ingest, store, clock, lambda: 0.0, pause=0.0)

    async def poll(watching: Polling, *sources: str) -> PollState:
        for source, state in store.sources():
            if source.key in sources:
                await watching.poll(source, state)
        await watching.states.flush()
        return next(state for source, state in store.sources() if source.key == SOURCE.key)

    watching = started()
    for day in range(10):
        clock.set(NOW + timedelta(days=day))
        printed = [clock.now() - timedelta(hours=h + 1) for h in range(4)]
        entries = tuple(Entry(f"{day}-{p:%H}", f"https://wire.example/{day}/{p:%H}", f"{p}", "", p) for p in printed)
        feed.next = Poll(entries, STATE, changed=True)
        await poll(watching, main.key)
        left = await poll(watching, SOURCE.key)
    assert (left.last_new_item, left.quiet, left.longest_gap) == (clock.now(), False, 3600.0)
    for _ in range(5):
        clock.set(clock.now() + timedelta(days=1))
        left = await poll(started(), main.key, SOURCE.key)
    assert (left.last_new_item, left.quiet) == (NOW + timedelta(days=9), True), "a start brings nothing that is new"


async def test_a_feed_that_kills_three_workers_is_read_no_more_until_somebody_says_so(store: SqlStore) -> None:
    feed = Feed()
    feed.next = WorkerError("Wire: the worker that read the feed died", killed=True)
    watching = polling(store, feed)
    for _ in range(3):
        ((_, state),) = store.sources()
        await watching.poll(SOURCE, state)
        await watching.states.flush()
    assert store.due_sources(NOW + timedelta(days=30), 10) == ()
    (health,) = sources_health(store, NOW)
    assert (health.status, health.troubled) == ("quarantined", True)
    assert (
        "polled no more; try it with `stancewatch feeds test wire`, and `stancewatch feeds retry wire`" in health.advice
    )
    store.retry_source("wire")
    assert [source.key for source, _ in store.due_sources(NOW, 10)] == ["wire"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "new"),
        ({"last_success": NOW}, "well"),
        ({"failures": 1, "last_error": "timed out"}, "failing"),
        ({"last_success": NOW, "quiet": True}, "silent"),
        ({"gone": True, "last_error": "410"}, "gone"),
        ({"strikes": 3}, "quarantined"),
    ],
)
def test_each_state_of_a_source_has_a_name_and_advice(change: dict[str, Any], status: str) -> None:
    (health,) = judged([(SOURCE, replace(STATE, **change))], {"wire": (10, 5, 1)}, NOW)
    assert (health.status, health.items, health.relevant, health.read) == (status, 10, 5, 1)
    assert bool(health.advice) == health.troubled
    assert "s3cr3t" not in str(health)


def test_sources_with_a_problem_come_first() -> None:
    well, ill = replace(SOURCE, key="a"), replace(SOURCE, key="z")
    found = judged([(well, replace(STATE, last_success=NOW)), (ill, replace(STATE, failures=4))], {}, NOW)
    assert [health.key for health in found] == ["z", "a"]


async def test_how_long_a_publisher_takes_is_what_its_watcher_says(store: SqlStore) -> None:
    feed = Feed()
    feed.next = Poll((), STATE, changed=False, seconds=1.5)
    watching = polling(store, feed)
    await watching.poll(SOURCE, STATE)
    await watching.states.flush()
    (health,) = sources_health(store, NOW)
    assert health.seconds == 1.5


async def test_a_kind_that_nothing_watches_is_remembered_in_the_words_of_the_configuration(store: SqlStore) -> None:
    odd = replace(SOURCE, key="odd", url="https://odd.example/feed", kind="rrs")
    store.add_source(odd)
    watching = polling(store, Feed())
    await watching.poll(odd, STATE)
    await watching.states.flush()
    stored = {source.key: state for source, state in store.sources()}
    assert stored["odd"].last_error == "nothing watches kind 'rrs'; the kinds are rss"


async def test_a_source_that_is_gone_is_remembered_as_such(store: SqlStore) -> None:
    feed = Feed()
    feed.next = SourceGoneError("410")
    watching = polling(store, feed)
    await watching.poll(SOURCE, STATE)
    await watching.states.flush()
    assert store.sources()[0][1].gone


async def test_a_source_that_is_polled_once_a_month_is_not_asked_again_at_once(store: SqlStore) -> None:
    feed = Feed()
    monthly = replace(SOURCE, key="monthly", url="https://monthly.example/feed", interval=30 * 24 * 3600)
    store.add_source(monthly)
    for feed.next in (Poll((), STATE, changed=False), FetchError("timed out")):
        watching = polling(store, feed)
        await watching.poll(monthly, STATE)
        await watching.states.flush()
        due = store.due_sources(NOW + timedelta(hours=1), 10)
        assert "monthly" not in {source.key for source, _ in due}


async def test_what_a_busy_store_could_not_take_is_asked_for_again_within_a_minute_or_so(store: SqlStore) -> None:
    class Busy(Intake):
        async def accept(self, *_given: Any, **_more: Any) -> Accepted:
            raise StoreBusyError("database is locked")

    feed = Feed()
    feed.next = Poll((ENTRY,), STATE, changed=True)
    watching = polling(store, feed, Busy())
    assert not await watching.poll(SOURCE, PollState(next_due=NOW))
    await watching.states.flush()
    ((_, left),) = store.sources()
    assert left.next_due <= NOW + timedelta(seconds=60)
    assert (left.failures, left.last_error) == (0, "")
    assert left.first_tried == NOW  # what is printed from now on is told
    assert not store.due_sources(NOW + timedelta(seconds=10), 10)
