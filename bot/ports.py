"""What does the core ask of the world?

Protocols only; the parts that answer are wired together in bot/wiring.py. A fake that answers one of them is
product code and stands beside the real part.

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.domain import (
    Alert,
    Article,
    Brief,
    Delivery,
    Evidence,
    Item,
    Notice,
    NoticeKind,
    Poll,
    PollState,
    ReadResult,
    Route,
    Source,
    Standing,
)


class Clock(Protocol):
    """Tells the time; tests and replay inject a virtual one."""

    def now(self) -> datetime:
        """Return the present time, aware, in UTC."""
        ...


class Watcher(Protocol):
    """Polls one kind of source."""

    kind: str

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Poll `source` once.

        Raises:
            PermanentError: with one line that says what is wrong and what to do.
            TransientError: when a later poll may work.
        """
        ...


class Reader(Protocol):
    """Reads which positions an item reports. Pure: the same item gives the same result."""

    def read(self, item: Item) -> ReadResult:
        """Return relevance and readings of one item; never raises for any text."""
        ...


class Notifier(Protocol):
    """Shows notices in channels of one platform."""

    platform: str

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        """Post a notice and return the platform's reference of the message.

        Raises:
            UndeliverableError: the channel is gone or closed to us.
            DeliveryError: it may work later.
        """
        ...

    async def edit(self, delivery: Delivery, notice: Notice) -> None:
        """Bring a message that was sent up to date. Raises as `send` does."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Unit(Protocol):
    """One transaction: all of it is stored, or nothing."""

    def known(self, source: str, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the article keys that are stored already."""
        ...

    def add_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store an article with its readings and what the ledger may fold of them."""
        ...

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
        ...

    def alerts(self, track: str = "", holder: str = "", since: datetime | None = None) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, by time posted."""
        ...

    def save_alert(self, alert: Alert) -> None:
        """Store a new alert or a new version of one, and keep its event in the alert's history."""
        ...

    def opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return the snapshot that older evidence was folded into, and up to when; None before the first."""
        ...

    def save_opening(self, standing: Standing, until: datetime) -> None:
        """Replace that snapshot."""
        ...

    def save_standing(self, standing: Standing) -> None:
        """Replace where one ledger stands now, which the brief reads."""
        ...

    def save_brief(self, brief: Brief) -> None:
        """Store a brief that is to be delivered."""
        ...

    def enqueue(
        self, kind: NoticeKind, subject: str, version: int, routes: Sequence[Route], due: datetime
    ) -> None:
        """Ask that the channels of `routes` show this version; channels already asked get the newer one."""
        ...

    def save_poll(self, source: str, state: PollState) -> None:
        """Remember what a poll left."""
        ...


class Store(Protocol):
    """Keeps everything; the only owner of SQL. All methods block: call them off the event loop."""

    def unit(self) -> AbstractContextManager[Unit]:
        """Open one transaction; it commits when the block ends well and rolls back when it raises."""
        ...

    def seed_sources(self, sources: Sequence[Source]) -> None:
        """Make the YAML's sources the stored ones; sources added by people stay, YAML wins on equal keys."""
        ...

    def sources(self) -> tuple[tuple[Source, PollState], ...]:
        """Return every source with its state."""
        ...

    def add_source(self, source: Source) -> None:
        """Add a source on behalf of its author; InputError when its key or address is there already."""
        ...

    def remove_source(self, key: str, author: str) -> None:
        """Remove a source; InputError when there is none. One that YAML names is disabled instead."""
        ...

    def due_sources(self, now: datetime, limit: int) -> tuple[tuple[Source, PollState], ...]:
        """Return enabled sources whose next poll is due, the longest overdue first."""
        ...

    def due_deliveries(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return pending deliveries whose time has come, oldest first."""
        ...

    def mark_sent(self, delivery: Delivery, version: int, ref: str) -> None:
        """Record that the channel shows `version`; the delivery stays pending when a newer one is wanted."""
        ...

    def mark_retry(self, delivery: Delivery, due: datetime, error: str) -> None:
        """Record a failed try and when to try next."""
        ...

    def mark_failed(self, delivery: Delivery, error: str) -> None:
        """Record that trying again is of no use."""
        ...

    def notice(self, kind: NoticeKind, subject: str) -> Notice:
        """Return an alert or a brief in its present state; KeyError when there is none."""
        ...

    def article(self, url_or_key: str) -> tuple[Article, ReadResult] | None:
        """Return a stored article with what was read in it, by address (any form) or key."""
        ...

    def article_alerts(self, key: str) -> tuple[Alert, ...]:
        """Return the alerts that rest on an article."""
        ...

    def deliveries(self, kind: NoticeKind, subject: str) -> tuple[Delivery, ...]:
        """Return every delivery of one notice."""
        ...

    def standings(self) -> tuple[Standing, ...]:
        """Return where every ledger stands now."""
        ...

    def alerts(self, since: datetime) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, newest first."""
        ...

    def counts(self) -> Mapping[str, int]:
        """Return how many rows each kind of thing has, for `check`."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
