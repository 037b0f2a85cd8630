"""What can one transaction do?

Answers bot.ports.Unit by handing each call to the module of its noun.

Refuses to do: it neither begins nor ends the transaction (sql_store.py does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.domain import (
    Alert,
    Article,
    AuditEntry,
    Brief,
    DigestMark,
    Evidence,
    Feedback,
    Mute,
    NoticeKind,
    PageState,
    PollState,
    ReadResult,
    Route,
    Source,
    Standing,
    Trouble,
)
from bot.store import articles, audit, doubts, ledger, notices, outbox, pages, people, routes, sources, troubles


class SqlUnit:
    """One transaction on an open connection; the methods are those of bot.ports.Unit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, keys: Iterable[str], urls: Iterable[str], hashes: Iterable[str]) -> tuple[Article, ...]:
        """Return the articles with one of the keys, canonical addresses or content hashes, the earliest first."""
        return articles.known(self._connection, keys, urls, hashes)

    def add_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store an article with its readings and evidence; one whose key is stored already stays as it is."""
        articles.add(self._connection, article, result, evidence)

    def add_articles(self, pairs: Iterable[tuple[Article, ReadResult]]) -> None:
        """Store articles in which nothing was read; those whose key is stored already stay as they are."""
        articles.add_many(self._connection, pairs)

    def replace_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store the newer words of an article, with the evidence that it is now in the place of what it was."""
        articles.replace(self._connection, article, result, evidence)

    def article_evidence(self, key: str) -> tuple[Evidence, ...]:
        """Return the evidence that one article is, by id."""
        return articles.evidence_in(self._connection, key)

    def page(self, article: str) -> PageState | None:
        """Return what is remembered of an article's page; None when nothing is."""
        return pages.of_article(self._connection, article)

    def save_page(self, state: PageState) -> None:
        """Remember what is known of a page, in the place of what was."""
        pages.save(self._connection, state)

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
        return articles.evidence_since(self._connection, track, holder, since)

    def alerts(self, track: str = "", holder: str = "", since: datetime | None = None) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, by time posted."""
        return notices.alerts_of(self._connection, track, holder, since)

    def alerted(self, since: datetime) -> frozenset[tuple[str, str]]:
        """Return the ledgers, as (track, holder), of the alerts whose latest event is not before `since`."""
        return notices.alerted(self._connection, since)

    def save_alert(self, alert: Alert) -> None:
        """Store a new alert or a newer version, with its event; a version that is stored changes nothing."""
        notices.save_alert(self._connection, alert)

    def opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return the snapshot that older evidence was folded into, and up to when; None before the first."""
        return ledger.opening(self._connection, track, holder)

    def first_opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return what the ledger was opened with and when, before any reading was settled; None before that."""
        return ledger.first_opening(self._connection, track, holder)

    def save_opening(self, standing: Standing, until: datetime) -> None:
        """Replace that snapshot; the first one of a ledger is kept beside it for good."""
        ledger.save_opening(self._connection, standing, until)

    def save_standing(self, standing: Standing) -> None:
        """Replace where one ledger stands now."""
        ledger.save_standing(self._connection, standing)

    def save_brief(self, brief: Brief) -> None:
        """Store a brief that is to be delivered."""
        notices.save_brief(self._connection, brief)

    def open_trouble(self, platform: str, channel: str) -> Trouble | None:
        """Return the trouble of a channel that takes nothing at present; None when there is none."""
        return troubles.open_in(self._connection, platform, channel)

    def save_trouble(self, trouble: Trouble) -> None:
        """Store a trouble or a newer version of one."""
        troubles.save(self._connection, trouble)

    def enqueue(self, kind: NoticeKind, subject: str, version: int, routes: Sequence[Route], due: datetime) -> None:
        """Ask every channel that was asked before, and those of `routes`, to show this version."""
        outbox.enqueue(self._connection, kind, subject, version, routes, due)

    def done(self, name: str) -> None:
        """Note that something which was owed is done."""
        doubts.done(self._connection, name)

    def save_polls(self, states: Mapping[str, PollState]) -> None:
        """Remember what polls left, by source; nothing happens for those that were removed meanwhile."""
        sources.save_states(self._connection, states)

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """Return the mutes that hold, by the time they were asked for."""
        return people.mutes_at(self._connection, now)

    def save_mute(self, mute: Mute) -> None:
        """Store a mute, or what has become of one."""
        people.save_mute(self._connection, mute)

    def release(self, platform: str, channel: str, now: datetime) -> None:
        """Let what is not shown yet in a channel be looked at again now; with both "" in every channel."""
        outbox.release(self._connection, platform, channel, now)

    def save_digest(self, mark: DigestMark) -> None:
        """Remember how far the digests of a route have come."""
        people.save_digest(self._connection, mark)

    def save_feedback(self, feedback: Feedback) -> None:
        """Store a verdict; the person's earlier one on that alert is kept as history."""
        people.save_feedback(self._connection, feedback)

    def save_route(self, route: Route) -> None:
        """Add a person's route, or replace the one of its name."""
        routes.save(self._connection, route)

    def remove_route(self, name: str, author: str) -> None:
        """Let a person's route hold no longer, on behalf of `author`; InputError when there is none."""
        routes.remove(self._connection, name, author)

    def add_source(self, source: Source) -> Source:
        """Add a source on behalf of its author; see bot.ports.PeopleUnit."""
        return sources.add(self._connection, source)

    def remove_source(self, key: str, author: str) -> None:
        """Remove a source; InputError when there is none. One that YAML names is disabled instead."""
        sources.remove(self._connection, key, author)

    def save_audit(self, entry: AuditEntry) -> None:
        """Record a change that a person made."""
        audit.save(self._connection, entry)
