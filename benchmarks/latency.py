"""How long is it from the poll that sees a new item until the chat holds what it says?

    .venv/bin/python benchmarks/latency.py [--feeds 1000] [--items 200] [--every 1.0]

A publisher on the loopback address serves 1,000 feeds of 30 items, each polled every 20 s: fifteen times as often as
sources are by default. One in twenty of them has another weather report when it is asked. At random moments, one a
second on average, a feed prints an item that states a position. All parts are the bot's own: schedule, fetcher, parsers,
the readers of the shipped storyline in their processes (rules and learned part), ingest, a store with full durability,
outbox, delivery, and the notifiers of Slack and Discord.

Measured from the moment the publisher answers with the item until the loopback Slack, or the Discord in memory
(arrivals.py), holds a message that shows it: posted alone, or joined by an edit to the post of the same minute. What the
items say is the same, so each item's position is booked on a ledger of its own, and each makes an alert. Target: p99
below 1.5 s in both. Last line: one JSON object.

Refuses to do: the way from the bot to a platform's own machines is not in it; the loopback chats' work is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import re
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import structlog
from aiohttp import web
from arrivals import Arrivals, opened_discord, opened_slack
from asking import memory_mb

from bot import deliver
from bot.clock import SystemClock
from bot.domain import Item, ReadResult, Route, Rung, Source, Storyline, Tier
from bot.ingest import Ingest
from bot.nlp.pool import ReaderPool
from bot.polling import Polling
from bot.ports import Read
from bot.schedule import CatchUp, Schedule
from bot.store import SqlStore, open_store
from bot.wiring import load_settings, reader_factory
from config import load_storyline
from watchers import open_watching

ITEMS = 30
EVERY_SECONDS = 20
CHANGING = 0.05
TRACK = "moscow-seoul"
TITLE = "Russia expels South Korean ambassador in matter {}"
TEXT = "Moscow has expelled the ambassador of South Korea in matter {}, the Russian foreign ministry said on Monday."
MATTER = re.compile(r"in matter (\d+)")


def storyline(matters: int) -> Storyline:
    """Return the shipped storyline with a track for each matter, made of the one that the items speak of."""
    shipped = load_storyline()
    track = shipped.track(TRACK)
    own = (replace(track, id=f"{TRACK}-{n}", rungs=tuple(_of(rung, n) for rung in track.rungs)) for n in range(matters))
    return replace(shipped, tracks=(*shipped.tracks, *own))


def _of(rung: Rung, matter: int) -> Rung:
    return replace(rung, now={"en": f"takes measures in matter {matter}"})


class Booking:
    """Reads as the bot does, and books what is said in a matter on that matter's ledger."""

    def __init__(self, read: Read) -> None:
        self._read = read

    async def read(self, items: Sequence[Item]) -> list[ReadResult]:
        """Read items, order kept."""
        results = await self._read(items)
        return [_booked(item, result) for item, result in zip(items, results, strict=True)]


def _booked(item: Item, result: ReadResult) -> ReadResult:
    matter = MATTER.search(item.title)
    if matter is None:
        return result
    said = (replace(reading, track=f"{TRACK}-{matter[1]}") for reading in result.readings if reading.track == TRACK)
    return replace(result, readings=tuple(said))


