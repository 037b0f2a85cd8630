"""What stands behind an address that somebody wants watched?

Finds the feed behind it, or takes the page itself where a selector says what its items are; polls it once as the bot
would, and reads its last items: what `feeds add` shows, in a chat and on the command line, before anything is stored.

Refuses to do: nothing is stored, and whoever may add it is asked before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.domain import USUAL_SELECTOR, Entry, FeedItem, FeedPreview, Item, ReadResult, Source, Tier, shown
from bot.errors import InputError, NotAFeedError
from bot.ports import Clock, Read, Watcher
from bot.selectors import check_selector
from bot.webaddress import as_named
from watchers import Fetcher, unwatched
from watchers.checking import SourceReport, check_source, find_feed
from watchers.opml import source_key

LAST = 30
"""Items of a preview."""


@dataclass(frozen=True, slots=True)
class FeedFinder:
    """Tries addresses; answers bot.ports.Finder.

    Args:
        read: reads items, as the bot does.
    """

    fetcher: Fetcher
    watchers: Mapping[str, Watcher]
    read: Read
    clock: Clock

    async def find(self, url: str, author: str, selector: str = "") -> FeedPreview:
        """Return what stands behind an address; see bot.ports.Finder."""
        source = await located(source_at(url, author), selector, self.fetcher)
        report = await tried(source, self.watchers, self.clock)
        last = newest(report)
        results = await self.read([item_of(entry, report.source) for entry in last])
        items = tuple(_shown(entry, result) for entry, result in zip(last, results, strict=True))
        return FeedPreview(report.source, report.items, items, report.advice)


def source_at(url: str, author: str) -> Source:
    """Return a source as somebody adds it who says no more than its address; InputError where that is none."""
    url = as_named(url)
    try:
        host = urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.") or shown(url)
    except ValueError as error:
        raise InputError(f"{shown(url)!r} is no web address ({error}); write it as a browser shows it") from None
    return Source(source_key(url), host, url, "rss", "", host, host, Tier.OUTLET, "medium", author=author)


async def located(source: Source, selector: str, fetcher: Fetcher) -> Source:
    """Return a source at the feed behind its address; with a selector, one that watches the page itself.

    Args:
        selector: CSS selector of the page's items; USUAL_SELECTOR where pages usually have them; "" for a feed.

    Raises:
        InputError: it is no CSS selector.
        NotAFeedError, FetchError: there is no feed; see watchers.checking.find_feed.
    """
    if selector:
        return as_page(source, selector)
    address, kind = await find_feed(fetcher, source.url)
    tier = Tier.SEARCH if kind == "search" else source.tier
    return replace(source, url=address, kind=kind, key=source_key(address), tier=tier)


def as_page(source: Source, selector: str) -> Source:
    """Return a source that watches the page itself; InputError where the selector is none."""
    if selector == USUAL_SELECTOR:
        return replace(source, kind="page", selector="")
    try:
        return replace(source, kind="page", selector=check_selector(selector))
    except ValueError as error:
        raise InputError(
            f"selector {selector[:100]!r} {error}; correct it, or give {USUAL_SELECTOR!r} for the usual ones"
        ) from None


async def tried(source: Source, watchers: Mapping[str, Watcher], clock: Clock) -> SourceReport:
    """Return what one poll of a source shows.

    Raises:
        NotAFeedError: nothing watches its kind.
        InputError: it cannot be polled; the line says why.
    """
    if what := unwatched(source.kind, watchers):
        raise NotAFeedError(f"{shown(source.url)}: {what}")
    report = await check_source(watchers[source.kind], source, clock)
    if not report.ok:
        raise InputError(report.advice)
    return report


def newest(report: SourceReport) -> tuple[Entry, ...]:
    """Return the last items that a source holds, newest first."""
    return report.entries[-LAST:][::-1]


def item_of(entry: Entry, source: Source) -> Item:
    """Return an entry as a reader takes it."""
    return Item(entry.guid, entry.title, entry.text, source.language, entry.published, entry.url)


def _shown(entry: Entry, result: ReadResult) -> FeedItem:
    read = tuple((reading.track, reading.holder, reading.rung) for reading in result.readings)
    return FeedItem(entry.title, entry.url, entry.published, read)
