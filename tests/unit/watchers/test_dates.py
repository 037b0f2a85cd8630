"""Are dates read as they were meant, or not at all?"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.dates import read_date

NOON = datetime(2024, 6, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-20T12:00:00Z",
        "Thu, 20 Jun 2024&#160;12:00:00 GMT",
        "2024-06-20&nbsp;12:00:00",
        "2024-06-20T21:00:00+09:00",
        "2024-06-20T21:00:00.123+0900",
        "2024-06-20T12:00",
        "2024-06-20 12:00:00",
        "2024-06-20 21:00:00 KST",
        "2024-06-20 21:00:00 +0900",
        "20240620120000",
        "2024.06.20 12:00",
        "2024.06.20. 12:00:00",
        "2024/06/20 12:00:00",
        "2024년 6월 20일 12:00",
        "2024년 06월 20일(목) 21:00:00 +0900",
        "2024-06-20 오후 12:00:00",
        "20.06.2024 12:00",
        "20.06.2024, 15:00 MSK",
        "20/06/2024 12:00",
        "Thu, 20 Jun 2024 12:00:00 GMT",
        "Thu, 20 Jun 2024 21:00:00 +0900",
        "Thu, 20 Jun 2024 21:00:00 KST",
        "Thu, 20 Jun 2024 15:00:00 EEST",
        "Thu, 20 June 2024 08:00 EDT",
        "20 Jun 2024 12:00:00 +0000",
        "June 20, 2024 12:00 PM",
        "Jun 20, 2024, 12:00 p.m.",
        "Jun. 20th, 2024 at 12:00",
        "Thursday, June 20, 2024 - 12:00",
        "20 June 2024, 12:00",
        "Thu, 20 June 2024 8:00 AM EDT",
        "June 20, 2024 9:00 PM KST",
        "6/20/2024 12:00:00 PM",
        "Thu Jun 20 12:00:00 2024",
        "Thu Jun 20 21:00:00 KST 2024",
        "Thu Jun 20 21:00:00 GMT+09:00 2024",
        "Thu Jun 20 2024 21:00:00 GMT+0900 (Korean Standard Time)",
        "Thu Jun 20 2024 21:00:00 GMT+0900 (대한민국 표준시)",
        "Thu, 20 Jun 2024 21:00:00 GMT+9",
        "Thu, 20 Jun 2024 15:00:00 UTC+03:00",
        "Thu, 20 Jun 2024 21:00:00 +09",
        "Thu, 20 Jun 2024 15:00:00 +3",
        "20.06.2024 15:00 +3",
        "2024-06-20 15:00:00+03",
        "20 июня 2024 15:00 +3",
        "2024-06-20 21:00:00 (KST)",
        "2024-06-20T21:00:00.000+09:00[Asia/Seoul]",
        "  Thu,  20 Jun 2024\n12:00:00 Z ",
    ],
)
def test_dates_in_many_forms_are_read_as_utc(text):
    moment = read_date(text)
    assert moment is not None
    assert moment.replace(microsecond=0) == NOON


def test_date_without_a_time_is_its_midnight():
    for text in (
        "2024-06-20",
        "2024.06.20",
        "20240620",
        "20.06.2024",
        "2024년 6월 20일",
        "Jun 20, 2024",
        "20 June 2024",
    ):
        assert read_date(text) == datetime(2024, 6, 20, tzinfo=UTC)


def test_half_days_are_told_apart():
    assert read_date("2024-06-20 오전 12:30") == datetime(2024, 6, 20, 0, 30, tzinfo=UTC)
    assert read_date("2024-06-20 오후 1:12:00") == datetime(2024, 6, 20, 13, 12, tzinfo=UTC)
    assert read_date("June 20, 2024 12:30 AM") == datetime(2024, 6, 20, 0, 30, tzinfo=UTC)
    assert read_date("6/2/2024 1:12 PM") == datetime(2024, 6, 2, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "99.99.2024",
        "0",
        "2024-13-45T00:00:00Z",
        "Thu, 99 Foo 2024",
        "32/01/2024",
        "2024-06-20 25:00",
        "2024-06-20 15:00:00 +30",
        "20/13/2024 1:00 PM",
        "Juno 31, 2024",
        "Smarch 1, 2024",
        "June 20, 2024 3:20 PM NOWHERE",
        "Mon, 30 Nov -0001 00:00:00 +0000",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 01 Jan 1970 09:00:00 +0900",
        "1970-01-01T00:00:00Z",
    ],
)
def test_unreadable_dates_are_none(text):
    assert read_date(text) is None


def test_guess_counts_only_when_its_day_is_printed():
    true = time.struct_time((2024, 6, 20, 3, 0, 0, 3, 172, 0))
    made_up = time.struct_time((2024, 11, 1, 0, 0, 0, 4, 306, 0))
    assert read_date("on 20 jun, 2024", true) == datetime(2024, 6, 20, 3, tzinfo=UTC)
    assert read_date("on 21 jun, 2024", true) == datetime(2024, 6, 20, 3, tzinfo=UTC)
    assert read_date("on 20 jun, 2024", made_up) is None
    assert read_date("x", time.struct_time((99999, 1, 1, 0, 0, 0, 0, 1, 0))) is None


@given(st.text(max_size=40) | st.text(alphabet="0123456789-:.+TZ /", max_size=30))
def test_no_date_makes_it_stumble(text):
    moment = read_date(text, time.gmtime(0))
    assert moment is None or moment.utcoffset() is not None


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=OFFSETS))
def test_standard_forms_come_back_exactly(moment):
    whole = moment.replace(microsecond=0)
    assert read_date(whole.isoformat()) == whole
    assert read_date(format_datetime(whole)) == whole


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024년 6월 20일 오후 3시 20분", datetime(2024, 6, 20, 15, 20, tzinfo=UTC)),
        ("20 июня 2024 г., 15:20", datetime(2024, 6, 20, 15, 20, tzinfo=UTC)),
        ("Чт, 20 июн 2024 15:20:00 +0300", datetime(2024, 6, 20, 12, 20, tzinfo=UTC)),
        ("20 июня 2024 15:20 мск", datetime(2024, 6, 20, 12, 20, tzinfo=UTC)),
        ("20 червня 2024, 15:20", datetime(2024, 6, 20, 15, 20, tzinfo=UTC)),
        ("20 июня 2024", datetime(2024, 6, 20, tzinfo=UTC)),
        ("20 июня, 15:20", None),
        ("вчера в 15:20", None),
        ("어제", None),
        ("목요일 15:20", None),
        ("Mon, 01 Jan 0001 00:00:00 +0300", None),
    ],
)
def test_dates_in_words_count_when_they_name_day_month_and_year(text, moment):
    assert read_date(text) == moment
