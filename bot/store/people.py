"""What do people want to be spared, what digests have they had, and what do they say of alerts?

A mute that ended, and a verdict that was replaced, stay as rows: it can be said who asked for what, and when.

Refuses to do: what a mute keeps away is decided in bot/routing.py.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select

from bot.domain import DigestMark, Feedback, Mute
from bot.store.columns import FEEDBACK, MUTE
from bot.store.dialect import insert_into
from bot.store.schema import digests, feedback, mutes


def save_mute(connection: Connection, mute: Mute) -> None:
    """Store a mute, or what has become of one."""
    names = ("platform", "channel", "at", "until", "ended")
    row = {name: getattr(mute, name) for name in names} | {"value": MUTE.dump(mute)}
    new = insert_into(connection, mutes).values(id=mute.id, **row)
    connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row))


def mutes_at(connection: Connection, now: datetime) -> tuple[Mute, ...]:
    """Return the mutes that hold, by the time they were asked for."""
    holds = mutes.c.ended.is_(None), or_(mutes.c.until.is_(None), mutes.c.until > now)
    query = select(mutes.c.value).where(*holds).order_by(mutes.c.at, mutes.c.id)
    return tuple(MUTE.load(value) for value in connection.execute(query).scalars())


def save_digest(connection: Connection, mark: DigestMark) -> None:
    """Remember how far the digests of a route have come."""
    row = {"plan": mark.plan, "slot": mark.slot, "since": mark.since}
    new = insert_into(connection, digests).values(route=mark.route, **row)
    connection.execute(new.on_conflict_do_update(index_elements=["route"], set_=row))


def all_digests(connection: Connection) -> tuple[DigestMark, ...]:
    """Return how far the digests of every route have come, by route."""
    return tuple(DigestMark(**row) for row in connection.execute(select(digests).order_by(digests.c.route)).mappings())


def save_feedback(connection: Connection, given: Feedback) -> None:
    """Store a verdict; the last of one person on one alert holds."""
    row = {"alert": given.alert, "person": given.person, "at": given.at, "value": FEEDBACK.dump(given)}
    connection.execute(insert(feedback).values(row))


def present_feedback(connection: Connection, alert: str) -> tuple[Feedback, ...]:
    """Return everybody's present verdict, on one alert or with "" on all, by time."""
    last = select(func.max(feedback.c.id)).group_by(feedback.c.alert, feedback.c.person)
    if alert:
        last = last.where(feedback.c.alert == alert)
    query = select(feedback.c.value).where(feedback.c.id.in_(last)).order_by(feedback.c.at, feedback.c.id)
    return tuple(FEEDBACK.load(value) for value in connection.execute(query).scalars())


def feedback_history(connection: Connection, alert: str, person: str) -> tuple[Feedback, ...]:
    """Return every verdict that a person gave on an alert, the first one first."""
    asked = feedback.c.alert == alert, feedback.c.person == person
    query = select(feedback.c.value).where(*asked).order_by(feedback.c.id)
    return tuple(FEEDBACK.load(value) for value in connection.execute(query).scalars())
