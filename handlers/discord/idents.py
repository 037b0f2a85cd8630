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


class Form(StrEnum):
    """Which form of a subscription: a form has room for five fields."""

    WHAT = "what"
    WHEN = "when"


@dataclass(frozen=True, slots=True)
class Fill:
    """Asks for a form, as a button; brings a form, as the form itself."""

    form: Form


@dataclass(frozen=True, slots=True)
class End:
    """Asks to end what people subscribed the channel to."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Asks to watch a feed that was previewed, or with a selector a page."""

    url: str
    selector: str = ""


def why(alert: str, delivery: int, version: int) -> str:
    """Return the id of an alert's button."""
    return _joined("why", alert, str(delivery), str(version))


def everything(window: timedelta, track: str = "", holder: str = "") -> str:
    """Return the id of a brief's button."""
    return _joined("all", str(int(window / timedelta(minutes=1))), track, holder)


def of_alert(step: Step, alert: str, version: int) -> str:
    """Return the id of another of an alert's buttons, or of a menu."""
    return _joined(step.value, alert, str(version))


def form(which: Form) -> str:
    """Return the id of a form, and of the button that opens it."""
    return _joined("form", which.value)


def end() -> str:
    """Return the id of the button that unsubscribes."""
    return _joined("end")


def watch(url: str, selector: str = "") -> str:
    """Return the id of the button that adds a source; longer than Discord takes where the address is."""
    parts = (url, selector) if selector else (url,)
    return _joined("watch", *(part.replace("|", "%7C") for part in parts))


Ident = Why | Everything | OfAlert | Watch | Fill | End


def read(ident: str) -> Ident | None:
    """Return what an id asks for; None for one that is not ours."""
    found: Ident | None = None
    match ident.split("|"):
        case ["sw", "why", alert, delivery, version] if alert and _number(delivery) and _number(version):
            found = Why(alert, int(delivery), int(version))
        case ["sw", "all", minutes, track, holder] if _number(minutes) and len(minutes) < 9:
            found = Everything(min(timedelta(minutes=int(minutes)), _LONGEST), track, holder)
        case ["sw", "form", which] if which in set(Form):
            found = Fill(Form(which))
        case ["sw", "end"]:
            found = End()
        case ["sw", "watch", url, *selector] if url and len(selector) < 2:
            found = Watch(url, "".join(selector).replace("%7C", "|"))
        case ["sw", step, alert, version] if step in set(Step) and alert and _number(version):
            found = OfAlert(Step(step), alert, int(version))
    return found


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _joined(*parts: str) -> str:
    return "|".join((_OURS, *(part.replace("|", "") for part in parts)))
