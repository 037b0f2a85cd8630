"""Where on a picture is a moment, and where is a rung?

Refuses to do: no shape is made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import Rung

LEAST_GAP = 9.0
"""Between two moves of one holder, so that a number is not covered by the next."""

MOST_TICKS = 4
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_DAYS = (1, 2, 7, 14)
_SHORT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Span:
    """The window from left to right."""

    since: datetime
    until: datetime
    left: float
    right: float

    def at(self, moment: datetime) -> float:
        """Return where a moment is; one outside the window is at its edge."""
        whole = max((self.until - self.since).total_seconds(), 1.0)
        share = (moment - self.since).total_seconds() / whole
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def apart(self, moments: Sequence[datetime]) -> list[float]:
        """Return where moves are, in their order and far enough from each other to be told apart."""
        gap = min(LEAST_GAP, (self.right - self.left) / (len(moments) + 1))
        places = [self.at(moment) for moment in moments]
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + gap)
        limit = self.right
        for i in reversed(range(len(places))):
            places[i] = min(places[i], limit)
            limit = places[i] - gap
        return places


@dataclass(frozen=True, slots=True)
class Rows:
    """The ladder from top to bottom: the top rung first, reversals last and apart.

    Args:
        lanes: how many holders each row has room for, one below the other.
    """

    rungs: tuple[Rung, ...]
    top: float
    height: float
    lanes: int
    gap: float = 6.0

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.edge(len(self.rungs) - 1) + self.height

    def edge(self, row: int) -> float:
        """Return where a row begins."""
        apart = self.gap if self.rungs[row].reversal else 0.0
        return self.top + row * self.height + apart

    def at(self, rung: str, lane: int) -> float | None:
        """Return the middle of a holder's lane on a rung, None for a rung that the ladder has not (any more)."""
        for row, known in enumerate(self.rungs):
            if known.id == rung:
                inner = (self.height - 6) / self.lanes
                return self.edge(row) + 3 + inner * (lane + 0.5)
        return None


def ordered(rungs: Sequence[Rung]) -> tuple[Rung, ...]:
    """Return the rungs from the top of the picture down."""
    climbing = [rung for rung in rungs if not rung.reversal]
    return (*reversed(climbing), *(rung for rung in rungs if rung.reversal))


def ticks(since: date, until: date) -> list[date]:
    """Return the days that are named below a picture: firsts of months, or days in a short window."""
    if until - since < _SHORT:
        days = (until - since).days
        step = next((n for n in _DAYS if days / n <= MOST_TICKS), 14)
        return [since + timedelta(days=n) for n in range(step, days + 1, step)][:MOST_TICKS]
    months = (until.year - since.year) * 12 + until.month - since.month
    step = next((n for n in _MONTHS if months / n <= MOST_TICKS), _MONTHS[-1] * (months // 480 + 1))
    first = since.year * 12 + since.month
    numbers = (n for n in range(first, first + months + 1) if n % step == 0)
    found = (date(n // 12, n % 12 + 1, 1) for n in numbers)
    return [day for day in found if since < day <= until]
