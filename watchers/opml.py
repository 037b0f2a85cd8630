r"""How do lists of sources come in from other readers, and go out to them?

OPML both ways. Going out, sources stand in their folders, those without in one group a tier, and carry what OPML has
no word for as attributes of ours, so that what is exported comes back the same. Coming in from elsewhere, the names of
the groups are looked through for a tier or a language, and kept as folders: "A/B" for B within A, "\/" for a stroke
that belongs to a name. A feed that stands in several groups, as other readers write it, is one source in all of them.

Refuses to do: no file is opened, nothing is polled, and no XML entity is expanded.
"""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from urllib.parse import urlsplit

from bot.domain import Source, Tier, shown
from bot.errors import InputError, NotAFeedError
from bot.webaddress import check_address, of_reader
from watchers.charsets import decode
from watchers.entities import refuse_entities
from watchers.search import is_search

_OURS = "https://stancewatch.invalid/opml"
"""Namespace of our attributes; a name, not an address."""
_LONGEST_KEY = 60
_CAP = 10_000_000
_KEPT = (
    "key",
    "kind",
    "language",
    "publisher",
    "origin_group",
    "tier",
    "confidence",
    "interval",
    "enabled",
    "author",
    "selector",
)
_LANGUAGES = {
    "en": "en", "english": "en", "ko": "ko", "korean": "ko", "한국어": "ko", "ru": "ru", "russian": "ru",
    "русский": "ru", "uk": "uk", "ukrainian": "uk", "українська": "uk",
}  # fmt: skip
_DEEPEST, _LONGEST_NAME = 10, 100
"""Groups within groups, and characters of their names, that are kept."""
_MOST_NAMES = 100
"""Groups within groups whose names are looked at."""
_PART = re.compile(r"(?:[^/\\]|\\.?)+", re.DOTALL)
_NOT_KEY = re.compile(r"[^a-z0-9]+")

_Path = tuple[str, ...]
"""Names of groups, each within the one before."""


def write_opml(sources: Iterable[Source]) -> str:
    """Return sources as an OPML document, in their folders or else one group a tier, in the order given."""
    ET.register_namespace("stancewatch", _OURS)
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Stancewatch sources"
    body = ET.SubElement(root, "body")
    groups: dict[_Path, ET.Element] = {(): body}
    for source in sources:
        attributes = {"text": source.name, "title": source.name, "type": "rss", "xmlUrl": source.url}
        if source.language:
            attributes["language"] = source.language
        attributes |= {f"{{{_OURS}}}{name}": _written(getattr(source, name)) for name in _KEPT}
        paths = [path for folder in source.folders if (path := _path(folder))]
        for path in dict.fromkeys(paths) or [(source.tier.value,)]:
            ET.SubElement(_group(groups, path), "outline", attributes)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _group(groups: dict[_Path, ET.Element], path: _Path) -> ET.Element:
    """Return the outline of a group, made with those it stands in where they are not there yet."""
    for depth in range(1, len(path) + 1):
        if path[:depth] not in groups:
            name = path[depth - 1]
            groups[path[:depth]] = ET.SubElement(groups[path[: depth - 1]], "outline", text=name, title=name)
    return groups[path]


def _path(folder: str) -> _Path:
    return tuple(re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL) for name in _PART.findall(folder))


def _folder(path: _Path) -> str:
    return "/".join(re.sub(r"[/\\]", r"\\\g<0>", name) for name in path)


def read_opml(
    content: bytes, name: str, author: str = "opml", leave_out: Callable[[str], object] = lambda _: None
) -> tuple[Source, ...]:
    """Return the sources of an OPML document, each address once, in its order.

    What a foreign document does not say is filled in: tier outlet, kind rss, the outlet's own name as publisher and
    its host as origin group. `confidence` is then medium, which says that nobody has checked it.

    Args:
        name: of the file, for errors.
        author: who adds the sources.
        leave_out: told of each outline whose address is none, in one line.

    Raises:
        InputError: it is no OPML, declares entities, is over 10 MB or names no feed.
    """
    if len(content) > _CAP:
        raise InputError(f"{name}: is larger than {_CAP / 1_000_000:g} MB, which no list of feeds is")
    text = decode(content)
    try:
        refuse_entities(text, name)
        # Entities are refused above, and ElementTree fetches nothing.
        root = ET.fromstring(_without_declaration(text))  # noqa: S314
    except NotAFeedError as error:
        raise InputError(str(error)) from None
    except (ET.ParseError, RecursionError, ValueError) as error:
        raise InputError(f"{name}: is no well-formed XML ({error}); export it again as OPML") from None
    body = root.find("body") if root.tag.lower() == "opml" else None
    if body is None:
        raise InputError(f"{name}: is no OPML (its root is <{root.tag[:40]}>); export it again as OPML")
    sources = _with_own_keys(_named(body, author, leave_out))
    if not sources:
        raise InputError(f"{name}: names no feed (no outline with an http address in xmlUrl)")
    return sources


