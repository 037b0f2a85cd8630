"""How did each ledger come to stand where it stands? `stancewatch ledger show|rebuild`

Refuses to do: nothing is fetched, read again or told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.app import AsJson, ConfigDir, Database, app, printable
from bot.domain import Evidence, Position, Storyline
from bot.ledger.chronicle import Move
from bot.lookup import expect_ids
from bot.rebuilding import History, Rebuilt, compared, history, repair
from bot.wiring import load_settings, store_and_storyline

ledger = typer.Typer(help="Show how each position came about, or rebuild the ledgers.", no_args_is_help=True)
app.add_typer(ledger, name="ledger")

QUOTES = 3
"""Sentences that are shown of one move; --json has them all."""


@ledger.command()
def show(
    track: Annotated[str, typer.Argument(metavar="[TRACK]", help="One track only, such as seoul-arms.")] = "",
    holder: Annotated[str, typer.Argument(metavar="[HOLDER]", help="One holder only, such as russia.")] = "",
    as_json: AsJson = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Show the whole history of the ledgers: every move with its evidence, why it was believed, and what undid it.

    Moves of baseline and history carry a note in the place of evidence.
    """
    with store_and_storyline(load_settings(config=config, database=database)) as (store, storyline):
        expect_ids(storyline, [track], [holder])
        ledgers = history(store, storyline, track, holder)
    if as_json:
        typer.echo(json.dumps([_ledger_object(known) for known in ledgers], ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    for known in ledgers:
        _print_history(console, known, storyline)


@ledger.command()
def rebuild(
    mend: Annotated[
        bool, typer.Option("--repair", help="Store what the readings make of a ledger that differs.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigDir = None,
    database: Database = None,
) -> None:
    """Rebuild every ledger from its stored readings, and say whether the stored one is the same.

    The exit status is 1 when one differs and was not repaired.
    """
    with store_and_storyline(load_settings(config=config, database=database)) as (store, storyline):
        ledgers = compared(store, storyline)
        wrong = [known for known in ledgers if known.differs]
        if mend and wrong:
            repair(store, storyline, wrong)
    if as_json:
        typer.echo(json.dumps(_rebuilt_object(ledgers, repaired=mend), ensure_ascii=False))
    else:
        _print_rebuilt(ledgers, wrong, repaired=mend)
    if wrong and not mend:
        raise typer.Exit(1)


def _print_history(console: Console, known: History, storyline: Storyline) -> None:
    name = storyline.holder(known.holder).names.get("en", known.holder)
    console.print(Text(f"{name}, {known.track}", style="bold"))
    for move in known.moves:
        undone = f", until {move.undone:%Y-%m-%d} ({move.undone_by})" if move.undone else ""
        console.print(
            Text(f"  {move.at:%Y-%m-%d}  {move.register.value}  {move.came_from or 'nowhere'} -> {move.rung}{undone}")
        )
        why = f"{move.reason}: {move.reason.line}" if move.reason else f"before our own readings: {move.note}"
        console.print(Text(f"      {why}", style="dim"))
        for e in move.evidence[:QUOTES]:
            said = f'{e.dated:%Y-%m-%d %H:%M}  {e.publisher} ({e.by.value}, origin {e.origin}): "{e.quote}"'
            console.print(Text(printable(f"      {said}")))
        if len(move.evidence) > QUOTES:
            console.print(Text(f"      and {len(move.evidence) - QUOTES} more", style="dim"))
    if not known.moves:
        console.print(Text("  never moved", style="dim"))


def _print_rebuilt(ledgers: Sequence[Rebuilt], wrong: Sequence[Rebuilt], *, repaired: bool) -> None:
    if wrong:
        table = Table("track", "holder", "register", "stored", "rebuilt", box=None)
        for known in wrong:
            for register in known.differs:
                cells = (_cell(getattr(known.stored, register)), _cell(getattr(known.made, register)))
                table.add_row(known.stored.track, known.stored.holder, register, *cells)
        Console(width=None if sys.stdout.isatty() else 160).print(table)
    readings = sum(known.readings for known in ledgers)
    said = f"{len(wrong)} differ" if wrong else "all the same as stored"
    after = ", repaired" if wrong and repaired else "; --repair stores the rebuilt ones" if wrong else ""
    typer.echo(f"{len(ledgers)} ledgers rebuilt from {readings} readings: {said}{after}")


def _cell(position: Position | None) -> str:
    if position is None:
        return "-"
    return f"{position.rung} since {position.since:%Y-%m-%d %H:%M}, {len(position.evidence)} readings"


def _ledger_object(known: History) -> dict[str, Any]:
    return {"track": known.track, "holder": known.holder, "moves": [_move_object(move) for move in known.moves]}


def _move_object(move: Move) -> dict[str, Any]:
    return {
        "at": move.at.isoformat(),
        "register": move.register.value,
        "from": move.came_from or None,
        "to": move.rung,
        "reason": move.reason.value if move.reason else None,
        "note": move.note,
        "undone": move.undone.isoformat() if move.undone else None,
        "undone_by": move.undone_by or None,
        "evidence": [_evidence_object(e) for e in move.evidence],
    }


def _evidence_object(e: Evidence) -> dict[str, Any]:
    return {
        "article": e.article,
        "url": e.url,
        "publisher": e.publisher,
        "origin": e.origin,
        "by": e.by.value,
        "dated": e.dated.isoformat(),
        "quote": e.quote,
    }


def _rebuilt_object(ledgers: Sequence[Rebuilt], *, repaired: bool) -> dict[str, Any]:
    wrong = [known for known in ledgers if known.differs]
    return {
        "ledgers": len(ledgers),
        "readings": sum(known.readings for known in ledgers),
        "same": not wrong,
        "repaired": repaired and bool(wrong),
        "differing": [
            {
                "track": known.stored.track,
                "holder": known.stored.holder,
                "registers": {
                    name: {"stored": _cell(getattr(known.stored, name)), "rebuilt": _cell(getattr(known.made, name))}
                    for name in known.differs
                },
            }
            for known in wrong
        ],
    }
