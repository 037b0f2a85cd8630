"""Does a bot that stands by take over within ten seconds, and is anything lost or told twice, even without a database?

    .venv/bin/python benchmarks/failover.py [--kills 5] [--outage 60]

Two bots as `stancewatch run` starts them share a PostgreSQL of their own and a Slack, the loopback one of the tests.
The one that works is killed (kill -9), a story is printed in that moment, and somebody types /brief again and again:
seconds until the other bot has answered and until the channel shows the story. Then another bot is started to stand by;
five times in a row. After that PostgreSQL is stopped as a power cut stops it, for a minute, while a story is printed
every two seconds and /brief asked every second. A bot that ends is started anew, as a supervisor does.

Stories are read before, so that no model loads. The last line is one JSON object: `answered_s` and `posted_s` of each
fail-over, `repeated` and `lost` of all stories, and `outage`: its stories, `lost`, `twice`, `recovered_s`, and how many
of those who asked were told that the database is away. Exit status 1 when a target is missed: 10 s, none lost or twice.

Refuses to do: no fault of Slack's (benchmarks/crash.py has those), and no network but the loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

from borrowed import loopback, postgres_kit
from twobots import PATIENCE, World

AFTERWARDS = 35.0
"""Seconds after which a surplus copy would have been deleted."""

PROMISED = 10.0


async def fail_over(world: World) -> tuple[float, float]:
    """Kill the bot that works; return the seconds until somebody was answered and a story was posted."""
    front = await world.front()
    front.process.kill()
    begin = time.monotonic()
    story = world.print()
    shown = asyncio.create_task(timed(lambda: world.shows(story), begin))
    answered = await timed(lambda: until_answered(world), begin)
    posted = await shown
    await front.process.wait()
    world.bots.remove(front)
    print(f"answered after {answered:.1f} s, posted after {posted:.1f} s", file=sys.stderr)
    await (await world.start()).until("readyz", 503)
    return round(answered, 1), round(posted, 1)


async def until_answered(world: World) -> bool:
    """Ask until somebody answers."""
    begin = time.monotonic()
    while time.monotonic() - begin < PATIENCE:
        if await world.ask():
            return True
        await asyncio.sleep(0.1)
    return False


async def timed(act: Callable[[], Any], begin: float) -> float:
    """Return the seconds since `begin` until something was done; PATIENCE when it never was."""
    return time.monotonic() - begin if await act() else PATIENCE


async def outage(world: World, seconds: float) -> dict[str, object]:
    """Stop the database for a while under load; return what became of it."""
    first = len(world.printed)
    world.questions.clear()
    supervisor = asyncio.create_task(world.supervise())
    load = asyncio.create_task(keep_busy(world))
    await asyncio.sleep(10)
    await asyncio.to_thread(world.server.stop)
    await asyncio.sleep(seconds)
    during = dict(world.questions)
    await asyncio.to_thread(world.server.start)
    begin = time.monotonic()
    recovered = await timed(lambda: world.shows(world.print()), begin)
    await asyncio.sleep(10)
    load.cancel()
    stories = world.printed[first:]
    for story in stories:
        await world.shows(story)
    await asyncio.sleep(AFTERWARDS)
    supervisor.cancel()
    return {
        "seconds": seconds,
        "stories": len(stories),
        "recovered_s": round(recovered, 1),
        "asked_meanwhile": during,
        **verdict(world, stories),
    }


async def keep_busy(world: World) -> None:
    """Print and ask."""
    for turn in itertools.count():
        if turn % 2 == 0:
            world.print()
        await world.ask()
        await asyncio.sleep(1)


def verdict(world: World, stories: list[int]) -> dict[str, int]:
    """Return how many stories the channel does not show, or more than once."""
    times = [world.times(story) for story in stories]
    return {"lost": times.count(0), "twice": sum(n > 1 for n in times)}


async def measure(kills: int, seconds: float, keep: Path | None) -> dict[str, Any]:
    """Run all of it; return the figures.

    Args:
        keep: where the log of the bots is left.
    """
    kit = loopback()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="stancewatch-")))
        server = stack.enter_context(postgres_kit().own_server())
        slack = await stack.enter_async_context(kit.opened_slack())
        world = World(kit, slack, server, server.create(), folder)
        world.write()
        try:
            await (await world.start()).until("readyz", 200)
            await (await world.start()).until("readyz", 503)
            assert await world.shows(world.print())
            times = [await fail_over(world) for _ in range(kills)]
            await asyncio.sleep(AFTERWARDS)
            # The first one was there before anybody watched: it is told in the catch-up brief alone.
            whole = verdict(world, world.printed[1:])
            found = {
                "answered_s": [answered for answered, _ in times],
                "posted_s": [posted for _, posted in times],
                "repeated": whole["twice"],
                "lost": whole["lost"],
            }
            if seconds:
                found["outage"] = await outage(world, seconds)
            return found
        finally:
            for bot in world.bots:
                with suppress(ProcessLookupError):
                    bot.process.kill()
                await bot.process.wait()
            if keep:
                await asyncio.to_thread(shutil.copy, folder / "log", keep)


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=5, help="fail-overs in a row")
    parser.add_argument("--outage", type=float, default=60.0, help="seconds without a database; 0 for none")
    parser.add_argument("--log", type=Path, help="file that the log of the bots is copied to")
    given = parser.parse_args()
    found = asyncio.run(measure(given.kills, given.outage, given.log))
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps(found))
    late = max([*found["answered_s"], *found["posted_s"], 0.0]) > PROMISED
    outage_wrong = given.outage and (found["outage"]["lost"] or found["outage"]["twice"])
    if late or found["lost"] or found["repeated"] or outage_wrong:
        sys.exit("a target was missed")


if __name__ == "__main__":
    main()
