"""What is wrong with this source, and what is this address?

For `stancewatch check --sources`, `feeds test` and `feeds add`: one poll as the bot would do it, told in one line.

Refuses to do: nothing is stored, and a source is never changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from bot.domain import Entry, Poll, PollState, Source, shown
from bot.errors import FetchError, NotAFeedError, StancewatchError
from bot.ports import Clock, Watcher
from watchers.botchecks import bot_check, who_checks
from watchers.charsets import decode
from watchers.http import Fetcher
from watchers.pages import FeedLink, feed_links, is_feed, is_front, is_page
from watchers.search import is_search

STALE = timedelta(days=45)
"""A feed whose newest item is older has most likely been left behind."""

_USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")
"""Where sites have their feed that name it nowhere."""

_TURNED_AWAY = frozenset({401, 403, 404, 406})
"""How the front page of a site may answer whose feed is open to us all the same."""

_TRIED = 5
"""Feeds of those that a page names."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one poll of a source showed.

    Args:
        ok: it can be polled.
        items: entries it holds now.
        newest: the latest date of an entry, None where none is dated.
        seconds: that the poll took.
        advice: one line; what is wrong and what to do, or "" when there is nothing to say.
        moved_to: the address to put into sources.yml instead, "" when it has not moved.
        entries: what it holds, oldest first.
    """

    source: Source
    ok: bool
    items: int
    newest: datetime | None
    seconds: float
    advice: str
    moved_to: str = ""
    entries: tuple[Entry, ...] = ()


async def check_source(watcher: Watcher, source: Source, clock: Clock) -> SourceReport:
    """Poll `source` once as if for the first time, and say what is wrong with it."""
    started = asyncio.get_running_loop().time()
    try:
        poll = await watcher.poll(source, PollState(next_due=clock.now()))
    except StancewatchError as error:
        seconds = asyncio.get_running_loop().time() - started
        return SourceReport(source, False, 0, None, seconds, str(error))
    dates = [entry.published for entry in poll.entries if entry.published is not None]
    newest = max(dates, default=None)
    return SourceReport(
        source=source,
        ok=True,
        items=len(poll.entries),
        newest=newest,
        seconds=asyncio.get_running_loop().time() - started,
        advice=_advice(poll, newest, clock.now()),
        moved_to=poll.state.moved_to,
        entries=poll.entries,
    )


def _advice(poll: Poll, newest: datetime | None, now: datetime) -> str:
    if poll.state.moved_to:
        return f"has moved for good; set its url to {shown(poll.state.moved_to)}"
    if not poll.entries:
        return "holds no items now; look again later"
    if newest is None:
        return "dates no item; the time of the first poll that sees one stands in"
    if now - newest > STALE:
        return f"has printed nothing since {newest:%Y-%m-%d}; look whether the publisher has another feed"
    if not all(entry.guid or entry.url for entry in poll.entries):
        return "has items without id and link; they are told apart by their words"
    return ""


async def find_feed(fetcher: Fetcher, url: str) -> tuple[str, str]:
    """Return (address, kind) of the feed that an address is or, being a web page, names.

    A site whose front page names none, or turns us away, may have one where sites usually do.

    Raises:
        NotAFeedError: it is neither.
        PermanentError, FetchError: as Fetcher.get.
    """
    try:
        answer = await fetcher.get(url)
    except FetchError as error:
        if error.status not in _TURNED_AWAY or not is_front(url):
            raise
        if found := await _guessed(fetcher, url):
            return found, "rss"
        nor = "no feed is where sites usually have one, either; give the address of its feed"
        raise FetchError(f"{error}; {nor}", retry_after=error.retry_after, status=error.status) from None
    text = decode(answer.body, answer.content_type)
    if not text:
        raise FetchError(f"{shown(url)}: the answer is empty")
    if is_page(text):
        if (who := who_checks(200, {}, text)) is not None:
            raise NotAFeedError(f"{shown(answer.url)}: {bot_check(who)}")
        if links := feed_links(text, answer.url, answer.links):
            return await _named(fetcher, links)
        if found := await _guessed(fetcher, answer.url):
            return found, "rss"
        raise NotAFeedError(
            f"{shown(answer.url)}: is a web page that names no feed; look up the publisher's feed address, or watch "
            "the page itself (kind page, with the CSS selector of its items)"
        )
    here = answer.moved_to or url
    if is_search(here) and is_feed(text):
        return here, "search"
    return here, "json" if text.startswith(("{", "[")) else "rss"


async def _named(fetcher: Fetcher, links: Sequence[FeedLink]) -> tuple[str, str]:
    """Return the first of the feeds that a page names that answers as one; where none does, the first of all.

    Pages go on naming feeds that are switched off. What is wrong with one that is named alone its poll tells.
    """
    equals = [link for link in links if link.of_readers == links[0].of_readers]
    for link in equals[:_TRIED] if len(equals) > 1 else ():
        if url := await _living(fetcher, link.url, link.kind):
            return url, link.kind
    return links[0].url, links[0].kind


async def _living(fetcher: Fetcher, url: str, kind: str) -> str:
    """Return where a feed of a kind is that an address answers with, "" where it answers with none."""
    try:
        answer = await fetcher.get(url)
    except StancewatchError:
        return ""
    text = decode(answer.body, answer.content_type)
    lives = text.startswith("{") if kind == "json" else is_feed(text)
    return (answer.moved_to or url) if lives else ""


async def _guessed(fetcher: Fetcher, page: str) -> str:
    """Return the feed of a site whose page names none, where sites usually have it; "" where there is none."""
    for place in _USUAL:
        if url := await _living(fetcher, urljoin(page, place), "rss"):
            return url
    return ""
