"""Which labelled news is replayed, and what does it carry on which day?

Refuses to do: no figure is made here (timeline.py).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.cli.items import ItemLine
from bot.domain import By, Tier
from bot.ledger.standing import AT_ITS_WORD
from config import load_storyline

EVAL = Path(__file__).parents[1] / "../shared/eval"
NO_EVENT = {"composed", "claim"}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One item that carries a rung of a holder.

    Args:
        by: official only in a source that is taken at its word.
    """

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class News:
    """What the items carry.

    Args:
        first, last: days of the first and the last labelled item.
        days: (track, holder, rung) → days on which an item carries it, officially or as reported.
        carrying: the same, with the moments, by time.
    """

    first: date
    last: date
    days: Mapping[Key, frozenset[date]]
    carrying: Mapping[Key, Sequence[Carrier]]

    @classmethod
    def of(cls, lines: Iterable[ItemLine], tiers: Mapping[str, Tier]) -> News:
        """Return what these items carry.

        Args:
            tiers: item → tier of its source.
        """
        carrying: dict[Key, list[Carrier]] = defaultdict(list)
        labelled = [line for line in lines if line.labels and line.date]
        for line in labelled:
            for label in line.labels:
                if label.by is not By.ANALYST and line.date:
                    heard = label.by is By.OFFICIAL and tiers[line.id] in AT_ITS_WORD
                    by = "official" if heard else "reported"
                    carrying[label.track, label.holder, label.rung].append(Carrier(line.date, by))
        moments = sorted(line.date.date() for line in labelled if line.date)
        ordered = {key: sorted(found, key=lambda c: c.at) for key, found in carrying.items()}
        days = {key: frozenset(c.at.date() for c in found) for key, found in ordered.items()}
        return cls(moments[0], moments[-1], days, ordered)


def load_news(paths: Iterable[Path], since: date | None) -> list[ItemLine]:
    """Return the dated items after the baseline, or from `since` on, that tell of events."""
    start = since or load_storyline(None).baseline_day
    lines = []
    for path in paths:
        for text in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(text)
            if row.get("date") and row.get("basis") not in NO_EVENT:
                line = ItemLine.model_validate(row)
                if line.date and line.date.date() > start:
                    lines.append(line)
    return lines


def load_background(paths: Iterable[Path], many: int, seed: int, news: Sequence[ItemLine]) -> list[ItemLine]:
    """Return so many items of ordinary news, a sample of all, dated at random between the first and last of `news`."""
    rows = [json.loads(text) for path in paths for text in path.read_text(encoding="utf-8").splitlines()]
    random = Random(seed)
    chosen = random.sample(rows, min(many, len(rows)))
    dates = sorted(line.date for line in news if line.date)
    moments = [dates[0] + (dates[-1] - dates[0]) * random.random() for _ in chosen]
    return [
        ItemLine.model_validate(row | {"labels": [], "date": at.isoformat()})
        for row, at in zip(chosen, moments, strict=True)
    ]


def load_moves(path: Path) -> list[dict[str, Any]]:
    """Return the dated moves of a timeline."""
    rows = (json.loads(text) for text in path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row.get("date")]
