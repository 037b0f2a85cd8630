"""How long does /brief take while 100,000 articles drain, and does every other source still get its turn?

    .venv/bin/python benchmarks/flood.py [--articles 100000] [--rate 4] [--store sqlite|postgres]

A bot with real parts runs in a process of its own: schedule, polling, ingest, ledgers, a durable store, delivery, Slack
over Socket Mode. What feeds hold is there already and read already, so that no model loads and no parser runs: it is the
store and the loop that are pressed. This program is its Slack (the loopback one of the tests).

Ten feeds hold a tenth of half of the articles each, a hundred feeds share the other half, and all of them are due at once.
Twenty wires print one telling article each, one after the other while the rest drains: `wire_*` is how long after the
wire was due its article was stored. `/brief 7d` is asked at a fixed rate, before and meanwhile, whatever the answers
take. `most_in_hand` is how many articles were polled and not yet stored, at most. The last line is one JSON object.

Refuses to do: no figure of the network, of parsing and of reading (benchmarks/polling.py, read.py, interactive.py).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from asking import Slack, bot_apart, memory_mb, waited
from borrowed import loopback, postgres_kit
from crashing.newsroom import storyline as many_holders

from bot import deliver
from bot.clock import SystemClock
from bot.desk import ChatDesk
from bot.domain import By, Entry, Item, Poll, PollState, Reading, ReadResult, Route, Source, Tier
from bot.heap import spare_heap
from bot.ingest import Ingest
from bot.polling import Polling
from bot.routebook import RouteBook
from bot.schedule import CatchUp, Schedule
from bot.store import SqlStore, open_store
from handlers.slack import Access, SlackNotifier

ROUTE = Route("bench", "slack", "C1")
FEW, MANY, WIRES = 10, 100, 20
WORDS = "The river has risen by a hand's breadth since the morning, and nobody on the quay thinks anything of it. " * 6


# --- the bot, in a process of its own


@dataclass
class Press:
    """A watcher whose feeds are full at once, and whose wires print one after the other.

    Args:
        sizes: feed → articles that it holds.
        due: wire → when it was to be asked.
    """

    sizes: dict[str, int]
    kind: str = "rss"
    due: dict[str, float] = field(default_factory=dict)
    lag: dict[str, float] = field(default_factory=dict)
    polled: int = 0

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Return what a feed holds, once."""
        size = 0 if state.last_new_item else self.sizes.get(source.key, 0)
        self.polled += size
        return Poll(await asyncio.to_thread(self._entries, source, size), state, changed=bool(size))

    async def answer(self, items: Sequence[Item]) -> list[ReadResult]:
        """Return what is in articles: a wire says where its own holder stands, the others nothing."""
        return await asyncio.to_thread(lambda: [self._result(item) for item in items])

    def _entries(self, source: Source, size: int) -> tuple[Entry, ...]:
        return tuple(self._entry(source, n) for n in range(size))

    def _entry(self, source: Source, number: int) -> Entry:
        name = f"{source.key} {number}"
        return Entry(name, f"{source.url}/{number}", name, f"{name}: {WORDS}", datetime.now(UTC))

    def _result(self, item: Item) -> ReadResult:
        name, _, number = item.title.partition(" ")[0].partition("-")
        if name != "wire":
            return ReadResult(item.id, False, "no holder", "en")
        reading = Reading("arms", f"h{int(number) + 1}", "sending", By.OFFICIAL, item.title, 0.9)
        return ReadResult(item.id, True, "passed: pre-read", "en", (reading,))


