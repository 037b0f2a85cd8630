"""What does a button carry, so that it works after a restart and on old messages?

All that a press needs stands in the id that Discord gives back: nothing is remembered here.

Refuses to do: an id of another kind, of a later version or made by somebody else is read as None, never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_OURS = "sw"
_LONGEST = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Why:
    """Asks why an alert was told; names the delivery and the version that the message shows."""

    alert: str
    delivery: int
    version: int


@dataclass(frozen=True, slots=True)
class Everything:
    """Asks for a brief in full."""

    window: timedelta
    track: str
    holder: str


def why(alert: str, delivery: int, version: int) -> str:
    """Return the id of an alert's button."""
    return _joined("why", alert, str(delivery), str(version))


def everything(window: timedelta, track: str = "", holder: str = "") -> str:
    """Return the id of a brief's button."""
    return _joined("all", str(int(window / timedelta(minutes=1))), track, holder)


def read(ident: str) -> Why | Everything | None:
    """Return what an id asks for; None for one that is not ours."""
    match ident.split("|"):
        case ["sw", "why", alert, delivery, version] if alert and delivery.isdecimal() and version.isdecimal():
            return Why(alert, int(delivery), int(version))
        case ["sw", "all", minutes, track, holder] if minutes.isdecimal() and len(minutes) < 9:
            return Everything(min(timedelta(minutes=int(minutes)), _LONGEST), track, holder)
        case _:
            return None


def _joined(*parts: str) -> str:
    return "|".join((_OURS, *(part.replace("|", "") for part in parts)))
