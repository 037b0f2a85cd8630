"""What is said in the threads of messages, and which version a post in doubt shows.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0009"
down_revision = "v0008"


def upgrade() -> None:
    """Add in whose thread a delivery is said, and what a post shows whose outcome nobody knows."""
    op.add_column("deliveries", sa.Column("thread", sa.Text))
    op.add_column("deliveries", sa.Column("showing", sa.Integer, nullable=False, server_default="0"))
