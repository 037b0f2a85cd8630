"""How is a moment said in a channel's language and time zone?

A `When` is a moment, or a whole day where no more than the day is known: the baseline, the history. A day is
never moved into another time zone.

Refuses to do: no clock is read; relative times are measured from a moment that the caller gives.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.texts import count, say

When = datetime | date


def zone_of(name: str) -> ZoneInfo:
    """Return an IANA zone, UTC for a name that does not exist: a wrong name must not cost the message."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day(when: When, language: str, zone: ZoneInfo) -> str:
    """Return "24 Oct 2024"."""
    local = when.astimezone(zone) if isinstance(when, datetime) else when
    return say(language, "date", **_date_fields(local, language))


def stamp(when: When, language: str, zone: ZoneInfo) -> str:
    """Return "24 Oct 2024, 18:00 KST", or the day alone where no more is known."""
    if not isinstance(when, datetime):
        return day(when, language, zone)
    local = when.astimezone(zone)
    fields = _date_fields(local, language)
    return say(language, "date.time", clock=f"{local:%H:%M}", zone=local.tzname() or "", **fields)


def ago(when: When, now: datetime, language: str) -> str:
    """Return "3 hours ago"; coarse on purpose. A moment in the future is "just now"."""
    passed = now - when if isinstance(when, datetime) else now.astimezone(UTC).date() - when
    minutes = int(passed.total_seconds() // 60)
    steps = ((518_400, "years"), (43_200, "months"), (1_440, "days"), (60, "hours"), (1, "minutes"))
    for size, unit in steps:
        # Hours until two days and days until two months: "36 hours ago" says more than "1 day ago".
        least = size if unit in {"hours", "minutes"} else 2 * size
        if minutes >= least:
            return count(language, f"ago.{unit}", minutes // size)
    return say(language, "ago.now")


def span(since: datetime, until: datetime, language: str) -> str:
    """Return how long a window is: "7 days", "24 hours"."""
    minutes = max(1, round((until - since).total_seconds() / 60))
    if minutes >= 2_880:
        return count(language, "span.days", round(minutes / 1_440))
    if minutes >= 60:
        return count(language, "span.hours", round(minutes / 60))
    return count(language, "span.minutes", minutes)


def _date_fields(local: date, language: str) -> dict[str, object]:
    return {"d": local.day, "month": say(language, f"month.{local.month}"), "y": local.year}
