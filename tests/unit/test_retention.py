"""Is only forgotten what nothing rests on?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Article,
    Brief,
    By,
    Evidence,
    Feedback,
    NoticeKind,
    PageState,
    ReadResult,
    Register,
    Route,
    Severity,
    Standing,
    Tier,
    Verdict,
)
from bot.errors import StoreBusyError
from bot.retention import AT_ONCE, Retention
from bot.store import SqlStore, open_store

NOW = datetime(2025, 1, 1, tzinfo=UTC)
OLD = NOW - timedelta(days=31)
YOUNG = NOW - timedelta(days=29)
ROUTE = Route("desk", "console", "-")


@pytest.fixture
def store(store_url: str) -> Iterator[SqlStore]:
    store = open_store(store_url)
    yield store
    store.close()


def article(key: str, seen: datetime) -> Article:
    return Article(
        key, "wire", "", f"https://wire.example/{key}", key, "t", "x", "en", None, seen, "p", "g", Tier.OUTLET
    )


def evidence(name: str) -> Evidence:
    return Evidence(name, name, "pact", "russia", "signed", By.OFFICIAL, "q", 1.0, "g", OLD, OLD, "t", "", "p", "g",
                    Tier.OUTLET, "en")  # fmt: skip


def put(store: SqlStore, key: str, seen: datetime, *readings: Evidence) -> None:
    with store.unit() as unit:
        unit.add_article(article(key, seen), ReadResult(key, bool(readings), "gate", "en"), readings)


async def test_old_articles_go_and_young_ones_stay(store: SqlStore) -> None:
    put(store, "old", OLD)
    put(store, "young", YOUNG)
    with store.unit() as unit:
        unit.save_page(PageState("old", None))
    assert await Retention(store, 30).sweep(NOW) == 1
    assert store.article("old") is None
    assert store.article("young") is not None


async def test_what_a_ledger_an_alert_or_a_person_rests_on_stays_however_old(store: SqlStore) -> None:
    put(store, "evidence", OLD, evidence("evidence"))
    put(store, "named", OLD)
    alert = Alert("a", 1, AlertState.CONFIRMED, AlertEventKind.POSTED, OLD, OLD, "pact", "russia", Register.DEED, None,
                  "signed", By.OFFICIAL, Severity.HIGH, (), against=(evidence("named"),))  # fmt: skip
    standing, said = Standing("pact", "russia", baseline="signed"), Feedback("a", "someone", OLD, Verdict.USEFUL)
    with store.unit() as unit:
        unit.save_alert(alert)
        unit.save_standing(standing)
        unit.save_opening(standing, OLD)
        unit.save_feedback(said)
        unit.enqueue(NoticeKind.ALERT, "a", 1, [ROUTE], OLD)
    assert await Retention(store, 30).sweep(NOW) == 0
    assert store.article("evidence") is not None
    assert store.article("named") is not None
    assert store.evidence("pact", "russia", OLD - timedelta(days=1)) == (evidence("evidence"),)
    assert store.alert_history("a") == (alert,)
    assert (store.standings(), store.first_opening("pact", "russia")) == ((standing,), (standing, OLD))
    assert store.feedback("a") == (said,)
    assert len(store.deliveries(NoticeKind.ALERT, "a")) == 1


async def test_a_brief_goes_once_it_is_shown_and_not_before(store: SqlStore) -> None:
    with store.unit() as unit:
        for name in ("shown", "waits"):
            unit.save_brief(Brief(name, OLD, OLD, ()))
            unit.enqueue(NoticeKind.BRIEF, name, 1, [ROUTE], OLD)
    (shown,) = store.deliveries(NoticeKind.BRIEF, "shown")
    store.mark_sent([(shown, 1)], "m1", OLD)
    assert await Retention(store, 30).sweep(NOW) == 1
    assert store.deliveries(NoticeKind.BRIEF, "shown") == ()
    assert store.notice(NoticeKind.BRIEF, "waits").id == "waits"
    assert len(store.due_deliveries(NOW, 10)) == 1


async def test_much_is_forgotten_a_little_at_a_time(store: SqlStore) -> None:
    many = AT_ONCE * 2 + 7
    with store.unit() as unit:
        unit.add_articles((article(f"k{n}", OLD), ReadResult(f"k{n}", False, "no holder", "en")) for n in range(many))
    assert store.upkeep.forget(NOW, AT_ONCE) == AT_ONCE
    assert await Retention(store, 30, pause=0).sweep(NOW) == many - AT_ONCE
    assert store.counts()["articles"] == 0


async def test_a_busy_store_puts_it_off() -> None:
    class Busy:
        upkeep: "Busy"

        def forget(self, before: datetime, limit: int) -> int:
            raise StoreBusyError("database is locked")

    busy = Busy()
    busy.upkeep = busy
    assert await Retention(busy, 30).sweep(NOW) == 0  # type: ignore[arg-type]  # the part of a store that is asked


def test_vitals_say_what_waits_and_since_when(store: SqlStore) -> None:
    assert store.upkeep.vitals(NOW).waiting_since is None
    alert = Alert("a", 1, AlertState.SIGNAL, AlertEventKind.POSTED, OLD, OLD, "pact", "russia", Register.DEED, None,
                  "signed", By.REPORTED, Severity.HIGH, ())  # fmt: skip
    with store.unit() as unit:
        unit.save_alert(alert)
        unit.enqueue(NoticeKind.ALERT, "a", 1, [ROUTE, replace(ROUTE, channel="2")], YOUNG)
        unit.enqueue(NoticeKind.BRIEF, "b", 1, [ROUTE], NOW + timedelta(hours=1))
    vitals = store.upkeep.vitals(NOW)
    assert vitals.waiting_since == YOUNG
    assert dict(vitals.deliveries) == {"pending": 3}
    assert dict(vitals.alerts) == {"signal": 1}
    first = store.deliveries(NoticeKind.ALERT, "a")[0]
    store.mark_retry(first, NOW + timedelta(hours=1), "closed", hold=True)
    store.mark_sent([(store.deliveries(NoticeKind.ALERT, "a")[1], 1)], "m", NOW)
    assert store.upkeep.vitals(NOW).waiting_since is None
