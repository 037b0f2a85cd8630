"""Does whoever takes a position toward another say so itself?

Pyongyang warns Seoul over arms for Ukraine in the very words of Moscow, and the learned part knows the words. Where
somebody else speaks in a sentence, and the holder neither speaks nor does anything in it, it is not the holder's word.

Refuses to do: what others report that a holder said stays as it is read; so does a sentence in which nobody is heard,
or those are whom it is said to; and so does a track on which several holders may speak, one for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain import By, Track
from bot.nlp.analysis import Language
from bot.nlp.candidates import Candidate, doubtful
from bot.nlp.scene import Scene, scenes_of
from bot.nlp.voices import speaking


def own_words(
    candidates: Sequence[Candidate], scenes: Sequence[Scene], language: Language, tracks: Sequence[Track]
) -> tuple[Candidate, ...]:
    """Return the candidates, those doubtful that are the word of another."""
    toward = {track.id: frozenset(track.toward) for track in tracks if track.toward and len(track.holders) == 1}
    return tuple(
        doubtful(c, f"somebody else speaks, and nothing in the sentence is said or done by {c.holder}")
        if c.track in toward and c.by is By.OFFICIAL and _of_another(c, toward[c.track], scenes, language)
        else c
        for c in candidates
    )


def _of_another(c: Candidate, toward: frozenset[str], scenes: Sequence[Scene], language: Language) -> bool:
    here = scenes_of(c.sentence, scenes)
    speakers = {mention.holder for scene in here for mention in speaking(language, scene) if mention.holder}
    if not speakers or c.holder in speakers or speakers & toward:
        return False
    return all(c.holder != holder for scene in here for holder in _actors(scene, language))


def _actors(scene: Scene, language: Language) -> Iterator[str]:
    """Yield who does anything in the sentence."""
    for word in scene.words():
        mention = language.agent(scene.sentence, word, scene.mentions)
        if mention is not None:
            yield mention.holder
