"""How is a moment said in a channel's language and time zone?

A `When` is a moment, or a whole day where no more than the day is known: the baseline, the history. A day is
never moved into another time zone.

Refuses to do: no clock is read; relative times are measured from a moment that the caller gives.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import inf
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_timedelta

from handlers.texts import count, locale, say

When = datetime | date

_Unit = Literal["year", "month", "day", "hour", "minute"]
_UNITS: tuple[tuple[int, _Unit], ...] = (
    (525_600, "year"), (43_200, "month"), (1_440, "day"), (60, "hour"), (1, "minute"),
)  # fmt: skip
"""Minutes of each unit that a time is said in, the largest first."""


def zone_of(name: str) -> ZoneInfo:
    """Return an IANA zone, UTC for a name that does not exist: a wrong name must not cost the message."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day(when: When, language: str, zone: ZoneInfo) -> str:
    """Return "24 Oct 2024"."""
    local = when.astimezone(zone) if isinstance(when, datetime) else when
    return _dated(local, "date", language)


def month(when: date, language: str) -> str:
    """Return "Oct 2024"."""
    return _dated(when, "date.month", language)


def stamp(when: When, language: str, zone: ZoneInfo) -> str:
    """Return "24 Oct 2024, 18:00 KST", or the day alone where no more is known."""
    if not isinstance(when, datetime):
        return day(when, language, zone)
    local = when.astimezone(zone)
    clock = f"{local:%H:%M}"
    return say(language, "date.time", day=_dated(local, "date", language), clock=clock, zone=local.tzname() or "")


def ago(when: When, now: datetime, language: str) -> str:
    """Return "3 hours ago"; coarse on purpose. A moment in the future is "just now"."""
    passed = now - when if isinstance(when, datetime) else now.astimezone(UTC).date() - when
    minutes = int(passed.total_seconds() // 60)
    for size, unit in _UNITS:
        # Hours until two days and days until two months: "36 hours ago" says more than "1 day ago".
        least = size if unit in {"hour", "minute"} else 2 * size
        if minutes >= least:
            whole = timedelta(minutes=minutes // size * size)
            return format_timedelta(-whole, unit, threshold=inf, add_direction=True, locale=locale(language))
    return say(language, "ago.now")


def span(since: datetime, until: datetime, language: str) -> str:
    """Return how long a window is: "7 days", "24 hours"."""
    minutes = max(1, round((until - since).total_seconds() / 60))
    if minutes > 525_600:
        return count(language, "span.months", round(minutes / 43_800))
    if minutes >= 2_880:
        return count(language, "span.days", round(minutes / 1_440))
    if minutes >= 60:
        return count(language, "span.hours", round(minutes / 60))
    return count(language, "span.minutes", minutes)


def _dated(local: date, key: str, language: str) -> str:
    """Return a day in the pattern that a catalogue holds under `key` (CLDR's notation, UTS 35)."""
    return format_date(local, say(language, key), locale=locale(language))
