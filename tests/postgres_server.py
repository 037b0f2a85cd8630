"""Where do tests and benchmarks get a PostgreSQL from?

The one that STANCEWATCH_TEST_POSTGRES_URL names, whose user may make databases; else a throw-away server of the
binaries that are installed, on the loopback address, in a folder of its own under /tmp.

Refuses to do: it never touches a server that is there already, unless that variable names it.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

VARIABLE = "STANCEWATCH_TEST_POSTGRES_URL"
NAMED = os.environ.pop(VARIABLE, "")
"""Taken out of the environment, where the bot would call it an unknown setting."""

NONE = f"no PostgreSQL: set {VARIABLE}, or install one (Debian: apt-get install postgresql)"

_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
fsync = off
full_page_writes = off
max_connections = 150
shared_buffers = 128MB
"""


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed, None when there is none."""
    on_path = shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
    found = [*([Path(on_path).resolve()] if on_path else []), *debian]
    complete = [path.parent for path in found if (path.parent / "initdb").exists()]
    return complete[-1] if complete else None


class Server:
    """A PostgreSQL server.

    Args:
        address: of a server that runs; "" for one of our own, made in `folder`.
    """

    def __init__(self, address: str = "", folder: Path | None = None) -> None:
        self._base = address.rpartition("/")[0] if address.count("/") > 2 else address
        self._folder = folder
        self._numbers = itertools.count(1)

    def make(self) -> None:
        """Make our own server's files and start it."""
        assert self._folder is not None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if os.geteuid() == 0:
            os.chown(self._folder, pwd.getpwnam("postgres").pw_uid, -1)
        self._run("initdb", "-A", "trust", "-U", "postgres", "-N", "--no-instructions", "--encoding=UTF8", "--locale=C")
        with (self._folder / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS.format(port=port))
        self._base = f"postgresql://postgres@127.0.0.1:{port}"
        self.start()

    def start(self) -> None:
        """Start it, and return when it answers."""
        self._run("pg_ctl", "-w", "-t", "30", "-l", str(self._log()), "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; "immediate" is what a power cut is."""
        self._run("pg_ctl", "-w", "-t", "30", "-m", mode, "stop")

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"{self._base}/{database}"

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or as another one is, and return its address."""
        name = f"stancewatch_{os.getpid()}_{next(self._numbers)}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever uses it."""
        self._say(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _log(self) -> Path:
        assert self._folder is not None
        return self._folder / "log"

    def _run(self, program: str, *arguments: str) -> None:
        folder = binaries()
        assert folder is not None
        # It refuses to run as root.
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        words = [str(folder / program), "-D", str(self._folder), *arguments]
        # Not captured by pipes: the server would inherit and hold them.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                words, check=False, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", **user
            )
            if done.returncode:
                said.seek(0)
                raise RuntimeError(f"{program} failed: {said.read().decode(errors='replace')}")


@contextmanager
def own_server() -> Iterator[Server]:
    """Run a throw-away server while the block runs."""
    with tempfile.TemporaryDirectory(prefix="stancewatch-pg-", ignore_cleanup_errors=True) as folder:
        server = Server(folder=Path(folder))
        server.make()
        guard = _guard(Path(folder))
        try:
            yield server
        finally:
            guard.kill()
            guard.wait()
            if (Path(folder) / "postmaster.pid").exists():
                server.stop()


def _guard(folder: Path) -> subprocess.Popen[bytes]:
    """Stop the server, and remove what it wrote, once this program has been killed before it could."""
    words = (
        f"while ps -p {os.getpid()} >/dev/null; do sleep 1; done; "
        f"kill -QUIT $(head -n 1 {folder}/postmaster.pid); sleep 1; rm -rf {folder}"
    )
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(["sh", "-c", words], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)


@contextmanager
def any_server() -> Iterator[Server | None]:
    """Yield the server that is named, or one of our own, or None when there is none at hand."""
    if NAMED:
        yield Server(NAMED)
    elif binaries() is None or (os.geteuid() == 0 and not _has_user("postgres")):
        yield None
    else:
        with own_server() as server:
            yield server


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
