"""How is a store opened?

The folder and the file are made where they are missing, and an older schema is brought up to date in one
transaction: killed half-way, the old state is whole. A newer schema is refused.

Refuses to do: opening does not claim the database; a bot does that with `SqlStore.claim`.
"""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine

from bot.errors import StoreError
from bot.store.dialect import make_engine, parse_url, place
from bot.store.faults import clear_errors
from bot.store.migrations import scripts, upgrade
from bot.store.sql_store import SqlStore


def open_store(url: str, *, durable: bool = True) -> SqlStore:
    """Open the database at an address, making and upgrading it as needed. Blocks.

    Args:
        url: such as "sqlite:///data/stancewatch.db", relative to the working directory; four slashes for absolute.
        durable: False gives up safety against power cuts for speed, for throw-away databases.

    Raises:
        StoreError: not an address that is served, damaged, not writable, or written by a newer version.
        StoreBusyError: another program holds it for too long.
    """
    address = parse_url(url)
    engine = make_engine(address, durable=durable)
    try:
        with clear_errors(address):
            _bring_up_to_date(engine, address)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine)


def _bring_up_to_date(engine: Engine, url: URL) -> None:
    known = scripts()
    with engine.connect() as connection:
        if _is_current(MigrationContext.configure(connection), known, url):
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Asked again behind the lock: another command may have upgraded it meanwhile.
        if not _is_current(MigrationContext.configure(connection), known, url):
            upgrade(connection)


def _is_current(context: MigrationContext, known: ScriptDirectory, url: URL) -> bool:
    present = context.get_current_revision()
    if present is not None and present not in {script.revision for script in known.walk_revisions()}:
        raise StoreError(
            f"database {place(url)} has schema {present!r}, which a newer version of Stancewatch wrote; "
            "upgrade Stancewatch, or restore a backup from before"
        )
    return present == known.get_current_head()
