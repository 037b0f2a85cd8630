"""Does a bot that runs for a day, with faults all the while, keep its memory and its file handles?

    .venv/bin/python benchmarks/soak.py [--hours 24] [--rate 2] [--seed 1]

24 hours on a virtual clock: forty feeds print two articles a second between them, 172,800 in a day. Polling, ingest,
ledgers, SQLite, digests, briefs, metrics and delivery are the bot's own; Slack is the loopback one of the tests, over
real HTTP. Nearly all articles are another story's; one in two hundred holds a position, read before, so that no model
loads. Polls fail, another program holds the database, Slack refuses, breaks down, and takes posts without saying so.

Memory is what the system says is resident of the bot; the loopback Slack is a process of its own (slackapart.py), and
forgets what is older than two hours.
Targets: less than 5 % more at the end than after four hours, no more file handles, no article and no alert lost, none
told twice. Last line: one JSON object.

Refuses to do: no figure of reading (benchmarks/latency.py) and of a feed's way over the network (watching.py).
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import structlog
from press import FEEDS, START, Press, Reading200, climbing
from prometheus_client import generate_latest
from slackapart import SlackApart, opened_slack_apart

from bot.brief import make_brief
from bot.clock import VirtualClock
from bot.deliver import drain
from bot.desk import ChatDesk
from bot.digests import Digests
from bot.domain import PollState, Route, Source, Storyline, Tier
from bot.errors import StoreBusyError
from bot.heap import spare_heap
from bot.ingest import Ingest
from bot.metrics import Metrics
from bot.polling import Polling
from bot.routebook import RouteBook
from bot.store import SqlStore, open_store, sqlite
from handlers.slack import Access, SlackNotifier
from handlers.slack.web import Pace

TICK = timedelta(seconds=10)
HOUR = timedelta(hours=1)
WARM = 4
ROUTE = Route("desk", "slack", "C1", digest=tuple(clock_time(hour) for hour in range(0, 24, 3)))


@dataclass
class Day:
    """The parts of a bot, and what is measured of them."""

    store: SqlStore
    clock: VirtualClock
    polling: Polling
    notifier: SlackNotifier
    digests: Digests
    metrics: Metrics
    storyline: Storyline
    press: Press
    slack: SlackApart
    path: Path
    memory: list[float] = field(default_factory=list)
    handles: list[int] = field(default_factory=list)

    async def live(self, hours: float) -> None:
        """Go through the day."""
        end = START + timedelta(hours=hours)
        while self.clock.now() < end:
            now = self.clock.now()
            with self._locked(self.press.rng.random() < 0.005):
                await self._poll()
            await self.polling.states.flush()
            if now.second == 0:
                await self.polling.ingest.review(now)
            if now.minute % 5 == 0 and now.second == 0:
                await self._ask(now)
            self.slack.plan()
            await self._deliver()
            if now.minute == 0 and now.second == 0:
                self._measure(now)
            self._set(now + TICK)

    async def settle(self) -> None:
        """Poll once more, and tell all that waits."""
        for _ in range(60):
            self._set(self.clock.now() + timedelta(seconds=120))
            await self._poll()
            await self.polling.states.flush()
            await self._deliver()
        self._measure(self.clock.now())

    def _set(self, now: datetime) -> None:
        self.clock.set(now)
        self.slack.at(now)

    async def _poll(self) -> None:
        try:
            due = self.store.due_sources(self.clock.now(), FEEDS)
        except StoreBusyError:  # the schedule logs it and goes on (bot/schedule.py)
            return
        for source, state in due:
            printed = self.press.printed(source.key)
            if await self.polling.poll(source, state):
                self.press.shown[source.key] = printed

    async def _ask(self, now: datetime) -> None:
        await asyncio.to_thread(make_brief, self.store, self.storyline, now, now - timedelta(days=7))
        await asyncio.to_thread(generate_latest, self.metrics.registry)
        if self.digests.due(now):
            await asyncio.to_thread(self.digests.tell, now)

    async def _deliver(self) -> None:
        while await drain(self.store, {"slack": self.notifier}, self.clock, routes=lambda: (ROUTE,)):
            pass

    @contextmanager
    def _locked(self, really: bool) -> Iterator[None]:
        """Let another program hold the database meanwhile."""
        if not really:
            yield
            return
        other = sqlite3.connect(self.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    def _measure(self, now: datetime) -> None:
        self.slack.forget(now - 2 * HOUR)
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.memory.append(pages * resource.getpagesize() / 2**20)
        self.handles.append(sum(1 for _ in Path("/proc/self/fd").iterdir()))
        spent = resource.getrusage(resource.RUSAGE_SELF)
        cpu = spent.ru_utime + spent.ru_stime
        print(f"{now:%H:%M} {self.memory[-1]:.1f} MB, {self.handles[-1]} handles, {cpu:.0f} s of CPU", file=sys.stderr)


async def soak(hours: float, rate: float, seed: int, folder: Path) -> dict[str, object]:
    """Live through the day; return the figures."""
    clock, rng = VirtualClock(START), random.Random(seed)
    storyline = climbing(int(hours * 3600 * rate))
    with opened_slack_apart(START, seed) as slack:
        path = folder / "soak.db"
        store = open_store(f"sqlite:///{path}", durable=False)
        names = [f"paper-{n}" for n in range(FEEDS)]
        store.seed_sources(
            [Source(n, n, f"https://{n}.example/feed", "rss", "en", n, n, Tier.OUTLET, interval=1200) for n in names]
        )
        with store.unit() as unit:
            unit.save_polls({name: PollState(START, baselined=True) for name in names})
        metrics, press = Metrics(), Press(clock, rate, rng, START + timedelta(hours=hours))
        book = RouteBook(storyline, store, [ROUTE])
        ingest = Ingest(storyline, metrics.counting_reads(Reading200()), store, book.all, (), lambda: None)
        await ingest.open_ledgers(START)
        polling = Polling(metrics.counting_polls({"rss": press}), ingest, store, clock, rng.random, pause=0.01)
        metrics.watch(store, clock, clock.now)
        access, desk = Access(slack.token, api=slack.api), ChatDesk(storyline, store, clock, book)
        bot = SlackNotifier(storyline, access, desk, pace=replace(Pace(), wait=0, backoff=0.01))
        digests = Digests(storyline, store, book.all)
        day = Day(store, clock, polling, bot, digests, metrics, storyline, press, slack, path)
        await day.live(hours)
        await day.settle()
        found = verdict(day, int(hours * 3600 * rate))
        await bot.close()
        store.close()
    return found


def verdict(day: Day, wanted: int) -> dict[str, object]:
    """Return what was lost, told twice, and how memory and handles went."""
    counts = day.store.counts()
    printed = sum(day.press.printed(f"paper-{n}") for n in range(FEEDS))
    warm = min(WARM, len(day.memory) - 2)
    shown = day.slack.told()
    return {
        "articles": wanted,
        "printed": printed,
        "articles_lost": sum(day.press.shown.values()) - counts["articles"],
        "alerts": counts["alerts"],
        "messages": sum(shown.values()),
        "lost": counts["deliveries_pending"] + counts["deliveries_failed"],
        "seen_twice": sum(n > 1 for n in shown.values()),
        "memory_warm_mb": round(day.memory[warm], 1),
        "memory_end_mb": round(day.memory[-1], 1),
        "growth_percent": round(100 * (max(day.memory[-3:]) / day.memory[warm] - 1), 1),
        "handles_warm": day.handles[warm],
        "handles_end": day.handles[-1],
        "database_mb": round(day.path.stat().st_size / 2**20),
    }


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=24.0, help="of the virtual clock")
    parser.add_argument("--rate", type=float, default=2.0, help="articles a second")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    spare_heap()  # as `stancewatch run` does
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sqlite.BUSY_MILLISECONDS = 5
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
        found = asyncio.run(soak(given.hours, given.rate, given.seed, Path(folder)))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    found["cpu_s"], found["wall_s"] = round(spent.ru_utime + spent.ru_stime), round(time.monotonic() - begin)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
