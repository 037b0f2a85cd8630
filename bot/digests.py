"""When is a channel's digest due, and what is in it?

A digest is a brief of the time since the last one, told at local times that its route names. A time that the turning
of the clocks leaves out counts by the clock from before, and one that comes twice counts the first time, as RFC 5545
(3.3.5) has it. After downtime only the last time that was missed is made up for; its digest covers all of it.

What was told is kept right here, too: what a digest told and has ended since, or stands otherwise, is in the next one.

    due ─→ a brief, narrowed to what the route wants ─→ one transaction: brief, mark, pending delivery

Refuses to do: nothing is sent; a route that has just been made is owed nothing for the times before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

import structlog

from bot.brief import Scope, brief_of
from bot.domain import Alert, Brief, DigestMark, NoticeKind, Route, Storyline
from bot.identity import short_id
from bot.ports import Store
from bot.routing import unwaking, wants

log = structlog.get_logger()

LATE = timedelta(minutes=10)
"""An alert bears the time of its poll and is stored when it has been read: a digest in between has missed it, so the
next one looks this far further back, and leaves out what the last one told."""

AHEAD = timedelta(days=1)
"""A time that lies further ahead than this was settled by a clock that was wrong, and is owed still."""

LOOK_BACK = timedelta(days=9)
"""Within so many days every weekday comes up, whatever a zone leaves out."""


def plan_of(route: Route) -> str:
    """Return the times, days and zone of a route's digests in one line: another line is another plan."""
    times = " ".join(f"{time:%H:%M}" for time in sorted(route.digest))
    days = "".join(str(day) for day in sorted(route.digest_days)) or "daily"
    return f"{times} {days} {route.timezone}"


def last_slot(route: Route, now: datetime) -> datetime | None:
    """Return the latest time of a digest that is not after `now`, in UTC; None for a route without any. Pure."""
    zone = ZoneInfo(route.timezone)
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=1 - back) for back in range(LOOK_BACK.days)]
    slots = (slot for day in days if _on(route, day) for slot in _slots(route, day, zone))
    return max((slot for slot in slots if slot <= now), default=None)


def settle(route: Route, mark: DigestMark | None, now: datetime) -> tuple[DigestMark, datetime | None]:
    """Return how far a route's digests come with `now`, and the time whose digest is due, if one is. Pure.

    Args:
        mark: how far they came before; None for a route that had none.
    """
    slot = last_slot(route, now) or now
    plan = plan_of(route)
    if mark is None or mark.plan != plan:
        # What begins, or is changed, begins now: nothing is owed for times that nobody had asked for then.
        return DigestMark(route.name, plan, max(slot, mark.slot) if mark else slot, mark.since if mark else now), None
    if slot <= mark.slot:
        # What a clock that was ahead has settled holds back no digest, and none leaves out what came since.
        settled = slot if mark.slot - now > AHEAD else mark.slot
        return replace(mark, slot=settled, since=min(mark.since, now)), None
    return replace(mark, slot=slot, since=now), slot


def _on(route: Route, day: date) -> bool:
    return not route.digest_days or day.weekday() in route.digest_days


def _slots(route: Route, day: date, zone: ZoneInfo) -> Sequence[datetime]:
    return [datetime.combine(day, time, zone).astimezone(UTC) for time in route.digest]


class Digests:
    """Tells every route its digests. `tell` blocks: call it off the event loop.

    Args:
        routes: returns the routes that there are now.
    """

    def __init__(self, storyline: Storyline, store: Store, routes: Callable[[], Sequence[Route]]) -> None:
        self._storyline = storyline
        self._store = store
        self._routes = routes
        self._marks: dict[str, DigestMark] | None = None

    def due(self, now: datetime) -> bool:
        """Tell whether `tell` has anything to do; asks nothing of the store once the marks are known."""
        asked = self._asked()
        if self._marks is None:
            return bool(asked)
        return any(self._marks.get(route.name) != settle(route, self._marks.get(route.name), now)[0] for route in asked)

    def tell(self, now: datetime) -> int:
        """Leave the digests that are due pending, each once; return how many."""
        marks = {mark.route: mark for mark in self._store.digests()}
        told = 0
        for route in self._asked():
            before = marks.get(route.name)
            mark, slot = settle(route, before, now)
            if mark == before:
                continue
            brief = digest_of(self._store, self._storyline, route, slot, before, now) if slot and before else None
            told += self._keep(route, mark, brief, now)
            marks[route.name] = mark
        self._marks = marks
        return told

    def _asked(self) -> list[Route]:
        return [route for route in self._routes() if route.digest]

    def _keep(self, route: Route, mark: DigestMark, brief: Brief | None, now: datetime) -> bool:
        """Store how far a route's digests have come and, in the same transaction, the one that it is told."""
        wanted = brief if brief is not None and (route.digest_empty or _says_anything(brief)) else None
        with self._store.unit() as unit:
            unit.save_digest(mark)
            if wanted is not None:
                unit.save_brief(wanted)
                unit.enqueue(NoticeKind.BRIEF, wanted.id, wanted.version, unwaking([route]), now)
        log.info("digest_settled", route=route.name, slot=mark.slot.isoformat(), brief=wanted.id if wanted else None)
        return wanted is not None


