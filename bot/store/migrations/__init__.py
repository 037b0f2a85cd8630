"""How does an older database become one of today?

By the steps in `versions/`, each a change from one schema to the next, run by Alembic. A new one is made at once as
schema.py has it; a test holds that both ways lead to the same.

Refuses to do: no transaction of its own; the caller's holds all steps together.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.schema import metadata

FOLDER = Path(__file__).parent


def config() -> Config:
    """Return Alembic's configuration; it needs no file."""
    settings = Config()
    # Alembic reads "%" in this option as the start of a placeholder.
    settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


@cache
def scripts() -> ScriptDirectory:
    """Return the known steps."""
    return ScriptDirectory.from_config(config())


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the steps that are missing up to `revision`, within the connection's transaction."""
    context = MigrationContext.configure(connection)
    if context.get_current_revision() is None and revision in {"head", scripts().get_current_head()}:
        metadata.create_all(connection, checkfirst=False)
        context.stamp(scripts(), "head")
        return
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
