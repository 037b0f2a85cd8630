"""What would have been told, had these items arrived at their dates? `stancewatch replay items.jsonl`

Refuses to do: it keeps nothing; the database is thrown away at the end.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import ConfigDir, app
from bot.cli.items import BadLine, ItemLine, complain, parse_items
from bot.cli.progress import Steps, steps
from bot.cli.stage import Stage
from bot.domain import Item, ReadResult, Storyline
from bot.errors import InputError
from bot.nlp.pool import BATCH, ReaderPool
from bot.replay import Arrival, arrivals
from bot.wiring import load_settings, reader_factory
from config import Settings, load_sources, load_storyline


@app.command()
def replay(
    items: Annotated[Path, typer.Argument(metavar="ITEMS.jsonl", help="Items, one JSON object a line; - for stdin.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line an alert event instead of cards.")] = False,
    gold: Annotated[bool, typer.Option("--gold", help="Take the items' own labels as readings.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes to read with.")] = 1,
    config: ConfigDir = None,
) -> None:
    """Send items through the whole pipeline on a virtual clock, each arriving at its date, and print what is told.

    The ledger starts as history and baseline have it at the first item's date. An event line is {at, event, alert,
    track, holder, register, from, to, confirmed, origins, articles, quote}. Lines that are no items are named on
    standard error, and the exit status is then 2.
    """
    settings = load_settings(config=config, console="json" if as_json else None)
    lines, bad = load_items(items)
    if gold:
        _check_labels(lines, load_storyline(settings.config_dir))
    coming = arrivals([line.item() for line in lines], load_sources(settings.config_dir))
    with steps(sys.stderr, len(lines) * (1 if gold else 2), "replaying") as progress:
        if gold:
            results = {words_of(line.item()): line.gold() for line in reversed(lines)}
        else:
            results = asyncio.run(read_all(settings, [line.item() for line in lines], jobs, progress))
        asyncio.run(_replay(settings, coming, results, progress))
    if bad:
        raise typer.Exit(2)


def load_items(path: Path) -> tuple[list[ItemLine], int]:
    """Return the items of a file ("-" for standard input) and how many of its lines are none.

    Those are named on standard error. An id is one article: what comes under it again is the same one, fetched again.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    parsed = list(parse_items(content.splitlines()))
    wrong = [line for line in parsed if isinstance(line, BadLine)]
    for line in wrong:
        complain(str(path), line)
    return [line for line in parsed if isinstance(line, ItemLine)], len(wrong)


def _check_labels(lines: Iterable[ItemLine], storyline: Storyline) -> None:
    tracks = {track.id for track in storyline.tracks}
    for line in lines:
        for label in line.labels:
            if label.track not in tracks:
                known = ", ".join(sorted(tracks))
                raise InputError(f"item {line.id!r}: a label names track {label.track!r}; there are: {known}")


Words = tuple[str, str, str]


def words_of(item: Item) -> Words:
    """Return what a reading is of: an item, as it was worded then."""
    return item.id, item.title, item.text


async def read_all(settings: Settings, items: Sequence[Item], jobs: int, progress: Steps) -> dict[Words, ReadResult]:
    """Read every item in worker processes."""
    pool = ReaderPool(reader_factory(settings), jobs)
    found: dict[Words, ReadResult] = {}
    try:
        for start in range(0, len(items), BATCH * jobs):
            window = items[start : start + BATCH * jobs]
            found |= dict(zip(map(words_of, window), await pool.read(window), strict=True))
            progress(len(window))
    finally:
        pool.close()
    return found


async def _replay(
    settings: Settings, coming: Sequence[Arrival], results: Mapping[Words, ReadResult], progress: Steps
) -> None:
    async def one_more(_: Arrival) -> None:
        progress(1)

    async def read(items: Sequence[Item]) -> list[ReadResult]:
        return [results[words_of(item)] for item in items]

    with Stage(settings) as stage:
        await stage.play(coming, read, one_more)
