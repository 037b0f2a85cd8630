"""What can one transaction do?

Answers bot.ports.Unit by handing each call to the module of its noun.

Refuses to do: it neither begins nor ends the transaction (sql_store.py does).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.domain import Alert, Article, Brief, Evidence, NoticeKind, PollState, ReadResult, Route, Standing, Trouble
from bot.store import articles, ledger, notices, outbox, sources, troubles


class SqlUnit:
    """One transaction on an open connection; the methods are those of bot.ports.Unit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the article keys that are stored already."""
        return articles.known_keys(self._connection, keys)

    def known_urls(self, urls: Iterable[str], *, searched: bool = True) -> frozenset[str]:
        """Return those of the canonical addresses that are stored; without `searched`, not by a news search alone."""
        return articles.known_urls(self._connection, urls, searched=searched)

    def add_article(self, article: Article, result: ReadResult, evidence: Sequence[Evidence]) -> None:
        """Store an article with its readings and evidence; one whose key is stored already stays as it is."""
        articles.add(self._connection, article, result, evidence)

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger dated or seen since then, by (dated, id)."""
        return articles.evidence_since(self._connection, track, holder, since)

    def alerts(self, track: str = "", holder: str = "", since: datetime | None = None) -> tuple[Alert, ...]:
        """Return alerts in their present state whose latest event is not before `since`, by time posted."""
        return notices.alerts_of(self._connection, track, holder, since)

    def save_alert(self, alert: Alert) -> None:
        """Store a new alert or a newer version, with its event; a version that is stored changes nothing."""
        notices.save_alert(self._connection, alert)

    def opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return the snapshot that older evidence was folded into, and up to when; None before the first."""
        return ledger.opening(self._connection, track, holder)

    def save_opening(self, standing: Standing, until: datetime) -> None:
        """Replace that snapshot."""
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

    def save_poll(self, source: str, state: PollState) -> None:
        """Remember what a poll left; nothing happens when the source was removed meanwhile."""
        sources.save_state(self._connection, source, state)
