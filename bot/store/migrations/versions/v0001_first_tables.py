"""The first schema.

Refuses to do: no step back; an older program works with the backup that was made before.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of an empty database."""
    _watched()
    _ledger()
    _notices()
    _outbox()


def _columns(kind: type[sa.types.TypeEngine[Any]], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind(), nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Text, *names)


def _times(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.BigInteger, *names)


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Integer, *names)


def _flags(*names: str) -> list[sa.Column[Any]]:
    return _columns(sa.Boolean, *names)


def _key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def _index(table: str, *names: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))


def _watched() -> None:
    op.create_table(
        "sources",
        *_texts("key", "author", "disabled_by", "value", "state"),
        *_flags("enabled", "gone"),
        *_times("next_due"),
        _key("sources", "key"),
    )
    _index("sources", "next_due")
    op.create_table(
        "articles",
        *_texts("key", "source", "url", "canonical_url", "content_hash", "title", "text", "language"),
        *_texts("publisher", "origin_group", "tier", "result"),
        sa.Column("published", sa.BigInteger()),
        *_times("seen"),
        *_flags("relevant"),
        _key("articles", "key"),
    )
    _index("articles", "canonical_url")


def _ledger() -> None:
    op.create_table(
        "evidence",
        *_texts("id", "article", "track", "holder", "rung", "value"),
        *_times("dated", "seen"),
        *_flags("silent"),
        _key("evidence", "id"),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_evidence_article"),
    )
    _index("evidence", "track", "holder", "dated")
    _index("evidence", "track", "holder", "seen")
    op.create_table(
        "openings", *_texts("track", "holder", "value"), *_times("until"), _key("openings", "track", "holder")
    )
    op.create_table("standings", *_texts("track", "holder", "value"), _key("standings", "track", "holder"))


def _notices() -> None:
    op.create_table(
        "alerts",
        *_texts("id", "state", "event", "track", "holder", "to_rung", "value"),
        *_numbers("version", "severity"),
        *_times("at", "posted"),
        _key("alerts", "id"),
    )
    _index("alerts", "at")
    _index("alerts", "track", "holder", "at")
    op.create_table(
        "alert_events",
        *_texts("alert", "event", "state", "reason", "value"),
        *_numbers("version"),
        *_times("at"),
        _key("alert_events", "alert", "version"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_events_alert"),
    )
    op.create_table(
        "alert_articles",
        *_texts("article", "alert"),
        _key("alert_articles", "article", "alert"),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name="fk_alert_articles_alert"),
    )
    op.create_table("briefs", *_texts("id", "value"), *_numbers("version"), *_times("as_of"), _key("briefs", "id"))


def _outbox() -> None:
    op.create_table(
        "deliveries",
        *_numbers("id", "wanted", "sent", "attempts"),
        *_texts("kind", "subject", "route", "platform", "channel", "language", "timezone", "mention"),
        *_texts("state", "ref", "error"),
        *_times("due"),
        _key("deliveries", "id"),
        sa.UniqueConstraint(
            "kind", "subject", "platform", "channel", name="uq_deliveries_kind_subject_platform_channel"
        ),
    )
    _index("deliveries", "state", "due")
    op.create_table(
        "resting_channels",
        *_texts("platform", "channel"),
        *_times("until"),
        _key("resting_channels", "platform", "channel"),
    )
