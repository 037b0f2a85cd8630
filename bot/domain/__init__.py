"""Which values do all floors speak of?

Frozen values and nothing else: what is watched, what is read in it, what is decided from it, what is told,
and the storyline that says what to look for. The words are those of docs/glossary.md; times are aware, in UTC.

Refuses to do: no I/O, no clock, no decision.
"""

from bot.domain.acting import Act, Asker, AuditEntry, FeedItem, FeedPreview, Rank
from bot.domain.addresses import shown
from bot.domain.decisions import Alert, Evidence, Position, Standing
from bot.domain.making import maker
from bot.domain.notices import (
    Brief,
    Bundle,
    Delivery,
    DigestMark,
    News,
    Notice,
    PausedChannel,
    QuietHours,
    Route,
    SilentSource,
    Trouble,
)
from bot.domain.papers import paper_letters, paper_name, paper_sound
from bot.domain.people import Feedback, Mute, Verdict
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
    POLLSTER,
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
from bot.domain.timelines import Change, Course, Timeline
from bot.domain.upkeep import Vitals
from bot.domain.watched import USUAL_SELECTOR, YAML, Article, Entry, Page, PageState, Poll, PollState, Source, Wishes

__all__ = [
    "POLLSTER",
    "USUAL_SELECTOR",
    "YAML",
    "Act",
    "Alert",
    "AlertEventKind",
    "AlertState",
    "Article",
    "Asker",
    "AuditEntry",
    "Brief",
    "Bundle",
    "By",
    "Change",
    "Course",
    "Delivery",
    "DeliveryState",
    "DigestMark",
    "Entry",
    "EventFrame",
    "Evidence",
    "Factuality",
    "FeedItem",
    "FeedPreview",
    "Feedback",
    "Holder",
    "Item",
    "Mute",
    "News",
    "Notice",
    "NoticeKind",
    "Page",
    "PageState",
    "PastMove",
    "PausedChannel",
    "Person",
    "Poll",
    "PollState",
    "Position",
    "QuietHours",
    "Rank",
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
    "Timeline",
    "Track",
    "Trouble",
    "Verdict",
    "Vitals",
    "Wishes",
    "maker",
    "paper_letters",
    "paper_name",
    "paper_sound",
    "shown",
]
