"""What does every kind of watcher promise? Kinds are found by themselves; a new one is held to this without an edit."""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from aiohttp import web

from bot.clock import VirtualClock
from bot.domain import PollState, Source, Tier
from bot.errors import (
    FetchError,
    NotAFeedError,
    OversizeError,
    RefusedAddressError,
    SourceGoneError,
    StancewatchError,
)
from bot.ports import Watcher
from watchers import Fetcher, Limits, Parser, kind_modules, load, open_watching
from watchers.parsing import SMALL

NOW = datetime(2024, 6, 21, tzinfo=UTC)
# The further names of a kind stand for the same watcher.
EXAMPLES: dict[str, bytes] = {module.KINDS[0]: module.EXAMPLE for module in kind_modules()}
KINDS = sorted(EXAMPLES)
NEVER_POLLED = PollState(next_due=NOW)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>&d;</title></channel></rss>"""
HOSTILE = {
    "page": b"<!DOCTYPE html><html><head><title>Hello</title></head><body>no feed</body></html>",
    "laughs": LAUGHS,
    "external": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    "words": b"just words, no feed at all",
    "binary": bytes(range(256)) * 40,
    "deep xml": b"<a>" * 20_000,
    "deep json": b"[" * 200_000,
    "cut off": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY',
    "nothing": b"",
    "blanks": b" \n\t ",
}


def a_source(kind: str, url: str) -> Source:
    return Source("example", "Example News", url, kind, "en", "Example", "example", Tier.OUTLET)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    """Workers serve the whole module: starting them takes longer than all they do here."""
    async with Parser(workers=1) as opened:
        yield opened


@pytest.fixture
async def watchers(parser: Parser) -> AsyncIterator[Mapping[str, Watcher]]:
    limits = Limits(max_bytes=200_000, seconds=5.0, redirects=3)
    async with Fetcher(VirtualClock(NOW), allow_private=["127.0.0.1"], limits=limits) as fetcher:
        yield load(fetcher, parser)


@pytest.fixture
def watcher(watchers: Mapping[str, Watcher], kind: str) -> Watcher:
    return watchers[kind]


def test_every_kind_has_one_watcher_that_goes_by_one_of_its_names():
    names = [kind for module in kind_modules() for kind in module.KINDS]
    assert len(names) == len(set(names))
    assert {"rss", "atom", "json", "search", "page"} <= set(names)


def test_every_name_of_a_kind_leads_to_its_watcher(watchers):
    for module in kind_modules():
        assert {id(watchers[name]) for name in module.KINDS} == {id(watchers[module.KINDS[0]])}
        assert watchers[module.KINDS[0]].kind in module.KINDS


async def test_first_poll_brings_the_entries_oldest_first(watcher, kind, publisher):
    url = publisher.serve("/feed", EXAMPLES[kind], headers={"ETag": 'W/"odd  one"', "Last-Modified": "yesterday"})
    poll = await watcher.poll(a_source(kind, url), NEVER_POLLED)
    assert poll.changed
    assert len(poll.entries) == 2
    older, newer = poll.entries
    assert older.published is not None
    assert newer.published is not None
    assert older.published < newer.published
    assert older.published.utcoffset() == timedelta(0)
    assert all(entry.url.startswith("http") and entry.title and "<" not in entry.text for entry in poll.entries)
    assert (poll.state.etag, poll.state.last_modified) == ('W/"odd  one"', "yesterday")
    assert poll.state.body_hash


async def test_validators_go_back_exactly_as_received_and_304_is_no_change(watcher, kind, publisher):
    url = publisher.serve("/feed", EXAMPLES[kind], headers={"ETag": '"x-gzip"', "Last-Modified": "Thu, 01 Jan 1970"})
    first = await watcher.poll(a_source(kind, url), NEVER_POLLED)
    publisher.serve("/feed", status=304)
    second = await watcher.poll(a_source(kind, url), first.state)
    headers = publisher.asked("/feed")[-1]
    assert headers["If-None-Match"] == '"x-gzip"'
    assert headers["If-Modified-Since"] == "Thu, 01 Jan 1970"
    assert not second.changed
    assert second.entries == ()
    assert second.state == first.state


async def test_unchanged_body_is_no_change(watcher, kind, publisher):
    url = publisher.serve("/feed", EXAMPLES[kind])
    first = await watcher.poll(a_source(kind, url), NEVER_POLLED)
    publisher.serve("/feed", EXAMPLES[kind], headers={"ETag": '"new"'})
    second = await watcher.poll(a_source(kind, url), first.state)
    assert not second.changed
    assert second.entries == ()
    assert second.state == replace(first.state, etag='"new"')


async def test_changed_body_brings_entries_again_and_forgets_old_validators(watcher, kind, publisher):
    url = publisher.serve("/feed", EXAMPLES[kind], headers={"ETag": '"1"'})
    first = await watcher.poll(a_source(kind, url), NEVER_POLLED)
    publisher.serve("/feed", EXAMPLES[kind].replace(b"Second", b"Changed"))
    second = await watcher.poll(a_source(kind, url), first.state)
    assert second.changed
    assert "Changed" in second.entries[-1].title
    assert second.state.etag == ""
    assert second.state.body_hash != first.state.body_hash


async def test_gzipped_body_is_read(watcher, kind, publisher):
    packed = gzip.compress(EXAMPLES[kind])
    url = publisher.serve("/feed", packed, headers={"Content-Encoding": "gzip"})
    assert len((await watcher.poll(a_source(kind, url), NEVER_POLLED)).entries) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
async def test_error_status_is_one_clear_line(watcher, kind, publisher, status):
    url = publisher.serve("/feed", "trouble", status=status, headers={"Retry-After": "120"})
    with pytest.raises(FetchError) as caught:
        await watcher.poll(a_source(kind, url), NEVER_POLLED)
    assert str(status) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.retry_after == 120


async def test_410_says_the_source_is_gone(watcher, kind, publisher):
    with pytest.raises(SourceGoneError, match="gone"):
        await watcher.poll(a_source(kind, publisher.serve("/feed", status=410)), NEVER_POLLED)


async def test_permanent_redirect_is_remembered_and_used(watcher, kind, publisher):
    old = publisher.serve("/old", status=301, headers={"Location": "/new"})
    new = publisher.serve("/new", EXAMPLES[kind])
    first = await watcher.poll(a_source(kind, old), NEVER_POLLED)
    assert first.state.moved_to == new
    second = await watcher.poll(a_source(kind, old), first.state)
    assert second.state.moved_to == new
    assert len(publisher.asked("/old")) == 1
    assert len(publisher.asked("/new")) == 2


async def test_temporary_redirect_is_followed_and_forgotten(watcher, kind, publisher):
    url = publisher.serve("/feed", status=302, headers={"Location": "/elsewhere"})
    publisher.serve("/elsewhere", EXAMPLES[kind])
    poll = await watcher.poll(a_source(kind, url), NEVER_POLLED)
    assert len(poll.entries) == 2
    assert poll.state.moved_to == ""


async def test_redirect_loop_ends_in_one_clear_line(watcher, kind, publisher):
    url = publisher.serve("/feed", status=302, headers={"Location": "/feed"})
    with pytest.raises(FetchError, match="more than 3 redirects"):
        await watcher.poll(a_source(kind, url), NEVER_POLLED)
    assert len(publisher.asked("/feed")) == 4


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest", "file:///etc/passwd", "http://[::1]/", "//0x7f.1/"]
)
async def test_redirect_to_a_refused_address_is_refused(watcher, kind, publisher, target):
    url = publisher.serve("/feed", status=302, headers={"Location": target})
    with pytest.raises(RefusedAddressError):
        await watcher.poll(a_source(kind, url), NEVER_POLLED)


async def test_hostile_bodies_cost_one_line_each_and_the_next_poll_is_well(watcher, kind, publisher):
    for name, body in HOSTILE.items():
        url = publisher.serve("/feed", body)
        with pytest.raises(StancewatchError) as caught:
            await watcher.poll(a_source(kind, url), NEVER_POLLED)
        line = str(caught.value)
        assert "\n" not in line, name
        assert url in line or "Example News" in line, name
    url = publisher.serve("/feed", EXAMPLES[kind])
    assert len((await watcher.poll(a_source(kind, url), NEVER_POLLED)).entries) == 2


async def test_page_that_names_its_feed_is_answered_with_it(watcher, kind, publisher):
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    with pytest.raises(NotAFeedError, match=r"looks like a web page; try its feed http://127\.0\.0\.1:\d+/rss\.xml"):
        await watcher.poll(a_source(kind, publisher.serve("/", page)), NEVER_POLLED)


async def test_oversized_body_is_not_read_to_its_end(watcher, kind, publisher):
    url = publisher.serve("/feed", EXAMPLES[kind] + b" " * 300_000)
    with pytest.raises(OversizeError, match=r"larger than 0\.2 MB"):
        await watcher.poll(a_source(kind, url), NEVER_POLLED)


async def test_gzip_bomb_is_stopped_at_the_cap(watcher, kind, publisher):
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 200_000
    url = publisher.serve("/feed", bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(OversizeError):
        await watcher.poll(a_source(kind, url), NEVER_POLLED)


async def test_many_polls_at_once_all_come_back(watcher, kind, publisher):
    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(body=EXAMPLES[kind].replace(b"Lead", request.path.encode()))

    urls = [publisher.answer(f"/feed{number}", page) for number in range(20)]
    polls = await asyncio.gather(*(watcher.poll(a_source(kind, url), NEVER_POLLED) for url in urls))
    assert [len(poll.entries) for poll in polls] == [2] * 20


async def test_closing_leaves_no_worker_behind(kind, publisher):
    url = publisher.serve("/feed", EXAMPLES[kind] + b" " * SMALL)  # what is small may need no worker
    before = set(multiprocessing.active_children())
    async with open_watching(VirtualClock(NOW), allow_private=["127.0.0.1"], workers=1) as (opened, _):
        await opened[kind].poll(a_source(kind, url), NEVER_POLLED)
        assert set(multiprocessing.active_children()) - before
    assert not set(multiprocessing.active_children()) - before
