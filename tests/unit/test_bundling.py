"""Which alerts share a message, and who is woken by it?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bundling import MOST_TOGETHER, TOGETHER, Joining, companions, joining, mention_of, speaker
from bot.domain import Delivery, DeliveryState, NoticeKind

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)


def a_delivery(number: int = 1, **changes: object) -> Delivery:
    made = Delivery(
        number,
        NoticeKind.ALERT,
        f"a{number}",
        "desk",
        "slack",
        "C1",
        "en",
        "",
        DeliveryState.PENDING,
        1,
        0,
        "",
        0,
        NOON,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names any field


def shown(number: int = 1, **changes: object) -> Delivery:
    return a_delivery(number, **{"ref": "m1", "sent": 1, "posted": NOON, **changes})


@pytest.mark.parametrize(
    ("newcomer", "message", "after", "why"),
    [
        (a_delivery(9), [], timedelta(), Joining.NO_POST),
        (a_delivery(9), [shown()], timedelta(seconds=60), Joining.JOINS),
        (a_delivery(9), [shown()], timedelta(seconds=61), Joining.TOO_LATE),
        (a_delivery(9), [shown()], timedelta(hours=-9), Joining.TOO_LATE),
        (
            a_delivery(9),
            [shown(), shown(2, posted=NOON + TOGETHER)],
            TOGETHER + timedelta(seconds=1),
            Joining.TOO_LATE,
        ),
        (a_delivery(9), [shown(n) for n in range(MOST_TOGETHER)], timedelta(), Joining.FULL),
        (a_delivery(9, mention="@desk"), [shown()], timedelta(), Joining.WAKES_ANOTHER),
        (a_delivery(9, mention="@desk"), [shown(mention="@desk")], timedelta(), Joining.JOINS),
        (a_delivery(9), [shown(mention="@desk")], timedelta(), Joining.JOINS),
        (a_delivery(9, mention="@desk"), [shown(mention="@chief")], timedelta(), Joining.WAKES_ANOTHER),
        (a_delivery(9, language="ko"), [shown()], timedelta(), Joining.OTHER_LANGUAGE),
        (a_delivery(9, attempts=1), [shown()], timedelta(), Joining.FAILED_BEFORE),
    ],
)
def test_what_follows_within_a_minute_joins_unless_it_must_wake_somebody_else(newcomer, message, after, why) -> None:
    assert joining(newcomer, message, NOON + after) is why


def test_a_first_post_takes_along_what_is_pending_behind_it() -> None:
    behind = [a_delivery(2), a_delivery(3, mention="@desk"), a_delivery(4, mention="@chief"), a_delivery(5)]
    assert [d.id for d in companions(a_delivery(1), behind)] == [2, 3, 5]


@pytest.mark.parametrize(
    "stays",
    [{"ref": "m1"}, {"attempts": 1}, {"kind": NoticeKind.BRIEF}, {"language": "ko"}, {"timezone": "Asia/Seoul"}],
)
def test_what_is_shown_or_has_failed_or_looks_otherwise_stays_behind(stays) -> None:
    assert companions(a_delivery(1), [a_delivery(2, **stays)]) == ()


@pytest.mark.parametrize("first", [a_delivery(1, kind=NoticeKind.BRIEF), a_delivery(1, attempts=1)])
def test_a_brief_and_what_has_failed_go_alone(first) -> None:
    assert companions(first, [a_delivery(2)]) == ()


def test_a_message_speaks_under_its_first_delivery_and_wakes_whom_any_of_them_wakes() -> None:
    told = speaker([a_delivery(1), a_delivery(2, mention="@desk")])
    assert (told.id, told.mention) == (1, "@desk")


@given(st.lists(st.sampled_from(["", "@desk", "@chief"]), min_size=1, max_size=12))
def test_no_message_is_larger_than_its_cap_or_wakes_two(mentions) -> None:
    queue = [a_delivery(n, mention=mention) for n, mention in enumerate(mentions)]
    together = [queue[0], *companions(queue[0], queue[1:])]
    assert len(together) <= MOST_TOGETHER
    assert {d.mention for d in together} <= {"", mention_of(together)}
