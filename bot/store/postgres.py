"""What is particular to PostgreSQL?

Many machines may reach it; still one bot works with it at a time (`AdvisoryClaim`), and one transaction writes at a
time: each begins with one advisory lock, which is what SQLite's write lock is, so that whoever decides sees all that
was decided before. Readers see one snapshot and wait for nobody.

Refuses to do: no query of ours. It needs a session of its own for each connection, so no pooler between that hands
one session to several (PgBouncer in transaction mode).
"""

from __future__ import annotations

import math
import os
import re
import socket
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    URL,
    Column,
    Connection,
    Engine,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StoreBusyError, StoreError
from bot.store.advisory import SPACE, WRITE, AdvisoryClaim

if TYPE_CHECKING:
    import psycopg

SHARED = True
"""Whether other machines reach it, so that a second bot may stand by."""

LOCK_SECONDS = 5
"""How long a statement waits for another writer before it gives up as busy."""

CONNECT_SECONDS = 5

IDLE_SECONDS = 1.0
"""How long a connection may lie idle before it is asked whether it still stands."""

SILENT_MILLISECONDS = 8000
"""How long a connection may stay unanswered before it is given up, on either side."""

_PASSING = {
    "40001": "it met another transaction; it will be tried again",
    "40P01": "it met another transaction; it will be tried again",
    "55P03": "another program is writing to it; it will be tried again",
    "53100": "the server's disk is full; free some space",
    "53200": "the server is out of memory; it will be tried again",
    "53300": "the server takes no more connections; raise max_connections or stop other programs",
    "57P01": "the server is being stopped; it will be tried again",
    "57P02": "the server is starting anew; it will be tried again",
    "57P03": "the server is starting or stopping; it will be tried again",
    "58030": "the server's disk does not answer; check it",
    "25006": "the server only reads at present; it will be tried again",
}
_LASTING = {
    "42501": "the user lacks the right; make it the owner of the database",
    "XX001": "the database is damaged; restore a backup",
    "XX002": "the database is damaged; restore a backup",
}
_REFUSED = re.compile(
    r"authentication failed|does not exist|no pg_hba\.conf entry|no password supplied|certificate|"
    r"not permitted to log in"
)
"""How servers refuse a connection for good; such an error carries no code."""


def parse_url(url: URL) -> URL:
    """Return the address as it is opened; StoreError when it names no database, or the driver is not installed."""
    if not url.database:
        raise StoreError("the database address names no database; write postgresql://USER@HOST/DATABASE")
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra, and only needed here
    except ImportError:
        raise StoreError("PostgreSQL's driver is not installed; pip install 'stancewatch[postgres]'") from None
    return url.set(drivername="postgresql+psycopg")


def place(url: URL) -> str:
    """Return how messages name a database: host and name, never a user or a password."""
    host = url.host or "local"
    return f"{host}{f':{url.port}' if url.port else ''}/{url.database}"


def make_engine(url: URL, *, durable: bool) -> Engine:
    """Return an engine whose transactions begin as `Connection.execution_options(writes=...)` asks.

    Args:
        durable: a commit survives a power cut; without it the last moment's may be lost, whole transactions of them.
    """
    engine = create_engine(
        url,
        pool_size=8,
        max_overflow=24,
        pool_timeout=30,
        hide_parameters=True,
        connect_args=_manners(),
    )
    _listen(engine, durable=durable)
    return engine


