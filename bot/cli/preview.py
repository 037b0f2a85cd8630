"""What does a source hold, and what would be read in it?

Refuses to do: nothing is stored.
"""

from __future__ import annotations

import typer
from rich.console import Console
from rich.text import Text

from bot.domain import Entry, Source, shown
from bot.finding import item_of, newest
from bot.ports import Reader
from watchers.checking import SourceReport


def print_preview(report: SourceReport, reader: Reader) -> None:
    """Print a source's last items, newest first, each with the positions it reports or the gate that stopped it."""
    source = report.source
    typer.echo(f"{shown(source.url)} ({source.kind}): {report.items} items in {report.seconds:.1f} s")
    if report.advice:
        typer.echo(f"note: {report.advice}")
    console = Console(highlight=False, soft_wrap=True)
    for entry in newest(report):
        day = f"{entry.published:%Y-%m-%d %H:%M}" if entry.published else "undated         "
        console.print(Text(f"  {day}  {entry.title}"))
        console.print(Text(f"                    {_read(entry, reader, source)}", style="dim"))


def _read(entry: Entry, reader: Reader, source: Source) -> str:
    result = reader.read(item_of(entry, source))
    if result.readings:
        return "; ".join(f"{r.holder}: {r.track} = {r.rung} ({r.by.value})" for r in result.readings)
    return "of the storyline, no position" if result.relevant else f"not of the storyline: {result.gate}"
