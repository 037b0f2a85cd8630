"""Are hours and days understood as people write them?"""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import QuietHours, Route
from bot.errors import InputError
from handlers.times import clock_times, day_words, digest_words, quiet_hours, quiet_words, weekdays

CLOCK = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
LANGUAGE = st.sampled_from(["en", "ko"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("off", ()),
        ("끔", ()),
        ("18:00", (time(18),)),
        ("18:30, 9", (time(9), time(18, 30))),
        ("9시 18시", (time(9), time(18))),
    ],
)
def test_times_of_a_digest(typed: str, read: tuple[time, ...]) -> None:
    assert clock_times(typed, "en") == read


@pytest.mark.parametrize("typed", ["25:00", "9:60", "nine", "-1"])
def test_what_is_no_time_is_said(typed: str) -> None:
    with pytest.raises(InputError, match="no time of day"):
        clock_times(typed, "en")


@pytest.mark.parametrize("dash", ["-", "–", "~", " - "])
def test_quiet_hours(dash: str) -> None:
    assert quiet_hours(f"22:00{dash}7", "en") == QuietHours(time(22), time(7))


@pytest.mark.parametrize("typed", ["22:00", "22:00-22:00", "night"])
def test_what_is_no_stretch_of_the_day_is_said(typed: str) -> None:
    with pytest.raises(InputError, match="no stretch of the day"):
        quiet_hours(typed, "en")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sat, sun", (5, 6)),
        ("월, 수", (0, 2)),
        ("월-금", (0, 1, 2, 3, 4)),
        ("fri-mon", (0, 4, 5, 6)),
        ("Monday", (0,)),
        ("mon-sun", ()),
        ("", ()),
    ],
)
def test_days(typed: str, read: tuple[int, ...]) -> None:
    assert weekdays(typed, "en") == read


def test_what_is_no_day_is_said() -> None:
    with pytest.raises(InputError, match="no day"):
        weekdays("mon-moonday", "en")


@given(st.sets(st.integers(0, 6), max_size=6), LANGUAGE)
def test_days_are_read_as_they_are_written(days: set[int], language: str) -> None:
    assert weekdays(day_words(days, language), language) == tuple(sorted(days))


@given(CLOCK, CLOCK, LANGUAGE)
def test_quiet_hours_are_read_as_they_are_written(start: time, end: time, language: str) -> None:
    hours = QuietHours(start, end)
    if start != end:
        assert quiet_hours(quiet_words(hours), language) == hours


def test_a_digest_in_words() -> None:
    route = Route("r", "slack", "C1", digest=(time(18), time(9)), digest_days=(0, 4), timezone="Asia/Seoul")
    assert digest_words(route, "en") == "09:00, 18:00 Asia/Seoul · Mon and Fri"
    assert digest_words(Route("r", "slack", "C1"), "en") == ""
