"""Where rules and the learned part differ, who is believed?

For every rung that one of them finds, a logistic of both (weights in manifest.json, fitted on items that neither had
seen) gives the probability that the item reports it; that is the reading's confidence. Rules bring the exact sentence,
the origin and most holders; the learned part brings wordings that no cue knows.

Refuses to do: it neither reads rules nor runs the encoder.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bot.domain import By, Storyline
from bot.nlp.analysis import Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.learned.opinion import HEARD, Opinion
from bot.nlp.learned.outright import Outright
from bot.nlp.learned.quoting import features, of_rung, unit_of
from bot.nlp.learned.tracing import elsewhere, outweighed, weighed

FAINT = 0.1
"""Probability below which nothing is said of a rung that no rule found, not even for `why`."""

_FAINT_ODDS = math.log(FAINT / 2 / (1.0 - FAINT / 2))

_SURELY, _HARDLY = 6.0, -8.0
"""Log odds are cut here: beyond, the learned part is as sure as it can be."""

_THIRD = 3.0
"""Added to `reported` where the rules see a third party speak in the very unit, and to `analyst` where but an expert;
the learned part hears verbs of saying better than who says. No more, for of joint statements the rules name but one
party, and the learned part is sure."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How far rules and the learned part are believed.

    Args:
        join: one for each of `Evidence.features`.
        rung: added for each rung: some are harder to see than others.
        relevance: of (1, log odds of relevance, the gate's word, the strongest rung's log odds).
        quote: one for each of `quoting.FEATURES`.
        holder, by: what a rule's word adds to the learned score of a holder, a speaker.
        together: share of the surest holder's probability at which another is named beside it.
        usual: for each rung, how much oftener than on its whole track each speaker says so, in logs: nobody but the
            holder itself denies. Empty where that was not counted.
    """

    join: Sequence[float]
    rung: Sequence[float]
    relevance: Sequence[float]
    quote: Sequence[float]
    holder: float
    by: float
    together: float
    usual: Sequence[Sequence[float]] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one rung in one item.

    Args:
        learned: log odds of the learned part.
        rival: the strongest other rung's of the same track.
        rule: confidence of the rules' reading, 0 for none.
        passed_over: confidence of a candidate that the rules did not settle on, 0 for none.
        rule_rival: the rules read another rung of the track.
        relevance: log odds.
    """

    learned: float
    rival: float
    rule: float
    passed_over: float
    rule_rival: bool
    relevance: float

    def features(self) -> tuple[float, ...]:
        """Return what the logistic weighs."""
        learned, rival = _cut(self.learned), _cut(self.rival)
        says = float(self.rule > 0)
        passed = self.passed_over if not says else 0.0
        return (
            1.0,
            learned,
            max(learned, -2.0),
            says,
            self.rule,
            says * learned,
            passed,
            rival,
            float(self.rule_rival),
            _cut(self.relevance),
        )


_TURNED = -2.0
"""Log odds that are left of a reversal ("withdrawing") where no rule finds it and the rules read another rung in the
very unit that carries it: the encoder hears "return", not where to."""

_BESIDE = 2.0
"""Log odds by which a holder may be less sure than the surest, where the rules name both for the very unit: of a joint
statement the encoder leans to one side, and the grammar sees both."""


