"""Where does every ledger stand, and what was it folded from before its evidence?

Refuses to do: nothing is folded here (bot/ledger/).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain import Standing
from bot.store.columns import STANDING
from bot.store.dialect import insert_into
from bot.store.schema import openings, standings

_LEDGER = ["track", "holder"]


def opening(connection: Connection, track: str, holder: str) -> tuple[Standing, datetime] | None:
    """Return the snapshot of one ledger and up to when it holds, None before the first."""
    query = select(openings.c.value, openings.c.until).where(openings.c.track == track, openings.c.holder == holder)
    row = connection.execute(query).first()
    return None if row is None else (STANDING.load(row.value), row.until)


def save_opening(connection: Connection, standing: Standing, until: datetime) -> None:
    """Replace that snapshot."""
    changed = {"until": until, "value": STANDING.dump(standing)}
    row = insert_into(connection, openings).values(track=standing.track, holder=standing.holder, **changed)
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
