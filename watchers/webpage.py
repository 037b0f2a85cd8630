"""Which items does a page list that has no feed?

A CSS selector of the source says what an item is: a link, or what surrounds one with its date and its lead. Without one
the usual ways to print a list of news are tried. Runs in a worker process.

Refuses to do: no script is run and no further page asked for; a page on which the selector finds nothing has changed,
and is an error that names it rather than an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from bot.domain import Entry, shown
from bot.errors import NotAFeedError
from bot.ports import Watcher
from watchers.charsets import decode
from watchers.cleaning import absolute, text_of, title_of
from watchers.dates import read_date
from watchers.http import Fetcher
from watchers.ordering import oldest_first
from watchers.pages import advice, feed_links, is_page
from watchers.parsing import Document, Parser
from watchers.polling import FeedWatcher

KINDS = ("page",)

EXAMPLE = b"""<!DOCTYPE html><html><head><title>Ministry</title></head><body><nav><a href="/">Home</a></nav><main>
<article><h3><a href="/2?utm_source=list">Second</a></h3><time datetime="2024-06-20T12:00:00+09:00">20 June</time>
<p>Lead.</p></article>
<article><h3><a href="https://news.example/1">First</a></h3><time datetime="2024-06-19">19 June</time><p>Lead.</p>
</article></main></body></html>"""
"""A small page of this kind with two items, newest first; the contract suite serves it."""

USUAL = ("article", "h2, h3", "li", "tr")
"""What is tried in turn where a source names no selector."""

_MOST = 100
_PRINTED = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}년\s?\d{1,2}월\s?\d{1,2}일"
    r"|\d{1,2}\s+[^\W\d]{3,12}\.?,?\s+\d{4}|[^\W\d]{3,12}\.?\s+\d{1,2},?\s+\d{4})(?!\d)"
)


def build(fetcher: Fetcher, parser: Parser) -> Watcher:
    """Return the watcher of pages."""
    return FeedWatcher("page", fetcher, parser, read_list)


def read_list(document: Document) -> tuple[Entry, ...]:
    """Return the items that a page lists, oldest first; of equal addresses the first.

    Raises:
        NotAFeedError: it is no page, the selector is wrong, or it selects nothing that links anywhere.
    """
    where = shown(document.url)
    text = decode(document.body, document.content_type)
    if not is_page(text):
        raise NotAFeedError(advice(text, document.url, expected="a web page"))
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise NotAFeedError(f"{where}: holds nothing that can be read as a page ({error})") from None
    for selector in [document.selector] if document.selector else USUAL:
        found = {entry.url: entry for entry in reversed(list(_entries(tree, selector, document.url)))}
        if found and (document.selector or len(found) > 1):
            return oldest_first(list(reversed(found.values())))
    if document.selector:
        raise NotAFeedError(
            f"{where}: selector {document.selector!r} finds no item with a link; look how the page is built now"
        )
    if feed_links(text, document.url):
        raise NotAFeedError(advice(text, document.url, expected="a web page"))
    raise NotAFeedError(f"{where}: lists nothing in a usual way; name the CSS selector of its items")


def check_selector(selector: str) -> str:
    """Return a CSS selector that can be used; ValueError says what is wrong with another."""
    try:
        CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"is no CSS selector ({error})") from None
    return selector


def _entries(tree: html.HtmlElement, selector: str, base: str) -> Iterator[Entry]:
    try:
        selected = CSSSelector(selector, translator="html")(tree)
    except (SelectorError, etree.XPathError) as error:
        raise NotAFeedError(f"{shown(base)}: {selector!r} is no CSS selector ({error})") from None
    for element in selected[:_MOST]:
        found = _link(element, base)
        if found is None:
            continue
        link, url = found
        heading = _heading(element)
        title = title_of(_words(link if heading is None else heading))
        if title:
            within = text_of(_words(element))
            yield Entry("", url, title, _rest(within, title), _date(element, within))


def _link(element: html.HtmlElement, base: str) -> tuple[html.HtmlElement, str] | None:
    """Return the link to an item and its address: its headline's, in it or around it, before others, as its category's.

    What leads to the page itself, or nowhere, is no item's.
    """
    headline = next(element.iter("h1", "h2", "h3", "h4"), None)  # smaller ones head what is beside the news
    own = () if headline is None else chain(headline.iter("a"), headline.iterancestors("a"))
    for link in chain(own, element.iter("a")):
        address = absolute(link.get("href", ""), base)
        if address and address.partition("#")[0] != base.partition("#")[0]:
            return link, address
    return None


def _heading(element: html.HtmlElement) -> html.HtmlElement | None:
    return next(element.iter("h1", "h2", "h3", "h4", "h5"), None)


def _words(element: html.HtmlElement) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _rest(text: str, title: str) -> str:
    """What an item says beside its title and its date, a line each."""
    lines = (line for line in text.splitlines() if line.strip() != title)
    return "\n".join(line for line in lines if not _PRINTED.fullmatch(line.strip()))


def _date(element: html.HtmlElement, text: str) -> datetime | None:
    for time in element.iter("time"):
        moment = read_date(time.get("datetime", "") or title_of(_words(time)))
        if moment is not None:
            return moment
    printed = _PRINTED.search(text)
    if printed is None:
        return None
    # English words make a date only with a time behind them.
    return read_date(printed[0]) or read_date(f"{printed[0]} 00:00:00 +0000")
