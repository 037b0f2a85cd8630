"""What is the learned part trained on, and which items stand on the same side of a split?

Items of our own writing (items/*.txt) and, where the evaluation folder lies beside the repository, the tuned part of
its labelled items. Items of one development (same day, copies, translations) are never split.

Refuses to do: the kept part of the evaluation folder is never read here.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from items import ITEMS, as_row, read_written  # noqa: E402
from labelled_items import developments, kept_ids, labelled_files, links, load  # noqa: E402

from bot.domain import Storyline  # noqa: E402
from bot.nlp.learned.advisor import units  # noqa: E402
from bot.nlp.learned.opinion import Unit  # noqa: E402
from bot.nlp.learned.pieces import Pieces  # noqa: E402
from bot.nlp.learned.windows import UNIT, UNKNOWN  # noqa: E402
from bot.nlp.plain import mask  # noqa: E402

Row = dict[str, Any]
_SAME = 0.3
"""Share of words that a quote and the unit it lies in have in common at least."""
_NEIGHBOURS = 200
"""Lines of one file of ours that undated items are kept together over: minimal pairs stand side by side."""


@dataclass(frozen=True, slots=True)
class Target:
    """One label: column of the rung, index of the unit (-1 where its quote is nowhere), of who says so, of the holder."""

    rung: int
    unit: int
    by: int
    holder: int
    track: int


@dataclass(slots=True)
class Example:
    """An item with its units and targets; `free` marks the rungs that annotators differed on."""

    row: Row
    units: tuple[Unit, ...]
    targets: list[Target] = field(default_factory=list)
    free: set[int] = field(default_factory=set)
    pieces: list[list[int]] = field(default_factory=list)


def rows(storyline: Storyline) -> list[Row]:
    """Return all items that may be trained on."""
    labelled = load(labelled_files())
    kept = kept_ids(labelled)
    found = [row for row in labelled if row["id"] not in kept]
    for path in sorted(ITEMS.glob("*.txt")):
        written, mistakes = read_written(path, storyline)
        if mistakes:
            raise SystemExit("\n".join(mistakes))
        found += [as_row(item) | {"own": f"cw-{path.name}{item.line // _NEIGHBOURS}"} for item in written]
    return found


def folds(rows: Sequence[Row], count: int) -> np.ndarray:
    """Return the fold of each item, by development."""
    roots = developments((row["id"], (*links(row), *_own(row))) for row in rows)
    return np.array([int(hashlib.sha256(("n" + roots[row["id"]]).encode()).hexdigest(), 16) % count for row in rows])


def _own(row: Row) -> tuple[str, ...]:
    """Return the story an undated item of our own writing was written to."""
    return (row["own"],) if row.get("own") and not row.get("date") else ()


def examples_of(rows: Iterable[Row], names: Names, pieces: Pieces) -> list[Example]:
    """Return the items as they are trained on, with the pieces of their units."""
    found = [example(row, names) for row in rows]
    for item in found:
        item.pieces = [pieces.encode(unit.text)[:UNIT] or [UNKNOWN] for unit in item.units]
    return found


def example(row: Row, names: Names) -> Example:
    """Return the item as the encoder sees it."""
    title, text = mask(row["title"] or ""), mask(row["text"] or "")
    made = Example(row, tuple(units(title, text, ((0, len(text)),))) or (Unit(" ", 0, title=True),))
    made.free = {names.rung[pair] for pair in map(tuple, row.get("optional", ())) if pair in names.rung}
    for label in row["labels"]:
        key = (label["track"], label["rung"])
        if key in names.rung:
            made.free.discard(names.rung[key])
            made.targets.append(
                Target(
                    names.rung[key],
                    _unit(made.units, label["quote"] or ""),
                    names.bys.index(label["by"]),
                    names.holders.index(label["holder"]) if label["holder"] in names.may[label["track"]] else -1,
                    names.tracks.index(label["track"]),
                )
            )
    return made


class Names:
    """The columns of the heads."""

    def __init__(self, storyline: Storyline) -> None:
        self.rungs = [(track.id, rung.id) for track in storyline.tracks for rung in track.rungs]
        self.rung = {key: column for column, key in enumerate(self.rungs)}
        self.tracks = [track.id for track in storyline.tracks]
        self.may = {track.id: track.holders for track in storyline.tracks}
        self.holders = sorted({holder for track in storyline.tracks for holder in track.holders})
        self.bys = ["official", "reported", "analyst"]
        self.columns = (self.rungs, self.holders, self.bys)


def _unit(units: Iterable[Unit], quote: str) -> int:
    """Return the unit that a quote lies in."""
    shares = [0.9 if quote and (quote in u.text or u.text.strip() in quote) else _share(u.text, quote) for u in units]
    best = int(np.argmax(shares))
    return best if shares[best] > _SAME else -1


def _share(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0
