"""Mutes, quiet hours, digests and feedback of people.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"


def upgrade() -> None:
    """Add what a channel asked for, what people said of alerts, and why a delivery waits."""
    op.create_table(
        "mutes",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "platform", "channel")),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("ended", sa.BigInteger),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mutes"),
    )
    op.create_index("ix_mutes_ended_until", "mutes", ["ended", "until"])
    op.create_table(
        "digests",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("route", "plan")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("slot", "since")),
        sa.PrimaryKeyConstraint("route", name="pk_digests"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("alert", "person")),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_feedback_alert"),
    )
    op.create_index("ix_feedback_alert_person", "feedback", ["alert", "person"])
    op.add_column("deliveries", sa.Column("held", sa.Text))
    op.add_column("deliveries", sa.Column("posted", sa.BigInteger))
    op.create_index("ix_deliveries_ref", "deliveries", ["ref"])
    op.create_index("ix_deliveries_platform_channel_posted", "deliveries", ["platform", "channel", "posted"])
