"""Where does every ledger stand, and what was it folded from before its evidence?

Refuses to do: nothing is folded here (bot/ledger/).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, select

from bot.domain import Standing
from bot.store.columns import STANDING
from bot.store.dialect import insert_into
from bot.store.schema import first_openings, openings, standings

_LEDGER = ["track", "holder"]


def opening(connection: Connection, track: str, holder: str) -> tuple[Standing, datetime] | None:
    """Return the snapshot of one ledger and up to when it holds, None before the first."""
    return _opening(connection, openings, track, holder)


def first_opening(connection: Connection, track: str, holder: str) -> tuple[Standing, datetime] | None:
    """Return what one ledger was opened with and when, before any reading was settled; None before that."""
    return _opening(connection, first_openings, track, holder)


def save_opening(connection: Connection, standing: Standing, until: datetime) -> None:
    """Replace that snapshot; the first one of a ledger is kept beside it for good."""
    changed = {"until": until, "value": STANDING.dump(standing)}
    ledger = {"track": standing.track, "holder": standing.holder}
    first = insert_into(connection, first_openings).values(**ledger, **changed)
    connection.execute(first.on_conflict_do_nothing())
    row = insert_into(connection, openings).values(**ledger, **changed)
    connection.execute(row.on_conflict_do_update(index_elements=_LEDGER, set_=changed))


def every(connection: Connection) -> tuple[Standing, ...]:
    """Return where every ledger stands, by (track, holder)."""
    query = select(standings.c.value).order_by(standings.c.track, standings.c.holder)
    return tuple(STANDING.load(value) for value in connection.execute(query).scalars())


def save_standing(connection: Connection, standing: Standing) -> None:
    """Replace where one ledger stands."""
    changed = {"value": STANDING.dump(standing)}
    row = insert_into(connection, standings).values(track=standing.track, holder=standing.holder, **changed)
    connection.execute(row.on_conflict_do_update(index_elements=_LEDGER, set_=changed))


def _opening(connection: Connection, table: Table, track: str, holder: str) -> tuple[Standing, datetime] | None:
    query = select(table.c.value, table.c.until).where(table.c.track == track, table.c.holder == holder)
    row = connection.execute(query).first()
    return None if row is None else (STANDING.load(row.value), row.until)
