"""Does a socket that is open still hear?

A socket may answer pings and yet carry nothing: Slack has lost our registration, or a proxy keeps a dead line up. So
it is held to what Slack says itself: a greeting once it is open, then an envelope now and then. Where nobody asks
anything for long nothing is wrong, but a new socket costs one call and greets us, which proves that we hear.

Refuses to do: nothing is closed or opened here (connection.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.slack.web import Pace


class Hearing(StrEnum):
    """Why a socket is kept, or made anew."""

    WELL = "well"
    LOST = "lost"
    NO_GREETING = "no-greeting"
    SILENT = "silent"


@dataclass(slots=True)
class Ear:
    """What a socket has brought.

    Args:
        opened: when it was opened; times are seconds of a clock that never goes back.
        greeted: Slack has said hello on it.
        heard: when the last word of Slack came.
        missed: looks in a row that found it closed.
    """

    opened: float
    heard: float
    greeted: bool = False
    missed: int = 0

    def hear(self, now: float, kind: str) -> None:
        """Note a message of Slack's."""
        self.heard = now
        self.greeted = self.greeted or kind == "hello"


def hearing(ear: Ear, pace: Pace, now: float) -> Hearing:
    """Return whether a socket still hears. Pure.

    While the SDK renews a socket there is none for a moment: it is lost when it is found closed twice in a row.
    """
    if ear.missed >= 2:
        return Hearing.LOST
    if not ear.greeted and now - ear.opened > pace.hello:
        return Hearing.NO_GREETING
    return Hearing.SILENT if now - ear.heard > pace.silence else Hearing.WELL
