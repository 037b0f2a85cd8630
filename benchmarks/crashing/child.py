"""How is a bot started in a moment, and killed at a named step?

Everything is imported once; each bot is a fork of that. It is put together by bot/wiring.py as `stancewatch run` does
it, but for its sources and its reader (crashing/newsroom.py), its clock and the addresses of the platforms.

    standard input: an Order as JSON a line → standard output: the id of the process a line

Refuses to do: nothing is judged here (crashing/verdict.py).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import signal
import sys
import traceback
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, cast

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.interval
import discord
import structlog

import config.routes
import handlers
import handlers.slack
import watchers.http
from bot import schedule, wiring
from bot.nlp.pool import ReaderPool
from bot.schedule import CatchUp
from bot.store.sql_store import SqlStore
from config import Settings
from crashing import upkeep
from crashing.fast import BotsSelector, SharedLoop, SharedTime
from crashing.newsroom import PreRead, Shelf, storyline
from crashing.order import Death, Order, die_after, end_with_parent

CALLS = frozenset({"send", "edit", "tell", "find", "remove"})


class Dying:
    """A notifier during whose work the process may die."""

    def __init__(self, inner: Any, death: Death) -> None:
        self._inner, self._death = inner, death

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in CALLS:
            return found

        async def stepped(*given: Any) -> Any:
            self._death(f"before-{name}")
            answer = await found(*given)
            self._death(f"after-{name}")
            return answer

        return stepped


def _prepare(order: Order, shared: SharedTime, death: Death) -> None:
    """Put the hooks around the parts, where they are put together."""
    random.seed(order.seed)
    _keep_log(order, shared)
    discord.http.Route.BASE = f"{order.base}/api/v10"
    vars(handlers.slack)["DEFAULT_API"] = f"{order.base}/slack/"
    told = storyline(order.holders)
    for module in (wiring, config.routes):
        vars(module)["load_storyline"] = lambda *_: told
    whole = SqlStore._writing

    @contextmanager
    def writing(store: SqlStore) -> Iterator[Any]:
        with whole(store) as connection:
            yield connection
            death("before-commit")
        death("after-commit")

    SqlStore._writing = writing  # type: ignore[assignment, method-assign]  # the commits of this process alone

    class DyingCatchUp(CatchUp):
        """Dies between the last first poll and the brief of it, or just after."""

        def tell(self, now: datetime) -> None:
            """Tell, if it comes to that."""
            death("before-catch-up")
            super().tell(now)
            death("after-catch-up")

    vars(wiring)["CatchUp"] = DyingCatchUp

    @asynccontextmanager
    async def shelves(*_: Any) -> AsyncIterator[tuple[Mapping[str, Any], Any]]:
        yield {"rss": Shelf(Path(order.folder) / "stories.json", death)}, None

    vars(wiring)["opened_watchers"] = shelves


def _keep_log(order: Order, shared: SharedTime) -> None:
    """Write the log into a file, with the shared time."""
    log = (Path(order.folder) / "log").open("a", encoding="utf-8")

    def stamped(_: Any, __: str, said: Any) -> Any:
        return {"at": round(shared.passed, 3), "bot": os.getpid(), "step": order.step, **said}

    structlog.configure(
        processors=[stamped, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=str)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(log),
    )
    logging.disable(logging.CRITICAL)


def _share_time(shared: SharedTime) -> None:
    """Let APScheduler, which looks at the wall's clock by itself, look at the shared one."""

    class Datetime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Datetime:
            return cls.fromtimestamp(shared.seconds(), tz or UTC)

    for module in (schedule, apscheduler.schedulers.base, apscheduler.triggers.interval, apscheduler.executors.base):
        vars(module)["datetime"] = Datetime


async def _live(order: Order, clock: SharedTime, death: Death) -> None:
    settings = Settings(
        config_dir=Path(order.folder) / "config", database_url=order.url, health_port=0,
        discord_token="a.b.c", slack_bot_token="xoxb-1", full_text=False,
    )  # fmt: skip
    async with wiring.opened_bot(settings, clock, cast("ReaderPool", PreRead()), standby=True) as bot:
        stepped = {name: Dying(notifier, death) for name, notifier in bot.notifiers.items()}
        await replace(bot, notifiers=stepped).run(asyncio.Event())


def _run(order: Order) -> None:
    death = Death(order)
    if order.cpu:
        die_after(order.cpu)
    if order.step in upkeep.STEPS:
        length = upkeep.work(order.step, order.url, Path(order.file), death)
        (Path(order.folder) / f"length-{os.getpid()}").write_text(json.dumps(asdict(length)), "utf-8")
        return
    shared = SharedTime(Path(order.folder) / "time", order.begin, order.leader, order.bot)
    _prepare(order, shared, death)
    _share_time(shared)
    with asyncio.Runner(
        loop_factory=lambda: SharedLoop(BotsSelector(shared, order.bot), threads=order.threads)
    ) as runner:
        runner.run(_live(order, shared, death))


def main() -> None:
    """Fork a bot for every line until there are no more."""
    end_with_parent()
    handlers.load(["discord", "slack"])
    secure = watchers.http._tls_context()
    # Nobody is asked by TLS here, and it takes a quarter of a bot's start.
    vars(watchers.http)["_tls_context"] = lambda: secure
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = Order(**json.loads(line))
        child = os.fork()
        if child == 0:
            end_with_parent()
            _forked(order)
        print(child, flush=True)


def _forked(order: Order) -> None:
    said = "ended by itself"
    try:
        _run(order)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the benchmark has to see it
        said = "".join(traceback.format_exception(error))
    # In one step: a kill between making the file and filling it would leave an end that nobody can read.
    note = Path(order.folder) / f"note-{os.getpid()}"
    note.write_text(said, "utf-8")
    note.rename(note.with_name(f"ended-{os.getpid()}"))
    os._exit(1)


if __name__ == "__main__":
    main()
