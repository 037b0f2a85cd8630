"""Is the catch-up brief told once, and is a poll begun once and remembered?"""

import asyncio
import threading
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.clock import VirtualClock
from bot.domain import NoticeKind, Poll, PollState, Route, Source, Tier
from bot.errors import ClaimedError, FetchError, StoreBusyError, StoreError
from bot.polling import Polling
from bot.schedule import MOST_IN_HAND, CatchUp, Schedule
from bot.store import SqlStore
from bot.store.sql_unit import SqlUnit
from bot.wiring import Bot
from config import load_storyline

NOW = datetime(2024, 7, 10, tzinfo=UTC)
DELAY = timedelta(minutes=2)
ROUTE = Route("desk", "console", "-")


def catch_up(store: SqlStore, *waiting: str) -> CatchUp:
    return CatchUp(load_storyline(), store, lambda: (ROUTE,), frozenset(waiting), NOW, DELAY)


def test_no_brief_is_owed_when_every_source_was_polled_before(store: SqlStore) -> None:
    assert not catch_up(store).due(NOW + DELAY)


def test_the_brief_waits_for_the_first_polls(store: SqlStore) -> None:
    owed = catch_up(store, "a", "b")
    owed.polled("a")
    assert not owed.due(NOW)
    owed.polled("b")
    assert owed.due(NOW)


def test_the_brief_waits_no_longer_than_its_delay(store: SqlStore) -> None:
    assert catch_up(store, "a").due(NOW + DELAY)


def test_the_brief_is_told_once_to_every_route(store: SqlStore) -> None:
    owed = catch_up(store, "a")
    owed.polled("a")
    owed.tell(NOW)
    assert not owed.due(NOW + DELAY)
    (delivery,) = store.due_deliveries(NOW, 10)
    assert (delivery.kind, delivery.channel) == (NoticeKind.BRIEF, "-")


def test_the_brief_wakes_nobody(store: SqlStore) -> None:
    waking = Route("desk", "console", "-", mention="<@7>")
    CatchUp(load_storyline(), store, lambda: (waking,), frozenset("a"), NOW, DELAY).tell(NOW)
    (delivery,) = store.due_deliveries(NOW, 10)
    assert delivery.mention == ""


SOURCE = Source("wire", "Wire", "https://wire.example/feed", "rss", "en", "Wire", "wire", Tier.AGENCY)


class Failing:
    """A watcher whose every poll fails."""

    kind = "rss"

    async def poll(self, source: Source, state: PollState) -> Poll:
        raise FetchError("timed out")


class Busy:
    """A store that is busy for its first transactions."""

    def __init__(self, store: SqlStore, times: int) -> None:
        self._store = store
        self.left = times

    def unit(self) -> AbstractContextManager[SqlUnit]:
        if self.left:
            self.left -= 1
            raise StoreBusyError("the database is locked")
        return self._store.unit()


async def test_a_failed_poll_is_remembered_however_long_the_store_is_busy(store: SqlStore) -> None:
    store.add_source(SOURCE)
    busy: Any = Busy(store, times=3)
    unused: Any = None
    polling = Polling({"rss": Failing()}, unused, busy, VirtualClock(NOW), lambda: 0.0, pause=0.0)
    assert not await polling.poll(SOURCE, PollState(next_due=NOW))
    await polling.states.flush()
    ((_, state),) = store.sources()
    assert (state.failures, state.last_error, busy.left) == (1, "timed out", 0)


async def test_a_poll_that_ends_while_the_store_is_read_is_not_begun_again(store: SqlStore) -> None:
    begun = 0
    release, read = asyncio.Event(), threading.Event()

    class Slow:
        """A watcher that is done while the store is being read."""

        kind = "rss"

        async def poll(self, source: Source, state: PollState) -> Poll:
            nonlocal begun
            begun += 1
            await release.wait()
            raise FetchError("timed out")

    class Reading:
        """A store whose answer on what is due was true when it was asked."""

        def unit(self) -> AbstractContextManager[SqlUnit]:
            return store.unit()

        def due_sources(self, now: datetime, limit: int) -> tuple[tuple[Source, PollState], ...]:
            due = store.due_sources(now, limit)
            if begun:
                assert read.wait(5)
            return due

    store.add_source(SOURCE)
    unused: Any = None
    reading: Any = Reading()
    polling = Polling({"rss": Slow()}, unused, reading, VirtualClock(NOW), lambda: 0.0)
    schedule = Schedule(polling, catch_up(store), lambda: None)
    await schedule._tick()
    await asyncio.sleep(0)
    second = asyncio.create_task(schedule._tick())
    await asyncio.sleep(0.05)
    release.set()
    await schedule._busy["wire"]
    await asyncio.sleep(0)
    read.set()
    await second
    await asyncio.sleep(0)
    assert begun == 1
    await schedule.stop()


async def test_while_too_much_waits_to_be_stored_no_poll_is_begun(store: SqlStore) -> None:
    store.add_source(SOURCE)
    unused: Any = None
    polling = Polling({"rss": Failing()}, unused, store, VirtualClock(NOW), lambda: 0.0)
    schedule = Schedule(polling, catch_up(store), lambda: None)
    polling.in_hand = MOST_IN_HAND + 1
    await schedule._tick()
    assert not schedule._busy
    polling.in_hand = 0
    await schedule._tick()
    assert schedule._busy
    await schedule.stop()


async def test_a_bot_whose_delivery_ends_with_a_fault_leaves_nothing_running(store: SqlStore) -> None:
    class Damaged:
        """A store that a person has to mend."""

        def __getattr__(self, name: str) -> object:
            raise StoreError("the file is damaged")

    damaged, unused = cast("Any", Damaged()), cast("Any", None)
    schedule = Schedule(
        Polling({"rss": Failing()}, unused, store, VirtualClock(NOW), lambda: 0.0), catch_up(store), lambda: None
    )
    bot = Bot(damaged, VirtualClock(NOW), schedule, {}, asyncio.Event(), tuple, 1)
    with pytest.raises(StoreError, match="damaged"):
        await bot.run(asyncio.Event())
    assert not {task.get_name() for task in asyncio.all_tasks()} & {"delivery", "front"}


async def test_a_bot_whose_store_is_another_s_by_now_ends_its_delivery_when_it_is_stopped(store: SqlStore) -> None:
    class Lost:
        """A store that another bot has taken over, which this one has not noticed yet."""

        def unit(self) -> AbstractContextManager[SqlUnit]:
            raise ClaimedError("another bot works with it")

    lost, unused = Lost(), cast("Any", None)
    polling = Polling({"rss": Failing()}, unused, cast("Any", lost), VirtualClock(NOW), lambda: 0.0, pause=0.0)
    schedule = Schedule(polling, catch_up(store), lambda: None)
    bot = Bot(store, VirtualClock(NOW), schedule, {}, asyncio.Event(), tuple, 1)
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    await asyncio.sleep(0)
    await polling.poll(SOURCE, PollState(next_due=NOW))
    stop.set()
    await asyncio.wait([running])
    assert not {task.get_name() for task in asyncio.all_tasks()} & {"delivery", "front"}
    assert running.exception() is None
