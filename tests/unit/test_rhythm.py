"""When is a source polled next?"""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Poll, PollState, Source, Tier
from bot.errors import FetchError, NotAFeedError, SourceGoneError
from bot.rhythm import CEILING, SPREAD, after_failure, after_success

NOW = datetime(2024, 6, 20, 12, tzinfo=UTC)
SOURCE = Source("s", "S", "http://s.example/feed", "rss", "en", "S", "s", Tier.OUTLET, interval=600)
STATE = PollState(next_due=NOW, etag='W/"1"', last_modified="Thu, 20 Jun 2024 11:00:00 GMT", baselined=True)


def test_a_source_that_is_well_keeps_its_interval() -> None:
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


def test_success_forgets_the_failures_before_it() -> None:
    failed = after_failure(SOURCE, STATE, FetchError("timed out"), NOW, jitter=0)
    well = after_success(SOURCE, Poll((), failed, changed=False), NOW, new_items=False, jitter=0)
    assert (well.failures, well.last_error) == (0, "")


def test_each_failure_doubles_the_wait() -> None:
    first = after_failure(SOURCE, STATE, FetchError("timed out"), NOW, jitter=0)
    second = after_failure(SOURCE, first, FetchError("timed out"), NOW, jitter=0)
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
