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
from bot.ports.doubts import StoreDoubts
from bot.ports.pages import PageUnit
from bot.ports.people import PeopleStore, PeopleUnit
from bot.ports.upkeep import StoreUpkeep


class Unit(PeopleUnit, PageUnit, Protocol):
    """One transaction: all of it is stored, or nothing."""

    def known(self, keys: Iterable[str], urls: Iterable[str], hashes: Iterable[str]) -> tuple[Article, ...]:
        """Return the stored articles with one of the keys, canonical addresses or content hashes, the earliest first.

        The empty address is nobody's.
        """
        ...

    def add_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store an article with its readings and evidence; one whose key is stored already stays as it is."""
        ...

    def add_articles(self, pairs: Iterable[tuple[Article, ReadResult]]) -> None:
        """Store articles in which nothing was read, as `add_article` does each."""
        ...

    def replace_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store the newer words of an article, with the evidence that it is now in the place of what it was."""
        ...

    def article_evidence(self, key: str) -> tuple[Evidence, ...]:
        """Return the evidence that one article is, by id."""
        ...

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
        ...

    def alerts(self, track: str = "", holder: str = "", since: datetime | None = None) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, by time posted."""
        ...

    def alerted(self, since: datetime) -> frozenset[tuple[str, str]]:
        """Return the ledgers, as (track, holder), of the alerts whose latest event is not before `since`."""
        ...

    def save_alert(self, alert: Alert) -> None:
        """Store a new alert or a newer version, and its event in the history; an older version changes nothing."""
        ...

    def opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return the snapshot that older evidence was folded into, and up to when; None before the first."""
        ...

    def first_opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return what the ledger was opened with and when, before any reading was settled; None before that."""
        ...

    def save_opening(self, standing: Standing, until: datetime) -> None:
        """Replace that snapshot; the first one of a ledger is kept beside it for good."""
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

    def done(self, name: str) -> None:
        """Note that something which was owed is done."""
        ...

    def save_polls(self, states: Mapping[str, PollState]) -> None:
        """Remember what polls left, by source; nothing happens for those that were removed meanwhile."""
        ...


class Store(PeopleStore, Protocol):
    """Keeps everything; the only owner of SQL. All methods block: call them off the event loop.

    Every method may raise StoreBusyError, when trying again may help, or StoreError, when a person has to act.
    """

    @property
    def upkeep(self) -> StoreUpkeep:
        """What monitoring and retention use."""
        ...

    @property
    def doubts(self) -> StoreDoubts:
        """What delivery and the schedule use to finish what was begun."""
        ...

    @property
    def shared(self) -> bool:
        """Whether other machines reach it, so that a second bot may stand by."""
        ...

    def claim(self) -> None:
        """Become the one bot of this database until `close`; ClaimedError names the bot that is it already.

        From then on nothing is written once another bot has taken over; ClaimedError says so.
        """
        ...

    def confirm_claim(self) -> None:
        """Make sure that this is still the one bot; ClaimedError when another has taken over."""
        ...

    def unit(self) -> AbstractContextManager[Unit]:
        """Open one transaction; it commits when the block ends well and rolls back when it raises."""
        ...

    def known(self, keys: Iterable[str], urls: Iterable[str], hashes: Iterable[str]) -> tuple[Article, ...]:
        """Return the stored articles with one of these, as `Unit.known` does; holds up no writer."""
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

    def retry_source(self, key: str) -> None:
        """Poll a source again at once, even a gone or quarantined one; InputError when there is none, or it is off."""
        ...

    def source_counts(self, since: datetime) -> Mapping[str, tuple[int, int, int]]:
        """Return by source how many of its articles seen since then are stored, relevant, and hold a position."""
        ...

    def due_sources(self, now: datetime, limit: int) -> tuple[tuple[Source, PollState], ...]:
        """Return enabled sources whose next poll is due, the longest overdue first."""
        ...

    def routes(self) -> tuple[Route, ...]:
        """Return the routes that people made and that hold, by name."""
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

    def mark_sent(
        self,
        shown: Sequence[tuple[Delivery, int]],
        ref: str,
        now: datetime,
        look: datetime | None = None,
        news: Sequence[tuple[Delivery, News]] = (),
    ) -> None:
        """Record that one message shows these versions; a delivery stays pending when a newer one is wanted.

        One that had not been shown in it before came into the message `now`. With `look` the channel is then looked
        through for surplus copies of the message. What its thread is told of these, `news`, is a delivery of its own
        each, pending from now on.
        """
        ...

    def mark_needless(self, delivery: Delivery, version: int, reason: str) -> None:
        """Record that `version` need not be shown; the delivery stays pending when a newer one is wanted."""
        ...

    def mark_retry(
        self, delivery: Delivery, due: datetime, error: str, *, hold: bool, unsure: datetime | None = None
    ) -> None:
        """Record a failed try and when to try next; with `hold` nothing in its channel is due before.

        Those that were tried in one message with it wait as long. `unsure` says until when that message may still
        show up; None when the platform has certainly not taken it.
        """
        ...

    def mark_failed(self, delivery: Delivery, error: str) -> None:
        """Record that trying this version again is of no use; a newer one wanted meanwhile stays pending."""
        ...

    def notice(self, kind: NoticeKind, subject: str) -> Notice | News:
        """Return a notice in its present state, News for what a thread is told; KeyError when there is none."""
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

    def first_opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return what one ledger was opened with, as `Unit.first_opening` does."""
        ...

    def positions(self, since: datetime) -> tuple[tuple[Article, ReadResult], ...]:
        """Return the articles first seen since then in which a position was read, sure or doubtful, by time seen."""
        ...

    def articles_since(self, since: datetime) -> int:
        """Return how many articles were first seen since then."""
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
