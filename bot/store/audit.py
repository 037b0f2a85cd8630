"""Which changes did people make, and when?

Refuses to do: nothing is ever changed or deleted here.
"""

from __future__ import annotations

from sqlalchemy import Connection, and_, insert, or_, select

from bot.domain import AuditEntry
from bot.store.columns import AUDIT
from bot.store.schema import audit


def save(connection: Connection, entry: AuditEntry) -> None:
    """Record a change."""
    row = {"at": entry.at, "platform": entry.platform, "channel": entry.channel, "author": entry.author}
    connection.execute(insert(audit).values(**row, value=AUDIT.dump(entry)))


def latest(connection: Connection, platform: str, channel: str, limit: int) -> tuple[AuditEntry, ...]:
    """Return the latest changes that hold in a channel or everywhere, with both "" all of them, newest first."""
    query = select(audit.c.value).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
    if channel:
        here = and_(audit.c.platform == platform, audit.c.channel == channel)
        query = query.where(or_(here, audit.c.channel == ""))
    return tuple(AUDIT.load(value) for value in connection.execute(query).scalars())
