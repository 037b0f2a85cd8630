"""Does every store remember what was begun, so that it can be finished once, whoever was killed meanwhile?

The part of bot.ports.Store that is bot.ports.StoreDoubts, on every database that is at hand (`store_url`).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    By,
    Delivery,
    DeliveryState,
    News,
    NoticeKind,
    Register,
    Route,
    Severity,
)
from bot.ports import Store
from bot.store import open_store

NOON = datetime(2024, 10, 18, 12, 0, 0, 123456, tzinfo=UTC)
LEASE = timedelta(seconds=90)
LATE = timedelta(seconds=30)
ROUTE = Route("desk", "slack", "C1", mention="@desk", language="ko", timezone="Asia/Seoul")
SIGNAL = Alert(
    "a1", 1, AlertState.SIGNAL, AlertEventKind.POSTED, NOON, NOON, "pyongyang-war", "north-korea", Register.DEED,
    "arming", "deploying", By.REPORTED, Severity.HIGH, (),
)  # fmt: skip
CONFIRMED = replace(SIGNAL, version=2, state=AlertState.CONFIRMED)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = open_store(store_url)
    yield store
    store.close()


def asked(store: Store, *names: str, version: int = 1) -> list[Delivery]:
    """Ask for briefs in one channel; return their deliveries."""
    with store.unit() as unit:
        for name in names:
            unit.save_brief(Brief(name, NOON, NOON, (), version=version))
            unit.enqueue(NoticeKind.BRIEF, name, version, [ROUTE], NOON)
    return [of(store, name) for name in names]


def of(store: Store, name: str) -> Delivery:
    return store.deliveries(NoticeKind.BRIEF, name)[0]


def claimed(store: Store, *names: str) -> list[Delivery]:
    """Ask for briefs and claim them for one message."""
    posts = asked(store, *names)
    assert store.doubts.claim([(one, one.wanted) for one in posts], NOON, NOON + LEASE)
    return [of(store, name) for name in names]


# --- a claim


def test_claim_says_since_when_until_when_under_whose_name_and_in_which_version(store: Store) -> None:
    first, second = claimed(store, "b1", "b2")
    for one in (first, second):
        assert (one.tried, one.unsure_until, one.due) == (NOON, NOON + LEASE, NOON + LEASE)
        assert (one.key, one.showing, one.state) == (first.id, 1, DeliveryState.PENDING)


def test_what_is_claimed_is_not_due_before_its_lease_ends(store: Store) -> None:
    claimed(store, "b1")
    assert store.due_deliveries(NOON + LEASE - LATE, 10) == ()
    assert len(store.due_deliveries(NOON + LEASE, 10)) == 1


def test_of_many_who_claim_at_once_one_gets_it(store: Store) -> None:
    (seen,) = asked(store, "b1")
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda _: store.doubts.claim([(seen, 1)], NOON, NOON + LEASE), range(8)))
    assert won.count(True) == 1


def test_claim_that_was_let_go_can_be_made_by_whoever_has_seen_that(store: Store) -> None:
    (seen,) = asked(store, "b1")
    (before,) = claimed(store, "b1")
    assert not store.doubts.claim([(seen, 1)], NOON + LATE, NOON + LEASE)
    assert store.doubts.claim([(before, 1)], NOON + LATE, NOON + LATE + LEASE)
    assert of(store, "b1").tried == NOON + LATE


def test_all_of_a_message_are_claimed_or_none(store: Store) -> None:
    one, other = asked(store, "b1", "b2")
    store.mark_sent([(other, 1)], "C1/7", NOON)
    assert not store.doubts.claim([(one, 1), (other, 1)], NOON, NOON + LEASE)
    assert (of(store, "b1").tried, of(store, "b1").key) == (None, 0)


def test_what_is_shown_is_claimed_by_nobody(store: Store) -> None:
    (one,) = asked(store, "b1")
    store.mark_sent([(one, 1)], "C1/7", NOON)
    asked(store, "b1", version=2)
    assert not store.doubts.claim([(of(store, "b1"), 2)], NOON, NOON + LEASE)


# --- what lets go of a claim, and what does not


def sure(delivery: Delivery) -> bool:
    return (delivery.tried, delivery.key, delivery.unsure_until, delivery.showing) == (None, 0, None, 0)


def test_record_of_the_message_ends_the_doubt(store: Store) -> None:
    first, second = claimed(store, "b1", "b2")
    store.mark_sent([(first, 1), (second, 1)], "C1/7", NOON + LATE, look=NOON + LEASE)
    assert sure(of(store, "b1"))
    assert sure(of(store, "b2"))
    assert (of(store, "b1").look, of(store, "b2").look) == (NOON + LEASE, None)


def test_refused_try_ends_the_doubt_of_all_that_were_tried_with_it(store: Store) -> None:
    first, _ = claimed(store, "b1", "b2")
    store.mark_retry(first, NOON + LATE, "429", hold=False)
    for name in ("b1", "b2"):
        assert sure(of(store, name))
        assert of(store, name).due == NOON + LATE
    assert (of(store, "b1").attempts, of(store, "b2").attempts) == (1, 0)


def test_try_without_an_answer_stays_in_doubt_until_it_can_no_longer_show_up(store: Store) -> None:
    first, _ = claimed(store, "b1", "b2")
    store.mark_retry(first, NOON + timedelta(seconds=2), "no answer", hold=False, unsure=NOON + LATE)
    for name in ("b1", "b2"):
        one = of(store, name)
        assert (one.tried, one.key, one.unsure_until, one.showing) == (NOON, first.id, NOON + LATE, 1)
        assert one.due == NOON + timedelta(seconds=2)


def test_try_that_failed_for_good_lets_the_others_be_tried_at_once(store: Store) -> None:
    first, _ = claimed(store, "b1", "b2")
    store.mark_failed(first, "refused")
    assert (of(store, "b1").state, of(store, "b2").state) == (DeliveryState.FAILED, DeliveryState.PENDING)
    assert sure(of(store, "b1"))
    assert sure(of(store, "b2"))


def test_needless_version_ends_the_doubt(store: Store) -> None:
    (first,) = claimed(store, "b1")
    store.mark_needless(first, 1, "over")
    assert sure(of(store, "b1"))


def test_what_is_not_seen_is_looked_for_again_and_stays_in_doubt(store: Store) -> None:
    posts = claimed(store, "b1", "b2")
    store.doubts.unseen(posts, NOON + LATE)
    for name in ("b1", "b2"):
        assert (of(store, name).due, of(store, name).tried) == (NOON + LATE, NOON)


def test_doubt_survives_closing_and_opening_again(store_url: str) -> None:
    store = open_store(store_url)
    (before,) = claimed(store, "b1")
    store.close()
    store = open_store(store_url)
    assert of(store, "b1") == before
    store.close()


# --- a start


@pytest.mark.parametrize(
    ("until", "left"), [(NOON + LATE, NOON + LATE), (NOON + 2 * LEASE, NOON + LEASE), (None, NOON + LEASE)]
)
def test_start_lets_what_was_left_be_looked_for_at_once_and_never_lengthens_the_wait(
    store: Store, until: datetime | None, left: datetime
) -> None:
    claimed(store, "b1")
    (waiting,) = asked(store, "b2")
    store.mark_retry(waiting, NOON + LEASE, "429", hold=False)
    now = NOON + timedelta(seconds=1)
    store.doubts.resume(now, until)
    assert (of(store, "b1").due, of(store, "b1").unsure_until) == (now, left)
    assert of(store, "b2").due == NOON + LEASE, "what is in no doubt keeps its wait"


# --- what was found, what joins, what cannot


def test_found_message_shows_what_it_was_posted_with_and_is_looked_through_later(store: Store) -> None:
    posts = claimed(store, "b1", "b2")
    asked(store, "b2", version=2)
    store.doubts.found(posts, "C1/7", NOON + LATE, NOON + LEASE)
    first, second = of(store, "b1"), of(store, "b2")
    for one in (first, second):
        assert sure(one)
        assert (one.ref, one.posted, one.due, one.sent) == ("C1/7", NOON + LATE, NOON + LATE, 1)
        assert one.state is DeliveryState.PENDING, "an edit brings it up to date"
    assert (first.look, second.look) == (NOON + LEASE, None)


def test_found_message_shows_all_that_was_posted_in_it_and_nothing_else(store: Store) -> None:
    first, _ = claimed(store, "b1", "b2")
    claimed(store, "b3")
    store.doubts.found([first], "C1/7", NOON + LATE, NOON + LEASE)
    assert [of(store, name).ref for name in ("b1", "b2", "b3")] == ["C1/7", "C1/7", ""]


def test_what_joins_a_message_is_not_shown_in_it_yet_even_after_a_doubt(store: Store) -> None:
    (one,) = claimed(store, "b1")
    store.doubts.joining(one, 1, "C1/7", NOON + LATE)
    joined = of(store, "b1")
    assert (joined.tried, joined.key, joined.unsure_until) == (None, 0, None)
    assert joined.showing == 1, "the edit may have been seen although nobody could record it"
    assert (joined.ref, joined.posted, joined.due, joined.sent) == ("C1/7", NOON + LATE, NOON + LATE, 0)


def test_what_cannot_be_shown_by_a_message_needs_one_of_its_own(store: Store) -> None:
    (one,) = asked(store, "b1")
    store.doubts.joining(one, 1, "C1/7", NOON)
    store.doubts.apart([of(store, "b1")], NOON + LATE)
    alone = of(store, "b1")
    assert (alone.ref, alone.posted, alone.due, alone.attempts) == ("", None, NOON + LATE, 1)


# --- surplus copies


def test_channels_are_looked_through_when_due_the_longest_due_first(store: Store) -> None:
    for name, look in (("b1", NOON + LEASE), ("b2", NOON + LATE), ("b3", None)):
        (one,) = asked(store, name)
        store.mark_sent([(one, 1)], f"C1/{name}", NOON, look=look)
    assert store.doubts.to_look_at(NOON, 10) == ()
    assert [one.subject for one in store.doubts.to_look_at(NOON + LEASE, 10)] == ["b2", "b1"]
    assert [one.subject for one in store.doubts.to_look_at(NOON + LEASE, 1)] == ["b2"]
    first, second = store.doubts.to_look_at(NOON + LEASE, 10)
    store.doubts.looked(first, None)
    store.doubts.looked(second, NOON + 2 * LEASE)
    assert store.doubts.to_look_at(NOON + LEASE, 10) == ()
    assert [one.subject for one in store.doubts.to_look_at(NOON + 2 * LEASE, 10)] == ["b1"]


# --- what is owed


def test_what_is_owed_is_owed_until_it_is_done_and_through_a_restart(store_url: str) -> None:
    store = open_store(store_url)
    assert not store.doubts.owes("catch-up")
    store.doubts.owe("catch-up", NOON)
    store.doubts.owe("catch-up", NOON + LATE)
    store.close()
    store = open_store(store_url)
    assert store.doubts.owes("catch-up")
    assert not store.doubts.owes("another")
    with store.unit() as unit:
        unit.done("catch-up")
    assert not store.doubts.owes("catch-up")
    store.close()


def test_what_is_done_in_a_unit_that_fails_is_still_owed(store: Store) -> None:
    store.doubts.owe("catch-up", NOON)
    with suppress(RuntimeError), store.unit() as unit:
        unit.done("catch-up")
        raise RuntimeError
    assert store.doubts.owes("catch-up")


# --- what a thread is told


def shown_with_news(store: Store) -> Delivery:
    """Show an alert in two versions, the second with news of it; return the delivery of the news."""
    for alert in (SIGNAL, CONFIRMED):
        with store.unit() as unit:
            unit.save_alert(alert)
            unit.enqueue(NoticeKind.ALERT, "a1", alert.version, [ROUTE], NOON)
    (delivery,) = store.deliveries(NoticeKind.ALERT, "a1")
    news = News(CONFIRMED, AlertState.SIGNAL, "@night", known=1)
    for _ in range(2):
        store.mark_sent([(delivery, 2)], "C1/7", NOON + LATE, news=[(delivery, news)])
    (line,) = store.deliveries(NoticeKind.NEWS, news.id)
    return line


def test_what_a_thread_is_told_is_due_with_the_record_of_the_edit_once_however_often_that_is_made(
    store: Store,
) -> None:
    line = shown_with_news(store)
    assert (line.thread, line.ref, line.wanted, line.sent, line.due) == ("C1/7", "", 2, 0, NOON + LATE)
    assert (line.platform, line.channel, line.route, line.mention) == ("slack", "C1", "desk", "@night")
    assert (line.language, line.timezone, line.state) == ("ko", "Asia/Seoul", DeliveryState.PENDING)
    assert store.due_deliveries(NOON + LATE, 10) == (line,)


def test_what_a_thread_is_still_to_be_told_is_unsaid_while_it_is_held_and_has_not_been_tried(store: Store) -> None:
    line = shown_with_news(store)
    (shown,) = store.deliveries(NoticeKind.ALERT, "a1")
    assert store.doubts.unsaid(shown) == ()
    store.mark_held(line, NOON + 2 * LATE, "quiet hours")
    assert store.doubts.unsaid(shown) == (line.subject,)
    assert store.doubts.unsaid(replace(shown, subject="a")) == store.doubts.unsaid(replace(shown, channel="C2")) == ()
    (held,) = store.deliveries(NoticeKind.NEWS, line.subject)
    assert store.doubts.claim([(held, 2)], NOON + 2 * LATE, NOON + 3 * LATE)
    assert store.doubts.unsaid(shown) == ()


def test_news_comes_back_as_the_step_between_two_versions(store: Store) -> None:
    line = shown_with_news(store)
    assert store.notice(NoticeKind.NEWS, line.subject) == News(CONFIRMED, AlertState.SIGNAL, known=1)


@pytest.mark.parametrize("unknown", ["a1/1-9", "a1/9-2", "a2/1-2", "a1", "a1/x-y", ""])
def test_news_of_no_step_is_a_key_error(store: Store, unknown: str) -> None:
    shown_with_news(store)
    with pytest.raises(KeyError, match="no news"):
        store.notice(NoticeKind.NEWS, unknown)


def test_line_in_a_thread_is_no_part_of_the_message_that_it_hangs_below(store: Store) -> None:
    line = shown_with_news(store)
    store.mark_sent([(line, 2)], "C1/8", NOON + LEASE)
    (alert,) = store.deliveries(NoticeKind.ALERT, "a1")
    assert store.message(alert) == (alert,)
    assert store.last_message("slack", "C1", NOON) == (alert,)
