"""Which values do all floors speak of?

Frozen values and nothing else: what is watched, what is read in it, what is decided from it, what is told,
and the storyline that says what to look for. The words are those of docs/glossary.md; times are aware, in UTC.

Refuses to do: no I/O, no clock, no decision.
"""

from bot.domain.decisions import Alert, Evidence, Position, Standing
from bot.domain.notices import Brief, Delivery, Notice, PausedChannel, Route, SilentSource, Trouble
from bot.domain.readings import Item, Reading, ReadResult
from bot.domain.scales import (
    AlertEventKind,
    AlertState,
    By,
    DeliveryState,
    NoticeKind,
    Register,
    Severity,
    Tier,
)
from bot.domain.storyline import (
    EventFrame,
    Factuality,
    Holder,
    PastMove,
    Person,
    Rung,
    Speaker,
    Storyline,
    Track,
)
from bot.domain.watched import Article, Entry, Poll, PollState, Source

__all__ = [
    "Alert",
    "AlertEventKind",
    "AlertState",
    "Article",
    "Brief",
    "By",
    "Delivery",
    "DeliveryState",
    "Entry",
    "EventFrame",
    "Evidence",
    "Factuality",
    "Holder",
    "Item",
    "Notice",
    "NoticeKind",
    "PastMove",
    "PausedChannel",
    "Person",
    "Poll",
    "PollState",
    "Position",
    "ReadResult",
    "Reading",
    "Register",
    "Route",
    "Rung",
    "Severity",
    "SilentSource",
    "Source",
    "Speaker",
    "Standing",
    "Storyline",
    "Tier",
    "Track",
    "Trouble",
]
