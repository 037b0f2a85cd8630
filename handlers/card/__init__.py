"""What is told, as one structure that every platform draws its own way?

`card_of` makes a Card of any notice; the kinds of blocks are in model.py.

Refuses to do: no platform's markup, colour or limits.
"""

from bot.domain import Alert, Brief, Bundle, Notice, Storyline, Trouble
from handlers.card.alert import card_of_alert
from handlers.card.brief import card_of_brief
from handlers.card.bundle import card_of_bundle
from handlers.card.model import (
    Badge,
    Block,
    Card,
    Entries,
    Entry,
    Fact,
    Facts,
    Ladder,
    Link,
    Mark,
    Member,
    Positions,
    Quote,
    Spot,
    Stand,
    Step,
    Usage,
    Usages,
)
from handlers.card.news import card_of_evidence, card_of_feed, card_of_news
from handlers.card.pages import card_of_help, card_of_mutes, card_of_sources, health_words
from handlers.card.stance import card_of_stance
from handlers.card.timeline import card_of_timeline
from handlers.card.trial import card_of_test
from handlers.card.trouble import card_of_trouble

__all__ = [
    "Badge",
    "Block",
    "Card",
    "Entries",
    "Entry",
    "Fact",
    "Facts",
    "Ladder",
    "Link",
    "Mark",
    "Member",
    "Positions",
    "Quote",
    "Spot",
    "Stand",
    "Step",
    "Usage",
    "Usages",
    "card_of",
    "card_of_alert",
    "card_of_brief",
    "card_of_bundle",
    "card_of_evidence",
    "card_of_feed",
    "card_of_help",
    "card_of_mutes",
    "card_of_news",
    "card_of_sources",
    "card_of_stance",
    "card_of_test",
    "card_of_timeline",
    "card_of_trouble",
    "health_words",
]


def card_of(notice: Notice, storyline: Storyline, language: str) -> Card:
    """Make the card of a notice of any kind. Pure.

    Args:
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    match notice:
        case Alert():
            return card_of_alert(notice, storyline, language)
        case Brief():
            return card_of_brief(notice, storyline, language)
        case Bundle():
            return card_of_bundle(notice, storyline, language)
        case Trouble():
            return card_of_trouble(notice, storyline, language)
