"""How far are rules and the learned part to be believed, and from which probability on is a reading acted on?

The logistic weights of bot/nlp/learned/joining.py, fitted on items that the encoder was not trained on; the sieve's
weights; the floors.

Refuses to do: the encoder is not touched.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scoring import same_quote
from sklearn.linear_model import LogisticRegression

from bot.domain import By, Storyline
from bot.nlp.candidates import Candidate
from bot.nlp.gate import GateResult
from bot.nlp.learned.joining import Joiner, Weights
from bot.nlp.learned.opinion import Opinion
from bot.nlp.learned.quoting import FEATURES, of_rung
from bot.nlp.learned.quoting import features as quotable
from bot.nlp.learned.rivals import one_a_track
from bot.nlp.learned.sieve import features
from bot.nlp.settle import settle

Row = dict[str, Any]
BUCKETS = 1 << 15
_NOBODY = Weights((), (), (), (), 0.0, 0.0, 0.35)
_EVEN = 2.0
"""Labels of each speaker that every rung is taken to have had before any is counted."""
_SHY = 0.15
"""Scale of the rungs' own columns: the smaller, the less they may differ; a rung has some fifteen held labels."""


@dataclass(frozen=True, slots=True)
class Held:
    """An item that the encoder has not seen, with what rules and the learned part say of it."""

    row: Row
    gate: GateResult
    every: tuple[Candidate, ...]
    opinion: Opinion


def fit_sieve(near: Sequence[tuple[Row, GateResult]]) -> tuple[np.ndarray, float]:
    """Return weights and bias of the sieve; a row without labels that is not relevant is far."""
    buckets = [
        sorted(features(row["title"] or "", row["text"] or "", gate.above, gate.below, BUCKETS)) for row, gate in near
    ]
    from scipy.sparse import csr_matrix  # noqa: PLC0415 -- comes with scikit-learn

    ends = np.cumsum([0, *map(len, buckets)])
    values = np.repeat([1 / np.sqrt(max(len(b), 1)) for b in buckets], np.diff(ends))
    matrix = csr_matrix((values, np.concatenate(buckets), ends), shape=(len(near), BUCKETS))
    wanted = [bool(row["relevant"] or row["labels"]) for row, _ in near]
    # near and far count alike, however many of either were written
    model = LogisticRegression(C=30, max_iter=500, class_weight="balanced").fit(matrix, wanted)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def usual_speakers(rows: Sequence[Row], columns: tuple[Any, Any, Any]) -> list[list[float]]:
    """Return for each rung the log of how much oftener than on its track each speaker says so.

    Args:
        rows: labelled items, none of them held.
        columns: rungs, holders and bys of the opinion.
    """
    rungs, _, bys = columns
    labels = [(label["track"], label["rung"], label["by"]) for row in rows for label in row["labels"]]
    on_rung, on_track = Counter(labels), Counter((track, by) for track, _, by in labels)
    return [
        [round(_log_share(on_rung, (track, rung), by, bys) - _log_share(on_track, (track,), by, bys), 4) for by in bys]
        for track, rung in rungs
    ]


def _log_share(counts: Mapping[Any, int], key: tuple[str, ...], by: str, bys: Sequence[str]) -> float:
    """Return the log of a speaker's share, drawn to an even one where there are few labels."""
    total = sum(counts[*key, other] for other in bys)
    return math.log((counts[*key, by] + _EVEN) / (total + _EVEN * len(bys)))


def fit_weights(
    held: Sequence[Held], storyline: Storyline, columns: tuple[Any, Any, Any], usual: Sequence[Sequence[float]]
) -> Weights:
    """Return the weights of the joiner.

    Args:
        columns: rungs, holders and bys of the opinion.
        usual: of usual_speakers.
    """
    rungs, holders, bys = columns
    joiner = Joiner(storyline, _NOBODY, rungs, holders, [By(by) for by in bys])
    rows, wanted = [], []
    for one in held:
        gold, free = _gold(one.row), {tuple(pair) for pair in one.row.get("optional", ())}
        for column, evidence in joiner.evidence(one.opinion, settle(one.every, storyline.tracks), one.every):
            if rungs[column] in gold or rungs[column] not in free:
                own = [_SHY * (column == other) for other in range(len(rungs))]
                rows.append((*evidence.features(), *own))
                wanted.append(rungs[column] in gold)
    # the first feature is the constant one
    model = LogisticRegression(C=3, max_iter=2000, fit_intercept=False).fit(rows, wanted)
    join, rung = model.coef_[0][: -len(rungs)], model.coef_[0][-len(rungs) :] * _SHY
    relevant = [one for one in held if not one.row.get("relevance_optional")]
    joiner_rows = [joiner.belongs(one.opinion, gate=one.gate.relevant) for one in relevant]
    relevance = (
        LogisticRegression(C=3, max_iter=1000, fit_intercept=False)
        .fit(joiner_rows, [bool(one.row["relevant"]) for one in relevant])
        .coef_[0]
    )
    weights = replace(
        _NOBODY,
        join=[round(float(w), 4) for w in join],
        rung=[round(float(w), 4) for w in rung],
        relevance=[round(float(w), 4) for w in relevance],
        quote=_fit_quote(held, storyline, rungs),
        usual=usual,
    )
    return _fit_rest(held, storyline, columns, weights)