class Joiner:
    """Joins candidates of the rules with an opinion.

    Args:
        rungs: (track, rung) in the order of the opinion's columns.
        holders, bys: likewise.
    """

    def __init__(
        self,
        storyline: Storyline,
        weights: Weights,
        rungs: Sequence[tuple[str, str]],
        holders: Sequence[str],
        bys: Sequence[By],
    ) -> None:
        self._weights = weights
        self._rungs = tuple(rungs)
        self._tracks = tuple(dict.fromkeys(track for track, _ in rungs))
        self._holders = tuple(holders)
        self._bys = tuple(bys)
        self._may = {track.id: track.holders for track in storyline.tracks}
        self._party = {holder.id: holder.id for holder in storyline.holders}
        self._party.update((speaker.id, speaker.holder) for speaker in storyline.speakers)
        reversals = {(track.id, rung.id) for track in storyline.tracks for rung in track.rungs if rung.reversal}
        self._outright = Outright(storyline, self._rungs, self._tracks, self._bys)
        self._reversals = tuple(column for column, key in enumerate(self._rungs) if key in reversals)
        self._rivals = tuple(
            tuple(i for i, (track, _) in enumerate(rungs) if track == mine and i != column)
            for column, (mine, _) in enumerate(rungs)
        )

    def relevance(self, opinion: Opinion, *, gate: bool) -> float:
        """Return the probability that the item belongs to the storyline."""
        return _probability(self._weights.relevance, self.belongs(opinion, gate=gate))

    def belongs(self, opinion: Opinion, *, gate: bool) -> tuple[float, ...]:
        """Return what the logistic of relevance weighs."""
        return (1.0, _cut(opinion.relevance), float(gate), _cut(float(opinion.item().max())))

    def evidence(
        self, opinion: Opinion, settled: Sequence[Candidate], every: Sequence[Candidate]
    ) -> Iterator[tuple[int, Evidence]]:
        """Yield each rung worth a thought, by its column."""
        odds = self._outright.heard(opinion, every)
        rule, passed = _surest(settled), _surest(every)
        for column in self._reversals:
            if self._rungs[column] not in passed and self._turned(column, opinion, settled):
                odds[column] = min(odds[column], _TURNED)
        for column, key in enumerate(self._rungs):
            if odds[column] < _FAINT_ODDS and key not in rule:
                continue
            rivals = self._rivals[column]
            rival = max(odds[i] for i in rivals)
            yield (
                column,
                Evidence(
                    learned=self._outright.odds(column, odds[column], rival, opinion, settled),
                    rival=rival,
                    rule=rule.get(key, 0.0),
                    passed_over=passed.get(key, 0.0),
                    rule_rival=any(self._rungs[i] in rule for i in rivals),
                    relevance=opinion.relevance,
                ),
            )

    def _turned(self, column: int, opinion: Opinion, settled: Sequence[Candidate]) -> bool:
        """Tell whether the rules read something else of the track where a reversal is heard."""
        unit, track = int(np.argmax(opinion.rungs[:, column])), self._rungs[column][0]
        return any(c.track == track and unit_of(c, opinion) == unit for c in settled)

    def join(self, opinion: Opinion, settled: Sequence[Candidate], every: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates with the probability of each as its confidence."""
        joined: list[Candidate] = []
        for column, evidence in self.evidence(opinion, settled, every):
            found = (*evidence.features(), 1.0)
            sure = _probability((*self._weights.join, self._weights.rung[column]), found)
            if sure >= FAINT or evidence.rule:
                mine, passed = (of_rung(self._rungs[column], found) for found in (settled, every))
                unit = self.unit(column, opinion, mine, passed)
                joined.extend(self._readings(column, sure, evidence, opinion, mine, unit))
        return tuple(joined)

    def _readings(
        self, column: int, sure: float, evidence: Evidence, opinion: Opinion, mine: Sequence[Candidate], unit: int
    ) -> Iterator[Candidate]:
        by = self.by(column, unit, opinion, mine)
        holders = self.holders(column, unit, opinion, mine)
        alone = 1.0 / (1.0 + math.exp(-_cut(evidence.learned)))
        steps = partial(weighed, evidence.rule, alone, sure)
        for other in self._others(column, unit, opinion, mine, holders):
            place = unit_of(other, opinion)
            heard = self.by(column, place, opinion, mine)
            trace = (*other.trace, *outweighed(other, other.holder, heard), *steps(opinion.units[place].text))
            yield replace(other, by=heard, confidence=sure, trace=trace)
        text = opinion.units[unit].text
        for holder in holders:
            ranked = sorted(mine, key=lambda c: c.holder != holder)
            rule = next((c for c in ranked if unit_of(c, opinion) == unit), None)
            if rule is None:
                track, rung = self._rungs[column]
                trace = (f"sentence: {text.strip()[:160]}", *elsewhere(ranked[:1], holder, by), *steps(text))
                yield Candidate(track, "", rung, holder, by, "", sure, _sentence(opinion, unit), (0, 0), trace)
            else:
                trace = (*rule.trace, *outweighed(rule, holder, by), *steps(text))
                yield replace(rule, holder=holder, by=by, confidence=sure, trace=trace)

    def _others(
        self, column: int, unit: int, opinion: Opinion, mine: Sequence[Candidate], holders: Sequence[str]
    ) -> Iterator[Candidate]:
        """Yield a candidate of each further holder who takes the position in another unit: "Poland, too, asked …"."""
        odds = opinion.rungs[:, column]
        told = set(holders)
        for c in mine:
            place = unit_of(c, opinion)
            if c.holder not in told and place != unit and odds[place] >= HEARD:
                told.add(c.holder)
                yield c

    def unit(self, column: int, opinion: Opinion, mine: Sequence[Candidate], every: Sequence[Candidate]) -> int:
        """Return the unit to quote for a rung, given the rules' readings and all their candidates of it."""
        return int(np.argmax(features(column, opinion, mine, every) @ np.array(self._weights.quote)))

    def by(self, column: int, unit: int, opinion: Opinion, mine: Sequence[Candidate]) -> By:
        """Return who says so: every unit is heard as far as it carries the rung; of the rules, the chosen unit's."""
        here = [c for c in mine if unit_of(c, opinion) == unit]
        odds = opinion.rungs[:, column]
        share = np.exp(odds - odds.max())
        score = share @ opinion.bys[:, self._tracks.index(self._rungs[column][0])] / share.sum()
        if self._weights.usual:
            score = score + np.array(self._weights.usual[column])
        for by in {c.by for c in here or mine}:
            score[self._bys.index(by)] += self._weights.by
        if any(c.by is By.REPORTED and self._third(c) for c in here):
            score[self._bys.index(By.REPORTED)] += _THIRD
        if here and all(c.by is By.ANALYST for c in here):  # what sounds like the holder's own word is a guess
            own, guess = self._bys.index(By.OFFICIAL), self._bys.index(By.ANALYST)
            score[guess] = max(score[own], score[guess]) + _THIRD
        return self._bys[int(np.argmax(score))]

    def _third(self, candidate: Candidate) -> bool:
        """Tell whether a party says so that is none of the track's: what Moscow says of Seoul is not Seoul's word."""
        party = self._party.get(candidate.origin, "")
        return bool(party) and party not in self._may[candidate.track]

    def holders(self, column: int, unit: int, opinion: Opinion, mine: Sequence[Candidate]) -> tuple[str, ...]:
        """Return whose position it is."""
        may = self._may[self._rungs[column][0]]
        if len(may) == 1:
            return may
        here = [c for c in mine if unit_of(c, opinion) == unit]
        said = {c.holder for c in here or mine}
        score = {
            holder: float(opinion.holders[unit, self._holders.index(holder)]) + self._weights.holder * (holder in said)
            for holder in may
            if holder in self._holders
        }
        if not score:  # the artefact knows none of them; the rules do
            return tuple(holder for holder in may if holder in said)
        top = max(score.values())
        joint = {c.holder for c in here if len(said) > 1}
        return tuple(
            holder
            for holder in may
            if math.exp(score.get(holder, -99.0) - top) >= self._weights.together
            or (holder in joint and score.get(holder, -99.0) >= top - _BESIDE)
        )


def _surest(candidates: Iterable[Candidate]) -> Mapping[tuple[str, str], float]:
    best: dict[tuple[str, str], float] = {}
    for c in candidates:
        best[c.track, c.rung] = max(best.get((c.track, c.rung), 0.0), c.confidence)
    return best


def _sentence(opinion: Opinion, unit: int) -> Sentence:
    found = opinion.units[unit]
    return Sentence(found.text, found.start, (), found.title)


def _cut(odds: float) -> float:
    return max(_HARDLY, min(_SURELY, odds))


def _probability(weights: Sequence[float], found: Sequence[float]) -> float:
    return 1.0 / (1.0 + math.exp(-sum(w * x for w, x in zip(weights, found, strict=True))))
