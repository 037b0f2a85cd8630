"""What do people say of the alerts? `stancewatch feedback add|list|export`

Refuses to do: no verdict is made up; where people do not agree, nothing is exported and the alert is named.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from bot import feedback as verdicts
from bot.cli.app import AsJson, ConfigDir, Database, app, author_here
from bot.clock import SystemClock
from bot.domain import Feedback, Verdict
from bot.wiring import load_settings, store_and_storyline

feedback = typer.Typer(help="Say what an alert was worth, list what people said, and export it.", no_args_is_help=True)
app.add_typer(feedback, name="feedback")


@feedback.command()
def add(
    alert: Annotated[str, typer.Argument(metavar="ALERT", help="Id at the foot of its message.")],
    verdict: Annotated[Verdict, typer.Argument(help="What you think of it.")],
    rung: Annotated[str, typer.Option(help="The right rung, with wrong-rung.")] = "",
    comment: Annotated[str, typer.Option(help="What you would tell whoever mends it.")] = "",
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Say what an alert was worth; a second verdict of yours takes the place of the first."""
    with store_and_storyline(load_settings(config=config, database=database)) as (store, storyline):
        given = Feedback(alert, author_here(), SystemClock().now(), verdict, rung, comment)
        kept = verdicts.give(store, storyline, given)
    typer.echo(f"{kept.alert}: {kept.verdict.value} by {kept.person}")


@feedback.command("list")
def list_feedback(as_json: AsJson = False, config: ConfigDir = None, database: Database = None) -> None:
    """List every alert that somebody judged, with who said what."""
    with store_and_storyline(load_settings(config=config, database=database)) as (store, _):
        judged = verdicts.judged(store)
    if as_json:
        typer.echo(json.dumps([asdict(given) for one in judged for given in one.verdicts], default=str))
        return
    for one in judged:
        alert = one.alert
        typer.echo(f"{alert.id}  {alert.holder}, {alert.track}: {alert.from_rung or 'nothing'} -> {alert.to_rung}")
        for given in one.verdicts:
            rung = f" -> {given.rung}" if given.rung else ""
            comment = f": {given.comment}" if given.comment else ""
            typer.echo(f"  {given.at:%Y-%m-%d %H:%M}  {given.verdict.value}{rung} by {given.person}{comment}")
    typer.echo("1 alert judged" if len(judged) == 1 else f"{len(judged)} alerts judged")


@feedback.command()
def export(config: ConfigDir = None, database: Database = None) -> None:
    """Print the judged articles as items with labels, one JSON object a line, as evaluation data has them.

    A label has the rung that people say is right; what is no shift has none. Labels of the same article that nobody
    judged are as they were read, and say so (judged: false).
    """
    with store_and_storyline(load_settings(config=config, database=database)) as (store, _):
        items, split = verdicts.export(store)
    for item in items:
        typer.echo(json.dumps(item, ensure_ascii=False))
    for alert in split:
        print(f"stancewatch: {alert}: people do not agree on it; left out", file=sys.stderr)  # noqa: T201
