"""Are a host's wishes understood?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.manners import HostGates, http_date, one_line, retry_after, status_advice

NOW = datetime(2024, 6, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
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


async def test_turns_at_a_spaced_host_start_no_closer_than_its_spacing():
    gates, starts = HostGates(per_host=3, spacing={"a.example": 0.03}), []

    async def visit(host: str) -> None:
        async with gates.turn(host):
            starts.append((host, asyncio.get_running_loop().time()))

    await asyncio.gather(*(visit("a.example") for _ in range(3)), *(visit("b.example") for _ in range(3)))
    times = [moment for host, moment in starts if host == "a.example"]
    assert all(later - earlier >= 0.029 for earlier, later in pairwise(times))
    assert {host for host, _ in starts[-2:]} == {"a.example"}


def test_bot_check_is_named_as_one():
    assert "bot check" in status_advice(403, {"cf-mitigated": "challenge"})
    assert "refuses this bot" in status_advice(403, {})


@pytest.mark.parametrize("status", [204, 206, 304, 401, 403, 404, 406, 418, 429, 451, 500, 503, 599])
def test_each_status_is_named_in_its_advice(status):
    assert str(status) in status_advice(status, {})


def test_errors_of_libraries_become_one_short_line():
    assert one_line(ValueError("a\n  b")) == "a b"
    assert one_line(ValueError()) == "ValueError"
    assert len(one_line(ValueError("x" * 500))) <= 160
