"""How does what a poll brought become an article, readings, a decision and deliveries?

    entries → drop what is known → read (worker processes) → fold into the ledgers they touch
            → one transaction: articles, readings, ledger, alerts, pending deliveries, poll state

A crash before the commit leaves nothing, and the source is polled again; a crash after it leaves the deliveries
pending, and they are sent at the next start.

Refuses to do: it never fetches, never sends, and decides nothing itself (bot/ledger/ does).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.developments import fingerprint, origin_group, origin_of
from bot.domain import (
    Alert,
    Article,
    Entry,
    Evidence,
    Item,
    NoticeKind,
    PollState,
    ReadResult,
    Route,
    Source,
    Standing,
    Storyline,
    Tier,
)
from bot.identity import article_address, article_key, content_hash, evidence_id
from bot.ledger import EVIDENCE_WINDOW, decide, ledgers_of, opening, voices_in
from bot.ports import Store, Unit
from bot.routing import routes_for

log = structlog.get_logger()

Read = Callable[[Sequence[Item]], Awaitable[list[ReadResult]]]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one poll's entries.

    Args:
        new: stored for the first time.
        relevant: of those, how many belong to the storyline.
        readings: positions read in them.
        alerts: ids of alerts that were made or changed.
    """

    new: int = 0
    relevant: int = 0
    readings: int = 0
    alerts: tuple[str, ...] = ()


def open_ledgers(store: Store, storyline: Storyline, now: datetime) -> None:
    """Give every ledger its standing: from history and baseline where no article has spoken yet. Blocks."""
    have = {(standing.track, standing.holder) for standing in store.standings()}
    wanted = [(track.id, holder) for track in storyline.tracks for holder in track.holders]
    if missing := [ledger for ledger in wanted if ledger not in have]:
        with store.unit() as unit:
            for track, holder in missing:
                unit.save_standing(_opened(unit, storyline, track, holder, now))


