"""What is known of a sentence when its positions are looked for?

Refuses to do: nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Mention, Sentence, Trigger
from bot.nlp.phrases import Span
from bot.nlp.resolve import Other

_WORDS = 120
"""Words of a sentence that are asked for whose they are; news has shorter ones."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what was found in it.

    Args:
        found: key → spans, mentions included.
        around: holders named in the item, the title's first.
        before: who could speak in the sentences before, the latest; for "he" and "the ministry".
        others: names that stand for other holders on other days.
        paper: whom the sentence credits that is no speaker of the storyline, as `paper_name` has it; "" for nobody.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    found: Mapping[str, tuple[Span, ...]]
    item: frozenset[str]
    around: tuple[str, ...]
    before: Mention | None = None
    others: tuple[Other, ...] = ()
    paper: str = ""

    def words(self) -> list[Trigger]:
        """Return the words, each by itself, that may be asked for who says or does them."""
        return [Trigger(i, i) for i in range(min(len(self.sentence.tokens), _WORDS))]


def between(scenes: Sequence[Scene], start: int, end: int, *, title: bool) -> list[Scene]:
    """Return the scenes that lie at least in part between two characters of the title or the text."""
    return [
        scene
        for scene in scenes
        if scene.sentence.title is title
        and scene.sentence.start < end
        and start < scene.sentence.start + len(scene.sentence.text)
    ]


def scenes_of(sentence: Sentence, scenes: Sequence[Scene]) -> list[Scene]:
    """Return the scenes that a candidate's sentence lies in; the learned part cuts sentences in its own places."""
    return between(scenes, sentence.start, sentence.start + len(sentence.text), title=sentence.title)


def around(scenes: Sequence[Sequence[Mention]]) -> tuple[str, ...]:
    """Return the holders named in an item, in order of first mention."""
    return tuple(dict.fromkeys(m.holder for mentions in scenes for m in mentions if m.holder))
