"""Is this a feed so plain that it can be read in a tenth of the time?

feedparser reads everything and costs ten to twenty milliseconds a feed; fastfeedparser costs a fraction of one, and
reads what is well-formed as well. So a judge walks through the feed first, with expat: a feed that holds nothing but
elements known here, each at most once in its item, is given to fastfeedparser; with whatever else in it, feedparser
(watchers/rss.py), the parser of record, reads it. Dates are left to neither: they are read from what is printed.

Refuses to do: nothing is guessed, mended or repaired; None says that this feed is not for the fast way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import fastfeedparser

from bot.domain import Entry
from watchers.charsets import plain_utf8
from watchers.cleaning import absolute, text_of, title_of
from watchers.dates import read_date
from watchers.ordering import oldest_first
from watchers.parsing import Content, Document
from watchers.wishes import wishes_of

LONGEST = 1_000_000
"""Bytes; what is larger is left to a worker process, whatever it is."""

_ONCE = 1
_OFTEN = 2
_RSS_ITEM = {
    **dict.fromkeys(("title", "link", "guid", "pubDate", "description", "content:encoded"), _ONCE),
    **dict.fromkeys(("category", "author", "dc:creator", "comments", "enclosure", "slash:comments"), _OFTEN),
    **dict.fromkeys(("wfw:commentRss", "media:thumbnail"), _OFTEN),
}
_RSS_CHANNEL = frozenset(
    (
        *("item", "title", "link", "description", "language", "copyright", "lastBuildDate", "pubDate", "ttl", "docs"),
        *("generator", "managingEditor", "webMaster", "category", "image", "atom:link", "sy:updatePeriod"),
        *("sy:updateFrequency", "skipHours", "skipDays"),
    )
)
_ATOM_ENTRY = {
    **dict.fromkeys(("title", "id", "updated", "published", "summary", "content", "link"), _ONCE),
    **dict.fromkeys(("author", "category"), _OFTEN),
}
_ATOM_FEED = frozenset(
    ("entry", "title", "subtitle", "id", "updated", "link", "author", "generator", "icon", "logo", "rights")
)
_WITHIN = {
    "image": frozenset({"url", "title", "link", "width", "height", "description"}),
    "author": frozenset({"name", "uri", "email"}),
    "skipHours": frozenset({"hour"}),
    "skipDays": frozenset({"day"}),
}
_ITEMS = frozenset({"item", "entry"})
_TEXTS = frozenset({"title", "summary", "content"})
_DATES = ("pubDate", "published", "updated")
_PLAIN_ATTRIBUTES = frozenset(
    (
        "rel",
        "type",
        "href",
        "title",
        "isPermaLink",
        "domain",
        "url",
        "length",
        "width",
        "height",
        "term",
        "label",
        "scheme",
        "uri",
        "version",
        "medium",
    )
)
_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xmlns:slash": "http://purl.org/rss/1.0/modules/slash/",
    "xmlns:wfw": "http://wellformedweb.org/CommentAPI/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
# feedparser takes what stands for a control character for one of Windows' letters, and mends what was encoded twice.
_ODD = re.compile(rb"\xc2[\x80-\x9f]|\xc3[\x82-\xb4]\xc2[\xa0-\xbf]|\xef\xbf\xbd")
_ODD_REFERENCE = re.compile(rb"&#0*+(?:1[2-5]\d|[xX]0*+[89]\w);")


class _Odd(Exception):  # noqa: N818 -- it ends the judging and is no error
    """The feed is not for the fast way."""


class _Judge:
    """Walks through a feed and remembers what each item holds; raises _Odd at the first thing it does not know."""

    def __init__(self) -> None:
        self.items: list[dict[str, str]] = []
        self._known: Mapping[str, int] = {}
        self._channel: frozenset[str] = frozenset()
        self._level = 0  # how deep the items are
        self._depth = 0
        self._inside = ""  # of the channel's own elements, the one it is in
        self._part = ""
        self._parts = -1  # how deep the parts of an item are, while it is in one
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.XmlDeclHandler = _declared
        self._parser.StartDoctypeDeclHandler = _typed

    def walk(self, body: bytes) -> None:
        """Walk through all of it. Raises _Odd or expat.ExpatError."""
        self._parser.Parse(body, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self._depth
        self._depth = depth + 1
        if attributes and depth >= self._level > 0 and not _PLAIN_ATTRIBUTES.issuperset(attributes):
            raise _Odd(name)
        if depth == self._parts:  # first, since nearly all elements are such
            self._open_part(name, attributes)
        elif depth > self._level > 0:
            if name not in _WITHIN.get(self._part if depth > self._level + 1 else self._inside, ()):
                raise _Odd(name)
        elif depth == self._level > 0:
            self._open_in_channel(name)
        else:
            self._open_feed(name, attributes, depth)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name in _DATES:
            self._parser.CharacterDataHandler = None

    def _open_in_channel(self, name: str) -> None:
        if name not in self._channel:
            raise _Odd(name)
        self._inside, self._parts = name, -1
        if name in _ITEMS:
            self._parts = self._level + 1
            self.items.append({})

    def _open_part(self, name: str, attributes: dict[str, str]) -> None:
        item, often = self.items[-1], self._known.get(name)
        if often is None or (often == _ONCE and name in item):
            raise _Odd(name)
        if attributes and (
            attributes.get("rel", "alternate") != "alternate"
            or (name in _TEXTS and attributes.get("type", "html") not in {"html", "text"})
        ):
            raise _Odd(name)
        item[name], self._part = "", name
        if name in _DATES:
            self._parser.CharacterDataHandler = self._date

    def _date(self, text: str) -> None:
        self.items[-1][self._part] += text

    def _open_feed(self, name: str, attributes: dict[str, str], depth: int) -> None:
        names = {a: uri for a, uri in attributes.items() if a.startswith("xmlns")}
        rest = attributes.keys() - names.keys()
        if any(_NAMESPACES.get(a, uri) != uri for a, uri in names.items()):
            raise _Odd(name)
        if depth == 0 and name == "rss" and "xmlns" not in names and rest <= {"version"}:
            self._known, self._channel = _RSS_ITEM, _RSS_CHANNEL
        elif depth == 0 and name == "feed" and "xmlns" in names and rest <= {"xml:lang"}:
            self._known, self._channel, self._level = _ATOM_ENTRY, _ATOM_FEED, 1
        elif depth == 1 and name == "channel" and not attributes:
            self._level = 2
        else:
            raise _Odd(name)


def read_swiftly(document: Document) -> Content | None:
    """Return what a plain feed holds, None when feedparser has to read it.

    Takes a time proportional to the body, whatever the body: nothing is expanded, since a document type is odd.
    """
    body = document.body
    text = plain_utf8(body) if len(body) <= LONGEST else None
    if text is None or _ODD_REFERENCE.search(body) or (not text.isascii() and _ODD.search(body)):
        return None
    body, judge = body.strip(), _Judge()
    try:
        judge.walk(body)
        raw = fastfeedparser.parse(body, include_tags=False, include_media=False, include_enclosures=False)["entries"]
    except (_Odd, expat.ExpatError, ValueError, TypeError, KeyError, AttributeError):
        return None
    if len(raw) != len(judge.items):
        return None
    entries = []
    for one, item in zip(raw, judge.items, strict=True):
        entry = _entry(one, item, document.url)
        if entry is None:
            return None
        entries.append(entry)
    return Content(oldest_first(entries), wishes_of(text))


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in {"utf-8", "utf8"}:
        raise _Odd(encoding)


def _typed(_name: str, _system: str | None, _public: str | None, _internal: int) -> None:
    raise _Odd("DOCTYPE")


def _entry(raw: Mapping[str, Any], item: Mapping[str, str], base: str) -> Entry | None:
    """Clean one entry; None when a date is printed that cannot be read without a guess, or the address is wanting."""
    printed = next((item[name] for name in _DATES if item.get(name, "").strip()), "")
    published = read_date(printed.strip()) if printed.isascii() and printed else None
    link = absolute(raw.get("link", ""), base)
    if (printed and published is None) or not link:
        return None
    texts = [part.get("value") or "" for part in raw.get("content") or ()]
    if "description" in item or "summary" in item:  # else it is one that fastfeedparser makes of the content
        texts.insert(0, raw.get("description", ""))
    return Entry(
        guid=" ".join(raw.get("id", "").split()) if "guid" in item or "id" in item else "",
        url=link,
        title=title_of(raw.get("title", "")),
        text=text_of(*texts),
        published=published,
    )