class Press:
    """The publisher: feeds of weather, and of the matters that it was told to print."""

    def __init__(self) -> None:
        self.matters: dict[int, int] = {}
        self.answered: dict[int, float] = {}
        self.polls = 0
        self._start = datetime.now(UTC)
        self._reports: dict[int, int] = {}
        self._dates: dict[str, datetime] = {}
        self._rng = random.Random(5)  # repeats itself

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Answer with a feed."""
        number = int(request.match_info["number"])
        self.polls += 1
        reports = self._reports[number] = self._reports.get(number, ITEMS) + (self._rng.random() < CHANGING)
        matter = self.matters.get(number)
        etag = f'"{reports}-{matter}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        items = [self._weather(number, report) for report in range(reports - ITEMS, reports)]
        if matter is not None:
            items.append(self._item(number, TITLE.format(matter), TEXT.format(matter), datetime.now(UTC)))
            self.answered.setdefault(matter, time.monotonic())
        feed = (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>{number}</title>{''.join(items)}</channel></rss>"
        )
        return web.Response(text=feed, content_type="application/rss+xml", charset="utf-8", headers={"ETag": etag})

    def _weather(self, number: int, report: int) -> str:
        at = self._start - timedelta(seconds=EVERY_SECONDS * (ITEMS - report))
        return self._item(number, f"Weather of day {report} at {number}", f"Said at length. {'Words. ' * 100}", at)

    def _item(self, number: int, title: str, text: str, at: datetime) -> str:
        stamp = format_datetime(self._dates.setdefault(title, at))
        return (
            f"<item><title>{title}</title><link>https://p{number}.example/{title.replace(' ', '-')}</link>"
            f"<guid isPermaLink='false'>{number} {title}</guid><pubDate>{stamp}</pubDate>"
            f"<description>{text}</description></item>"
        )


async def measure(
    feeds: int, items: int, every: float, interval: int = EVERY_SECONDS, read: Read | None = None
) -> dict[str, object]:
    """Print `items` new items in as many of `feeds` feeds, one in `every` seconds; return the figures in seconds.

    Args:
        interval: seconds between two polls of a feed.
        read: reads items; None for the bot's own readers.
    """
    press, arrivals = Press(), Arrivals(MATTER)
    async with opened(press, arrivals, feeds, items, interval, read) as schedule:
        polls, begun, cpu = press.polls, time.monotonic(), time.process_time()
        rng = random.Random(3)  # repeats itself
        schedule.start()
        for matter, number in enumerate(rng.sample(range(feeds), items)):
            press.matters[number] = matter
            await asyncio.sleep(rng.expovariate(1 / every))
        async with asyncio.timeout(180):
            while arrivals.missing(items):  # noqa: ASYNC110 -- the chats only note what they hold
                await asyncio.sleep(0.1)
        seconds = time.monotonic() - begun
        load: dict[str, object] = {
            "polls_a_second": round((press.polls - polls) / seconds, 1),
            "cpu_share": round((time.process_time() - cpu) / seconds, 2),
            "memory_mb": memory_mb(os.getpid()),
        }
    return {"feeds": feeds, "items": items, **figures(press.answered, arrivals.shown), **load}


def figures(answered: Mapping[int, float], shown: Mapping[str, Mapping[int, float]]) -> dict[str, float]:
    """Return p50, p99 and the longest wait in seconds, for each platform."""
    found: dict[str, float] = {}
    for platform, at in shown.items():
        waits = sorted(at[matter] - answered[matter] for matter in answered)
        found[f"{platform}_p50_s"] = round(waits[len(waits) // 2], 3)
        found[f"{platform}_p99_s"] = round(waits[min(len(waits) - 1, int(len(waits) * 0.99))], 3)
        found[f"{platform}_max_s"] = round(waits[-1], 3)
    return found


@asynccontextmanager
async def opened(
    press: Press, arrivals: Arrivals, feeds: int, matters: int, interval: int, read: Read | None
) -> AsyncIterator[Schedule]:
    """Put publisher, bot and chats together; yield what polls, with the first polls behind it."""
    clock, story, wake = SystemClock(), storyline(matters), asyncio.Event()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="latency-"))
        store = open_store(f"sqlite:///{folder}/bench.db")
        stack.callback(store.close)
        seed(store, await served(press, stack), feeds, interval)
        watchers, _ = await stack.enter_async_context(open_watching(clock, allow_private=("127.0.0.1",)))
        reads = Booking(read or await opened_readers(stack)).read
        rooms = [await stack.enter_async_context(room(story, arrivals)) for room in (opened_slack, opened_discord)]
        routes = tuple(Route(notifier.platform, notifier.platform, channel) for channel, notifier in rooms)
        ingest = Ingest(story, reads, store, lambda: routes, (), wake.set)
        await ingest.open_ledgers(clock.now())
        catch_up = CatchUp(story, store, tuple, frozenset(), clock.now(), timedelta(0))
        schedule = Schedule(Polling(watchers, ingest, store, clock, random.random), catch_up, wake.set)
        await schedule.once()
        notifiers = {notifier.platform: notifier for _, notifier in rooms}
        delivery = asyncio.create_task(deliver.run(store, notifiers, clock, wake, routes=lambda: routes))
        yield schedule
        await schedule.stop()
        delivery.cancel()
        await asyncio.gather(delivery, return_exceptions=True)


async def opened_readers(stack: AsyncExitStack) -> Read:
    """Return what reads as the bot does, until `stack` ends, with its models loaded: a bot has read its first polls."""
    settings = load_settings()
    readers = ReaderPool(reader_factory(settings), settings.workers)
    stack.callback(readers.close)
    await asyncio.gather(*(readers.read([Item("", TITLE, TEXT, "en")]) for _ in range(settings.workers)))
    return readers.read


def seed(store: SqlStore, base: str, feeds: int, interval: int) -> None:
    """Store the sources."""
    names = [f"paper-{n}" for n in range(feeds)]
    sources = [
        Source(n, n, f"{base}/{i}", "rss", "en", n, n, Tier.AGENCY, interval=interval) for i, n in enumerate(names)
    ]
    store.seed_sources(sources)


async def served(press: Press, stack: AsyncExitStack) -> str:
    """Serve the publisher until `stack` ends; return its address."""
    application = web.Application()
    application.router.add_get("/{number:[0-9]+}", press.page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000, help="feeds that are polled")
    parser.add_argument("--items", type=int, default=200, help="new items that state a position; at most one a feed")
    parser.add_argument("--every", type=float, default=1.0, help="seconds between two of them on average")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found = asyncio.run(measure(given.feeds, given.items, given.every))
    print("from the answer to the chat: " + ", ".join(f"{key} {value}" for key, value in found.items()))
    print(json.dumps({**found, "target_p99_s": 1.5}))


if __name__ == "__main__":
    main()
