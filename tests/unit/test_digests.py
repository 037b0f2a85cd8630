"""Is a digest told at its local time, once, and made up for once after downtime?"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests import Digests, last_slot, settle
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    By,
    Evidence,
    NoticeKind,
    Position,
    Register,
    Route,
    Severity,
    Standing,
    Tier,
)
from bot.store import SqlStore
from bot.store.doubts import StoredDoubts
from config import load_storyline

NOW = datetime(2024, 10, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SEOUL = Route(
    "desk", "slack", "C1", mention="<!here>", timezone="Asia/Seoul", digest=(time(9), time(18)), signals=False
)
STORYLINE = load_storyline()
ZONES = st.sampled_from(["UTC", "Asia/Seoul", "Europe/Kyiv", "America/New_York", "Pacific/Apia", "America/Havana"])
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2027, 1, 1)).map(lambda t: t.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def an_alert(name: str, when: datetime, *, state: AlertState = AlertState.CONFIRMED, track: str = "pact") -> Alert:
    said = Evidence(
        f"e-{name}", f"k-{name}", track, "russia", "ratified", By.OFFICIAL, "ratified", 0.9, "duma", when, when,
        "Ratified", "https://paper.example/a", "Paper", "house", Tier.OUTLET, "en",
    )  # fmt: skip
    return Alert(
        name, 1, state, AlertEventKind.POSTED, when, when, track, "russia", Register.DEED, "signed", "ratified",
        By.OFFICIAL, Severity.HIGH, (said,),
    )  # fmt: skip


def digests(store: SqlStore, *routes: Route) -> Digests:
    return Digests(STORYLINE, store, lambda: routes)


def pending(store: SqlStore, now: datetime = NOW) -> list[Brief]:
    due = store.due_deliveries(now, 99)
    assert all(delivery.mention == "" for delivery in due)
    found = [store.notice(delivery.kind, delivery.subject) for delivery in due]
    assert all(isinstance(brief, Brief) for brief in found)
    return found


# --- when


def test_the_latest_time_is_the_one_on_the_clock_of_the_channel() -> None:
    assert last_slot(SEOUL, at("2024-10-18T08:59:59+09:00")) == at("2024-10-17T18:00+09:00")
    assert last_slot(SEOUL, at("2024-10-18T09:00+09:00")) == at("2024-10-18T09:00+09:00")


def test_days_without_a_digest_have_none() -> None:
    weekdays = replace(SEOUL, digest_days=(0, 1, 2, 3, 4))
    assert last_slot(weekdays, at("2024-10-20T20:00+09:00")) == at("2024-10-18T18:00+09:00")


def test_a_time_that_the_clocks_leave_out_is_told_once_by_the_clock_from_before() -> None:
    route = Route("desk", "slack", "C1", timezone="America/New_York", digest=(time(2, 30),))
    assert last_slot(route, at("2024-03-10T12:00-04:00")) == at("2024-03-10T03:30-04:00")


def test_a_time_that_comes_twice_is_told_the_first_time() -> None:
    route = Route("desk", "slack", "C1", timezone="America/New_York", digest=(time(1, 30),))
    assert last_slot(route, at("2024-11-03T12:00-05:00")) == at("2024-11-03T01:30-04:00")


@given(ZONES, MOMENTS, st.lists(st.times(), min_size=1, max_size=3), st.sets(st.integers(0, 6)))
def test_each_slot_of_each_wanted_day_comes_up_once_and_in_order(zone, start, times, days) -> None:
    clocks = tuple(t.replace(second=0, microsecond=0) for t in times)
    route = Route("desk", "slack", "C1", timezone=zone, digest=clocks, digest_days=tuple(days))
    mark, _ = settle(route, None, start)
    told = []
    for now in (start + n * timedelta(minutes=30) for n in range(24 * 2 * 9)):
        mark, slot = settle(route, mark, now)
        told += [slot] if slot else []
        assert slot is None or start < slot <= now
    assert told == sorted(set(told))
    wanted = {
        datetime.combine(start.astimezone(ZoneInfo(zone)).date() + timedelta(days=n), clock, ZoneInfo(zone))
        for n in range(-1, 10)
        for clock in clocks
    }
    wanted = {s.astimezone(UTC) for s in wanted if not days or s.weekday() in days}
    last = start + timedelta(days=9) - timedelta(minutes=30)
    # Several within one look are one digest: the last of them stands for all.
    assert set(told) <= wanted
    assert bool(told) == any(start < slot <= last for slot in wanted)


def test_a_route_that_begins_is_owed_nothing_for_the_times_before() -> None:
    mark, slot = settle(SEOUL, None, NOW)
    assert slot is None
    assert settle(SEOUL, mark, NOW + timedelta(minutes=1)) == (mark, None)


def test_another_plan_is_owed_nothing_for_its_times_before_and_begins_where_the_last_digest_ended() -> None:
    mark, _ = settle(SEOUL, None, NOW)
    changed = replace(SEOUL, digest=(time(20),))
    new, slot = settle(changed, mark, NOW + 2 * HOUR)
    assert slot is None
    assert new.since == mark.since
    assert settle(changed, new, at("2024-10-19T20:00+09:00"))[1] == at("2024-10-19T20:00+09:00")


def test_after_downtime_the_last_missed_time_alone_is_made_up_for() -> None:
    mark, _ = settle(SEOUL, None, NOW)
    mark, slot = settle(SEOUL, mark, NOW + timedelta(days=5))
    assert slot == at("2024-10-23T18:00+09:00")
    assert settle(SEOUL, mark, NOW + timedelta(days=5, minutes=1))[1] is None


def test_a_clock_that_was_years_ahead_holds_back_no_digest_once_it_is_right() -> None:
    mark, _ = settle(SEOUL, None, NOW)
    ahead, slot = settle(SEOUL, mark, NOW + timedelta(days=2000))
    assert slot is not None
    right, slot = settle(SEOUL, ahead, NOW + HOUR)
    assert slot is None
    assert right.since == NOW + HOUR
    assert settle(SEOUL, right, at("2024-10-19T09:00+09:00"))[1] == at("2024-10-19T09:00+09:00")


def test_a_clock_that_steps_back_over_the_time_of_a_digest_has_it_told_once() -> None:
    mark, _ = settle(SEOUL, None, NOW)
    morning = at("2024-10-19T09:00+09:00")
    mark, slot = settle(SEOUL, mark, morning)
    assert slot == morning
    mark, slot = settle(SEOUL, mark, morning - timedelta(seconds=2))
    assert slot is None
    assert settle(SEOUL, mark, morning + HOUR)[1] is None


def test_what_comes_after_a_clock_was_put_back_by_hours_stands_in_the_next_digest(store) -> None:
    owed = digests(store, SEOUL)
    owed.tell(NOW)
    real = at("2024-10-19T00:05+09:00")
    assert owed.tell(real + 9 * HOUR) == 1
    assert owed.due(real)
    owed.tell(real)
    assert not owed.due(real)
    with store.unit() as unit:
        unit.save_alert(an_alert("at night", real + HOUR))
    evening = at("2024-10-19T18:00+09:00")
    assert owed.tell(evening) == 1
    told = [alert.id for brief in pending(store, evening) for alert in brief.moved]
    assert told == ["at night"]


# --- what


def test_a_digest_tells_what_moved_since_the_last_one_and_wakes_nobody(store) -> None:
    owed = digests(store, SEOUL)
    assert owed.due(NOW)
    assert owed.tell(NOW) == 0
    assert not owed.due(NOW + HOUR)
    with store.unit() as unit:
        unit.save_alert(an_alert("before", NOW - HOUR))
        unit.save_alert(an_alert("since", NOW + HOUR))
    morning = at("2024-10-19T09:00+09:00")
    assert owed.due(morning)
    assert owed.tell(morning) == 1
    (brief,) = pending(store, morning)
    assert [alert.id for alert in brief.moved] == ["since"]
    assert (brief.since, brief.digest) == (NOW, morning)
    assert not owed.due(morning)


def test_a_digest_told_before_a_crash_is_not_told_again_after_it(store) -> None:
    digests(store, SEOUL).tell(NOW)
    morning = at("2024-10-19T09:00+09:00")
    assert digests(store, SEOUL).tell(morning) == 1
    assert digests(store, SEOUL).tell(morning + HOUR) == 0
    assert len(pending(store, morning)) == 1


def test_a_digest_holds_what_its_route_wants_to_hear_of(store) -> None:
    route = replace(SEOUL, tracks=("pact",), min_severity=Severity.HIGH, digest_only=True)
    digests(store, route).tell(NOW)
    with store.unit() as unit:
        unit.save_alert(an_alert("wanted", NOW + HOUR))
        unit.save_alert(replace(an_alert("light", NOW + HOUR), severity=Severity.MEDIUM))
        unit.save_alert(an_alert("signal", NOW + HOUR, state=AlertState.SIGNAL))
        unit.save_alert(an_alert("elsewhere", NOW + HOUR, track="moscow-tech"))
    morning = at("2024-10-19T09:00+09:00")
    digests(store, route).tell(morning)
    (brief,) = pending(store, morning)
    assert [alert.id for alert in brief.moved] == ["wanted"]
    assert brief.signals == ()


def test_a_signal_stands_in_every_digest_for_as_long_as_it_is_open(store) -> None:
    route = replace(SEOUL, signals=True, digest_empty=False)
    digests(store, route).tell(NOW)
    with store.unit() as unit:
        unit.save_alert(an_alert("open", NOW + HOUR, state=AlertState.SIGNAL))
    slots = [at(f"2024-10-{day}T{hour}:00+09:00") for day in (19, 20) for hour in ("09", "18")]
    for slot in slots:
        assert digests(store, route).tell(slot) == 1, slot
    told = sorted((brief.digest, brief.signals) for brief in pending(store, slots[-1]))
    assert [(slot, [alert.id for alert in signals]) for slot, signals in told] == [(slot, ["open"]) for slot in slots]
    with store.unit() as unit:
        unit.save_alert(replace(an_alert("open", NOW + HOUR, state=AlertState.EXPIRED), version=2))
    assert digests(store, route).tell(slots[-1] + 15 * HOUR) == 0


def later(alert: Alert, state: AlertState, when: datetime, **more) -> Alert:
    """Return the next version of an alert."""
    return replace(alert, version=alert.version + 1, state=state, at=when, event=AlertEventKind(state.value), **more)


def told_in(store: SqlStore, slot: datetime) -> list[tuple[list[str], list[str], list[str]]]:
    """Return what the digest of a slot says moved, is open, and has ended."""
    found = [brief for brief in pending(store, slot) if brief.digest == slot]
    return [tuple([a.id for a in part] for part in (brief.moved, brief.signals, brief.ended)) for brief in found]


MORNING, EVENING, NEXT = (at(f"2024-10-{slot}:00+09:00") for slot in ("19T09", "19T18", "20T09"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (AlertState.SIGNAL, AlertState.EXPIRED),
        (AlertState.SIGNAL, AlertState.WITHDRAWN),
        (AlertState.CONFIRMED, AlertState.WITHDRAWN),
    ],
)
def test_what_a_digest_told_and_has_ended_since_stands_in_the_next_one_and_in_no_other(store, before, after) -> None:
    owed = digests(store, replace(SEOUL, signals=True, digest_only=True, digest_empty=False))
    owed.tell(NOW)
    first = an_alert("told", NOW + HOUR, state=before)
    with store.unit() as unit:
        unit.save_alert(first)
    owed.tell(MORNING)
    with store.unit() as unit:
        # On lesser grounds it weighs less, and is news of what was told all the same.
        unit.save_alert(later(first, after, MORNING + HOUR, severity=Severity.LOW))
    assert owed.tell(EVENING) == 1
    assert told_in(store, EVENING) == [([], [], ["told"])]
    assert owed.tell(NEXT) == 0


def test_what_ended_before_any_digest_told_of_it_stands_in_none(store) -> None:
    owed = digests(store, replace(SEOUL, signals=True))
    owed.tell(NOW)
    first = an_alert("untold", NOW + HOUR, state=AlertState.SIGNAL)
    with store.unit() as unit:
        unit.save_alert(first)
        unit.save_alert(later(first, AlertState.WITHDRAWN, NOW + 2 * HOUR))
    owed.tell(MORNING)
    assert told_in(store, MORNING) == [([], [], [])]


@pytest.mark.parametrize("state", [AlertState.SIGNAL, AlertState.CONFIRMED])
def test_the_first_digest_of_a_channel_lists_no_end_of_what_it_was_never_told(store, state) -> None:
    before = an_alert("before", NOW - HOUR, state=state)
    with store.unit() as unit:
        unit.save_alert(before)
    owed = digests(store, replace(SEOUL, signals=True, digest_only=True))
    owed.tell(NOW)
    with store.unit() as unit:
        unit.save_alert(later(before, AlertState.WITHDRAWN, NOW + HOUR))
    owed.tell(MORNING)
    assert told_in(store, MORNING) == [([], [], [])]


def test_what_an_earlier_digest_than_the_last_told_and_has_ended_since_stands_in_the_next_one(store) -> None:
    owed = digests(store, replace(SEOUL, signals=True, digest_only=True))
    owed.tell(NOW)
    first = an_alert("told", NOW + HOUR)
    with store.unit() as unit:
        unit.save_alert(first)
    owed.tell(MORNING)
    owed.tell(EVENING)
    with store.unit() as unit:
        unit.save_alert(later(first, AlertState.WITHDRAWN, EVENING + HOUR))
    owed.tell(NEXT)
    assert (told_in(store, EVENING), told_in(store, NEXT)) == ([([], [], [])], [([], [], ["told"])])


def test_what_the_catch_up_told_and_has_ended_since_stands_in_the_next_digest(store) -> None:
    route = replace(SEOUL, signals=True, digest_only=True)
    owed = digests(store, route)
    owed.tell(NOW)
    first = an_alert("told", NOW + HOUR, state=AlertState.SIGNAL)
    caught_up = Brief("b1", NOW + 2 * HOUR, NOW, (), (), (first,), (), 1, catch_up=True)
    with store.unit() as unit:
        unit.save_alert(first)
        unit.save_brief(caught_up)
        unit.enqueue(NoticeKind.BRIEF, "b1", 1, [replace(route, mention="")], NOW + 2 * HOUR)
        unit.save_alert(later(first, AlertState.EXPIRED, NOW + 3 * HOUR))
    owed.tell(MORNING)
    assert told_in(store, MORNING) == [([], [], ["told"])]


def test_what_a_channels_briefs_told_is_read_once_however_much_has_ended(store, monkeypatch) -> None:
    asked = []
    told = StoredDoubts.briefs_told
    monkeypatch.setattr(StoredDoubts, "briefs_told", lambda *given: asked.append(given) or told(*given))
    digests(store, SEOUL).tell(NOW)
    with store.unit() as unit:
        for number in range(3):
            unit.save_alert(an_alert(f"over-{number}", NOW + HOUR, state=AlertState.EXPIRED))
    assert digests(store, SEOUL).tell(at("2024-10-19T09:00+09:00")) == 1
    assert len(asked) == 1


def test_what_a_channel_was_told_singly_and_has_ended_since_stands_in_its_first_digest(store) -> None:
    route = replace(SEOUL, signals=True, digest_only=True)
    first = an_alert("told", NOW - HOUR, state=AlertState.SIGNAL)
    with store.unit() as unit:
        unit.save_alert(first)
        unit.enqueue(NoticeKind.ALERT, "told", 1, [replace(route, mention="")], NOW - HOUR)
    (delivery,) = store.deliveries(NoticeKind.ALERT, "told")
    store.mark_sent([(delivery, 1)], "m1", NOW - HOUR)
    owed = digests(store, route)
    owed.tell(NOW)
    with store.unit() as unit:
        unit.save_alert(later(first, AlertState.EXPIRED, NOW + HOUR))
    owed.tell(MORNING)
    assert told_in(store, MORNING) == [([], [], ["told"])]


def test_a_channel_that_wants_no_signals_is_not_told_that_one_has_expired(store) -> None:
    owed = digests(store, SEOUL)
    owed.tell(NOW)
    first = an_alert("signal", NOW + HOUR, state=AlertState.SIGNAL)
    with store.unit() as unit:
        unit.save_alert(first)
    owed.tell(MORNING)
    with store.unit() as unit:
        unit.save_alert(later(first, AlertState.EXPIRED, MORNING + HOUR))
    owed.tell(EVENING)
    assert told_in(store, EVENING) == [([], [], [])]


def test_what_ended_while_the_last_digest_was_made_stands_in_the_next_one(store) -> None:
    owed = digests(store, replace(SEOUL, signals=True))
    owed.tell(NOW)
    first = an_alert("told", NOW + HOUR, state=AlertState.SIGNAL)
    with store.unit() as unit:
        unit.save_alert(first)
    owed.tell(MORNING)
    with store.unit() as unit:
        # An alert bears the time of its poll, and is stored a while after it.
        unit.save_alert(later(first, AlertState.EXPIRED, MORNING - timedelta(minutes=1)))
    owed.tell(EVENING)
    owed.tell(NEXT)
    assert (told_in(store, EVENING), told_in(store, NEXT)) == ([([], [], ["told"])], [([], [], [])])


@pytest.mark.parametrize("state", [AlertState.CONFIRMED, AlertState.DISPUTED])
def test_an_alert_that_changed_and_then_grew_between_two_digests_stands_in_the_later_one(store, state) -> None:
    was = AlertState.SIGNAL if state is AlertState.CONFIRMED else AlertState.CONFIRMED
    owed = digests(store, replace(SEOUL, signals=True))
    owed.tell(NOW)
    first = an_alert("told", NOW + HOUR, state=was)
    with store.unit() as unit:
        unit.save_alert(first)
        unit.save_standing(Standing("pact", "russia", deed=Position("ratified", NOW - HOUR)))
    owed.tell(MORNING)
    changed = later(first, state, MORNING + HOUR)
    grown = replace(changed, version=3, at=MORNING + 2 * HOUR, event=AlertEventKind.UPDATED)
    with store.unit() as unit:
        unit.save_alert(changed)
        unit.save_alert(grown)
    owed.tell(EVENING)
    owed.tell(NEXT)
    assert (told_in(store, EVENING), told_in(store, NEXT)) == ([(["told"], [], [])], [([], [], [])])


@pytest.mark.parametrize(("wanted", "told"), [(True, 1), (False, 0)])
def test_a_digest_of_nothing_is_told_unless_the_route_wants_none(store, wanted: bool, told: int) -> None:
    route = replace(SEOUL, digest_empty=wanted)
    digests(store, route).tell(NOW)
    with store.unit() as unit:
        unit.save_standing(Standing("pact", "russia", deed=Position("signed", NOW)))
    morning = at("2024-10-19T09:00+09:00")
    assert digests(store, route).tell(morning) == told
    assert [(brief.moved, brief.standings) for brief in pending(store, morning)] == [((), ())] * told
    assert not digests(store, route).tell(morning)


def test_each_route_has_its_own_digests(store) -> None:
    other = replace(SEOUL, name="night", channel="C2", digest=(time(21),))
    digests(store, SEOUL, other, replace(SEOUL, name="none", digest=())).tell(NOW)
    evening = at("2024-10-19T21:00+09:00")
    assert digests(store, SEOUL, other).tell(evening) == 2
    assert {store.notice(NoticeKind.BRIEF, d.subject).digest for d in store.due_deliveries(evening, 9)} == {
        at("2024-10-19T18:00+09:00"),
        evening,
    }
