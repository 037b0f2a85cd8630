"""What of that which an item says of a holder is only wished of it?

The encoder hears ties that are mended, be it by a minister or in a leader of a newspaper that wants them to be. What a
stranger wishes of a holder is taken out of what is read of it, and of what is heard of the tracks that are its alone.

Refuses to do: on every other track the sentence says what it said, so that an opposition's wish stays a position of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.nlp.candidates import Candidate
from bot.nlp.learned.opinion import HEARD, Opinion
from bot.nlp.wishing import Wishing

_NEVER = -8.0
"""Log odds of what a sentence does not say."""


@dataclass(frozen=True, slots=True)
class Wished:
    """Finds it in one item.

    Args:
        wishing: how its language tells it; None where it cannot.
        named: returns the holders that words name.
        title: of the item.
    """

    wishing: Wishing | None
    named: Callable[[str], frozenset[str]]
    title: str

    def read(self, every: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the rules' candidates without those of what is wished."""
        return tuple(c for c in every if c.holder not in self._of(c.sentence.text, title=c.sentence.title))

    def heard(
        self, opinion: Opinion, columns: Sequence[tuple[str, str]], holders: Mapping[str, Sequence[str]]
    ) -> Opinion:
        """Return an opinion that has not heard what is wished.

        Args:
            columns: (track, rung) of the opinion's columns.
            holders: whose positions each track tells.
        """
        if self.wishing is None:
            return opinion
        rungs = opinion.rungs.copy()
        for i, unit in enumerate(opinion.units):
            if rungs[i].max() >= HEARD and (of := self._of(unit.text, title=unit.title)):
                wished = [at for at, (track, _) in enumerate(columns) if of.issuperset(holders[track])]
                rungs[i, wished] = np.minimum(rungs[i, wished], _NEVER)
        return replace(opinion, rungs=rungs)

    def _of(self, sentence: str, *, title: bool) -> frozenset[str]:
        """Return of whom a sentence wishes something; the title of a column does nothing else."""
        if self.wishing is None:
            return frozenset()
        column = bool(self.wishing.column.search(self.title))
        whom = self.wishing.home if column and title else self.wishing(sentence, column=column)
        return self.named(whom) if whom else frozenset()
