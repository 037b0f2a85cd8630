"""Which routes are there now: those of YAML and those that people made in chat?

YAML wins where it names the same route. What people make is stored with its author and holds from the next decision.

Refuses to do: who may make a route is the platform's to ask; who gets an alert is decided in bot/routing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from bot.domain import Route, Storyline
from bot.errors import InputError
from bot.ports import Store

YAML = "yaml"


class RouteBook:
    """The routes of one bot. `save` and `remove` block: call them off the event loop.

    Args:
        fixed: of routes.yml.
    """

    def __init__(self, storyline: Storyline, store: Store, fixed: Sequence[Route]) -> None:
        self._tracks = {track.id for track in storyline.tracks}
        self._holders = {holder.id for holder in storyline.holders}
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

    def save(self, route: Route) -> None:
        """Add or replace a route that a person made.

        Raises:
            InputError: YAML names this route, or a track or holder in it is unknown.
        """
        if any(route.name == fixed.name for fixed in self._fixed):
            raise InputError(f"route {route.name} is set in routes.yml; change it there")
        for what, given, known in (("track", route.tracks, self._tracks), ("holder", route.holders, self._holders)):
            if unknown := [name for name in given if name not in known]:
                raise InputError(f"no {what} {unknown[0]!r}; there are: {', '.join(sorted(known))}")
        with self._turn:  # two people in two channels must not overwrite each other's route
            self._store.save_route(route)
            self._made = (*(made for made in self._made if made.name != route.name), route)

    def remove(self, platform: str, channel: str, author: str) -> bool:
        """Remove the routes that people made to one channel; return whether there was any.

        Raises:
            InputError: only YAML's routes lead there.
        """
        with self._turn:
            routes = self.of(platform, channel)
            made = [route for route in routes if route in self._made]
            if routes and not made:
                raise InputError(f"route {routes[0].name} is set in routes.yml; remove it there")
            for route in made:
                self._store.remove_route(route.name, author)
            self._made = tuple(route for route in self._made if route not in made)
            return bool(made)
