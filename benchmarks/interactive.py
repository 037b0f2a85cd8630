"""How long does somebody in Slack wait until a command or a button is acknowledged, while the bot is at its limit?

    .venv/bin/python benchmarks/interactive.py [--asked 500] [--rate 15]

A bot with real parts runs in a process of its own: Slack app over Socket Mode, store, readers and feed parsers in
worker processes, ingest and delivery. This program is its Slack (the loopback one of the tests) and its publisher.
The same questions are asked twice, at a fixed rate whatever the answers take: of the idle bot, as the peer; then while
    four loops poll feeds of new items, which are parsed, read, decided and stored, so that readers never rest;
    two more only parse, so that parsers never rest; and a brief is delivered four times a second, beside the alerts.

Half of what is asked are commands (/brief, /stancewatch why), half are buttons (all positions, why). Slack gives up
after 3 s; the target is p99 below 500 ms. Measured from sending the question to the acknowledgement's arrival, so the
loopback's own time is in it. The answer follows later; its time is told too. Last line: one JSON object.

Refuses to do: no figure of the network; Slack's own way to the bot comes on top.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import structlog
from aiohttp import web
from asking import Slack, bot_apart, memory_mb, over_socket, question, waited
from borrowed import loopback

from bot import deliver
from bot.brief import make_brief
from bot.clock import SystemClock
from bot.desk import ChatDesk
from bot.domain import Item, NoticeKind, PollState, Route, Source, Storyline, Tier
from bot.ingest import Ingest
from bot.nlp.pool import ReaderPool
from bot.ports import Watcher
from bot.routebook import RouteBook
from bot.store import SqlStore, open_store
from bot.wiring import load_settings, reader_factory
from config import load_storyline
from handlers.slack import Access, SlackNotifier
from watchers import open_watching

ROOT = Path(__file__).parents[1]
ROUTE = Route("bench", "slack", "C1")
ITEMS_A_FEED = 40
WINDOW = timedelta(days=7)
SETTLING = 8.0  # seconds from the load's start to the first question


# --- the bot, in a process of its own


class Load:
    """What keeps a bot at its limit, and how much of it was done."""

    def __init__(self, ingest: Ingest, store: SqlStore, storyline: Storyline, feed: str, wake: asyncio.Event) -> None:
        self._ingest, self._store, self._storyline, self._feed, self._wake = ingest, store, storyline, feed, wake
        self.done = {"feeds_parsed": 0, "items_read": 0, "alerts_changed": 0, "briefs_told": 0}

    async def watch(self, watcher: Watcher, number: int, *, read: bool) -> None:
        """Poll a feed of new items again and again; with `read` its items go all the way."""
        name = f"paper-{number}"
        source = Source(name, name, f"{self._feed}/{name}", "rss", "en", name, name, Tier.OUTLET)
        while True:
            now = datetime.now(UTC)
            poll = await watcher.poll(source, PollState(now))
            self.done["feeds_parsed"] += 1
            if read:
                done = await self._ingest.accept(source, poll.entries, now)
                self.done["items_read"] += done.new
                self.done["alerts_changed"] += len(done.alerts)

    async def tell(self) -> None:
        """Have a brief delivered four times a second."""
        while True:
            await asyncio.to_thread(self._brief)
            self.done["briefs_told"] += 1
            self._wake.set()
            await asyncio.sleep(0.25)

    def _brief(self) -> None:
        now = datetime.now(UTC)
        brief = make_brief(self._store, self._storyline, now, now - WINDOW)
        with self._store.unit() as unit:
            unit.save_brief(brief)
            unit.enqueue(NoticeKind.BRIEF, brief.id, brief.version, [ROUTE], now)


@asynccontextmanager
async def opened_bot(api: str, feed: str, folder: str) -> AsyncIterator[Load]:
    """Put a bot together that answers in Slack; yield what can load it."""
    kit, clock, storyline, wake = loopback(), SystemClock(), load_storyline(), asyncio.Event()
    async with AsyncExitStack() as stack:
        store = open_store(f"sqlite:///{folder}/bench.db")
        stack.callback(store.close)
        readers = ReaderPool(reader_factory(load_settings()), 1)
        stack.callback(readers.close)
        # The models are there before anything is measured, in the idle bot too.
        await readers.read([Item(row["id"], row["title"], row["text"], row["lang"]) for row in demo()[:ITEMS_A_FEED]])
        book = RouteBook(storyline, store, [ROUTE])
        ingest = Ingest(storyline, readers.read, store, book.all, (), wake.set)
        await ingest.open_ledgers(clock.now())
        access = Access(kit.BOT_TOKEN, kit.APP_TOKEN, api=api)
        slack = SlackNotifier(storyline, access, ChatDesk(storyline, store, clock, book))
        stack.push_async_callback(slack.close)
        await slack.start()
        delivery = asyncio.create_task(deliver.run(store, {"slack": slack}, clock, wake, routes=book.all))
        stack.callback(delivery.cancel)
        yield Load(ingest, store, storyline, feed, wake)


async def be_the_bot(api: str, feed: str) -> None:
    """Run idle until a line comes on standard input, then at the limit until the next, then say what was done."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
        watching = open_watching(SystemClock(), allow_private=("127.0.0.1",))
        async with opened_bot(api, feed, folder) as load, watching as (watchers, _):
            await asyncio.to_thread(sys.stdin.readline)
            loops = [load.watch(watchers["rss"], n, read=n < 4) for n in range(6)]
            tasks = [asyncio.create_task(loop) for loop in (*loops, load.tell())]
            await asyncio.to_thread(sys.stdin.readline)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            faults = [repr(fault) for fault in ended if not isinstance(fault, asyncio.CancelledError)]
            print(json.dumps({**load.done, "faults": faults}), flush=True)


