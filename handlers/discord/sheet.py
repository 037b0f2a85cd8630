"""What does a message hold before it is cut to Discord's limits?

A Sheet is parts of text in the order of reading, each with the weight it has when room is short; then a picture, a
menu, buttons.

Refuses to do: no text is cut in the middle: a part is shown whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROOM = 3800
"""Of the 4,000 characters that all texts of one message may have; the rest is for the mention."""

MOST_PARTS = 15
"""Each is one or two components; a message may have forty."""

LABEL_LIMIT = 80
IDENT_LIMIT = 100
ADDRESS_LIMIT = 512
MENU_LIMIT = 25
ROW_LIMIT = 5
ALT_LIMIT = 1024
"""What Discord takes as label, custom id and address of a button, as choices of a menu, as words of a picture."""

_ORDINARY = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+(:\d{1,5})?([/?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A text that is shown whole or not at all.

    Args:
        weight: the lightest goes first when room is short.
        ruled: a line is drawn above it.
    """

    text: str
    weight: int
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: with `url` it opens an address, else `ident` comes back to us."""

    label: str
    ident: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose one of.

    Args:
        hint: what it shows before anything is chosen.
        choices: (value, words) of each.
    """

    ident: str
    hint: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that comes with a message.

    Args:
        alt: its story in words, for those who cannot see it.
    """

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message.

    Args:
        title: its one sentence, clean but not escaped.
        colour: of the edge, as 0xRRGGBB.
    """

    title: str
    colour: int
    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    image: Image | None = None


def size(text: str) -> int:
    """Return how long a text is in Discord's strictest count, that of its clients: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitted(parts: Sequence[Part], room: int = ROOM) -> tuple[Part, ...]:
    """Return the parts that there is room for, in their order; the lightest are left out, of equals the last."""
    kept = [part for part in parts if part.text]
    while kept and (len(kept) > MOST_PARTS or sum(size(part.text) for part in kept) > room):
        lightest = min(reversed(kept), key=lambda part: part.weight)
        kept.remove(lightest)
    return tuple(kept)


def paged(parts: Iterable[Part], room: int = ROOM) -> tuple[tuple[Part, ...], ...]:
    """Return the parts in as many pages as they need, in their order."""
    pages: list[list[Part]] = [[]]
    used = 0
    for part in fitted_each(parts, room):
        if used + size(part.text) > room or len(pages[-1]) == MOST_PARTS:
            pages.append([])
            used = 0
        pages[-1].append(part)
        used += size(part.text)
    return tuple(tuple(page) for page in pages if page)


def fitted_each(parts: Iterable[Part], room: int) -> Iterable[Part]:
    """Yield the parts that a page of their own has room for."""
    return (part for part in parts if part.text and size(part.text) <= room)


def buttons(*wanted: Button) -> tuple[Button, ...]:
    """Return the buttons that Discord takes: an id that is short enough, an address of an ordinary web site."""
    return tuple(button for button in wanted if (_opens(button.url) if button.url else _carries(button.ident)))


def _opens(url: str) -> bool:
    return len(url) <= ADDRESS_LIMIT and _ORDINARY.match(url) is not None


def _carries(ident: str) -> bool:
    return 0 < len(ident) <= IDENT_LIMIT
