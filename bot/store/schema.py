"""Which tables are there?

A value of the domain is one row: the columns that queries filter and sort by, and the whole value as JSON in
`value`. Times are integers (columns.py). Every change here needs a migration; a test compares the two.

Refuses to do: nothing runs here.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

from bot.store.columns import UtcMicros

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


sources = Table(
    "sources",
    metadata,
    Column("key", Text, primary_key=True),
    _text("author"),
    Column("enabled", Boolean, nullable=False),
    # Who removed a source that YAML names; "" for nobody. It outlives the next start, when YAML seeds again.
    _text("disabled_by"),
    Column("gone", Boolean, nullable=False),
    Column("next_due", UtcMicros, nullable=False, index=True),
    _text("value"),
    _text("state"),
)

# What people made in chat; "" in removed_by while it holds.
routes = Table(
    "routes",
    metadata,
    Column("name", Text, primary_key=True),
    _text("author"),
    _text("removed_by"),
    _text("value"),
)

articles = Table(
    "articles",
    metadata,
    Column("key", Text, primary_key=True),
    _text("source"),
    _text("url"),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("content_hash", Text, nullable=False, index=True),
    _text("title"),
    _text("text"),
    _text("language"),
    Column("published", UtcMicros),
    Column("seen", UtcMicros, nullable=False, index=True),
    _text("publisher"),
    _text("origin_group"),
    _text("tier"),
    # How often its words changed since it was first polled.
    Column("edits", Integer, nullable=False, server_default="0"),
    Column("relevant", Boolean, nullable=False),
    # The whole ReadResult: gate line, readings, and the doubtful ones that `why` shows.
    _text("result"),
    # What became of each source's articles is counted without touching the texts.
    Index(None, "source", "seen", "relevant"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("article", Text, ForeignKey("articles.key"), nullable=False, index=True),
    _text("track"),
    _text("holder"),
    _text("rung"),
    Column("dated", UtcMicros, nullable=False),
    Column("seen", UtcMicros, nullable=False),
    Column("silent", Boolean, nullable=False),
    _text("value"),
    Index(None, "track", "holder", "dated"),
    Index(None, "track", "holder", "seen"),
)

# What was read on an article's own page, and when it is looked at next; null for never.
pages = Table(
    "pages",
    metadata,
    Column("article", Text, ForeignKey("articles.key"), primary_key=True),
    Column("due", UtcMicros, index=True),
    _text("value"),
)

openings = Table(
    "openings",
    metadata,
    Column("track", Text, primary_key=True),
    Column("holder", Text, primary_key=True),
    Column("until", UtcMicros, nullable=False),
    _text("value"),
)

# What each ledger was opened with, before any reading was settled; a rebuild starts from it.
first_openings = Table(
    "first_openings",
    metadata,
    Column("track", Text, primary_key=True),
    Column("holder", Text, primary_key=True),
    Column("until", UtcMicros, nullable=False),
    _text("value"),
)

standings = Table(
    "standings",
    metadata,
    Column("track", Text, primary_key=True),
    Column("holder", Text, primary_key=True),
    _text("value"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    _text("state"),
    _text("event"),
    Column("at", UtcMicros, nullable=False, index=True),
    Column("posted", UtcMicros, nullable=False),
    _text("track"),
    _text("holder"),
    _text("to_rung"),
    Column("severity", Integer, nullable=False),
    _text("value"),
    Index(None, "track", "holder", "at"),
)

alert_events = Table(
    "alert_events",
    metadata,
    Column("alert", Text, ForeignKey("alerts.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    _text("event"),
    _text("state"),
    Column("at", UtcMicros, nullable=False),
    _text("reason"),
    _text("value"),
)

alert_articles = Table(
    "alert_articles",
    metadata,
    Column("article", Text, primary_key=True),
    Column("alert", Text, ForeignKey("alerts.id"), primary_key=True),
)

briefs = Table(
    "briefs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("as_of", UtcMicros, nullable=False),
    _text("value"),
)

# `open` holds until the channel works again; of one channel at most one is open.
troubles = Table(
    "troubles",
    metadata,
    Column("id", Text, primary_key=True),
    _text("platform"),
    _text("channel"),
    Column("open", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", UtcMicros, nullable=False),
    _text("value"),
    Index(None, "platform", "channel", "open"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("kind"),
    _text("subject"),
    _text("route"),
    _text("platform"),
    _text("channel"),
    _text("language"),
    _text("timezone"),
    _text("mention"),
    _text("state"),
    Column("wanted", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    _text("ref"),
    Column("attempts", Integer, nullable=False),
    Column("due", UtcMicros, nullable=False),
    _text("error"),
    # Why the first post waits, in words; empty when it does not.
    Column("held", Text),
    # When the notice came into the message that shows it; alerts that share a message share its `ref`.
    Column("posted", UtcMicros),
    # A first post that has begun, under which delivery's name, and until when it may still show up in the channel.
    Column("tried", UtcMicros),
    Column("key", Integer, nullable=False, server_default="0"),
    Column("unsure_until", UtcMicros),
    # When the channel is looked through for surplus copies.
    Column("look", UtcMicros),
    # The message in whose thread it is said; null for a message of its own.
    Column("thread", Text),
    # Which version the post that has begun shows.
    Column("showing", Integer, nullable=False, server_default="0"),
    UniqueConstraint("kind", "subject", "platform", "channel"),
    Index(None, "state", "due"),
    Index(None, "look"),
    Index(None, "ref"),
    Index(None, "platform", "channel", "posted"),
)

# A channel that answered with a passing error rests: nothing in it is due before `until`, whenever it was enqueued.
resting_channels = Table(
    "resting_channels",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("until", UtcMicros, nullable=False),
)

# What people keep a channel, or with an empty platform every channel, from being told. It holds until `until`, if
# there is one, or until `ended`.
mutes = Table(
    "mutes",
    metadata,
    Column("id", Text, primary_key=True),
    _text("platform"),
    _text("channel"),
    Column("at", UtcMicros, nullable=False),
    Column("until", UtcMicros),
    Column("ended", UtcMicros),
    _text("value"),
    Index(None, "ended", "until"),
)

# How far the digests of a route have come.
digests = Table(
    "digests",
    metadata,
    Column("route", Text, primary_key=True),
    _text("plan"),
    Column("slot", UtcMicros, nullable=False),
    Column("since", UtcMicros, nullable=False),
)

# What was begun and has to be finished, however often the bot is killed meanwhile.
owed = Table(
    "owed",
    metadata,
    Column("name", Text, primary_key=True),
    Column("since", UtcMicros, nullable=False),
)

# What people said of alerts; of one person on one alert the last row holds, and the others are its history.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert", Text, ForeignKey("alerts.id"), nullable=False),
    _text("person"),
    Column("at", UtcMicros, nullable=False),
    _text("value"),
    Index(None, "alert", "person"),
)

# What people changed, and where it holds: with an empty channel everywhere. Nothing of it is ever changed.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcMicros, nullable=False),
    _text("platform"),
    _text("channel"),
    _text("author"),
    _text("value"),
    Index(None, "platform", "channel", "at"),
)
