"""What does somebody want to be spared, for how long, and when is that over?

A mute keeps alerts of a track, of a holder, of a holder on a track, or of one development from being posted in one
channel or in all. It ends at its time, when somebody ends it, or, when it was asked for "until it moves", with the
first alert that moves a register it covers; that alert is told. Rule `after-mute`: what waited is then posted once, in
its present state, as if it had just come; what is over by then (withdrawn, expired) is not posted. The brief and the
digests show it meanwhile, with the mute.

Refuses to do: whether a mute keeps an alert from a channel is decided in bot/routing.py; who may mute is for the
platform to ask. What was posted already is still kept right by edits, which wake nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain import Act, Alert, AlertEventKind, AuditEntry, Mute, Storyline
from bot.errors import InputError
from bot.identity import short_id
from bot.ledger.reasons import TURNS
from bot.lookup import alert_of, expect_ids
from bot.ports import Store, Unit

log = structlog.get_logger()

LONGEST = timedelta(days=365)
SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to be spared.

    Args:
        platform, channel: where; both "" for every channel.
        author: who asks, as the platform knows them.
        track, holder, alert: ids; at least one. With `alert` the others are its own.
        span: for how long; None: until it moves.
    """

    platform: str
    channel: str
    author: str
    track: str = ""
    holder: str = ""
    alert: str = ""
    span: timedelta | None = None


def mute(store: Store, storyline: Storyline, wish: Wish, now: datetime) -> Mute:
    """Store a mute; an earlier one of the same in the same place ends with it. Blocks.

    Raises:
        InputError: there is no such track, holder or alert, none is named, or the span makes no sense.
    """
    made = _made(store, storyline, wish, now)
    with store.unit() as unit:
        for earlier in unit.mutes(now):
            if _what(earlier) == _what(made):
                unit.save_mute(replace(earlier, ended=now, ended_by=wish.author))
        unit.save_mute(made)
        unit.save_audit(_entry(made, Act.MUTE, wish.author, now))
        # A shorter mute in the place of a longer one brings what waits forward.
        unit.release(made.platform, made.channel, now)
    log.info("muted", mute=made.id, author=made.author, track=made.track, holder=made.holder, alert=made.alert)
    return made


def unmute(
    store: Store, what: str, author: str, now: datetime, *, platform: str = "", channel: str = ""
) -> tuple[Mute, ...]:
    """End mutes before their time, and let what waited for them be told; return those that were ended. Blocks.

    Args:
        what: id of a mute, an alert, a track or a holder; "" for all of them. A track or a holder leaves alone what
            was muted of one alert there.
        platform, channel: those made for this channel alone; both "" for those made for every channel and for any.

    Raises:
        InputError: nothing of that is muted there.
    """
    with store.unit() as unit:
        held = [m for m in unit.mutes(now) if channel == "" or (m.platform, m.channel) == (platform, channel)]
        found = [m for m in held if what in _handles(m)]
        everywhere = [m.id for m in unit.mutes(now) if channel and m.channel == "" and what in _handles(m)]
        ended = tuple(replace(m, ended=now, ended_by=author) for m in found)
        for one in ended:
            unit.save_mute(one)
            unit.save_audit(_entry(one, Act.UNMUTE, author, now))
            unit.release(one.platform, one.channel, now)
    if not ended and everywhere:
        ends = f"stancewatch unmute {everywhere[0]}"
        raise InputError(f"that is muted in every channel; whoever runs the bot ends it: {ends}")
    if not ended:
        known = ", ".join(m.id for m in held)
        raise InputError(f"nothing muted is meant by {what!r}; there is: {known}" if held else "nothing is muted")
    log.info("unmuted", mutes=[m.id for m in ended], author=author)
    return ended


def muted(store: Store, now: datetime, platform: str = "", channel: str = "") -> tuple[Mute, ...]:
    """Return the mutes that hold in a channel, with both "" anywhere, by the time they were asked for. Blocks."""
    return tuple(m for m in store.mutes(now) if channel == "" or m.reaches(platform, channel))


def end_moved(unit: Unit, alert: Alert, now: datetime) -> None:
    """End the mutes "until it moves" that an alert moves, and let what waited for them be told."""
    for one in unit.mutes(now):
        if one.until is None and moves(one, alert):
            unit.save_mute(replace(one, ended=now, ended_by=f"alert {alert.id}"))
            unit.release(one.platform, one.channel, now)
            log.info("mute_ended", mute=one.id, alert=alert.id)


def moves(mute: Mute, alert: Alert) -> bool:
    """Tell whether an alert is the move until which a mute holds. Pure.

    A register has moved or moved back since the mute was asked for, or what it rests on is disputed; a signal, or one
    more outlet, is no move.
    """
    here = mute.track in {"", alert.track} and mute.holder in {"", alert.holder}
    return here and alert.at > mute.at and _is_move(alert)


def _handles(mute: Mute) -> set[str]:
    """Return what a mute answers to when somebody ends it."""
    return {"", mute.id, mute.alert} if mute.alert else {"", mute.id, mute.track, mute.holder}


def _is_move(alert: Alert) -> bool:
    if alert.event is AlertEventKind.WITHDRAWN:
        return True
    return alert.confirmed and (alert.event is not AlertEventKind.UPDATED or alert.reason in TURNS)


def _made(store: Store, storyline: Storyline, wish: Wish, now: datetime) -> Mute:
    if wish.span is not None and not SHORTEST <= wish.span <= LONGEST:
        raise InputError("a mute lasts from a minute to a year, or until it moves")
    track, holder, rung = wish.track, wish.holder, ""
    if wish.alert:
        alert = alert_of(store, wish.alert)
        track, holder, rung = alert.track, alert.holder, alert.to_rung
    elif not (track or holder):
        raise InputError("name what to mute: a track, a holder or an alert")
    else:
        expect_ids(storyline, [track], [holder])
    ident = short_id("mute", wish.platform, wish.channel, track, holder, rung, now.isoformat())[:8]
    until = now + wish.span if wish.span else None
    return Mute(ident, wish.platform, wish.channel, wish.author, now, until, track, holder, rung, wish.alert)


def _entry(mute: Mute, act: Act, author: str, now: datetime) -> AuditEntry:
    what = " ".join(part for part in (mute.track, mute.holder, mute.rung, mute.alert) if part)
    until = f", until {mute.until:%Y-%m-%d %H:%M} UTC" if mute.until else ", until it moves"
    return AuditEntry(now, author, act, mute.platform, mute.channel, what + (until if act is Act.MUTE else ""))


def _what(mute: Mute) -> tuple[str, ...]:
    return mute.platform, mute.channel, mute.track, mute.holder, mute.rung, mute.alert
