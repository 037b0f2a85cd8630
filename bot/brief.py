"""Where does everybody stand now, and what has moved?

    store: standings, alerts since, sources ─→ compose ─→ Brief ─→ a card, or brief_json

Refuses to do: nothing is fetched and no model runs; a brief is made of what is stored. How it looks is for the
platforms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    Evidence,
    Mute,
    PollState,
    Position,
    Register,
    SilentSource,
    Source,
    Standing,
    Storyline,
)
from bot.identity import short_id
from bot.ledger.reasons import TURNS
from bot.ports import Store
from bot.sourcetroubles import silence

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
        tracks, holders: ids; empty for all.
        channel: platform and channel that asks, whose mutes it shows; None for everybody's.
    """

    since: datetime
    tracks: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    catch_up: bool = False
    channel: tuple[str, str] | None = None

    def covers(self, track: str, holder: str) -> bool:
        """Tell whether a position of that ledger belongs in the brief."""
        return (not self.tracks or track in self.tracks) and (not self.holders or holder in self.holders)

    def shows(self, mute: Mute) -> bool:
        """Tell whether a mute holds where the brief is shown."""
        return self.channel is None or mute.reaches(*self.channel)


def make_brief(
    store: Store,
    storyline: Storyline,
    now: datetime,
    since: datetime,
    track: str = "",
    holder: str = "",
    *,
    catch_up: bool = False,
    channel: tuple[str, str] | None = None,
) -> Brief:
    """Make a brief of what is stored. Blocks: call it off the event loop.

    Args:
        now, since: aware; the window that "moved" speaks of.
        track, holder: ids to narrow it to; "" for all. Ids that the storyline lacks give an empty brief.
        catch_up: it is told after the first polls of a start.
        channel: platform and channel that asks, whose mutes it shows; None for everybody's.

    Raises:
        StoreBusyError: the database cannot be reached now.
    """
    tracks, holders = (track,) if track else (), (holder,) if holder else ()
    return brief_of(store, storyline, now, Scope(since, tracks, holders, catch_up, channel))


def brief_of(store: Store, storyline: Storyline, now: datetime, scope: Scope) -> Brief:
    """Make a brief of a scope; see `make_brief`."""
    # A signal that is still open is shown however short the window: it waits for the reader's judgement.
    alerts = store.alerts(min(scope.since, now - OPEN_SIGNALS))
    return compose(scope, storyline, now, store.standings(), alerts, store.sources(), store.mutes(now))


def compose(
    scope: Scope,
    storyline: Storyline,
    now: datetime,
    standings: Iterable[Standing],
    alerts: Iterable[Alert],
    sources: Iterable[tuple[Source, PollState]],
    mutes: Iterable[Mute] = (),
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
        mutes=_shown_mutes(scope, now, mutes),
    )


def silent_sources(watched: Iterable[tuple[Source, PollState]], now: datetime) -> tuple[SilentSource, ...]:
    """Return the sources that have not answered for long or never did, the longest silent first. Pure."""
    quiet = [
        SilentSource(source.name, state.last_success, state.last_error or (silence(state) if state.quiet else ""))
        for source, state in watched
        if state.quiet or _silent(source, state, now)
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
        "muted": [_mute_json(mute) for mute in brief.mutes],
        "sources": brief.sources,
    }


def _identity(scope: Scope, now: datetime) -> str:
    """Return an id that the same question at the same moment has again."""
    asked = (now.isoformat(), scope.since.isoformat(), *scope.tracks, "|", *scope.holders, str(scope.catch_up))
    return f"b{short_id(*asked)[:8]}"


def _shown_mutes(scope: Scope, now: datetime, mutes: Iterable[Mute]) -> tuple[Mute, ...]:
    """Return the mutes that hold where the brief is shown, by end, those without one last."""
    never = datetime.max.replace(tzinfo=UTC)
    held = (mute for mute in mutes if mute.holds(now) and scope.shows(mute))
    return tuple(sorted(held, key=lambda mute: (mute.until or never, mute.at, mute.id)))


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
    grew_only = alert.event is AlertEventKind.UPDATED and alert.reason not in TURNS
    if alert.posted >= since or not grew_only:
        return True
    if standing is None:
        return False
    position = standing.deed if alert.register is Register.DEED else standing.word
    return position is not None and position.rung == alert.to_rung and position.since >= since


def _silent(source: Source, state: PollState, now: datetime) -> bool:
    if state.retired or state.last_success is None:
        return True
    patience = max(SILENT_AFTER, SILENT_POLLS * timedelta(seconds=source.interval))
    # One that is well is asked when its publisher wants it: not on Sundays, or once a day.
    since = state.last_success if state.failures else max(state.last_success, state.next_due)
    return now - since > patience


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


def _mute_json(mute: Mute) -> dict[str, object]:
    return {
        "mute": mute.id,
        "track": mute.track or None,
        "holder": mute.holder or None,
        "alert": mute.alert or None,
        "platform": mute.platform or None,
        "channel": mute.channel or None,
        "author": mute.author,
        "at": _iso(mute.at),
        "until": _iso(mute.until),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
