"""Does somebody speak who once held an office, and holds it no more?

"Former NATO chief urges Seoul to arm Kyiv" is read like the word of NATO's chief. Who has left an office has an
opinion: what he says is no position of his holder's, and what he says that it does is a report.

Refuses to do: whoever holds an office on the item's day speaks for it, whatever he was before, and so does everybody
who is heard beside the one who does not; no word of a language stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain import By, Register, Track
from bot.nlp.analysis import Language, Mention
from bot.nlp.candidates import Candidate
from bot.nlp.plain import Stretch
from bot.nlp.scene import Scene, scenes_of
from bot.nlp.voices import speaking

_READ = 600
"""Characters of a sentence that are looked at."""
_NOW = 60
"""Characters after an office that was left, in which another may be named."""
_BESIDE = re.compile(r"[\s,(–—-]*")
"""What may stand between what somebody was and the name."""
_OF_WHOM = re.compile(r"(?:['’]s?)?\s+")
"""What stands between whose office it was and the office."""


@dataclass(frozen=True, slots=True)
class Former:
    """How one language names who has left an office.

    Args:
        office: the office with what marks it as left: "former NATO chief".
        before: what precedes it, at the head of a sentence or of what follows a quote, where it is who speaks.
        after: what follows it then.
        now: says that another office follows, which is not left.
    """

    office: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    now: re.Pattern[str]

    def offices(self, sentence: str) -> list[Stretch]:
        """Return where offices stand that somebody has left, and holds no other."""
        found = self.office.finditer(sentence[:_READ])
        return [f.span() for f in found if not self.now.search(sentence, f.end(), f.end() + _NOW)]

    def speaks(self, sentence: str, start: int, end: int) -> bool:
        """Tell whether it is the one who held the office who speaks or acts."""
        return bool(self.before.search(sentence, 0, start) or self.after.match(sentence, end))


def left_office(
    candidates: Sequence[Candidate],
    scenes: Sequence[Scene],
    language: Language,
    wording: Former | None,
    tracks: Sequence[Track],
) -> tuple[Candidate, ...]:
    """Return the candidates, those by the analyst that are the word of who has left office."""
    if wording is None:
        return tuple(candidates)
    deeds = {(track.id, rung.id) for track in tracks for rung in track.rungs if rung.register is Register.DEED}
    toward = {track.id for track in tracks if track.toward}

    def told(c: Candidate) -> Candidate:
        deed = (c.track, c.rung) in deeds
        if c.by is By.ANALYST or (deed and c.by is By.REPORTED):
            return c
        own = c.by is By.OFFICIAL or c.track in toward or not _mentioned(c, scenes)
        if not own or not _once(c, scenes, language, wording, anywhere=c.track in toward):
            return c
        by = By.REPORTED if deed else By.ANALYST
        return replace(c, by=by, trace=(*c.trace, f"by: {by}, as who speaks has left the office"))

    return tuple(told(c) for c in candidates)


def _mentioned(c: Candidate, scenes: Sequence[Scene]) -> bool:
    """Tell whether a holder is named where its position is read: what is said of it there is a report."""
    return any(m.holder == c.holder for scene in scenes_of(c.sentence, scenes) for m in scene.mentions)


def _once(c: Candidate, scenes: Sequence[Scene], language: Language, wording: Former, *, anywhere: bool) -> bool:
    """Tell whether a candidate is the word of who has left office.

    Args:
        anywhere: where its sentence does not say who speaks, the title may, if the item hears none other.
    """
    here = scenes_of(c.sentence, scenes)
    telling = [scene for scene in here if wording.office.search(scene.sentence.text)]
    if not telling and anywhere:
        telling = [scene for scene in scenes if scene.sentence.title]
    speaks = any(_speaks(scene, wording) for scene in telling)
    if not speaks and not any(_heard(scene, c.holder, language, wording) for scene in telling):
        return False
    if not speaks and any(_in_office(scene, c.holder, language, wording, acting=True) for scene in here):
        return False
    return not any(_in_office(scene, c.holder, language, wording, acting=False) for scene in scenes)


def _speaks(scene: Scene, wording: Former) -> bool:
    """Tell whether the sentence has somebody speak who has left office, by its wording."""
    return any(wording.speaks(scene.sentence.text, *place) for place in _offices(scene, wording))


def _heard(scene: Scene, holder: str, language: Language, wording: Former) -> bool:
    """Tell whether the grammar hears a holder where only an office of it is named that was left."""
    offices = _offices(scene, wording)
    return bool(offices) and any(_within(scene, m, offices) for m in _active(scene, holder, language, acting=True))


def _in_office(scene: Scene, holder: str, language: Language, wording: Former, *, acting: bool) -> bool:
    """Tell whether somebody else speaks for the holder, or acts; what the one who left says that it does is no act."""
    offices = _offices(scene, wording)
    return any(not _within(scene, m, offices) for m in _active(scene, holder, language, acting=acting))


def _active(scene: Scene, holder: str, language: Language, *, acting: bool) -> Iterator[Mention]:
    """Yield who speaks, or acts, for a holder in a sentence."""
    yield from (m for m in speaking(language, scene) if m.holder == holder)
    if acting:
        acts = (language.agent(scene.sentence, word, scene.mentions) for word in scene.words())
        yield from (m for m in acts if m is not None and m.holder == holder)


def _offices(scene: Scene, wording: Former) -> list[Stretch]:
    """Return where a sentence names offices that were left, with whose they were, of people who hold none today."""
    text = scene.sentence.text
    places = [(_place(scene, m), m) for m in scene.mentions]
    found = []
    for start, end in wording.offices(text):
        office = start, end
        for place in (place for place, m in places if not m.voice):
            if _beside(text, place, office, _OF_WHOM):
                office = min(office[0], place[0]), max(office[1], place[1])
        people = (place for place, m in places if m.voice and m.holder)
        if not any(_calls(text, place, office) for place in people):
            found.append(office)
    return found


def _calls(text: str, name: Stretch, office: Stretch) -> bool:
    """Tell whether an office that was left is part of a name, or stands beside it."""
    return (name[0] <= office[0] and office[1] <= name[1]) or _beside(text, name, office, _BESIDE)


def _beside(text: str, one: Stretch, other: Stretch, between: re.Pattern[str]) -> bool:
    """Tell whether nothing but what fits stands between two places of a text."""
    first, second = sorted((one, other))
    return first[1] <= second[0] and between.fullmatch(text, first[1], second[0]) is not None


def _within(scene: Scene, mention: Mention, offices: Sequence[Stretch]) -> bool:
    first, last = _place(scene, mention)
    return any(start < last and first < end for start, end in offices)


def _place(scene: Scene, mention: Mention) -> Stretch:
    tokens, start = scene.sentence.tokens, scene.sentence.start
    return tokens[mention.first].start - start, tokens[mention.last].end - start
