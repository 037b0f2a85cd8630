"""Does a sentence put what it tells into the past as a whole, or tell of what a newsroom has corrected or taken back?

A newsroom marks what is known already at the head of a sentence ("Last year Seoul said …", "Ранее сообщалось …"), where
it holds for all that follows; within the sentence it may hold for a part of it, and is left to the grammar. What an
article said before it was corrected is no news either, and a report that is taken back is no report: who prints that
it is repeats the claim word for word.

Refuses to do: what is dated to one of the last months may be news; no word of a language stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.nlp.lasting import Lasting, long_ago
from bot.nlp.plain import NOTHING

_KNOWN = range(3, 8)
"""How many months ago a month without its year is known and surely the last: in May, "in June" is to come."""
_READ = 600
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Retelling:
    """How one language marks it.

    Args:
        opening: wordings at the head of a sentence that put all of it into the past.
        dated: a month at the head of a sentence, as group `month`; its `year`, if it is told, or `lately`: last year.
            A year without a month is `plain`, and of last year some reports are news.
        months: what the group `month` may be, in small letters, January first.
        corrected: wordings anywhere that tell of an earlier version of the text, or that it was told before.
        retracted: wordings anywhere by which a newsroom takes a report back, and the headings of its own corrections;
            not what a holder denies, which is a position.
        lasting: how it tells what has gone on for long.
        unproved: a clause of what somebody has no proof of, or does not confirm, as group `claim`; it tells nothing.
        habit: wordings of a whole sentence that tell what somebody does again and again, or has held to so far.
    """

    opening: re.Pattern[str]
    dated: re.Pattern[str]
    months: Sequence[str]
    corrected: re.Pattern[str]
    retracted: re.Pattern[str]
    lasting: Lasting
    unproved: re.Pattern[str] = NOTHING
    habit: re.Pattern[str] = NOTHING

    def __call__(self, sentence: str, day: date | None, *, follows: bool = False) -> str:
        """Return the wording by which a sentence tells of the past, "" for none.

        Args:
            day: of the item; None where it is not known, and then no date is past.
            follows: another sentence of the text stands before it.
        """
        text = sentence[:_READ].strip(" \t\n\"'“”«»‘’„—–-")
        found = self.opening.match(text) or self.corrected.search(text) or self.retracted.search(text)
        if found:
            return found.group()
        found = self.dated.match(text)
        if found and day and self._past(found, day):
            return found.group()
        if not follows:
            return ""
        found = self.habit.match(text)
        return found.group() if found else self.lasting.sentence(text, day, self.months)

    def asides(self, text: str, day: date | None) -> tuple[tuple[int, int], ...]:
        """Return where within sentences clauses stand that tell what is known, or what nobody has shown; in order."""
        unproved = (found.span("claim") for found in self.unproved.finditer(text))
        return tuple(_apart(sorted((*self.lasting.clauses(text, day, self.months), *unproved))))

    def _past(self, found: re.Match[str], day: date) -> bool:
        told = found.groupdict()
        if told.get("plain"):
            return day.year - int(told["plain"]) > 1
        month = self.months.index(told["month"].lower()) + 1
        if year := told["year"] or (told.get("lately") and day.year - 1):
            return long_ago(day, int(year), month)
        return (day.month - month) % 12 in _KNOWN


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans without those that begin within the one before."""
    end = 0
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]
