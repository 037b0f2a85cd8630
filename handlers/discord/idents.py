"""What does a button carry, so that it works after a restart and on old messages?

All that a press needs stands in the id that Discord gives back: nothing is remembered here.

Refuses to do: an id of another kind, of a later version or made by somebody else is read as None, never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

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


class Step(StrEnum):
    """What else can be pressed or chosen below an alert."""

    USEFUL = "useful"
    WRONG = "wrong"
    """Asks for the menu of what is not right."""
    JUDGED = "judged"
    """A choice of that menu."""
    MUTE = "mute"
    """Asks for the menu of how long."""
    MUTED = "muted"
    """A choice of that menu."""
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class OfAlert:
    """Asks for something about an alert, as it was shown in a version."""

    step: Step
    alert: str
    version: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Asks to watch a feed that was previewed."""

    url: str


def why(alert: str, delivery: int, version: int) -> str:
    """Return the id of an alert's button."""
    return _joined("why", alert, str(delivery), str(version))


def everything(window: timedelta, track: str = "", holder: str = "") -> str:
    """Return the id of a brief's button."""
    return _joined("all", str(int(window / timedelta(minutes=1))), track, holder)


def of_alert(step: Step, alert: str, version: int) -> str:
    """Return the id of another of an alert's buttons, or of a menu."""
    return _joined(step.value, alert, str(version))


def watch(url: str) -> str:
    """Return the id of the button that adds a feed; longer than Discord takes where the address is."""
    return _joined("watch", url.replace("|", "%7C"))


def read(ident: str) -> Why | Everything | OfAlert | Watch | None:
    """Return what an id asks for; None for one that is not ours."""
    match ident.split("|"):
        case ["sw", "why", alert, delivery, version] if alert and _number(delivery) and _number(version):
            return Why(alert, int(delivery), int(version))
        case ["sw", "all", minutes, track, holder] if _number(minutes) and len(minutes) < 9:
            return Everything(min(timedelta(minutes=int(minutes)), _LONGEST), track, holder)
        case ["sw", "watch", url] if url:
            return Watch(url)
        case ["sw", step, alert, version] if step in set(Step) and alert and _number(version):
            return OfAlert(Step(step), alert, int(version))
        case _:
            return None


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _joined(*parts: str) -> str:
    return "|".join((_OURS, *(part.replace("|", "") for part in parts)))
