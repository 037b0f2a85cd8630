"""Does the command itself keep the promises: one process, killed, stopped and started again?"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import open_store

PATIENCE = 120.0
"""Seconds that a slow machine gets; a test that passes takes a few."""

TITLE = "South Korea decides to supply shells to Ukraine"
LEAD = "South Korea will supply artillery shells directly to Ukraine, Defence Minister Ahn Gyu-back said on Friday."


@pytest.fixture
def command(newsroom: Any, tmp_path: Path) -> Callable[..., Any]:
    """Return what starts `stancewatch` on the newsroom's feeds, with a database of its own."""

    @asynccontextmanager
    async def started(*words: str, stdout: Any = PIPE) -> AsyncIterator[Process]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")}
        environment["STANCEWATCH_ALLOW_PRIVATE"] = "127.0.0.1"
        environment["STANCEWATCH_HEALTH_PORT"] = "0"
        environment["STANCEWATCH_DATABASE_URL"] = database_url(tmp_path)
        config = str(newsroom.write_sources(tmp_path / "config"))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, "--config", config,
            stdout=stdout, stderr=PIPE, env=environment,
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    return started


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'bot.db'}"


async def one_round(command: Callable[..., Any]) -> list[dict[str, Any]]:
    async with command("run", "--once", "--console", "json") as process, asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return [json.loads(line) for line in out.decode().splitlines()]


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


async def test_one_round_tells_a_brief_and_the_next_one_alert_for_three_copies(
    newsroom: Any, command: Callable[..., Any]
) -> None:
    for outlet in ("courier", "gazette", "tribune"):
        newsroom.print(outlet, "Rain expected", "Umbrellas are sold out.", an_hour_ago())
    assert [line["event"] for line in await one_round(command)] == ["brief"]
    for outlet in ("courier", "gazette", "tribune"):
        newsroom.print(outlet, TITLE, LEAD, datetime.now(UTC))
    (alert,) = await one_round(command)
    assert (alert["event"], alert["to"], len(alert["articles"])) == ("posted", "committed", 3)
    assert alert["quote"] in {TITLE, LEAD}
    assert await one_round(command) == []


async def test_killed_between_the_commit_and_the_post_it_posts_once_after_the_restart(
    newsroom: Any, command: Callable[..., Any], tmp_path: Path
) -> None:
    newsroom.print("courier", "Rain expected", "Umbrellas are sold out.", an_hour_ago())
    await one_round(command)
    newsroom.print("courier", TITLE, LEAD, datetime.now(UTC))
    # A pipe that is full and never read: the post blocks, after the commit.
    reading, writing = os.pipe()
    fill(writing)
    async with command("run", "--once", "--console", "json", stdout=writing) as process:
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(pending, tmp_path):  # noqa: ASYNC110 - another process, no event of ours
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        assert told.read().strip() == b""
    assert [line["event"] for line in await one_round(command)] == ["posted"]
    assert await one_round(command) == []


def fill(pipe: int) -> None:
    os.set_blocking(pipe, False)
    with suppress(BlockingIOError):
        while True:
            os.write(pipe, b"\n" * 4096)
    os.set_blocking(pipe, True)


def pending(folder: Path) -> int:
    store = open_store(database_url(folder))
    try:
        return store.counts()["deliveries_pending"]
    finally:
        store.close()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_bot_cleanly(newsroom: Any, command: Callable[..., Any], sign: signal.Signals) -> None:
    newsroom.print("courier", "Rain expected", "Umbrellas are sold out.", an_hour_ago())
    async with command("run") as process, asyncio.timeout(PATIENCE):
        line = ""
        while not line.startswith("watching 1 source"):
            line = (await process.stderr.readline()).decode()
            assert line, "it ended before it watched"
        process.send_signal(sign)
        await process.communicate()
    assert process.returncode == 0


async def test_two_bots_on_one_database_are_refused(newsroom: Any, command: Callable[..., Any]) -> None:
    newsroom.print("courier", "Rain expected", "Umbrellas are sold out.", an_hour_ago())
    async with command("run") as first, asyncio.timeout(PATIENCE):
        line = b""
        while not line.startswith(b"watching"):
            line = await first.stderr.readline()
        async with command("run", "--once") as second:
            _, err = await second.communicate()
    assert second.returncode == 1
    assert len(err.decode().strip().splitlines()) == 1


async def test_every_source_out_of_reach_is_named_and_the_bot_stays_up(
    newsroom: Any, command: Callable[..., Any]
) -> None:
    async def refuse(_: Any) -> Any:
        raise ConnectionResetError

    for outlet in ("courier", "gazette"):
        newsroom.open(outlet, refuse)
    named = set()
    async with command("run") as process, asyncio.timeout(PATIENCE):
        while named != {"courier", "gazette"}:
            line = (await process.stderr.readline()).decode()
            assert line, "it ended"
            named |= {outlet for outlet in ("courier", "gazette") if "source_failed" in line and outlet in line}
        assert process.returncode is None
