"""Is a page that is watched asked for as one, and only where robots.txt allows it; a feed without that?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.clock import VirtualClock
from bot.domain import PollState, Source, Tier
from bot.errors import FetchError, PermanentError
from bot.ports import Watcher
from watchers import Fetcher, Parser, kind_modules, load
from watchers.fulltext import PageReader
from watchers.robots import KEPT
from watchers.webpage import EXAMPLE

NOW = datetime(2024, 6, 21, tzinfo=UTC)
FRESH = PollState(next_due=NOW)
CLOSED = "User-agent: *\nDisallow: /press/"
ARTICLE = (
    f"<!DOCTYPE html><html><body><article><h1>T</h1><p>{'The ministry said so. ' * 40}</p></article></body></html>"
)
FEEDS = {module.KINDS[0]: module.EXAMPLE for module in kind_modules() if "page" not in module.KINDS}


def source(url: str, kind: str = "page") -> Source:
    return Source("e", "E", url, kind, "en", "E", "e", Tier.OUTLET)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOW)


@pytest.fixture
async def fetcher(clock: VirtualClock) -> AsyncIterator[Fetcher]:
    async with Fetcher(clock, allow_private=["127.0.0.1"]) as opened:
        yield opened


@pytest.fixture
def watchers(fetcher: Fetcher, parser: Parser) -> Mapping[str, Watcher]:
    return load(fetcher, parser)


async def test_a_page_that_robots_txt_forbids_is_not_fetched_until_it_allows_it(
    watchers: Mapping[str, Watcher], publisher: Any, clock: VirtualClock
) -> None:
    publisher.serve("/robots.txt", CLOSED)
    url = publisher.serve("/press/list", EXAMPLE)
    for _ in range(2):
        with pytest.raises(PermanentError, match=r"robots\.txt of the host forbids it; look for a feed") as refused:
            await watchers["page"].poll(source(url), FRESH)
        assert "\n" not in str(refused.value)
    assert not publisher.asked("/press/list")
    assert len(publisher.asked("/robots.txt")) == 1
    publisher.serve("/robots.txt", "")
    clock.set(NOW + KEPT)
    assert len((await watchers["page"].poll(source(url), FRESH)).entries) == 2


async def test_a_page_is_left_alone_while_its_hosts_robots_txt_cannot_be_had(
    watchers: Mapping[str, Watcher], publisher: Any
) -> None:
    publisher.serve("/robots.txt", status=503, headers={"Retry-After": "900"})
    with pytest.raises(FetchError, match=r"/robots\.txt: .*503") as refused:
        await watchers["page"].poll(source(publisher.serve("/press/list", EXAMPLE)), FRESH)
    assert refused.value.retry_after == 900
    assert not publisher.asked("/press/list")


@pytest.mark.parametrize("status", [301, 302])
async def test_where_a_page_leads_to_is_asked_for_too(
    watchers: Mapping[str, Watcher], publisher: Any, status: int
) -> None:
    publisher.serve("/robots.txt", CLOSED)
    url = publisher.serve("/news", status=status, headers={"Location": "/press/list"})
    publisher.serve("/press/list", EXAMPLE)
    with pytest.raises(PermanentError, match="forbids"):
        await watchers["page"].poll(source(url), FRESH)
    assert not publisher.asked("/press/list")


async def test_a_page_that_can_be_had_as_a_feed_too_is_asked_for_as_a_page(
    watchers: Mapping[str, Watcher], publisher: Any
) -> None:
    async def negotiated(request: web.Request) -> web.StreamResponse:
        is_page = request.headers["Accept"].startswith("text/html")
        return web.Response(body=EXAMPLE if is_page else FEEDS["rss"])

    poll = await watchers["page"].poll(source(publisher.answer("/list", negotiated)), FRESH)
    assert len(poll.entries) == 2


async def test_articles_and_lists_of_one_host_ask_for_its_robots_txt_once(
    watchers: Mapping[str, Watcher], fetcher: Fetcher, parser: Parser, publisher: Any, clock: VirtualClock
) -> None:
    await watchers["page"].poll(source(publisher.serve("/list", EXAMPLE)), FRESH)
    await PageReader(fetcher, parser, clock).page(publisher.serve("/article", ARTICLE))
    assert len(publisher.asked("/robots.txt")) == 1


@pytest.mark.parametrize("kind", sorted(FEEDS))
async def test_a_feed_is_polled_without_asking(watchers: Mapping[str, Watcher], publisher: Any, kind: str) -> None:
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /")
    await watchers[kind].poll(source(publisher.serve("/feed", FEEDS[kind]), kind), FRESH)
    assert not publisher.asked("/robots.txt")
