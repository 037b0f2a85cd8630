"""What do people in a chat get when they ask?

Answers bot.ports.Desk from what is stored; the work is done in threads, so that a question never holds up the
heartbeats of a chat connection.

Refuses to do: nothing is fetched or read for an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.brief import make_brief
from bot.domain import Brief, Route, Storyline
from bot.errors import InputError
from bot.ports import Clock, Store
from bot.routebook import RouteBook
from bot.why import explain


@dataclass(frozen=True, slots=True)
class ChatDesk:
    """The desk of a running bot."""

    storyline: Storyline
    store: Store
    clock: Clock
    book: RouteBook

    async def brief(self, *, since: timedelta, track: str = "", holder: str = "") -> Brief:
        """Return where everybody stands and what moved in the window; see bot.ports.Desk."""
        expect_known("track", track, [known.id for known in self.storyline.tracks])
        expect_known("holder", holder, [known.id for known in self.storyline.holders])
        now = self.clock.now()
        return await asyncio.to_thread(make_brief, self.store, self.storyline, now, now - since, track, holder)

    async def explain(self, what: str) -> tuple[str, ...]:
        """Return why something was told or not, a step a line; see bot.ports.Desk."""
        return await asyncio.to_thread(explain, self.store, self.storyline, what)

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        """Return the routes that lead to a channel, or with "" to any channel of a platform."""
        return self.book.of(platform, channel)

    async def subscribe(self, route: Route) -> None:
        """Add or replace a person's route; see bot.ports.Desk."""
        await asyncio.to_thread(self.book.save, route)

    async def unsubscribe(self, platform: str, channel: str, author: str) -> bool:
        """Remove people's routes to a channel; see bot.ports.Desk."""
        return await asyncio.to_thread(self.book.remove, platform, channel, author)


def expect_known(what: str, given: str, known: Collection[str]) -> None:
    """Raise InputError with those there are when something is given that is none of them."""
    if given and given not in known:
        raise InputError(f"no {what} {given!r}; there are: {', '.join(known)}")