# --- Slack, the publisher and the clock


def demo() -> list[dict[str, str]]:
    """Return the demo's items."""
    return [json.loads(line) for line in (ROOT / "bot/cli/demo.jsonl").read_text("utf-8").splitlines()]


def feeds() -> Iterator[str]:
    """Yield feeds of items that were never in one before, made of the demo's."""
    numbered = enumerate(itertools.cycle(demo()))
    while True:
        items = "".join(
            f"<item><guid isPermaLink='false'>{n}</guid><title>{escape(item['title'])} ({n})</title>"
            f"<link>https://news.example/{n}</link><description>{escape(item['text'])}</description>"
            f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item>"
            for n, item in itertools.islice(numbered, ITEMS_A_FEED)
        )
        yield f"<?xml version='1.0'?><rss version='2.0'><channel><title>bench</title>{items}</channel></rss>"


@asynccontextmanager
async def opened_publisher() -> AsyncIterator[str]:
    """Serve a new feed to each request; yield the address."""
    endless = feeds()

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=next(endless), content_type="application/rss+xml", charset="utf-8")

    application = web.Application()
    application.router.add_get("/{name}", page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def ask(slack: Slack, number: int) -> tuple[float, float]:
    """Ask one question; return seconds to the acknowledgement and to the answer."""
    return await waited(await over_socket(slack, question(slack, number)))


async def asked_at_a_rate(slack: Slack, asked: int, rate: float) -> dict[str, float]:
    """Ask at a fixed rate; return the figures in milliseconds."""
    tasks = []
    begin = time.monotonic()
    for number in range(asked):
        await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
        tasks.append(asyncio.create_task(ask(slack, number)))
    times = await asyncio.gather(*tasks)
    figures: dict[str, float] = {"asked": asked}
    for name, column in (("ack", 0), ("answer", 1)):
        ordered = sorted(1000 * pair[column] for pair in times)
        figures[f"{name}_p50_ms"] = round(ordered[len(ordered) // 2], 1)
        figures[f"{name}_p99_ms"] = round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 1)
        figures[f"{name}_max_ms"] = round(ordered[-1], 1)
    return figures


async def measure(asked: int, rate: float) -> dict[str, object]:
    """Run both phases; return idle, loaded, and what the load was."""
    async with (
        loopback().opened_slack() as slack,
        opened_publisher() as feed,
        bot_apart(slack, __file__, "--bot", slack.api, feed) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        for number in range(8):
            await ask(slack, number)
        idle = await asked_at_a_rate(slack, asked, rate)
        idle["memory_mb"] = memory_mb(child.pid)
        child.stdin.write(b"load\n")
        await asyncio.sleep(SETTLING)
        loaded = await asked_at_a_rate(slack, asked, rate)
        loaded["memory_mb"] = memory_mb(child.pid)
        child.stdin.write(b"stop\n")
        done: dict[str, object] = json.loads(await asyncio.wait_for(child.stdout.readline(), 60))
        await asyncio.wait_for(child.wait(), 30)
        done["messages_in_slack"] = len(slack.shown("C1"))
        return {"idle": idle, "loaded": loaded, "load": done}


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asked", type=int, default=500, help="questions in each of the two phases")
    parser.add_argument("--rate", type=float, default=15.0, help="questions a second")
    parser.add_argument("--bot", nargs=2, metavar=("API", "FEED"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bot:
        asyncio.run(be_the_bot(*given.bot))
        return
    found = asyncio.run(measure(given.asked, given.rate))
    if found["load"]["faults"]:
        sys.exit(f"the load broke, so the figures mean nothing: {found['load']['faults']}")
    print(f"{'':8}{'ack p50':>10}{'p99':>10}{'max':>10}{'answer p50':>12}{'p99':>10}  ms  {'memory':>8}")
    for name in ("idle", "loaded"):
        row = found[name]
        shown = (row[f"ack_{k}_ms"] for k in ("p50", "p99", "max"))
        after = f"{row['answer_p50_ms']:>12}{row['answer_p99_ms']:>10}      {row['memory_mb']:>5} MB"
        print(f"{name:8}" + "".join(f"{figure:>10}" for figure in shown) + after)
    print("load:", ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in found["load"].items()))
    peer = {f"idle_{name}": figure for name, figure in found["idle"].items()}
    print(json.dumps({**found["loaded"], "target_ack_p99_ms": 500, **peer, **found["load"]}))


if __name__ == "__main__":
    main()
