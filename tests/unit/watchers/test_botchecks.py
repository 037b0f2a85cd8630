"""Is a bot check told from a host's ordinary trouble, and is nobody asked on and on who has set one up?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.clock import VirtualClock
from bot.domain import PollState, Source, Tier
from bot.errors import BotCheckError, FetchError, NotAFeedError, NotAPageError
from watchers import Fetcher, Limits, Parser, load
from watchers.botchecks import who_checks
from watchers.checking import find_feed
from watchers.fulltext import PageReader

NOW = datetime(2024, 6, 21, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
CLOUDFLARE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<script>(function(){window._cf_chl_opt = {cvId: '3'};})()</script></body></html>"
)
ANUBIS = (
    "<!doctype html><html><head><title>Making sure you&#39;re not a bot!</title><link rel='stylesheet' "
    "href='/.within.website/x/xess/xess.min.css'></head><body><main><p>"
    f"{'You are seeing this because the owner of this website protects the server. ' * 9}</p></main></body></html>"
)


CAPTCHA = "<div class='g-recaptcha'></div><textarea id=g-recaptcha-response hidden></textarea>"


@dataclass
class Desk:
    """All that asks hosts, on one fetcher."""

    fetcher: Fetcher
    parser: Parser
    clock: VirtualClock

    async def poll(self, url: str, kind: str = "rss") -> Any:
        source = Source("e", "E", url, kind, "en", "E", "e", Tier.OUTLET)
        return await load(self.fetcher, self.parser)[kind].poll(source, PollState(next_due=NOW))


@pytest.fixture
async def desk(parser: Parser) -> AsyncIterator[Desk]:
    clock = VirtualClock(NOW)
    async with Fetcher(clock, allow_private=["127.0.0.1"], limits=Limits(seconds=10)) as fetcher:
        yield Desk(fetcher, parser, clock)


@pytest.mark.parametrize(
    ("status", "body", "headers", "who"),
    [
        (503, CLOUDFLARE, HTML, "Cloudflare"),
        (403, CLOUDFLARE, HTML, "Cloudflare"),
        (403, "", {"cf-mitigated": "challenge"}, "Cloudflare"),
        (429, "<html><title>Vercel Security Checkpoint</title></html>", HTML, "Vercel"),
        (202, "", {**HTML, "x-amzn-waf-action": "challenge"}, "Amazon"),
        (405, "<html><title>Human Verification</title></html>", {**HTML, "x-amzn-waf-action": "captcha"}, "Amazon"),
        (403, "<html><title>DDoS-Guard</title></html>", HTML, "DDoS-Guard"),
        (401, "<html><script src='/__qrator/qauth_utm_v2.js'></script></html>", HTML, "Qrator"),
        (403, '{"url":"https://geo.captcha-delivery.com/captcha/?x=1"}', {}, "DataDome"),
        (403, "<html><title>Проверка браузера</title><p>Подождите</p></html>", HTML, ""),
        (403, "<html><title>보안 확인</title><div class='h-captcha'></div></html>", HTML, ""),
        (503, "<html><div class='g-recaptcha' data-sitekey='x'></div></html>", HTML, ""),
        (403, f"<html><form><input type=hidden name=ray>{CAPTCHA}<input type=submit></form></html>", HTML, ""),
    ],
)
async def test_a_bot_check_is_named_with_who_set_it_up_and_what_to_do(
    desk: Desk, publisher: Any, status: int, body: str, headers: dict[str, str], who: str
) -> None:
    with pytest.raises(BotCheckError) as caught:
        await desk.poll(publisher.serve("/feed", body, status=status, headers=headers))
    line = str(caught.value)
    named = f"a bot check of {who} stands before it ({status})" if who else f"a bot check stands before it ({status})"
    assert named in line
    assert "ask the publisher to let feed readers pass, or take another feed" in line
    assert "\n" not in line
    assert (caught.value.status, caught.value.retry_after) == (status, None)
    assert len(publisher.asked("/feed")) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, "<html><title>503 Service Temporarily Unavailable</title><center>nginx</center></html>"),
        (403, "<html><title>Access Denied</title>You don't have permission to access this server.</html>"),
        (500, CLOUDFLARE),
        (404, "<html><title>Just a moment</title></html>"),
        (403, f"<html><title>Members only</title><form><input name=u type='text'>{CAPTCHA}</form></html>"),
        (403, f"<html><title>Forbidden</title><form>Write to us: <textarea name=q></textarea>{CAPTCHA}</form></html>"),
    ],
)
async def test_ordinary_trouble_is_no_bot_check(desk: Desk, publisher: Any, status: int, body: str) -> None:
    with pytest.raises(FetchError) as caught:
        await desk.poll(publisher.serve("/feed", body, status=status, headers=HTML))
    assert not isinstance(caught.value, BotCheckError)
    assert "bot check" not in str(caught.value)


async def test_an_error_page_that_drips_or_never_ends_is_told_by_its_status(desk: Desk, publisher: Any) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=503, headers=HTML)
        await response.prepare(request)
        for _ in range(100):
            await response.write(b"<!-- wait -->")
            await asyncio.sleep(0.2)
        return response

    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=403, headers=HTML)
        await response.prepare(request)
        while True:
            await response.write(b" " * 65_536)

    for page, status in ((drip, "503"), (flood, "403")):
        with pytest.raises(FetchError, match=status):
            await desk.poll(publisher.answer("/feed", page))


@pytest.mark.parametrize("kind", ["rss", "json", "search", "page"])
@pytest.mark.parametrize("body", [CLOUDFLARE, ANUBIS])
async def test_a_bot_check_that_answers_as_if_all_were_well_is_no_page_to_watch(
    desk: Desk, publisher: Any, kind: str, body: str
) -> None:
    with pytest.raises(NotAFeedError, match=r"a bot check of .* stands before it; ask the publisher"):
        await desk.poll(publisher.serve("/feed", body, headers=HTML), kind)


async def test_a_bot_check_that_is_added_as_a_feed_is_named_and_no_feed_is_guessed_at(
    desk: Desk, publisher: Any
) -> None:
    with pytest.raises(NotAFeedError, match="a bot check of Anubis"):
        await find_feed(desk.fetcher, publisher.serve("/", ANUBIS, headers=HTML))
    assert len(publisher.requests) == 1


async def test_what_a_bot_check_says_is_no_article(desk: Desk, publisher: Any) -> None:
    reader = PageReader(desk.fetcher, desk.parser, desk.clock)
    with pytest.raises(NotAPageError, match="a bot check of Anubis stands before it; the lead serves"):
        await reader.page(publisher.serve("/article", ANUBIS, headers=HTML))


async def test_a_host_whose_pages_stand_behind_a_bot_check_is_asked_for_one_an_hour(desk: Desk, publisher: Any) -> None:
    reader = PageReader(desk.fetcher, desk.parser, desk.clock)
    urls = [publisher.serve(f"/{number}", CLOUDFLARE, status=403, headers=HTML) for number in range(5)]
    for minutes, asked in ((0, 1), (59, 1), (60, 2)):
        desk.clock.set(NOW + timedelta(minutes=minutes))
        for url in urls:
            with pytest.raises(FetchError, match="bot check of Cloudflare"):
                await reader.page(url)
        assert sum(len(publisher.asked(f"/{number}")) for number in range(5)) == asked


async def test_a_host_that_only_leads_to_a_bot_check_is_asked_on_for_what_it_leads_to_elsewhere(
    parser: Parser, publisher: Any
) -> None:
    clock = VirtualClock(NOW)
    checked = publisher.serve("/checked", CLOUDFLARE, status=403, headers=HTML).replace("127.0.0.1", "localhost")
    links = [publisher.serve(f"/{link}", status=302, headers={"Location": checked}) for link in range(2)]
    async with Fetcher(clock, allow_private=["127.0.0.1", "localhost"]) as fetcher:
        reader = PageReader(fetcher, parser, clock)
        for link in links:
            with pytest.raises(FetchError, match="bot check of Cloudflare"):
                await reader.page(link)
        assert len(publisher.asked("/checked")) == 1
        with pytest.raises(NotAPageError):  # no article; but it was asked for
            await reader.page(publisher.serve("/elsewhere", "<html></html>", headers=HTML))


async def test_a_host_whose_robots_txt_stands_behind_a_bot_check_is_told_as_such_and_asked_for_it_once_an_hour(
    desk: Desk, publisher: Any
) -> None:
    publisher.serve("/robots.txt", CLOUDFLARE, status=503, headers=HTML)
    with pytest.raises(BotCheckError, match=r"/robots\.txt: a bot check of Cloudflare"):
        await desk.poll(publisher.serve("/list", "<html></html>"), "page")
    reader = PageReader(desk.fetcher, desk.parser, desk.clock)
    for minutes in range(0, 60, 10):
        desk.clock.set(NOW + timedelta(minutes=minutes))
        with pytest.raises(FetchError, match="bot check of Cloudflare"):
            await reader.page(publisher.url("/article"))
    assert len(publisher.requests) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>Just a moment of peace, says Seoul</title><p>…</p></html>",
        "<html><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><p>News</p></html>",
        "<html><script src='/_Incapsula_Resource?SWJIYLWA=1'></script><form class='g-recaptcha'></form></html>",
        "<html><title>Are you a robot? A study</title></html>",
        "<html><script>AwsWafIntegration.fetch('/api/news').then(show)</script><p>News</p></html>",
    ],
)
def test_what_healthy_pages_carry_is_no_bot_check(page: str) -> None:
    assert who_checks(200, {}, page) is None


def test_no_tag_of_an_error_page_reaches_into_the_next() -> None:
    assert who_checks(403, {}, f'{CAPTCHA}<input <span type="text">') == ""
