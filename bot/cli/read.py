"""Which positions do these items report? `stancewatch read < items.jsonl > readings.jsonl`

Refuses to do: nothing is stored, and no ledger is asked.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Annotated

import typer

from bot.cli.app import ConfigDir, app, printable
from bot.cli.items import BadLine, ItemLine, complain, parse_items, readings_line
from bot.domain import ReadResult
from bot.errors import InputError
from bot.nlp.pool import ReaderPool
from bot.ports import Reader
from bot.why import gate_words
from bot.wiring import load_settings, reader_factory
from handlers.console import json_line

WINDOW = 512
"""Items read before their results are written: bounds memory on endless input."""


@app.command()
def read(
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes to read with.")] = 1,
    explain: Annotated[str, typer.Option("--explain", metavar="ID", help="Tell how this one item is read.")] = "",
    config: ConfigDir = None,
) -> None:
    """Read items from standard input, one JSON object a line, and write what each reports, in the same order.

    An item is `{id, lang?, title, text, date?, url?, publisher?}`. A result is `{id, relevant, readings}`, each reading
    with track, rung, holder, by, confidence, the exact quote, origin and a trace that says how it was reached.

    A line that is no item is named on standard error, the rest goes on, and the exit status is 2.

    With `--explain ID` only that item is read, and every step is told: gate, learned part, each reading with its
    trace, those too that are too unsure to be acted on.
    """
    settings = load_settings(config=config)
    build = reader_factory(settings)
    bad = 0
    parsed = parse_items(sys.stdin.buffer)
    if explain:
        _explain(explain, parsed, build)
        return
    if jobs == 1:
        reader = build()
        for line in parsed:
            if isinstance(line, BadLine):
                bad += 1
                complain("<stdin>", line)
            else:
                _write(reader.read(line.item()))
                sys.stdout.flush()  # who asks line by line waits for the answer before the next
    else:
        bad = asyncio.run(_with_workers(ReaderPool(build, jobs), parsed))
    if bad:
        raise typer.Exit(2)


async def _with_workers(pool: ReaderPool, parsed: Iterator[ItemLine | BadLine]) -> int:
    bad = 0
    try:
        while window := list(islice(parsed, WINDOW)):
            wrong = [line for line in window if isinstance(line, BadLine)]
            for line in wrong:
                complain("<stdin>", line)
            bad += len(wrong)
            for result in await pool.read([line.item() for line in window if isinstance(line, ItemLine)]):
                _write(result)
    finally:
        pool.close()
    return bad


def _explain(wanted: str, parsed: Iterator[ItemLine | BadLine], build: Callable[[], Reader]) -> None:
    """Tell how one item is read; an item that is not there is an error."""
    for line in parsed:
        if isinstance(line, BadLine):
            complain("<stdin>", line)  # it may be the one that is asked for
        elif line.id == wanted:
            break
    else:
        raise InputError(f"no item {wanted!r} on standard input")
    result = build().read(line.item())
    told = [
        f"{line.title}",
        f"language: {result.language or 'not looked at'}",
        f"{'relevant' if result.relevant else 'not relevant'}: {gate_words(result.gate)}",
    ]
    for kind, readings in (("reading", result.readings), ("too unsure to be acted on", result.doubtful)):
        for r in readings:
            told.append(f"{kind}: {r.track} {r.rung}, {r.holder}, {r.by.value}, confidence {r.confidence:.2f}")
            told.append(f'  quote: "{r.quote}"')
            told.extend(f"  {step}" for step in r.trace)
    if not result.readings:
        told.append("no reading to act on")
    for text in told:
        sys.stdout.write(printable(text) + "\n")


def _write(result: ReadResult) -> None:
    sys.stdout.write(json_line(readings_line(result)) + "\n")
