"""Is robots.txt understood, kept for a day, and its delay kept to?"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from protego import Protego

from bot.clock import VirtualClock
from bot.errors import FetchError, PermanentError
from watchers import Fetcher
from watchers.robots import KEPT, TRIED_AGAIN, Robots

NOW = datetime(2024, 6, 21, tzinfo=UTC)


class Spacing(Fetcher):
    """A fetcher that notes what spacing it is asked for."""

    spaced: tuple[str, float] | None = None

    def space(self, host: str, seconds: float, by: str = "") -> None:
        self.spaced = host, seconds


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOW)


@pytest.fixture
async def fetcher(clock: VirtualClock) -> AsyncIterator[Spacing]:
    async with Spacing(clock, allow_private=["127.0.0.1"]) as opened:
        yield opened


@pytest.fixture
def robots(fetcher: Spacing, clock: VirtualClock) -> Robots:
    return Robots(fetcher, clock)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_host_without_one_allows_everything(robots: Robots, publisher: Any, status: int) -> None:
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    await robots.check(publisher.url("/a"))


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_host_in_trouble_allows_nothing_for_now(
    robots: Robots, publisher: Any, clock: VirtualClock, status: int
) -> None:
    publisher.serve("/robots.txt", "", status=status)
    for _ in range(2):
        with pytest.raises(FetchError):
            await robots.check(publisher.url("/a"))
    assert len(publisher.asked("/robots.txt")) == 1
    publisher.serve("/robots.txt", "")
    clock.set(NOW + TRIED_AGAIN)
    await robots.check(publisher.url("/a"))


async def test_a_host_in_trouble_is_left_alone_as_long_as_it_asks(
    robots: Robots, publisher: Any, clock: VirtualClock
) -> None:
    publisher.serve("/robots.txt", "", status=429, headers={"Retry-After": "3600"})
    for seconds, left in ((0, 3600), (3599, 1)):
        clock.set(NOW + timedelta(seconds=seconds))
        with pytest.raises(FetchError) as caught:
            await robots.check(publisher.url("/a"))
        assert caught.value.retry_after == left
    assert len(publisher.asked("/robots.txt")) == 1
    publisher.serve("/robots.txt", "")
    clock.set(NOW + timedelta(hours=1))
    await robots.check(publisher.url("/a"))


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: stancewatch\nDisallow:", True),
        ("User-agent: stancewatch\nDisallow: /*.html$", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a/b.html", False),
        ("<html>not found</html>", True),
        ("", True),
    ],
)
async def test_the_rules_for_us_decide(robots: Robots, publisher: Any, rules: str, *, allowed: bool) -> None:
    publisher.serve("/robots.txt", rules)
    if allowed:
        await robots.check(publisher.url("/a/b.html"))
    else:
        with pytest.raises(PermanentError, match="forbids"):
            await robots.check(publisher.url("/a/b.html"))


async def test_it_is_asked_for_once_a_day(robots: Robots, publisher: Any, clock: VirtualClock) -> None:
    publisher.serve("/robots.txt", "")
    for path in ("/a", "/b"):
        await robots.check(publisher.url(path))
    assert len(publisher.asked("/robots.txt")) == 1
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /a")
    clock.set(NOW + KEPT)
    with pytest.raises(PermanentError):
        await robots.check(publisher.url("/a"))


async def test_it_is_asked_for_once_by_all_who_come_at_one_moment(robots: Robots, publisher: Any) -> None:
    publisher.serve("/robots.txt", "")
    await asyncio.gather(*(robots.check(publisher.url(f"/{number}")) for number in range(16)))
    assert len(publisher.asked("/robots.txt")) == 1


async def test_a_long_list_of_rules_is_gone_through_beside_the_event_loop(
    robots: Robots, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    can_fetch = Protego.can_fetch

    def noted(rules: Protego, url: str, agent: str) -> bool:
        threads.append(threading.current_thread())
        return can_fetch(rules, url, agent)

    monkeypatch.setattr(Protego, "can_fetch", noted)
    publisher.serve("/robots.txt", "User-agent: *\n" + "".join(f"Disallow: /*{n}*x$\n" for n in range(1_000)))
    await robots.check(publisher.url("/a"))
    assert len(threads) == 1
    assert threading.current_thread() not in threads


async def test_what_was_learnt_while_the_clock_was_years_ahead_is_not_kept_for_years(
    robots: Robots, publisher: Any, clock: VirtualClock
) -> None:
    publisher.serve("/robots.txt", "")
    clock.set(NOW + timedelta(days=700))
    await robots.check(publisher.url("/a"))
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /a")
    clock.set(NOW)
    with pytest.raises(PermanentError):
        await robots.check(publisher.url("/a"))


@pytest.mark.parametrize(("asked", "kept"), [("5", 5.0), ("0.5", 0.5), ("86400", 60.0)])
async def test_a_delay_that_it_asks_for_is_kept_within_reason(
    robots: Robots, fetcher: Spacing, publisher: Any, asked: str, kept: float
) -> None:
    publisher.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}")
    await robots.check(publisher.url("/a"))
    assert fetcher.spaced == ("127.0.0.1", kept)


@pytest.mark.parametrize(("later", "kept"), [("Crawl-delay: 2", 2.0), ("", 0.0)])
async def test_a_delay_that_a_host_lowers_or_takes_away_is_kept_no_longer_than_its_rules(
    robots: Robots, fetcher: Spacing, publisher: Any, clock: VirtualClock, later: str, kept: float
) -> None:
    publisher.serve("/robots.txt", "User-agent: *\nCrawl-delay: 30")
    await robots.check(publisher.url("/a"))
    publisher.serve("/robots.txt", f"User-agent: *\n{later}")
    clock.set(NOW + KEPT)
    await robots.check(publisher.url("/a"))
    assert fetcher.spaced == ("127.0.0.1", kept)


async def test_a_host_in_trouble_is_asked_no_faster_than_it_wished_before(
    robots: Robots, fetcher: Spacing, publisher: Any, clock: VirtualClock
) -> None:
    publisher.serve("/robots.txt", "User-agent: *\nCrawl-delay: 30")
    await robots.check(publisher.url("/a"))
    publisher.serve("/robots.txt", status=503)
    clock.set(NOW + KEPT)
    with pytest.raises(FetchError):
        await robots.check(publisher.url("/a"))
    assert fetcher.spaced == ("127.0.0.1", 30.0)


async def test_of_two_ports_of_a_host_the_longer_delay_is_kept_while_its_rules_are(
    robots: Robots, fetcher: Spacing, publisher: Any, clock: VirtualClock
) -> None:
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nUser-agent: *\nCrawl-delay: 30\n")
        writer.close()

    publisher.serve("/robots.txt", "User-agent: *\nCrawl-delay: 2")
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as other:
        await robots.check(f"http://127.0.0.1:{other.sockets[0].getsockname()[1]}/a")
    await robots.check(publisher.url("/a"))
    assert fetcher.spaced == ("127.0.0.1", 30.0)
    clock.set(NOW + KEPT)
    await robots.check(publisher.url("/a"))
    assert fetcher.spaced == ("127.0.0.1", 2.0)


@pytest.mark.parametrize(
    "place", ["http://10.0.0.1/robots.txt", "http://user@a.example/robots.txt", "ftp://a.example/"]
)
async def test_one_that_leads_where_nobody_may_go_is_as_one_that_is_missing_and_asked_for_once_a_day(
    robots: Robots, publisher: Any, place: str
) -> None:
    publisher.serve("/robots.txt", status=302, headers={"Location": place})
    for path in ("/a", "/b"):
        await robots.check(publisher.url(path))
    assert len(publisher.asked("/robots.txt")) == 1


@pytest.mark.parametrize("headers", [{"Location": "/robots.txt"}, {}])
async def test_one_that_leads_in_circles_or_nowhere_is_as_one_that_is_missing(
    robots: Robots, publisher: Any, headers: dict[str, str]
) -> None:
    publisher.serve("/robots.txt", status=302, headers=headers)
    await robots.check(publisher.url("/a"))
    asked = len(publisher.asked("/robots.txt"))
    await robots.check(publisher.url("/b"))
    assert len(publisher.asked("/robots.txt")) == asked
