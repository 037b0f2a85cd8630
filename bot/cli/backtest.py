"""What would other settings have posted? `stancewatch backtest --since 90d [--set NAME=VALUE]`

Refuses to do: nothing is fetched, read again, stored or told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.backtest import Backtest, Changes, Comparison, Steps
from bot.backtest import backtest as decided_again
from bot.cli.app import AsJson, ConfigDir, Database, app
from bot.cli.brief import span_of
from bot.cli.progress import steps
from bot.clock import SystemClock
from bot.domain import Alert, Severity, Storyline
from bot.errors import InputError
from bot.lookup import expect_ids
from bot.routebook import RouteBook
from bot.wiring import load_settings, store_and_storyline
from config import load_routes

SETTABLE = {
    "threshold": "least confidence of a reading that is acted on, 0 to 1",
    "signals": "whether what is not confirmed is told: true or false",
    "min-severity": "least severity that is told: low, medium or high",
    "tracks": "tracks that are told, ids with commas between",
    "holders": "holders that are told, ids with commas between",
}
MONTH = 30.44


@app.command()
def backtest(
    since: Annotated[str, typer.Option("--since", metavar="SPAN", help="How far back: 30d, 90d, 26w.")] = "90d",
    changed: Annotated[
        list[str],
        typer.Option(
            "--set", metavar="NAME=VALUE", help="A setting to try; again for more: " + ", ".join(SETTABLE) + "."
        ),
    ] = [],  # noqa: B006 - typer reads it, nobody changes it
    as_json: AsJson = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Say what the present settings, or changed ones, would have posted of the stored articles, beside what was posted.

    Settings to try: threshold (least confidence of a reading, 0 to 1), signals (true or false), min-severity (low,
    medium or high), tracks and holders (ids with commas between). Stored readings are decided again; no article is
    read again. `--config DIR` tries another storyline's ladders and routes.
    """
    now = SystemClock().now()
    window = (now - span_of(since), now)
    settings = load_settings(config=config, database=database)
    with store_and_storyline(settings) as (store, storyline), ExitStack() as stack:
        changes = changes_of(changed, storyline)

        def progress(total: int) -> Steps:
            return stack.enter_context(steps(sys.stderr, total, "deciding again"))

        routes = RouteBook(storyline, store, load_routes(settings.config_dir)).all()
        found = decided_again(store, storyline, routes, changes, window, progress)
    if as_json:
        typer.echo(json.dumps(_object(found, changed), ensure_ascii=False))
    else:
        _print(found, storyline)


def changes_of(changed: Sequence[str], storyline: Storyline) -> Changes:
    """Return the settings that "name=value" words ask for.

    Raises:
        InputError: a word is written in another way, names no setting, or a value that it cannot have.
    """
    wanted: dict[str, str] = {}
    for word in changed:
        name, mark, value = word.partition("=")
        if not mark or name not in SETTABLE:
            known = "; ".join(f"{known}: {what}" for known, what in SETTABLE.items())
            raise InputError(f"--set {word}: write NAME=VALUE with one of these names: {known}")
        wanted[name] = value.strip()
    tracks, holders = _ids(wanted, "tracks"), _ids(wanted, "holders")
    expect_ids(storyline, tracks, holders)
    return Changes(_threshold(wanted), _flag(wanted), _severity(wanted), tracks, holders)


def _ids(wanted: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in wanted.get(name, "").split(",") if part.strip())


def _threshold(wanted: dict[str, str]) -> float | None:
    if "threshold" not in wanted:
        return None
    try:
        value = float(wanted["threshold"])
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InputError(f"--set threshold={wanted['threshold']}: write a number from 0 to 1, such as 0.6")
    return value


def _flag(wanted: dict[str, str]) -> bool | None:
    value = wanted.get("signals")
    if value not in {None, "true", "false"}:
        raise InputError(f"--set signals={value}: write true or false")
    return None if value is None else value == "true"


def _severity(wanted: dict[str, str]) -> Severity | None:
    value = wanted.get("min-severity")
    names = [severity.name.lower() for severity in Severity]
    if value is not None and value not in names:
        raise InputError(f"--set min-severity={value}: write one of {', '.join(names)}")
    return None if value is None else Severity[value.upper()]


def _print(found: Backtest, storyline: Storyline) -> None:
    table = Table("date", "who", "track", "from -> to", "was", "would be", box=None)
    for row in found.rows:
        table.add_row(*map(Text, _cells(row, storyline)))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    for line in _summary(found):
        typer.echo(line)


def _cells(row: Comparison, storyline: Storyline) -> Iterator[str]:
    alert = row.alert
    names = {holder.id: holder.names.get("en", holder.id) for holder in storyline.holders}
    yield f"{row.at:%Y-%m-%d %H:%M}"
    yield names.get(alert.holder, alert.holder)
    yield alert.track
    yield f"{alert.from_rung or 'nowhere'} -> {alert.to_rung}"
    yield row.was.state.value if row.was else "-"
    yield row.would.state.value if row.would else "-"


def _summary(found: Backtest) -> Iterator[str]:
    counts = _counts(found)
    yield (
        f"{found.articles} articles since {found.since:%Y-%m-%d}, {found.readings} readings decided again: "
        f"posted {counts['was']}, would post {counts['would']} ({counts['per_month']:.2f} a month); "
        f"{counts['both']} the same, {counts['only_was']} would be missing, {counts['only_would']} would be new"
    )


def _counts(found: Backtest) -> dict[str, float]:
    was = sum(row.was is not None for row in found.rows)
    would = sum(row.would is not None for row in found.rows)
    both = sum(row.was is not None and row.would is not None for row in found.rows)
    months = (found.until - found.since).total_seconds() / 86400 / MONTH
    return {
        "was": was,
        "would": would,
        "both": both,
        "only_was": was - both,
        "only_would": would - both,
        "per_month": round(would / months, 2),
    }


def _object(found: Backtest, changed: Sequence[str]) -> dict[str, Any]:
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "set": list(changed),
        "articles": found.articles,
        "readings": found.readings,
        **_counts(found),
        "alerts": [
            {"at": row.at.isoformat(), "was": _alert(row.was), "would": _alert(row.would)} for row in found.rows
        ],
    }


def _alert(alert: Alert | None) -> dict[str, Any] | None:
    if alert is None:
        return None
    return {
        "alert": alert.id,
        "track": alert.track,
        "holder": alert.holder,
        "register": alert.register.value,
        "from": alert.from_rung,
        "to": alert.to_rung,
        "state": alert.state.value,
        "origins": alert.origins,
        "quote": alert.lead.quote,
    }
