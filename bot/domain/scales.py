"""Which small closed sets of words do all floors share?

One word, one meaning: docs/glossary.md. Refuses to do: no order or weight beyond what the values say.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Tier(StrEnum):
    """How close a source stands to the holders it reports on."""

    OFFICIAL = "official"
    AGENCY = "agency"
    OUTLET = "outlet"
    SPECIALIST = "specialist"
    THINKTANK = "thinktank"
    SEARCH = "search"


class By(StrEnum):
    """Who attributes the position to its holder."""

    OFFICIAL = "official"
    """The holder itself says or does it."""
    REPORTED = "reported"
    """Another party or an unnamed source says it of the holder."""
    ANALYST = "analyst"
    """Opinion or analysis; it never moves the ledger."""


class Register(StrEnum):
    """The two halves of a ledger: what a holder last said, and the furthest it has done."""

    WORD = "word"
    DEED = "deed"


class AlertState(StrEnum):
    """What is now believed of a development that was told."""

    SIGNAL = "signal"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class AlertEventKind(StrEnum):
    """What has just happened to an alert; the first is always `posted`."""

    POSTED = "posted"
    UPDATED = "updated"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Severity(IntEnum):
    """How much an alert matters; a route may ask for a minimum."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class DeliveryState(StrEnum):
    """Where one notice to one channel stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class NoticeKind(StrEnum):
    """What a delivery carries."""

    ALERT = "alert"
    BRIEF = "brief"
    TROUBLE = "trouble"
    """A channel of another platform that takes nothing, or a source that needs a look."""
    NEWS = "news"
    """A line in the thread of a message: what has become of its alert."""
