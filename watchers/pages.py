"""If it is no feed, what is it, and where might the feed be?

Refuses to do: nothing is fetched; the advice names what the page itself names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain import shown
from watchers.botchecks import bot_check, who_checks
from watchers.cleaning import absolute, title_of
from watchers.markup import tokens

_FEED_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
}
_XML_TYPES = {"application/xml": "rss", "text/xml": "rss"}
"""What may be a feed, or a map of the site."""
_COMMENTS = re.compile(r"/comments(?:/|$)|\bcomments\b|комментариев|коментарів|댓글", re.IGNORECASE)
"""In the address or the title of a feed of what readers write."""
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEED = re.compile(r"<(rss|feed|rdf:rdf|channel)[\s>]", re.IGNORECASE)
_SITE_MAP = re.compile(r"<(?:urlset|sitemapindex)[\s>/]", re.IGNORECASE)
_CONSENT_HOST = re.compile(r"https?://(?:[\w-]+\.)*(?:consent|guce)\.", re.IGNORECASE)
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\b(?:your|we value) .{0,10}privacy\b|before you continue", re.IGNORECASE
)
_HEAD = 200_000


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a web page names: absolute address, kind of watcher, title."""

    url: str
    kind: str
    title: str = ""

    @property
    def of_readers(self) -> bool:
        """Whether it holds what readers write, and no news."""
        return bool(_COMMENTS.search(f"{self.title} {self.url}"))


def is_front(url: str) -> bool:
    """Whether an address is that of a site itself."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def is_page(text: str) -> bool:
    """Whether a text is a web page; a feed may hold a whole one within an item."""
    page = _PAGE.search(text[:2_000])
    return page is not None and not _FEED.search(text, 0, page.start())


def is_feed(text: str) -> bool:
    """Whether a text is an XML feed."""
    return text.startswith("<") and not is_page(text) and bool(_FEED.search(text[:5_000]))


def feed_links(text: str, base: str, header: Iterable[Mapping[str, str]] = ()) -> tuple[FeedLink, ...]:
    """Return the feeds that a web page names, in its order; what its readers write comes last.

    Args:
        header: attributes of the links that stand in its header; they come after those of the page.
    """
    beside = [link for attributes in header for link in _feed_link(attributes, base, _FEED_TYPES)]
    return tuple(dict.fromkeys(sorted(_look(text, base)[1] + beside, key=lambda link: link.of_readers)))


def advice(text: str, url: str, *, expected: str) -> str:
    """Say in one line what a body is that is no feed, and what to do.

    Args:
        expected: the format that the source's kind stands for.
    """
    name = shown(url)
    if is_page(text):
        return f"{name}: {_of_page(text, url)}"
    if "[" in text and _is_json(text):
        return f"{name}: is JSON where {expected} was expected; set kind: json"
    if is_feed(text):
        return f"{name}: is an XML feed where {expected} was expected; set kind: rss"
    if _SITE_MAP.search(text[:2_000]):
        return f"{name}: is a map of the site, and no feed; look up the publisher's feed address"
    if text.startswith("<"):
        return f"{name}: is XML but no feed where {expected} was expected; look up the publisher's feed address"
    start = " ".join(text[:40].split())
    return f"{name}: is no feed (it starts with {start!r}); look up the publisher's feed address"


def _of_page(text: str, url: str) -> str:
    if (who := who_checks(200, {}, text)) is not None:
        return bot_check(who)
    title, found = _look(text, url)
    named = f" {title_of(title)[:80]!r}" if title.strip() else ""
    links = [link for link in found if link.url != url]
    if links:
        return f"looks like a web page{named}; try its feed {links[0].url} (kind {links[0].kind})"
    if _CONSENT_HOST.match(url) or _CONSENT.search(title):
        return f"looks like a web page{named} that asks for consent, which nobody here can give; take another feed"
    return f"looks like a web page{named} and names no feed; look up its feed address, or set kind: page"


def _is_json(text: str) -> bool:
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _look(text: str, base: str) -> tuple[str, list[FeedLink]]:
    """Return the title of a page and the feeds it names."""
    title, titled, found, other = "", False, [], []
    for token in tokens(text[:_HEAD]):
        if isinstance(token, str):
            title += token if titled else ""
        elif token.name == "title":
            titled = not token.closes and not title
        elif token.name == "base":
            base = absolute(token.attributes.get("href", ""), base) or base
        elif token.name == "link":
            found += _feed_link(token.attributes, base, _FEED_TYPES)
            other += _feed_link(token.attributes, base, _XML_TYPES)
    return title, sorted(found + other, key=lambda link: link.of_readers)


def _feed_link(attributes: Mapping[str, str], base: str, types: Mapping[str, str]) -> list[FeedLink]:
    kind = types.get(attributes.get("type", "").split(";")[0].strip().lower())
    url = absolute(attributes.get("href", ""), base)
    alternate = "alternate" in attributes.get("rel", "").lower().split()
    return [FeedLink(url, kind, attributes.get("title", ""))] if kind and url and alternate else []
