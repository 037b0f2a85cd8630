"""How has one track moved over time, as it is stored?"""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import Alert, AlertState, PastMove, Register, Storyline
from bot.ledger.chronicle import Move
from bot.ledger.reasons import Reason
from bot.ledgers import open_ledgers
from bot.rebuilding import History
from bot.store import open_store
from bot.timeline import LEAD_IN, compose, make_timeline
from handlers.samples import samples

NOW = datetime(2024, 10, 24, 9, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)


def _alert(storyline: Storyline, name: str) -> Alert:
    alert = samples(storyline)[name]
    assert isinstance(alert, Alert)
    return alert


def _told(alert: Alert, **other: object) -> Move:
    made = Move(alert.lead.dated, alert.register, alert.to_rung, alert.from_rung or "", Reason.OFFICIAL, alert.evidence)
    return replace(made, **other)


def _compose(storyline: Storyline, moves: list[Move], alerts: list[Alert], since: datetime | None = None):
    history = History("seoul-arms", "south-korea", tuple(moves))
    return compose(storyline, "seoul-arms", [history], alerts, since, NOW)


def test_a_move_has_its_article_how_many_carry_it_and_its_alert(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "grown")
    [course] = _compose(small_storyline, [_told(alert)], [alert]).courses
    [change] = course.changes
    assert change.evidence == alert.lead
    assert (change.outlets, change.origins, change.alert) == (9, 3, alert.id)
    assert course.baseline == "reviewing"


def test_of_two_moves_within_days_each_has_the_article_that_made_it(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "confirmed")
    earlier = replace(
        alert.lead, id="earlier", dated=alert.lead.dated - timedelta(days=2), url="https://ministry.example/1"
    )
    moves = [_told(alert, at=earlier.dated, evidence=(earlier, alert.lead)), _told(alert)]
    [course] = _compose(small_storyline, moves, [alert]).courses
    assert [change.evidence for change in course.changes] == [earlier, alert.lead]


def test_what_stood_before_the_window_is_where_its_lines_come_from(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "confirmed")
    old = [
        Move(LONG_AGO - timedelta(days=1), Register.WORD, "reviewing", "", None, note="x"),
        Move(LONG_AGO, Register.WORD, "withhold", "reviewing", None, note="y"),
        Move(LONG_AGO, Register.DEED, "indirect", "", None, note="z"),
    ]
    [course] = _compose(small_storyline, [*old, _told(alert)], [alert], NOW - timedelta(days=30)).courses
    assert {change.rung for change in course.entered} == {"withhold", "indirect"}
    assert [change.rung for change in course.changes] == ["reviewing"]


def test_a_signal_is_shown_and_moves_nothing(small_storyline: Storyline) -> None:
    signal = _alert(small_storyline, "signal")
    [course] = _compose(small_storyline, [], [signal]).courses
    assert [(change.open, change.rung) for change in course.changes] == [(True, signal.to_rung)]


@pytest.mark.parametrize("state", [AlertState.WITHDRAWN, AlertState.EXPIRED])
def test_a_report_that_fell_away_is_not_shown(small_storyline: Storyline, state: AlertState) -> None:
    gone = replace(_alert(small_storyline, "signal"), state=state)
    assert _compose(small_storyline, [], [gone]).courses == ()


def test_a_move_that_is_denied_since_is_marked_as_disputed(small_storyline: Storyline) -> None:
    alert = replace(_alert(small_storyline, "confirmed"), state=AlertState.DISPUTED)
    [course] = _compose(small_storyline, [_told(alert)], [alert]).courses
    assert course.changes[0].disputed


def test_a_nearer_deed_stands_aside(small_storyline: Storyline) -> None:
    deed = Move(NOW - timedelta(days=2), Register.DEED, "indirect", "", Reason.NEARER_DEED, ())
    [course] = _compose(small_storyline, [deed], []).courses
    assert course.changes[0].aside


def test_history_has_no_article_and_keeps_its_note(small_storyline: Storyline) -> None:
    [course] = _compose(
        small_storyline, [Move(NOW - timedelta(days=2), Register.WORD, "withhold", "", None, note="our words")], []
    ).courses
    assert (course.changes[0].evidence, course.changes[0].note) == (None, "our words")


def test_the_order_of_the_alerts_does_not_matter(small_storyline: Storyline) -> None:
    alerts = [_alert(small_storyline, name) for name in ("grown", "confirmed", "signal", "mixed")]
    moves = [_told(alert) for alert in alerts]
    first = _compose(small_storyline, moves, alerts)
    for _ in range(5):
        random.shuffle(alerts)
        assert _compose(small_storyline, moves, alerts) == first


def test_it_starts_a_little_before_the_baseline_unless_a_window_is_asked_for(small_storyline: Storyline) -> None:
    assert _compose(small_storyline, [], []).since == datetime(2024, 6, 20, tzinfo=UTC) - LEAD_IN
    assert _compose(small_storyline, [], [], LONG_AGO).since == LONG_AGO


def test_it_is_made_of_what_is_stored(small_storyline: Storyline, tmp_path: Path) -> None:
    past = (
        PastMove(date(2022, 4, 8), "seoul-arms", "south-korea", "withhold", "turned a request down"),
        PastMove(date(2024, 6, 20), "seoul-arms", "south-korea", "reviewing", "article 1", baseline=True),
        PastMove(date(2024, 9, 1), "seoul-arms", "south-korea", "withhold", "went back"),
    )
    storyline = replace(small_storyline, past=past)
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    open_ledgers(store, storyline, NOW)
    made = make_timeline(store, storyline, NOW, "seoul-arms")
    store.close()
    [course] = made.courses
    assert [change.rung for change in course.entered] == ["withhold"]
    assert [(change.at.date(), change.before, change.rung) for change in course.changes] == [
        (date(2024, 6, 20), "withhold", "reviewing"),
        (date(2024, 9, 1), "reviewing", "withhold"),
    ]
