"""Until when is a channel's night?

Quiet hours are read off the channel's own clock: it is quiet exactly while that clock shows a time within them. So
they are an hour longer or shorter on a day when the clocks are turned, as the night itself is; where the clocks are
turned back over the end of the night, the repeated hour is quiet again.

Refuses to do: what waits for the morning is decided in bot/routing.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import QuietHours

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
HORIZON = timedelta(hours=72)
"""No night lasts longer, even where a zone leaves out a whole day (Samoa, 30 December 2011)."""


def quiet_until(hours: QuietHours | None, zone: str, now: datetime) -> datetime | None:
    """Return the first moment from `now` on that is not quiet, in UTC; None where it is not quiet now. Pure.

    Args:
        zone: IANA name.
        now: aware.
    """
    if hours is None:
        return None
    local = ZoneInfo(zone)
    if not _covers(hours, local, now):
        return None
    ends = (*_ends(hours, local, now), *_turns(local, now))
    return min(end for end in ends if end > now and not _covers(hours, local, end))


def _covers(hours: QuietHours, zone: ZoneInfo, moment: datetime) -> bool:
    return hours.covers(moment.astimezone(zone).time())


def _ends(hours: QuietHours, zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """Yield when the clock shows the end of the night, on each of the next days, twice where it does so twice."""
    first = now.astimezone(zone).date()
    for day in (first + timedelta(days=n) for n in range(4)):
        for fold in (0, 1):
            yield datetime.combine(day, hours.end, zone).replace(fold=fold).astimezone(UTC)


def _turns(zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    """Yield the moments, to the second, at which the zone's clocks are turned within the horizon."""
    start = now.astimezone(UTC).replace(microsecond=0)
    for hour in (start + n * HOUR for n in range(HORIZON // HOUR)):
        if _offset(zone, hour) != _offset(zone, hour + HOUR):
            before, after = hour, hour + HOUR
            while after - before > SECOND:
                middle = before + (after - before) // SECOND // 2 * SECOND
                before, after = (middle, after) if _offset(zone, middle) == _offset(zone, hour) else (before, middle)
            yield after


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
