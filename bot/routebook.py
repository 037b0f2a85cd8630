"""Which routes are there now: those of YAML and those that people made in chat?

YAML wins where it names the same route. What people make is stored with its author and holds from the next decision.

Refuses to do: who may make a route is the platform's to ask; who gets an alert is decided in bot/routing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from bot.digests import settle
from bot.domain import Act, AuditEntry, Route, Storyline
from bot.errors import InputError
from bot.lookup import expect_ids
from bot.ports import Store


class RouteBook:
    """The routes of one bot. `save` and `remove` block: call them off the event loop.

    Args:
        fixed: of routes.yml.
    """

    def __init__(self, storyline: Storyline, store: Store, fixed: Sequence[Route]) -> None:
        self._storyline = storyline
        self._store = store
        self._turn = Lock()
        self._fixed = tuple(fixed)
        names = {route.name for route in fixed}
        self._made = tuple(route for route in store.routes() if route.name not in names)

    def all(self) -> tuple[Route, ...]:
        """Return every route, those of YAML first."""
        return (*self._fixed, *self._made)

    def of(self, platform: str, channel: str) -> tuple[Route, ...]:
        """Return the routes that lead to one channel, or with "" to any channel of a platform."""
        return tuple(route for route in self.all() if route.platform == platform and channel in {"", route.channel})

    def made(self, name: str) -> bool:
        """Tell whether people made the route of a name."""
        return any(route.name == name for route in self._made)

    def save(self, route: Route, now: datetime, act: Act = Act.SUBSCRIBE) -> None:
        """Add or replace a route that a person made, and record it.

        Args:
            act: what the change is recorded as.

        Raises:
            InputError: YAML names this route, a track or holder in it is unknown or can tell nothing, or its times
                contradict each other.
        """
        if any(route.name == fixed.name for fixed in self._fixed):
            raise InputError(f"route {route.name} is set in routes.yml; change it there")
        expect_ids(self._storyline, route.tracks, route.holders)
        if self._storyline.without_positions(route.tracks, route.holders):
            held, on = ", ".join(route.holders), ", ".join(route.tracks) or "any track"
            raise InputError(f"{held} holds no position on {on}, so nothing would be told; name others")
        for field, what in route.contradictions():
            raise InputError(f"{field}: {what}")
        with self._turn:  # two people in two channels must not overwrite each other's route
            had = any(made.name == route.name and made.digest for made in self._made)
            with self._store.unit() as unit:
                unit.save_route(route)
                if route.digest and not had:
                    # How far digests had come that were ended long ago must not bring one about all the time since.
                    unit.save_digest(settle(route, None, now)[0])
                unit.save_audit(_entry(now, route.author, act, route, about_route(route)))
            self._made = (*(made for made in self._made if made.name != route.name), route)

    def remove(self, platform: str, channel: str, author: str, now: datetime) -> bool:
        """Remove the routes that people made to one channel, and record it; return whether there was any.

        Raises:
            InputError: only YAML's routes lead there.
        """
        with self._turn:
            routes = self.of(platform, channel)
            made = [route for route in routes if route in self._made]
            if routes and not made:
                raise InputError(f"route {routes[0].name} is set in routes.yml; remove it there")
            with self._store.unit() as unit:
                for route in made:
                    unit.remove_route(route.name, author)
                    unit.save_audit(_entry(now, author, Act.UNSUBSCRIBE, route, route.name))
            self._made = tuple(route for route in self._made if route not in made)
            return bool(made)


def about_route(route: Route) -> str:
    """Return what a route brings in few words, by its ids."""
    parts = [", ".join(route.tracks) or "all tracks", ", ".join(route.holders)]
    parts += [f"from {route.min_severity.name.lower()}", "" if route.signals else "no signals"]
    parts += [f"quiet {route.quiet.start:%H:%M}-{route.quiet.end:%H:%M}" if route.quiet else ""]
    parts += [f"digest {' '.join(f'{time:%H:%M}' for time in route.digest)} {route.timezone}" if route.digest else ""]
    parts += ["digests only" if route.digest_only else ""]
    return "; ".join(part for part in parts if part)


def _entry(now: datetime, author: str, act: Act, route: Route, about: str) -> AuditEntry:
    return AuditEntry(now, author, act, route.platform, route.channel, about)
