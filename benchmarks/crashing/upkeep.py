"""What is left of a backup or an upgrade that is killed?

A backup is there whole or not at all, and the next one succeeds. A database that was to be upgraded holds what it held
before, in the old schema, or all of it in the new one; the next start finishes.

Refuses to do: the database of the bots that are killed is only read.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, event, insert

from bot.errors import StancewatchError
from bot.store import open_store
from bot.store.backups import backup
from bot.store.dialect import make_engine, parse_url
from bot.store.examining import examine, schema_of
from bot.store.migrations import scripts
from bot.store.transfer import bring_up_to_date, tables_of

Rows = dict[str, list[tuple[Any, ...]]]
"""By table."""

STEPS = ("backup", "migration")
FILES = frozenset({"open", "os.chmod", "os.remove", "os.rename", "sqlite3.connect"})
"""What is done to files, as sys.addaudithook names it."""

INSTRUCTIONS = 2000
"""Of SQLite's machine, that are a step: the copy that a backup begins with is one statement."""

OLD = "v0002"
PREVIOUS = Path(__file__).parents[2] / "tests/unit/store/previous/v0002.json"
"""What an installation of that schema held."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a backup or an upgrade is that nobody kills: the steps it comes to, and the seconds it computes."""

    steps: int
    cpu: float


def work(step: str, url: str, file: Path, death: Callable[[str], None]) -> Length:
    """Make a backup, or upgrade a database, in a process that dies at one of its statements or changes of files.

    Args:
        death: called at each of them.
    """
    come = 0

    def stepped(*_: Any) -> None:
        nonlocal come
        come += 1
        death(step)

    def connected(connection: Any, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_progress_handler(stepped, INSTRUCTIONS)

    event.listen(Engine, "before_cursor_execute", stepped)
    event.listen(Engine, "connect", connected)
    sys.addaudithook(lambda what, _: stepped() if what in FILES else None)
    if step == "backup":
        backup(url, file, lambda _: lambda _: None)
    else:
        open_store(url).close()
    return Length(come, time.process_time())


def revisions() -> list[str]:
    """Return the schemas that an upgrade may begin from, the oldest first."""
    steps = [script.revision for script in reversed(list(scripts().walk_revisions()))]
    return steps[steps.index(OLD) : -1]


def old_database(url: str, revision: str) -> None:
    """Fill an empty database as an older version left it."""
    engine = make_engine(parse_url(url), durable=True)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        bring_up_to_date(connection, OLD)
        held = _held()
        for table in tables_of(connection):
            if rows := held.get(table.name):
                connection.execute(insert(table), rows)
        bring_up_to_date(connection, revision)
    engine.dispose()


def rows_of(url: str) -> tuple[str, Rows]:
    """Return the schema of a database, and all rows of all tables."""
    engine = make_engine(parse_url(url), durable=True)
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        tables = tables_of(connection)
        rows = {t.name: sorted((tuple(row) for row in connection.execute(t.select())), key=repr) for t in tables}
    engine.dispose()
    return revision, rows


def upgraded_well(url: str, before: tuple[str, Rows], wanted: Rows) -> str:
    """Return what is wrong with a database whose upgrade was killed, and finish it; "" when nothing is.

    Args:
        wanted: what it holds after an upgrade that nobody has killed.
    """
    head = scripts().get_current_head() or ""
    found = rows_of(url)
    if found not in (before, (head, wanted)):
        return f"half an upgrade was left, at {found[0]}"
    open_store(url).close()
    return "" if rows_of(url) == (head, wanted) else "the upgrade could not be resumed"


def backed_up_well(url: str, file: Path) -> str:
    """Return what is wrong where a backup was killed; "" when nothing is."""
    if not file.exists():
        # What is left of it must not be in the way.
        with suppress(StancewatchError):
            backup(url, file, lambda _: lambda _: None)
        if not file.exists():
            return f"{file.name}: the next backup failed"
    address = f"sqlite:///{file}"
    if schema_of(address)[0] != schema_of(address)[1]:
        return f"{file.name}: not whole"
    troubles = [finding.trouble for finding in examine(address, lambda _: lambda _: None) if finding.trouble]
    return f"{file.name}: {troubles[0]}" if troubles else ""


def _held() -> dict[str, list[dict[str, Any]]]:
    held: dict[str, list[dict[str, Any]]] = json.loads(PREVIOUS.read_text("utf-8"))
    # SQLite wrote its booleans as numbers.
    flags = {"enabled", "gone", "relevant", "silent", "open"}
    return {
        table: [{name: bool(value) if name in flags else value for name, value in row.items()} for row in rows]
        for table, rows in held.items()
    }
