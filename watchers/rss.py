"""What does an RSS, Atom or RDF feed hold?

feedparser is the parser of record; what comes before it repairs charsets and turns away attacks, what comes after it
cleans. Runs in a worker process. A plain feed needs none of that and goes the fast way (watchers/swift.py).

Refuses to do: no address is fetched, and no entry is left out because it lacks a date, a title or a link.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import feedparser

from bot.domain import Entry, shown
from bot.errors import NotAFeedError, WorkerError
from bot.ports import Watcher
from watchers.charsets import decode
from watchers.cleaning import absolute, text_of, title_of
from watchers.dates import read_date
from watchers.entities import refuse_entities
from watchers.http import Fetcher
from watchers.manners import one_line
from watchers.mending import mend
from watchers.ordering import oldest_first
from watchers.pages import advice
from watchers.parsing import Document, Parser
from watchers.polling import FeedWatcher
from watchers.swift import read_swiftly

KINDS = ("rss", "atom", "rdf")
EXAMPLE = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Example</title><link>https://news.example/</link>
<item><guid isPermaLink="false">2</guid><title>Second &amp;amp; newer</title><link>/2?utm_source=feed</link>
<pubDate>Thu, 20 Jun 2024 12:00:00 +0900</pubDate><description>&lt;p&gt;Lead.&lt;/p&gt;</description></item>
<item><guid isPermaLink="false">1</guid><title>First</title><link>https://news.example/1</link>
<pubDate>Wed, 19 Jun 2024 12:00:00 +0900</pubDate><description>Lead.</description></item>
</channel></rss>"""
"""A small feed of this kind with two items, newest first; the contract suite serves it."""

# feedparser takes the caption of a picture for one more text of the item, and often it is the longest; of an element
# that it does not know, it keeps the words only where there are no attributes.
_CAPTION = re.compile(r"(</?media:)description(?:\s[^<>]*+)?(?<!/)>")

RawEntry = dict[str, Any]
"""An entry as feedparser has it: a dict whose keys are feedparser's own names."""
_DATES = ("published", "created", "updated")


def build(fetcher: Fetcher, parser: Parser) -> Watcher:
    """Return the watcher of XML feeds."""
    return FeedWatcher("rss", fetcher, parser, read_feed, read_swiftly)


def read_feed(document: Document) -> tuple[Entry, ...]:
    """Return the entries of an XML feed, oldest first.

    Raises:
        NotAFeedError: the body is something else; the message says what, and what to try.
    """
    plain = read_swiftly(document)
    return plain.entries if plain is not None else read_thoroughly(document)


def read_thoroughly(document: Document) -> tuple[Entry, ...]:
    """Return the entries as feedparser has them, oldest first. Raises as `read_feed` does."""
    return oldest_first([entry_of(raw, document.url) for raw in parse_feed(document)])


def parse_feed(document: Document) -> list[RawEntry]:
    """Return feedparser's entries of a document.

    Raises:
        NotAFeedError: as `read_feed` does.
        WorkerError: feedparser stumbled over it.
    """
    where = shown(document.url)
    text = mend(decode(document.body, document.content_type))
    refuse_entities(text, where)
    text = _CAPTION.sub(r"\1caption>", text)
    try:
        parsed = feedparser.parse(
            text.encode("utf-8", "replace"),
            # Without the feed's own address: feedparser would resolve ids against it, and they would all be new ones
            # when the feed moves.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # Markup is stripped afterwards, so cleaning it first would only cost time.
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception as error:  # elements in places where no feed has them make it stumble
        raise WorkerError(f"{where}: the feed cannot be read ({type(error).__name__}: {one_line(error)})") from error
    entries: list[RawEntry] = parsed["entries"]
    if not entries and not parsed.get("version"):
        raise NotAFeedError(advice(text, document.url, expected="RSS or Atom"))
    return entries


def entry_of(raw: RawEntry, base: str) -> Entry:
    """Clean one entry of feedparser's.

    Args:
        base: address of the feed, for relative links.
    """
    bodies = [part.get("value") or "" for part in parts(raw, "content")]
    return Entry(
        guid=" ".join(words(raw, "id").split()),
        url=_link(raw, base),
        title=title_of(words(raw, "title")),
        text=text_of(words(raw, "summary"), *bodies) or text_of(words(raw, "media_caption")),
        published=_published(raw),
    )


def words(raw: RawEntry, name: str) -> str:
    """Return a field that should be a string; "" when it is missing or, in an odd feed, anything else."""
    value = raw.get(name)
    return value if isinstance(value, str) else ""


def parts(raw: RawEntry, name: str) -> list[RawEntry]:
    """Return a field that should be a list of dicts; empty when it is missing or, in an odd feed, anything else."""
    value = raw.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _link(raw: RawEntry, base: str) -> str:
    """The entry's own address: a wrapped one is last, a guid that is an address stands in."""
    links = [words(raw, "feedburner_origlink"), words(raw, "link")]
    links += [words(link, "href") for link in parts(raw, "links") if link.get("rel") in {None, "alternate"}]
    guid = words(raw, "id")
    if guid.startswith(("http://", "https://")):
        links.append(guid)
    return next((address for address in (absolute(link, base) for link in links) if address), "")


def _published(raw: RawEntry) -> datetime | None:
    for name in _DATES:
        # feedparser answers "updated" with "published" when asked by index, and warns of it
        if not dict.__contains__(raw, name):
            continue
        moment = read_date(str(raw[name]), dict.get(raw, f"{name}_parsed"))
        if moment is not None:
            return moment
    return None
