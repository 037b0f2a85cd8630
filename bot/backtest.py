"""What would other settings have posted, beside what was posted?

    stored evidence by ledger, and what was too doubtful → decided again as it was first seen
    → alerts that the routes want → beside the alerts that were posted

Nothing is read again: a reading's confidence is stored, so another threshold takes in or leaves out what is known.

Refuses to do: nothing is stored or told. What the reader would make of an article under other words in the storyline
is another question: `stancewatch replay`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain import Alert, Evidence, NoticeKind, Route, Severity, Standing, Storyline
from bot.evidence import evidence_of
from bot.ledger import ALWAYS, EVIDENCE_WINDOW, decide, ledgers_of, opening, voices_in
from bot.ledger.chronicle import rebuilt
from bot.ports import Store
from bot.routing import wants

ONE_ALERT = timedelta(days=3)
"""Alerts of one (track, holder, to) this near to each other are of one development."""

Steps = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """Settings other than the present ones; None and () leave what is.

    Args:
        threshold: least confidence of a reading that is acted on, 0..1.
        signals: whether channels hear of what is not confirmed.
        min_severity: least severity that channels hear of.
        tracks, holders: ids that channels hear of.
    """

    threshold: float | None = None
    signals: bool | None = None
    min_severity: Severity | None = None
    tracks: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()

    def of(self, routes: Iterable[Route]) -> tuple[Route, ...]:
        """Return the routes as these settings have them."""
        return tuple(
            replace(
                route,
                signals=route.signals if self.signals is None else self.signals,
                min_severity=self.min_severity or route.min_severity,
                tracks=self.tracks or route.tracks,
                holders=self.holders or route.holders,
            )
            for route in routes
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """One alert as it was posted and as it would be; one of the two may be missing.

    Args:
        was, would: the alert in its present state, and in the state it would end in.
        would_at: when it would have been posted.
    """

    was: Alert | None
    would: Alert | None
    would_at: datetime | None = None

    @property
    def alert(self) -> Alert:
        """The one of the two that there is; what was posted, where both are."""
        found = self.was or self.would
        assert found is not None
        return found

    @property
    def at(self) -> datetime:
        """When it was posted, else when it would have been."""
        return self.was.posted if self.was else self.would_at or self.alert.posted


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a backtest came to.

    Args:
        articles: stored articles that were first seen in the window.
        readings: decided again, those that only warm the ledgers up included.
        rows: by time posted.
    """

    since: datetime
    until: datetime
    articles: int
    readings: int
    rows: tuple[Comparison, ...]


class Bench:
    """Plays stored evidence again, ledger by ledger.

    Args:
        routes: as the settings to try have them.
        opened: ledger → when it was first opened.
    """

    def __init__(
        self, storyline: Storyline, routes: Sequence[Route], since: datetime, opened: Mapping[tuple[str, str], datetime]
    ) -> None:
        self._storyline = storyline
        self._opened = opened
        self._routes = routes
        self._since = since
        self._warm = since - EVIDENCE_WINDOW

    def play(
        self, ledger: tuple[str, str], evidence: Sequence[Evidence], done: Steps
    ) -> Iterator[tuple[datetime, Alert]]:
        """Yield, for one ledger, when each alert would have been posted and the state it ends in."""
        older = [e for e in evidence if e.seen < self._warm]
        first = self._opening(ledger, older)
        opened, told, posted = (first, self._warm), dict[str, Alert](), dict[str, datetime]()
        have: list[Evidence] = []
        coming = sorted((e for e in evidence if e.seen >= self._warm), key=lambda e: (e.seen, e.id))
        done(len(older))
        for now, together in groupby(coming, key=lambda e: e.seen):
            fresh = list(together)
            have += fresh
            start, since = opened
            window = [e for e in have if e.dated >= since or e.seen >= since]
            if since > self._warm and any(e.dated < since for e in fresh):
                start, since, window = first, ALWAYS, have
            recent = [alert for alert in told.values() if alert.at >= now - EVIDENCE_WINDOW]
            decision = decide(self._storyline, start, window, recent, now, since=since)
            opened = decision.settled or opened
            for alert in decision.alerts:
                told[alert.id] = alert
                if now >= self._since and any(wants(route, alert) for route in self._routes):
                    posted.setdefault(alert.id, now)
            done(len(fresh))
        yield from ((at, told[alert]) for alert, at in posted.items() if told[alert].posted >= self._since)

    def _opening(self, ledger: tuple[str, str], older: Sequence[Evidence]) -> Standing:
        """Return where a ledger stood when the window began to matter: history, baseline, and what came before."""
        start = opening(self._storyline, *ledger, self._opened.get(ledger, self._warm))
        return rebuilt(self._storyline, start, older)


