"""How is everything kept and found again?

Answers bot.ports.Store: each method is one transaction on the database. A unit takes the write lock when it opens
and holds it until it ends, so whoever opens one on a thread calls nothing else of the store on it meanwhile. Reads
see one consistent state and wait for nobody.

Refuses to do: no retry; StoreBusyError tells the caller that it may.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from bot.domain import (
    Alert,
    Article,
    AuditEntry,
    Delivery,
    DigestMark,
    Evidence,
    Feedback,
    Mute,
    News,
    Notice,
    NoticeKind,
    PausedChannel,
    PollState,
    ReadResult,
    Route,
    Source,
    Standing,
    Trouble,
)
from bot.store import articles, audit, dialect, ledger, notices, outbox, people, routes, sources, troubles, upkeep
from bot.store.doubts import StoredDoubts
from bot.store.faults import LastChange, clear_errors
from bot.store.sql_unit import SqlUnit


class SqlStore:
    """The store on one database, used from any thread; made by `open_store`. It raises what bot.ports.Store says."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._claim: dialect.Claim | None = None
        self._turn = threading.Lock()
        self._last = LastChange()
        self.upkeep = upkeep.Upkeep(self._reading, self._writing, self._last)
        self.doubts = StoredDoubts(self._reading, self._writing)

    @property
    def shared(self) -> bool:
        """Whether other machines reach the database, so that a second bot may stand by."""
        return dialect.database(self._engine.url).SHARED

    def claim(self) -> None:
        """Become the one bot of this database until `close`; ClaimedError names the bot that is it already."""
        with clear_errors(self._engine.url), self._turn:
            if self._claim is None:
                self._claim = dialect.database(self._engine.url).claim(self._engine)

    def confirm_claim(self) -> None:
        """Make sure that this is still the one bot; ClaimedError when another has taken over."""
        with self._locked():
            pass

    @contextmanager
    def unit(self) -> Iterator[SqlUnit]:
        """Open one transaction; it commits when the block ends well and rolls back when it raises."""
        with self._writing() as connection:
            yield SqlUnit(connection)

    def known(self, keys: Iterable[str], urls: Iterable[str], hashes: Iterable[str]) -> tuple[Article, ...]:
        """Return the stored articles with one of these keys, canonical addresses or content hashes."""
        with self._reading() as connection:
            return articles.known(connection, keys, urls, hashes)

    def seed_sources(self, wanted: Sequence[Source]) -> None:
        """Make the YAML's sources the stored ones; people's stay unless YAML names their key or address."""
        with self._writing() as connection:
            sources.seed(connection, wanted)

    def sources(self) -> tuple[tuple[Source, PollState], ...]:
        """Return every source with its state."""
        with self._reading() as connection:
            return sources.every(connection)

    def add_source(self, source: Source) -> None:
        """Add a source on behalf of its author; InputError when its key or address is there already."""
        with self._writing() as connection:
            sources.add(connection, source)

    def remove_source(self, key: str, author: str) -> None:
        """Remove a source; InputError when there is none. One that YAML names is disabled instead."""
        with self._writing() as connection:
            sources.remove(connection, key, author)

    def retry_source(self, key: str) -> None:
        """Poll a source again at once, even a gone or quarantined one; InputError when there is none, or it is off."""
        with self._writing() as connection:
            sources.retry(connection, key)

    def source_counts(self, since: datetime) -> Mapping[str, tuple[int, int, int]]:
        """Return by source how many of its articles seen since then are stored, relevant, and hold a position."""
        with self._reading() as connection:
            return sources.counts(connection, since)

    def due_sources(self, now: datetime, limit: int) -> tuple[tuple[Source, PollState], ...]:
        """Return enabled sources whose next poll is due, the longest overdue first."""
        with self._reading() as connection:
            return sources.due(connection, now, limit)

    def routes(self) -> tuple[Route, ...]:
        """Return the routes that people made and that hold, by name."""
        with self._reading() as connection:
            return routes.every(connection)

    def due_deliveries(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return pending deliveries whose time has come: fair between channels, in order within each."""
        with self._reading() as connection:
            return outbox.due(connection, now, limit)

    def paused(self) -> tuple[PausedChannel, ...]:
        """Return the channels that take nothing at present, with the reason."""
        with self._reading() as connection:
            return outbox.paused(connection)

    def open_trouble(self, platform: str, channel: str) -> Trouble | None:
        """Return the trouble of a channel that takes nothing at present; None when there is none."""
        with self._reading() as connection:
            return troubles.open_in(connection, platform, channel)

    def mark_sent(
        self,
        shown: Sequence[tuple[Delivery, int]],
        ref: str,
        now: datetime,
        look: datetime | None = None,
        news: Sequence[tuple[Delivery, News]] = (),
    ) -> None:
        """Record that one message shows these versions, and that its thread is told `news`."""
        with self._writing() as connection:
            outbox.mark_sent(connection, shown, ref, now, look, news)

    def mark_needless(self, delivery: Delivery, version: int, reason: str) -> None:
        """Record that `version` need not be shown; the delivery stays pending when a newer one is wanted."""
        with self._writing() as connection:
            outbox.mark_needless(connection, delivery, version, reason)

    def mark_retry(
        self, delivery: Delivery, due: datetime, error: str, *, hold: bool, unsure: datetime | None = None
    ) -> None:
        """Record a failed try and when to try next; with `hold` nothing in the channel is due before."""
        with self._writing() as connection:
            outbox.mark_retry(connection, delivery, due, error, hold=hold, unsure=unsure)

    def mark_failed(self, delivery: Delivery, error: str) -> None:
        """Record that trying this version again is of no use."""
        with self._writing() as connection:
            outbox.mark_failed(connection, delivery, error)

    def mark_held(self, delivery: Delivery, until: datetime, reason: str, *, anew: bool = False) -> None:
        """Record why a first post waits and when to look at it again."""
        with self._writing() as connection:
            outbox.mark_held(connection, delivery, until, reason, anew=anew)

    def message(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """Return the deliveries of alerts that share a message with one that was sent, itself included."""
        with self._reading() as connection:
            return outbox.message(connection, delivery)

    def last_message(self, platform: str, channel: str, since: datetime) -> tuple[Delivery, ...]:
        """Return the same for the message that last took an alert in a channel, not before `since`."""
        with self._reading() as connection:
            return outbox.last_message(connection, platform, channel, since)

    def notice(self, kind: NoticeKind, subject: str) -> Notice | News:
        """Return a notice in its present state; KeyError when there is none."""
        with self._reading() as connection:
            return notices.find(connection, kind, subject)

    def alert_history(self, alert: str) -> tuple[Alert, ...]:
        """Return every version that an alert had, the first one first; empty when there is none."""
        with self._reading() as connection:
            return notices.versions(connection, alert)

    def article(self, url_or_key: str) -> tuple[Article, ReadResult] | None:
        """Return a stored article with what was read in it, by address (any form) or key."""
        with self._reading() as connection:
            return articles.find(connection, url_or_key)

    def article_alerts(self, key: str) -> tuple[Alert, ...]:
        """Return the alerts that an article carries or speaks against."""
        with self._reading() as connection:
            return notices.alerts_on(connection, key)

    def deliveries(self, kind: NoticeKind, subject: str) -> tuple[Delivery, ...]:
        """Return every delivery of one notice."""
        with self._reading() as connection:
            return outbox.of(connection, kind, subject)

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
        with self._reading() as connection:
            return articles.evidence_since(connection, track, holder, since)

    def opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return the snapshot that one ledger is folded from and up to when it holds; None before the first."""
        with self._reading() as connection:
            return ledger.opening(connection, track, holder)

    def first_opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return what one ledger was opened with and when, before any reading was settled; None before that."""
        with self._reading() as connection:
            return ledger.first_opening(connection, track, holder)

    def positions(self, since: datetime) -> tuple[tuple[Article, ReadResult], ...]:
        """Return the articles first seen since then in which a position was read, sure or doubtful, by time seen."""
        with self._reading() as connection:
            return tuple(articles.with_positions(connection, since))

    def articles_since(self, since: datetime) -> int:
        """Return how many articles were first seen since then."""
        with self._reading() as connection:
            return articles.seen_since(connection, since)

    def standings(self) -> tuple[Standing, ...]:
        """Return where every ledger stands now, by (track, holder)."""
        with self._reading() as connection:
            return ledger.every(connection)

    def alerts(self, since: datetime) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, newest first."""
        with self._reading() as connection:
            return notices.newest_alerts(connection, since)

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """Return the mutes that hold, by the time they were asked for."""
        with self._reading() as connection:
            return people.mutes_at(connection, now)

    def digests(self) -> tuple[DigestMark, ...]:
        """Return how far the digests of every route have come, by route."""
        with self._reading() as connection:
            return people.all_digests(connection)

    def feedback(self, alert: str = "") -> tuple[Feedback, ...]:
        """Return everybody's present verdict, on one alert or on all, by time."""
        with self._reading() as connection:
            return people.present_feedback(connection, alert)

    def feedback_history(self, alert: str, person: str) -> tuple[Feedback, ...]:
        """Return every verdict that a person gave on an alert, the first one first."""
        with self._reading() as connection:
            return people.feedback_history(connection, alert, person)

    def audit(self, platform: str, channel: str, limit: int) -> tuple[AuditEntry, ...]:
        """Return the latest changes that hold in a channel or everywhere, with both "" all, newest first."""
        with self._reading() as connection:
            return audit.latest(connection, platform, channel, limit)

    def counts(self) -> Mapping[str, int]:
        """Return how many rows each kind of thing has, and the deliveries by state."""
        with self._reading() as connection:
            return upkeep.counts(connection)

    def close(self) -> None:
        """Let go of the database, and of the claim on it."""
        self._engine.dispose()
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with clear_errors(self._engine.url), engine.begin() as connection:
            yield connection

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._transaction(self._engine)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._last.noted(), self._locked() as connection:
            yield connection

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        # A database lets whoever happens to look next write next; threads of one program take turns instead.
        with self._turn, self._transaction(self._writer) as connection:
            if self._claim is not None:
                self._claim.confirm(connection)
            yield connection