def _named(body: ET.Element, author: str, leave_out: Callable[[str], object]) -> list[Source]:
    """Return the feeds that the outlines name, each address once, with all the groups that it stands in."""
    found: dict[str, Source] = {}
    stands: dict[str, dict[_Path, None]] = defaultdict(dict)
    for outline, groups in _outlines(body):
        url = _address(outline)
        if not url:
            continue
        try:
            source = _source(outline, check_address(url), groups, author)
        except ValueError as error:
            leave_out(f"{shown(url)} {error}")
        else:
            found.setdefault(source.url, source)
            stands[source.url][groups[:_DEEPEST]] = None
    return [_foldered(source, stands[source.url]) for source in found.values()]


def _foldered(source: Source, stands: Iterable[_Path]) -> Source:
    """Give a source the groups that it stands in, unless that is its tier alone, where it stands by itself."""
    paths = [path for path in stands if path]
    return source if paths == [(source.tier.value,)] else replace(source, folders=tuple(map(_folder, paths)))


def _outlines(body: ET.Element) -> Iterator[tuple[ET.Element, _Path]]:
    """Every outline with the names of the groups it stands in, in the order of the document."""
    waiting: list[tuple[ET.Element, _Path]] = [(child, ()) for child in reversed(body)]
    while waiting:
        outline, groups = waiting.pop()
        yield outline, groups
        title = " ".join((outline.get("title") or outline.get("text") or "").split())[:_LONGEST_NAME].rstrip()
        inner = (*groups, title) if title and len(groups) < _MOST_NAMES else groups
        waiting.extend((child, inner) for child in reversed(outline))


def _address(outline: ET.Element) -> str:
    """Return the address of a feed as an outline names it, in whichever letters, as browsers open it; "" for none."""
    return of_reader(next((value for name, value in outline.attrib.items() if name.lower() == "xmlurl"), ""))


def _source(outline: ET.Element, url: str, groups: _Path, author: str) -> Source:
    host = urlsplit(url).hostname or ""
    ours = {field.name: outline.get(f"{{{_OURS}}}{field.name}", "") for field in fields(Source)}
    title = " ".join((outline.get("title") or outline.get("text") or "").split())
    site = host.removeprefix("www.")
    searches = not ours["kind"] and is_search(url)
    return Source(
        key=ours["key"] if _NOT_KEY.sub("-", ours["key"]).strip("-") == ours["key"] else "",
        name=title or site,
        url=url,
        kind=ours["kind"] or ("search" if searches else "json" if outline.get("type", "").lower() == "json" else "rss"),
        language=ours["language"] or _language(outline, groups),
        publisher=ours["publisher"] or title or site,
        origin_group=ours["origin_group"] or site,
        tier=Tier.SEARCH if searches else _tier((*groups, ours["tier"])),
        confidence=ours["confidence"] or "medium",
        interval=max(60, int(ours["interval"])) if ours["interval"].isdecimal() and len(ours["interval"]) < 8 else 600,
        enabled=ours["enabled"] != "no",
        author=ours["author"] or author,
        selector=ours["selector"],
    )


def _tier(names: tuple[str, ...]) -> Tier:
    """The innermost group that is called like a tier."""
    return next((Tier(name.lower()) for name in reversed(names) if name.lower() in set(Tier)), Tier.OUTLET)


def _language(outline: ET.Element, groups: tuple[str, ...]) -> str:
    stated = (outline.get("language") or "").lower().replace("_", "-").split("-")[0]
    names = (stated, *(group.lower() for group in reversed(groups)))
    return next((_LANGUAGES[name] for name in names if name in _LANGUAGES), "")


def _with_own_keys(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Give each source without a key one made of its address, and each key to one source only."""
    taken: set[str] = set()
    keyed = []
    for source in sources:
        base = source.key or source_key(source.url)
        key, number = base, 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        keyed.append(replace(source, key=key))
    return tuple(keyed)


def source_key(url: str) -> str:
    """Return a key made of an address: lower-case letters, digits and hyphens. What may be a token is not in it."""
    told = shown(url)
    parts = urlsplit(told)
    text = f"{(parts.hostname or '').removeprefix('www.')} {parts.path} {parts.query}".lower()
    key = _NOT_KEY.sub("-", text).strip("-")
    if key and len(key) <= _LONGEST_KEY and told == url:
        return key
    # What is cut off, or a token, may be all that two addresses differ in.
    digest = hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{key[:_LONGEST_KEY]}-{digest}".strip("-").replace("--", "-")


def _without_declaration(text: str) -> str:
    """The text is decoded already, so what the XML declaration says of its charset no longer holds."""
    return re.sub(r"^<\?xml[^>]*\?>", "", text)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
