"""Where is everything kept?

In one database, reached through `open_store(url)`: the only place of the project that knows SQL.

Refuses to do: no decision. It keeps values as they are given and gives them back equal.
"""

from bot.store.opening import open_store
from bot.store.sql_store import SqlStore

__all__ = ["SqlStore", "open_store"]
