"""Is what a poll leaves behind what the next one needs?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.clock import VirtualClock
from bot.domain import PollState, Source, Tier
from bot.errors import FetchError, NotAFeedError, SourceGoneError
from watchers import Fetcher, Parser
from watchers.jsonfeed import read_json
from watchers.polling import FeedWatcher
from watchers.rss import EXAMPLE, read_feed

NOW = datetime(2024, 6, 21, tzinfo=UTC)
FRESH = PollState(next_due=NOW)


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


async def test_the_wait_for_its_hosts_other_feeds_is_not_what_a_publisher_took(parser, publisher):
    urls = [publisher.serve(f"/{number}", EXAMPLE) for number in range(4)]
    async with Fetcher(VirtualClock(NOW), allow_private=["127.0.0.1"], spacing={"127.0.0.1": 0.4}) as fetcher:
        watcher = FeedWatcher("rss", fetcher, parser, read_feed)
        polls = await asyncio.gather(*(watcher.poll(source(url), FRESH) for url in urls))
    assert [0 < (poll.seconds or 0) < 0.4 for poll in polls] == [True] * 4


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


async def test_a_redirects_target_that_is_gone_gives_way_to_the_sources_own_address_at_once(watcher, publisher):
    url = publisher.serve("/feed", EXAMPLE)
    publisher.serve("/sent-to", status=410)
    state = replace(FRESH, moved_to=publisher.url("/sent-to"), etag='"theirs"', last_modified="then")
    poll = await watcher.poll(source(url), state)
    assert poll.entries
    assert poll.state.moved_to == ""
    assert not {"If-None-Match", "If-Modified-Since"} & set(publisher.asked("/feed")[0])
    publisher.serve("/feed", status=410)
    with pytest.raises(SourceGoneError):
        await watcher.poll(source(url), state)


async def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes_and_asked_for_whole_again(watcher, publisher):
    head, tail = EXAMPLE[: EXAMPLE.rindex(b"<item>") + 30], {"ETag": '"1"', "Last-Modified": "then"}
    poll = await watcher.poll(source(publisher.serve("/feed", head, headers=tail)), FRESH)
    assert poll.entries
    assert (poll.state.etag, poll.state.last_modified) == ("", "")
    poll = await watcher.poll(source(publisher.serve("/feed", EXAMPLE + b"\n\0", headers=tail)), poll.state)
    assert len(poll.entries) == 2
    assert poll.state.etag == '"1"'


HEADLINE = EXAMPLE.index(b"First") + 3
"""Within the title of the second of two items."""


@pytest.mark.parametrize("behind", [b"", b" | 1", b"\n", b"&lt;b>"])
async def test_of_a_feed_that_breaks_off_within_a_headline_the_half_is_not_read(watcher, publisher, behind):
    """What is left of it may say the opposite of all of it."""
    poll = await watcher.poll(source(publisher.serve("/feed", EXAMPLE[:HEADLINE] + behind)), FRESH)
    assert [entry.guid for entry in poll.entries] == ["2"]
    whole = await watcher.poll(source(publisher.serve("/feed", EXAMPLE)), poll.state)
    assert [entry.title for entry in whole.entries] == ["First", "Second & newer"]


async def test_of_a_feed_that_breaks_off_within_a_lead_the_headline_is_read_without_it(watcher, publisher):
    at = EXAMPLE.index(b"First</title>") + len(b"First</title>")
    for lead in (b"<description>Seoul will send", b"<description><![CDATA[<p>Seoul will send arms,</p>"):
        poll = await watcher.poll(source(publisher.serve("/feed", EXAMPLE[:at] + lead)), FRESH)
        assert next((entry.guid, entry.title, entry.text) for entry in poll.entries) == ("1", "First", "")
        assert len(poll.entries) == 2


PREFIXED = (
    b'<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
    b'<a:entry><a:title>First</a:title><a:link href="https://example.org/1"/><a:id>1</a:id></a:entry>'
    b'<a:entry><a:id>2</a:id><a:link href="https://example.org/2"/><media:title>Picture</media:title>'
)


@pytest.mark.parametrize(
    ("behind", "titles"),
    [
        (b"<a:title>Seoul will send weapons, if", ["First"]),
        (b"<a:title>Second</a:title><a:summary>Seoul will send", ["Second", "First"]),
    ],
)
async def test_half_of_an_item_whose_elements_bear_a_prefix_is_not_read(watcher, publisher, behind, titles):
    poll = await watcher.poll(source(publisher.serve("/feed", PREFIXED + behind)), FRESH)
    assert [(entry.title, entry.text) for entry in poll.entries] == [(title, "") for title in titles]


def breaks_off(body: bytes, framing: bytes):
    async def page(request: web.Request) -> web.StreamResponse:
        request.transport.write(b'HTTP/1.1 200 OK\r\nETag: "1"\r\nCache-Control: max-age=600\r\n' + framing + body)
        await asyncio.sleep(0.05)
        request.transport.close()
        return web.Response()

    return page


@pytest.mark.parametrize("end", [HEADLINE, len(EXAMPLE)])
@pytest.mark.parametrize("framing", ["Content-Length: 99999\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n"])
async def test_a_feed_whose_transfer_breaks_off_is_read_as_far_as_it_came_and_asked_for_whole_again(
    watcher, publisher, framing, end
):
    url = publisher.answer("/feed", breaks_off(EXAMPLE[:end], framing.format(end).encode()))
    poll = await watcher.poll(source(url), replace(FRESH, baselined=True))
    assert [entry.guid for entry in poll.entries] == (["2"] if end == HEADLINE else ["1", "2"])
    assert (poll.state.etag, poll.state.fresh_until) == ("", None)
    whole = await watcher.poll(source(publisher.serve("/feed", EXAMPLE + b"\n")), poll.state)
    assert len(whole.entries) == 2


async def test_a_first_poll_whose_transfer_breaks_off_is_none_as_the_rest_would_be_told_as_new(watcher, publisher):
    framing = b"Content-Length: 99999\r\n\r\n"
    with pytest.raises(FetchError, match="broke off before its end"):
        await watcher.poll(source(publisher.answer("/feed", breaks_off(EXAMPLE[:HEADLINE], framing))), FRESH)
    poll = await watcher.poll(source(publisher.answer("/feed", breaks_off(EXAMPLE, framing))), FRESH)
    assert len(poll.entries) == 2  # its length alone was wrong


async def test_of_a_feed_that_breaks_off_within_its_first_headline_nothing_is_read(watcher, publisher):
    with pytest.raises(FetchError, match="broke off before its end"):
        await watcher.poll(source(publisher.serve("/feed", EXAMPLE[: EXAMPLE.index(b"Second") + 3])), FRESH)


@pytest.mark.parametrize(
    "body",
    [
        EXAMPLE + b"\x1a",
        EXAMPLE + b"\n0\r\n",
        EXAMPLE + b"\xef\xbb\xbf",
        EXAMPLE + b"\n<!-- made of <item> in 3 ms -->\n",
        EXAMPLE.replace(b"</channel></rss>", b"<itemsPerPage>2</itemsPerPage></channel></rss><!-- cached -->"),
    ],
)
async def test_a_feed_behind_whose_root_something_stands_is_whole(watcher, publisher, body):
    headers = {"ETag": '"1"', "Cache-Control": "max-age=600"}
    poll = await watcher.poll(source(publisher.serve("/feed", body, headers=headers)), FRESH)
    assert len(poll.entries) == 2
    assert (poll.state.etag, poll.state.fresh_until) == ('"1"', NOW + timedelta(seconds=600))


async def test_json_that_speaks_of_items_is_whole(watcher, publisher):
    of_json = replace(watcher, kind="json", read=read_json, swiftly=None)
    body = b'{"items": [{"title": "<item>a</item> and <item>", "url": "https://news.example/1"}]}'
    poll = await of_json.poll(source(publisher.serve("/feed", body)), FRESH)
    assert len(poll.entries) == 1


async def test_one_of_which_nothing_can_be_read_is_told_as_broken_off_and_not_as_no_feed(watcher, publisher):
    url = publisher.answer("/feed", breaks_off(EXAMPLE[:60], b"Content-Length: 999\r\n\r\n"))
    with pytest.raises(FetchError, match="broke off before its end; tried again later"):
        await watcher.poll(source(url), FRESH)


async def test_empty_answer_may_pass(watcher, publisher):
    with pytest.raises(FetchError, match="the answer is empty"):
        await watcher.poll(source(publisher.serve("/feed", " \n")), FRESH)


async def test_after_a_failure_the_whole_body_is_asked_for(watcher, publisher):
    """A 304 would not show that the feed can be read again, so it cannot end a run of failures."""
    url = publisher.serve("/feed", EXAMPLE)
    state = (await watcher.poll(source(url), FRESH)).state
    state = replace(state, etag='"1"', last_modified="then", failures=1)
    publisher.serve("/feed", status=304)
    with pytest.raises(FetchError, match="304"):
        await watcher.poll(source(url), state)
    assert not {"If-None-Match", "If-Modified-Since"} & set(publisher.asked("/feed")[-1])


async def test_a_body_that_was_read_before_ends_a_run_of_failures_unparsed(watcher, publisher):
    url = publisher.serve("/feed", EXAMPLE)
    state = (await watcher.poll(source(url), FRESH)).state
    assert not (await watcher.poll(source(url), replace(state, failures=2))).changed


async def test_what_the_feed_and_its_headers_ask_for_is_remembered(watcher, publisher):
    body = EXAMPLE.replace(b"<link>https://news", b"<ttl>30</ttl><link>https://news", 1)
    url = publisher.serve("/feed", body, headers={"Cache-Control": "max-age=600", "ETag": '"1"'})
    state = (await watcher.poll(source(url), FRESH)).state
    assert state.wishes.least == 1800
    assert state.fresh_until == NOW + timedelta(seconds=600)
    publisher.serve("/feed", status=304, headers={"Cache-Control": "max-age=900"})
    after = (await watcher.poll(source(url), state)).state
    assert after == replace(state, fresh_until=NOW + timedelta(seconds=900))


@pytest.mark.parametrize(
    "body",
    [
        EXAMPLE.replace(b"<link>https://news", b"<ttl>30</ttl><odd/><link>https://news", 1),
        EXAMPLE.replace(b"</channel>", b"<odd/><ttl>30</ttl></channel>"),
    ],
)
async def test_what_feedparser_alone_can_read_brings_its_wishes_from_the_worker(watcher, publisher, body):
    poll = await watcher.poll(source(publisher.serve("/feed", body)), FRESH)
    assert len(poll.entries) == 2
    assert poll.state.wishes.least == 1800
