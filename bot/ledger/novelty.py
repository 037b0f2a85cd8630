"""Which event is an alert, beside what was told of it before?

Refuses to do: what the alert says is made in bot/ledger/drafts.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.developments import DEVELOPMENT
from bot.domain import Alert, AlertEventKind, AlertState, By, Evidence, Register, Standing, Track
from bot.ledger.reasons import Reason
from bot.ledger.turns import ALERT_LIFE

AUTHORITY = {By.ANALYST: 0, By.REPORTED: 1, By.OFFICIAL: 2}
"""How much it counts who attributes a position to its holder."""

_ORIGINS_SHOWN = (2, 3, 5, 10, 20, 40)
_OUTLETS_SHOWN = (3, 5, 10, 20, 40)
"""Numbers of origins and outlets at which a message is edited: growth shows, and edits stay few."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every draft of one ledger is told against.

    Args:
        present: the readings that the fold had, by id.
        since: every reading dated after it that is still true is among them; None where that is not known.
    """

    track: Track
    start: Standing
    now: datetime
    present: Mapping[str, Evidence]
    since: datetime | None


def event_kind(told: Alert, alert: Alert, scene: Scene) -> AlertEventKind | None:
    """Return what has happened to an alert since it was told; None when people would see nothing new."""
    if alert.state is AlertState.WITHDRAWN:
        return AlertEventKind.WITHDRAWN
    owned_up = told.state is AlertState.DISPUTED and alert.state is AlertState.CONFIRMED
    if (alert.confirmed and not told.confirmed) or (owned_up and alert.to_rung == told.to_rung):
        return AlertEventKind.CONFIRMED
    if alert.to_rung != told.to_rung:
        return AlertEventKind.UPDATED
    turned = told.state is AlertState.CONFIRMED and alert.state is AlertState.DISPUTED
    deniable = alert.register is Register.DEED or alert.state is AlertState.SIGNAL
    if turned or (alert.against and not told.against and deniable):
        return AlertEventKind.DISPUTED
    if alert.state is AlertState.EXPIRED and told.state is AlertState.SIGNAL:
        return AlertEventKind.EXPIRED
    beside = {e.id for e in alert.against}
    taken_back = any(e.id not in beside and lost(e, scene) for e in told.against)
    quoted_anew = taken_back or lost(told.lead, scene) or reworded(told, alert)
    return AlertEventKind.UPDATED if quoted_anew or _grown(told, alert) else None


def event_reason(kind: AlertEventKind, alert: Alert, told: Alert) -> str:
    """Return why it has happened: the reason of the alert itself, unless the event has one of its own."""
    if kind is AlertEventKind.WITHDRAWN:
        return Reason.EVIDENCE_GONE
    if kind is AlertEventKind.DISPUTED:
        return Reason.SAYS_OTHERWISE if any(e.article == told.lead.article for e in alert.against) else Reason.DENIAL
    if kind is AlertEventKind.EXPIRED:
        return Reason.UNCONFIRMED
    if kind is AlertEventKind.CONFIRMED and told.state is AlertState.DISPUTED:
        return Reason.OFFICIAL
    if kind is not AlertEventKind.UPDATED or alert.to_rung != told.to_rung:
        return alert.reason
    return Reason.MORE_ORIGINS if _grown(told, alert) else Reason.QUOTED_ANEW


def unspoken(told: Alert, began: datetime, scene: Scene) -> Alert | None:
    """Bring up to date an alert that no turn of this fold speaks of; None when nothing has changed.

    Args:
        began: date of the reading that it was told on first.
    """
    later = replace(told, version=told.version + 1, at=scene.now)
    # Its time was over, whatever its article says by now; and what has ended once does not end again.
    if told.state is AlertState.SIGNAL and scene.now - began > DEVELOPMENT:
        return replace(later, state=AlertState.EXPIRED, event=AlertEventKind.EXPIRED, reason=Reason.UNCONFIRMED)
    if not told.ended and all(lost(e, scene) for e in told.evidence):
        return replace(later, state=AlertState.WITHDRAWN, event=AlertEventKind.WITHDRAWN, reason=Reason.EVIDENCE_GONE)
    return None


def settled(e: Evidence, scene: Scene) -> bool:
    """Tell whether a reading is too old for the fold to have it, and so for anything to be said of it."""
    return scene.since is None or e.dated <= scene.since


def lost(e: Evidence, scene: Scene) -> bool:
    """Tell whether a reading is no longer in its article as it was told: gone from it, or now on lesser authority."""
    if settled(e, scene):
        return False
    now = scene.present.get(e.id)
    return now is None or AUTHORITY[now.by] < AUTHORITY[e.by]


def otherwise(told: Alert, scene: Scene) -> list[Evidence]:
    """Return what the article that an alert quoted says of the same register now, when it no longer says that."""
    lead = told.lead
    if not lost(lead, scene):
        return []
    rungs = {rung.id for rung in scene.track.rungs if rung.register is told.register and rung.id != told.to_rung}
    return [
        e
        for e in scene.present.values()
        if (e.article, e.holder) == (lead.article, lead.holder) and e.rung in rungs and e.by is not By.ANALYST
    ]


def reworded(told: Alert, alert: Alert) -> bool:
    """Tell whether the sentence that is quoted reads differently in its article now."""
    return told.lead.id == alert.lead.id and told.lead.quote != alert.lead.quote


def _grown(told: Alert, alert: Alert) -> bool:
    """Tell whether origins or outlets have passed a number that people should see, while the alert lives."""
    if alert.at - alert.lead.dated > ALERT_LIFE:
        return False
    origins = any(told.origins < mark <= alert.origins for mark in _ORIGINS_SHOWN)
    return origins or any(told.outlets < mark <= alert.outlets for mark in _OUTLETS_SHOWN)
