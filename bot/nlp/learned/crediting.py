"""Whom does a report come from, where the rule that read it, if any, does not say?

Refuses to do: it changes no position and no probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain import By
from bot.nlp.candidates import Candidate
from bot.nlp.learned.opinion import HEARD, Opinion
from bot.nlp.voices import Heard


class Creditor:
    """Gives reports their origin.

    Args:
        rungs: (track, rung) in the order of the opinion's columns.
        party: speaker or holder → the holder that it belongs to.
    """

    def __init__(self, rungs: Sequence[tuple[str, str]], party: Mapping[str, str]) -> None:
        self._columns = {rung: column for column, rung in enumerate(rungs)}
        self._party = party

    def credit(
        self, joined: Sequence[Candidate], opinion: Opinion, every: Sequence[Candidate], heard: Heard
    ) -> tuple[Candidate, ...]:
        """Return the candidates, those that are reported with whoever the item says they come from.

        What a holder says itself is its word, whichever paper it was said to.
        """
        return tuple(
            self._credited(c, opinion, every, heard) if c.by is By.REPORTED else self._own_word(c) for c in joined
        )

    def _own_word(self, c: Candidate) -> Candidate:
        return c if c.origin in self._party else replace(c, origin="")

    def _credited(self, c: Candidate, opinion: Opinion, every: Sequence[Candidate], heard: Heard) -> Candidate:
        if c.origin:
            return c
        for origin, where in self._named(c, opinion, every, heard):
            if origin and self._party.get(origin) != c.holder:
                return replace(c, origin=origin, trace=(*c.trace, f"origin: {origin}, {where}"))
        return c

    def _named(
        self, c: Candidate, opinion: Opinion, every: Sequence[Candidate], heard: Heard
    ) -> Iterator[tuple[str, str]]:
        """Yield who may be named for it: in the sentence, in another that says the same, in a headline that does."""
        here = c.sentence
        yield heard(here.title, here.start, here.start + len(here.text)), "heard in the sentence"
        for other in sorted(every, key=lambda other: (not other.sentence.title, other.sentence.start)):
            if (other.track, other.rung, other.holder) == (c.track, c.rung, c.holder):
                yield other.origin, "who says the same elsewhere in the item"
        column = self._columns[c.track, c.rung]
        for unit, odds in zip(opinion.units, opinion.rungs[:, column], strict=True):
            if unit.title and odds >= HEARD:
                yield heard(True, unit.start, unit.start + len(unit.text)), "heard in the headline"
