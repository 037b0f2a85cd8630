"""What did a news search find, and who printed it?

A search feed (Google News, Bing News, GDELT, Google Alerts) is nobody's word: each entry names its publisher, its
address is unwrapped from the search's redirect, and the search itself never counts as an origin.

Refuses to do: no redirect is followed; where a search hides the address (Google News) its own link stays.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from bot.domain import Entry
from bot.ports import Watcher
from watchers.cleaning import absolute, title_of
from watchers.http import Fetcher
from watchers.ordering import oldest_first
from watchers.parsing import Document, Parser
from watchers.polling import FeedWatcher
from watchers.rss import RawEntry, entry_of, parse_feed, words

KINDS = ("search",)

EXAMPLE = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Example search</title><link>https://search.example/</link>
<item><guid isPermaLink="false">2</guid><title>Second - Paper Two</title><link>https://two.example/2</link>
<pubDate>Thu, 20 Jun 2024 03:00:00 GMT</pubDate><source url="https://two.example">Paper Two</source></item>
<item><guid isPermaLink="false">1</guid><title>First - Paper One</title><link>https://one.example/1</link>
<pubDate>Wed, 19 Jun 2024 03:00:00 GMT</pubDate><source url="https://one.example">Paper One</source></item>
</channel></rss>"""
"""A small feed of this kind with two items, newest first; the contract suite serves it."""

_SPACING = {"api.gdeltproject.org": 6.0}  # it answers 429 to anything faster
_WRAPPERS = (
    ("bing.com", "/news/apiclick", "url"),
    ("google.com", "/url", "url"),
    ("google.com", "/url", "q"),
)
"""Host, start of the path and parameter of the redirects that carry the address they lead to."""
_SEARCHES = (
    ("news.google.com", "/rss"),
    ("google.com", "/alerts/feeds"),
    ("bing.com", "/news/search"),
    ("api.gdeltproject.org", "/api"),
)
"""Host and start of the path of the searches that are known."""
_GOOGLE_NEWS = "news.google.com"
_JOINTS = (" - ", " – ", " — ", " | ")


def build(fetcher: Fetcher, parser: Parser) -> Watcher:
    """Return the watcher of news searches."""
    for host, seconds in _SPACING.items():
        fetcher.space(host, seconds)
    return FeedWatcher("search", fetcher, parser, read_search)


def is_search(url: str) -> bool:
    """Tell whether an address is that of a news search, whoever adds it: a search is never an origin."""
    host, path = _host(url), urlsplit(url).path
    return any(_is_of(host, site) and path.startswith(start) for site, start in _SEARCHES)


def read_search(document: Document) -> tuple[Entry, ...]:
    """Return what a search found, oldest first, each with its publisher.

    Raises:
        NotAFeedError: the body is no RSS or Atom.
    """
    return oldest_first([found_entry(raw, document.url) for raw in parse_feed(document)])


def found_entry(raw: RawEntry, base: str) -> Entry:
    """Clean one entry of a search: address unwrapped, publisher named, its name taken off the title."""
    entry = entry_of(raw, base)
    url = unwrap(entry.url)
    named, site = _source(raw, base)
    hidden = _host(url) == _GOOGLE_NEWS
    if not site and not hidden and url:
        site = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    publisher = named or _host(site)
    return replace(
        entry,
        url=url,
        title=without_publisher(entry.title, publisher),
        # Google News prints the headlines of other outlets where a text belongs.
        text="" if hidden else entry.text,
        publisher=publisher,
        publisher_url=site,
    )


def unwrap(url: str) -> str:
    """Return the address that a search's redirect leads to, or `url` when it is no such redirect."""
    parts = urlsplit(url)
    host = _host(url)
    for site, path, parameter in _WRAPPERS:
        if _is_of(host, site) and parts.path.startswith(path):
            target = absolute(parse_qs(parts.query).get(parameter, [""])[0], "")
            if target:
                return target
    return url


def without_publisher(title: str, publisher: str) -> str:
    """Return a title without the publisher's name that searches put behind it."""
    for joint in _JOINTS:
        head, found, tail = title.rpartition(joint)
        if found and head and publisher and tail.casefold() == publisher.casefold():
            return head.rstrip()
    return title


def _source(raw: RawEntry, base: str) -> tuple[str, str]:
    """Name and site of the publisher as the entry states them, "" where it does not."""
    stated = raw.get("source")
    source = stated if isinstance(stated, dict) else {}
    name = words(source, "title") or words(raw, "news_source")
    return title_of(name), absolute(words(source, "href"), base)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_of(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")
