"""What does the card of a channel that takes nothing show?

Which channel, what is wrong and what to do about it, since when, and which route waits; later, that it works again.

Refuses to do: it wakes nobody, and says nothing of what waits for that channel.
"""

from __future__ import annotations

from bot.domain import NoticeKind, Storyline, Trouble
from handlers.card.model import Badge, Card, Fact, Facts
from handlers.plain import NAME_LIMIT, QUOTE_LIMIT, plain
from handlers.texts import say, word

_HEADLINES = {False: ("source.open", "source.over"), True: ("sources.open", "sources.over")}
"""What begins and ends of one source, and where it is all of them."""


def card_of_trouble(trouble: Trouble, storyline: Storyline, language: str) -> Card:
    """Make the card of a trouble. Pure.

    Args:
        language: of the channel that is told: a code that has a catalogue in handlers/texts, else English stands in.
    """
    if trouble.platform == Trouble.OF_SOURCE:
        return _card_of_source(trouble, storyline, language)
    place = {"platform": trouble.platform.capitalize(), "channel": plain(trouble.channel, NAME_LIMIT)}
    over = trouble.resumed is not None
    waits = say(language, "fact.waited" if over else "fact.waits")
    rows = (
        Fact(say(language, "fact.wrong"), plain(trouble.error, QUOTE_LIMIT)),
        Fact(waits, plain(trouble.route, NAME_LIMIT), since=trouble.at),
    )
    return Card(
        kind=NoticeKind.TROUBLE,
        subject=trouble.id,
        version=trouble.version,
        language=language,
        headline=say(language, "trouble.over" if over else "trouble.open", **place),
        badge=Badge(say(language, "badge.resumed" if over else "badge.trouble")),
        kicker=f"{word(language, storyline.title, storyline.id)} · {place['platform']}",
        at=trouble.resumed or trouble.at,
        blocks=(Facts(rows),),
        footer=(trouble.id,),
    )


def _card_of_source(trouble: Trouble, storyline: Storyline, language: str) -> Card:
    name, over = plain(trouble.route, NAME_LIMIT), trouble.resumed is not None
    opened, closed = _HEADLINES[trouble.channel == Trouble.OF_ALL]
    story = word(language, storyline.title, storyline.id)
    return Card(
        kind=NoticeKind.TROUBLE,
        subject=trouble.id,
        version=trouble.version,
        language=language,
        headline=say(language, closed if over else opened, source=name),
        badge=Badge(say(language, "badge.source_over" if over else "badge.source")),
        kicker=" · ".join(part for part in (story, plain(trouble.channel, NAME_LIMIT)) if part),
        at=trouble.resumed or trouble.at,
        blocks=(Facts((Fact(say(language, "fact.wrong"), plain(trouble.error, QUOTE_LIMIT), since=trouble.at),)),),
        footer=(trouble.id,),
    )
