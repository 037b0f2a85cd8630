"""Of what is a picture made before it has colours?

Refuses to do: no layout and no markup; a shape knows where it is and what it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain import Register


class Ink(StrEnum):
    """What a text or a rule is for; the theme knows the colour."""

    TEXT = "text"
    DIM = "dim"
    RULE = "rule"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place: `x` is their start, their middle or their end, as `anchor` says; `y` the line they stand on."""

    x: float
    y: float
    words: str
    size: float
    ink: Ink = Ink.TEXT
    bold: bool = False
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled area."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink = Ink.BAND


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line; `dotted` for the baseline."""

    x1: float
    y1: float
    x2: float
    y2: float
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """Where a register of a holder stood: words are dashed and thin, deeds whole and thick.

    Args:
        line: number of the holder, from 0; it has a colour.
    """

    points: tuple[tuple[float, float], ...]
    register: Register
    line: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A move: a round one is a word, a square one a deed; a hollow one is not confirmed, a crossed one disputed.

    Args:
        label: its number, or the letter of a holder; "" for none.
    """

    x: float
    y: float
    register: Register
    line: int
    label: str = ""
    hollow: bool = False
    crossed: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """The letter of a holder on its colour."""

    x: float
    y: float
    letter: str
    line: int


Shape = Text | Box | Rule | Stroke | Marker | Tag


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole picture.

    Args:
        title: of the file, for programs that read it out.
        shapes: in the order of drawing.
    """

    width: int
    height: int
    title: str
    shapes: tuple[Shape, ...]