def sizes(articles: int) -> dict[str, int]:
    """Return how many articles each feed holds."""
    big = {f"big-{n}": articles // 2 // FEW for n in range(FEW)}
    small = {f"small-{n}": articles // 2 // MANY for n in range(MANY)}
    return big | small | {f"wire-{n}": 1 for n in range(WIRES)}


def prepare(store: SqlStore, wanted: dict[str, int]) -> None:
    """Seed the feeds; none is due yet, and none is polled for the first time."""
    store.seed_sources(
        [Source(n, n, f"https://{n}.example/feed", "rss", "en", n, n, Tier.OUTLET, interval=3600) for n in wanted]
    )
    later = datetime.now(UTC) + timedelta(days=1)
    with store.unit() as unit:
        unit.save_polls({name: PollState(later, baselined=True) for name in wanted})


def call_for(store: SqlStore, names: Sequence[str]) -> None:
    """Make feeds due now."""
    with store.unit() as unit:
        unit.save_polls({name: PollState(datetime.now(UTC), baselined=True) for name in names})


@asynccontextmanager
async def opened_bot(api: str, url: str, press: Press) -> AsyncIterator[SqlStore]:
    """Put a bot together that answers in Slack; yield its store."""
    clock, storyline, wake, kit = SystemClock(), many_holders(WIRES + 2), asyncio.Event(), loopback()
    async with AsyncExitStack() as stack:
        store = open_store(url)
        stack.callback(store.close)
        prepare(store, press.sizes)
        book = RouteBook(storyline, store, [ROUTE])
        ingest = Ingest(storyline, press.answer, store, book.all, (), wake.set)
        await ingest.open_ledgers(clock.now())
        slack = SlackNotifier(
            storyline, Access(kit.BOT_TOKEN, kit.APP_TOKEN, api=api), ChatDesk(storyline, store, clock, book)
        )
        stack.push_async_callback(slack.close)
        await slack.start()
        polling = Polling({"rss": press}, ingest, store, clock, lambda: 0.0)
        schedule = Schedule(
            polling, CatchUp(storyline, store, book.all, frozenset(), clock.now(), timedelta()), wake.set
        )
        schedule.start()
        stack.push_async_callback(schedule.stop)
        delivery = asyncio.create_task(deliver.run(store, {"slack": slack}, clock, wake, routes=book.all))
        stack.callback(delivery.cancel)
        yield store


async def drain(store: SqlStore, press: Press, articles: int) -> dict[str, Any]:
    """Let all feeds be due, the wires one after the other, and wait until everything is stored."""
    begin, most, next_wire = time.monotonic(), 0, 0
    feeds = [name for name in press.sizes if not name.startswith("wire")]
    await asyncio.to_thread(call_for, store, feeds)
    while (stored := (await asyncio.to_thread(store.counts))["articles"]) < sum(press.sizes.values()):
        most = max(most, press.polled - stored)
        if next_wire < WIRES and stored > next_wire * articles // (WIRES + 5):
            name = f"wire-{next_wire}"
            press.due[name] = time.monotonic()
            await asyncio.to_thread(call_for, store, [name])
            next_wire += 1
        for name in press.due.keys() - press.lag.keys():
            if await asyncio.to_thread(store.article, f"https://{name}.example/feed/0"):
                press.lag[name] = time.monotonic() - press.due[name]
        await asyncio.sleep(0.1)
    return {"drained_s": round(time.monotonic() - begin, 1), "most_in_hand": most, "wires": sorted(press.lag.values())}


async def told(store: SqlStore) -> None:
    """Wait until nothing is owed to Slack."""
    async with asyncio.timeout(60):
        while (await asyncio.to_thread(store.counts))["deliveries_pending"]:  # noqa: ASYNC110 - nobody says when
            await asyncio.sleep(0.1)


async def be_the_bot(api: str, url: str, articles: int) -> None:
    """Run idle until a line comes on standard input, then let the flood come, and say what came of it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    spare_heap()
    press = Press(sizes(articles))
    async with opened_bot(api, url, press) as store:
        await asyncio.to_thread(sys.stdin.readline)
        found = await drain(store, press, articles)
        await told(store)
        print(json.dumps(found), flush=True)
        await asyncio.to_thread(sys.stdin.readline)


# --- Slack and the clock


async def ask(slack: Slack, number: int) -> tuple[float, float]:
    """Ask for a brief; return seconds to the acknowledgement and to the answer."""
    return await waited(await slack.typed("/brief", "7d", user=f"U{number}"))


async def asked_until(slack: Slack, rate: float, done: asyncio.Event, first: int) -> list[tuple[float, float]]:
    """Ask at a fixed rate until that is set."""
    tasks, begin, number = [], time.monotonic(), 0
    while not done.is_set():
        tasks.append(asyncio.create_task(ask(slack, first + number)))
        number += 1
        await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
    return list(await asyncio.gather(*tasks))


def figures(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return percentiles in milliseconds."""
    found: dict[str, float] = {"asked": len(times)}
    for name, column in (("ack", 0), ("brief", 1)):
        ordered = sorted(1000 * pair[column] for pair in times)
        for share in (50, 95, 99):
            found[f"{name}_p{share}_ms"] = round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 1)
        found[f"{name}_max_ms"] = round(ordered[-1], 1)
    return found


async def measure(articles: int, rate: float, url: str) -> dict[str, object]:
    """Ask an idle bot, then one with a flood; return the figures."""
    async with (
        loopback().opened_slack() as slack,
        bot_apart(slack, __file__, "--bot", slack.api, url, str(articles)) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        done = asyncio.Event()
        asyncio.get_running_loop().call_later(20, done.set)
        idle = figures(await asked_until(slack, rate, done, 0))
        before, done = memory_mb(child.pid), asyncio.Event()
        child.stdin.write(b"flood\n")
        asking = asyncio.create_task(asked_until(slack, rate, done, 1_000_000))
        line = await asyncio.wait_for(child.stdout.readline(), 3600)
        done.set()
        flooded, said = figures(await asking), json.loads(line)
        memory, wires = memory_mb(child.pid), said.pop("wires")
        return {
            **flooded, **{f"idle_{name}": figure for name, figure in idle.items()}, **said,
            "articles": articles, "articles_per_s": round(articles / said["drained_s"]),
            "wire_p50_s": round(wires[len(wires) // 2], 2), "wire_max_s": round(wires[-1], 2), "wires": len(wires),
            "messages_in_slack": len(slack.shown("C1")),
            "memory_idle_mb": before, "memory_mb": memory,
        }  # fmt: skip


@contextmanager
def address(store: str) -> Iterator[str]:
    """Yield the address of an empty database."""
    if store == "sqlite":
        with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
            yield f"sqlite:///{Path(folder) / 'flood.db'}"
        return
    kit = postgres_kit()
    with kit.any_server() as server:
        if server is None:
            raise SystemExit(kit.NONE)
        url = server.create()
        yield url
        server.drop(url)


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=4.0, help="briefs asked a second")
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--bot", nargs=3, metavar=("API", "URL", "ARTICLES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bot:
        asyncio.run(be_the_bot(given.bot[0], given.bot[1], int(given.bot[2])))
        return
    with address(given.store) as url:
        found = asyncio.run(measure(given.articles, given.rate, url))
    print(json.dumps({**found, "store": given.store}))


if __name__ == "__main__":
    main()
