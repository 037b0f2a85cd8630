"""How is the bot started? `stancewatch run`

Refuses to do: it does not restart itself; whoever hosts it (a shell, a container, systemd) does.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from enum import StrEnum
from typing import Annotated

import typer
import uvloop

from bot.cli.app import ConfigDir, Database, app
from bot.cli.logs import set_up_logs
from bot.collector import spare_collector
from bot.heap import spare_heap
from bot.metrics import Metrics
from bot.wiring import load_settings, opened_bot
from config import Settings


class ConsoleMode(StrEnum):
    """How the console writes what is told."""

    TEXT = "text"
    JSON = "json"


@app.command()
def run(
    once: Annotated[bool, typer.Option("--once", help="Poll every source once, tell, and exit.")] = False,
    console: Annotated[
        ConsoleMode | None, typer.Option("--console", help="Cards for people, or one JSON line an event.")
    ] = None,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Watch the sources, read what they bring, decide what moved and tell it.

    With no token it posts to this console: alerts on standard output, the log on standard error. What a source holds
    when it is first polled is not told as alerts; one catch-up brief says where everybody stands. Ctrl-C stops it.
    """
    spare_heap()
    settings = load_settings(config=config, database=database, console=console.value if console else None)
    metrics = Metrics()
    set_up_logs(settings.log_level, settings.log_format, metrics.count_event)
    uvloop.run(_until_stopped(settings, metrics, once=once))


async def _until_stopped(settings: Settings, metrics: Metrics, *, once: bool) -> None:
    stop, up = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    running = asyncio.create_task(_run(settings, metrics, stop, up, once=once))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if stop.is_set() and not up.is_set():
        # It is still starting, or stands by.
        running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def _run(settings: Settings, metrics: Metrics, stop: asyncio.Event, up: asyncio.Event, *, once: bool) -> None:
    async with opened_bot(settings, metrics=metrics, standby=not once) as bot:
        up.set()
        spare_collector()
        number = "1 source" if bot.watching == 1 else f"{bot.watching} sources"
        print(f"watching {number}", file=sys.stderr, flush=True)  # noqa: T201 - for the person at the terminal
        if not once:
            await bot.run(stop)
            return
        whole = asyncio.create_task(bot.once())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({whole, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not whole.done():
            whole.cancel()
            await asyncio.gather(whole, return_exceptions=True)
            raise typer.Exit(130)
        whole.result()
