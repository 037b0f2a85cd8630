"""Does whoever speaks or acts hold on that day the office that makes it their holder's position?

The learned part knows no dates: to it a party stays in opposition, and a president in office. Where a sentence is the
word or the act of a name that stands for its holder on other days only, the position is theirs whom it stands for now.

Refuses to do: a name that is only talked about changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.domain import Track
from bot.nlp.analysis import Language, Mention
from bot.nlp.candidates import Candidate, doubtful
from bot.nlp.phrases import Span
from bot.nlp.resolve import Other
from bot.nlp.scene import Scene, scenes_of


def seated(
    candidates: Sequence[Candidate], scenes: Sequence[Scene], language: Language, tracks: Sequence[Track]
) -> tuple[Candidate, ...]:
    """Return the candidates by whom names stand for on the item's day."""
    may = {track.id: track.holders for track in tracks}
    found: dict[tuple[str, str, str], Candidate] = {}
    for c in candidates:
        told = _told(c, scenes_of(c.sentence, scenes), language, may[c.track])
        key = told.track, told.rung, told.holder
        if key not in found or found[key].confidence < told.confidence:
            found[key] = told
    return tuple(found.values())


def _told(c: Candidate, scenes: Sequence[Scene], language: Language, may: Sequence[str]) -> Candidate:
    """Return a candidate whose holder the name does not stand for, told of whom it stands for.

    Where another name stands for the holder in the sentence, the position may be either's, and stays as it is read.
    """
    other = next((found for scene in scenes if (found := _own(c, scene, language))), None)
    named = any(m.holder == c.holder for scene in scenes for m in scene.mentions)
    if other is None or (named and other.mention.holder in may):
        return c
    now = other.mention.holder
    if now in may:
        return replace(c, holder=now, trace=(*c.trace, f"holder: {now}, by the item's date; on others {c.holder}"))
    return doubtful(c, f"who speaks or acts does not stand for {c.holder} on the item's date")


def _own(c: Candidate, scene: Scene, language: Language) -> Other | None:
    """Return the name that a sentence is the word or the act of, where it stands for its holder on other days."""
    others = {(o.mention.first, o.mention.last): o for o in scene.others if c.holder in o.holders}
    if not others:
        return None
    taken = {i for first, last in others for i in range(first, last + 1)}
    mentions = [m for m in scene.mentions if taken.isdisjoint(range(m.first, m.last + 1))]
    mentions = sorted([*mentions, *(o.mention for o in others.values())], key=lambda m: m.first)
    whose = _speakers(scene, mentions, language) or _actors(scene, mentions, language)
    return others.get(whose.most_common(1)[0][0]) if whose else None


def _speakers(scene: Scene, mentions: Sequence[Mention], language: Language) -> Counter[Span]:
    asked = (language.attribution(scene.sentence, word, mentions).mention for word in scene.words())
    return Counter((m.first, m.last) for m in asked if m is not None)


def _actors(scene: Scene, mentions: Sequence[Mention], language: Language) -> Counter[Span]:
    asked = (language.agent(scene.sentence, word, mentions) for word in scene.words())
    return Counter((m.first, m.last) for m in asked if m in mentions and m is not None)
