"""How do the units of an item reach the encoder?

A unit is the title or a rough sentence. Every window begins with the title, so that "the ministry" of a later
sentence is read beside whom the title names.

Refuses to do: what is in a unit does not matter here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BEGIN, END, UNKNOWN = 0, 2, 3
"""Ids of the encoder's control pieces."""

UNIT = 120
"""Pieces of one unit that are read."""
HEAD = 140
"""Pieces of the title that are read."""
WINDOW = 224
"""Pieces of a window."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder.

    Args:
        spans: (unit, first piece, one past the last).
    """

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def windows(pieces: Sequence[Sequence[int]], titles: Sequence[bool]) -> Iterator[Window]:
    """Yield the windows of an item; the title's units stand in the first only, its pieces in all.

    Args:
        pieces: of each unit.
        titles: whether a unit is (part of) the title.
    """
    ids, spans = [BEGIN], []
    for unit in (i for i, title in enumerate(titles) if title):
        if len(ids) < HEAD:
            spans.append((unit, len(ids), min(len(ids) + len(pieces[unit]) + 1, HEAD)))
            ids = [*ids, *pieces[unit], END][:HEAD]
    head = tuple(ids)
    for unit in (i for i, title in enumerate(titles) if not title):
        if len(ids) + len(pieces[unit]) + 1 > WINDOW and len(ids) > len(head):
            yield Window(tuple(ids), tuple(spans))
            ids, spans = list(head), []
        spans.append((unit, len(ids), len(ids) + len(pieces[unit]) + 1))
        ids += [*pieces[unit], END]
    yield Window(tuple(ids), tuple(spans))
