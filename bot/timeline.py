"""How has one track moved over time?

    store: moves of every ledger of the track, alerts ─→ compose ─→ Timeline ─→ a picture, a card

Refuses to do: nothing is fetched or drawn; a timeline is made of what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain import Alert, AlertState, Change, Course, Evidence, Storyline, Timeline
from bot.ledger import ALWAYS
from bot.ledger.chronicle import Move
from bot.ledger.reasons import Reason
from bot.ports import Store
from bot.rebuilding import History, history

LEAD_IN = timedelta(days=14)
"""How much is shown before the baseline where no window is asked for."""

_TOLD_AROUND = timedelta(days=3)
"""A move and the alert that told it lie no further apart: a development lasts so long."""


def make_timeline(
    store: Store, storyline: Storyline, now: datetime, track: str, since: datetime | None = None, holder: str = ""
) -> Timeline:
    """Make the timeline of a track from what is stored. Blocks: call it off the event loop.

    Args:
        track: an id of the storyline.
        since: start of the window, aware; None for a little before the baseline.
        holder: one only; "" for all.

    Raises:
        StoreBusyError: the database cannot be reached now.
    """
    alerts = [alert for alert in store.alerts(ALWAYS) if alert.track == track]
    return compose(storyline, track, history(store, storyline, track, holder), alerts, since, now)


def compose(
    storyline: Storyline,
    track: str,
    histories: Iterable[History],
    alerts: Sequence[Alert],
    since: datetime | None,
    now: datetime,
) -> Timeline:
    """Make a timeline of stored values. Pure; the order of the alerts does not matter.

    Args:
        histories: of the ledgers of the track, in the order to show them.
        alerts: of the track, in their present state.
    """
    opens = since or _before_the_baseline(storyline, now)
    known = storyline.track(track)
    courses = []
    for one in histories:
        told = [alert for alert in alerts if alert.holder == one.holder]
        changes = _changes(one.moves, told)
        # What was already so when the window opens is where its lines come from.
        entered, within = _split(changes, opens)
        if entered or within:
            courses.append(Course(one.holder, known.baseline.get(one.holder, ""), entered, within))
    return Timeline(track, opens, now, tuple(courses))


def _before_the_baseline(storyline: Storyline, now: datetime) -> datetime:
    baseline = datetime.combine(storyline.baseline_day, time(), UTC)
    return min(baseline, now) - LEAD_IN


def _changes(moves: Iterable[Move], alerts: Sequence[Alert]) -> list[Change]:
    """Return moves and open signals, by time."""
    made = [_moved(move, alerts) for move in moves]
    made += [_reported(alert) for alert in alerts if alert.state is AlertState.SIGNAL]
    return sorted(made, key=lambda change: change.at)


def _moved(move: Move, alerts: Sequence[Alert]) -> Change:
    change = Change(
        at=move.at,
        register=move.register,
        rung=move.rung,
        before=move.came_from,
        note=move.note,
        aside=move.reason is Reason.NEARER_DEED,
    )
    told = _alert_of(move, alerts)
    if not move.evidence:
        return change
    evidence = told.evidence if told else move.evidence
    # An alert may tell of several moves within days, to and fro: each is shown with the article that made it.
    made_by = next((one for one in (*evidence, *move.evidence) if one.dated == move.at), evidence[0])
    return replace(_carried(change, evidence, told), evidence=made_by)


def _reported(alert: Alert) -> Change:
    change = Change(alert.lead.dated, alert.register, alert.to_rung, alert.from_rung or "", open=True)
    return _carried(replace(change, disputed=bool(alert.against)), alert.evidence, alert)


def _carried(change: Change, evidence: Sequence[Evidence], told: Alert | None) -> Change:
    return replace(
        change,
        evidence=evidence[0],
        outlets=len({e.publisher for e in evidence}),
        origins=len({e.origin for e in evidence}),
        disputed=change.disputed or (told is not None and told.state is AlertState.DISPUTED),
        alert=told.id if told else "",
    )


def _alert_of(move: Move, alerts: Sequence[Alert]) -> Alert | None:
    """Return the alert that told a move: of its register and rung, carried by one of its readings."""
    carried = {e.id for e in move.evidence}
    fitting = [
        alert
        for alert in alerts
        if (alert.register, alert.to_rung) == (move.register, move.rung)
        and alert.confirmed
        and (carried & {e.id for e in alert.evidence} or abs(alert.lead.dated - move.at) <= _TOLD_AROUND)
    ]
    return min(fitting, key=lambda alert: (abs(alert.lead.dated - move.at), alert.id), default=None)


def _split(changes: Sequence[Change], opens: datetime) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return where each register stood when the window opens, and what came after."""
    stood = {c.register: c for c in changes if c.at < opens and not c.open and not c.aside}
    return tuple(stood[register] for register in sorted(stood)), tuple(c for c in changes if c.at >= opens)
