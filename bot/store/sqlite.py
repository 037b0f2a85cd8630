"""What is particular to SQLite?

One file, written ahead (WAL): many readers beside one writer, who takes the lock when a transaction begins.

Refuses to do: no query. A database kept in memory only is refused, since several threads and commands share one.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Select,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    insert,
)
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.store.claim import FileClaim

BUSY_MILLISECONDS = 5000
"""How long a statement waits for another writer before it gives up as busy."""

PAGE_BYTES = 8192
WRITTEN_BACK = 16_000_000
"""Bytes that wait in the log to be written back to the file."""

CACHE_KB = 1024
"""Of pages that a connection keeps. The system keeps the file's pages besides, for all connections."""

_TOGETHER = 50
"""Rows that one statement inserts at most; a feed brings thirty."""

SHARED = False
"""Whether other machines reach it, so that a second bot may stand by."""

_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program is writing to it; it will be tried again",
    sqlite3.SQLITE_LOCKED: "another program is writing to it; it will be tried again",
    sqlite3.SQLITE_FULL: "the disk is full; free some space",
    sqlite3.SQLITE_IOERR: "the disk does not answer; check it",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database; name another or move it away",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check that the folder exists and is writable",
    sqlite3.SQLITE_READONLY: "it cannot be written; check the owner and rights of the file and its folder",
}


def parse_url(url: URL) -> URL:
    """Return the address as it is opened; StoreError when it names no file."""
    if not url.database or url.database == ":memory:":
        raise StoreError("the database address names no file; write sqlite:///PATH")
    return url


def database_file(url: URL) -> Path:
    """Return the file that an address names."""
    return Path(url.database or "")


def place(url: URL) -> str:
    """Return how messages name a database: its file."""
    return str(database_file(url))


def make_engine(url: URL, *, durable: bool) -> Engine:
    """Return an engine whose transactions begin as `Connection.execution_options(writes=...)` asks.

    Args:
        durable: a commit survives a power cut; without it only the end of the program, which suits throw-away files.
    """
    folder = database_file(url).absolute().parent
    _make_folder(folder)
    # The connection that was used last is used next: only as many fill their caches as are needed at once.
    engine = create_engine(url, pool_size=8, max_overflow=24, pool_timeout=30, pool_use_lifo=True, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connect(dbapi_connection: sqlite3.Connection, _record: object) -> None:
        # The driver must not begin transactions of its own accord: `_begin` does, schema changes included.
        dbapi_connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "foreign_keys = ON",
            # Holds for new files. An article fills half a page of the usual size, so much room was left, and written.
            f"page_size = {PAGE_BYTES}",
            f"cache_size = -{CACHE_KB}",
            f"synchronous = {'FULL' if durable else 'OFF'}",
        ):
            dbapi_connection.execute(f"PRAGMA {pragma}")
        with _alone(folder):
            dbapi_connection.execute("PRAGMA journal_mode = WAL")
        # Written back every 16 MB, whatever an older file's pages are: what many polls change is then written once.
        (page,) = dbapi_connection.execute("PRAGMA page_size").fetchone()
        dbapi_connection.execute(f"PRAGMA wal_autocheckpoint = {WRITTEN_BACK // page}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock first: one that only took it at its first write could not be waited for.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one program at a time turn the databases of a folder to WAL: of two at once SQLite refuses one without
    waiting, and the file itself must not be opened to be locked, as closing it ends SQLite's own locks (sqlite.org,
    "How To Corrupt An SQLite Database File")."""
    try:
        held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise StoreError(f"the folder {folder} cannot be read: {error.strerror}; check its owner and rights") from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def claim(engine: Engine) -> FileClaim:
    """Become the one bot of a database; ClaimedError names the bot that is it already."""
    return FileClaim(database_file(engine.url))


def after_upgrade(_connection: Connection, _tables: Sequence[str]) -> None:
    """Texts are sorted by code point without anything being done."""


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have every column."""
    connection.execute(insert(table), rows)


def insert_new(connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of values as the database has them; those whose key is there already stay as they are."""
    for start in range(0, len(rows), _TOGETHER):
        together = rows[start : start + _TOGETHER]
        statement = _insertion(table.name, columns, len(together))
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(together)))


@cache
def _insertion(table: str, columns: tuple[str, ...], count: int) -> str:
    """The statement for so many rows: for each statement the interpreter changes hands, which costs as much as a row.

    What a row lacks would end it half way ("FAIL"), and so the transaction; to undo the statement alone ("ABORT", which
    is usual) SQLite would keep every page that it changes.
    """
    row = f"({', '.join('?' * len(columns))})"
    names, values = ", ".join(f'"{column}"' for column in columns), ", ".join([row] * count)
    return f'INSERT OR FAIL INTO "{table}" ({names}) VALUES {values} ON CONFLICT DO NOTHING'  # noqa: S608 - names are ours


def among(query: Select[Any], column: Column[str], name: str) -> Select[Any]:
    """Return the query for rows in which a text is one of a parameter's, which `many` makes."""
    # Joined they are looked up one by one; IN would put them in order first, which costs twice as much.
    values = func.json_each(bindparam(name)).table_valued("value", name=name)
    return query.select_from(values.join(column.table, column == values.c.value))


def many(values: Sequence[str]) -> str:
    """Return texts as one parameter of a statement."""
    return json.dumps(values)


def truth(value: bool) -> int:
    """Return a truth as a raw parameter: what is not quite a number, the driver looks up for each row how to pass."""
    return int(value)


def diagnose(error: DBAPIError) -> tuple[str, bool]:
    """Return what a driver's error means and what to do, in words, and whether it may pass."""
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    first_line = str(cause).partition("\n")[0]
    advice = f"{first_line}; {_ADVICE[code]}" if code in _ADVICE else first_line
    return advice, code in _PASSING


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the database's folder {folder} cannot be made: {error.strerror}") from error
