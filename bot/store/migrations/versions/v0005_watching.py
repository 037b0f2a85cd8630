"""What polite and complete watching remembers of a source.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

from alembic import op

revision = "v0005"
down_revision = "v0004"


def upgrade() -> None:
    """Let the articles of each source be counted by an index; the rest is within the states that are stored already."""
    op.create_index("ix_articles_source_seen_relevant", "articles", ["source", "seen", "relevant"])
