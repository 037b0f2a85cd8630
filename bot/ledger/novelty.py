"""Which event is an alert, beside what was told of it before?

Refuses to do: what the alert says is made in bot/ledger/drafts.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.developments import DEVELOPMENT
from bot.domain import Alert, AlertEventKind, AlertState, Evidence, Register, Standing, Track
from bot.ledger.reasons import Reason

_ORIGINS_SHOWN = (2, 3, 5, 10, 20, 40)
_OUTLETS_SHOWN = (3, 5, 10, 20, 40)
"""Numbers of origins and outlets at which a message is edited: growth shows, and edits stay few."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every draft of one ledger is told against.

    Args:
        present: ids of the readings that the fold had.
        since: every reading dated after it that is still true is among them; None where that is not known.
    """

    track: Track
    start: Standing
    now: datetime
    present: frozenset[str]
    since: datetime | None


def event_kind(told: Alert, alert: Alert, scene: Scene) -> AlertEventKind | None:
    """Return what has happened to an alert since it was told; None when people would see nothing new."""
    if alert.state is AlertState.WITHDRAWN:
        return AlertEventKind.WITHDRAWN
    if alert.confirmed and not told.confirmed:
        return AlertEventKind.CONFIRMED
    if alert.to_rung != told.to_rung:
        return AlertEventKind.UPDATED
    if alert.against and not told.against and alert.register is Register.DEED:
        return AlertEventKind.DISPUTED
    if alert.state is AlertState.EXPIRED and told.state is AlertState.SIGNAL:
        return AlertEventKind.EXPIRED
    quote_gone = lost(told.lead, scene)
    return AlertEventKind.UPDATED if quote_gone or _grown(told, alert) else None


def event_reason(kind: AlertEventKind, alert: Alert, told: Alert) -> str:
    """Return why it has happened: the reason of the alert itself, unless the event has one of its own."""
    if kind is AlertEventKind.WITHDRAWN:
        return Reason.EVIDENCE_GONE
    if kind is AlertEventKind.DISPUTED:
        return Reason.DENIAL
    if kind is AlertEventKind.EXPIRED:
        return Reason.UNCONFIRMED
    grown = kind is AlertEventKind.UPDATED and alert.to_rung == told.to_rung
    return Reason.MORE_ORIGINS if grown else alert.reason


def unspoken(told: Alert, began: datetime, scene: Scene) -> Alert | None:
    """Bring up to date an alert that no turn of this fold speaks of; None when nothing has changed.

    Args:
        began: date of the reading that it was told on first.
    """
    later = replace(told, version=told.version + 1, at=scene.now)
    if told.state is not AlertState.WITHDRAWN and all(lost(e, scene) for e in told.evidence):
        return replace(later, state=AlertState.WITHDRAWN, event=AlertEventKind.WITHDRAWN, reason=Reason.EVIDENCE_GONE)
    if told.state is AlertState.SIGNAL and scene.now - began > DEVELOPMENT:
        return replace(later, state=AlertState.EXPIRED, event=AlertEventKind.EXPIRED, reason=Reason.UNCONFIRMED)
    return None


def lost(e: Evidence, scene: Scene) -> bool:
    """Tell whether a reading is no longer in its article: it would be among those of the fold otherwise."""
    return scene.since is not None and e.dated > scene.since and e.id not in scene.present


def _grown(told: Alert, alert: Alert) -> bool:
    """Tell whether origins or outlets have passed a number that people should see."""
    origins = any(told.origins < mark <= alert.origins for mark in _ORIGINS_SHOWN)
    return origins or any(told.outlets < mark <= alert.outlets for mark in _OUTLETS_SHOWN)
