"""Which channels take nothing, as the other platforms are told it?

Refuses to do: what is due when stands in outbox.py; a trouble says only since when, why, and until when.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.domain import Trouble
from bot.store.columns import TROUBLE
from bot.store.dialect import insert_into
from bot.store.schema import troubles


def save(connection: Connection, trouble: Trouble) -> None:
    """Store a trouble, or a newer version of one."""
    row = {
        "platform": trouble.platform,
        "channel": trouble.channel,
        "open": trouble.resumed is None,
        "version": trouble.version,
        "at": trouble.at,
        "value": TROUBLE.dump(trouble),
    }
    new = insert_into(connection, troubles).values(id=trouble.id, **row)
    newer = troubles.c.version < trouble.version
    connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row, where=newer))


def open_in(connection: Connection, platform: str, channel: str) -> Trouble | None:
    """Return the trouble of a channel that has not resumed; None when there is none."""
    row = troubles.c
    query = select(row.value).where(row.platform == platform, row.channel == channel, row.open)
    value = connection.execute(query.order_by(row.at.desc()).limit(1)).scalar()
    return None if value is None else TROUBLE.load(value)
