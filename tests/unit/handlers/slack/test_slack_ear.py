"""Is a socket that hears nothing told from one that is merely quiet?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.ear import Ear, Hearing, hearing
from handlers.slack.web import Pace

PACE = Pace(hello=15.0, silence=1_800.0)


def test_a_greeted_socket_hears_well_for_as_long_as_slack_says_something() -> None:
    ear = Ear(opened=0.0, heard=0.0)
    ear.hear(1.0, "hello")
    assert hearing(ear, PACE, 1_801.0) is Hearing.WELL
    assert hearing(ear, PACE, 1_802.0) is Hearing.SILENT
    ear.hear(1_802.0, "events_api")
    assert hearing(ear, PACE, 3_000.0) is Hearing.WELL


def test_a_socket_is_not_greeted_by_anything_but_hello() -> None:
    ear = Ear(opened=0.0, heard=0.0)
    ear.hear(5.0, "disconnect")
    assert hearing(ear, PACE, 15.0) is Hearing.WELL
    assert hearing(ear, PACE, 16.0) is Hearing.NO_GREETING


def test_a_socket_is_lost_when_it_is_found_closed_twice() -> None:
    ear = Ear(opened=0.0, heard=0.0, greeted=True, missed=1)
    assert hearing(ear, PACE, 1.0) is Hearing.WELL
    ear.missed = 2
    assert hearing(ear, PACE, 1.0) is Hearing.LOST


@given(st.floats(0, 10_000), st.floats(0, 10_000))
def test_no_socket_is_deaf_for_longer_than_the_pace_allows(heard: float, now: float) -> None:
    ear = Ear(opened=0.0, heard=heard, greeted=True)
    assert (hearing(ear, PACE, now) is Hearing.WELL) is (now - heard <= PACE.silence)
