"""How is a database saved, brought back and moved, beside a running bot where that can be?

A backup is an SQLite file, whichever database it is of: it can be opened by any command, and restored into either. It
holds no token: those of the bot are in its settings alone, those of YAML's sources are taken out.

Refuses to do: a file that is there is never overwritten; a database that a bot works with is never written over, nor
moved, since what the bot stores meanwhile would be lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine

from bot.domain import YAML, shown
from bot.errors import InputError, StoreError
from bot.store.dialect import database, make_engine, parse_url, require_file
from bot.store.faults import clear_errors
from bot.store.transfer import Step, revision_of, rows_in, transfer

Counted = Callable[[int], Step]
"""Given how many steps there will be, returns what counts them."""


def backup(url: str, file: Path, counted: Counted) -> None:
    """Write what a database holds now into a new file; a bot may go on working with it.

    Raises:
        InputError: the file is there, or the database holds nothing.
        StoreError, StoreBusyError: the database, or the file, cannot be read or written.
    """
    if file.exists():
        raise InputError(f"{file}: is there already; name another file, or move it away")
    part = file.with_name(f"{file.name}.part")
    with _engine(url, must_exist=True) as source:
        try:
            _forget(part)
            if source.dialect.name == "sqlite":
                _vacuum_into(source, part)
            else:
                with _engine(f"sqlite:///{part}") as target, _both(source, target) as (reads, writes):
                    transfer(reads, writes, counted(2 * rows_in(reads)), replace=False, to_head=False)
            _without_secrets(part)
            _make_lasting(part)
            part.rename(file)
        except OSError as error:
            raise StoreError(f"{file}: cannot be written ({error.strerror}); choose another place") from error
        finally:
            _forget(part)


def restore(file: Path, url: str, counted: Counted, *, replace: bool) -> int:
    """Make a database hold what a backup holds, at today's schema; return the number of rows.

    Args:
        replace: what the database holds is deleted.

    Raises:
        InputError: there is no such file, or the database is not empty.
        ClaimedError: a bot works with the database.
    """
    if not file.is_file():
        raise InputError(f"{file}: no such file; name one that `stancewatch db backup` wrote")
    with _backup_of(file) as source, _engine(url) as target:
        return _moved(source, target, counted, replace=replace)


def copy(url: str, to: str, counted: Counted, *, replace: bool) -> int:
    """Make one database hold what another holds, at today's schema; return the number of rows.

    Raises:
        InputError: the target is not empty, or the source.
        ClaimedError: a bot works with one of them.
    """
    if parse_url(url) == parse_url(to):
        raise InputError("source and target are the same database; name another target")
    with _engine(url, must_exist=True) as source, _claimed(source), _engine(to) as target:
        return _moved(source, target, counted, replace=replace)


def _moved(source: Engine, target: Engine, counted: Counted, *, replace: bool) -> int:
    with _claimed(target), _both(source, target) as (reads, writes):
        return transfer(reads, writes, counted(2 * rows_in(reads)), replace=replace)


@contextmanager
def _engine(url: str, *, must_exist: bool = False) -> Iterator[Engine]:
    address = parse_url(url)
    if must_exist:
        require_file(address)
    engine = make_engine(address, durable=True)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _backup_of(file: Path) -> Iterator[Engine]:
    """Open a backup without a trace on it."""
    address = f"file:{quote(str(file.absolute()))}?mode=ro"
    engine = create_engine(
        f"sqlite:///{file}",
        creator=lambda: sqlite3.connect(address, uri=True),
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _claimed(engine: Engine) -> Iterator[None]:
    with clear_errors(engine.url):
        claim = database(engine.url).claim(engine)
    try:
        yield
    finally:
        claim.release()


@contextmanager
def _both(source: Engine, target: Engine) -> Iterator[tuple[Connection, Connection]]:
    """Open a snapshot of one and a transaction on the other, which is committed when the block ends well."""
    with clear_errors(source.url), source.connect() as reads:
        revision_of(reads)
        with clear_errors(target.url), target.connect().execution_options(writes=True) as writes, writes.begin():
            yield reads, writes


def _vacuum_into(source: Engine, part: Path) -> None:
    """SQLite's own way to copy a database that is in use: one snapshot, without its gaps (sqlite.org, VACUUM INTO)."""
    with clear_errors(source.url):
        with source.connect() as reads:
            if revision_of(reads) is None:
                raise InputError(f"database {source.url.database} holds nothing of Stancewatch's; name another")
        raw = source.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(part),))
        finally:
            raw.close()


def _without_secrets(part: Path) -> None:
    """Take what may be a token out of the addresses of YAML's sources, and make one file of the database.

    The next start puts them back from the YAML. What is taken out is overwritten, not only let go of.
    """
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA secure_delete = ON")
        found = connection.execute("SELECT key, value, state FROM sources WHERE author = ?", (YAML,)).fetchall()
        for key, value, state in found:
            source, memory = json.loads(value), json.loads(state)
            if shown(source["url"]) == source["url"]:
                continue
            source["url"] = shown(source["url"])
            # Where a redirect led may hold the token as well; it is found again.
            memory["moved_to"] = ""
            written = json.dumps(source, ensure_ascii=False), json.dumps(memory, ensure_ascii=False), key
            connection.execute("UPDATE sources SET value = ?, state = ? WHERE key = ?", written)
    finally:
        connection.close()


def _make_lasting(part: Path) -> None:
    """Let the file survive a power cut, and nobody else read it: addresses of feeds may hold tokens."""
    part.chmod(0o600)
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(part: Path) -> None:
    for name in (part.name, f"{part.name}-wal", f"{part.name}-shm"):
        part.with_name(name).unlink(missing_ok=True)
