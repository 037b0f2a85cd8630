"""What waits, what is done, and what may be forgotten?

Refuses to do: what an alert, a ledger or a person's word rests on is never forgotten, however old.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from bot.domain import DeliveryState, NoticeKind, Vitals
from bot.store import sources
from bot.store.columns import EPOCH
from bot.store.faults import LastChange
from bot.store.schema import alert_articles, alerts, articles, briefs, deliveries, evidence, pages, resting_channels
from bot.store.schema import sources as sources_table

_ROW = deliveries.c
_REST = resting_channels.c

Transaction = Callable[[], AbstractContextManager[Connection]]


class Upkeep:
    """Answers bot.ports.StoreUpkeep.

    Args:
        reading, writing: open a transaction of that kind.
        last: what came of the last change.
    """

    def __init__(self, reading: Transaction, writing: Transaction, last: LastChange) -> None:
        self._reading = reading
        self._writing = writing
        self._last = last

    def trouble(self) -> str:
        """Return what kept the last change from being stored; "" when it was stored."""
        return self._last.trouble

    def vitals(self, now: datetime) -> Vitals:
        """Return what is done and what waits."""
        with self._reading() as connection:
            watched = [state for source, state in sources.every(connection) if source.enabled and not state.retired]
            # Those to be polled at once come first and bear no hour: of the others' lag they say nothing.
            due = [state.next_due for state in watched]
            timed = [hour for hour in due if hour > EPOCH] or due
            return Vitals(
                deliveries=_by(connection, _ROW.state),
                alerts=_by(connection, alerts.c.state),
                waiting_since=_waiting_since(connection, now),
                overdue_since=min((hour for hour in timed if hour <= now), default=None),
                sources=len(watched),
                failing=sum(bool(state.last_error) for state in watched),
            )

    def switched_off(self) -> frozenset[str]:
        """Return the keys of YAML's sources that people have switched off, whatever YAML says of them."""
        with self._reading() as connection:
            return frozenset(connection.scalars(select(sources_table.c.key).where(sources_table.c.disabled_by != "")))

    def forget(self, before: datetime, limit: int) -> int:
        """Delete at most `limit` articles and briefs from before; return how many there were."""
        with self._writing() as connection:
            forgotten = _forget_articles(connection, before, limit)
            return forgotten + _forget_briefs(connection, before, limit - forgotten)


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each kind of thing has, and the deliveries by state."""
    tables = (sources_table, articles, evidence, alerts, briefs)
    rows = {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}
    by_state = _by(connection, _ROW.state)
    return rows | {f"deliveries_{state.value}": by_state.get(state.value, 0) for state in DeliveryState}


def _by(connection: Connection, state: ColumnElement[str]) -> dict[str, int]:
    counted = connection.execute(select(state, func.count()).group_by(state))
    return {row[0]: row[1] for row in counted}


def _waiting_since(connection: Connection, now: datetime) -> datetime | None:
    rests = exists().where(_REST.platform == _ROW.platform, _REST.channel == _ROW.channel, _REST.until > now)
    due = _ROW.state == DeliveryState.PENDING.value, _ROW.due <= now, ~rests
    return connection.execute(select(func.min(_ROW.due)).where(*due)).scalar()


def _forget_articles(connection: Connection, before: datetime, limit: int) -> int:
    carries = select(evidence.c.id).where(evidence.c.article == articles.c.key).exists()
    named = select(alert_articles.c.alert).where(alert_articles.c.article == articles.c.key).exists()
    old = select(articles.c.key).where(articles.c.seen < before, ~carries, ~named).order_by(articles.c.seen)
    gone = list(connection.execute(old.limit(limit)).scalars())
    connection.execute(delete(pages).where(pages.c.article.in_(gone)))
    return connection.execute(delete(articles).where(articles.c.key.in_(gone))).rowcount


def _forget_briefs(connection: Connection, before: datetime, limit: int) -> int:
    of_brief = _ROW.kind == NoticeKind.BRIEF.value, _ROW.subject == briefs.c.id
    waits = select(_ROW.id).where(*of_brief, _ROW.state == DeliveryState.PENDING.value).exists()
    old = select(briefs.c.id).where(briefs.c.as_of < before, ~waits).order_by(briefs.c.as_of).limit(limit)
    gone = list(connection.execute(old).scalars())
    if gone:
        asked = _ROW.kind == NoticeKind.BRIEF.value, _ROW.subject.in_(gone)
        connection.execute(delete(deliveries).where(*asked))
        connection.execute(delete(briefs).where(briefs.c.id.in_(gone)))
    return len(gone)
