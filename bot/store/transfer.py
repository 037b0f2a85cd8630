"""How does everything that one database holds come into another, whole and unchanged?

    source, one snapshot ─→ target's tables made anew at the source's schema ─→ rows ─→ each row compared
                         ─→ the schema brought up to date; all of it in one transaction of the target

It works from the tables as the source has them, so a backup of an older version needs no program of that version.

Refuses to do: a target that holds something is left alone unless told to replace it; tables that are not ours are
never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from itertools import zip_longest
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import BigInteger, Connection, Integer, MetaData, Table, Text, func, inspect, select, text

from bot.errors import InputError, StoreError
from bot.store.dialect import database, place
from bot.store.migrations import scripts, upgrade
from bot.store.schema import metadata

VERSION_TABLE = "alembic_version"
OURS = frozenset({*metadata.tables, VERSION_TABLE})
ROWS_AT_ONCE = 2000

Rows = list[dict[str, Any]]

Step = Callable[[int], None]
"""Called with a number of rows that are done; each row is done twice, stored and compared."""


def revision_of(connection: Connection) -> str | None:
    """Return the schema of a database, None when it has none yet; StoreError when a newer version wrote it."""
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and present not in {script.revision for script in scripts().walk_revisions()}:
        raise StoreError(
            f"database {place(connection.engine.url)} has schema {present!r}, which a newer version of Stancewatch "
            "wrote; upgrade Stancewatch, or restore a backup from before"
        )
    return present


def tables_of(connection: Connection) -> list[Table]:
    """Return our tables as a database has them, those that others refer to first; without the schema's version."""
    found = MetaData()
    names = OURS & set(inspect(connection).get_table_names())
    found.reflect(connection, only=sorted(names - {VERSION_TABLE}))
    return found.sorted_tables


def rows_in(connection: Connection) -> int:
    """Return how many rows all our tables hold."""
    counts = (connection.execute(select(func.count()).select_from(table)) for table in tables_of(connection))
    return sum(count.scalar_one() for count in counts)


def bring_up_to_date(connection: Connection, revision: str = "head") -> None:
    """Run the missing steps up to a schema, within the connection's transaction."""
    upgrade(connection, revision)
    database(connection.engine.url).after_upgrade(connection, sorted(metadata.tables))


def transfer(source: Connection, target: Connection, step: Step, *, replace: bool, to_head: bool = True) -> int:
    """Make `target` hold what `source` holds; return how many rows there are.

    Args:
        source: reads one snapshot.
        target: in a transaction that writes; nothing has happened unless it is committed.
        replace: what the target holds is deleted.
        to_head: bring the target up to today's schema at the end.

    Raises:
        InputError: the source holds nothing, or the target something.
        StoreError: a row has changed on its way, or the source is of a newer version.
    """
    revision = revision_of(source)
    if revision is None:
        raise InputError(f"database {place(source.engine.url)} holds nothing of Stancewatch's; name another")
    if not replace and rows_in(target):
        raise InputError(
            f"database {place(target.engine.url)} is not empty; name another, or give --replace to delete what it holds"
        )
    _drop(target)
    bring_up_to_date(target, revision)
    done = sum(_copied(source, target, table, step) for table in tables_of(source))
    if to_head:
        bring_up_to_date(target)
    return done


def _drop(target: Connection) -> None:
    for table in reversed(tables_of(target)):
        table.drop(target)
    target.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))


def _copied(source: Connection, target: Connection, table: Table, step: Step) -> int:
    done, kind = 0, database(target.engine.url)
    # A step may have left rows of its own.
    target.execute(table.delete())
    with closing(_batches(source, table)) as batches:
        for rows in batches:
            kind.insert_many(target, table, rows)
            done += len(rows)
            step(len(rows))
    _count_on(target, table)
    place_of = f"{table.name} of {place(target.engine.url)}"
    with closing(_batches(source, table)) as originals, closing(_batches(target, table)) as copies:
        nothing: Rows = []
        for ours, theirs in zip_longest(originals, copies, fillvalue=nothing):
            if ours != theirs:
                difference = _difference(table, ours, theirs)
                raise StoreError(f"{place_of}: {difference}; nothing was changed, please report it")
            step(len(ours))
    return done


def _batches(connection: Connection, table: Table) -> Generator[Rows, None, None]:
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def _difference(table: Table, ours: Rows, theirs: Rows) -> str:
    """Return which row differs, by its key alone: what it holds belongs in no message."""
    nothing: dict[str, Any] = {}
    for one, other in zip_longest(ours, theirs, fillvalue=nothing):
        if one != other:
            key = "/".join(str((one or other)[column.name]) for column in table.primary_key.columns)
            return f"row {key} came out differently"
    return "the rows came out differently"


def _count_on(target: Connection, table: Table) -> None:
    """Let the numbers that a database gives by itself go on behind those that were copied."""
    counted = [
        c for c in table.primary_key.columns if isinstance(c.type, Integer) and not isinstance(c.type, BigInteger)
    ]
    if target.dialect.name != "postgresql" or len(table.primary_key.columns) != 1 or not counted:
        return
    sequence = func.pg_get_serial_sequence(text(f"'{table.name}'"), text(f"'{counted[0].name}'"))
    highest = select(func.coalesce(func.max(counted[0]), 0) + 1).scalar_subquery()
    target.execute(select(func.setval(sequence.cast(Text), highest, False)))
