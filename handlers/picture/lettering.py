"""How wide will a text be, before it is drawn?

Widths by kinds of letters, in units of the font's size, a little generous: what is planned with them does not run into
its neighbour.

Refuses to do: nothing is drawn; whether the fonts have a letter is all that is asked of them.
"""

from __future__ import annotations

import unicodedata

from handlers.plain import ELLIPSIS

BOLD = 1.07
"""How much wider bold letters are."""

_NARROW = frozenset("iljtfrI.,:;|!'()[]·’‘ -")
_BROAD = frozenset("mwMWЖШЩЮФжшщюфЫы@%—…→")
_DRAWABLE = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x400, 0x45F), (0x490, 0x491), (0x2010, 0x2026), (0x3131, 0x318E), (0xAC00, 0xD7A3),
)  # fmt: skip


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at most, in the unit of `size`."""
    return sum(_letter(letter) for letter in text) * size * (BOLD if bold else 1)


def fitting(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return a text that is no wider than `room`, with an ellipsis where it was."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,;:-–—") + ELLIPSIS


def wrapped(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text in at most so many lines, broken between words; the last one is cut where it must be."""
    rows: list[str] = []
    for word in text.split():
        if rows and width(f"{rows[-1]} {word}", size, bold=bold) <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    if len(rows) > lines:
        rows[lines - 1 :] = [" ".join(rows[lines - 1 :])]
    return tuple(fitting(row, size, room, bold=bold) for row in rows)


def drawable(text: str) -> bool:
    """Tell whether the fonts that come with the package have every letter: Latin, Cyrillic and Hangul."""
    return all(any(low <= ord(letter) <= high for low, high in _DRAWABLE) for letter in text)


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 0.93
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD:
        return 0.95
    return 0.7 if letter.isupper() else 0.6
