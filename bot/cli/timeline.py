"""How has one track moved over time? `stancewatch timeline TRACK`

In words on the terminal, or as a picture in a file, with the same story in words beside it.

Refuses to do: nothing is fetched; it answers from what is stored, beside a bot that may be running.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.app import ConfigDir, Database, app
from bot.cli.brief import span_of
from bot.clock import SystemClock
from bot.domain import Storyline, Timeline
from bot.errors import InputError
from bot.lookup import expect_ids, expect_known
from bot.timeline import make_timeline
from bot.wiring import load_settings, store_and_storyline
from handlers.asking import timezone_of
from handlers.card import card_of_timeline
from handlers.console import terminal_width
from handlers.console.people import render
from handlers.moments import zone_of
from handlers.picture import drawn
from handlers.texts import languages


@app.command()
def timeline(
    track: Annotated[str, typer.Argument(metavar="TRACK", help="Such as seoul-arms.")],
    since: Annotated[
        str, typer.Option(metavar="SPAN|DAY", help="90d, 2w, 2024-10-01; from the baseline on when left out.")
    ] = "",
    holder: Annotated[str, typer.Option(metavar="H", help="One holder only, such as russia.")] = "",
    png: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it, and print its story in words.")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="The picture for a dark page.")] = False,
    language: Annotated[str, typer.Option(help="Of the text.")] = "en",
    timezone: Annotated[str, typer.Option(metavar="ZONE", help="IANA name of the zone of the dates.")] = "UTC",
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Show how a track moved: every move of word and deed with date and source, on the terminal or as a picture."""
    now = SystemClock().now()
    start = _start(since, now)
    with store_and_storyline(load_settings(config=config, database=database)) as (store, storyline):
        expect_ids(storyline, [track], [holder])
        expect_known("language", language, languages())
        zone = zone_of(timezone_of(timezone, language))
        made = make_timeline(store, storyline, now, track, start, holder)
    if png is not None:
        typer.echo(_draw(made, storyline, language, zone, png, dark=dark))
        return
    typer.echo(render(card_of_timeline(made, storyline, language), width=terminal_width(), zone=zone))


def _start(since: str, now: datetime) -> datetime | None:
    """Return the start that "90d" or "2024-10-01" means; None for ""."""
    if not since:
        return None
    try:
        start = datetime.combine(date.fromisoformat(since), time(), UTC)
    except ValueError:
        return now - span_of(since)
    if start >= now:
        raise InputError(f"{since} is not over yet; choose an earlier day")
    return start


def _draw(made: Timeline, storyline: Storyline, language: str, zone: ZoneInfo, file: Path, *, dark: bool) -> str:
    """Write the picture; return its story in words."""
    picture = asyncio.run(drawn(made, storyline, language, zone, dark=dark, longest_alt=4_000))
    try:
        file.write_bytes(picture.png)
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror}); choose another place") from None
    return picture.alt
