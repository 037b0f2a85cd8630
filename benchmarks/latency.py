"""How long is it from the poll that sees a new item until the channel shows what it says?

    .venv/bin/python benchmarks/latency.py [--feeds 1000] [--items 200]

A publisher on the loopback address serves 1,000 feeds of 30 items, which the bot polls all the time with real parts: the
schedule's polling, fetcher, parsers, ingest, store with full durability, outbox and delivery. One after the other, a feed
prints an item that states a position on a track of its own, so each makes an alert. Measured from the moment the
publisher answers with the item until the channel, a notifier that notes the time, shows the alert, alone or in a
message with others. The reader knows the positions by the titles: a model's own time (some ms an item) comes on top.
Target: p99 below 1.5 s. Last line: one JSON object.

Refuses to do: the chat platform's own time is not in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import structlog
from aiohttp import web

from bot import deliver
from bot.clock import SystemClock
from bot.domain import (
    Bundle,
    By,
    Delivery,
    Holder,
    Item,
    News,
    Notice,
    Reading,
    ReadResult,
    Register,
    Route,
    Rung,
    Source,
    Storyline,
    Tier,
    Track,
)
from bot.ingest import Ingest
from bot.polling import Polling
from bot.schedule import CatchUp, Schedule
from bot.store import open_store
from watchers import open_watchers

ROUTE = Route("desk", "loop", "1")
ITEMS = 30


def storyline(tracks: int) -> Storyline:
    """Return a storyline of tracks with one deed each."""
    words = {"en": "acts"}
    rung = Rung("done", Register.DEED, words, words, words)
    rungs = tuple(
        Track(f"track-{n}", {"en": f"Track {n}"}, {"en": "?"}, ("somebody",), (rung,), ()) for n in range(tracks)
    )
    holder = Holder("somebody", "state", {"en": "Somebody"}, {})
    return Storyline("bench", {"en": "Bench"}, date(2024, 6, 20), rungs, (holder,), (), {})


async def read(items: Sequence[Item]) -> list[ReadResult]:
    """Read the positions that titles state as "Somebody acts on <number>"."""
    return [_read(item) for item in items]


def _read(item: Item) -> ReadResult:
    lead, _, number = item.title.partition(" on ")
    if lead != "Somebody acts":
        return ReadResult(item.id, False, "another story", item.language)
    reading = Reading(f"track-{number}", "somebody", "done", By.OFFICIAL, item.title, 0.9)
    return ReadResult(item.id, True, "a track is met", item.language, (reading,))


class Channel:
    """A channel that notes when it first shows each alert."""

    platform = "loop"

    def __init__(self) -> None:
        self.shown: dict[str, float] = {}

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        """Show a notice."""
        now = time.monotonic()
        for alert in notice.alerts if isinstance(notice, Bundle) else (notice,):
            if hasattr(alert, "track"):
                self.shown.setdefault(alert.track, now)
        return str(delivery.id)

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        """Show a notice in the place of what was shown."""
        await self.send(delivery, notice)
        return True

    async def tell(self, delivery: Delivery, news: News) -> None:
        """Say nothing: what is measured is the message itself."""

    async def close(self) -> None:
        """Nothing is held."""


class Press:
    """The publisher: feeds of old items, and of the new ones that it was told to print."""

    def __init__(self) -> None:
        self.new: dict[int, int] = {}
        self.answered: dict[str, float] = {}

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Answer with a feed."""
        number = int(request.match_info["number"])
        track = self.new.get(number)
        etag = f'"{track}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        titles = [f"Weather of day {n} at {number}" for n in range(ITEMS)]
        if track is not None:
            titles.insert(0, f"Somebody acts on {track}")
            self.answered.setdefault(f"track-{track}", time.monotonic())
        at = format_datetime(datetime.now(UTC))
        items = "".join(
            f"<item><title>{title}</title><link>https://p{number}.example/{title.replace(' ', '-')}</link>"
            f"<guid isPermaLink='false'>{number} {title}</guid><pubDate>{at}</pubDate>"
            f"<description>{title}, said at length. {'Words. ' * 100}</description></item>"
            for title in titles
        )
        body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{number}</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml", charset="utf-8", headers={"ETag": etag})


async def measure(feeds: int, items: int) -> dict[str, object]:
    """Print `items` new items in `feeds` feeds; return the figures in seconds."""
    press, channel = Press(), Channel()
    async with opened(press, channel, feeds, items) as schedule:
        rng, left = random.Random(3), list(range(items))  # repeats itself
        while left:
            for track in left[:8]:
                press.new[rng.choice([n for n in range(feeds) if n not in press.new])] = track
            left = left[8:]
            await schedule.once()
        async with asyncio.timeout(120):
            while len(channel.shown) < items:  # noqa: ASYNC110 -- the measured channel does nothing but note
                await asyncio.sleep(0.1)
    waits = sorted(channel.shown[track] - press.answered[track] for track in press.answered)
    return {
        "feeds": feeds,
        "items": len(waits),
        "latency_p50_s": round(waits[len(waits) // 2], 3),
        "latency_p99_s": round(waits[min(len(waits) - 1, int(len(waits) * 0.99))], 3),
        "latency_max_s": round(waits[-1], 3),
    }


@asynccontextmanager
async def opened(press: Press, channel: Channel, feeds: int, tracks: int) -> AsyncIterator[Schedule]:
    """Put publisher and bot together; yield what polls, with the first polls behind it."""
    clock, story, wake = SystemClock(), storyline(tracks), asyncio.Event()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="latency-"))
        base = await served(press, stack)
        store = open_store(f"sqlite:///{folder}/bench.db")
        stack.callback(store.close)
        names = [f"paper-{n}" for n in range(feeds)]
        store.seed_sources([Source(n, n, f"{base}/{i}", "rss", "en", n, n, Tier.AGENCY) for i, n in enumerate(names)])
        watchers = await stack.enter_async_context(open_watchers(clock, allow_private=("127.0.0.1",)))
        ingest = Ingest(story, read, store, lambda: (ROUTE,), {}, wake.set)
        await ingest.open_ledgers(clock.now())
        catch_up = CatchUp(story, store, tuple, frozenset(), clock.now(), timedelta(0))
        schedule = Schedule(Polling(watchers, ingest, store, clock, random.random), catch_up, wake.set)
        await schedule.once()
        # Channel answers for what delivery asks of a notifier.
        telling = deliver.run(store, {"loop": channel}, clock, wake, routes=lambda: (ROUTE,))  # type: ignore[dict-item]
        delivery = asyncio.create_task(telling)
        yield schedule
        delivery.cancel()
        await asyncio.gather(delivery, return_exceptions=True)
        await schedule.stop()


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
    parser.add_argument("--items", type=int, default=200, help="new items, one a track; at most a feed each")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found = asyncio.run(measure(given.feeds, given.items))
    print("from the answer to the channel: " + ", ".join(f"{key} {value}" for key, value in found.items()))
    print(json.dumps({**found, "target_p99_s": 1.5}))


if __name__ == "__main__":
    main()
