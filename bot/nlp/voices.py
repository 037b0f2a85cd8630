"""Who speaks in a place of an item, whatever it is that is said there?

The learned part finds positions where no cue is, and a body goes on where its headline has named the speaker; the
origin of both is still whoever is heard to say so.

Refuses to do: whether that makes a reading official or reported is decided elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.nlp.analysis import Language, Trigger
from bot.nlp.scene import Scene

Heard = Callable[[bool, int, int], str]
"""(title, start, end) → the speaker or holder heard between these characters of the title or the text, "" for none."""

_WORDS = 120
"""Words of a sentence that are asked for who says them; news has shorter ones."""


def voices(language: Language, scenes: Sequence[Scene]) -> Heard:
    """Return who is heard in the sentences of an item."""

    def heard(title: bool, start: int, end: int) -> str:
        found: Counter[str] = Counter()
        for scene in scenes:
            first = scene.sentence.start
            if scene.sentence.title is title and first < end and start < first + len(scene.sentence.text):
                found.update(_speakers(language, scene))
        return found.most_common(1)[0][0] if found else ""

    return heard


def _speakers(language: Language, scene: Scene) -> Counter[str]:
    """Count by the words of a sentence whose word they are."""
    found: Counter[str] = Counter()
    for i in range(min(len(scene.sentence.tokens), _WORDS) if scene.mentions else 0):
        source = language.attribution(scene.sentence, Trigger(i, i), scene.mentions)
        mention = source.mention or (scene.before if source.named_before else None)
        if mention is not None and (mention.speaker or mention.holder):
            found[mention.speaker or mention.holder] += 1
    return found
