"""Does the turnstile let each interaction in once, a double click too, and nobody too often?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.crowd import ECHO, Turnstile


class _Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_an_interaction_is_let_in_once_however_many_come_between() -> None:
    gate = Turnstile(remembered=100)
    assert [gate.first("t1"), gate.first("t1"), gate.first("")] == [True, False, True]
    for number in range(99):
        assert gate.first(f"other-{number}")
    assert not gate.first("t1")
    assert gate.first("one more")
    assert gate.first("t1"), "memory is bounded"


async def test_nobody_asks_more_often_than_allowed_and_others_are_not_kept_out() -> None:
    gate = Turnstile(most=3, per=60.0, remembered=2)
    assert [await gate.admits("U1") for _ in range(5)] == [True, True, True, False, False]
    assert await gate.admits("U2")
    assert not await gate.admits("U1")
    assert [await gate.admits(f"U{number}") for number in range(3, 6)] == [True] * 3


def test_a_second_press_at_once_after_the_first_is_an_echo_and_a_later_one_is_not() -> None:
    clock = _Clock()
    gate = Turnstile(now=clock)
    with gate.pressing("U1 mute") as first:
        clock.seconds += 60  # the work takes long
        with gate.pressing("U1 mute") as meanwhile, gate.pressing("U2 mute") as other, gate.pressing("U1 why") as why:
            pass
    assert (first, meanwhile, other, why) == (True, False, True, True)
    with gate.pressing("U2 mute") as at_once:
        pass
    clock.seconds += ECHO
    with gate.pressing("U2 mute") as later:
        pass
    assert (at_once, later) == (False, True)


def test_a_press_that_breaks_may_be_made_again() -> None:
    clock = _Clock()
    gate = Turnstile(now=clock)
    with pytest.raises(OSError, match="broke"), gate.pressing("U1 mute"):
        raise OSError("broke")
    clock.seconds += ECHO
    with gate.pressing("U1 mute") as again:
        assert again


def test_what_is_typed_is_never_an_echo() -> None:
    gate = Turnstile()
    with gate.pressing("") as first, gate.pressing("") as second:
        assert (first, second) == (True, True)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 10)), max_size=30))
def test_of_presses_within_the_span_of_an_echo_one_counts(pressed: list[tuple[str, float]]) -> None:
    clock = _Clock()
    gate = Turnstile(now=clock, remembered=2)
    counted: dict[str, list[float]] = {}
    for press, pause in pressed:
        clock.seconds += pause
        with gate.pressing(press) as own:
            if own:
                counted.setdefault(press, []).append(clock.seconds)
    for moments in counted.values():
        assert all(later - earlier >= ECHO for earlier, later in pairwise(moments))
