"""Which hours and days does somebody mean?

"09:00, 18:30" of digests, "22:00-07:00" of quiet hours, "mon-fri" or "월, 수" of days; all on a channel's own clock.

Refuses to do: no zone is applied here; what contradicts what is for bot.domain.Route.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time

from babel.dates import get_day_names

from bot.domain import QuietHours, Route
from bot.errors import InputError
from handlers.plain import NAME_LIMIT, plain
from handlers.texts import languages, listed, locale, say

OFF = frozenset({"off", "no", "none", "-", "끔"})
WEEK = range(7)
_CLOCK = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d)|시)?")


def clock_times(typed: str, language: str) -> tuple[time, ...]:
    """Return the times of "09:00, 18:30", in order; none for "" and "off". InputError names what is no time."""
    if typed.strip().casefold() in OFF | {""}:
        return ()
    return tuple(sorted({_clock(part, language) for part in re.split(r"[,\s]+", typed.strip()) if part}))


def quiet_hours(typed: str, language: str) -> QuietHours | None:
    """Return the hours of "22:00-07:00"; None for "" and "off". InputError where they are none."""
    if typed.strip().casefold() in OFF | {""}:
        return None
    start, dash, end = re.sub("[–—~]", "-", typed).partition("-")
    if dash:
        hours = QuietHours(_clock(start.strip(), language), _clock(end.strip(), language))
        if hours.start != hours.end:
            return hours
    raise InputError(say(language, "ask.quiet", given=plain(typed, NAME_LIMIT)))


def weekdays(typed: str, language: str) -> tuple[int, ...]:
    """Return the days of "mon-fri", "sat, sun" or "월, 수", Monday is 0; none for "" (every day)."""
    known = _day_words()
    found: set[int] = set()
    for part in (part for part in re.split(r"[,\s]+", typed.strip().casefold()) if part):
        first, dash, last = part.partition("-")
        if first not in known or (dash and last not in known):
            raise InputError(say(language, "ask.days", given=plain(part, NAME_LIMIT)))
        begin, end = known[first], known[last] if dash else known[first]
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return () if len(found) == len(WEEK) else tuple(sorted(found))


def digest_split(typed: str) -> tuple[str, str, str]:
    """Return the times, the days and the zone of "09:00, 18:00 mon-fri Asia/Seoul", each as it was typed."""
    given = re.sub(r",\s+", ",", typed).split()
    zones = [word for word in given if "/" in word or word == "UTC"]
    clocks = [word for word in given if word[0].isdigit() or word.casefold() in OFF]
    days = [word for word in given if word not in zones and word not in clocks]
    return " ".join(clocks), " ".join(days), " ".join(zones)


def digest_words(route: Route, language: str) -> str:
    """Return when a channel gets digests: "09:00, 18:00 Asia/Seoul · Mon and Fri"; "" for never."""
    if not route.digest:
        return ""
    names = get_day_names("abbreviated", locale=locale(language))
    days = listed(language, (str(names[day]) for day in route.digest_days))
    return " · ".join(part for part in (f"{clocks_words(route.digest)} {route.timezone}", days) if part)


def day_words(days: Iterable[int], language: str) -> str:
    """Return the short names of days, as `weekdays` takes them: "Mon, Fri"."""
    names = get_day_names("abbreviated", locale=locale(language))
    return ", ".join(str(names[day]) for day in sorted(days))


def quiet_words(hours: QuietHours) -> str:
    """Return "22:00–07:00"."""
    return f"{hours.start:%H:%M}–{hours.end:%H:%M}"


def clocks_words(times: Iterable[time]) -> str:
    """Return "09:00, 18:00"."""
    return ", ".join(f"{moment:%H:%M}" for moment in sorted(times))


def _clock(part: str, language: str) -> time:
    found = _CLOCK.fullmatch(part)
    if found is None:
        raise InputError(say(language, "ask.time", given=plain(part, NAME_LIMIT)))
    return time(int(found[1]), int(found[2] or 0))


def _day_words() -> Mapping[str, int]:
    """Return what the days are called, in full and short, in every language that the bot speaks."""
    return {
        str(get_day_names(width, locale=locale(code))[day]).casefold(): day
        for code in languages()
        for width in ("wide", "abbreviated")
        for day in WEEK
    }
