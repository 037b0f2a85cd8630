"""What does the card of where somebody stands on one track show, and in which order?

The question of the track; where each holder stands, in word and deed, since when, on what, against the baseline; the
last moves of each with their sources; what is reported and not confirmed.

Refuses to do: nothing is counted anew; the brief and the timeline are shown as they were made.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain import AlertState, Brief, Storyline, Timeline
from handlers.card import names
from handlers.card.brief import card_of_brief
from handlers.card.model import Badge, Block, Card, Entries, Positions
from handlers.card.timeline import moves_of
from handlers.texts import say

MOST_MOVES = 4
"""The last moves of each holder."""


def card_of_stance(brief: Brief, timeline: Timeline, storyline: Storyline, language: str) -> Card:
    """Make the card of where everybody, or one holder, stands on the track of a timeline. Pure.

    Args:
        brief: of that track, and of that holder where one was asked for.
        timeline: of the same, as far back as moves are worth telling.
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    track = timeline.track
    card = card_of_brief(brief, storyline, language)
    positions = tuple(
        replace(block, title=say(language, "stance.now"), detail=False)
        for block in card.blocks
        if isinstance(block, Positions) and block.track == track
    )
    moves = _moves(timeline, storyline, language)
    unsure = tuple(alert for alert in brief.signals if alert.state is AlertState.SIGNAL and alert.track == track)
    told = _signals(replace(brief, moved=(), signals=unsure), storyline, language)
    question = positions[0].question if positions else ""
    title = names.track_title(storyline, track, language)
    blocks: tuple[Block, ...] = (*positions, *told, *moves)
    return Card(
        kind=None,
        subject=track,
        version=brief.version,
        language=language,
        headline=question or title if positions else say(language, "chat.nothing"),
        badge=Badge(say(language, "badge.stance")),
        kicker=title,
        at=brief.as_of,
        blocks=blocks,
        footer=(track,),
    )


def _moves(timeline: Timeline, storyline: Storyline, language: str) -> tuple[Entries, ...]:
    moved = (replace(c, changes=tuple(change for change in c.changes if not change.open)) for c in timeline.courses)
    listed = (moves_of(course, timeline.track, storyline, language, MOST_MOVES) for course in moved)
    several = len(timeline.courses) > 1
    title = say(language, "stance.moves")
    return tuple(
        replace(entries, title=f"{title} · {entries.title}" if several else title)
        for entries in listed
        if entries.entries
    )


def _signals(brief: Brief, storyline: Storyline, language: str) -> tuple[Block, ...]:
    if not brief.signals:
        return ()
    return tuple(
        block
        for block in card_of_brief(replace(brief, mutes=(), silent=(), standings=()), storyline, language).blocks
        if isinstance(block, Entries)
    )
