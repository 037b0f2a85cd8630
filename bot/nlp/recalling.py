"""What of an item is told again, and what is left of it?

Refuses to do: a headline and the first sentence of a text are no background for telling what has gone on for long; no
word of a language stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.nlp.analysis import Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.learned.opinion import Unit
from bot.nlp.retelling import Retelling


@dataclass(frozen=True, slots=True)
class Recall:
    """Finds it with the wordings of one language.

    Args:
        day: of the item.
    """

    retelling: Retelling
    day: date | None

    def known(self, unit: Unit) -> str:
        """Return the wording by which a piece of text tells of the past in whole or in part, "" for none."""
        asides = self.retelling.asides(unit.text, self.day)
        return self._told(unit.text, unit.start, title=unit.title) or next((unit.text[a:b] for a, b in asides), "")

    def rest(self, unit: Unit) -> Unit | None:
        """Return what of a piece of text is not told again, everything in its place; None where nothing is left."""
        if self._told(unit.text, unit.start, title=unit.title):
            return None
        return replace(unit, text=self.without(unit.text))

    def without(self, text: str) -> str:
        """Return a text without the clauses that tell what is known, everything else in its place."""
        parts, done = list[str](), 0
        for start, end in self.retelling.asides(text, self.day):
            parts += (text[done:start], " " * (end - start))
            done = end
        return "".join((*parts, text[done:]))

    def told(self, sentence: Sentence) -> str:
        """Return the wording by which a whole sentence tells of the past, "" for none."""
        return self._told(sentence.text, sentence.start, title=sentence.title)

    def news(self, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates whose sentence is not told again."""
        return tuple(c for c in candidates if not self.told(c.sentence))

    def _told(self, text: str, start: int, *, title: bool) -> str:
        return self.retelling(text, self.day, follows=start > 0 and not title)
