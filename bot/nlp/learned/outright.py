"""What do rules read so plainly that the learned part, silent or mistaken, does not undo it?

"Seoul will send shells" is the plainest of headlines, and the learned part has seen few: what it knows is told with
"decided", "in principle", "once". So it is with the plainest of refusals: "Seoul rejects Kyiv's plea for shells". Where
rules read such a decision surely and the learned part hears nothing else of the track, it is taken to have heard it
faintly.

And some words allow one answer only: what comes "next month" is not done yet, "will not refuse" is no refusal, and some
cues say so of themselves. The learned part hears "ratify" and "refuse"; what it hears of the event in
that very sentence is taken for what the words make of it, and a headline in such words is heard faintly, at least.

A headline in nouns alone ("북한군 1만명 쿠르스크 집결") is what it has seen least of. Where it hears nothing at all in
one that belongs to the storyline, and no text stands below, what rules surely read there is taken for heard, too.

Refuses to do: what others say that somebody will do is no decision ("Seoul will send shells, says an expert"); where
another rung of the track is heard, or the learned part is sure that there is none, it stays at that; so does every
track on which nobody decides upon a deed that it could refuse as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from bot.domain import By, Factuality, Register, Storyline
from bot.nlp.candidates import Candidate
from bot.nlp.learned.opinion import HEARD, Opinion
from bot.nlp.learned.quoting import of_rung, unit_of

_SURE = 0.85
"""Confidence of rules that read a decision outright."""

_OPEN, _ANOTHER = -5.0, 2.0
"""Log odds below which the learned part is sure that a rung is not reported, and at which another one is heard."""

_LOUDER = 2.0
"""Log odds by which somebody who speaks of a holder is heard above it, at least, where it has said nothing itself."""

_FAINTLY = -0.5

_UNHEARD = -2.0
"""Log odds that are left of a rung where the grammar leaves no room for it: the encoder hears "ratify", not "next
month", and "refuse" louder than "will not"."""


class Outright:
    """Takes a decision that rules read outright for one that the learned part hears, too.

    Args:
        rungs: (track, rung) of the opinion's columns.
        tracks, bys: whose scores an opinion holds of who says so, and who may, in their order.
    """

    def __init__(
        self, storyline: Storyline, rungs: Sequence[tuple[str, str]], tracks: Sequence[str], bys: Sequence[By]
    ) -> None:
        decisions = frozenset(_decisions(storyline))
        self._columns = {rung: column for column, rung in enumerate(rungs)}
        self._frames = {(t.id, frame.id): tuple(frame.rungs.values()) for t in storyline.tracks for frame in t.events}
        self._names = tuple(rungs)
        self._rungs = {column: rung for column, rung in enumerate(rungs) if rung in decisions}
        self._tracks = tracks
        self._bys = bys

    def heard(self, opinion: Opinion, every: Sequence[Candidate]) -> list[float]:
        """Return the log odds of each rung; what is heard beside plain words is taken for what these say.

        Args:
            every: the rules' candidates.
        """
        rungs, columns = opinion.rungs.copy(), self._columns
        for c in (c for c in every if c.plain):
            unit = unit_of(c, opinion)
            others = (other for other in every if other.track == c.track and other.trigger != c.trigger)
            read = {c.rung, *(other.rung for other in others if unit_of(other, opinion) == unit)}
            own = columns[c.track, c.rung]
            for column in {columns[c.track, rung] for rung in self._frames[c.track, c.frame] if rung not in read}:
                if rungs[unit, column] >= HEARD:
                    rungs[unit, own] = max(rungs[unit, own], rungs[unit, column])
                rungs[unit, column] = min(rungs[unit, column], _UNHEARD)
        return [float(odds) for odds in replace(opinion, rungs=rungs).item()]

    def odds(self, column: int, learned: float, rival: float, opinion: Opinion, settled: Sequence[Candidate]) -> float:
        """Return the log odds of a rung, given by its column.

        Args:
            learned, rival: the learned part's log odds of it, and of the strongest other rung of the track.
            settled: the rules' readings of the item.
        """
        if rival >= _ANOTHER:
            return learned
        decides = column in self._rungs
        unknown = learned >= _OPEN and _silent(opinion, column)
        plain = any(
            self._own_word(c, opinion) and (unknown or (decides and learned >= _OPEN) or (c.plain and c.sentence.title))
            if c.by is By.OFFICIAL
            else unknown and not decides
            for c in of_rung(self._names[column], settled)
            if c.confidence >= _SURE
        )
        return max(learned, _FAINTLY) if plain else learned

    def _own_word(self, c: Candidate, opinion: Opinion) -> bool:
        """Tell whether the learned part, too, may hear the holder there, and nobody who speaks of it."""
        heard = opinion.bys[unit_of(c, opinion), self._tracks.index(c.track)]
        return float(heard[self._bys.index(By.OFFICIAL)]) > float(heard.max()) - _LOUDER


def _silent(opinion: Opinion, column: int) -> bool:
    """Tell whether the learned part hears nothing, the rung of a column apart, in a headline without a text."""
    return len(opinion.units) == 1 and float(np.delete(opinion.rungs, column, axis=1).max()) < HEARD


def _decisions(storyline: Storyline) -> Iterator[tuple[str, str]]:
    """Yield the rungs, with their tracks, of a decision short of the deed that may be refused, and of the refusal."""
    for track in storyline.tracks:
        deeds = {rung.id for rung in track.rungs if rung.register is Register.DEED}
        for rungs in (frame.rungs for frame in track.events if not track.deeds_outrank_words):
            decided, done = rungs.get(Factuality.DECIDED), rungs.get(Factuality.DONE)
            refused = rungs.get(Factuality.REFUSED)
            if decided and refused and decided != done and done in deeds:
                yield track.id, decided
                yield track.id, refused
