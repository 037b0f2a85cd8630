"""What does Alembic need to know to run a step?

Refuses to do: it opens no database; the connection is handed in by bot/store/migrations/__init__.py.
"""

from __future__ import annotations

from alembic import context

from bot.store.schema import metadata

# Batch mode, because SQLite alters a table only by copying it.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
