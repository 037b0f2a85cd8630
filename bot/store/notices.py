"""Which alerts, briefs and troubles are there, in which state, and what happened to them?

An alert's present state is one row; every version it ever had is kept beside it.

Refuses to do: a version that is stored already, or older than the stored one, changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from bot.domain import Alert, Brief, News, Notice, NoticeKind, Trouble
from bot.store.columns import ALERT, BRIEF, TROUBLE, Json
from bot.store.dialect import insert_into
from bot.store.schema import alert_articles, alert_events, alerts, briefs, troubles

_KEPT: Mapping[NoticeKind, tuple[Table, Json[Alert] | Json[Brief] | Json[Trouble]]] = {
    NoticeKind.ALERT: (alerts, ALERT),
    NoticeKind.BRIEF: (briefs, BRIEF),
    NoticeKind.TROUBLE: (troubles, TROUBLE),
}
"""Where the notices of each kind stand, and how they are read."""


def save_alert(connection: Connection, alert: Alert) -> None:
    """Store a new alert, or a new version of one with its event."""
    row = _alert_row(alert)
    present = insert_into(connection, alerts).values(id=alert.id, **row)
    newer = present.on_conflict_do_update(index_elements=["id"], set_=row, where=alerts.c.version < alert.version)
    if connection.execute(newer.returning(alerts.c.id)).first() is None:
        return
    event = {name: row[name] for name in ("version", "event", "state", "at", "value")}
    connection.execute(insert_into(connection, alert_events).values(alert=alert.id, reason=alert.reason, **event))
    for article in dict.fromkeys(e.article for e in (*alert.evidence, *alert.against)):
        link = insert_into(connection, alert_articles).values(alert=alert.id, article=article)
        connection.execute(link.on_conflict_do_nothing())


def alerts_of(connection: Connection, track: str, holder: str, since: datetime | None) -> tuple[Alert, ...]:
    """Return alerts in their present state by time posted; an empty track or holder means every one."""
    query = select(alerts.c.value).order_by(alerts.c.posted, alerts.c.id)
    if track:
        query = query.where(alerts.c.track == track)
    if holder:
        query = query.where(alerts.c.holder == holder)
    if since is not None:
        query = query.where(alerts.c.at >= since)
    return _alerts(connection, query)


def alerted(connection: Connection, since: datetime) -> frozenset[tuple[str, str]]:
    """Return the ledgers, as (track, holder), of the alerts whose latest event is not before `since`."""
    query = select(alerts.c.track, alerts.c.holder).where(alerts.c.at >= since)
    return frozenset((row.track, row.holder) for row in connection.execute(query))


def newest_alerts(connection: Connection, since: datetime) -> tuple[Alert, ...]:
    """Return alerts whose latest event is not before `since`, the newest event first."""
    query = select(alerts.c.value).where(alerts.c.at >= since).order_by(alerts.c.at.desc(), alerts.c.id)
    return _alerts(connection, query)


def alerts_on(connection: Connection, article: str) -> tuple[Alert, ...]:
    """Return the alerts that an article carries or speaks against, by time posted."""
    query = (
        select(alerts.c.value)
        .join(alert_articles, alert_articles.c.alert == alerts.c.id)
        .where(alert_articles.c.article == article)
        .order_by(alerts.c.posted, alerts.c.id)
    )
    return _alerts(connection, query)


def versions(connection: Connection, alert: str) -> tuple[Alert, ...]:
    """Return every version of one alert, the first one first."""
    events = alert_events.c
    return _alerts(connection, select(events.value).where(events.alert == alert).order_by(events.version))


def save_brief(connection: Connection, brief: Brief) -> None:
    """Store a brief, or a newer version of one."""
    row = {"version": brief.version, "as_of": brief.as_of, "value": BRIEF.dump(brief)}
    new = insert_into(connection, briefs).values(id=brief.id, **row)
    connection.execute(
        new.on_conflict_do_update(index_elements=["id"], set_=row, where=briefs.c.version < brief.version)
    )


def find(connection: Connection, kind: NoticeKind, subject: str) -> Notice | News:
    """Return a notice in its present state; KeyError when there is none."""
    if kind is NoticeKind.NEWS:
        return _news(connection, subject)
    table, written = _KEPT[kind]
    value = connection.execute(select(table.c.value).where(table.c.id == subject)).scalar()
    if value is None:
        raise KeyError(f"no {kind.value} {subject!r}")
    return written.load(value)


def _news(connection: Connection, subject: str) -> News:
    """Return what is told of the step that an id names, as the versions of its alert have it."""
    try:
        alert, known, version = News.read(subject)
        kept = {one.version: one for one in versions(connection, alert)}
        return News(kept[version], kept[known].state, known=known)
    except (KeyError, ValueError) as error:
        raise KeyError(f"no {NoticeKind.NEWS.value} {subject!r}") from error


def _alert_row(alert: Alert) -> dict[str, Any]:
    return {
        "version": alert.version,
        "state": alert.state.value,
        "event": alert.event.value,
        "at": alert.at,
        "posted": alert.posted,
        "track": alert.track,
        "holder": alert.holder,
        "to_rung": alert.to_rung,
        "severity": int(alert.severity),
        "value": ALERT.dump(alert),
    }


def _alerts(connection: Connection, query: Select[Any]) -> tuple[Alert, ...]:
    return tuple(ALERT.load(value) for value in connection.execute(query).scalars())
