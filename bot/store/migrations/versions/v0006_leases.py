"""Deliveries claimed with a lease, and what a platform was seen to show.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"


def upgrade() -> None:
    """Add what is known of a post whose outcome is not, when surplus copies are looked for, and what is owed."""
    op.add_column("deliveries", sa.Column("tried", sa.BigInteger))
    op.add_column("deliveries", sa.Column("key", sa.Integer, nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("unsure_until", sa.BigInteger))
    op.add_column("deliveries", sa.Column("look", sa.BigInteger))
    op.create_index("ix_deliveries_look", "deliveries", ["look"])
    op.create_table(
        "owed",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_owed"),
    )
