"""Does a writer say what a holder should do, and nobody else speak?

"The United States should press Seoul for shells" is nobody's request: a columnist advises it, and rules and the learned
part hear the request. Such a position is the writer's opinion, and moves nothing.

Refuses to do: what anybody is heard to say stays as it is read, and so does what stands in quotation marks; no word of
a language stands here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain import By, Track
from bot.nlp.analysis import Language
from bot.nlp.candidates import Candidate
from bot.nlp.scene import Scene, scenes_of

_MARKED = re.compile('["“”«»:–—]| - ')
"""What stands beside such a mark may be somebody's word whom the grammar does not find."""


def advised(
    candidates: Sequence[Candidate],
    every: Sequence[Candidate],
    scenes: Sequence[Scene],
    language: Language,
    wording: re.Pattern[str] | None,
    tracks: Sequence[Track],
) -> tuple[Candidate, ...]:
    """Return the candidates, those by the analyst that a holder is only advised to.

    Args:
        every: the rules' candidates: what the holder says itself in another sentence is its word.
        wording: what follows a name that is given advice.
        tracks: where deeds outrank words, "must" tells a need: "the North must make good its losses".
    """
    if wording is None:
        return tuple(candidates)
    advisable = {track.id for track in tracks if not track.deeds_outrank_words}
    own = {(c.track, c.rung, c.holder) for c in every if c.origin == c.holder}

    def opinion(c: Candidate) -> bool:
        return any(_advises(scene, c.holder, language, wording) for scene in scenes_of(c.sentence, scenes))

    return tuple(
        replace(c, by=By.ANALYST, trace=(*c.trace, "by: analyst, as nobody but the writer says that it should"))
        if c.track in advisable and c.by is not By.ANALYST and (c.track, c.rung, c.holder) not in own and opinion(c)
        else c
        for c in candidates
    )


def _advises(scene: Scene, holder: str, language: Language, wording: re.Pattern[str]) -> bool:
    """Tell whether a sentence gives a holder advice, and nobody is heard in it."""
    sentence = scene.sentence
    ends = (sentence.tokens[m.last].end - sentence.start for m in scene.mentions if m.holder == holder)
    if _MARKED.search(sentence.text) or not any(wording.match(sentence.text, end) for end in ends):
        return False
    heard = (language.attribution(sentence, word, scene.mentions) for word in scene.words())
    return not any(source.mention or source.unnamed or source.named_before for source in heard)
