"""What is known of the pages of articles.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0008"
down_revision = "v0007"


def upgrade() -> None:
    """Add what was read on the pages of articles, and when each is to be looked at next."""
    op.create_table(
        "pages",
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article", name="pk_pages"),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_pages_article"),
    )
    op.create_index("ix_pages_due", "pages", ["due"])
