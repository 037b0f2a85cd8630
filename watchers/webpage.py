"""Which items does a page list that has no feed?

A CSS selector of the source says what an item is: a link, or what surrounds one with its date and its lead. Without one
the usual ways to print a list of news are tried. Runs in a worker process. A page is not offered to machines, as a feed
is: it is fetched where robots.txt allows that.

Refuses to do: no script is run and no further page asked for; a page on which the selector finds nothing has changed,
and is an error that names it rather than an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from bot.domain import Entry, shown
from bot.errors import NotAFeedError
from bot.ports import Watcher
from watchers.botchecks import who_checks
from watchers.charsets import decode
from watchers.cleaning import absolute, text_of, title_of
from watchers.dates import read_date
from watchers.http import A_PAGE, Fetcher
from watchers.ordering import oldest_first
from watchers.pages import advice, feed_links, is_feed, is_page
from watchers.parsing import Document, Parser
from watchers.polling import FeedWatcher
from watchers.printed import is_date, printed_date, with_clocks

KINDS = ("page",)

EXAMPLE = b"""<!DOCTYPE html><html><head><title>Ministry</title></head><body><nav><a href="/">Home</a></nav><main>
<article><h3><a href="/2?utm_source=list">Second</a></h3><time datetime="2024-06-20T12:00:00+09:00">20 June</time>
<p>Lead.</p></article>
<article><h3><a href="https://news.example/1">First</a></h3><time datetime="2024-06-19">19 June</time><p>Lead.</p>
</article></main></body></html>"""
"""A small page of this kind with two items, newest first; the contract suite serves it."""

USUAL = ("article", "h2, h3", "li", "tr")
"""What is tried in turn where a source names no selector."""

_MOST = 500
"""Elements, and links of each, that are looked at: menus have hundreds, and to read a date takes milliseconds."""
_INSTEAD = "look for a feed of the publisher's, or ask to be let in"
"""What can be done where robots.txt keeps us from a page."""
_COUNTED = re.compile(
    r"[^\W\d]+\W*\d[\d.,]*\W*|\d{1,3}\s*\w+\.?\s*(?:ago|전|назад|тому)|\d{1,2} [^\W\d]{3,12}"
    r"|(?:today|yesterday|сегодня|вчера|сьогодні|[ву]чора|오늘|어제)(?:\W+(?:at|в|об?|오[전후]))?\W*(?:\d{1,2}:\d{2})?",
    re.IGNORECASE,
)
"""A number with its name, an age, or a day that is called otherwise tomorrow."""
_CUT = re.compile(r"\s*(?:…|\.{2,3})$")


def build(fetcher: Fetcher, parser: Parser) -> Watcher:
    """Return the watcher of pages."""

    async def check(address: str) -> None:
        await fetcher.robots.check(address, instead=_INSTEAD)

    return FeedWatcher("page", fetcher, parser, read_list, accept=A_PAGE, check=check)


def read_list(document: Document) -> tuple[Entry, ...]:
    """Return the items that a page lists, oldest first; of equal addresses the first.

    Raises:
        NotAFeedError: it is no page, the selector is wrong, or it selects nothing that links anywhere.
    """
    where = shown(document.url)
    text = decode(document.body, document.content_type)
    # A list that a script of the site asks for has no head; and some pages begin with a screen of comment.
    is_part = text.startswith("<") and "html" in document.content_type.lower() and not is_feed(text)
    if not (is_part or is_page(text)) or who_checks(200, {}, text) is not None:
        raise NotAFeedError(advice(text, document.url, expected="a web page"))
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise NotAFeedError(f"{where}: holds nothing that can be read as a page ({error})") from None
    found = _selected(tree, document.selector, document.url) if document.selector else _usual(tree, document.url)
    if found:
        return oldest_first(found)
    if not document.selector and feed_links(text, document.url):
        raise NotAFeedError(advice(text, document.url, expected="a web page"))
    if tree.find(".//script") is not None and not any(_leads_on(link) for link in tree.iter("a")):
        raise NotAFeedError(
            f"{where}: a script draws its list, and is not run; look for a feed, or for a page with links"
        )
    if document.selector:
        raise NotAFeedError(
            f"{where}: selector {document.selector!r} finds no item with a link; look how the page is built now"
        )
    raise NotAFeedError(f"{where}: lists nothing in a usual way; name the CSS selector of its items")


def _leads_on(link: html.HtmlElement) -> bool:
    return not link.get("href", "#").strip().lower().startswith(("#", "javascript:"))


def _usual(tree: html.HtmlElement, page: str) -> list[Entry]:
    """Return the items of a page that prints them in a usual way; menus are lists, too, but bear no dates."""
    lists = [found for selector in USUAL if len(found := _selected(tree, selector, page)) > 1]
    dated = (found for found in lists if any(entry.published for entry in found))
    return next(dated, lists[0] if lists else [])


def _selected(tree: html.HtmlElement, selector: str, page: str) -> list[Entry]:
    found = {entry.url: entry for entry in reversed(list(_entries(tree, selector, page)))}
    return list(reversed(found.values()))


def _entries(tree: html.HtmlElement, selector: str, page: str) -> Iterator[Entry]:
    try:
        selected = CSSSelector(selector, translator="html")(tree)
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise NotAFeedError(f"{shown(page)}: {selector[:100]!r} is no CSS selector ({error})") from None
    base = next((absolute(one.get("href", ""), page) for one in tree.iter("base")), "") or page
    every = set(selected)
    for element in selected[:_MOST]:
        heading = _heading(element)
        found = _link(element, page, base, titled=heading is not None)
        if found is None:
            continue
        link, url = found
        if _is_around(element, link, every):
            continue
        title = title_of(_words(link if heading is None else heading))
        if title:
            within = text_of(_words(element))
            yield Entry("", url, _whole(title, link), _rest(within, title), _date(element, within, title))


def _link(element: html.HtmlElement, page: str, base: str, *, titled: bool) -> tuple[html.HtmlElement, str] | None:
    """Return the link to an item and its address: its headline's, in it or around it, before others, as its category's.

    What leads to the page itself, or nowhere, is no item's. Where no headline says the title, the link does: of several
    to one address that which has words, as others hold a picture.
    """
    headline = next(element.iter("h1", "h2", "h3", "h4"), None)  # smaller ones head what is beside the news
    own = () if headline is None else chain(headline.iter("a"), headline.iterancestors("a"))
    found: list[tuple[html.HtmlElement, str]] = []
    for link in chain(own, islice(element.iter("a"), _MOST)):
        address = absolute(link.get("href", ""), base)
        if address and address.partition("#")[0] not in {page.partition("#")[0], base.partition("#")[0]}:
            if titled:
                return link, address
            found.append((link, address))
    worded = [(link, address) for link, address in found if title_of(_words(link))]
    return next((one for one in worded if one[1] == found[0][1]), worded[0] if worded else None)


def _is_around(element: html.HtmlElement, link: html.HtmlElement, every: set[html.HtmlElement]) -> bool:
    """Tell whether an element surrounds several items: it holds the words of all, and its link is one of theirs."""
    if not _is_deeper(link, element, every):
        return False
    others = (one for one in element.iter("a") if one.get("href") != link.get("href") and _leads_on(one))
    return any(one in every or _is_deeper(one, element, every) for one in others)


def _is_deeper(link: html.HtmlElement, element: html.HtmlElement, every: set[html.HtmlElement]) -> bool:
    """Tell whether a link stands in an item within an element."""
    deeper = False
    for around in link.iterancestors():
        if around is element:
            return deeper
        deeper = deeper or around in every
    return False


def _heading(element: html.HtmlElement) -> html.HtmlElement | None:
    return next(element.iter("h1", "h2", "h3", "h4", "h5"), None)


def _words(element: html.HtmlElement) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _whole(title: str, link: html.HtmlElement) -> str:
    """Return a headline that is cut as its link says it to who points at it: half of one may say the opposite."""
    said, start = title_of(link.get("title", "")), _CUT.sub("", title)
    return said if start != title and said.startswith(start) else title


def _rest(text: str, title: str) -> str:
    """What an item says beside its title, its date and its counters, a line each.

    How often it was viewed, or how long ago it was printed, changes without its being edited.
    """
    return "\n".join(line for line in map(str.strip, text.splitlines()) if _tells(line.removeprefix(title).strip()))


def _tells(line: str) -> bool:
    counts = is_date(line) or _COUNTED.fullmatch(line)
    return not counts and any(letter.isalpha() for letter in line)


def _date(element: html.HtmlElement, text: str, title: str) -> datetime | None:
    """Return when an item was printed: what a headline or a lead says of a day may be of another one."""
    beside = with_clocks(text.replace(title, "\n")).splitlines()
    stated = (_stated(time.get("datetime", ""), title_of(_words(time))) for time in element.iter("time"))
    dates = chain(stated, (printed_date(line) for line in (*sorted(beside, key=len), title)))
    return next((moment for moment in dates if moment is not None), None)


def _stated(machines: str, words: str) -> datetime | None:
    """Return the moment of a `time`: what it tells machines; where that is but a day, what it tells people of it, as
    11/12 may be either of two days."""
    if len(machines) > len("2026-11-21"):
        return read_date(machines)
    day, printed = read_date(machines), printed_date(words)
    if day and printed and abs(printed - day) >= timedelta(days=2):
        return day
    return printed or day or read_date(words)
