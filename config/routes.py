"""Who is told what?

Reads config/routes.yml, or tells every mistake in it at once. The routes speak of the storyline's tracks and
holders, so the storyline is read too.

Refuses to do: whether a platform or a channel exists is for the handlers to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain import QuietHours, Route, Severity
from config.folder import find
from config.shapes import LanguageCode, Name, Shape, Text
from config.storyline import load_storyline
from config.yamlfile import Document, Place, fit, nearest, read_yaml


def _is_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; not a relative name; a folder of zones
        raise ValueError("is no time zone; write an IANA name such as Asia/Seoul") from None
    return name


_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _clock(given: object) -> time:
    found = _CLOCK.fullmatch(str(given).strip())
    if found is None:
        raise ValueError("is no time of day; write 09:00")
    return time(int(found[1]), int(found[2]))


def _hours(given: object) -> QuietHours | None:
    start, dash, end = str(given).partition("-")
    if not str(given).strip():
        return None
    if not dash:
        raise ValueError("is no stretch of the day; write 22:00-07:00")
    hours = QuietHours(_clock(start), _clock(end))
    if hours.start == hours.end:
        raise ValueError("begins and ends at the same time; for a channel without single alerts set digest_only: true")
    return hours


def _days(given: object) -> object:
    """Return weekdays as numbers, Monday 0, of "mon-fri", "sat, sun" or a list of them."""
    parts = given if isinstance(given, list | tuple) else str(given).split(",")
    days: list[int] = []
    for part in (str(part).strip().lower()[:7] for part in parts if str(part).strip()):
        first, _, last = part.partition("-")
        if first not in _WEEK or (last or first) not in _WEEK:
            raise ValueError(f"{part!r} is no day of the week; write mon-fri, or sat, sun")
        start, end = _WEEK.index(first), _WEEK.index(last or first)
        days += [day % 7 for day in range(start, (end if end >= start else end + 7) + 1)]
    return tuple(sorted(set(days)))


Level = Literal["low", "medium", "high"]
Zone = Annotated[Text, AfterValidator(_is_zone)]
Clock = Annotated[time, BeforeValidator(_clock)]
Hours = Annotated[QuietHours | None, BeforeValidator(_hours)]
Days = Annotated[tuple[int, ...], BeforeValidator(_days)]


class RouteShape(Shape):
    """One channel and what it gets; no tracks or holders means all of them."""

    platform: Name
    channel: Text
    tracks: tuple[Name, ...] = ()
    holders: tuple[Name, ...] = ()
    min_severity: Level = "low"
    signals: bool = True
    mention: str = ""
    mention_from: Level = "high"
    language: LanguageCode = "en"
    timezone: Zone = "UTC"
    quiet: Hours = None
    quiet_except: Level | Literal[""] = ""
    digest: tuple[Clock, ...] = ()
    digest_days: Days = ()
    digest_only: bool = False
    digest_empty: bool = True
    admin: bool = False


class RoutesShape(Shape):
    """The whole file."""

    routes: Annotated[dict[Name, RouteShape], Field(default_factory=dict)]


def load_routes(directory: Path | None = None, unserved: Callable[[str], str] | None = None) -> tuple[Route, ...]:
    """Read and check the routes, in the order of the file.

    Args:
        directory: its files replace the shipped ones; None for those that ship.
        unserved: tells what is wrong with a platform, "" for nothing; None where that is not asked.

    Raises:
        ConfigError: with every mistake of the file, one a line.
    """
    document = read_yaml(find("routes.yml", directory))
    shape = fit(document, RoutesShape)
    storyline = load_storyline(directory)
    tracks = [track.id for track in storyline.tracks]
    holders = [holder.id for holder in storyline.holders]
    for name, route in shape.routes.items() if shape else ():
        place: Place = ("routes", name)
        if unserved and (what := unserved(route.platform)):
            document.complain((*place, "platform"), what)
        _known(document, (*place, "tracks"), "track", route.tracks, tracks)
        _known(document, (*place, "holders"), "holder", route.holders, holders)
        known = {*route.tracks} <= {*tracks} and {*route.holders} <= {*holders}
        if known and storyline.without_positions(route.tracks, route.holders):
            what = "hold no position on any of its tracks, so that nothing is told; name other holders or tracks"
            document.complain((*place, "holders"), what)
        for field, what in _route(name, route).contradictions():
            document.complain((*place, field), what)
        _known(document, (*place, "language"), "language of the storyline", [route.language], storyline.title)
    document.settle()
    assert shape is not None, "what does not fit has been told"
    return tuple(_route(name, route) for name, route in shape.routes.items())


def _known(document: Document, place: Place, what: str, given: Collection[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            hint = nearest(name, known) or f"; known are {', '.join(known)}"
            document.complain(place, f"{name!r} is no {what}{hint}")


def _route(name: str, shape: RouteShape) -> Route:
    return Route(
        name=name,
        platform=shape.platform,
        channel=shape.channel,
        tracks=shape.tracks,
        holders=shape.holders,
        min_severity=Severity[shape.min_severity.upper()],
        signals=shape.signals,
        mention=shape.mention,
        mention_from=Severity[shape.mention_from.upper()],
        language=shape.language,
        timezone=shape.timezone,
        quiet=shape.quiet,
        quiet_except=Severity[shape.quiet_except.upper()] if shape.quiet_except else None,
        digest=shape.digest,
        digest_days=shape.digest_days,
        digest_only=shape.digest_only,
        digest_empty=shape.digest_empty,
        admin=shape.admin,
    )
