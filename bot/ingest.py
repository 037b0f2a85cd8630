"""How does what a poll brought become an article, readings, a decision and deliveries?

    entries → sort in: new, edited, re-issued, known (bot/intake.py) → read what is new or edited (worker processes)
            → fold into the ledgers they touch (bot/ledgers.py)
            → one transaction: articles, readings, ledger, alerts, pending deliveries, poll state

A crash before the commit leaves nothing, and the source is polled again; a crash after it leaves the deliveries
pending, and they are sent at the next start.

Refuses to do: it never fetches, never sends, and decides nothing itself (bot/ledger/ does).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.developments import origin_group
from bot.domain import Article, Entry, Evidence, Item, PageState, PollState, ReadResult, Route, Source, Storyline
from bot.evidence import evidence_of
from bot.identity import article_address, article_key, content_hash
from bot.intake import READ, Arrival, Verdict, distinct, revised, sort_in
from bot.ledgers import Ledgers, open_ledgers
from bot.pages import kept_by_page, wants_page
from bot.ports import Store, Unit

log = structlog.get_logger()

Read = Callable[[Sequence[Item]], Awaitable[list[ReadResult]]]

Change = Callable[[Unit, datetime], tuple[tuple[Evidence, ...], tuple[Evidence, ...]]]
"""Changes what one article is, within a transaction; returns the evidence that it was, and that it is now."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one poll's entries.

    Args:
        new: stored for the first time.
        edited: stored before, and read again since their words have changed.
        relevant: of both, how many belong to the storyline.
        readings: positions read in them.
        alerts: ids of alerts that were made or changed.
    """

    new: int = 0
    edited: int = 0
    relevant: int = 0
    readings: int = 0
    alerts: tuple[str, ...] = ()


class Ingest:
    """Takes entries in and keeps the ledgers.

    Args:
        read: reads items off the event loop, order kept.
        routes: returns who is told; asked at each decision, as people change it.
        groups: publisher, case-folded, or host of its site → origin group; see bot.developments.origin_groups.
        wake: called after a commit that left deliveries pending.
        key: identity of an entry; replay puts its items' own ids here.
        pages: articles of which a feed gives but a lead, or on which an alert rests, have their pages looked at.
    """

    def __init__(
        self,
        storyline: Storyline,
        read: Read,
        store: Store,
        routes: Callable[[], Sequence[Route]],
        groups: Mapping[str, str],
        wake: Callable[[], None],
        key: Callable[[Source, Entry], str] = article_key,
        *,
        pages: bool = False,
    ) -> None:
        self._storyline = storyline
        self._read = read
        self._store = store
        self._ledgers = Ledgers(storyline, routes, pages=pages)
        self._groups = groups
        self._wake = wake
        self._key = key
        self._pages = pages
        self._turn = asyncio.Lock()

    async def open_ledgers(self, now: datetime) -> None:
        """Give every ledger its standing, from history and baseline where no article has spoken yet."""
        await asyncio.to_thread(open_ledgers, self._store, self._storyline, now)

    async def accept(
        self,
        source: Source,
        entries: Sequence[Entry],
        now: datetime,
        *,
        silent_until: datetime | None = None,
        state: Callable[[bool], PollState] | None = None,
    ) -> Accepted:
        """Store what is new or edited among `entries`, decide, and leave deliveries pending, in one transaction.

        Args:
            silent_until: on the first poll of a source, since when it is watched: only what was published after it
                is told, and the rest fills the ledger.
            state: given whether anything was new, the poll state to store in the same transaction.
        """
        # Most polls bring nothing; then the store's write lock is taken once, for the poll state.
        arrivals = await asyncio.to_thread(self._sorted_in, source, entries, now) if entries else []
        wanted = [arrival.article for arrival in arrivals if arrival.verdict in READ]
        results = await self._read([_item(article) for article in wanted]) if wanted else []
        read = {article.key: result for article, result in zip(wanted, results, strict=True)}
        # One front at a time decides: a ledger is folded from all evidence stored before it.
        async with self._turn:
            accepted = await asyncio.to_thread(self._commit, source, arrivals, read, now, silent_until, state)
        if accepted.alerts:
            self._wake()
        return accepted

    async def revise(self, change: Change, now: datetime) -> tuple[str, ...]:
        """Change what one article is and decide on it, in one transaction; return the alerts changed."""
        async with self._turn:
            changed = await asyncio.to_thread(self._revise, change, now)
        if changed:
            self._wake()
        return changed

    async def review(self, now: datetime) -> tuple[str, ...]:
        """Decide again what time alone changes, such as a signal that expires; return the alerts changed."""
        async with self._turn:
            changed = await asyncio.to_thread(self._review, now)
        if changed:
            self._wake()
        return changed

    def _sorted_in(self, source: Source, entries: Sequence[Entry], now: datetime) -> list[Arrival]:
        articles = distinct([self._article(source, entry, now) for entry in entries])
        return sort_in(articles, _stored(self._store, articles), now)

    def _article(self, source: Source, entry: Entry, now: datetime) -> Article:
        canonical = article_address(entry.url)
        publisher = entry.publisher or source.publisher
        # A search is never an origin: its items count for the paper that printed them.
        named = origin_group(publisher, self._groups, entry.publisher_url)
        group = named if entry.publisher else source.origin_group
        return Article(
            key=self._key(source, entry),
            source=source.key,
            url=entry.url,
            canonical_url=canonical,
            content_hash=content_hash(entry.title, entry.text),
            title=entry.title,
            text=entry.text,
            language=source.language,
            published=entry.published,
            seen=now,
            publisher=publisher,
            origin_group=group,
            tier=source.tier,
        )

    def _commit(
        self,
        source: Source,
        arrivals: Sequence[Arrival],
        read: Mapping[str, ReadResult],
        now: datetime,
        silent_until: datetime | None,
        state: Callable[[bool], PollState] | None,
    ) -> Accepted:
        with self._store.unit() as unit:
            arrivals = _still_so(unit, arrivals, now)
            touched: set[tuple[str, str]] = set()
            edited: set[tuple[str, str]] = set()
            # Nearly all that is new is another story's: it is stored in one go.
            plain = {a.article.key: a for a in arrivals if a.verdict is Verdict.NEW and _foreign(read[a.article.key])}
            unit.add_articles((a.article, read[key]) for key, a in plain.items())
            for arrival in arrivals:
                if arrival.article.key in plain:
                    continue
                before, after = _keep(unit, arrival, read, now, silent_until, pages=self._pages)
                touched |= self._ledgers.touched(e for e in after if e not in before)
                edited |= self._ledgers.touched(e for e in before if e not in after)
            changed = self._ledgers.decide(unit, touched | edited, now, edited=edited)
            accepted = _counted(arrivals, read, changed)
            if state is not None:
                unit.save_poll(source.key, state(bool(accepted.new)))
        return accepted

    def _revise(self, change: Change, now: datetime) -> tuple[str, ...]:
        with self._store.unit() as unit:
            before, after = change(unit, now)
            touched = self._ledgers.touched(e for e in after if e not in before)
            edited = self._ledgers.touched(e for e in before if e not in after)
            return self._ledgers.decide(unit, touched | edited, now, edited=edited)

    def _review(self, now: datetime) -> tuple[str, ...]:
        with self._store.unit() as unit:
            return self._ledgers.review(unit, now)


def _stored(unit: Unit | Store, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the stored articles that share an id, an address or their words with one of these."""
    return unit.known(
        (a.key for a in articles), (a.canonical_url for a in articles), (a.content_hash for a in articles)
    )


