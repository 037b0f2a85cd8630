"""Articles that are edited, and what every ledger was first opened with.

A ledger that was kept before this step counts as first opened with what it was last settled to: what is older was
not kept.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"


def upgrade() -> None:
    """Count edits, find articles by their words and evidence by its article, and keep first openings."""
    op.add_column("articles", sa.Column("edits", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_articles_content_hash", "articles", ["content_hash"])
    op.create_index("ix_articles_seen", "articles", ["seen"])
    op.create_index("ix_evidence_article", "evidence", ["article"])
    op.create_table(
        "first_openings",
        sa.Column("track", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("track", "holder", name="pk_first_openings"),
    )
    op.execute(
        "INSERT INTO first_openings (track, holder, until, value) SELECT track, holder, until, value FROM openings"
    )