def _fit_quote(held: Sequence[Held], storyline: Storyline, rungs: Sequence[tuple[str, str]]) -> list[float]:
    """Return the weights of the unit to quote, which is one of several: a softmax over the units of each gold label.

    What people quoted of others' news counts alone where there is any.
    """
    others = [one for one in held if "own" not in one.row]
    cases = []
    for one in others or held:
        settled = settle(one.every, storyline.tracks)
        for label in one.row["labels"]:
            key = (label["track"], label["rung"])
            right = [same_quote(label["quote"] or "", unit.text) for unit in one.opinion.units]
            if key in rungs and any(right):
                mine, every = (of_rung(key, found) for found in (settled, one.every))
                cases.append((quotable(rungs.index(key), one.opinion, mine, every).astype(float), np.array(right)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = weights @ weights / 2, weights.copy()
        for units, right in cases:
            share = np.exp(units @ weights - (units @ weights).max())
            share /= share.sum()
            wanted = share * right
            total -= np.log(wanted.sum() + 1e-12)
            slope += units.T @ (share - wanted / (wanted.sum() + 1e-12))
        return total, slope

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return [round(float(w), 4) for w in found]


def _fit_rest(held: Sequence[Held], storyline: Storyline, columns: tuple[Any, Any, Any], weights: Weights) -> Weights:
    """Choose what a rule's word adds to holder and by: whichever of a few values is right most often."""
    grid = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
    for name in ("holder", "by"):
        weights = max(
            (replace(weights, **{name: value}) for value in grid),
            key=lambda w: right(held, storyline, columns, w)[name],
        )
    return max(
        (replace(weights, together=value) for value in (0.2, 0.35, 0.5, 0.7, 0.9)),
        key=lambda w: right(held, storyline, columns, w)["holder"],
    )


def right(
    held: Sequence[Held], storyline: Storyline, columns: tuple[Any, Any, Any], weights: Weights
) -> Mapping[str, float]:
    """Return how often unit, holders and by of a gold rung are right, given that the rung is known."""
    rungs, holders, bys = columns
    joiner = Joiner(storyline, weights, rungs, holders, [By(by) for by in bys])
    hits: dict[str, list[bool]] = {"unit": [], "holder": [], "by": []}
    for one in held:
        settled = settle(one.every, storyline.tracks)
        for key, labels in itertools.groupby(
            sorted(one.row["labels"], key=lambda x: (x["track"], x["rung"])), key=lambda x: (x["track"], x["rung"])
        ):
            if key not in rungs:
                continue
            group = list(labels)
            column = rungs.index(key)
            mine, every = (of_rung(key, found) for found in (settled, one.every))
            unit = joiner.unit(column, one.opinion, mine, every)
            hits["unit"].append(any(same_quote(x["quote"] or "", one.opinion.units[unit].text) for x in group))
            hits["holder"].append(
                set(joiner.holders(column, unit, one.opinion, mine)) == {label["holder"] for label in group}
            )
            hits["by"].append(joiner.by(column, unit, one.opinion, mine).value in {label["by"] for label in group})
    return {name: sum(found) / max(1, len(found)) for name, found in hits.items()}


def floors(
    held: Sequence[Held], storyline: Storyline, columns: tuple[Any, Any, Any], weights: Weights
) -> dict[str, float]:
    """Return the floors of relevance and of readings at which F1 is best on the held items."""
    rungs, holders, bys = columns
    joiner = Joiner(storyline, weights, rungs, holders, [By(by) for by in bys])
    sure = [joiner.relevance(one.opinion, gate=one.gate.relevant) for one in held]
    wanted = [bool(one.row["relevant"]) for one in held]
    steps = [round(0.05 * i, 2) for i in range(4, 15)]
    relevance = max(steps, key=lambda floor: _f1([s >= floor for s in sure], wanted))
    tried = {
        (floor, second): found_by(joiner, held, storyline, relevance, second)
        for floor in steps
        for second in (0.0, 0.4, 0.5, 0.6)
    }
    # where F1 is the same to two places, the surer readings: what is told must be right
    reading, second = max(tried, key=lambda pair: (round(_balanced(held, tried[pair], pair[0]), 2), *pair))
    return {"relevance": relevance, "reading": reading, "second": second}


def found_by(
    joiner: Joiner, held: Sequence[Held], storyline: Storyline, relevance: float, second: float
) -> list[dict[tuple[str, str], float]]:
    """Return what is read in each item, with its probability."""
    found = []
    for one in held:
        relevant = joiner.relevance(one.opinion, gate=one.gate.relevant) >= relevance
        joined = joiner.join(one.opinion, settle(one.every, storyline.tracks), one.every) if relevant else ()
        found.append({(c.track, c.rung): c.confidence for c in one_a_track(joined, second)})
    return found


def _balanced(held: Sequence[Held], found: Sequence[Mapping[tuple[str, str], float]], floor: float) -> float:
    """Return the mean F1 over our own items and others', each as a whole."""
    sides = [[pair for pair in zip(held, found, strict=True) if ("own" in pair[0].row) is own] for own in (True, False)]
    scores = [positions([h for h, _ in side], [f for _, f in side], floor)[2] for side in sides if side]
    return sum(scores) / len(scores)


def positions(
    held: Sequence[Held], found: Sequence[Mapping[tuple[str, str], float]], floor: float
) -> tuple[float, float, float]:
    """Return precision, recall and F1 over sets of (track, rung)."""
    hit = false = missed = 0
    for one, readings in zip(held, found, strict=True):
        gold, free = _gold(one.row), {tuple(pair) for pair in one.row.get("optional", ())}
        read = {key for key, sure in readings.items() if sure >= floor} - (free - gold)
        hit, false, missed = hit + len(gold & read), false + len(read - gold), missed + len(gold - read)
    precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _gold(row: Row) -> set[tuple[str, str]]:
    return {(label["track"], label["rung"]) for label in row["labels"]}


def _f1(said: Sequence[bool], wanted: Sequence[bool]) -> float:
    both = sum(a and b for a, b in zip(said, wanted, strict=True))
    return 2 * both / max(1, sum(said) + sum(wanted))
