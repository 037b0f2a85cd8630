"""How is a moment said in a channel's language and time zone?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.moments import ago, day, span, stamp, zone_of
from handlers.texts import languages

NOW = datetime(2024, 10, 24, 20, 30, tzinfo=UTC)


def test_a_moment_is_said_in_the_routes_time_zone() -> None:
    assert stamp(NOW, "en", zone_of("Asia/Seoul")) == "25 Oct 2024, 05:30 KST"
    assert stamp(NOW, "ko", zone_of("Asia/Seoul")) == "2024년 10월 25일 05:30 KST"


def test_daylight_saving_counts() -> None:
    assert stamp(NOW, "en", zone_of("Europe/Kyiv")).endswith("23:30 EEST")
    assert stamp(NOW + timedelta(days=10), "en", zone_of("Europe/Kyiv")).endswith("22:30 EET")


def test_a_whole_day_is_not_moved_into_another_zone() -> None:
    assert stamp(date(2024, 6, 20), "en", zone_of("America/Los_Angeles")) == "20 Jun 2024"
    assert day(datetime(2024, 6, 20, tzinfo=UTC), "en", zone_of("America/Los_Angeles")) == "19 Jun 2024"


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "a\0b"])
def test_a_zone_that_does_not_exist_is_utc(name: str) -> None:
    assert zone_of(name).key == "UTC"


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=-30), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "47 hours ago"),
        (timedelta(hours=48), "2 days ago"),
        (timedelta(days=59), "59 days ago"),
        (timedelta(days=61), "2 months ago"),
        (timedelta(days=700), "23 months ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_how_long_ago(back: timedelta, said: str) -> None:
    assert ago(NOW - back, NOW, "en") == said


def test_how_long_ago_a_day_was() -> None:
    assert ago(date(2024, 10, 20), NOW, "ko") == "4일 전"
    assert ago(NOW.date(), NOW, "en") == "just now"


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)), st.sampled_from(languages()))
def test_any_two_moments_can_be_told_apart_in_any_language(one: datetime, other: datetime, language: str) -> None:
    assert ago(one, other, language)
    assert span(one, other, language)


def test_a_window_is_said_in_its_own_unit() -> None:
    assert span(NOW - timedelta(days=7), NOW, "en") == "7 days"
    assert span(NOW - timedelta(hours=24), NOW, "en") == "24 hours"
    assert span(NOW - timedelta(hours=1), NOW, "en") == "hour"
    assert span(NOW - timedelta(minutes=90), NOW, "ko") == "2시간"
