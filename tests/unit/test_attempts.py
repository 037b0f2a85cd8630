"""Is it decided well what a delivery needs next, and when it is tried again?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attempts import CEILING, FIRST_PAUSE, LONGEST_ASKED, LONGEST_PAUSE, Step, next_step, retry_after
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    By,
    Delivery,
    DeliveryState,
    NoticeKind,
    Register,
    Severity,
)
from bot.errors import DeliveryError, PermanentError, UndeliverableError

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)


def an_alert(version: int = 1, state: AlertState = AlertState.CONFIRMED) -> Alert:
    return Alert(
        "a1", version, state, AlertEventKind.POSTED, NOON, NOON, "pyongyang-war", "north-korea", Register.DEED,
        "arming", "deploying", By.REPORTED, Severity.HIGH, (),
    )  # fmt: skip


def a_delivery(**changes: object) -> Delivery:
    delivery = Delivery(
        1, NoticeKind.ALERT, "a1", "desk", "console", "c1", "en", "", DeliveryState.PENDING, 1, 0, "", 0, NOON
    )
    return replace(delivery, **changes)  # type: ignore[arg-type]  # a test names any field


@pytest.mark.parametrize("state", list(AlertState))
def test_shown_notice_is_edited_whatever_became_of_it(state: AlertState) -> None:
    assert next_step(a_delivery(ref="m1", sent=1, wanted=2), an_alert(version=2, state=state)) is Step.EDIT


@pytest.mark.parametrize("state", list(AlertState))
def test_alert_over_before_its_first_post_needs_nothing(state: AlertState) -> None:
    over = state in {AlertState.WITHDRAWN, AlertState.EXPIRED}
    assert next_step(a_delivery(), an_alert(state=state)) is (Step.NOTHING if over else Step.SEND)


def test_brief_is_sent() -> None:
    assert next_step(a_delivery(kind=NoticeKind.BRIEF), Brief("b", NOON, NOON, ())) is Step.SEND


@given(st.integers(0, 10**6), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 1e9)))
def test_every_wait_lies_ahead_and_has_a_ceiling(attempts: int, jitter: float, asked: float | None) -> None:
    retry = retry_after(a_delivery(attempts=attempts), DeliveryError("x", retry_after=asked), NOON, jitter)
    assert retry is not None
    wait = (retry.due - NOON).total_seconds()
    assert 1 <= wait <= max(CEILING, min(asked or 0, LONGEST_ASKED))
    assert wait >= min(asked or 0, LONGEST_ASKED) - 1e-6


@given(st.integers(0, 40), st.floats(0, 1))
def test_waits_grow_with_every_try(attempts: int, jitter: float) -> None:
    one, two = (retry_after(a_delivery(attempts=n), DeliveryError("x"), NOON, jitter) for n in (attempts, attempts + 1))
    assert one is not None
    assert two is not None
    assert one.due <= two.due


def test_permanent_error_is_not_tried_again() -> None:
    assert retry_after(a_delivery(), PermanentError("nothing to show"), NOON, 0.5) is None


@given(st.integers(0, 100))
def test_closed_channel_is_paused_and_tried_now_and_then(attempts: int) -> None:
    retry = retry_after(a_delivery(attempts=attempts), UndeliverableError("gone"), NOON, 0.5)
    assert retry is not None
    assert retry.hold
    assert FIRST_PAUSE <= (retry.due - NOON).total_seconds() <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("attempts", "asked", "hold"), [(0, None, True), (4, None, True), (5, None, False), (50, 30.0, True)]
)
def test_channel_is_held_until_the_fault_seems_to_lie_in_one_message(
    attempts: int, asked: float | None, hold: bool
) -> None:
    retry = retry_after(a_delivery(attempts=attempts), DeliveryError("x", retry_after=asked), NOON, 0.5)
    assert retry is not None
    assert retry.hold is hold
