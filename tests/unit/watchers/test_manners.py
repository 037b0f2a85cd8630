"""Are a host's wishes understood?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from watchers.manners import (
    HostGates,
    freshness,
    http_date,
    one_line,
    retry_after,
    status_advice,
    validator,
    wait_after_error,
)

NOW = datetime(2024, 6, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", 1.0),
        (".5", None),
        ("٣٠", None),
        ("0", 0.0),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("99999999999999999999", 604_800.0),
        ("Fri, 21 Jun 2024 12:05:00 GMT", 300.0),
        ("Fri, 21 Jun 2024 14:05:00 +0200", 300.0),
        ("Fri, 21 Jun 2024 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 604_800.0),
        ("Fri, 99 Jun 2024 12:05:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_from_now(value, seconds):
    assert retry_after({"Retry-After": value}, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_makes_it_stumble(text):
    wait = retry_after({"Retry-After": text, "Date": text}, NOW)
    assert wait is None or 0 <= wait <= 604_800
    moment = http_date(text)
    assert moment is None or moment.utcoffset() is not None


async def test_turns_at_a_spaced_host_start_no_closer_than_its_spacing(monkeypatch):
    gates, starts = HostGates(per_host=3, spacing={"a.example": 30.0}), []
    loop, now, rest = asyncio.get_running_loop(), 0.0, asyncio.sleep

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        await rest(0)

    async def visit(host: str) -> None:
        async with gates.turn(host):
            starts.append((host, now))

    with monkeypatch.context() as patched:
        patched.setattr(loop, "time", lambda: now)
        patched.setattr(asyncio, "sleep", sleep)
        await asyncio.gather(*(visit("a.example") for _ in range(3)), *(visit("b.example") for _ in range(3)))
    assert [moment for host, moment in starts if host == "a.example"] == [0.0, 30.0, 60.0]
    assert {host for host, _ in starts[-2:]} == {"a.example"}


async def test_who_asks_for_a_spacing_may_lower_it_but_not_what_another_asks_for(monkeypatch):
    gates, starts = HostGates(per_host=1, spacing={}), []
    loop, now, rest = asyncio.get_running_loop(), 0.0, asyncio.sleep

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        await rest(0)

    gates.space("a.example", 6.0)
    with monkeypatch.context() as patched:
        patched.setattr(loop, "time", lambda: now)
        patched.setattr(asyncio, "sleep", sleep)
        for asked in (30.0, 30.0, 10.0, 0.0):
            gates.space("a.example", asked, "robots.txt")
            async with gates.turn("a.example"):
                starts.append(now)
    assert starts == [0.0, 30.0, 40.0, 46.0]


def test_bot_check_is_named_as_one():
    assert "bot check" in status_advice(403, {"cf-mitigated": "challenge"})
    assert "refuses this bot" in status_advice(403, {})


@pytest.mark.parametrize("status", [204, 206, 304, 401, 403, 404, 406, 410, 418, 429, 451, 500, 503, 599])
def test_each_status_is_named_in_its_advice(status):
    told = status_advice(status, {})
    assert str(status) in told
    assert "; " in told or status in {304, 406, 451}, "what to do"


def test_errors_of_libraries_become_one_short_line():
    assert one_line(ValueError("a\n  b")) == "a b"
    assert one_line(ValueError()) == "ValueError"
    assert len(one_line(ValueError("x" * 500))) <= 160


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=300"}, 300),
        ({"Cache-Control": "public, Max-Age=300, must-revalidate"}, 300),
        ({"Cache-Control": "max-age=300", "Age": "100"}, 200),
        ({"Cache-Control": "max-age=300", "Age": "400"}, 0),
        ({"Cache-Control": "no-cache, max-age=300"}, 0),
        ({"Cache-Control": "no-store"}, 0),
        ({"Cache-Control": "max-age=soon"}, 0),
        ({"Cache-Control": "max-age=31536000"}, 86_400),
        ({"Expires": "Fri, 21 Jun 2024 12:10:00 GMT", "Date": "Fri, 21 Jun 2024 12:00:00 GMT"}, 600),
        ({"Expires": "0", "Date": "Fri, 21 Jun 2024 12:00:00 GMT"}, 0),
        ({"Expires": "Fri, 21 Jun 2024 12:10:00 GMT"}, 0),
        (
            {
                "Cache-Control": "max-age=60",
                "Expires": "Fri, 21 Jun 2024 12:10:00 GMT",
                "Date": "Fri, 21 Jun 2024 12:00:00 GMT",
            },
            60,
        ),
    ],
)
def test_freshness_is_read_as_seconds(headers, seconds):
    assert freshness(headers) == seconds


def test_what_a_server_says_in_several_lines_is_one_list():
    headers = CIMultiDict([("cache-control", "public"), ("Cache-Control", "max-age = 300")])
    assert freshness(headers) == 300


def test_an_expiry_without_a_date_counts_from_when_the_answer_came():
    assert freshness({"Expires": "Fri, 21 Jun 2024 12:10:00 GMT"}, NOW) == 600


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "0"}, 0.0),
        ({"Cache-Control": "max-age=300"}, 300.0),
        ({"Cache-Control": "max-age=300", "Retry-After": "600"}, 600.0),
        ({"Cache-Control": "max-age=300", "Retry-After": "10"}, 300.0),
        ({"Cache-Control": "max-age=31536000"}, 21_600.0),
    ],
)
def test_an_error_that_may_be_kept_is_not_asked_for_again_meanwhile(headers, seconds):
    assert wait_after_error(headers, NOW) == seconds


@pytest.mark.parametrize("value", ['W/"a,b c"', "abc  def", '"한글"', "yesterday", '"a\tb"'])
def test_a_validator_is_kept_as_it_came(value):
    assert validator({"ETag": value}, "ETag") == value


@pytest.mark.parametrize("value", ['"\udce9"', '"a\x01"', '"' + "x" * 5_000 + '"'])
def test_a_validator_that_could_not_be_sent_back_is_none(value):
    assert validator({"ETag": value}, "ETag") == ""


@given(st.text(max_size=40))
def test_no_caching_header_makes_it_stumble(text):
    assert 0 <= freshness({"Cache-Control": f"max-age={text}", "Age": text, "Expires": text}) <= 86_400


async def test_all_hosts_together_get_no_more_requests_at_once_than_allowed():
    gates, under_way, most = HostGates(per_host=2, spacing={}, at_once=3), 0, 0

    async def visit(host: str) -> None:
        nonlocal under_way, most
        async with gates.turn(host):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.005)
            under_way -= 1

    await asyncio.gather(*(visit(f"{n % 5}.example") for n in range(15)))
    assert most == 3


def test_errors_of_libraries_show_no_secret_of_an_address():
    error = ValueError("400, url='https://user:pw@a.example/feed?token=s3cr3t'")
    assert "s3cr3t" not in one_line(error)
    assert "pw@" not in one_line(error)
