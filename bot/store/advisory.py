"""Is another bot already at work on this PostgreSQL database?

An advisory lock on a connection of its own answers it: the server lets go of it when the program ends, however that
happens, and within seconds when its machine vanishes.

Refuses to do: it keeps no second reader or writer away; commands work beside a bot.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from bot.errors import ClaimedError

if TYPE_CHECKING:
    import psycopg

SPACE = 0x57A4CE
"""First half of the keys of our advisory locks; the second half says which."""

CLAIM, WRITE = 1, 2

_LOCK = (
    "locktype = 'advisory' AND granted AND objsubid = 2 "  # noqa: S608 - numbers of our own
    f"AND classid = {SPACE} AND objid = {CLAIM} "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_HELD = f"SELECT count(*) FROM pg_locks WHERE {_LOCK} AND pid = %s"  # noqa: S608 - as above
_HOLDER = f"SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE {_LOCK}"  # noqa: S608


class AdvisoryClaim:
    """The right to be the one bot of a database, a lock that lives as long as a connection of its own.

    Whoever lost it finds out at its next write, before anything is written (`confirm`).

    Args:
        connect: opens a connection that commits by itself; raises StoreBusyError or StoreError.
        named: how messages name the database.
        silent: milliseconds after which the server gives up a machine that no longer answers.

    Raises:
        ClaimedError: naming the other bot.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], named: str, silent: int) -> None:
        self._connect = connect
        self._named = named
        self._silent = silent
        self._connection: psycopg.Connection[Any] | None = None
        self._pid = 0
        self._take()
        # A child that outlives us must not keep the lock.
        os.register_at_fork(after_in_child=self._forget)

    def confirm(self, connection: Connection) -> None:
        """Make sure, within a transaction, that the right is still ours; take it again when nobody has it.

        Raises:
            ClaimedError: another bot has taken over.
        """
        if not connection.exec_driver_sql(_HELD, (self._pid,)).scalar_one():
            self._leave()
            self._take()

    def release(self) -> None:
        """Let another bot in; does nothing when that is done already."""
        import psycopg  # noqa: PLC0415 -- it comes with an extra, and whoever is here has it

        if self._connection is not None:
            with suppress(psycopg.Error):
                # closing alone lets go only once the server has come to it, and the next bot may ask before
                self._connection.execute(f"SELECT pg_advisory_unlock({SPACE}, {CLAIM})")
        self._leave()

    def _leave(self) -> None:
        connection, self._connection, self._pid = self._connection, None, 0
        if connection is not None:
            connection.close()

    def _forget(self) -> None:
        """Leave the connection to the program that was forked, without a word to the server."""
        if self._connection is not None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, self._connection.fileno())
            os.close(nowhere)

    def _take(self) -> None:
        connection = self._connect()
        try:
            self._lock(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._pid = connection, connection.info.backend_pid

    def _lock(self, connection: psycopg.Connection[Any]) -> None:
        for setting, value in (("keepalives_idle", 3), ("keepalives_interval", 1), ("keepalives_count", 3)):
            connection.execute(f"SET tcp_{setting} = {value}")
        connection.execute(f"SET tcp_user_timeout = {self._silent}")
        row = connection.execute(f"SELECT pg_try_advisory_lock({SPACE}, {CLAIM})").fetchone()
        if row is not None and row[0]:
            return
        holder = connection.execute(_HOLDER).fetchone()
        raise ClaimedError(
            f"another bot ({holder[0] if holder and holder[0] else 'unknown'}) works with {self._named}; "
            "stop it first, or give this one another database"
        )
