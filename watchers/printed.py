"""On which day, and at what time, does a line of a page say that something was printed?

A list prints the day among other words, and the clock behind it or before it: in a cell of its own, behind a comma, a
bar, "at" or "в". Found here is where both stand; what they mean is for watchers/dates.py.

Refuses to do: a day without its year is no date; a clock without a day is none.
"""

from __future__ import annotations

import re
from datetime import datetime

from watchers.dates import read_date

_DAY = (
    r"(?<!\d)(?:\d{4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}년\s?\d{1,2}월\s?\d{1,2}일"
    r"|\d{1,2}\s+[^\W\d]{3,12}\.?,?\s+\d{4}|[^\W\d]{3,12}\.?\s+\d{1,2},?\s+\d{4})"
    r"(?!\d(?!\d:\d\d))"  # elements that stand side by side leave no blank between their words: 21.11.202614:05
)
_ZONE = r"(?:KST|JST|MSK|МСК|мск|EES?T|CES?T|BST|E[DS]T|(?:UTC|GMT)(?:\s?[+-]\d{1,2})?|\+\d{2}:?\d{2})"
_CLOCK = (
    r"(?:(?:오전|오후)\s?)?(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?(?!:?\d)|시\s?[0-5]?\d분)"
    rf"(?:\s?[AaPp]\.?[Mm]\b\.?)?(?:\s?\(?{_ZONE}\b\)?)?"
)
_GAP = r"(?:\s?(?:года|року|[гр]\.))?\.?(?:\s?\([^\W\d]{1,3}\))?[T\s,|/•·–—-]{0,5}(?:(?:at|в|о|об)\s)?"
_DATE = re.compile(rf"(?:(?<![\d:])({_CLOCK})[\s,|/•·–—-]{{1,5}})?({_DAY})(?:{_GAP}({_CLOCK}))?")
_IN_TWO_LINES = re.compile(rf"^({_CLOCK})\n({_DAY})$|^({_DAY}\.?)\n({_CLOCK})$", re.MULTILINE)
_ALONE = re.compile(rf"{_DATE.pattern}\.?|{_CLOCK}")


def printed_date(text: str) -> datetime | None:
    """Return the first moment that is printed in a line: a day, and the time where it stands beside it."""
    for match in _DATE.finditer(text):
        before, day, after = match.groups()
        # English words make a date only with a time behind them.
        for clock in (after, before, "", "00:00:00 +0000"):
            moment = read_date(f"{day} {clock}".strip()) if clock is not None else None
            if moment is not None:
                return moment
    return None


def with_clocks(text: str) -> str:
    """Return lines of which those that are but a clock stand in the line of the day that is above or below them."""
    return _IN_TWO_LINES.sub(lambda found: " ".join(filter(None, found.groups())), text)


def is_date(line: str) -> bool:
    """Tell whether a line is a day, a time or both, and nothing else."""
    return _ALONE.fullmatch(line) is not None
