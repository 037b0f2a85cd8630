"""Which channel has still to be shown what?

One delivery is one notice in one channel, however many routes lead there. It is pending while the version that is
wanted is newer than the one the channel shows.

Refuses to do: nothing is sent here, and when to try again is decided by bot/attempts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Case, Connection, Select, and_, case, exists, func, literal, or_, select, update

from bot.domain import Delivery, DeliveryState, News, NoticeKind, PausedChannel, Route
from bot.store.columns import UtcMicros
from bot.store.dialect import insert_into
from bot.store.schema import deliveries, resting_channels

_ROW = deliveries.c
_REST = resting_channels.c
_PENDING = DeliveryState.PENDING.value
_SENT = DeliveryState.SENT.value
_FAILED = DeliveryState.FAILED.value
LONGEST_WAIT = timedelta(days=2)
"""Longer than any try is put off; what waits longer, and is not held, was put off by a clock that was wrong."""

SURE = {"tried": None, "key": 0, "unsure_until": None, "showing": 0}
"""What a delivery has whose last try is not in doubt."""
_REFUSED = SURE | {"showing": case((_ROW.ref != "", _ROW.showing), else_=0)}
"""The same where it was not taken: what joins a message may have been shown in it by a try before, unanswered."""
_CHANNEL_OF_NOTICE = ("kind", "subject", "platform", "channel")


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
    firsts = {(route.platform, route.channel): route for route in reversed(routes)}
    for route in reversed(firsts.values()):
        looks = {
            "route": route.name,
            "language": route.language,
            "timezone": route.timezone,
            "mention": route.mention,
        }
        row = _asked(kind, subject, version, due) | {"platform": route.platform, "channel": route.channel}
        new = insert_into(connection, deliveries).values(row | looks)
        # What is not shown yet is shown as its route has it now: a signal confirmed at night wakes in the morning.
        asked = list(_CHANNEL_OF_NOTICE)
        connection.execute(new.on_conflict_do_update(index_elements=asked, set_=looks, where=_ROW.ref == ""))


def enqueue_news(connection: Connection, shown: Delivery, news: News, ref: str, due: datetime) -> None:
    """Ask that the thread of a message is told what has become of its alert; asked before, it stays as it is."""
    row = {
        "platform": shown.platform,
        "channel": shown.channel,
        "route": shown.route,
        "language": shown.language,
        "timezone": shown.timezone,
        "mention": news.mention,
        "thread": ref,
    }
    new = insert_into(connection, deliveries).values(_asked(NoticeKind.NEWS, news.id, news.version, due) | row)
    connection.execute(new.on_conflict_do_nothing())


def _asked(kind: NoticeKind, subject: str, version: int, due: datetime) -> dict[str, Any]:
    """Return what every delivery begins with."""
    return {
        "kind": kind.value,
        "subject": subject,
        "state": _PENDING,
        "wanted": version,
        "sent": 0,
        "ref": "",
        "attempts": 0,
        "due": due,
        "error": "",
    }


def due(connection: Connection, now: datetime, limit: int) -> tuple[Delivery, ...]:
    """Return what is pending and due in channels that do not rest, fair between channels, in order within each.

    The first of every channel come before the second of any, so that a full channel does not crowd out the others.
    """
    turn = func.row_number().over(partition_by=(_ROW.platform, _ROW.channel), order_by=_ROW.id)
    here = _REST.platform == _ROW.platform, _REST.channel == _ROW.channel
    rests = exists().where(*here, _REST.until > now, _REST.until <= now + LONGEST_WAIT)
    put_off = and_(_ROW.due > now + LONGEST_WAIT, func.coalesce(_ROW.held, "") == "")
    is_due = _ROW.state == _PENDING, or_(_ROW.due <= now, put_off), ~rests
    waiting = select(deliveries, turn.label("turn")).where(*is_due).subquery()
    query = select(*(waiting.c[column.name] for column in _ROW))
    return read(connection, query.order_by(waiting.c.turn, waiting.c.id).limit(limit))


def of(connection: Connection, kind: NoticeKind, subject: str) -> tuple[Delivery, ...]:
    """Return every delivery of one notice, in the order they were asked for."""
    query = select(deliveries).where(_ROW.kind == kind.value, _ROW.subject == subject).order_by(_ROW.id)
    return read(connection, query)


def message(connection: Connection, delivery: Delivery) -> tuple[Delivery, ...]:
    """Return the alerts that share a message, in the order in which they came into it."""
    shared = _ROW.ref == delivery.ref, _ROW.platform == delivery.platform, _ROW.channel == delivery.channel
    query = select(deliveries).where(*shared, _ROW.kind == NoticeKind.ALERT.value)
    return read(connection, query.order_by(_ROW.posted, _ROW.id))


def last_message(connection: Connection, platform: str, channel: str, since: datetime) -> tuple[Delivery, ...]:
    """Return the alerts of the message that last took one in a channel, not before `since`; empty for none."""
    here = _ROW.platform == platform, _ROW.channel == channel, _ROW.kind == NoticeKind.ALERT.value
    query = select(deliveries).where(*here, _ROW.posted >= since, _ROW.ref != "")
    found = read(connection, query.order_by(_ROW.posted.desc(), _ROW.id.desc()).limit(1))
    return message(connection, found[0]) if found else ()


def release(connection: Connection, platform: str, channel: str, now: datetime) -> None:
    """Let what is not shown yet in a channel, or with an empty one in every channel, be looked at again now."""
    # What has failed keeps its wait: the platform may have asked for it.
    waits = [_ROW.state == _PENDING, _ROW.ref == "", _ROW.attempts == 0]
    if channel:
        waits += [_ROW.platform == platform, _ROW.channel == channel]
    connection.execute(update(deliveries).where(*waits).values(due=now))


def paused(connection: Connection) -> tuple[PausedChannel, ...]:
    """Return the channels in which something failed and waits, by platform and channel."""
    # What was not needed bears its reason as an error, too, and was never tried.
    failing = (_ROW.state == _PENDING) & (_ROW.error != "") & (_ROW.attempts > 0)
    query = (
        select(_ROW.platform, _ROW.channel, func.max(_ROW.error), func.min(_ROW.due), func.count())
        .where(failing)
        .group_by(_ROW.platform, _ROW.channel)
        .order_by(_ROW.platform, _ROW.channel)
    )
    return tuple(PausedChannel(*row) for row in connection.execute(query))


def mark_sent(
    connection: Connection,
    shown: Sequence[tuple[Delivery, int]],
    ref: str,
    now: datetime,
    look: datetime | None,
    news: Sequence[tuple[Delivery, News]],
) -> None:
    """Record what a message shows, and that its thread is told `news`; see `Store.mark_sent`."""
    # A message stands where it was first posted, whatever is edited into it.
    posted = case((_ROW.ref == ref, _ROW.posted), else_=literal(now, UtcMicros))
    settled = {"ref": ref, "posted": posted, "attempts": 0, "error": "", "held": "", **SURE}
    for delivery, version in shown:
        _mark(connection, delivery, sent=version, state=_settled(version), **settled)
    if look is not None:
        _mark(connection, shown[0][0], look=look)
    for delivery, one in news:
        enqueue_news(connection, delivery, one, ref, now)


def mark_held(connection: Connection, delivery: Delivery, until: datetime, reason: str, *, anew: bool) -> None:
    """Record why a first post waits; one that was made due anew meanwhile stays due, and is looked at again."""
    forgotten = {"attempts": 0, "error": ""} if anew else {}
    as_seen = _ROW.id == delivery.id, _ROW.due == delivery.due, _ROW.wanted == delivery.wanted
    connection.execute(update(deliveries).where(*as_seen).values(due=until, held=reason, **forgotten))


def mark_needless(connection: Connection, delivery: Delivery, version: int, reason: str) -> None:
    """Record that this version is not shown and why; a newer one that is wanted by now is still tried."""
    _mark(connection, delivery, attempts=0, error=reason, held="", state=_settled(version), **SURE)


def mark_retry(
    connection: Connection, delivery: Delivery, again: datetime, error: str, *, hold: bool, unsure: datetime | None
) -> None:
    """Record a try that failed for now; with `hold` the whole channel rests until then.

    Args:
        unsure: until when what was tried may still show up; None when the platform has certainly not taken it.
    """
    doubt: dict[str, object] = {**_REFUSED} if unsure is None else {"unsure_until": unsure}
    _mark_companions(connection, delivery, due=again, **doubt)
    _mark(connection, delivery, attempts=_ROW.attempts + 1, due=again, error=error, **doubt)
    if hold:
        channel = {"platform": delivery.platform, "channel": delivery.channel}
        row = insert_into(connection, resting_channels).values(until=again, **channel)
        connection.execute(row.on_conflict_do_update(index_elements=list(channel), set_={"until": again}))


def mark_failed(connection: Connection, delivery: Delivery, error: str) -> None:
    """Record that this version cannot be shown; a newer one that is wanted by now is still tried."""
    state = case((_ROW.wanted > delivery.wanted, _PENDING), else_=_FAILED)
    _mark_companions(connection, delivery, due=delivery.due, **_REFUSED)
    _mark(connection, delivery, attempts=_ROW.attempts + 1, error=error, state=state, **_REFUSED)


def _settled(version: int) -> Case[str]:
    return case((_ROW.wanted > version, _PENDING), else_=_SENT)


def _mark(connection: Connection, delivery: Delivery, **changed: object) -> None:
    connection.execute(update(deliveries).where(_ROW.id == delivery.id).values(**changed))


def _mark_companions(connection: Connection, delivery: Delivery, **changed: object) -> None:
    """Change those that were tried in one message with a delivery, under its name."""
    tried = _ROW.key == delivery.id, _ROW.id != delivery.id, _ROW.state == _PENDING
    connection.execute(update(deliveries).where(*tried).values(**changed))


def read(connection: Connection, query: Select[Any]) -> tuple[Delivery, ...]:
    """Return the deliveries that a query of their whole rows finds."""
    rows = (dict(row) for row in connection.execute(query).mappings())
    return tuple(Delivery(**row | _written(row)) for row in rows)


def _written(row: dict[str, Any]) -> dict[str, object]:
    kind, state = NoticeKind(row["kind"]), DeliveryState(row["state"])
    return {"kind": kind, "state": state, "held": row["held"] or "", "thread": row["thread"] or ""}
