"""Does a sentence, or a clause of it, tell what has gone on for long: "which has supplied shells since 2023"?

The grammar calls that the present, and so it is; news it is only where somebody says so now, or says that there is
more.

Refuses to do: what began within the last months may be news; no word of a language stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_FRESH = timedelta(days=90)
"""How long ago the month may have begun to which news is dated: two months after it is past, it is known."""
_KNOWN = range(3, 12)
"""How many months ago "since October" is surely no news; in October it is this month."""
_APRIL = 4
"""From when on last year is some months ago."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How one language tells it.

    Args:
        clause: wordings of a clause, with the moment as groups `month`, `year` and `lately`: last year; `plain` and
            `before` are these two without a month; none is for what is long ago, such as the beginning of a war.
        whole: likewise, wordings of a whole sentence.
        news: what makes it news all the same: who says so, that there is more.
    """

    clause: re.Pattern[str]
    whole: re.Pattern[str]
    news: re.Pattern[str]

    def sentence(self, text: str, day: date | None, months: Sequence[str]) -> str:
        """Return the wording by which a whole sentence tells nothing new, "" for none.

        Args:
            day: of the item.
            months: what the group `month` may be, in small letters, January first.
        """
        found = self.whole.match(text)
        return found.group() if found and _known(found, day, months) and not self.news.search(text) else ""

    def clauses(self, text: str, day: date | None, months: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where the clauses stand that tell nothing new; the arguments are those of `sentence`."""
        for found in self.clause.finditer(text):
            if _known(found, day, months) and not self.news.search(found.group()):
                yield found.span()


def long_ago(day: date, year: int, month: int) -> bool:
    """Tell whether what is dated to a month is known by a day."""
    return day - date(year, month, 1) > _FRESH


def _known(found: re.Match[str], day: date | None, months: Sequence[str]) -> bool:
    """Tell whether a moment is long ago."""
    told = found.groupdict()
    month, year = told["month"], told["year"] or told.get("plain")
    lately = told["lately"] or told.get("before")
    if day is None:
        return not (month or year or lately)
    since = int(year) if year else day.year - bool(lately)
    number = months.index(month.lower()) + 1 if month else 0
    if number and (year or lately):
        return long_ago(day, since, number)
    if number:
        return (day.month - number) % 12 in _KNOWN
    if year or lately:
        return since < day.year - 1 or (since < day.year and day.month >= _APRIL)
    return True
