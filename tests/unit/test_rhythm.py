"""When is a source polled next?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Entry, Poll, PollState, Source, Tier, Wishes
from bot.errors import FetchError, NotAFeedError, SourceGoneError, WorkerError
from bot.rhythm import (
    CEILING,
    HOT,
    SPREAD,
    after_failure,
    after_success,
    allowed,
    hastened,
    interval,
    postponed,
    rhythm,
    spoke,
)

NOW = datetime(2024, 6, 20, 12, tzinfo=UTC)
SOURCE = Source("s", "S", "http://s.example/feed", "rss", "en", "S", "s", Tier.OUTLET, interval=600)
STATE = PollState(next_due=NOW, etag='W/"1"', last_modified="Thu, 20 Jun 2024 11:00:00 GMT", baselined=True)


def test_a_source_whose_rhythm_is_not_known_keeps_its_interval() -> None:
    state = after_success(SOURCE, Poll((), STATE, changed=False), NOW, new_items=False, jitter=0)
    assert state.next_due == NOW + timedelta(seconds=600)
    assert state.last_success == NOW


def test_a_first_poll_makes_the_source_baselined() -> None:
    fresh = PollState(next_due=NOW)
    assert after_success(SOURCE, Poll((), fresh, changed=True), NOW, new_items=True, jitter=0).baselined


def test_only_a_new_item_moves_the_time_of_the_last_item() -> None:
    poll = Poll((), STATE, changed=True)
    assert after_success(SOURCE, poll, NOW, new_items=False, jitter=0).last_new_item is None
    assert after_success(SOURCE, poll, NOW, new_items=True, jitter=0).last_new_item == NOW


def test_once_a_day_a_source_that_says_not_modified_is_asked_for_all_of_it() -> None:
    """A server whose validators never change says so whatever it prints."""
    state, asked = replace(STATE, last_success=NOW), []
    for hour in range(1, 4 * 24):
        now = NOW + timedelta(hours=hour)
        state = after_success(SOURCE, Poll((), state, changed=False), now, new_items=False, jitter=0)
        asked += [now] if not (state.etag or state.last_modified) else []
        state = replace(state, etag=STATE.etag, last_modified=STATE.last_modified)
    assert [later - earlier for earlier, later in pairwise(asked)] == [timedelta(days=1)] * 3


def test_sources_are_asked_for_all_of_it_at_different_hours_and_not_where_they_print() -> None:
    hours = set()
    for number in range(20):
        source = replace(SOURCE, key=f"s{number}")
        for hour in range(24):
            before = replace(STATE, last_success=NOW + timedelta(hours=hour))
            now = NOW + timedelta(hours=hour + 1)
            printed = after_success(source, Poll((), before, changed=True), now, new_items=True, jitter=0)
            assert printed.etag == STATE.etag
            if not after_success(source, Poll((), before, changed=False), now, new_items=False, jitter=0).etag:
                hours.add(hour)
    assert len(hours) > 5


def test_success_forgets_the_failures_before_it() -> None:
    failed = after_failure(SOURCE, STATE, FetchError("timed out"), NOW, jitter=0)
    well = after_success(SOURCE, Poll((), failed, changed=False), NOW, new_items=False, jitter=0)
    assert (well.failures, well.last_error) == (0, "")


def test_each_failure_doubles_the_wait() -> None:
    daily = replace(STATE, gap=86_400.0)
    first = after_failure(SOURCE, daily, FetchError("timed out"), NOW, jitter=0)
    second = after_failure(SOURCE, first, FetchError("timed out"), NOW, jitter=0)
    assert first.next_due - NOW == timedelta(seconds=1200)
    assert second.next_due - NOW == 2 * (first.next_due - NOW)


def test_a_failure_keeps_the_validators_and_the_baseline() -> None:
    failed = after_failure(SOURCE, STATE, NotAFeedError("a web page"), NOW, jitter=0)
    assert (failed.etag, failed.last_modified, failed.baselined) == (STATE.etag, STATE.last_modified, True)
    assert failed.last_error == "a web page"


def test_a_pause_that_the_source_asks_for_is_given() -> None:
    asked = FetchError("429", retry_after=24 * 3600)
    assert after_failure(SOURCE, STATE, asked, NOW, jitter=0).next_due == NOW + timedelta(days=1)


def test_a_source_that_says_it_is_gone_stays_gone() -> None:
    gone = after_failure(SOURCE, STATE, SourceGoneError("410"), NOW, jitter=0)
    assert gone.gone
    assert after_failure(SOURCE, gone, FetchError("timed out"), NOW, jitter=0).gone


@given(failures=st.integers(0, 10_000), jitter=st.floats(0, 1), interval=st.integers(60, 86_400))
def test_the_wait_stays_between_the_interval_and_the_ceiling(failures: int, jitter: float, interval: int) -> None:
    source = Source("s", "S", "http://s.example/feed", "rss", "en", "S", "s", Tier.OUTLET, interval=interval)
    state = PollState(next_due=NOW, failures=failures)
    wait = after_failure(source, state, FetchError("timed out"), NOW, jitter=jitter).next_due - NOW
    assert min(timedelta(seconds=interval), CEILING) <= wait <= CEILING * (1 + SPREAD)


def test_a_source_that_flaps_is_asked_often_enough_to_miss_none_of_what_it_prints_meanwhile() -> None:
    now, state = NOW, replace(STATE, gap=1800.0, last_success=NOW)
    tries = 0
    while now - NOW < timedelta(hours=10):  # twenty items' time
        state = after_failure(SOURCE, state, FetchError("503"), now, jitter=1)
        now = state.next_due
        tries += 1
    assert tries >= 8, "of 30 % that fail, 0.3 to this power costs an item"
    assert after_failure(SOURCE, state, FetchError("503"), now, jitter=0).next_due - now == CEILING


def test_a_busy_source_that_fails_is_tried_again_by_its_own_rhythm_while_there_is_something_to_catch() -> None:
    busy = replace(STATE, gap=30.0, last_success=NOW)
    first = after_failure(SOURCE, busy, FetchError("503"), NOW, jitter=0)
    second = after_failure(SOURCE, first, FetchError("503"), first.next_due, jitter=0)
    assert first.next_due - NOW == timedelta(minutes=5) == second.next_due - first.next_due
    third = after_failure(SOURCE, second, FetchError("503"), NOW + timedelta(minutes=11), jitter=0)
    assert third.next_due - NOW == timedelta(minutes=11 + 20)


def test_a_source_that_never_answered_yet_is_tried_as_often_as_it_prints_for_all_that_is_known() -> None:
    state = first = after_failure(SOURCE, PollState(next_due=NOW), FetchError("503"), NOW, jitter=0)
    for _ in range(5):
        state = after_failure(SOURCE, state, FetchError("503"), state.next_due, jitter=0)
    assert state.next_due - NOW == 6 * (first.next_due - NOW) == timedelta(hours=2)


def test_the_first_failure_of_a_new_source_is_when_it_began_to_be_watched() -> None:
    fresh = PollState(next_due=NOW)
    first = after_failure(SOURCE, fresh, FetchError("timed out"), NOW, jitter=0)
    later = after_failure(SOURCE, first, FetchError("timed out"), NOW + timedelta(hours=3), jitter=0)
    assert (first.first_tried, later.first_tried) == (NOW, NOW)


def feed(*hours_ago: float) -> Poll:
    """A poll that brought items of these ages."""
    entries = tuple(Entry(str(h), "", "t", "x", NOW - timedelta(hours=h)) for h in sorted(hours_ago, reverse=True))
    return Poll(entries, STATE, changed=True)


def test_a_busy_source_is_polled_oftener_and_a_slow_one_seldomer() -> None:
    busy = after_success(SOURCE, feed(0, 0.1, 0.2, 0.3, 0.4), NOW, new_items=True, jitter=0)
    slow = after_success(SOURCE, feed(0, 24, 48, 72, 96), NOW, new_items=True, jitter=0)
    assert busy.next_due - NOW == timedelta(seconds=180)
    assert slow.next_due - NOW == timedelta(seconds=4 * SOURCE.interval)


@given(st.floats(0, 10**9), st.integers(30, 86_400))
def test_every_interval_lies_between_the_floor_and_the_ceiling(gap: float, seconds: int) -> None:
    source = replace(SOURCE, interval=seconds)
    wait = interval(source, replace(STATE, gap=gap), NOW).total_seconds()
    assert min(seconds, 60, seconds / 4) <= wait <= seconds * 4


def test_a_rhythm_is_learned_from_four_dated_items_on() -> None:
    assert rhythm(feed(1, 2, 3).entries, NOW) == (0.0, 0.0)
    assert rhythm(feed(1, 2, 3, 7).entries, NOW) == (7200.0, 14_400.0)


YEAR = 365 * 24.0


@pytest.mark.parametrize("odd", [(5 * YEAR,), (-14 * YEAR,), (-1, 5 * YEAR, 5 * YEAR + 1, 9 * YEAR)])
def test_what_is_pinned_or_dated_to_come_hides_neither_the_rhythm_nor_the_silence(odd: tuple[float, ...]) -> None:
    poll = feed(0, 1, 2, 3, 7, *odd)
    state = after_success(SOURCE, poll, NOW, new_items=True, jitter=0)
    assert (state.gap, state.longest_gap) == (6300.0, 14_400.0)
    nothing = Poll((), state, changed=False)
    assert after_success(SOURCE, nothing, NOW + timedelta(days=4), new_items=False, jitter=0).quiet


@given(
    recent=st.lists(st.floats(0, 30 * 24), min_size=4, max_size=30),
    pinned=st.lists(st.floats(0, 30 * YEAR), max_size=3),
    to_come=st.lists(st.floats(-30 * YEAR, -0.001), max_size=3),
)
def test_the_rhythm_is_that_of_what_was_printed_of_late(
    recent: list[float], pinned: list[float], to_come: list[float]
) -> None:
    long_ago = [max(recent) + 301 * 24 + age for age in pinned]
    assert rhythm(feed(*recent, *long_ago, *to_come).entries, NOW) == rhythm(feed(*recent).entries, NOW)


def test_a_pause_is_no_sign_of_something_pinned_unless_it_is_out_of_all_proportion() -> None:
    day = 24.0
    assert rhythm(feed(0, day, 2 * day, 5 * day, 65 * day).entries, NOW)[1] == 60 * day * 3600
    assert rhythm(feed(0, day, 2 * day, 7 * day, 77 * day).entries, NOW)[1] == 70 * day * 3600
    assert rhythm(feed(0, day, 2 * day, 7 * day, 78 * day).entries, NOW)[1] == 5 * day * 3600


def test_a_feed_that_prints_some_items_each_quarter_pauses_for_a_quarter() -> None:
    quarter = 91 * 24.0
    bursts = [number * quarter + hour for number in range(5) for hour in range(4)]
    assert rhythm(feed(*bursts).entries, NOW)[1] == (quarter - 3) * 3600


@pytest.mark.parametrize("printed", [(0, 1, 2, 3, 4, 5), (0, 0, 1, 1, 2, 2), (0, 0, 0, 5)])
def test_a_feed_that_seldom_prints_has_a_rhythm_and_nothing_pinned(printed: tuple[int, ...]) -> None:
    halves = [n * YEAR / 2 for n in printed]
    longest = max(later - earlier for earlier, later in pairwise(halves))
    assert rhythm(feed(*halves).entries, NOW) == (max(halves) * 3600 / (len(halves) - 1), longest * 3600)


def test_a_poll_without_entries_keeps_the_rhythm() -> None:
    known = replace(STATE, gap=900.0, longest_gap=4000.0)
    after = after_success(SOURCE, Poll((), known, changed=False), NOW, new_items=False, jitter=0)
    assert (after.gap, after.longest_gap) == (900.0, 4000.0)


def test_what_carries_an_alert_is_polled_at_its_floor_for_a_while() -> None:
    hot = hastened(SOURCE, STATE, NOW)
    assert hot.next_due - NOW == timedelta(seconds=150)
    assert interval(SOURCE, hot, NOW + HOT) == timedelta(seconds=600)


def test_haste_never_goes_before_what_the_publisher_allows() -> None:
    asked = replace(STATE, wishes=Wishes(least=1800))
    assert hastened(SOURCE, asked, NOW).next_due == NOW + timedelta(seconds=1800)
    fresh = replace(STATE, fresh_until=NOW + timedelta(hours=2))
    assert hastened(SOURCE, fresh, NOW).next_due == NOW + timedelta(hours=2)


def test_hours_and_days_that_a_feed_skips_are_waited_out() -> None:
    skips = replace(STATE, wishes=Wishes(skip_hours=(12, 13), skip_days=(3,)))  # NOW is a Thursday, 12:00
    assert allowed(skips, NOW, NOW) == datetime(2024, 6, 21, tzinfo=UTC)
    assert allowed(replace(skips, wishes=Wishes(skip_hours=(12, 13))), NOW, NOW) == NOW.replace(hour=14)


@given(st.sets(st.integers(0, 23)), st.sets(st.integers(0, 6)), st.integers(0, 86_400))
def test_no_wish_holds_for_ever(hours: set[int], days: set[int], least: int) -> None:
    state = replace(STATE, wishes=Wishes(least, tuple(hours), tuple(days)))
    moment = allowed(state, NOW, NOW)
    assert NOW + timedelta(seconds=least) <= moment <= NOW + timedelta(days=10)


def test_a_retry_after_a_failure_keeps_to_the_hours_too() -> None:
    skips = replace(STATE, wishes=Wishes(skip_hours=(12,)))
    assert after_failure(SOURCE, skips, FetchError("timed out"), NOW, jitter=0).next_due == NOW.replace(hour=13)


def test_a_source_that_used_to_speak_falls_silent_by_its_own_rhythm() -> None:
    daily = replace(STATE, last_new_item=NOW, gap=43_200.0, longest_gap=2 * 86_400.0)
    nothing = Poll((), daily, changed=False)
    assert not after_success(SOURCE, nothing, NOW + timedelta(days=7), new_items=False, jitter=0).quiet
    assert after_success(SOURCE, nothing, NOW + timedelta(days=9), new_items=False, jitter=0).quiet


def test_a_source_that_dates_nothing_falls_silent_by_the_pauses_that_were_seen() -> None:
    undated = Poll((Entry("1", "", "t", "x"),), replace(STATE, last_new_item=NOW - timedelta(days=2)), changed=True)
    state = after_success(SOURCE, undated, NOW, new_items=True, jitter=0)
    assert state.longest_gap == 2 * 86_400
    again = Poll((), state, changed=False)
    assert not after_success(SOURCE, again, NOW + timedelta(days=7), new_items=False, jitter=0).quiet
    assert after_success(SOURCE, again, NOW + timedelta(days=9), new_items=False, jitter=0).quiet


def test_a_new_item_ends_the_silence() -> None:
    quiet = replace(STATE, last_new_item=NOW - timedelta(days=60), longest_gap=86_400.0, quiet=True)
    assert not after_success(SOURCE, Poll((), quiet, changed=True), NOW, new_items=True, jitter=0).quiet


@pytest.mark.parametrize(
    ("last", "new", "elsewhere", "told"),
    [
        (NOW, 1, None, True),
        (NOW, 0, None, False),
        (NOW, 0, NOW + timedelta(seconds=1), True),
        (NOW, 0, NOW, False),
        (NOW, 1, NOW - timedelta(days=9), True),
        (None, 0, NOW, True),
        (None, 0, None, False),
    ],
)
def test_a_source_speaks_by_what_is_new_or_dated_after_it_spoke_last(
    last: datetime | None, new: int, elsewhere: datetime | None, told: bool
) -> None:
    assert spoke(replace(STATE, last_new_item=last), new, elsewhere) is told


def test_a_feed_that_kills_three_workers_running_is_quarantined() -> None:
    state = STATE
    for _ in range(3):
        assert not state.retired
        state = after_failure(SOURCE, state, WorkerError("died", killed=True), NOW, jitter=0)
    assert state.quarantined
    assert state.retired


def test_a_worker_that_did_not_die_of_it_is_no_strike_and_success_forgets_them() -> None:
    state = after_failure(SOURCE, replace(STATE, strikes=2), WorkerError("cannot be read"), NOW, jitter=0)
    assert state.strikes == 2
    assert after_success(SOURCE, Poll((), state, changed=True), NOW, new_items=False, jitter=0).strikes == 0


def test_a_poll_that_comes_late_into_a_skipped_hour_is_put_off() -> None:
    due = replace(STATE, next_due=NOW - timedelta(seconds=1), wishes=Wishes(least=1800, skip_hours=(12,)))
    later = postponed(due, NOW)
    assert later is not None
    assert later.next_due == NOW.replace(hour=13)
    assert postponed(due, NOW - timedelta(seconds=1)) is None