def digest_of(
    store: Store, storyline: Storyline, route: Route, slot: datetime, before: DigestMark, now: datetime
) -> Brief:
    """Return a route's digest: a brief of what it wants to hear of, since its last one. Blocks.

    One of nothing is a line: where everybody stands is told when something has moved, and whenever somebody asks. A
    signal stands in every digest for as long as it is open.

    Args:
        before: how far the route's digests came with the last one.
    """
    scope = Scope(
        before.since - LATE, tracks=route.tracks, holders=route.holders, channel=(route.platform, route.channel)
    )
    brief = brief_of(store, storyline, now, scope)
    told = _told(store, _ident(route, before.slot))
    since = _Since(store, route, scope, told)
    news = {alert.id: alert for alert in brief.moved if alert.id not in told or told[alert.id].version < alert.version}
    news |= {alert.id: alert for alert in since.moved()}
    made = replace(
        brief,
        id=_ident(route, slot),
        since=before.since,
        digest=slot,
        moved=tuple(sorted(filter(partial(wants, route), news.values()), key=lambda a: (a.at, a.id), reverse=True)),
        signals=tuple(alert for alert in brief.signals if wants(route, alert)),
        ended=tuple(since.ended()),
    )
    return made if _says_anything(made) else replace(made, standings=())


def _says_anything(brief: Brief) -> bool:
    return bool(brief.moved or brief.signals or brief.ended)


class _Since:
    """What has become of alerts since the last digest of a route.

    Args:
        told: the alerts that it told.
    """

    def __init__(self, store: Store, route: Route, scope: Scope, told: Mapping[str, Alert]) -> None:
        self._store = store
        self._route = route
        self._since = scope.since
        self._told = told
        self._alerts = [alert for alert in store.alerts(scope.since) if scope.covers(alert.track, alert.holder)]

    def moved(self) -> Iterator[Alert]:
        """Yield those that are confirmed, or disputed, and were in another state or of another rung."""
        for alert in self._alerts:
            known = self._told.get(alert.id) or self._before(alert)
            if alert.confirmed and known and known.told_state != alert.told_state:
                yield alert

    def ended(self) -> Iterator[Alert]:
        """Yield those that have ended and that the channel was told of; who was told of nothing needs no end."""
        for alert in self._alerts:
            known = (self._told.get(alert.id) or self._heard(alert)) if alert.ended else None
            if known and not known.ended and wants(self._route, known):
                yield alert

    def _before(self, alert: Alert) -> Alert | None:
        versions = self._store.alert_history(alert.id) if alert.posted < self._since else ()
        return next((version for version in reversed(versions) if version.at < self._since), None)

    def _heard(self, alert: Alert) -> Alert | None:
        """Return an alert as another brief, or a message of its own, told the channel of it; None where none did."""
        if alert.id in self._in_briefs:
            return self._in_briefs[alert.id]
        here = (self._route.platform, self._route.channel)
        deliveries = self._store.deliveries(NoticeKind.ALERT, alert.id)
        shown = any((one.platform, one.channel) == here and one.sent for one in deliveries)
        return self._before(alert) if shown else None

    @cached_property
    def _in_briefs(self) -> dict[str, Alert]:
        """What the channel's briefs told of alerts, each as the last one did; of many alerts they are read but once."""
        first = min(alert.posted for alert in self._alerts)
        briefs = self._store.doubts.briefs_told(self._route.platform, self._route.channel, first)
        return {alert.id: alert for brief in briefs for alert in _alerts(brief)}


def _ident(route: Route, slot: datetime) -> str:
    return short_id("digest", route.name, slot.isoformat())


def _told(store: Store, ident: str) -> dict[str, Alert]:
    """Return the alerts that a digest told, by id and as it told them; of one that was left out, none."""
    try:
        last = store.notice(NoticeKind.BRIEF, ident)
    except KeyError:
        return {}
    assert isinstance(last, Brief), "briefs are kept as briefs"
    return {alert.id: alert for alert in _alerts(last)}


def _alerts(brief: Brief) -> tuple[Alert, ...]:
    return (*brief.signals, *brief.moved, *brief.ended)
