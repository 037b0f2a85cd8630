"""What is polled?

Reads config/sources.yml, or tells every mistake in it at once.

Refuses to do: whether a kind of source exists is for the watchers to say, whether an address answers for
`stancewatch check --sources`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.domain import Source, Tier
from bot.selectors import check_selector
from bot.webaddress import check_address
from config.folder import find
from config.shapes import Key, LanguageCode, Name, Shape, Text
from config.yamlfile import fit, read_yaml

INTERVALS = {
    Tier.OFFICIAL: 300,
    Tier.AGENCY: 300,
    Tier.OUTLET: 600,
    Tier.SPECIALIST: 1800,
    Tier.THINKTANK: 1800,
    Tier.SEARCH: 900,
}
"""Seconds between polls where a source states none: the nearer to the holders, the oftener."""

Address = Annotated[Text, AfterValidator(check_address)]


class SourceShape(Shape):
    """One source; `kind` names the file in watchers/ that polls it."""

    name: Text
    url: Address
    kind: Name = "rss"
    language: LanguageCode | None = None
    publisher: Text
    origin_group: Text
    tier: Tier
    confidence: Literal["high", "medium", "low"] = "high"
    interval: Annotated[int, Field(ge=60)] | None = None
    enabled: bool = True
    selector: Annotated[Text, AfterValidator(check_selector)] | None = None
    folders: tuple[Text, ...] = ()


class SourcesShape(Shape):
    """The whole file."""

    sources: Annotated[dict[Key, SourceShape], Field(default_factory=dict)]


def load_sources(directory: Path | None = None, unwatched: Callable[[str], str] | None = None) -> tuple[Source, ...]:
    """Read and check the sources, in the order of the file.

    Args:
        directory: its sources.yml replaces the shipped one; None for that which ships.
        unwatched: tells what is wrong with a kind of source, "" for nothing; None where that is not asked.

    Raises:
        ConfigError: with every mistake of the file, one a line.
    """
    document = read_yaml(find("sources.yml", directory))
    shape = fit(document, SourcesShape)
    polled_by: dict[str, str] = {}
    for key, source in shape.sources.items() if shape else ():
        address = source.url.rstrip("/").lower()
        if address in polled_by:
            what = f"is polled by {polled_by[address]!r} already; keep one of the two"
            document.complain(("sources", key, "url"), what)
        polled_by.setdefault(address, key)
        if unwatched and (what := unwatched(source.kind)):
            document.complain(("sources", key, "kind"), what)
    document.settle()
    assert shape is not None, "what does not fit has been told"
    return tuple(_source(key, source) for key, source in shape.sources.items())


def _source(key: str, shape: SourceShape) -> Source:
    return Source(
        key=key,
        name=shape.name,
        url=shape.url,
        kind=shape.kind,
        language=shape.language or "",
        publisher=shape.publisher,
        origin_group=shape.origin_group,
        tier=shape.tier,
        confidence=shape.confidence,
        interval=shape.interval or INTERVALS[shape.tier],
        enabled=shape.enabled,
        selector=shape.selector or "",
        folders=shape.folders,
    )
