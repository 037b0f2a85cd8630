"""What differs from one database to the next?

Connecting, beginning a transaction, "insert unless it is there", which errors pass, and how a second bot is kept
off: one module each (sqlite.py, postgres.py). Everything else of bot/store is plain SQLAlchemy Core that every
database takes. Another database joins here.

Refuses to do: no query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import URL, Column, Connection, Engine, Select, Table, make_url
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.errors import InputError, StoreBusyError, StoreError
from bot.store import postgres, sqlite


class Claim(Protocol):
    """The right to be the one bot of a database."""

    def confirm(self, connection: Connection) -> None:
        """Make sure within a transaction that it is still ours; ClaimedError when another bot has it."""
        ...

    def release(self) -> None:
        """Let another bot in; does nothing when that is done already."""
        ...


class Database(Protocol):
    """What one module for a kind of database offers."""

    SHARED: bool

    def parse_url(self, url: URL) -> URL:
        """Return the address as it is opened; StoreError when it lacks something."""
        ...

    def place(self, url: URL) -> str:
        """Return how messages name a database, never with a password."""
        ...

    def make_engine(self, url: URL, *, durable: bool) -> Engine:
        """Return an engine whose transactions begin as the option `writes` asks."""
        ...

    def claim(self, engine: Engine) -> Claim:
        """Become the one bot of a database; ClaimedError names the bot that is it already."""
        ...

    def after_upgrade(self, connection: Connection, tables: Sequence[str], /) -> None:
        """Do what the schema of these tables needs here beside its migrations."""
        ...

    def insert_many(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that have every column, fast."""
        ...

    def insert_new(
        self, connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Insert rows of values as the database has them; those whose key is there already stay as they are."""
        ...

    def among(self, query: Select[Any], column: Column[str], name: str) -> Select[Any]:
        """Return the query for rows in which a text is one of a parameter's, all different, which `many` makes."""
        ...

    def many(self, values: Sequence[str]) -> str | list[str]:
        """Return texts as one parameter of a statement."""
        ...

    def truth(self, value: bool) -> int:
        """Return a truth as a parameter of `insert_new`."""
        ...

    def diagnose(self, error: DBAPIError) -> tuple[str, bool]:
        """Return what a driver's error means in words, and whether it may pass."""
        ...


_DATABASES: dict[str, Database] = {"sqlite": sqlite, "postgresql": postgres}
_WRITE = "write sqlite:///PATH or postgresql://USER@HOST/DATABASE"


def database(url: URL) -> Database:
    """Return what is particular to an address's kind of database."""
    return named(url.get_backend_name())


def named(name: str) -> Database:
    """Return what is particular to a kind of database, by SQLAlchemy's name of it."""
    return _DATABASES[name]


def parse_url(text: str) -> URL:
    """Return a database address; StoreError when it is none, or of a database that is not served."""
    try:
        url = make_url(text.replace("postgres://", "postgresql://", 1) if text.startswith("postgres://") else text)
    except (ArgumentError, ValueError):
        raise StoreError(f"the database address is no URL; {_WRITE}") from None
    if url.get_backend_name() not in _DATABASES:
        raise StoreError(f"no store for {url.get_backend_name()!r} databases; {_WRITE}")
    return database(url).parse_url(url)


def require_file(url: URL) -> None:
    """Raise InputError where an address names a file that is not there: to open it would make one."""
    if url.get_backend_name() == "sqlite" and not sqlite.database_file(url).is_file():
        raise InputError(f"database {url.database}: there is no such file; check the address")


def place(url: URL) -> str:
    """Return how messages name a database: its file, or its host and name, never a password."""
    return database(url).place(url)


def make_engine(url: URL, *, durable: bool) -> Engine:
    """Return an engine whose transactions begin as `Connection.execution_options(writes=...)` asks.

    Args:
        durable: a commit survives a power cut; without it only the end of the program.
    """
    return database(url).make_engine(url, durable=durable)


def insert_into(connection: Connection, table: Table) -> sqlite_dialect.Insert | postgresql.Insert:
    """Return an insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite_dialect.insert(table)


def clear_error(url: URL, error: DBAPIError) -> StoreError | StoreBusyError | InputError:
    """Return the error of ours that says in one line what a driver's error means."""
    words, passing = database(url).diagnose(error)
    message = f"database {place(url)}: {words}"
    if "NUL (0x00)" in words:
        return InputError(f"{message}; a text cannot be stored")
    return StoreBusyError(message) if passing else StoreError(message)
