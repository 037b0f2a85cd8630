"""Does /health tell what a person has to mend?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import event

from bot.clock import VirtualClock
from bot.domain import Brief, NoticeKind, Route, Vitals
from bot.errors import StoreBusyError
from bot.health import STALE, Health, Pulse, served
from bot.store import SqlStore

NOW = datetime(2024, 7, 10, tzinfo=UTC)


def health(store: SqlStore, ticked: datetime = NOW) -> Health:
    return Health(store, VirtualClock(NOW), lambda: ticked)


async def test_a_bot_that_ticks_is_ok(store: SqlStore) -> None:
    assert (await health(store).report())["status"] == "ok"


async def test_a_bot_that_no_longer_ticks_is_down(store: SqlStore) -> None:
    assert (await health(store, NOW - STALE - timedelta(seconds=1)).report())["status"] == "down"


async def test_a_paused_channel_is_named_with_its_reason(store: SqlStore) -> None:
    with store.unit() as unit:
        unit.save_brief(Brief("b1", NOW, NOW, ()))
        unit.enqueue(NoticeKind.BRIEF, "b1", 1, [Route("desk", "slack", "C1")], NOW)
    (delivery,) = store.due_deliveries(NOW, 1)
    again = NOW + timedelta(minutes=5)
    store.mark_retry(delivery, again, "the bot is not in the channel; invite it", hold=True)
    report = await health(store).report()
    assert report["status"] == "degraded"
    assert report["paused"] == [
        {
            "platform": "slack",
            "channel": "C1",
            "why": "the bot is not in the channel; invite it",
            "waiting": 1,
            "tried_again": again.isoformat(),
        }
    ]
    store.mark_sent([(delivery, 1)], "ref", NOW)
    assert (await health(store).report())["status"] == "ok"


async def test_the_page_answers_over_http_and_says_down_by_its_status(store: SqlStore, unused_tcp_port: int) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}/health"
    async with (
        served(health(store), "127.0.0.1", unused_tcp_port),
        aiohttp.ClientSession() as session,
        session.get(address) as answer,
    ):
        assert (answer.status, (await answer.json())["status"]) == (200, "ok")
    long_ago = health(store, NOW - timedelta(hours=1))
    async with (
        served(long_ago, "127.0.0.1", unused_tcp_port),
        aiohttp.ClientSession() as session,
        session.get(address) as answer,
    ):
        assert answer.status == 503


async def test_a_port_that_is_taken_does_not_stop_the_bot(store: SqlStore, unused_tcp_port: int) -> None:
    async with (
        served(health(store), "127.0.0.1", unused_tcp_port),
        served(health(store), "127.0.0.1", unused_tcp_port),
    ):
        pass


class Unreachable:
    """A store whose database is away."""

    @property
    def upkeep(self) -> "Unreachable":
        return self

    def vitals(self, now: datetime) -> Vitals:
        raise StoreBusyError("database db/desk: the server cannot be reached")

    paused = sources = lambda self: self.vitals(NOW)


async def asked(health: Health, port: int, *names: str) -> list[tuple[int, Any]]:
    found = []
    async with served(health, "127.0.0.1", port), aiohttp.ClientSession() as session:
        for name in names:
            async with session.get(f"http://127.0.0.1:{port}/{name}") as answer:
                found.append((answer.status, await (answer.text() if name == "metrics" else answer.json())))
    return found


async def test_a_bot_that_works_lives_and_is_ready(store: SqlStore, unused_tcp_port: int) -> None:
    well = replace(health(store), platforms=lambda: ("console",))
    lives, ready = await asked(well, unused_tcp_port, "healthz", "readyz")
    assert lives == (200, {"status": "ok"})
    dependencies = {"front": "ok", "schedule": "ok", "database": "ok", "platform console": "ok"}
    assert ready == (200, {"ready": True, "dependencies": dependencies})


async def test_a_bot_that_stands_by_lives_and_is_not_ready(store: SqlStore, unused_tcp_port: int) -> None:
    waiting = Health(store, VirtualClock(NOW), Pulse().last_tick)
    lives, ready, report = await asked(waiting, unused_tcp_port, "healthz", "readyz", "health")
    assert lives == (200, {"status": "ok"})
    assert (ready[0], ready[1]["dependencies"]["front"]) == (503, "stands by or starts")
    assert report == (200, {"status": "standby"})


async def test_a_database_that_is_away_leaves_the_bot_alive_and_not_ready(unused_tcp_port: int) -> None:
    away = health(Unreachable())  # type: ignore[arg-type]  # the part of a store that is asked
    lives, ready, figures = await asked(away, unused_tcp_port, "healthz", "readyz", "metrics")
    assert lives[0] == 200
    assert (ready[0], ready[1]["dependencies"]["database"]) == (503, "database db/desk: the server cannot be reached")
    assert figures[0] == 200


async def test_a_disk_that_is_full_is_told_by_both_pages_until_something_can_be_stored_again(
    store: SqlStore, unused_tcp_port: int
) -> None:
    full = [True]

    @event.listens_for(store._engine, "begin")
    def _limit(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if full[0] else 10**6}")

    def store_much() -> None:
        with store.unit() as unit:
            for number in range(200):
                unit.save_brief(Brief(f"b{number} {'x' * 1000}", NOW, NOW, ()))

    with pytest.raises(StoreBusyError, match="the disk is full"):
        store_much()
    store.confirm_claim()
    ready, report = await asked(health(store), unused_tcp_port, "readyz", "health")
    assert ready[0] == 503
    assert "the disk is full" in ready[1]["dependencies"]["database"]
    assert (report[0], report[1]["status"]) == (200, "degraded")
    assert "the disk is full" in report[1]["database"]
    full[0] = False
    store_much()
    ready, report = await asked(health(store), unused_tcp_port, "readyz", "health")
    assert (ready[0], report[1]["status"], report[1]["database"]) == (200, "ok", "ok")


@pytest.mark.parametrize("off", [-1, 1])
async def test_a_clock_that_is_far_from_the_last_tick_means_not_alive(
    store: SqlStore, unused_tcp_port: int, off: int
) -> None:
    (lives,) = await asked(health(store, NOW + off * (STALE + timedelta(seconds=1))), unused_tcp_port, "healthz")
    assert lives == (503, {"status": "down"})
