"""Is this a feed so plain that it can be read in a tenth of the time?

feedparser reads everything and costs ten to twenty milliseconds a feed. A feed that is well-formed and holds nothing
but elements known here, each at most once in its item, leaves it nothing to find out: Python's own expat makes a tree
of it in a fraction of a millisecond, a judge looks at each element, and what the items hold is cleaned in one go. With
whatever else in it, feedparser (watchers/rss.py), the parser of record, reads it.

Refuses to do: nothing is guessed, mended or repaired; None says that this feed is not for the fast way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree
from xml.parsers import expat

from bot.domain import Entry, maker
from watchers.cleaning import absolute, words_of
from watchers.dates import read_date
from watchers.mending import NUMBERED, character
from watchers.ordering import oldest_first
from watchers.parsing import Content, Document
from watchers.wishes import HEAD, behind_items, wishes_of

LONGEST = 1_000_000
"""Bytes; what is larger is left to a worker process, whatever it is."""

_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "media": "http://search.yahoo.com/mrss/",
}


_SEAM = "}"  # parts a namespace from a name in the tree; no namespace that is known here holds one


def _expanded(name: str) -> str:
    """Return a name as the tree has it: the namespace in the place of its prefix."""
    prefix, _, local = name.rpartition(":")
    return f"{_NAMESPACES[prefix]}{_SEAM}{local}" if prefix else local


def _names(text: str, prefix: str = "") -> frozenset[str]:
    """Return the names in a text; `prefix` is that of those without one."""
    return frozenset(_expanded(name if ":" in name else prefix + name) for name in text.split())


@dataclass(frozen=True, slots=True)
class _Form:
    """What a plain feed of one kind holds; all names as the tree has them.

    Args:
        once, often: parts of an item that may stand in it once, or as often as they like.
        beside: what stands in the feed beside its items.
        address: the attribute of the link that is the address; "" for its text.
        texts: the parts that may be the item's text, in the order of feedparser's.
        dates: the parts that date an item, the first one first.
    """

    item: str
    once: frozenset[str]
    often: frozenset[str]
    beside: frozenset[str]
    title: str
    guid: str
    link: str
    address: str
    texts: tuple[str, ...]
    dates: tuple[str, ...]


_RSS = _Form(
    item="item",
    once=_names("title link guid pubDate description content:encoded"),
    often=_names("category author dc:creator comments enclosure slash:comments wfw:commentRss media:thumbnail"),
    beside=_names(
        "title link description language copyright lastBuildDate pubDate ttl docs generator managingEditor webMaster "
        "category image atom:link sy:updatePeriod sy:updateFrequency skipHours skipDays"
    ),
    title="title",
    guid="guid",
    link="link",
    address="",
    texts=("description", _expanded("content:encoded")),
    dates=("pubDate",),
)
_ATOM = _Form(
    item=_expanded("atom:entry"),
    once=_names("title id updated published summary content link", "atom:"),
    often=_names("author category", "atom:"),
    beside=_names("title subtitle id updated link author generator icon logo rights", "atom:"),
    title=_expanded("atom:title"),
    guid=_expanded("atom:id"),
    link=_expanded("atom:link"),
    address="href",
    texts=(_expanded("atom:summary"), _expanded("atom:content")),
    dates=(_expanded("atom:published"), _expanded("atom:updated")),
)
_WITHIN = {
    "image": _names("url title link width height description"),
    "author": _names("name uri email"),
    _expanded("atom:author"): _names("name uri email", "atom:"),
    "skipHours": frozenset({"hour"}),
    "skipDays": frozenset({"day"}),
}
_ATTRIBUTES = frozenset(
    "rel type href title isPermaLink domain url length width height term label scheme uri version medium".split()
)
_LANGUAGE = f"http://www.w3.org/XML/1998/namespace{_SEAM}lang"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_WORDS = frozenset({"html", "text"})
_ALL_ASCII = bytes(range(0x80))
# feedparser takes what stands for a control character for one of Windows' letters, and mends what was encoded twice.
_ODD = re.compile(rb"\xc2[\x80-\x9f]|\xc3[\x82-\xb4]\xc2[\xa0-\xbf]|\xef\xbf\xbd")
_REFERENCE = re.compile(NUMBERED.encode())
# What is left of one that was escaped twice, or stood in a CDATA section; feedparser resolves it in an item's link.
_LEFT_REFERENCE = re.compile(r"&\w+;", re.ASCII)
_OTHER_CHARSET = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)

_make_entry = maker(Entry)
_Parts = Mapping[str, ElementTree.Element]


class _Odd(Exception):  # noqa: N818 -- it ends the judging and is no error
    """The feed is not for the fast way."""


def read_swiftly(document: Document) -> Content | None:
    """Return what a plain feed holds, None when feedparser has to read it.

    Takes a time and room proportional to the body, whatever the body: nothing is expanded, since a document type is
    odd.
    """
    if len(document.body) > LONGEST:
        return None
    body = document.body.strip()
    if b"\0" in body or _OTHER_CHARSET.match(body) or _odd_letters(body):
        return None
    try:
        form, items = _judged(_tree(body))
        entries = _entries(form, items, document.url)
    except (_Odd, expat.ExpatError):
        return None
    return Content(oldest_first(entries), wishes_of(body[:HEAD].decode("utf-8", "ignore"), behind_items(body)))


def _tree(body: bytes) -> ElementTree.Element:
    """Return the tree of a document in UTF-8 without a document type. Raises ExpatError for what is not well-formed.

    As ElementTree.fromstring makes it, but for two things that cost a fifth of it: a text comes in one piece instead
    of one a reference (`&lt;` is one), and expat, told that this is all, does not count lines for what might follow.
    """
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate("utf-8", _SEAM)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _turn_away
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(body, True)
    return builder.close()


def _turn_away(*_declared: object) -> None:
    raise _Odd


def _odd_letters(body: bytes) -> bool:
    if any(map(_is_odd, set(_REFERENCE.findall(body)))):
        return True
    # Without the ASCII between them, letters seem odd that are not; but few are left to look through.
    return not body.isascii() and bool(_ODD.search(body.translate(None, _ALL_ASCII)) and _ODD.search(body))


def _is_odd(digits: tuple[bytes, bytes]) -> bool:
    """Tell whether a reference stands for a control character; or for nothing: that is taken out before feedparser
    reads, so that in a CDATA section `]]&#0;>` is its end."""
    code = character(*(part.decode("ascii") for part in digits))
    return code is None or 0x7F < code < 0xA0


def _judged(root: ElementTree.Element) -> tuple[_Form, list[_Parts]]:
    """Return the kind of a feed and the parts of each item; raises _Odd at the first thing that is not known."""
    if root.tag == "rss" and len(root) == 1 and root[0].tag == "channel" and {"version"}.issuperset(root.keys()):
        form, channel = _RSS, root[0]
        if channel.keys():
            raise _Odd
    elif root.tag == _expanded("atom:feed") and {_LANGUAGE}.issuperset(root.keys()):
        form, channel = _ATOM, root
    else:
        raise _Odd
    items = []
    for element in channel:
        if element.tag == form.item and not element.keys():
            items.append(_parts(element, form))
        elif element.tag not in form.beside or not _simple(element):
            raise _Odd
    return form, items


def _parts(item: ElementTree.Element, form: _Form) -> _Parts:
    found: dict[str, ElementTree.Element] = {}
    for part in item:
        name = part.tag
        if name in found if name in form.once else name not in form.often:
            raise _Odd
        if (part.keys() or len(part)) and not (_simple(part) and _in_usual_words(part, form)):
            raise _Odd
        found[name] = part
    link = found.get(form.link)
    if link is not None and not _plain_link(link, form):
        raise _Odd
    return found


def _plain_link(link: ElementTree.Element, form: _Form) -> bool:
    if not form.address:
        return not link.keys() and not _LEFT_REFERENCE.search(link.text or "")
    return link.get("rel", "alternate") == "alternate" and link.get("type", "text/html") in _PAGES


def _in_usual_words(part: ElementTree.Element, form: _Form) -> bool:
    """Tell whether a part of an item is no words, or words of the usual types."""
    return part.get("type", "html") in _WORDS or (part.tag != form.title and part.tag not in form.texts)


def _simple(element: ElementTree.Element) -> bool:
    """Tell whether an element has nothing but known attributes, and within it nothing but known elements."""
    if not _ATTRIBUTES.issuperset(element.keys()):
        return False
    within = _WITHIN.get(element.tag, ())
    return not len(element) or all(
        inner.tag in within and not len(inner) and _ATTRIBUTES.issuperset(inner.keys()) for inner in element
    )


def _entries(form: _Form, items: list[_Parts], base: str) -> list[Entry]:
    """Clean the items, all together; raises _Odd when an address is wanting, or a date needs a guess."""
    rows = []
    for item in items:
        candidates = dict.fromkeys([_text(item, name) for name in form.texts if name in item])
        rows.append((_text(item, form.title), tuple(candidates)))
    return [
        _make_entry(
            guid=" ".join(_text(item, form.guid).split()),
            url=_address(item, form, base),
            title=title,
            text=text,
            published=_published(item, form),
        )
        for item, (title, text) in zip(items, words_of(rows), strict=True)
    ]


def _text(item: _Parts, name: str) -> str:
    part = item.get(name)
    return "" if part is None else part.text or ""


def _address(item: _Parts, form: _Form, base: str) -> str:
    if form.link not in item:
        raise _Odd
    link = absolute(item[form.link].get(form.address, "") if form.address else _text(item, form.link).strip(), base)
    if not link:
        raise _Odd
    return link


def _published(item: _Parts, form: _Form) -> datetime | None:
    printed = next((text for name in form.dates if (text := _text(item, name).strip())), "")
    if not printed:
        return None
    moment = read_date(printed) if printed.isascii() else None
    if moment is None:
        raise _Odd
    return moment
