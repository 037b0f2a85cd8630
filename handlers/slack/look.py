"""How is a card shown in Slack, and how much of it where room is short?

Refuses to do: nothing is drawn here (render.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what can wait is drawn.

    Args:
        entries: most lines of a list.
        stands: most holders of a track's positions.
        linked: addresses stand behind positions, too.
        notes: what earlier positions rest on is said.
        url: longest address behind a line of a list or a position.
    """

    entries: int = 10
    linked: bool = True
    notes: bool = True
    url: int = 1_000
    stands: int = 150


ROOMS = (
    Room(),
    Room(linked=False),
    Room(6, linked=False, url=500),
    Room(3, linked=False, notes=False, url=200),
    Room(3, linked=False, notes=False, url=200, stands=40),
    Room(3, linked=False, notes=False, url=200, stands=8),
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a card is shown.

    Args:
        zone: of the dates.
        mention: whom to wake, in Slack's notation; "" for nobody.
        more: value of the button that shows a brief in full; "" for a brief in full, without the button.
        answers: somebody answers when a button is pressed.
    """

    zone: ZoneInfo
    mention: str = ""
    more: str = ""
    answers: bool = True
