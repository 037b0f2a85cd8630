"""What stands behind an address that somebody wants watched?

Finds the feed behind it, polls it once as the bot would, and reads its last items: what `feeds add` shows before
anything is stored.

Refuses to do: nothing is stored, and whoever may add it is asked before.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain import Entry, FeedItem, FeedPreview, Item, ReadResult, Source, Tier
from bot.errors import InputError, NotAFeedError
from bot.ports import Clock, Watcher
from watchers import Fetcher
from watchers.checking import check_source, find_feed
from watchers.opml import source_key

SHOWN = 5
"""Items of a preview."""


@dataclass(frozen=True, slots=True)
class FeedFinder:
    """Tries addresses; answers bot.ports.Finder.

    Args:
        read: reads items, as the bot does.
    """

    fetcher: Fetcher
    watchers: Mapping[str, Watcher]
    read: Callable[[Sequence[Item]], Awaitable[Sequence[ReadResult]]]
    clock: Clock

    async def find(self, url: str, author: str) -> FeedPreview:
        """Return what stands behind an address; see bot.ports.Finder."""
        address, kind = await find_feed(self.fetcher, url)
        if kind not in self.watchers:
            raise NotAFeedError(f"{url}: kind {kind} is not watched; kinds: {', '.join(sorted(self.watchers))}")
        report = await check_source(self.watchers[kind], source_at(address, kind, author), self.clock)
        if not report.ok:
            raise InputError(report.advice)
        last = report.entries[-SHOWN:][::-1]
        results = await self.read([_item(entry, report.source) for entry in last])
        items = tuple(_shown(entry, result) for entry, result in zip(last, results, strict=True))
        return FeedPreview(report.source, report.items, items, report.advice)


def source_at(address: str, kind: str, author: str) -> Source:
    """Return a source as somebody adds it who says no more than its address."""
    host = address.partition("://")[2].partition("/")[0].removeprefix("www.")
    name = host or address
    made = Source(source_key(address), name, address, kind, "", name, name, Tier.OUTLET, "medium")
    return replace(made, author=author)


def _item(entry: Entry, source: Source) -> Item:
    return Item(entry.guid, entry.title, entry.text, source.language, entry.published, entry.url)


def _shown(entry: Entry, result: ReadResult) -> FeedItem:
    read = tuple((reading.track, reading.holder, reading.rung) for reading in result.readings)
    return FeedItem(entry.title, entry.url, entry.published, read)
