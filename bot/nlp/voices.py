"""Who speaks in a place of an item, whatever it is that is said there?

The learned part finds positions where no cue is, and a body goes on where its headline has named the speaker; the
origin of both is still whoever is heard to say so.

Refuses to do: whether that makes a reading official or reported is decided elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bot.nlp.analysis import Language, Mention
from bot.nlp.scene import Scene, between

Heard = Callable[[bool, int, int], str]
"""(title, start, end) → the speaker or holder heard between these characters of the title or the text, or else the
paper that is credited there; "" for none."""


def voices(language: Language, scenes: Sequence[Scene]) -> Heard:
    """Return who is heard in the sentences of an item."""

    def heard(title: bool, start: int, end: int) -> str:
        found: Counter[str] = Counter()
        here = between(scenes, start, end, title=title)
        for scene in here:
            found.update(m.speaker or m.holder for m in speaking(language, scene))
        return found.most_common(1)[0][0] if found else next((scene.paper for scene in here if scene.paper), "")

    return heard


def speaking(language: Language, scene: Scene) -> Iterator[Mention]:
    """Yield for each word of a sentence who is heard to say it, a speaker or a holder."""
    for word in scene.words() if scene.mentions else ():
        source = language.attribution(scene.sentence, word, scene.mentions)
        mention = source.mention or (scene.before if source.named_before else None)
        if mention is not None and (mention.speaker or mention.holder):
            yield mention
