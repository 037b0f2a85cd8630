"""When is an article's own page looked at, and what comes of it?

    page due ─→ fetched and extracted (watchers/fulltext.py) ─→ read ─→ weighed (bot/pages.py)
             ─→ one transaction: article, evidence, decisions, and when to look next

An alert never waits for a page: the lead is read and decided on with the poll that brings it, and what the page says
beyond it comes a moment later, as an edit does. When each page is due stands in the store, so a killed bot looks at it
after its next start; a look that was not stored is made again.

Refuses to do: no page is looked at but those that the store says are due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import structlog

from bot.domain import Article, Evidence, Item, Page, PageState, Reading, ReadResult
from bot.errors import PageGoneError, PermanentError, StoreBusyError, TransientError
from bot.evidence import evidence_of
from bot.identity import evidence_id
from bot.ingest import Ingest
from bot.nlp.detect import detect
from bot.pages import after_end, after_failure, after_look, after_refusal, text_to_read, weighed
from bot.ports import Clock, Pages, Read, Store, Unit

log = structlog.get_logger()

AT_ONCE = 16
"""Pages under way: half of what the fetcher asks for at once, so that slow pages leave room for feeds."""

LATELY = timedelta(hours=6)
"""For so long what was read on a page serves another article there: what a search found, and the paper's own feed."""

BUSY_SECONDS = 60.0
"""While nothing can be stored no page is fetched in vain, but for a try as often as this."""

MOST_DUE = 500
"""Pages that wait for their turn."""

GONE_AGAIN = timedelta(hours=1)
"""A page that is not there is looked for once more before it is believed to be taken down."""


Left = Callable[[PageState, datetime], PageState]
"""What is remembered of a page after a look, given what was remembered before it and the time."""


class FullText:
    """Looks at the pages that are due.

    Args:
        pages: fetches and extracts them.
        read: reads items off the event loop.
    """

    def __init__(self, pages: Pages, ingest: Ingest, read: Read, store: Store, clock: Clock) -> None:
        self._pages = pages
        self._ingest = ingest
        self._read = read
        self._store = store
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._rests_until = 0.0
        self._stopped = False
        # One page of a host at a time: a slow one holds up its own host's alone, and a feed there finds room.
        self._hosts: dict[str, asyncio.Lock] = {}

    async def look(self) -> int:
        """Look at the pages that are due and not under way; return how many there were."""
        begun = await self.begin()
        await asyncio.gather(*begun)
        return len(begun)

    async def begin(self) -> list[asyncio.Task[None]]:
        """Begin to look at the pages that are due and not under way, each host's in turn; return the looks begun."""
        if asyncio.get_running_loop().time() < self._rests_until:
            return []
        due = await asyncio.to_thread(self._store.doubts.due_pages, self._clock.now(), MOST_DUE)
        begun = []
        for state in () if self._stopped else due:
            if state.article not in self._under_way:
                look = asyncio.create_task(self._in_turn(state), name=f"page {state.article}")
                self._under_way[state.article] = look
                look.add_done_callback(partial(self._done, state.article))
                begun.append(look)
        return begun

    async def stop(self) -> None:
        """Drop the looks under way and begin no more; their pages stay due."""
        self._stopped = True
        looks = list(self._under_way.values())
        for look in looks:
            look.cancel()
        await asyncio.gather(*looks, return_exceptions=True)

    def _done(self, article: str, look: asyncio.Task[None]) -> None:
        self._under_way.pop(article, None)
        if not look.cancelled() and (error := look.exception()):
            log.error("page_not_remembered", article=article, error=str(error))

    async def _in_turn(self, state: PageState) -> None:
        try:
            found = await asyncio.to_thread(self._store.article, state.article)
            if found is None:  # forgotten meanwhile
                return
            host = urlsplit(found[0].url).hostname or ""
            async with self._hosts.setdefault(host, asyncio.Lock()), self._slots:
                await self._tried(state)
        except StoreBusyError as error:  # it stays due
            self._rests_until = asyncio.get_running_loop().time() + BUSY_SECONDS
            log.warning("store_busy", job="page", error=str(error))

    async def _tried(self, state: PageState) -> None:
        try:
            await self._look(state)
        except StoreBusyError:
            raise
        except Exception as error:  # a fault of ours must cost one page, not all of them
            log.exception("page_crashed", article=state.article)
            why = f"internal error, {type(error).__name__}: {error}; please report it"
            # It may pass, as when no worker can be started for want of memory.
            await self._left(state, lambda kept, now: after_failure(kept, why, None, now))

    async def _look(self, listed: PageState) -> None:
        state = await asyncio.to_thread(self._store.doubts.page, listed.article)
        found = await asyncio.to_thread(self._store.article, listed.article)
        if state is None or found is None or state.due != listed.due:  # it was looked at while it waited, or edited
            return
        article, earlier = found
        try:
            page = await self._printed(article, state)
        except PageGoneError as error:
            await self._missing(article, earlier, state, str(error))
        except PermanentError as error:
            await self._refused(article, state, str(error))
        except TransientError as error:
            why, wait = str(error), error.retry_after
            await self._lead_serves(article, state, why, lambda kept, now: after_failure(kept, why, wait, now))
        else:
            await self._take_in(article, earlier, state, page)

    async def _printed(self, article: Article, state: PageState) -> Page:
        """Return what an article's page says; it is not asked for again when it was just read for another source."""
        lately = None if state.text else await asyncio.to_thread(self._read_lately, article)
        return lately or await self._pages.page(article.url)

    def _read_lately(self, article: Article) -> Page | None:
        since = self._clock.now() - LATELY
        for same in self._store.known((), [article.canonical_url], ()):
            kept = self._store.doubts.page(same.key)
            if kept and kept.text and not kept.note and kept.looked and kept.looked >= since:
                title, _, text = kept.text.partition("\n")
                return Page(same.url, title, text)
        return None

    async def _refused(self, article: Article, state: PageState, why: str) -> None:
        await self._lead_serves(article, state, why, lambda kept, now: after_refusal(kept, why, now))

    async def _lead_serves(self, article: Article, state: PageState, why: str, left: Left) -> None:
        log.info("page_not_read", source=article.source, article=article.key, reason=why)
        await self._left(state, left)

    async def _left(self, state: PageState, left: Left) -> None:
        """Remember what a look leaves that changes no evidence."""
        await self._ingest.revise(partial(_leave, state, left), self._clock.now())

    async def _missing(self, article: Article, earlier: ReadResult, state: PageState, why: str) -> None:
        """What was read on a page that is gone for good is gone with it; what never was there stays with its feed."""
        now = self._clock.now()
        if not state.text:
            await self._refused(article, state, why)
        elif state.note != why:
            await self._lead_serves(article, state, why, lambda kept, at: replace(kept, due=at + GONE_AGAIN, note=why))
        else:
            log.info("page_gone", source=article.source, article=article.key)
            await self._ingest.revise(_Change(article, replace(earlier, readings=()), state, gone=why), now)

    async def _take_in(self, article: Article, earlier: ReadResult, state: PageState, page: Page) -> None:
        now = self._clock.now()
        if detect("", page.text, given=earlier.language) != earlier.language:
            why = f"{article.url}: its page is in another language than the feed's words; the lead serves"
            await self._refused(article, state, why)
            return
        title, text = text_to_read(article, state, page)
        (result,) = await self._read(
            [Item(article.key, title, text, article.language, article.dated, article.url, article.publisher)]
        )
        alerts = await self._ingest.revise(_Change(article, earlier, state, page, result), now)
        log.info(
            "page_read",
            source=article.source,
            article=article.key,
            readings=len(result.readings),
            again=bool(state.text),
            alerts=len(alerts),
        )


