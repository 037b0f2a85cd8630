"""Does a bot that stands by take over from one that is killed, and is nothing told twice?

Two programs, one PostgreSQL, and a kill that nobody is warned of.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.store import open_store

PATIENCE = 120.0
"""Seconds that a slow machine gets; how soon one takes over is measured by benchmarks/failover.py."""


@asynccontextmanager
async def a_bot(url: str, config: Path, port: int, told: Path) -> AsyncIterator[Process]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")}
    environment |= {
        "STANCEWATCH_ALLOW_PRIVATE": "127.0.0.1",
        "STANCEWATCH_HEALTH_PORT": str(port),
        "STANCEWATCH_DATABASE_URL": url,
    }
    with told.open("wb") as out:
        words = ("-m", "bot", "run", "--console", "json", "--config", str(config))
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdout=out, stderr=DEVNULL, env=environment
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until(port: int, page: str, status: int) -> None:
    """Wait until a page answers like this."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/{page}") as answer:
                    if answer.status == status:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)


async def test_a_killed_bot_is_replaced_and_nothing_is_told_twice(
    newsroom: Any, postgres_url: str, tmp_path: Path, unused_tcp_port_factory: Any
) -> None:
    newsroom.print("courier", "Rain expected", "Umbrellas are sold out.", datetime.now(UTC) - timedelta(hours=1))
    config = newsroom.write_sources(tmp_path / "config")
    ports = [unused_tcp_port_factory() for _ in range(2)]
    told = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    async with a_bot(postgres_url, config, ports[0], told[0]) as first:
        await until(ports[0], "readyz", 200)
        async with a_bot(postgres_url, config, ports[1], told[1]) as second:
            await until(ports[1], "healthz", 200)
            await until(ports[1], "readyz", 503)
            assert await until_sent(postgres_url)
            first.send_signal(signal.SIGKILL)
            await until(ports[1], "readyz", 200)
            await asyncio.sleep(0.2)
            assert second.returncode is None
    assert told[1].read_bytes() == b"", "the catch-up brief of the first was told again"
    store = open_store(postgres_url)
    assert store.counts()["deliveries_pending"] == 0
    assert store.counts()["articles"] == 1
    store.close()


async def until_sent(url: str) -> bool:
    """Wait until the store knows that the brief was shown; a console cannot be asked what it shows."""
    store = open_store(url)
    try:
        for _ in range(int(PATIENCE / 0.05)):
            counts = await asyncio.to_thread(store.counts)
            if counts["deliveries_sent"] and not counts["deliveries_pending"]:
                return True
            await asyncio.sleep(0.05)
        return False
    finally:
        store.close()


async def test_a_bot_that_stands_by_ends_cleanly_when_it_is_told_to(
    newsroom: Any, postgres_url: str, tmp_path: Path, unused_tcp_port: int
) -> None:
    newsroom.print("courier", "Rain expected", "Umbrellas are sold out.", datetime.now(UTC) - timedelta(hours=1))
    config = newsroom.write_sources(tmp_path / "config")
    front = open_store(postgres_url)
    front.claim()
    async with a_bot(postgres_url, config, unused_tcp_port, tmp_path / "told") as waiting:
        await until(unused_tcp_port, "healthz", 200)
        waiting.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            assert await waiting.wait() == 0
    front.close()
