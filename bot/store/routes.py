"""Which routes did people make in chat?

A route that a person removed stays as a row with the remover's name, so that it can be said who did it.

Refuses to do: YAML's routes are never stored; who may make one is not asked here.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from bot.domain import Route
from bot.errors import InputError
from bot.store.columns import ROUTE
from bot.store.schema import routes


def every(connection: Connection) -> tuple[Route, ...]:
    """Return those that hold, by name."""
    query = select(routes.c.value).where(routes.c.removed_by == "").order_by(routes.c.name)
    return tuple(ROUTE.load(value) for value in connection.execute(query).scalars())


def save(connection: Connection, route: Route) -> None:
    """Add a route, or replace the one of its name."""
    row = {"author": route.author, "removed_by": "", "value": ROUTE.dump(route)}
    changed = connection.execute(update(routes).where(routes.c.name == route.name).values(**row))
    if not changed.rowcount:
        connection.execute(insert(routes).values(name=route.name, **row))


def remove(connection: Connection, name: str, author: str) -> None:
    """Let a route hold no longer; InputError when there is none."""
    held = (routes.c.name == name) & (routes.c.removed_by == "")
    if not connection.execute(update(routes).where(held).values(removed_by=author)).rowcount:
        raise InputError(f"no route {name!r} that was made in chat")
