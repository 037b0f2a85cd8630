"""Which unit of an item is quoted for a rung that the item reports?

Headline and text often say the same, and which of them a person would quote is a matter of degree: the unit that
carries the rung best, where a rule found it, that says most of what the title says and carries no other rung more. A
title is quoted where little stands below it.

Refuses to do: whether the item reports the rung at all is decided in joining.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.nlp.analysis import Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.learned.encoder import Floats
from bot.nlp.learned.opinion import Opinion, Unit

FEATURES = ("odds", "settled", "passed_over", "title", "long", "retold", "other")
"""What is weighed of each unit:

odds: the learned part's log odds of the rung there;
settled, passed_over: a rule reads the rung there; it does, or did before another sentence of the item outdid it;
title, long: it is the title; and the log of how many units stand below it;
retold: share of what the title says that a unit below says again;
other: the strongest other rung's log odds there.
"""

_LEAST = -8.0
_GRAM = 4
"""Characters that are compared: the stem of a word in each of the four languages, whatever its ending."""

_WORD = re.compile(r"\w+")


def features(column: int, opinion: Opinion, settled: Sequence[Candidate], every: Sequence[Candidate]) -> Floats:
    """Return what is known of each unit as the one to quote.

    Args:
        column: of the rung.
        settled: the rules' readings of the rung.
        every: their candidates of it, those that were passed over among them.

    Returns:
        [units, FEATURES].
    """
    titles = [float(unit.title) for unit in opinion.units]
    below = math.log(max(1.0, len(titles) - sum(titles)))
    read, found = ({unit_of(c, opinion) for c in candidates} for candidates in (settled, every))
    other = np.delete(opinion.rungs, column, axis=1).max(axis=1)
    rows = zip(titles, _retold(opinion.units), opinion.rungs[:, column].tolist(), other.tolist(), strict=True)
    return np.array(
        [
            (max(odds, _LEAST), unit in read, unit in found, title, title * below, retold, max(other, _LEAST))
            for unit, (title, retold, odds, other) in enumerate(rows)
        ],
        dtype=np.float32,
    )


def of_rung(rung: tuple[str, str], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of one (track, rung)."""
    return [c for c in candidates if (c.track, c.rung) == rung]


def unit_of(candidate: Candidate, opinion: Opinion) -> int:
    """Return the unit in which a candidate's sentence begins; the first where it lies in none."""
    return unit_at(candidate.sentence, opinion)


def unit_at(place: Sentence, opinion: Opinion) -> int:
    """Return the unit in which a sentence begins; the first where it lies in none."""
    return max(
        (i for i, unit in enumerate(opinion.units) if unit.title == place.title and unit.start <= place.start),
        default=0,
    )


@lru_cache(maxsize=1)  # asked for once for each rung of an item
def _retold(units: tuple[Unit, ...]) -> tuple[float, ...]:
    """Return which share of the title's stems each unit below has, 0 for the title itself."""
    title = set[str]().union(*(_grams(unit.text) for unit in units if unit.title))
    return tuple(0.0 if unit.title else len(title & _grams(unit.text)) / max(1, len(title)) for unit in units)


def _grams(text: str) -> set[str]:
    plain = " ".join(_WORD.findall(text.lower()))
    return {plain[i : i + _GRAM] for i in range(max(1, len(plain) - _GRAM + 1))}
