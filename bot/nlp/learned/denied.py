"""What becomes of the positions that an item denies to be anybody's?

Where a holder denies a report of its own position, rules and the learned part both hear the report. Neither may: the
rules' readings of what is denied are the denial instead, and the learned part hears the sentence without it.

Refuses to do: what somebody else denies of a holder is nobody's word but theirs, and stays as it is read; so does a
track on which nothing is denied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from bot.domain import By, Factuality, Track
from bot.nlp.candidates import Candidate
from bot.nlp.denying import Denial
from bot.nlp.learned.encoder import Floats
from bot.nlp.learned.opinion import HEARD, Opinion, Unit
from bot.nlp.learned.quoting import unit_at

_SURE = 0.9
"""Confidence of a denial: the wording says so itself."""

_TOLD = 1.0
"""Log odds at which a denial is heard at least where rules or the learned part find what is denied."""

_NEVER = -8.0
"""Log odds of a denial by somebody of whom the item does not speak."""

_SOFT = (Factuality.CONSIDERED, Factuality.POSSIBLE, Factuality.CONDITIONAL)

Again = Callable[[Sequence[Unit]], Opinion]
Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Deniable:
    """What can be denied of the tracks of a storyline, by the id of the track.

    Args:
        rungs: of a denial; tracks without one are left alone.
        deeds: likewise, of the tracks where a deed stands though it is denied: its denial has cues of its own, and the
            report beside it is read, too.
        soft: rungs that say less than a deed.
        weighed: rung of what is considered.
        holders: whose positions they are, so who can deny them.
    """

    rungs: Mapping[str, str]
    deeds: Mapping[str, str]
    soft: Mapping[str, frozenset[str]]
    weighed: Mapping[str, str]
    holders: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, tracks: Sequence[Track]) -> Self:
        """Return what can be denied of some tracks."""
        every = [(track, rungs[0]) for track in tracks if (rungs := _of(track, Factuality.DENIED))]
        return cls(
            rungs={track.id: rung for track, rung in every if not track.deeds_outrank_words},
            deeds={track.id: rung for track, rung in every if track.deeds_outrank_words},
            soft={track.id: frozenset(_of(track, *_SOFT)) for track in tracks},
            weighed={track.id: rungs[0] for track in tracks if (rungs := _of(track, Factuality.CONSIDERED))},
            holders={track.id: track.holders for track in tracks},
        )

    def answer(self, track: str, denial: Denial) -> str:
        """Return the rung that a denial comes to: that of a "no", unless what is denied is said to be considered."""
        no = self.rungs.get(track, "")
        return self.weighed.get(track, no) if no and denial.pondered and not denial.turned else no


class Denied:
    """Takes what is denied out of what was read.

    Args:
        deniable: what can be denied.
        found: the denials of one item.
    """

    def __init__(self, deniable: Deniable, found: Sequence[Denial]) -> None:
        self._deniable = deniable
        self._found = found

    def __bool__(self) -> bool:
        return bool(self._found)

    def read(self, every: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the rules' candidates: those of what is denied as its denial."""
        return tuple(told for c in every if (told := self._told(c)) is not None)

    def said(self, joined: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return what was joined, the denials among it as the word of whoever denies."""
        return tuple(replace(c, by=By.OFFICIAL, origin=c.holder) if self._own_word(c) else c for c in joined)

    def _own_word(self, c: Candidate) -> bool:
        return any(
            c.rung == self._deniable.answer(c.track, denial)
            and denial.named
            and not denial.turned
            and not denial.aside
            and c.holder in denial.by(self._deniable.holders[c.track])
            and c.sentence.title is denial.sentence.title
            and c.sentence.start <= denial.start < c.sentence.start + len(c.sentence.text)
            for denial in self._found
        )

    def heard(
        self, opinion: Opinion, columns: Columns, again: Again, read: Sequence[Candidate]
    ) -> tuple[Opinion, tuple[Candidate, ...]]:
        """Return an opinion that has not heard what is denied, and the denials of what it heard.

        Args:
            columns: (track, rung) of the opinion's columns.
            again: judges units anew.
            read: the rules' candidates, as `read` returns them.
        """
        rest = again([self._without(unit, i, opinion) for i, unit in enumerate(opinion.units)]).rungs
        rungs, made = opinion.rungs.copy(), list[Candidate]()
        for denial in self._found:
            unit, here = unit_at(denial.sentence, opinion), [c for c in read if c.sentence is denial.sentence]
            for track in self._deniable.rungs:
                if own := denial.by(self._deniable.holders[track]):
                    mine = [c for c in here if c.track == track and c.holder in own]
                    of = {it: i for i, (its, it) in enumerate(columns) if its == track}
                    made.extend(self._denials(denial, unit, track, of, rungs, rest, mine))
            for column, (track, rung) in enumerate(columns):
                if self._deniable.deeds.get(track) != rung:
                    continue
                if self._strange(denial, track):
                    rungs[unit, column] = _NEVER
                elif denial.aside or denial.lifted:
                    rungs[unit, column] = min(rungs[unit, column], rest[unit, column])
        return replace(opinion, rungs=rungs), tuple(made)

    def _strange(self, denial: Denial, track: str) -> bool:
        """Tell whether somebody denies it who is none of a track's holders: it is theirs to deny."""
        holders = self._deniable.holders[track]
        return bool(denial.deniers) and denial.deniers.isdisjoint(holders)

    def _denials(
        self,
        denial: Denial,
        unit: int,
        track: str,
        of: Mapping[str, int],
        rungs: Floats,
        rest: Floats,
        mine: Sequence[Candidate],
    ) -> Iterator[Candidate]:
        """Take what is denied of one track out of the odds and put the denial there, where it was heard or read.

        Who says more of it than that ("… but will review it") is taken by that.
        """
        rung, soft = self._deniable.answer(track, denial), self._deniable.soft[track]
        beyond = {c.rung for c in mine if not denial.holds(c.sentence, c.trigger)} & soft
        others = [i for it, i in of.items() if it != rung and it not in beyond]
        if rung not in of or not others:
            return
        if denial.aside:
            rungs[unit, list(of.values())] = rest[unit, list(of.values())]
            if float(rest[unit, others].max()) >= max(HEARD, float(rest[unit, of[rung]])):
                rungs[unit, of[rung]] = _NEVER
            return
        if denial.turned:
            heard_no = float(rungs[unit, of[rung]])
            rungs[unit, of[rung]] = min(rungs[unit, of[rung]], rest[unit, of[rung]])
            for it in soft & {c.rung for c in mine} if denial.lifted else ():
                # who "no longer rules out" is heard as ruling out: what is heard is the contrary
                rungs[unit, of[it]] = max(float(rungs[unit, of[it]]), heard_no)
            return
        before = float(rungs[unit, others].max())
        rungs[unit, others] = np.minimum(rungs[unit, others], rest[unit, others])
        heard = before >= HEARD > float(rungs[unit, others].max()) or any(c.rung == rung for c in mine)
        if not heard or not denial.named or any(float(rungs[:, of[it]].max()) >= HEARD for it in soft if it in of):
            return
        rungs[unit, of[rung]] = max(before, _TOLD, float(rungs[unit, of[rung]]))
        for holder in denial.by(self._deniable.holders[track]):
            yield _denial(denial, track, rung, holder)

    def _told(self, c: Candidate) -> Candidate | None:
        """Return a candidate as the denial of what it was read from; None where a "no" is denied."""
        if c.track not in self._deniable.rungs:
            return None if self._lifted(c) else c
        for denial in self._found:
            rung = self._deniable.answer(c.track, denial)
            if denial.holds(c.sentence, c.trigger) and c.holder in denial.by(self._deniable.holders[c.track]):
                if denial.turned or denial.aside:
                    return None if c.rung == rung else c
                trace = (*c.trace, *((f"denied: {c.rung} → {rung}",) if c.rung != rung else ()))
                return replace(c, rung=rung, confidence=_SURE, trace=trace)
        return c

    def _lifted(self, c: Candidate) -> bool:
        """Tell whether a candidate is a denial that is none, or none any more."""
        return c.rung == self._deniable.deeds.get(c.track) and any(
            denial.lifted and denial.holds(c.sentence, c.trigger) for denial in self._found
        )

    def _without(self, unit: Unit, index: int, opinion: Opinion) -> Unit:
        """Return a unit without what it denies."""
        text = unit.text
        here = [d for d in self._found if unit_at(d.sentence, opinion) == index]
        for denial in sorted(here, key=lambda d: -d.start):
            start, end = (max(place - unit.start, 0) for place in denial.words)
            text = f"{text[:start]} {text[end:]}"
        return replace(unit, text=text)


def _of(track: Track, *factualities: Factuality) -> tuple[str, ...]:
    return tuple(rung for frame in track.events for factuality in factualities if (rung := frame.rungs.get(factuality)))


def _denial(denial: Denial, track: str, rung: str, holder: str) -> Candidate:
    trace = (f"sentence: {denial.sentence.text.strip()[:160]}", f"denied: a report of {holder} → {track}/{rung}")
    return Candidate(track, "", rung, holder, By.OFFICIAL, holder, _SURE, denial.sentence, (0, 0), trace)
