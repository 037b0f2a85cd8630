"""Is what a poll leaves behind what the next one needs?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.clock import VirtualClock
from bot.domain import PollState, Source, Tier
from bot.errors import FetchError, NotAFeedError
from watchers import Fetcher, Parser
from watchers.polling import FeedWatcher
from watchers.rss import EXAMPLE, read_feed

NOW = datetime(2024, 6, 21, tzinfo=UTC)
FRESH = PollState(next_due=NOW)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    async with Parser(workers=1) as opened:
        yield opened


@pytest.fixture
async def watcher(parser: Parser) -> AsyncIterator[FeedWatcher]:
    async with Fetcher(VirtualClock(NOW), allow_private=["127.0.0.1"]) as fetcher:
        yield FeedWatcher("rss", fetcher, parser, read_feed)


def source(url: str) -> Source:
    return Source("e", "E", url, "rss", "en", "E", "e", Tier.OUTLET)


async def test_what_the_scheduler_keeps_is_left_alone(watcher, publisher):
    state = replace(FRESH, baselined=True, failures=2, last_error="x", last_success=NOW, last_new_item=NOW)
    after = (await watcher.poll(source(publisher.serve("/feed", EXAMPLE)), state)).state
    assert after == replace(state, body_hash=after.body_hash)


async def test_304_may_renew_the_validators(watcher, publisher):
    state = replace(FRESH, etag='"1"', last_modified="then", body_hash="x")
    url = publisher.serve("/feed", status=304, headers={"ETag": '"2"'})
    assert (await watcher.poll(source(url), state)).state == replace(state, etag='"2"')


async def test_body_that_could_not_be_read_is_tried_again(watcher, publisher):
    """Nothing of a failed poll is remembered, so the same bytes are not taken for unchanged."""
    url = publisher.serve("/feed", "no feed", headers={"ETag": '"1"'})
    for _ in range(2):
        with pytest.raises(NotAFeedError):
            await watcher.poll(source(url), FRESH)


async def test_redirects_dead_end_gives_way_to_the_sources_own_address(watcher, publisher):
    url = publisher.serve("/feed", EXAMPLE)
    state = replace(FRESH, moved_to=publisher.url("/dead-end"))
    with pytest.raises(FetchError):
        await watcher.poll(source(url), replace(state, failures=2))
    after = (await watcher.poll(source(url), replace(state, failures=3))).state
    assert after.moved_to == ""


async def test_empty_answer_may_pass(watcher, publisher):
    with pytest.raises(FetchError, match="the answer is empty"):
        await watcher.poll(source(publisher.serve("/feed", " \n")), FRESH)
