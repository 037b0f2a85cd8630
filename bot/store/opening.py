"""How is a store opened?

The folder and the file are made where they are missing, and an older schema is brought up to date in one
transaction: killed half-way, the old state is whole. A newer schema is refused.

Refuses to do: opening does not claim the database; a bot does that with `SqlStore.claim`.
"""

from __future__ import annotations

from sqlalchemy import Engine

from bot.store.dialect import make_engine, parse_url
from bot.store.faults import clear_errors
from bot.store.migrations import scripts
from bot.store.sql_store import SqlStore
from bot.store.transfer import bring_up_to_date, revision_of


def open_store(url: str, *, durable: bool = True) -> SqlStore:
    """Open the database at an address, making and upgrading it as needed. Blocks.

    Args:
        url: such as "sqlite:///data/stancewatch.db", relative to the working directory; four slashes for absolute.
            Or postgresql://USER@HOST/DATABASE.
        durable: False gives up safety against power cuts for speed, for throw-away databases.

    Raises:
        StoreError: not an address that is served, damaged, not writable, or written by a newer version.
        StoreBusyError: another program holds it for too long.
    """
    address = parse_url(url)
    engine = make_engine(address, durable=durable)
    try:
        with clear_errors(address):
            _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine)


def _bring_up_to_date(engine: Engine) -> None:
    head = scripts().get_current_head()
    with engine.connect() as connection:
        if revision_of(connection) == head:
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Asked again behind the lock: another command may have upgraded it meanwhile.
        if revision_of(connection) != head:
            bring_up_to_date(connection)
