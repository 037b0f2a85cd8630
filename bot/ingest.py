"""How does what a poll brought become an article, readings, a decision and deliveries?

    entries → sort in: new, edited, re-issued, known (bot/intake.py) → read what is new or edited (worker processes)
            → fold into the ledgers they touch (bot/ledgers.py)
            → one transaction: articles, readings, ledger, alerts, pending deliveries, poll state

Polls that end while another is being stored share the next transaction (bot/batches.py), one after the other in it.
A crash before the commit leaves nothing, and the source is polled again; a crash after it leaves the deliveries
pending, and they are sent at the next start.

Refuses to do: it never fetches, never sends, and decides nothing itself (bot/ledger/ does).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.arrivals import Present, Written, foreign, keep, like, names_of, stored_like
from bot.batches import Batches, Load
from bot.developments import origin_group, origin_groups
from bot.domain import Article, Entry, Evidence, Item, PollState, ReadResult, Route, Source, Storyline, maker
from bot.errors import StoreBusyError
from bot.identity import article_address, article_key, content_hashes
from bot.intake import ELSEWHERE, READ, Arrival, Verdict, distinct, sort_in
from bot.ledgers import Ledgers, open_ledgers
from bot.ports import Read, Store, Unit

MOST_POLLS = 96
MOST_ENTRIES = 2_500
"""Of polls that share a transaction: what each commit writes of the store's indexes is nearly the same for one and all.
It takes a twentieth of a second, and others wait for it that write."""

_make_article, _make_item = maker(Article), maker(Item)

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
        elsewhere: the latest time, not after now, that the feed states for what another feed brought first or the
            publisher printed before: it is not new to the store, but the feed is not silent.
    """

    new: int = 0
    edited: int = 0
    relevant: int = 0
    readings: int = 0
    alerts: tuple[str, ...] = ()
    elsewhere: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one poll brought, to be sorted in."""

    source: Source
    entries: Sequence[Entry]
    now: datetime


@dataclass(frozen=True, slots=True)
class _Offer:
    """What one poll brought, sorted in at a moment and read, to be stored; see `Ingest.accept`."""

    source: Source
    arrivals: Sequence[Arrival]
    moment: int
    read: Mapping[str, ReadResult]
    now: datetime
    silent_until: datetime | None
    state: Callable[[Accepted], PollState] | None


class Ingest:
    """Takes entries in and keeps the ledgers.

    Args:
        read: reads items off the event loop, order kept.
        routes: returns who is told; asked at each decision, as people change it.
        sources: what is watched at the start, by which a search's papers are told; more are known from their polls on.
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
        sources: Iterable[Source],
        wake: Callable[[], None],
        key: Callable[[Source, Entry], str] = article_key,
        *,
        pages: bool = False,
    ) -> None:
        self._storyline = storyline
        self._read = read
        self._store = store
        self._ledgers = Ledgers(storyline, routes, pages=pages)
        self._sources = {source.key: source for source in sources}
        self._groups, self._outdated = origin_groups(self._sources.values()), False
        self._wake = wake
        self._key = key
        self._pages = pages
        # One front at a time decides: a ledger is folded from all evidence stored before it.
        self._turn = asyncio.Lock()
        self._written = Written()
        self._sorting: Batches[_Brought, tuple[list[Arrival], int]] = Batches(
            self._sort_in,
            shared=(StoreBusyError,),
            patient=True,
            most=MOST_POLLS,
            load=Load(lambda brought: len(brought.entries), MOST_ENTRIES),
        )
        self._committing: Batches[_Offer, Accepted] = Batches(
            self._commit,
            shared=(StoreBusyError,),
            turn=self._turn,
            patient=True,
            most=MOST_POLLS,
            load=Load(lambda offer: len(offer.arrivals), MOST_ENTRIES),
        )

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
        state: Callable[[Accepted], PollState] | None = None,
    ) -> Accepted:
        """Store what is new or edited among `entries`, decide, and leave deliveries pending, in one transaction.

        Args:
            silent_until: on the first poll of a source, since when it is watched: only what was published after it
                is told, and the rest fills the ledger.
            state: given what became of the entries, the poll state to store in the same transaction.
        """
        self._know(source, entries)
        arrivals, moment = await self._sorting.ask(_Brought(source, entries, now))
        wanted = [arrival.article for arrival in arrivals if arrival.verdict in READ]
        results = await self._read([_item(article) for article in wanted]) if wanted else []
        read = {article.key: result for article, result in zip(wanted, results, strict=True)}
        accepted = await self._committing.ask(_Offer(source, arrivals, moment, read, now, silent_until, state))
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

    def _know(self, source: Source, entries: Sequence[Entry]) -> None:
        """Let a source that was added since the start tell its paper, which would else be another one to a search."""
        if self._sources.get(source.key) != source:
            self._sources[source.key], self._outdated = source, True
        if self._outdated and any(entry.publisher for entry in entries):  # not at once: a thousand may be new
            self._groups, self._outdated = origin_groups(self._sources.values()), False

    def _sort_in(self, polls: Sequence[_Brought]) -> list[tuple[list[Arrival], int]]:
        """Return what each poll brought, sorted in, and the moment up to which that takes account of what is stored."""
        moment = self._written.moment
        articles = [distinct(self._articles(poll)) for poll in polls]
        stored = stored_like(self._store, [article for one in articles for article in one])
        return [
            (sort_in(one, like(stored, names_of(one)) if stored else (), poll.now), moment)
            for poll, one in zip(polls, articles, strict=True)
        ]

    def _articles(self, poll: _Brought) -> list[Article]:
        words = content_hashes([(entry.title, entry.text) for entry in poll.entries])
        return [self._article(poll.source, e, poll.now, h) for e, h in zip(poll.entries, words, strict=True)]

    def _article(self, source: Source, entry: Entry, now: datetime, words: str) -> Article:
        canonical = article_address(entry.url)
        publisher = entry.publisher or source.publisher
        group = source.origin_group
        if entry.publisher:  # a search is never an origin: its items count for the paper that printed them
            group = origin_group(publisher, self._groups, entry.publisher_url)
        return _make_article(
            key=self._key(source, entry),
            source=source.key,
            url=entry.url,
            canonical_url=canonical,
            content_hash=words,
            title=entry.title,
            text=entry.text,
            language=source.language,
            published=entry.published,
            seen=now,
            publisher=publisher,
            origin_group=group,
            tier=source.tier,
        )

    def _commit(self, offers: Sequence[_Offer]) -> list[Accepted]:
        """Store what several polls brought in one transaction, as if it were one after the other."""
        since = {moment: self._written.since(moment) for moment in {offer.moment for offer in offers}}
        states: dict[str, PollState] = {}
        try:
            with self._store.unit() as unit:
                present = Present(unit, [offer.arrivals for offer in offers], [since[offer.moment] for offer in offers])
                accepted = [self._take_in(unit, offer, present.still_so(offer.arrivals, offer.now)) for offer in offers]
                for offer, one in zip(offers, accepted, strict=True):
                    if offer.state is not None:
                        states[offer.source.key] = offer.state(one)
                unit.save_polls(states)
        except Exception:
            self._written.forget()  # it may have been stored all the same
            raise
        self._written.note(frozenset(present.names))
        return accepted

    def _take_in(self, unit: Unit, offer: _Offer, arrivals: Sequence[Arrival]) -> Accepted:
        read, now = offer.read, offer.now
        touched: set[tuple[str, str]] = set()
        edited: set[tuple[str, str]] = set()
        # Nearly all that is new is another story's: it is stored in one go.
        plain = {a.article.key: a for a in arrivals if a.verdict is Verdict.NEW and foreign(read[a.article.key])}
        unit.add_articles((a.article, read[key]) for key, a in plain.items())
        for arrival in arrivals:
            if arrival.article.key in plain:
                continue
            before, after = keep(unit, arrival, read, now, offer.silent_until, pages=self._pages)
            touched |= self._ledgers.touched(e for e in after if e not in before)
            edited |= self._ledgers.touched(e for e in before if e not in after)
        return _counted(arrivals, read, self._ledgers.decide(unit, touched | edited, now, edited=edited), now)

    def _revise(self, change: Change, now: datetime) -> tuple[str, ...]:
        with self._store.unit() as unit:
            before, after = change(unit, now)
            touched = self._ledgers.touched(e for e in after if e not in before)
            edited = self._ledgers.touched(e for e in before if e not in after)
            return self._ledgers.decide(unit, touched | edited, now, edited=edited)

    def _review(self, now: datetime) -> tuple[str, ...]:
        with self._store.unit() as unit:
            return self._ledgers.review(unit, now)


def _counted(
    arrivals: Sequence[Arrival], read: Mapping[str, ReadResult], changed: tuple[str, ...], now: datetime
) -> Accepted:
    kept = [a for a in arrivals if a.verdict in READ]
    results = [read[a.article.key] for a in kept]
    new = sum(a.verdict is Verdict.NEW for a in kept)
    elsewhere = [a.stated for a in arrivals if a.verdict in ELSEWHERE and a.stated and a.stated <= now]
    return Accepted(
        new=new,
        edited=len(kept) - new,
        relevant=sum(result.relevant for result in results),
        readings=sum(len(result.readings) for result in results),
        alerts=changed,
        elsewhere=max(elsewhere, default=None),
    )


def _item(article: Article) -> Item:
    return _make_item(
        id=article.key,
        title=article.title,
        text=article.text,
        language=article.language,
        date=article.dated,
        url=article.url,
        publisher=article.publisher,
    )