class Ingest:
    """Takes entries in and keeps the ledgers.

    Args:
        read: reads items off the event loop, order kept.
        routes: returns who is told; asked at each decision, as people change it.
        groups: publisher, case-folded, or host of its site → origin group; see bot.developments.origin_groups.
        wake: called after a commit that left deliveries pending.
        key: identity of an entry; replay puts its items' own ids here.
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
    ) -> None:
        self._storyline = storyline
        self._read = read
        self._store = store
        self._routes = routes
        self._groups = groups
        self._wake = wake
        self._key = key
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
        silent: bool,
        state: Callable[[bool], PollState] | None = None,
    ) -> Accepted:
        """Store what is new among `entries`, decide, and leave deliveries pending, all in one transaction.

        Args:
            silent: the entries fill the ledger and are not told (first poll of a source).
            state: given whether anything was new, the poll state to store in the same transaction.
        """
        # Most polls bring nothing; then the store's write lock is taken once, for the poll state.
        articles = await asyncio.to_thread(self._fresh, source, entries, now) if entries else []
        results = await self._read([_item(article) for article in articles]) if articles else []
        # One front at a time decides: a ledger is folded from all evidence stored before it.
        async with self._turn:
            accepted = await asyncio.to_thread(self._commit, source, articles, results, now, silent, state)
        if accepted.alerts:
            self._wake()
        return accepted

    async def review(self, now: datetime) -> tuple[str, ...]:
        """Decide again what time alone changes, such as a signal that expires; return the alerts changed."""
        async with self._turn:
            changed = await asyncio.to_thread(self._review, now)
        if changed:
            self._wake()
        return changed

    def _fresh(self, source: Source, entries: Sequence[Entry], now: datetime) -> list[Article]:
        articles: dict[str, Article] = {}
        for entry in entries:
            article = self._article(source, entry, now)
            articles.setdefault(article.key, article)
        pages = Counter(article.canonical_url for article in articles.values())
        # A page that several articles of one feed name is about them all and stands for none.
        own = [a if pages[a.canonical_url] == 1 else replace(a, canonical_url="") for a in articles.values()]
        with self._store.unit() as unit:
            known = unit.known(articles)
            urls = _known_urls(unit, source, own)
        return [a for a in own if a.key not in known and a.canonical_url not in urls]

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
        articles: Sequence[Article],
        results: Sequence[ReadResult],
        now: datetime,
        silent: bool,
        state: Callable[[bool], PollState] | None,
    ) -> Accepted:
        with self._store.unit() as unit:
            # Another source may have stored the same address while these were read.
            taken = _known_urls(unit, source, articles)
            pairs = [(a, r) for a, r in zip(articles, results, strict=True) if a.canonical_url not in taken]
            touched: set[tuple[str, str]] = set()
            for article, result in pairs:
                evidence = _evidence(article, result, silent=silent)
                unit.add_article(article, result, evidence)
                touched |= {(e.track, h) for e in evidence for h in ledgers_of(self._storyline, e.track, e.holder)}
                if result.relevant:
                    log.info("article_read", source=source.key, article=article.key, readings=len(evidence))
            changed = [alert for ledger in sorted(touched) for alert in self._decide(unit, *ledger, now)]
            if state is not None:
                unit.save_poll(source.key, state(bool(pairs)))
        return Accepted(
            new=len(pairs),
            relevant=sum(result.relevant for _, result in pairs),
            readings=sum(len(result.readings) for _, result in pairs),
            alerts=tuple(changed),
        )

    def _review(self, now: datetime) -> tuple[str, ...]:
        with self._store.unit() as unit:
            tracks = {track.id for track in self._storyline.tracks}
            recent = unit.alerts(since=now - EVIDENCE_WINDOW)
            # A track that the storyline has lost since can be decided no more.
            open_ledgers = {(alert.track, alert.holder) for alert in recent if alert.track in tracks}
            return tuple(a for ledger in sorted(open_ledgers) for a in self._decide(unit, *ledger, now))

    def _decide(self, unit: Unit, track: str, holder: str, now: datetime) -> list[str]:
        start, since = unit.opening(track, holder) or (_opened(unit, self._storyline, track, holder, now), now)
        evidence = [
            e for voice in voices_in(self._storyline, track, holder) for e in unit.evidence(track, voice, since)
        ]
        told = unit.alerts(track, holder, min(since, now - EVIDENCE_WINDOW))
        decision = decide(self._storyline, start, evidence, told, now, since=since)
        for alert in decision.alerts:
            self._tell(unit, alert, now)
        if decision.settled is not None:
            unit.save_opening(*decision.settled)
        unit.save_standing(decision.standing)
        return [alert.id for alert in decision.alerts]

    def _tell(self, unit: Unit, alert: Alert, now: datetime) -> None:
        routes = routes_for(alert, self._routes())
        unit.save_alert(alert)
        unit.enqueue(NoticeKind.ALERT, alert.id, alert.version, routes, now)
        log.info(
            "alert_decided",
            alert=alert.id,
            alert_event=alert.event.value,
            track=alert.track,
            holder=alert.holder,
            rung=alert.to_rung,
            reason=alert.reason,
            routes=len(routes),
        )


def _opened(unit: Unit, storyline: Storyline, track: str, holder: str, now: datetime) -> Standing:
    """Open a ledger as history and baseline have it now, and keep that as what evidence is folded into."""
    standing = opening(storyline, track, holder, now)
    unit.save_opening(standing, now)
    return standing


def _known_urls(unit: Unit, source: Source, articles: Iterable[Article]) -> frozenset[str]:
    """Return the addresses that are stored already. What a search found first is still to come from its own feed,
    whose word weighs more."""
    return unit.known_urls((a.canonical_url for a in articles), searched=source.tier is Tier.SEARCH)


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


def _evidence(article: Article, result: ReadResult, *, silent: bool) -> tuple[Evidence, ...]:
    if not result.readings:
        return ()
    article = replace(article, language=result.language)
    prints = fingerprint(article.title, article.text)
    return tuple(
        Evidence(
            id=evidence_id(article.key, reading),
            article=article.key,
            track=reading.track,
            holder=reading.holder,
            rung=reading.rung,
            by=reading.by,
            quote=reading.quote,
            confidence=reading.confidence,
            origin=origin_of(reading.origin, article.origin_group),
            dated=article.dated,
            seen=article.seen,
            title=article.title,
            url=article.url,
            publisher=article.publisher,
            origin_group=article.origin_group,
            tier=article.tier,
            language=article.language,
            fingerprint=prints,
            silent=silent,
        )
        for reading in result.readings
    )