def _still_so(unit: Unit, arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
    """Return the arrivals as they are now: another source may have stored one of them while these were read."""
    new = [arrival.article for arrival in arrivals if arrival.verdict is Verdict.NEW]
    again = {a.article.key: a for a in sort_in(new, _stored(unit, new), now)} if new else {}
    return [again.get(arrival.article.key, arrival) for arrival in arrivals]


def _keep(
    unit: Unit,
    arrival: Arrival,
    read: Mapping[str, ReadResult],
    now: datetime,
    silent_until: datetime | None,
    *,
    pages: bool,
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Store one arrival; return the evidence that it was, and that it is now."""
    article = arrival.article
    if arrival.verdict is Verdict.REPOST and arrival.of:
        gate = f"repost: {article.publisher} printed the same words before, first seen {arrival.of.seen:%Y-%m-%d %H:%M}"
        unit.add_article(article, ReadResult(article.key, False, gate, article.language), ())
        return (), ()
    if arrival.verdict not in READ:
        return (), ()
    result = read[article.key]
    silent = _silent(article, silent_until)
    evidence = evidence_of(article, result.readings, result.language, silent=silent)
    page = unit.page(article.key) if pages else None
    if arrival.verdict is Verdict.NEW:
        unit.add_article(article, result, evidence)
        before: tuple[Evidence, ...] = ()
    else:
        before = unit.article_evidence(article.key)
        evidence = kept_by_page(page, before, revised(arrival, before, evidence, now))
        unit.replace_article(article, result, evidence)
    if pages and (page or wants_page(article, relevant=result.relevant)):
        # An edit of the lead may stand for one of the page.
        unit.save_page(replace(page or PageState(article.key, now, silent=silent), due=now, tries=0))
    if result.relevant:
        log.info(
            "article_read",
            source=article.source,
            article=article.key,
            verdict=arrival.verdict.value,
            readings=len(evidence),
        )
    return before, evidence


def _foreign(result: ReadResult) -> bool:
    """Tell whether an article is of another story altogether."""
    return not (result.relevant or result.readings)


def _silent(article: Article, until: datetime | None) -> bool:
    """Tell whether an article fills the ledger without being told: on a first poll, all but what is known to have
    been published since the source is watched. A missing date proves nothing, and one to come even less."""
    if until is None:
        return False
    return article.published is None or not until < article.published <= article.seen


def _counted(arrivals: Iterable[Arrival], read: Mapping[str, ReadResult], changed: tuple[str, ...]) -> Accepted:
    kept = [a for a in arrivals if a.verdict in READ]
    results = [read[a.article.key] for a in kept]
    new = sum(a.verdict is Verdict.NEW for a in kept)
    return Accepted(
        new=new,
        edited=len(kept) - new,
        relevant=sum(result.relevant for result in results),
        readings=sum(len(result.readings) for result in results),
        alerts=changed,
    )


def _item(article: Article) -> Item:
    return Item(
        id=article.key,
        title=article.title,
        text=article.text,
        language=article.language,
        date=article.dated,
        url=article.url,
        publisher=article.publisher,
    )
