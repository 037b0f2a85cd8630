"""How are the ledgers opened, decided and kept, within one transaction?

    opening and evidence of one ledger → bot/ledger/ decides → standing, opening, alerts, pending deliveries

Refuses to do: it decides nothing itself, and neither begins nor ends the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import structlog

from bot.domain import Alert, Evidence, NoticeKind, Route, Standing, Storyline
from bot.ledger import ALWAYS, EVIDENCE_WINDOW, decide, ledgers_of, opening, voices_in
from bot.mutes import end_moved
from bot.pages import cited
from bot.ports import Store, Unit
from bot.routing import routes_for

log = structlog.get_logger()


def open_ledgers(store: Store, storyline: Storyline, now: datetime) -> None:
    """Give every ledger its standing: from history and baseline where no article has spoken yet. Blocks."""
    have = {(standing.track, standing.holder) for standing in store.standings()}
    wanted = [(track.id, holder) for track in storyline.tracks for holder in track.holders]
    if missing := [ledger for ledger in wanted if ledger not in have]:
        with store.unit() as unit:
            for track, holder in missing:
                unit.save_standing(_opened(unit, storyline, track, holder, now))


class Ledgers:
    """Decides ledgers in a unit and leaves what is to be told pending.

    Args:
        routes: returns who is told; asked at each decision, as people change it.
        pages: the pages of the articles on which an alert rests are looked at again.
    """

    def __init__(self, storyline: Storyline, routes: Callable[[], Sequence[Route]], *, pages: bool = False) -> None:
        self._storyline = storyline
        self._routes = routes
        self._pages = pages

    def touched(self, evidence: Iterable[Evidence]) -> set[tuple[str, str]]:
        """Return the ledgers that readings speak of, as (track, holder); those of a track that is gone are none."""
        tracks = {track.id for track in self._storyline.tracks}
        known = [e for e in evidence if e.track in tracks]
        return {(e.track, holder) for e in known for holder in ledgers_of(self._storyline, e.track, e.holder)}

    def decide(
        self, unit: Unit, ledgers: Iterable[tuple[str, str]], now: datetime, *, edited: Iterable[tuple[str, str]] = ()
    ) -> tuple[str, ...]:
        """Decide some ledgers; return the ids of the alerts that were made or changed.

        Args:
            edited: those of them from which an edit took or changed a reading, which may be settled already.
        """
        afresh = frozenset(edited)
        return tuple(a for led in sorted(ledgers) for a in self._decide(unit, *led, now, afresh=led in afresh))

    def review(self, unit: Unit, now: datetime) -> tuple[str, ...]:
        """Decide again what time alone changes; return the ids of the alerts changed."""
        tracks = {track.id for track in self._storyline.tracks}
        recent = unit.alerted(now - EVIDENCE_WINDOW)
        # A track that the storyline has lost since can be decided no more.
        return self.decide(unit, {ledger for ledger in recent if ledger[0] in tracks}, now)

    def _decide(self, unit: Unit, track: str, holder: str, now: datetime, *, afresh: bool) -> list[str]:
        start, since = unit.opening(track, holder) or (_opened(unit, self._storyline, track, holder, now), now)
        evidence = self._evidence(unit, track, holder, since)
        if afresh or any(e.dated < since for e in evidence):
            # What comes late belongs among what was settled: folded at its date, the ledger is the one it would be
            # had nothing come late.
            first = unit.first_opening(track, holder) or (start, since)
            if afresh:
                # The settled opening may rest on what is gone; it is made anew once there is something to settle.
                unit.save_opening(*first)
            start, since = first[0], ALWAYS
            evidence = self._evidence(unit, track, holder, since)
        told = unit.alerts(track, holder, min(since, now - EVIDENCE_WINDOW))
        decision = decide(self._storyline, start, evidence, told, now, since=since)
        for alert in decision.alerts:
            self._tell(unit, alert, now)
        if decision.settled is not None:
            unit.save_opening(*decision.settled)
        unit.save_standing(decision.standing)
        return [alert.id for alert in decision.alerts]

    def _evidence(self, unit: Unit, track: str, holder: str, since: datetime) -> list[Evidence]:
        voices = voices_in(self._storyline, track, holder)
        return [e for voice in voices for e in unit.evidence(track, voice, since)]

    def _tell(self, unit: Unit, alert: Alert, now: datetime) -> None:
        routes = routes_for(alert, self._routes())
        unit.save_alert(alert)
        if self._pages:
            _look_again(unit, alert, now)
        end_moved(unit, alert, now)
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


def _look_again(unit: Unit, alert: Alert, now: datetime) -> None:
    """Have the pages of the articles on which an alert rests looked at, now and later."""
    for article in unit.known({e.article for e in alert.evidence}, (), ()):
        silent = all(e.silent for e in alert.evidence if e.article == article.key)
        state = cited(article, unit.page(article.key), now, silent=silent)
        if state is not None:
            unit.save_page(state)


def _opened(unit: Unit, storyline: Storyline, track: str, holder: str, now: datetime) -> Standing:
    """Open a ledger as history and baseline have it now, and keep that as what evidence is folded into."""
    standing = opening(storyline, track, holder, now)
    unit.save_opening(standing, now)
    return standing
