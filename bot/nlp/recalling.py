"""What of an item is told again, or of somebody else, and what is left of it?

Refuses to do: a headline and the first sentence of a text are no background for telling what has gone on for long; no
word of a language stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.nlp.analysis import Sentence
from bot.nlp.learned.opinion import Unit
from bot.nlp.retelling import Retelling
from bot.nlp.scene import Scene


@dataclass(frozen=True, slots=True)
class Recall:
    """Finds it with the wordings of one language.

    Args:
        day: of the item.
        strangers: names whom a sentence is about that the storyline is not; None where the language cannot tell.
    """

    retelling: Retelling
    day: date | None
    strangers: Callable[[str], str] | None = None

    def known(self, unit: Unit) -> str:
        """Return the wording by which a piece of text is no news in whole or in part, "" for none."""
        asides = self.retelling.asides(unit.text, self.day)
        return self._told(unit) or next((unit.text[a:b] for a, b in asides), "")

    def rest(self, unit: Unit) -> Unit | None:
        """Return what of a piece of text is news, everything in its place; None where nothing is left."""
        if self._told(unit):
            return None
        return replace(unit, text=self.without(unit.text))

    def without(self, text: str) -> str:
        """Return a text without the clauses that tell what is known, everything else in its place."""
        parts, done = list[str](), 0
        for start, end in self.retelling.asides(text, self.day):
            parts += (text[done:start], " " * (end - start))
            done = end
        return "".join((*parts, text[done:]))

    def news(self, scenes: Iterable[Scene]) -> tuple[Scene, ...]:
        """Return the scenes whose sentence is neither told again nor another story's."""
        return tuple(scene for scene in scenes if not self._told(scene.sentence))

    def _told(self, part: Unit | Sentence) -> str:
        """Return the wording by which all of a piece of text tells of the past or of strangers, "" for none."""
        told = self.retelling(part.text, self.day, follows=part.start > 0 and not part.title)
        return told or (self.strangers(part.text) if self.strangers else "")
