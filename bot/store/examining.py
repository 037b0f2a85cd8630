"""Is a database whole, and can this version read everything in it?

Refuses to do: nothing is changed, an older schema included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from bot.errors import InputError, StoreError
from bot.store import columns, schema
from bot.store.dialect import make_engine, parse_url, place, require_file
from bot.store.faults import clear_errors
from bot.store.migrations import scripts
from bot.store.transfer import ROWS_AT_ONCE, Step, revision_of

VALUES: Mapping[tuple[Table, str], Callable[[str], object]] = {
    (schema.sources, "value"): columns.SOURCE.load,
    (schema.sources, "state"): columns.POLL_STATE.load,
    (schema.routes, "value"): columns.ROUTE.load,
    (schema.articles, "result"): columns.READ_RESULT.load,
    (schema.pages, "value"): columns.PAGE_STATE.load,
    (schema.evidence, "value"): columns.EVIDENCE.load,
    (schema.openings, "value"): columns.STANDING.load,
    (schema.first_openings, "value"): columns.STANDING.load,
    (schema.standings, "value"): columns.STANDING.load,
    (schema.alerts, "value"): columns.ALERT.load,
    (schema.alert_events, "value"): columns.ALERT.load,
    (schema.briefs, "value"): columns.BRIEF.load,
    (schema.troubles, "value"): columns.TROUBLE.load,
    (schema.mutes, "value"): columns.MUTE.load,
    (schema.feedback, "value"): columns.FEEDBACK.load,
    (schema.audit, "value"): columns.AUDIT.load,
}
"""Which columns hold a value of the domain, and how it is read; a test holds that none is missing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of a database and how it is.

    Args:
        trouble: what is wrong and what to do, "" when it is well.
    """

    part: str
    note: str = ""
    trouble: str = ""


def schema_of(url: str) -> tuple[str, str]:
    """Return the schema that a database has ("" for none yet) and the one of this version.

    Raises:
        StoreError: it was written by a newer version, or cannot be opened.
    """
    address = parse_url(url)
    engine = make_engine(address, durable=True)
    try:
        with clear_errors(address), engine.connect() as connection:
            return revision_of(connection) or "", scripts().get_current_head() or ""
    finally:
        engine.dispose()


def left_to_start(url: str) -> str:
    """Return what the next start does to a database first, in words; "" for nothing. Nothing is made here.

    Raises:
        StoreError: as for `schema_of`.
    """
    try:
        require_file(parse_url(url))
    except InputError:
        return "is not there yet; the first start makes it"
    present, head = schema_of(url)
    if present in {"", head}:
        return "" if present else "holds nothing yet; the first start fills it"
    return f"has schema {present}; the next start brings it to {head}, so back it up before (`stancewatch db backup`)"


def examine(url: str, counted: Callable[[int], Step]) -> Iterator[Finding]:
    """Yield how each part of a database is.

    Args:
        counted: given how many values are read, returns what counts them.

    Raises:
        InputError: the address names a file that is not there.
        StoreError: it was written by a newer version, or cannot be opened.
    """
    require_file(parse_url(url))
    present, head = schema_of(url)
    named = place(parse_url(url))
    if present != head:
        advice = f"database {named} has schema {present or 'none'}, this version needs {head}; `stancewatch db upgrade`"
        yield Finding("schema", trouble=advice)
        return
    yield Finding("schema", f"{head}, of this version")
    engine = make_engine(parse_url(url), durable=True)
    try:
        with clear_errors(engine.url), engine.connect() as connection:
            yield _file(connection)
            total = sum(_rows(connection, table) for table, _ in VALUES)
            step = counted(total)
            for (table, name), load in VALUES.items():
                yield _values(connection, table, name, load, step)
    finally:
        engine.dispose()


def _file(connection: Connection) -> Finding:
    """Ask SQLite for every page and reference; PostgreSQL holds both by itself."""
    if connection.dialect.name != "sqlite":
        return Finding("references", "held by the server")
    said = list(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars())
    astray = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if said != ["ok"]:
        return Finding("file", trouble=f"{said[0]}; the file is damaged, restore a backup")
    if astray:
        return Finding("references", trouble=f"{len(astray)} rows of {astray[0][0]} refer to nothing; restore a backup")
    return Finding("file", "whole")


def _rows(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _values(connection: Connection, table: Table, name: str, load: Callable[[str], object], step: Step) -> Finding:
    part, read = f"{table.name}.{name}", 0
    found = connection.execute(select(table.c[name]), execution_options={"yield_per": ROWS_AT_ONCE})
    for rows in found.scalars().partitions():
        for value in rows:
            try:
                load(value)
            except StoreError as error:
                return Finding(part, trouble=str(error))
        read += len(rows)
        step(len(rows))
    return Finding(part, f"{read} read")
