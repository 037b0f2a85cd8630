"""Where does everybody stand now? `stancewatch brief`

Refuses to do: nothing is fetched; it answers from what is stored, beside a bot that may be running.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

import typer

from bot.brief import brief_json, make_brief
from bot.cli.app import AsJson, ConfigDir, Database, app
from bot.clock import SystemClock
from bot.errors import InputError
from bot.lookup import expect_ids, expect_known
from bot.wiring import load_settings, store_and_storyline
from handlers.card import card_of_brief
from handlers.console import json_line, terminal_width
from handlers.console.people import render
from handlers.moments import zone_of

_SPAN = re.compile(r"(\d{1,4})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def span_of(text: str) -> timedelta:
    """Return the time that "90m", "24h", "7d" or "2w" means.

    Raises:
        InputError: it is written in another way.
    """
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None or not int(found[1]):
        raise InputError(f"{text!r} is no span of time; write for example 90m, 24h, 7d or 2w")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


@app.command()
def brief(
    since: Annotated[str, typer.Option("--since", metavar="SPAN", help="Window for what moved: 24h, 7d, 2w.")] = "7d",
    track: Annotated[str, typer.Option("--track", metavar="T", help="One track only, such as seoul-arms.")] = "",
    holder: Annotated[str, typer.Option("--holder", metavar="H", help="One holder only, such as russia.")] = "",
    language: Annotated[str, typer.Option("--language", help="Of the text: en or ko.")] = "en",
    as_json: AsJson = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Say where everybody stands, what moved in the window, what is not confirmed, and which sources are silent."""
    settings = load_settings(config=config, database=database)
    now = SystemClock().now()
    window = span_of(since)
    with store_and_storyline(settings) as (store, storyline):
        expect_ids(storyline, [track], [holder])
        expect_known("language", language, list(storyline.title))
        answer = make_brief(store, storyline, now, since=now - window, track=track, holder=holder)
        if as_json:
            typer.echo(json_line(brief_json(answer, storyline)))
            return
        typer.echo(render(card_of_brief(answer, storyline, language), width=terminal_width(), zone=zone_of("UTC")))
