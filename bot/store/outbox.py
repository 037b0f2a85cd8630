"""Which channel has still to be shown what?

One delivery is one notice in one channel, however many routes lead there. It is pending while the version that is
wanted is newer than the one the channel shows.

Refuses to do: nothing is sent here, and when to try again is decided by bot/attempts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Case, Connection, Select, and_, case, exists, func, literal, select, update

from bot.domain import Delivery, DeliveryState, NoticeKind, PausedChannel, Route
from bot.store.columns import UtcMicros
from bot.store.dialect import insert_into
from bot.store.schema import deliveries, resting_channels

_ROW = deliveries.c
_REST = resting_channels.c
_PENDING = DeliveryState.PENDING.value
_SENT = DeliveryState.SENT.value
_FAILED = DeliveryState.FAILED.value


def enqueue(
    connection: Connection, kind: NoticeKind, subject: str, version: int, routes: Sequence[Route], due: datetime
) -> None:
    """Ask every channel that was asked before, and those of `routes`, to show this version; see `Unit.enqueue`."""
    newer = {
        "wanted": version,
        "state": _PENDING,
        # A try that failed keeps its wait: the platform may have asked for it.
        "due": case((and_(_ROW.attempts > 0, _ROW.due > due), _ROW.due), else_=literal(due, UtcMicros)),
    }
    connection.execute(
        update(deliveries).where(_ROW.kind == kind.value, _ROW.subject == subject, _ROW.wanted < version).values(newer)
    )
    for route in routes:
        row = {
            "kind": kind.value,
            "subject": subject,
            "route": route.name,
            "platform": route.platform,
            "channel": route.channel,
            "language": route.language,
            "timezone": route.timezone,
            "mention": route.mention,
            "state": _PENDING,
            "wanted": version,
            "sent": 0,
            "ref": "",
            "attempts": 0,
            "due": due,
            "error": "",
        }
        connection.execute(insert_into(connection, deliveries).values(row).on_conflict_do_nothing())


def due(connection: Connection, now: datetime, limit: int) -> tuple[Delivery, ...]:
    """Return what is pending and due in channels that do not rest, fair between channels, in order within each.

    The first of every channel come before the second of any, so that a full channel does not crowd out the others.
    """
    turn = func.row_number().over(partition_by=(_ROW.platform, _ROW.channel), order_by=_ROW.id)
    rests = exists().where(_REST.platform == _ROW.platform, _REST.channel == _ROW.channel, _REST.until > now)
    waiting = select(deliveries, turn.label("turn")).where(_ROW.state == _PENDING, _ROW.due <= now, ~rests).subquery()
    query = select(*(waiting.c[column.name] for column in _ROW))
    return _read(connection, query.order_by(waiting.c.turn, waiting.c.id).limit(limit))


def of(connection: Connection, kind: NoticeKind, subject: str) -> tuple[Delivery, ...]:
    """Return every delivery of one notice, in the order they were asked for."""
    query = select(deliveries).where(_ROW.kind == kind.value, _ROW.subject == subject).order_by(_ROW.id)
    return _read(connection, query)


def paused(connection: Connection) -> tuple[PausedChannel, ...]:
    """Return the channels in which something failed and waits, by platform and channel."""
    failing = (_ROW.state == _PENDING) & (_ROW.error != "")
    query = (
        select(_ROW.platform, _ROW.channel, func.max(_ROW.error), func.min(_ROW.due), func.count())
        .where(failing)
        .group_by(_ROW.platform, _ROW.channel)
        .order_by(_ROW.platform, _ROW.channel)
    )
    return tuple(PausedChannel(*row) for row in connection.execute(query))


def mark_sent(connection: Connection, delivery: Delivery, version: int, ref: str) -> None:
    """Record what the channel shows; the delivery stays pending when a newer version is wanted by now."""
    _mark(connection, delivery, sent=version, ref=ref, attempts=0, error="", state=_settled(version))


def mark_needless(connection: Connection, delivery: Delivery, version: int, reason: str) -> None:
    """Record that this version is not shown and why; a newer one that is wanted by now is still tried."""
    _mark(connection, delivery, attempts=0, error=reason, state=_settled(version))


def mark_retry(connection: Connection, delivery: Delivery, again: datetime, error: str, *, hold: bool) -> None:
    """Record a try that failed for now; with `hold` the whole channel rests until then."""
    _mark(connection, delivery, attempts=_ROW.attempts + 1, due=again, error=error)
    if hold:
        channel = {"platform": delivery.platform, "channel": delivery.channel}
        row = insert_into(connection, resting_channels).values(until=again, **channel)
        connection.execute(row.on_conflict_do_update(index_elements=list(channel), set_={"until": again}))


def mark_failed(connection: Connection, delivery: Delivery, error: str) -> None:
    """Record that this version cannot be shown; a newer one that is wanted by now is still tried."""
    state = case((_ROW.wanted > delivery.wanted, _PENDING), else_=_FAILED)
    _mark(connection, delivery, attempts=_ROW.attempts + 1, error=error, state=state)


def _settled(version: int) -> Case[str]:
    return case((_ROW.wanted > version, _PENDING), else_=_SENT)


def _mark(connection: Connection, delivery: Delivery, **changed: object) -> None:
    connection.execute(update(deliveries).where(_ROW.id == delivery.id).values(**changed))


def _read(connection: Connection, query: Select[Any]) -> tuple[Delivery, ...]:
    rows = (dict(row) for row in connection.execute(query).mappings())
    return tuple(
        Delivery(**row | {"kind": NoticeKind(row["kind"]), "state": DeliveryState(row["state"])}) for row in rows
    )