def _listen(engine: Engine, *, durable: bool) -> None:
    settings = (
        f"SET lock_timeout = '{LOCK_SECONDS}s'",
        # What reads sees one state, however many statements it takes; what writes says so when it begins.
        "SET default_transaction_isolation = 'repeatable read'",
        "SET default_transaction_read_only = on",
        "SET jit = off",
        *(() if durable else ("SET synchronous_commit = off",)),
    )

    @event.listens_for(engine, "connect")
    def _connect(dbapi_connection: psycopg.Connection[Any], _record: object) -> None:
        dbapi_connection.autocommit = True
        dbapi_connection.execute("; ".join(settings))
        dbapi_connection.autocommit = False

    @event.listens_for(engine, "checkin")
    def _checkin(_dbapi_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["idle since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _checkout(dbapi_connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: object) -> None:
        # Asking each time would cost every read a round trip; a server seldom vanishes within a second.
        if time.monotonic() - record.info.get("idle since", math.inf) > IDLE_SECONDS:
            _expect_alive(dbapi_connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            # Each statement behind the lock sees what was committed before the lock was given.
            connection.exec_driver_sql(
                "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE; "
                f"SELECT pg_advisory_xact_lock({SPACE}, {WRITE})"
            )


def claim(engine: Engine) -> AdvisoryClaim:
    """Become the one bot of a database; ClaimedError names the bot that is it already."""
    return AdvisoryClaim(lambda: _connected(engine), place(engine.url), SILENT_MILLISECONDS)


def after_upgrade(connection: Connection, tables: Sequence[str]) -> None:
    """Let every text be sorted by code point, as SQLite does: the same order everywhere, whatever the server's locale.

    An index by a locale's order is also damaged when the server's system is upgraded and sorts differently.
    """
    found = connection.exec_driver_sql(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name = ANY(%s)",
        (list(tables),),
    )
    changes: dict[str, list[str]] = {}
    for table, column in found.all():
        changes.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, columns in changes.items():  # one statement writes a table anew once
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(columns)}')


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have every column; by COPY, which is many times faster than statements."""
    driver = connection.connection.driver_connection
    assert driver is not None  # an open connection has one
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def insert_new(connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of values as the database has them; those whose key is there already stay as they are."""
    if rows:
        connection.exec_driver_sql(_insertion(table.name, columns), list(rows))


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING'  # noqa: S608 - names are ours


def among(query: Select[Any], column: Column[str], name: str) -> Select[Any]:
    """Return the query for rows in which a text is one of a parameter's, which `many` makes."""
    return query.where(column == any_(bindparam(name, type_=ARRAY(Text))))


def many(values: Sequence[str]) -> list[str]:
    """Return texts as one parameter of a statement."""
    return list(values)


def truth(value: bool) -> bool:
    """Return a truth as a raw parameter."""
    return value


def diagnose(error: DBAPIError) -> tuple[str, bool]:
    """Return what a driver's error means and what to do, in words, and whether it may pass."""
    cause = error.orig
    code = getattr(cause, "sqlstate", None) or ""
    first_line = str(cause).partition("\n")[0]
    if code in _PASSING:
        return f"{first_line}; {_PASSING[code]}", True
    if code in _LASTING:
        return f"{first_line}; {_LASTING[code]}", False
    if _REFUSED.search(str(cause)) and not code:
        return f"{first_line}; check user, password and name in the database address", False
    if code.startswith("08") or error.connection_invalidated or (not code and _is_operational(error)):
        return f"{first_line or 'the connection was lost'}; the server cannot be reached, it will be tried again", True
    return first_line, False


def _connected(engine: Engine) -> psycopg.Connection[Any]:
    """Return a connection that is no part of the pool."""
    import psycopg  # noqa: PLC0415 - an extra

    args, kwargs = engine.dialect.create_connect_args(engine.url)
    try:
        return psycopg.connect(*args, **{**kwargs, **_manners()}, autocommit=True)
    except psycopg.OperationalError as error:
        message = f"database {place(engine.url)}: {str(error).partition(chr(10))[0]}"
        if _REFUSED.search(str(error)):
            raise StoreError(message) from error
        raise StoreBusyError(f"{message}; the server cannot be reached") from error


def _manners() -> dict[str, Any]:
    """Return how to connect: by name, and so that a server that vanishes is noticed within seconds."""
    return {
        "application_name": f"stancewatch {socket.gethostname()}:{os.getpid()}",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 5,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "tcp_user_timeout": SILENT_MILLISECONDS,
    }


def _expect_alive(connection: psycopg.Connection[Any]) -> None:
    try:
        connection.execute("")
        connection.rollback()
    except connection.Error as error:
        raise DisconnectionError from error


def _is_operational(error: DBAPIError) -> bool:
    return type(error).__name__ in {"OperationalError", "InterfaceError"}
