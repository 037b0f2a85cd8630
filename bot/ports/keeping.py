"""What does the core ask of what keeps everything?

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


class Unit(Protocol):
    """One transaction: all of it is stored, or nothing."""

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the article keys that are stored already."""
        ...

    def known_urls(self, urls: Iterable[str], *, searched: bool = True) -> frozenset[str]:
        """Return those of the canonical addresses that are stored; without `searched`, not by a news search alone."""
        ...

    def add_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store an article with its readings and evidence; one whose key is stored already stays as it is."""
        ...

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
        ...

    def alerts(self, track: str = "", holder: str = "", since: datetime | None = None) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, by time posted."""
        ...

    def save_alert(self, alert: Alert) -> None:
        """Store a new alert or a newer version, and its event in the history; an older version changes nothing."""
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

    def open_trouble(self, platform: str, channel: str) -> Trouble | None:
        """Return the trouble of a channel that takes nothing at present; None when it works as far as is known."""
        ...

    def save_trouble(self, trouble: Trouble) -> None:
        """Store a trouble or a newer version of one."""
        ...

    def enqueue(self, kind: NoticeKind, subject: str, version: int, routes: Sequence[Route], due: datetime) -> None:
        """Ask that the channels of `routes` show this version.

        Every channel that was asked for this notice before gets the newer version too, whether or not `routes` still
        names it: what was told is kept right. Of several routes to one channel the first speaks for it.
        """
        ...

    def save_poll(self, source: str, state: PollState) -> None:
        """Remember what a poll left."""
        ...


class Store(Protocol):
    """Keeps everything; the only owner of SQL. All methods block: call them off the event loop.

    Every method may raise StoreBusyError, when trying again may help, or StoreError, when a person has to act.
    """

    def claim(self) -> None:
        """Become the one bot of this database until `close`; StoreError names the bot that is it already."""
        ...

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

    def routes(self) -> tuple[Route, ...]:
        """Return the routes that people made and that hold, by name."""
        ...

    def save_route(self, route: Route) -> None:
        """Add a person's route, or replace the one of its name."""
        ...

    def remove_route(self, name: str, author: str) -> None:
        """Let a person's route hold no longer, on behalf of `author`; InputError when there is none."""
        ...

    def due_deliveries(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return pending deliveries that are due in channels that do not rest: fair between them, in order in each."""
        ...

    def paused(self) -> tuple[PausedChannel, ...]:
        """Return the channels that take nothing at present, with the reason."""
        ...

    def open_trouble(self, platform: str, channel: str) -> Trouble | None:
        """Return the trouble of a channel that takes nothing at present; None when it works as far as is known."""
        ...

    def mark_sent(self, delivery: Delivery, version: int, ref: str) -> None:
        """Record that the channel shows `version`; the delivery stays pending when a newer one is wanted."""
        ...

    def mark_needless(self, delivery: Delivery, version: int, reason: str) -> None:
        """Record that `version` need not be shown; the delivery stays pending when a newer one is wanted."""
        ...

    def mark_retry(self, delivery: Delivery, due: datetime, error: str, *, hold: bool) -> None:
        """Record a failed try and when to try next; with `hold` nothing in its channel is due before."""
        ...

    def mark_failed(self, delivery: Delivery, error: str) -> None:
        """Record that trying this version again is of no use; a newer one wanted meanwhile stays pending."""
        ...

    def notice(self, kind: NoticeKind, subject: str) -> Notice:
        """Return a notice in its present state; KeyError when there is none."""
        ...

    def alert_history(self, alert: str) -> tuple[Alert, ...]:
        """Return every version that an alert had, the first one first; empty when there is none."""
        ...

    def article(self, url_or_key: str) -> tuple[Article, ReadResult] | None:
        """Return a stored article with what was read in it, by address (any form) or key."""
        ...

    def article_alerts(self, key: str) -> tuple[Alert, ...]:
        """Return the alerts that an article carries or speaks against, by time posted."""
        ...

    def deliveries(self, kind: NoticeKind, subject: str) -> tuple[Delivery, ...]:
        """Return every delivery of one notice."""
        ...

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger, as `Unit.evidence` does."""
        ...

    def opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return the snapshot that one ledger is folded from, as `Unit.opening` does."""
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
