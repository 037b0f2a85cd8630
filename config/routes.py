"""Who is told what?

Reads config/routes.yml, or tells every mistake in it at once. The routes speak of the storyline's tracks and
holders, so the storyline is read too.

Refuses to do: whether a platform or a channel exists is for the handlers to say.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from bot.domain import Route, Severity
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


Level = Literal["low", "medium", "high"]
Zone = Annotated[Text, AfterValidator(_is_zone)]


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


class RoutesShape(Shape):
    """The whole file."""

    routes: Annotated[dict[Name, RouteShape], Field(default_factory=dict)]


def load_routes(directory: Path | None = None) -> tuple[Route, ...]:
    """Read and check the routes, in the order of the file.

    Args:
        directory: its files replace the shipped ones; None for those that ship.

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
        _known(document, (*place, "tracks"), "track", route.tracks, tracks)
        _known(document, (*place, "holders"), "holder", route.holders, holders)
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
    )
