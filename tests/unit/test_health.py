"""Does /health tell what a person has to mend?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.clock import VirtualClock
from bot.domain import Brief, NoticeKind, Route
from bot.health import STALE, Health, served
from bot.store import SqlStore, open_store

NOW = datetime(2024, 7, 10, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    yield store
    store.close()


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
    store.mark_sent(delivery, 1, "ref")
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
