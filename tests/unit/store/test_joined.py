"""Is it remembered what a message may show already of an alert that is edited into it?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import Delivery, NoticeKind, Route
from bot.store import SqlStore

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)


@pytest.fixture
def joins(store: SqlStore) -> Delivery:
    with store.unit() as unit:
        unit.enqueue(NoticeKind.ALERT, "b", 1, [Route("desk", "slack", "c1")], NOON)
    (waits,) = store.deliveries(NoticeKind.ALERT, "b")
    store.doubts.joining(waits, 1, "c1/1", NOON)
    return waits


def _showing(store: SqlStore) -> int:
    return store.deliveries(NoticeKind.ALERT, "b")[0].showing


def test_a_refused_try_does_not_forget_what_an_unanswered_one_may_have_shown(store: SqlStore, joins: Delivery) -> None:
    store.mark_retry(joins, NOON, "the connection broke", hold=False, unsure=NOON)
    store.mark_retry(joins, NOON, "too many requests", hold=False)
    assert _showing(store) == 1
    store.mark_failed(joins, "too long")
    assert _showing(store) == 1


def test_a_first_post_that_was_refused_has_shown_nothing(store: SqlStore) -> None:
    with store.unit() as unit:
        unit.enqueue(NoticeKind.ALERT, "b", 1, [Route("desk", "slack", "c1")], NOON)
    (first,) = store.deliveries(NoticeKind.ALERT, "b")
    assert store.doubts.claim([(first, 1)], NOON, NOON)
    store.mark_retry(first, NOON, "too many requests", hold=False)
    assert _showing(store) == 0
