"""Where does everybody stand now, and what has moved?

    store: standings, alerts since, sources ─→ compose ─→ Brief ─→ a card, or brief_json

Refuses to do: nothing is fetched and no model runs; a brief is made of what is stored. How it looks is for the
platforms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    Evidence,
    PollState,
    Position,
    Register,
    SilentSource,
    Source,
    Standing,
    Storyline,
)
from bot.ledger.reasons import Reason
from bot.ports import Store

SILENT_AFTER = timedelta(hours=6)
"""A source that has not answered for this long, and for SILENT_POLLS of its intervals, is silent."""

SILENT_POLLS = 6

OPEN_SIGNALS = timedelta(days=7)
"""How far back signals are looked for; all of them expire sooner."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a brief is asked about.

    Args:
        since: start of the window, aware.
        track, holder: ids; "" for all.
    """

    since: datetime
    track: str = ""
    holder: str = ""
    catch_up: bool = False

    def covers(self, track: str, holder: str) -> bool:
        """Tell whether a position of that ledger belongs in the brief."""
        return self.track in {"", track} and self.holder in {"", holder}


def make_brief(
    store: Store,
    storyline: Storyline,
    now: datetime,
    since: datetime,
    track: str = "",
    holder: str = "",
    *,
    catch_up: bool = False,
) -> Brief:
    """Make a brief of what is stored. Blocks: call it off the event loop.

    Args:
        now, since: aware; the window that "moved" speaks of.
        track, holder: ids to narrow it to; "" for all. Ids that the storyline lacks give an empty brief.
        catch_up: it is told after the first polls of a start.

    Raises:
        StoreBusyError: the database cannot be reached now.
    """
    scope = Scope(since, track, holder, catch_up)
    # A signal that is still open is shown however short the window: it waits for the reader's judgement.
    alerts = store.alerts(min(since, now - OPEN_SIGNALS))
    return compose(scope, storyline, now, store.standings(), alerts, store.sources())


def compose(
    scope: Scope,
    storyline: Storyline,
    now: datetime,
    standings: Iterable[Standing],
    alerts: Iterable[Alert],
    sources: Iterable[tuple[Source, PollState]],
) -> Brief:
    """Make a brief of stored values. Pure; the order of what is given does not matter."""
    held = {(s.track, s.holder): s for s in standings if scope.covers(s.track, s.holder) and _stands(s)}
    told = sorted(
        (alert for alert in alerts if scope.covers(alert.track, alert.holder)),
        key=lambda alert: (alert.at, alert.id),
        reverse=True,
    )
    watched = [(source, state) for source, state in sources if source.enabled]
    return Brief(
        id=_identity(scope, now),
        as_of=now,
        since=scope.since,
        standings=_in_order(storyline, held),
        moved=tuple(a for a in told if _moved(a, held.get((a.track, a.holder)), scope.since)),
        signals=tuple(alert for alert in told if alert.state is AlertState.SIGNAL),
        silent=silent_sources(watched, now),
        sources=len(watched),
        catch_up=scope.catch_up,
    )


def silent_sources(watched: Iterable[tuple[Source, PollState]], now: datetime) -> tuple[SilentSource, ...]:
    """Return the sources that have not answered for long or never did, the longest silent first. Pure."""
    quiet = [
        SilentSource(source.name, state.last_success, state.last_error)
        for source, state in watched
        if _silent(source, state, now)
    ]
    never = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(quiet, key=lambda source: (source.last_success or never, source.name)))


def brief_json(brief: Brief, storyline: Storyline) -> dict[str, object]:
    """Return a brief as plain values for programs: ids and English names, times in ISO 8601."""
    titles = {track.id: track.title.get("en", track.id) for track in storyline.tracks}
    return {
        "as_of": brief.as_of.isoformat(),
        "since": brief.since.isoformat(),
        "catch_up": brief.catch_up,
        "positions": [_standing_json(standing, titles) for standing in brief.standings],
        "moved": [_alert_json(alert) for alert in brief.moved],
        "signals": [_alert_json(alert) for alert in brief.signals],
        "silent": [{"source": s.name, "last_success": _iso(s.last_success), "error": s.error} for s in brief.silent],
        "sources": brief.sources,
    }


def _identity(scope: Scope, now: datetime) -> str:
    """Return an id that the same question at the same moment has again."""
    asked = "|".join((now.isoformat(), scope.since.isoformat(), scope.track, scope.holder, str(scope.catch_up)))
    return f"b{hashlib.sha256(asked.encode()).hexdigest()[:8]}"


def _stands(standing: Standing) -> bool:
    return bool(standing.word or standing.deed or standing.last_word)


def _in_order(storyline: Storyline, held: dict[tuple[str, str], Standing]) -> tuple[Standing, ...]:
    """Sort by the storyline's order of tracks and holders; holders that it does not list come last on their track."""
    tracks = [track.id for track in storyline.tracks]
    order = {(track.id, holder): i for track in storyline.tracks for i, holder in enumerate(track.holders)}
    known = [ledger for ledger in held if ledger[0] in tracks]
    known.sort(key=lambda ledger: (tracks.index(ledger[0]), order.get(ledger, len(order)), ledger[1]))
    return tuple(held[ledger] for ledger in known)


def _moved(alert: Alert, standing: Standing | None, since: datetime) -> bool:
    """Tell whether a register moved on this alert within the window, not only what was written about it."""
    if not alert.confirmed or alert.at < since:
        return False
    turned = alert.reason in {Reason.SWING, Reason.MIXED_SIGNALS}
    grew_only = alert.event is AlertEventKind.UPDATED and not turned
    if alert.posted >= since or not grew_only:
        return True
    if standing is None:
        return False
    position = standing.deed if alert.register is Register.DEED else standing.word
    return position is not None and position.rung == alert.to_rung and position.since >= since


def _silent(source: Source, state: PollState, now: datetime) -> bool:
    if state.gone or state.last_success is None:
        return True
    patience = max(SILENT_AFTER, SILENT_POLLS * timedelta(seconds=source.interval))
    return now - state.last_success > patience


def _standing_json(standing: Standing, titles: dict[str, str]) -> dict[str, object]:
    return {
        "track": standing.track,
        "title": titles.get(standing.track, standing.track),
        "holder": standing.holder,
        "word": _position_json(standing.word),
        "deed": _position_json(standing.deed),
        "last_word": _position_json(standing.last_word),
        "baseline": standing.baseline or None,
    }


def _position_json(position: Position | None) -> dict[str, object] | None:
    if position is None:
        return None
    return {
        "rung": position.rung,
        "since": _iso(position.since),
        "evidence": [_evidence_json(evidence) for evidence in position.evidence],
        "note": position.note,
    }


def _alert_json(alert: Alert) -> dict[str, object]:
    return {
        "alert": alert.id,
        "at": _iso(alert.at),
        "state": str(alert.state),
        "track": alert.track,
        "holder": alert.holder,
        "register": str(alert.register),
        "from": alert.from_rung,
        "to": alert.to_rung,
        "origins": alert.origins,
        "outlets": alert.outlets,
        "evidence": [_evidence_json(evidence) for evidence in alert.evidence],
    }


def _evidence_json(evidence: Evidence) -> dict[str, object]:
    return {
        "article": evidence.article,
        "url": evidence.url,
        "publisher": evidence.publisher,
        "dated": _iso(evidence.dated),
        "by": str(evidence.by),
        "quote": evidence.quote,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
