"""What do people in a chat get when they ask, and what becomes of what they want changed?

Answers bot.ports.Desk from what is stored; the work is done in threads, so that a question never holds up the
heartbeats of a chat connection. A change is made where somebody may make it (bot/permissions.py), and recorded in the
transaction that makes it.

Refuses to do: nothing is fetched or read for an answer; an address that may become a source is tried by a Finder.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot import feedback, mutes
from bot.brief import make_brief
from bot.digests import digest_of
from bot.domain import (
    Act,
    Alert,
    Asker,
    AuditEntry,
    Brief,
    DigestMark,
    Feedback,
    FeedPreview,
    Mute,
    PollState,
    Rank,
    Route,
    Source,
    Storyline,
    Timeline,
    Verdict,
    shown,
)
from bot.errors import InputError
from bot.lookup import alert_of, expect_ids
from bot.permissions import needed, require
from bot.ports import Clock, Finder, Store
from bot.routebook import RouteBook
from bot.sourcehealth import WINDOW
from bot.timeline import make_timeline
from bot.why import explain

A_WEEK = timedelta(days=7)
A_DAY = timedelta(days=1)
LISTED = 30
"""Changes that `audit` returns."""


@dataclass(frozen=True, slots=True)
class ChatDesk:
    """The desk of a running bot.

    Args:
        finder: tries addresses that may become sources; None where nothing is fetched.
        opened: what every member may change, besides what they may anyway.
        woken: called when something has become due, such as what waited for the end of a mute.
    """

    storyline: Storyline
    store: Store
    clock: Clock
    book: RouteBook
    finder: Finder | None = None
    opened: frozenset[Act] = frozenset()
    woken: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """Return the moment that answers are of."""
        return self.clock.now()

    async def brief(
        self, *, since: timedelta, track: str = "", holder: str = "", channel: tuple[str, str] | None = None
    ) -> Brief:
        """Return where everybody stands and what moved in the window; see bot.ports.Desk."""
        expect_ids(self.storyline, [track], [holder])
        now = self.clock.now()
        return await asyncio.to_thread(
            make_brief, self.store, self.storyline, now, now - since, track, holder, channel=channel
        )

    async def stance(self, track: str, holder: str = "") -> tuple[Brief, Timeline]:
        """Return where everybody, or one holder, stands on a track, and how they came there."""
        brief = await self.brief(since=A_WEEK, track=track, holder=holder)
        return brief, await self.timeline(track, holder=holder)

    async def timeline(self, track: str, *, since: timedelta | None = None, holder: str = "") -> Timeline:
        """Return how a track moved; see bot.ports.Desk."""
        expect_ids(self.storyline, [track], [holder])
        now = self.clock.now()
        start = now - since if since else None
        return await asyncio.to_thread(make_timeline, self.store, self.storyline, now, track, start, holder)

    async def explain(self, what: str) -> tuple[str, ...]:
        """Return why something was told or not, a step a line; see bot.ports.Desk."""
        return await asyncio.to_thread(explain, self.store, self.storyline, what, self.book.all())

    async def alert(self, ident: str) -> Alert:
        """Return an alert in its present state; InputError when there is none."""
        return await asyncio.to_thread(alert_of, self.store, ident)

    async def sources(self) -> tuple[tuple[Source, PollState], ...]:
        """Return every source with its state."""
        return await asyncio.to_thread(self.store.sources)

    async def source_counts(self) -> Mapping[str, tuple[int, int, int]]:
        """Return what became of each source's articles lately; see bot.ports.Desk."""
        return await asyncio.to_thread(self.store.source_counts, self.clock.now() - WINDOW)

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        """Return the routes that lead to a channel, or with "" to any channel of a platform."""
        return self.book.of(platform, channel)

    async def muted(self, platform: str, channel: str) -> tuple[Mute, ...]:
        """Return the mutes that hold in a channel."""
        return await asyncio.to_thread(mutes.muted, self.store, self.clock.now(), platform, channel)

    async def digest(self, platform: str, channel: str) -> Brief:
        """Return the digest that a channel would be told now; see bot.ports.Desk."""
        routes = sorted(self.book.of(platform, channel), key=lambda route: not route.digest)
        route = routes[0] if routes else Route(f"{platform}-{channel}", platform, channel)
        return await asyncio.to_thread(self._digest, route, self.clock.now())

    async def audit(self, platform: str, channel: str) -> tuple[AuditEntry, ...]:
        """Return the latest changes that people made in a channel or for everybody, newest first."""
        return await asyncio.to_thread(self.store.audit, platform, channel, LISTED)

    def needed(self, act: Act) -> Rank:
        """Return the least rank that may make a change."""
        return needed(act, self.opened)

    async def subscribe(self, asker: Asker, route: Route) -> None:
        """Add or replace a person's route; see bot.ports.Desk."""
        require(Act.SUBSCRIBE, asker, self.opened)
        await asyncio.to_thread(self.book.save, replace(route, author=asker.id), self.clock.now())
        self.woken()

    async def unsubscribe(self, asker: Asker) -> bool:
        """Remove people's routes to a channel; see bot.ports.Desk."""
        require(Act.UNSUBSCRIBE, asker, self.opened)
        now = self.clock.now()
        return await asyncio.to_thread(self.book.remove, asker.platform, asker.channel, asker.id, now)

    async def set_digest(
        self, asker: Asker, times: Sequence[time], *, days: Sequence[int] = (), timezone: str = ""
    ) -> Route:
        """Change when a channel gets its digests; see bot.ports.Desk."""
        require(Act.DIGEST, asker, self.opened)
        routes = self.book.of(asker.platform, asker.channel)
        if not routes:
            raise InputError("nobody has subscribed this channel; subscribe it first")
        route = next((made for made in routes if self.book.made(made.name)), routes[0])
        changed = replace(
            route,
            digest=tuple(sorted(set(times))),
            digest_days=tuple(sorted(set(days))) if times else (),
            # Without digests a channel of digests only would hear nothing at all.
            digest_only=route.digest_only and bool(times),
            timezone=timezone or route.timezone,
            author=asker.id,
        )
        await asyncio.to_thread(self.book.save, changed, self.clock.now(), Act.DIGEST)
        return changed

    async def mute(
        self, asker: Asker, *, track: str = "", holder: str = "", alert: str = "", span: timedelta | None = None
    ) -> Mute:
        """Keep something from a channel for a while; see bot.ports.Desk."""
        require(Act.MUTE, asker, self.opened)
        wish = mutes.Wish(asker.platform, asker.channel, asker.id, track, holder, alert, span)
        made = await asyncio.to_thread(mutes.mute, self.store, self.storyline, wish, self.clock.now())
        self.woken()
        return made

    async def unmute(self, asker: Asker, what: str = "") -> tuple[Mute, ...]:
        """End mutes of a channel before their time; see bot.ports.Desk."""
        require(Act.UNMUTE, asker, self.opened)
        now, place = self.clock.now(), {"platform": asker.platform, "channel": asker.channel}
        ended = await asyncio.to_thread(mutes.unmute, self.store, what, asker.id, now, **place)
        self.woken()
        return ended

    async def judge(self, asker: Asker, alert: str, verdict: Verdict, rung: str = "") -> Feedback:
        """Keep what somebody thinks of an alert; see bot.ports.Desk."""
        require(Act.JUDGE, asker, self.opened)
        given = Feedback(alert, asker.id, self.clock.now(), verdict, rung)
        return await asyncio.to_thread(feedback.give, self.store, self.storyline, given)

    async def find_feed(self, asker: Asker, url: str, selector: str = "") -> FeedPreview:
        """Return what would be added for an address; see bot.ports.Desk."""
        require(Act.ADD_FEED, asker, self.opened)
        if self.finder is None:
            raise InputError("no address is tried here; the running bot does that")
        return await self.finder.find(url, asker.id, selector)

    async def add_feed(self, asker: Asker, source: Source) -> Source:
        """Watch a source from now on; see bot.ports.Desk."""
        require(Act.ADD_FEED, asker, self.opened)
        return await asyncio.to_thread(self._add_feed, asker, replace(source, author=asker.id))

    async def remove_feed(self, asker: Asker, key: str) -> None:
        """Watch a source no longer; see bot.ports.Desk."""
        require(Act.REMOVE_FEED, asker, self.opened)
        await asyncio.to_thread(self._remove_feed, asker, key)

    def _add_feed(self, asker: Asker, source: Source) -> Source:
        with self.store.unit() as unit:
            added = unit.add_source(source)
            unit.save_audit(self._everywhere(asker, Act.ADD_FEED, f"{added.key} {shown(added.url)}"))
        return added

    def _remove_feed(self, asker: Asker, key: str) -> None:
        with self.store.unit() as unit:
            unit.remove_source(key, asker.id)
            unit.save_audit(self._everywhere(asker, Act.REMOVE_FEED, key))

    def _everywhere(self, asker: Asker, act: Act, about: str) -> AuditEntry:
        return AuditEntry(self.clock.now(), asker.id, act, "", "", about)

    def _digest(self, route: Route, now: datetime) -> Brief:
        marks = {mark.route: mark for mark in self.store.digests()}
        before = marks.get(route.name, DigestMark(route.name, "", now - A_DAY, now - A_DAY))
        return digest_of(self.store, self.storyline, route, now, before, now)
