"""Is anything lost, or told twice, however often the bot is killed?

    .venv/bin/python benchmarks/crash.py --kills 300 --seed 1 --store sqlite|postgres [--keep DIR]

The bot is killed (kill -9) at random and at every named step: after a poll, before and after a commit, a post, an
edit, a line in a thread, a look into a channel, a deletion, while Discord or Slack is at work, between the last first
poll and the brief of it, during a backup and an upgrade. Both platforms lose, delay, repeat and refuse at random
(crashing/chats.py). Bot and platforms share a clock that stands while either computes and jumps while both wait
(crashing/fast.py): what is late is late by that clock, however busy the machine is.
What counts is the platforms' own record (crashing/verdict.py): `lost` and `seen_twice`, both to be 0.

A seed gives the same stories, steps, moments and faults again; in which order two threads of the bot come to the same
moment is the machine's.
PostgreSQL is found as tests/postgres_server.py says. The last line is JSON; exit status 1 when something is not 0.

Refuses to do: no network but the loopback, no model.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from borrowed import postgres_kit
from crashing import rounds, verdict
from crashing.bench import Bench, Databases, opened_bench
from crashing.fast import LeadersSelector, SharedLoop, SharedTime

ROOT = Path(__file__).parents[1]


@contextmanager
def databases(store: str, folder: Path) -> Iterator[Databases]:
    """Yield what makes empty databases."""
    if store == "sqlite":
        yield Databases(lambda name: f"sqlite:///{folder / name}.db", lambda _: None)
        return
    kit = postgres_kit()
    with kit.any_server() as server:
        if server is None:
            raise SystemExit(kit.NONE)
        made: list[str] = []

        def make(_: str) -> str:
            made.append(server.create())
            return made[-1]

        try:
            yield Databases(make, server.drop)
        finally:
            for url in made:
                server.drop(url)


async def run(kills: int, seed: int, folder: Path, made: Databases, clock: SharedTime) -> dict[str, Any]:
    """Kill the bot that often; return the figures."""
    begin = time.monotonic()
    async with opened_bench(seed, folder, made, clock, holders=2 * kills + 40) as bench:
        await rounds.warm_up(bench)
        shown = 25
        while bench.killed.total() < kills and not bench.broken:
            await rounds.play(bench)
            if bench.killed.total() >= shown:
                shown += 25
                say(bench, begin)
        came_to_rest = await rounds.quiet(bench)
        return verdict.report(bench, came_to_rest=came_to_rest) | {"seconds": round(time.monotonic() - begin)}


def say(bench: Bench, begin: float) -> None:
    """Say how far it has come, for whoever waits."""
    told = f"{bench.killed.total()} kills, {len(bench.newsroom.states)} stories, {len(verdict.lost(bench))} to be told"
    print(f"{time.monotonic() - begin:.0f} s: {told}, {len(verdict.twice(bench))} twice", file=sys.stderr, flush=True)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--keep", type=Path, default=None, help="a new folder for the database, the log and the record")
    given = parser.parse_args()
    if given.keep and given.keep.exists():
        parser.error(f"{given.keep} is there already; name a new folder")
    with tempfile.TemporaryDirectory(prefix="stancewatch-crash-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        clock = SharedTime(folder / "time", time.time(), os.eventfd(0), os.eventfd(0))
        selector = LeadersSelector(clock, clock.leader)
        with databases(given.store, folder) as made, asyncio.Runner(loop_factory=lambda: SharedLoop(selector)) as loop:
            figures = loop.run(run(given.kills, given.seed, folder, made, clock))
    print(json.dumps(figures | {"store": given.store}))
    sys.exit(bool(figures["lost"] or figures["seen_twice"] or figures["broken"] or not figures["came_to_rest"]))


if __name__ == "__main__":
    main()