def backtest(
    store: Store,
    storyline: Storyline,
    routes: Sequence[Route],
    changes: Changes,
    window: tuple[datetime, datetime],
    progress: Callable[[int], Steps],
) -> Backtest:
    """Decide the stored evidence again under changed settings, and hold the alerts beside those posted. Blocks.

    Args:
        window: since and until when.
        progress: given how many readings are to be decided, returns what is called with those done.
    """
    since, until = window
    by_ledger, articles = _evidence(store, storyline, changes.threshold, since)
    done = progress(sum(map(len, by_ledger.values())))
    opened = {ledger: first[1] for ledger in by_ledger if (first := store.first_opening(*ledger))}
    bench = Bench(storyline, changes.of(routes), since, opened)
    would = [one for ledger, evidence in by_ledger.items() for one in bench.play(ledger, evidence, done)]
    was = [alert for alert in store.alerts(since) if alert.posted >= since and _was_sent(store, alert)]
    readings = sum(map(len, by_ledger.values()))
    return Backtest(since, until, articles, readings, tuple(_paired(was, would)))


def _evidence(
    store: Store, storyline: Storyline, threshold: float | None, since: datetime
) -> tuple[dict[tuple[str, str], list[Evidence]], int]:
    """Return the evidence of every ledger that is told, as the threshold has it, and how many articles were seen."""
    ledgers = [
        (track.id, h) for track in storyline.tracks if track.alerts for h in track.holders if h not in track.voices
    ]
    every = {e.id: e for track in storyline.tracks for h in track.holders for e in store.evidence(track.id, h, ALWAYS)}
    if threshold is not None:
        every = {e.id: e for e in every.values() if e.confidence >= threshold} | _doubtful(
            store, threshold, since, every
        )
    by_ledger: dict[tuple[str, str], list[Evidence]] = {ledger: [] for ledger in ledgers}
    rungs = {track.id for track in storyline.tracks}
    for e in every.values():
        for holder in ledgers_of(storyline, e.track, e.holder) if e.track in rungs else ():
            if (e.track, holder) in by_ledger and e.holder in voices_in(storyline, e.track, holder):
                by_ledger[e.track, holder].append(e)
    return by_ledger, store.articles_since(since)


def _doubtful(store: Store, threshold: float, since: datetime, acted_on: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Return what was read and not acted on, and now would be. What came in a silent poll is silent."""
    found = store.positions(since - EVIDENCE_WINDOW)
    quiet = {e.article for e in acted_on.values() if e.silent}
    silent_polls = {(article.source, article.seen) for article, _ in found if article.key in quiet}
    out: dict[str, Evidence] = {}
    for article, result in found:
        readings = [r for r in result.doubtful if r.confidence >= threshold]
        silent = (article.source, article.seen) in silent_polls
        out |= {e.id: e for e in evidence_of(article, readings, result.language, silent=silent) if e.id not in acted_on}
    return out


def _was_sent(store: Store, alert: Alert) -> bool:
    return any(delivery.sent for delivery in store.deliveries(NoticeKind.ALERT, alert.id))


def _paired(was: Iterable[Alert], would: Iterable[tuple[datetime, Alert]]) -> list[Comparison]:
    """Hold each alert that was posted beside the one that would be: of its id, else of its development."""
    left = sorted(would, key=lambda one: (one[0], one[1].id))
    rows = []
    for alert in sorted(was, key=lambda alert: (alert.posted, alert.id)):
        same = next((one for one in left if one[1].id == alert.id), None) or next(
            (one for one in left if _of_one(alert, one[1])), None
        )
        if same:
            left.remove(same)
        rows.append(Comparison(alert, same[1] if same else None, same[0] if same else None))
    rows += [Comparison(None, alert, at) for at, alert in left]
    return sorted(rows, key=lambda row: (row.at, row.alert.id))


def _of_one(one: Alert, other: Alert) -> bool:
    ledgers = [(a.track, a.holder, a.to_rung) for a in (one, other)]
    return ledgers[0] == ledgers[1] and abs(one.posted - other.posted) <= ONE_ALERT
