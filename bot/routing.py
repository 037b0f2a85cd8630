"""Who is told of an alert, when, and why not?

Two questions, each answered with a named reason. Whether a channel gets an alert at all (`choose`): its tracks and
holders, its least severity, its wish for signals, digests only. And whether its first post may go now (`waiting`):
what is muted waits for the end of the mute, what falls into quiet hours for their end; either is then posted once, in
its present state, and what is over by then is not posted. What was posted is kept right at once: an edit wakes nobody.

Refuses to do: an alert is weighed in bot/severity.py and rendered by its platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import Alert, Mute, Notice, Route
from bot.quiet import quiet_until

LOOK_AGAIN = timedelta(days=1)
"""How long what waits for a move waits, before it is looked at again; the end of its mute brings it forward."""


class Ruling(StrEnum):
    """Why a channel is told, or is not, or not yet."""

    TOLD = "told"
    OTHER_TRACK = "other-track"
    OTHER_HOLDER = "other-holder"
    TOO_LIGHT = "below-severity"
    NO_SIGNALS = "no-signals"
    DIGEST_ONLY = "digest-only"
    MUTED = "muted"
    QUIET = "quiet-hours"
    OVERTAKEN = "overtaken"

    @property
    def line(self) -> str:
        """The reason as one plain English clause."""
        return _LINES[self]


_LINES = {
    Ruling.TOLD: "told",
    Ruling.OTHER_TRACK: "not told: the channel does not follow this track",
    Ruling.OTHER_HOLDER: "not told: the channel does not follow this holder",
    Ruling.TOO_LIGHT: "not told: below the channel's least severity",
    Ruling.NO_SIGNALS: "not told: the channel hears of a development only once it is confirmed",
    Ruling.DIGEST_ONLY: "not told singly: the channel gets digests only",
    Ruling.MUTED: "waits: muted",
    Ruling.QUIET: "waits: quiet hours",
    Ruling.OVERTAKEN: "a later word took its place and is told instead; this one only if it stands again",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a first post may not go yet.

    Args:
        until: when it is looked at again.
    """

    ruling: Ruling
    until: datetime
    line: str


def choose(route: Route, alert: Alert) -> Ruling:
    """Return why a channel gets an alert, or does not. Pure.

    A channel without signals hears of a development once it is confirmed; a channel that was told of one is told how
    it ends, which deliveries already made see to.
    """
    if route.tracks and alert.track not in route.tracks:
        return Ruling.OTHER_TRACK
    if route.holders and alert.holder not in route.holders:
        return Ruling.OTHER_HOLDER
    if alert.severity < route.min_severity:
        return Ruling.TOO_LIGHT
    if not route.signals and not alert.confirmed:
        return Ruling.NO_SIGNALS
    return Ruling.DIGEST_ONLY if route.digest_only else Ruling.TOLD


def wants(route: Route, alert: Alert) -> bool:
    """Tell whether a channel wants to hear of an alert, singly or in its digests. Pure."""
    return choose(route, alert) in {Ruling.TOLD, Ruling.DIGEST_ONLY}


def routes_for(alert: Alert, routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the routes whose channels get this version of an alert, in the order given.

    Those that wake somebody from a higher severity on come back without the mention.
    """
    return tuple(waking(route, alert) for route in routes if choose(route, alert) is Ruling.TOLD)


def unwaking(routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the routes as they serve what wakes nobody, such as a brief."""
    return tuple(replace(route, mention="") for route in routes)


def waiting(
    notice: Notice, route: Route | None, mutes: Iterable[Mute], place: tuple[str, str], now: datetime
) -> Wait | None:
    """Return why the first post of a notice may not go to a channel now; None when it may. Pure.

    Args:
        route: the one that leads there; None when it is no more.
        mutes: those that hold now, anywhere.
        place: platform and channel.
    """
    zone = route.timezone if route else "UTC"
    if isinstance(notice, Alert) and (mute := silencer(mutes, notice, *place, now)):
        return Wait(Ruling.MUTED, mute.until or now + LOOK_AGAIN, f"muted {until_words(mute, zone)} by {mute.author}")
    if route is None or _breaks_through(route, notice):
        return None
    morning = quiet_until(route.quiet, zone, now)
    return Wait(Ruling.QUIET, morning, f"quiet hours until {_stamp(morning, zone)}") if morning else None


def silencer(mutes: Iterable[Mute], alert: Alert, platform: str, channel: str, now: datetime) -> Mute | None:
    """Return the mute that keeps an alert from a channel the longest; None when none does. Pure."""
    found = [m for m in mutes if m.holds(now) and m.reaches(platform, channel) and covers(m, alert)]
    return max(found, key=lambda mute: (mute.until is None, mute.until or now, mute.id), default=None)


def covers(mute: Mute, alert: Alert) -> bool:
    """Tell whether an alert is of what a mute keeps away. Pure."""
    of_it = mute.track in {"", alert.track} and mute.holder in {"", alert.holder} and mute.rung in {"", alert.to_rung}
    return of_it or mute.alert == alert.id


def until_words(mute: Mute, zone: str) -> str:
    """Return when a mute ends, on the clock of a zone: "until 24 Oct 2024, 18:00 KST", "until it moves"."""
    return f"until {_stamp(mute.until, zone)}" if mute.until else "until it moves"


def _stamp(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y, %H:%M %Z}"


def _breaks_through(route: Route, notice: Notice) -> bool:
    least = route.quiet_except
    return isinstance(notice, Alert) and least is not None and notice.severity >= least


def waking(route: Route, alert: Alert) -> Route:
    """Return a route without the mention where an alert is too light to wake anybody. Pure."""
    return route if alert.severity >= route.mention_from else replace(route, mention="")
