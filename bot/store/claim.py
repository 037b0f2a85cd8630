"""Is another bot already at work on this database?

A lock of the operating system on a file beside the database answers it: the lock ends with its program, however that
dies. The file itself stays, and its content only names the holder in the message.

Refuses to do: it keeps no second reader or writer away; commands work beside a bot.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from sqlalchemy import Connection

from bot.errors import ClaimedError, StoreError


class FileClaim:
    """The right to be the one bot of a database; held until `release` or the end of the program.

    Args:
        database: the database file; the lock is the same name with ".lock" behind it.

    Raises:
        ClaimedError: naming the other bot's process.
        StoreError: what is wrong with the file.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        try:
            self._file: int | None = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"the lock file {self._path} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._file, 32, 0).decode(errors="replace").strip()
            self.release()
            raise ClaimedError(
                f"another bot (process {holder or 'unknown'}) works with {database}, as {self._path.name} shows; "
                "stop it first, or give this one another database"
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)
        # A worker that outlives us must not keep the lock: it lets go of its copy when it is forked.
        os.register_at_fork(after_in_child=self.release)

    def confirm(self, connection: Connection) -> None:
        """Nothing can take a lock of the operating system from a program that runs."""

    def release(self) -> None:
        """Let another bot in; does nothing when that is done already."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
