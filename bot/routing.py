"""Who is told of an alert?

Refuses to do: an alert is weighed in bot/severity.py and rendered by its platform.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import Alert, Route


def routes_for(alert: Alert, routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the routes whose channels get this version of an alert, in the order given.

    Those that wake somebody from a higher severity on come back without the mention.
    """
    return tuple(_waking(route, alert) for route in routes if wants(route, alert))


def unwaking(routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the routes as they serve what wakes nobody, such as a brief."""
    return tuple(replace(route, mention="") for route in routes)


def wants(route: Route, alert: Alert) -> bool:
    """Tell whether a channel gets an alert.

    A channel without signals hears of a development once it is confirmed; a channel that was told of one is told how
    it ends, which deliveries already made see to.
    """
    if route.tracks and alert.track not in route.tracks:
        return False
    if route.holders and alert.holder not in route.holders:
        return False
    if alert.severity < route.min_severity:
        return False
    return route.signals or alert.confirmed


def _waking(route: Route, alert: Alert) -> Route:
    return route if alert.severity >= route.mention_from else replace(route, mention="")
