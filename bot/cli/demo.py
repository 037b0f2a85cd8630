"""What does it look like when it works? `stancewatch demo`

Plays 2022-2026 of the storyline from items of our own, written for this, through the real pipeline at speed.

Refuses to do: no network, no token, and nothing outlives it.
"""

from __future__ import annotations

import asyncio
import re
import sys
from importlib.resources import as_file, files
from typing import Annotated

import typer

from bot.cli.app import ConfigDir, app
from bot.cli.logs import set_up_logs
from bot.cli.replay import load_items
from bot.cli.stage import Stage
from bot.domain import Item
from bot.errors import InputError
from bot.nlp.pool import ReaderPool
from bot.replay import Arrival, arrivals
from bot.wiring import load_settings, reader_factory
from config import Settings, load_sources

PACE = 0.15
"""Seconds between two items at speed 1: about a minute and a half for the whole storyline."""

_SINCE = re.compile(r"\d{4}(-\d\d){0,2}")


@app.command()
def demo(
    speed: Annotated[float, typer.Option("--speed", min=0.0, help="2 is twice as fast; 0 does not wait at all.")] = 1.0,
    since: Annotated[str, typer.Option("--since", help="Start at this day or year: 2024-06 or 2024.")] = "",
    config: ConfigDir = None,
) -> None:
    """Play 2022-2026 of the storyline through the real pipeline, at speed: no network, no token.

    Short items of our own about real events, in four languages, arrive at their dates; what is told appears as it
    would in a channel. Ctrl-C ends it.
    """
    if since and not _SINCE.fullmatch(since):
        raise InputError(f"--since {since!r} is no day and no year; write it as 2024-06-20, 2024-06 or 2024")
    settings = load_settings(config=config)
    set_up_logs("error", "text")
    with as_file(files("bot.cli") / "demo.jsonl") as path:
        lines, _ = load_items(path)
    items = [line.item() for line in lines if not since or (line.date and line.date.isoformat() >= since)]
    if not items:
        raise InputError(f"--since {since}: the demo ends in {max(line.date for line in lines if line.date):%B %Y}")
    print(f"playing {len(items)} items; reading starts in a moment ...", file=sys.stderr, flush=True)  # noqa: T201
    try:
        asyncio.run(_demo(settings, items, speed))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


async def _demo(settings: Settings, items: list[Item], speed: float) -> None:
    coming = arrivals(items, load_sources(settings.config_dir))
    pool = ReaderPool(reader_factory(settings), 1)

    async def pause(_: Arrival) -> None:
        if speed > 0:
            await asyncio.sleep(PACE / speed)

    try:
        with Stage(settings) as stage:
            await stage.play(coming, pool.read, pause)
    finally:
        pool.close()
