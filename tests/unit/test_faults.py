"""What becomes of news and questions when the store fails for a while? Nothing is lost, and all recovers.

The faults are real: a database file that may not grow, another program that holds it, a server that is stopped.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.brief import make_brief
from bot.clock import VirtualClock
from bot.domain import (
    Brief,
    By,
    Entry,
    Item,
    NoticeKind,
    Poll,
    PollState,
    Reading,
    ReadResult,
    Route,
    Source,
    Storyline,
    Tier,
)
from bot.errors import StoreBusyError
from bot.ingest import Ingest
from bot.polling import Polling
from bot.schedule import CatchUp, Schedule
from bot.store import SqlStore, open_store, sqlite

NOW = datetime(2024, 10, 18, 12, tzinfo=UTC)
WIRE = Source("wire", "Wire", "https://wire.example/feed", "rss", "en", "Wire", "wire", Tier.AGENCY)
ROUTE = Route("desk", "console", "-")
MINUTES_AWAY = 10


class Feed:
    """A watcher whose feed holds one telling story among many."""

    kind = "rss"

    def __init__(self) -> None:
        self.polls = 0

    async def poll(self, source: Source, state: PollState) -> Poll:
        self.polls += 1
        story = Entry("1", "https://wire.example/1", "Seoul supplies arms", "It does.", NOW)
        rest = [Entry(f"{n}", f"https://wire.example/{n}", f"Weather {n}", "rain " * 200, NOW) for n in range(2, 60)]
        return Poll((story, *rest), state, changed=True)


async def read(items: Sequence[Item]) -> list[ReadResult]:
    supplies = Reading("seoul-arms", "south-korea", "supplying", By.OFFICIAL, "supplies arms", 0.9)
    told = {item.id: (supplies,) if "supplies" in item.title else () for item in items}
    return [ReadResult(item.id, bool(told[item.id]), "gate", "en", told[item.id]) for item in items]


def polling(store: SqlStore, storyline: Storyline, clock: VirtualClock) -> tuple[Polling, Feed]:
    feed = Feed()
    ingest = Ingest(storyline, read, store, lambda: (ROUTE,), (), lambda: None)
    return Polling({"rss": feed}, ingest, store, clock, lambda: 0.0, pause=0.01), feed


async def is_told_once_after(
    store: SqlStore, storyline: Storyline, fail: Callable[[], object], mend: Callable[[], object]
) -> None:
    """Poll while the store fails, mend it, and poll when it is due again: the story is there, and told once."""
    clock = VirtualClock(NOW)
    polls, feed = polling(store, storyline, clock)
    await polls.ingest.open_ledgers(NOW - timedelta(days=1))
    store.seed_sources([WIRE])
    watched = PollState(NOW, baselined=True)
    with store.unit() as unit:
        unit.save_polls({"wire": watched})
    await asyncio.to_thread(fail)
    for _ in range(MINUTES_AWAY):
        assert not await polls.poll(WIRE, watched)
        clock.set(clock.now() + timedelta(minutes=1))
    assert not store_holds_anything(store)
    await asyncio.to_thread(mend)
    await asyncio.wait_for(polls.states.flush(), 30)
    for _ in range(2):
        clock.set(clock.now() + timedelta(days=1))
        ((source, state),) = store.due_sources(clock.now(), 10)
        assert await polls.poll(source, state)
        await polls.states.flush()
    assert feed.polls == MINUTES_AWAY + 2
    assert store.counts()["articles"] == 59
    assert len(store.due_deliveries(clock.now(), 10)) == 1
    (alert,) = store.alerts(NOW - timedelta(days=30))
    assert len(store.deliveries(NoticeKind.ALERT, alert.id)) == 1


def store_holds_anything(store: SqlStore) -> bool:
    try:
        return bool(store.counts()["articles"])
    except StoreBusyError:
        return False


async def test_a_full_disk_loses_no_story(small_storyline: Storyline, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}", durable=False)
    full = [False]

    @event.listens_for(store._engine, "begin")
    def _limit(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if full[0] else 10**6}")

    await is_told_once_after(
        store, small_storyline, lambda: full.__setitem__(0, True), lambda: full.__setitem__(0, False)
    )
    store.close()


async def test_a_database_that_another_program_holds_loses_no_story(
    small_storyline: Storyline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 20)
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}", durable=False)
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
    await is_told_once_after(
        store, small_storyline, lambda: other.execute("BEGIN IMMEDIATE"), lambda: other.execute("ROLLBACK")
    )
    other.close()
    store.close()


async def test_a_stopped_server_loses_no_story(small_storyline: Storyline, own_postgres: Any) -> None:
    store = open_store(own_postgres.create())
    store.claim()
    await is_told_once_after(store, small_storyline, own_postgres.stop, own_postgres.start)
    store.close()


async def test_while_news_is_stored_a_brief_is_made_at_once(small_storyline: Storyline, store_url: str) -> None:
    store = open_store(store_url)
    store.seed_sources([WIRE])
    with store.unit() as unit:
        unit.save_polls({"wire": PollState(NOW, last_error="not yet stored")})
        brief = await asyncio.wait_for(asyncio.to_thread(make_brief, store, small_storyline, NOW, NOW), 5)
        assert brief.sources == 1
    store.close()


async def test_the_ticks_go_on_while_the_store_is_away_and_when_the_clock_is_set(
    small_storyline: Storyline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.schedule.CLOCK_SECONDS", 0.02)
    monkeypatch.setattr("bot.schedule.TICK_SECONDS", 3600)
    store, clock = open_store(f"sqlite:///{tmp_path / 'bot.db'}"), VirtualClock(NOW)

    def away(now: datetime, limit: int) -> None:
        raise StoreBusyError("away")

    monkeypatch.setattr(store, "due_sources", away)
    polls, _ = polling(store, small_storyline, clock)
    schedule = Schedule(polls, CatchUp(small_storyline, store, tuple, frozenset(), NOW, timedelta()), lambda: None)
    schedule.start()
    await asyncio.sleep(0.1)
    clock.set(NOW - timedelta(hours=5))
    for _ in range(100):
        if schedule.last_tick() == NOW - timedelta(hours=5):
            break
        await asyncio.sleep(0.05)
    assert schedule.last_tick() == NOW - timedelta(hours=5)
    await schedule.stop()
    store.close()


def test_what_a_wrong_clock_put_off_for_years_is_told_and_what_people_put_off_is_not(store_url: str) -> None:
    store = open_store(store_url)
    for put_off, due in ((timedelta(days=1), 0), (timedelta(days=4000), 1)):
        with store.unit() as unit:
            unit.save_brief(Brief("b", NOW, NOW, ()))
            unit.enqueue(NoticeKind.BRIEF, "b", 1, [ROUTE], NOW)
        (delivery,) = store.deliveries(NoticeKind.BRIEF, "b")
        store.mark_retry(delivery, NOW + put_off, "500", hold=True)
        assert len(store.due_deliveries(NOW, 10)) == due
    (delivery,) = store.deliveries(NoticeKind.BRIEF, "b")
    store.mark_held(delivery, NOW + timedelta(days=4000), "muted")
    assert store.due_deliveries(NOW, 10) == ()
    store.close()


def test_a_poll_that_a_wrong_clock_put_off_for_years_is_due(store_url: str) -> None:
    store = open_store(store_url)
    store.seed_sources([WIRE])
    for put_off, due in ((timedelta(days=7), 0), (timedelta(days=4000), 1)):
        with store.unit() as unit:
            unit.save_polls({"wire": PollState(NOW + put_off)})
        assert len(store.due_sources(NOW, 10)) == due
    store.close()