class _Change:
    """What a look changes, within the transaction that decides on it: its call returns the evidence before and after.

    Args:
        earlier: what was read in the article before.
        state: of the page, before the look.
        gone: why the page, and all that was read there, is gone; "" where it is not.
    """

    def __init__(
        self,
        article: Article,
        earlier: ReadResult,
        state: PageState,
        page: Page | None = None,
        result: ReadResult | None = None,
        *,
        gone: str = "",
    ) -> None:
        self._article = article
        self._earlier = earlier
        self._state = state
        self._page = page
        self._result = result
        self._gone = gone

    def __call__(self, unit: Unit, now: datetime) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
        """Store what the look changes."""
        stored = unit.known([self._article.key], (), ())
        kept = unit.page(self._article.key)
        if not stored or kept is None or stored[0].content_hash != self._article.content_hash:
            return (), ()  # an edit came in between, and has asked for another look
        before = unit.article_evidence(self._article.key)
        # An alert may have come to rest on it meanwhile.
        state = replace(self._state, cited=kept.cited)
        if self._page is None or self._result is None:
            after, result = () if self._gone else before, self._earlier
            state = after_end(state, before, self._gone, now) if self._gone else state
        else:
            silent = state.silent
            found = evidence_of(self._article, self._result.readings, self._result.language, silent=silent)
            after = weighed(self._article, state, self._page, before, found, now)
            result = _joined(self._article.key, self._earlier, self._result, after)
            state = after_look(state, self._page, before, now)
        unit.replace_article(stored[0], result, after)
        unit.save_page(state)
        return before, after


def _leave(
    state: PageState, left: Left, unit: Unit, now: datetime
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Store what a look leaves that changes no evidence; an alert may have come to rest on the article meanwhile.

    Args:
        state: of the page, before the look.
    """
    kept = unit.page(state.article)
    if kept is not None and kept.due == state.due:  # else an edit came in between, and has asked for another look
        unit.save_page(left(kept, now))
    return (), ()


def _joined(key: str, earlier: ReadResult, result: ReadResult, after: Iterable[Evidence]) -> ReadResult:
    """Return what was read in an article: of each position that stands, the reading whose sentence is quoted."""
    readings: list[Reading] = []
    for e in after:
        same = [r for r in (*result.readings, *earlier.readings) if evidence_id(key, r) == e.id]
        readings += sorted(same, key=lambda reading: reading.quote != e.quote)[:1]
    relevant = earlier.relevant or result.relevant
    return replace(result, relevant=relevant, readings=tuple(readings), gate=result.gate or earlier.gate)
