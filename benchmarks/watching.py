"""Is the bot polite and complete when it watches thousands of sources?

    .venv/bin/python benchmarks/watching.py [--http 500] [--direct 10000] [--hours 24]

    http      a day of 500 sources over real HTTP on the loopback address, on a clock that runs as fast as the bot can
    direct    a day of 10,000 sources, answered within the process, in one thread

2 % of the sources flap (429, 500, 503, with and without Retry-After), 1 % are slow beyond the time allowed now and
then, 1 % hostile. A checker reads what the publishers wrote down (benchmarks/world.py): requests that came sooner than an
answer allowed (Cache-Control, Expires, Retry-After, ttl, skipHours, one a minute), items lost, items stored twice. An
answer that did not arrive in time allows and forbids nothing; there are as many as `unheard` says.
Targets: none of each. The reading of articles is left out.

CPU and memory are told of the bot and the world in one process together. Last line: one JSON object.

Refuses to do: no figure of what a poll costs the bot, see benchmarks/polling.py, nor of delay, see latency.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import structlog
from aiohttp import web

from bot.clock import VirtualClock
from bot.domain import Item, ReadResult, Source, Tier
from bot.errors import FetchError, SourceGoneError
from bot.ingest import Ingest
from bot.polling import Polling
from bot.ports import Watcher
from bot.store import SqlStore, open_store
from config import load_storyline
from watchers import Fetcher, Limits, Parser, load
from watchers.answers import Answer
from watchers.manners import freshness, retry_after, status_advice

sys.path.insert(0, str(Path(__file__).parent))
from world import World

P = ParamSpec("P")
T = TypeVar("T")

START = datetime(2024, 7, 1, tzinfo=UTC)
AT_ONCE = 512
TICKS = {"http": timedelta(seconds=2), "direct": timedelta(seconds=30)}
"""How long what has become due waits for others at most."""
INTERVALS = {"http": (300, 600, 1800), "direct": (600, 1200, 3600)}
"""Of a third of the sources each; by its own rhythm one is polled four times as often or as seldom."""
PATIENCE = 1.0  # seconds of real time that a slow site outlasts


async def unread(items: Sequence[Item]) -> list[ReadResult]:
    """Read nothing."""
    return [ReadResult(item.id, False, "not read", item.language) for item in items]


class Direct:
    """Answers from a world without a network; stands in for a Fetcher."""

    def __init__(self, world: World, clock: VirtualClock) -> None:
        self._world, self._clock = world, clock

    def space(self, host: str, seconds: float, by: str = "") -> None:
        """Nothing: there is no host to space."""

    async def get(self, url: str, *, etag: str = "", last_modified: str = "", **_: object) -> Answer:  # noqa: ARG002
        """Answer as the site does; see Fetcher.get."""
        now, number = self._clock.now(), int(url.rpartition("/")[2])
        asked = {"If-None-Match": etag} if etag else {}
        status, headers, body = self._world.reply(number, now, asked)
        if not status:
            raise FetchError(f"{url}: no complete answer in time")
        if status == 410:
            raise SourceGoneError(f"{url}: gone")
        if status not in {200, 304}:
            raise FetchError(f"{url}: {status_advice(status, headers)}", retry_after=retry_after(headers, now))
        fresh = freshness(headers)
        until = now + timedelta(seconds=fresh) if fresh else None
        kind = headers.get("Content-Type", "")
        return Answer(url, body, kind, headers.get("ETag", ""), "", "", status == 304, None, until)


class Witness(Fetcher):
    """Fetches for real, and tells the world which of its answers did not arrive: on a busy machine that may be any."""

    def __init__(self, world: World, clock: VirtualClock) -> None:
        super().__init__(clock, allow_private=("127.0.0.0/8",), limits=Limits(seconds=PATIENCE))
        self._world = world

    async def get(self, url: str, **asked: Any) -> Answer:  # noqa: ANN401 -- whatever Fetcher.get takes
        """Fetch; see Fetcher.get."""
        try:
            return await super().get(url, **asked)
        except FetchError as error:
            if "no complete answer" in str(error):
                self._world.unheard(int(url.rpartition("/")[2]), self._clock.now())
            raise


class AtOnce(ThreadPoolExecutor):
    """Calls what it is given where it is: a day within one process is not spent on handing work to threads."""

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the future of a call that is done."""
        future: Future[T] = Future()
        try:
            future.set_result(call(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 -- whoever waits for it is told
            future.set_exception(error)
        return future


@asynccontextmanager
async def served(world: World, clock: VirtualClock) -> AsyncIterator[int]:
    """Serve a world on the loopback addresses; yield the port."""

    async def page(request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        status, headers, body = world.reply(number, clock.now(), request.headers)
        if not status:
            await asyncio.sleep(2 * PATIENCE)
        return web.Response(status=status or 200, headers=headers, body=body)

    application = web.Application()
    application.router.add_get("/{number:[0-9]+}", page)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0).start()  # each source has a loopback address of its own
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def live(polling: Polling, store: SqlStore, clock: VirtualClock, tick: timedelta, end: datetime) -> None:
    """Poll what is due, moment by moment, until the end."""
    while (now := clock.now()) < end:
        due = store.due_sources(now, AT_ONCE)
        if due:
            await asyncio.gather(*(polling.poll(source, state) for source, state in due))
            await polling.states.flush()
            continue
        following = store.due_sources(end, 1)
        clock.set(max(following[0][1].next_due, now + tick) if following else end)


async def a_day(world: World, hours: float, addresses: Sequence[str], fetcher: Fetcher | Direct | None,
                clock: VirtualClock, folder: str) -> dict[str, object]:  # fmt: skip
    """Watch a world; return the checker's verdict.

    Args:
        fetcher: None for one over HTTP.
    """
    started, cpu = time.monotonic(), cpu_seconds()
    way = "http" if fetcher is None else "direct"
    async with AsyncExitStack() as stack:
        store = open_store(f"sqlite:///{folder}/day.db", durable=False)
        stack.callback(store.close)
        names = [f"site-{number}" for number in range(len(addresses))]
        store.seed_sources(
            [
                Source(n, n, url, "rss", "en", n, n, Tier.OUTLET, interval=INTERVALS[way][i % 3])
                for i, (n, url) in enumerate(zip(names, addresses, strict=True))
            ]
        )
        if fetcher is None:
            fetcher = await stack.enter_async_context(Witness(world, clock))
        parser = await stack.enter_async_context(Parser(workers=1))
        watchers: Mapping[str, Watcher] = load(fetcher, parser)  # type: ignore[arg-type] # Direct answers for Fetcher.get
        storyline = load_storyline()
        ingest = Ingest(storyline, unread, store, tuple, (), lambda: None)
        polling = Polling(watchers, ingest, store, clock, random.Random(7).random)
        await live(polling, store, clock, TICKS[way], START + timedelta(hours=hours))
    with closing(sqlite3.connect(f"{folder}/day.db")) as database:
        stored = [url for (url,) in database.execute("select url from articles")]
    return {
        **world.verdict(stored),
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(cpu_seconds() - cpu, 1),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def cpu_seconds() -> float:
    """Return what this process and the workers that have ended have cost so far."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


async def over_http(count: int, hours: float) -> dict[str, object]:
    """Watch a day over real HTTP."""
    world, clock = World(count, START, hours), VirtualClock(START)
    with tempfile.TemporaryDirectory(prefix="watching-") as folder:
        async with served(world, clock) as port:
            addresses = [f"http://127.1.{n // 250}.{n % 250 + 1}:{port}/{n}" for n in range(count)]
            return await a_day(world, hours, addresses, None, clock, folder)


async def directly(count: int, hours: float) -> dict[str, object]:
    """Watch a day without a network."""
    asyncio.get_running_loop().set_default_executor(AtOnce())
    world, clock = World(count, START, hours), VirtualClock(START)
    with tempfile.TemporaryDirectory(prefix="watching-") as folder:
        addresses = [f"https://site{n}.example/{n}" for n in range(count)]
        return await a_day(world, hours, addresses, Direct(world, clock), clock, folder)


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--http", type=int, default=500, help="sources over real HTTP; 0 for none")
    parser.add_argument("--direct", type=int, default=10_000, help="sources within the process; 0 for none")
    parser.add_argument("--hours", type=float, default=24.0, help="how long the day is")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    found: dict[str, object] = {}
    for name, count, watch in (("http", given.http, over_http), ("direct", given.direct, directly)):
        if count:
            verdict = asyncio.run(watch(count, given.hours))
            print(f"{name} {count}: " + ", ".join(f"{value} {key}" for key, value in verdict.items()))
            found |= {f"{name}_{key}": value for key, value in verdict.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
