"""What becomes of news while the disk is full? A real one: a file system of a few megabytes, filled to its last byte.

Needs the right to mount a tmpfs; elsewhere it is skipped, and tests/unit/test_faults.py fills a file that may not grow.
"""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.health import Health

from .chats import opened_chats
from .conftest import START, Newsroom

MINUTES = timedelta(minutes=30)
SIZE = 4
"""Megabytes."""
FULL = "the disk is full; free some space"

RULED_OUT = "South Korea will not supply lethal weapons to Ukraine, the presidential office said on Wednesday."
STORY = ("Seoul rules out lethal arms for Ukraine", f"{RULED_OUT} The principle stands, a spokesperson told reporters.")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    try:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", place], capture_output=True, text=True, check=False
        )
    except OSError as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    yield place
    # Lazily: what the test has left open goes with it.
    subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path) -> Path:
    """Write until nothing more fits; return what takes the room."""
    ballast = disk / "ballast"
    for block in (65_536, 512, 1):
        with suppress(OSError), ballast.open("ab", buffering=0) as out:
            while True:
                out.write(b"\0" * block)
    return ballast


async def test_what_comes_while_the_disk_is_full_is_told_once_when_there_is_room_again(
    newsroom: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, small_disk: Path
) -> None:
    newsroom.print_weather(START - MINUTES, "courier")
    database = f"sqlite:///{small_disk / 'desk.db'}"
    async with opened_chats(open_desk, monkeypatch, database_url=database) as chats:
        bot, clock = chats.desk.bot, chats.desk.clock
        await chats.round()
        await chats.subscribe()
        ballast = fill(small_disk)
        newsroom.print("courier", *STORY, START + MINUTES)
        health = Health(bot.store, clock, clock.now)
        with capture_logs() as log:
            watching = asyncio.create_task(chats.round(2 * MINUTES))
            async with asyncio.timeout(60):
                while not any(e["event"] == "store_busy" for e in log):  # noqa: ASYNC110 - nobody says when
                    await asyncio.sleep(0.05)
        assert FULL in (await health.dependencies())["database"]
        assert (await health.report())["status"] == "degraded"
        assert "store_busy" in {entry["event"] for entry in log if FULL in entry.get("error", "")}
        assert not watching.done()
        assert chats.on_slack() == chats.on_discord() == []

        ballast.unlink()
        told = await asyncio.wait_for(watching, 60)
        told += await chats.round(2 * MINUTES)
        assert [line["event"] for line in told] == ["posted"]
        assert await chats.round(2 * MINUTES) == []
        (slack,), (discord,) = chats.on_slack(), chats.on_discord()
        assert "South Korea now rules out lethal arms" in slack
        assert "South Korea now rules out lethal arms" in discord
        assert (await health.report())["status"] == "ok"
        assert bot.store.counts()["deliveries_pending"] == 0
