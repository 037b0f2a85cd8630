"""What do people ask in the loopback Slack, how long do they wait, and what does the bot they ask take?

Refuses to do: what the bot does beside is for flood.py, burst.py and interactive.py to say.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

ACKNOWLEDGED, ANSWERED = 3.0, 60.0
"""Seconds that are waited for either at most; Slack itself gives up on the first."""
CONNECTED = 120.0
"""Seconds that a bot may take to connect."""

Slack = Any
"""That of the tests, which is loaded by its path."""


def question(slack: Slack, number: int) -> dict[str, Any]:
    """Return what Slack sends when somebody asks: half are commands, half are buttons."""
    who = f"U{number}"  # one alone may ask twenty times a minute
    made = (
        lambda: slack.command("/brief", "7d", user=who),
        lambda: slack.press("stancewatch_more", "10080  ", user=who),
        lambda: slack.command("/stancewatch", "why https://news.example/1", user=who),
        lambda: slack.press("stancewatch_why", "https://news.example/2", user=who),
    )
    return dict(made[number % len(made)]())


async def over_socket(slack: Slack, payload: dict[str, Any]) -> Any:  # noqa: ANN401 - an Interaction of the kit, which is loaded by its path
    """Send a question; return what becomes of it."""
    return await slack.ask("slash_commands" if "command" in payload else "interactive", payload)


async def waited(found: Any) -> tuple[float, float]:  # noqa: ANN401 - as above
    """Return seconds to the acknowledgement and to the answer; the most that is waited where there was none."""
    try:
        acknowledged = await asyncio.wait_for(asyncio.shield(found.acknowledged), ACKNOWLEDGED)
    except TimeoutError:
        acknowledged = ACKNOWLEDGED
    try:
        await asyncio.wait_for(found.answered.wait(), ANSWERED)
    except TimeoutError:
        return acknowledged, ANSWERED
    return acknowledged, time.monotonic() - found.asked


@asynccontextmanager
async def bot_apart(slack: Slack, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a bot in a process of its own from when it is connected until the block ends.

    Args:
        words: the program and what it is told; it is spoken to over its pipes.

    Raises:
        TimeoutError: it did not connect.
    """
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(sys.executable, *words, stdin=pipe, stdout=pipe)
    try:
        async with asyncio.timeout(CONNECTED):
            await slack.connected.wait()
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
        await child.wait()


def memory_mb(pid: int) -> int:
    """Return the resident memory of a process and all below it, shared pages counted once for each (Linux)."""
    parents, pages = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)], pages[int(stat.parent.name)] = int(fields[1]), int(fields[21])
    family = {pid}
    for _ in range(8):
        family |= {child for child, parent in parents.items() if parent in family}
    return sum(pages.get(member, 0) for member in family) * resource.getpagesize() // 2**20
