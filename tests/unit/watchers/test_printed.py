"""Is the time found that a page prints beside a day?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.parsing import Document
from watchers.printed import is_date, printed_date
from watchers.webpage import read_list

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)


def item(inner: str):
    page = f"<html><body><div class='i'><a href='/1'>A statement on the treaty</a>{inner}</div></body></html>"
    (entry,) = read_list(Document("https://ministry.example/", page.encode(), "text/html", ".i"))
    return entry


@pytest.mark.parametrize(
    "printed",
    [
        "21 Nov 2026, 14:05",
        "2026.11.21 14:05",
        "2026.11.21. 14:05",
        "2026-11-21T14:05",
        "21 листопада 2026, 14:05",
        "21 листопада 2026 р., 14:05",
        "21 листопада 2026 о 14:05",
        "21 ноября 2026 г. в 14:05",
        "21 ноября 2026 года, 14:05",
        "14:05, 21 ноября 2026",
        "14:05 21.11.2026",
        "14:05 | 21.11.2026",
        "21.11.2026 | 14:05",
        "21.11.2026 - 14:05",
        "21.11.2026 14:05:00",
        "2026.11.21 오후 2:05",
        "2026. 11. 21. 오후 2:05",
        "2026년 11월 21일 오후 2:05",
        "2026년 11월 21일(토) 14:05",
        "2026-11-21 (토) 오후 2시 5분",
        "November 21, 2026 at 2:05 PM",
        "Nov 21, 2026 • 2:05 p.m.",
        "2026-11-21 23:05 (KST)",
        "21 ноября 2026, 17:05 МСК",
        "21 Nov 2026 14:05 UTC",
        "2026-11-21 23:05 +09:00",
    ],
)
@pytest.mark.parametrize(
    "around", ["<span>{}</span>", "<p>By the desk</p><p>{}</p>", "<p>Published {} by the desk</p>", "<time>{}</time>"]
)
def test_a_clock_beside_a_day_is_the_items_time(printed, around):
    assert item(around.format(printed)).published == AT


@pytest.mark.parametrize(
    "inner",
    [
        "<div>2026.11.21</div><div>14:05</div>",
        "<div>14:05</div><div>21.11.2026</div>",
        "<p>2026.11.21</p><p>오후 2:05</p>",
        "<i>21.11.2026</i><i>14:05</i>",
        "<i>2026.11.21</i><i>14:05</i>",
        "<time datetime='2026-11-21'>21 Nov 2026, 14:05</time>",
        "<time datetime='2026-11-21T14:05Z'>21 Nov 2026, 23:05</time>",
        "<time>14:05</time> <i>21.11.2026</i>",
    ],
)
def test_a_clock_in_an_element_of_its_own_is_too(inner):
    assert item(inner).published == AT
    assert item(inner).text == ""


@pytest.mark.parametrize(
    "printed",
    [
        "21 Nov 2026",
        "2026.11.21 조회 1405",
        "21.11.2026 25:61",
        "21.11.2026 14:05:99",
        "2026-11-21 No 14:05",
        "<time datetime='2026-11-21'>yesterday</time>",
    ],
)
def test_what_is_no_clock_leaves_the_day_as_it_is(printed):
    assert item(f"<span>{printed}</span>").published == MIDNIGHT


def test_a_day_in_numbers_that_may_be_either_is_the_one_that_machines_are_told():
    twelfth = datetime(2026, 11, 12, tzinfo=UTC)
    assert item("<time datetime='2026-11-12'>11/12/2026</time>").published == twelfth
    assert item("<time datetime='2026-11-12'>12/11/2026</time>").published == twelfth


def test_of_a_span_of_hours_the_first_is_the_time():
    assert printed_date("21.11.2026 14:05-15:00") == AT


@pytest.mark.parametrize("line", ["21 Nov 2026, 14:05", "오후 2:05", "2:05 PM", "2026.11.21.", "14:05, 21 ноября 2026"])
def test_a_line_that_is_but_a_date_is_no_text(line):
    assert is_date(line)
    assert item(f"<p>{line}</p><p>Press office</p>").text == "Press office"


def test_a_line_with_a_date_in_it_stays():
    assert not is_date("The treaty of 19 June 2024 is void at 14:05")


@given(st.text(alphabet="0123456789:.-/ ,|TпмвKST오후년월일시분JuneноябряPM()+\n", max_size=80))
def test_no_line_makes_it_stumble(text):
    moment = printed_date(text)
    assert moment is None or moment.tzinfo is UTC
