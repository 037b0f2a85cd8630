"""Is the body of an article told from what surrounds it, and does the lead serve where it cannot be?"""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from aiohttp import web

from bot.clock import VirtualClock
from bot.errors import FetchError, NotAPageError, PageGoneError, PermanentError, StancewatchError
from watchers import Fetcher, Parser
from watchers.fulltext import PageReader, read_page
from watchers.parsing import Document
from watchers.robots import TRIED_AGAIN

NOW = datetime(2024, 6, 21, tzinfo=UTC)
URL = "https://paper.example/a"
TITLE = "Seoul to review its stance on arms for Kyiv"
PARAGRAPHS = (
    "South Korea will review whether to send weapons to Ukraine, the presidential office said on Thursday.",
    "The announcement came a day after Moscow and Pyongyang signed a treaty that promises help in case of attack.",
    "National security adviser Chang Ho-jin told reporters that the government would reconsider its long-held line.",
    "Until now Seoul has sent only humanitarian aid and protective gear, and has let allies lend it shells in turn.",
    "Russia's president warned that supplying lethal weapons to Ukraine would be a very big mistake for Seoul.",
)


def _layouts() -> ModuleType:
    path = Path(__file__).parents[3] / "benchmarks/layouts.py"
    spec = importlib.util.spec_from_file_location("bench_layouts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layouts = _layouts()


def read(page: str, content_type: str = "text/html; charset=utf-8"):
    return read_page(Document(URL, page.encode(), content_type))


@pytest.mark.parametrize("number", range(layouts.LAYOUTS))
def test_of_fifty_layouts_the_body_is_whole_and_nothing_else(number):
    found = read(layouts.page(number, TITLE, PARAGRAPHS))
    assert [paragraph for paragraph in PARAGRAPHS if paragraph not in found.text] == []
    assert "cookies" not in found.text
    assert "lakes" not in found.text
    assert "First!" not in found.text
    assert found.title == TITLE


BODY = "<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</article>"


@pytest.mark.parametrize(
    "head",
    [
        "<title>T | Politics</title><meta property='og:title' content='Seoul to arm Kyiv | Politics'>",
        "<meta property='og:title' content='Seoul to arm Kyiv - The Paper'>",
        "<meta property='og:title' content='Seoul to arm Kyiv — Daily'><meta name='application-name' content='DAILY'>",
        "<title>Seoul to arm Kyiv - Paper</title>",
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(head):
    assert read(f"<!DOCTYPE html><html><head>{head}</head><body>{BODY}</body></html>").title == "Seoul to arm Kyiv"


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_what_stands_behind_a_dash_in_a_headline_is_part_of_it(dash):
    headline = f"Seoul to send weapons to Ukraine {dash} if Moscow tears its paper up"
    page = f"<!DOCTYPE html><html><head><title>T</title></head><body><h1>{headline}</h1>{BODY}</body></html>"
    assert read(page).title == headline


@pytest.mark.parametrize("page", layouts.NO_ARTICLE)
def test_a_page_without_an_article_is_named_and_the_lead_serves(page):
    with pytest.raises(NotAPageError, match="the lead serves"):
        read(page)


@pytest.mark.parametrize(
    "mark",
    [
        '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>',
        '<script type="application/ld+json">{"isAccessibleForFree":false,"hasPart":[]}</script>',
        r'<script>self.push([1,"{\"isAccessibleForFree\":false}"])</script>',
        '<meta itemprop="isAccessibleForFree" content="False">',
        "<meta content=false itemprop=isAccessibleForFree>",
    ],
)
def test_what_is_not_free_to_read_is_not_read_although_it_is_there(mark):
    with pytest.raises(NotAPageError, match="not free"):
        read(layouts.page(0, TITLE, PARAGRAPHS).replace("</head>", f"{mark}</head>"))


@pytest.mark.parametrize("mark", ['{"isAccessibleForFree": true}', "<meta itemprop=isAccessibleForFree content=true>"])
def test_what_is_free_to_read_is_read(mark):
    assert read(layouts.page(0, TITLE, PARAGRAPHS).replace("</head>", f"{mark}</head>")).title == TITLE


@pytest.mark.parametrize("body", ["", "just words", "{}", "%PDF-1.4", "<rss><channel></channel></rss>"])
def test_what_is_no_page_is_named(body):
    with pytest.raises(NotAPageError):
        read(body, "application/octet-stream")


@pytest.mark.parametrize(
    "body", ["<html>" + "<div>" * 30_000, "<html><!ENTITY a 'b'>&a;", "<html>\x00\x01", "<html><body>" + "<p>x" * 5_000]
)
def test_hostile_pages_cost_one_line(body):
    try:
        found = read(body)
    except StancewatchError as error:
        assert "\n" not in str(error)  # noqa: PT017 -- it may as well be read
    else:
        assert found.text


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOW)


@pytest.fixture
async def reader(parser: Parser, clock: VirtualClock) -> AsyncIterator[PageReader]:
    async with Fetcher(clock, allow_private=["127.0.0.1"]) as fetcher:
        yield PageReader(fetcher, parser, clock)


HTML = {"Content-Type": "text/html; charset=utf-8"}


async def test_a_page_is_fetched_as_a_page_once_robots_txt_has_been_asked(reader, publisher):
    url = publisher.serve("/a", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    assert (await reader.page(url)).title == TITLE
    await reader.page(url)
    assert publisher.asked("/a")[0]["Accept"].startswith("text/html")
    assert len(publisher.asked("/robots.txt")) == 1


async def test_robots_txt_is_kept_to(reader, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n\nUser-agent: Stancewatch\nDisallow: /a")
    url = publisher.serve("/a", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    with pytest.raises(PermanentError, match=r"robots\.txt"):
        await reader.page(url)
    assert publisher.asked("/a") == []


async def test_robots_txt_is_kept_to_behind_a_redirect_too(reader, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /private/")
    publisher.serve("/private/a", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    with pytest.raises(PermanentError, match=r"robots\.txt"):
        await reader.page(publisher.serve("/a", status=302, headers={"Location": "/private/a"}))
    assert publisher.asked("/private/a") == []


async def test_while_robots_txt_cannot_be_had_nothing_is_fetched(reader, publisher, clock):
    publisher.serve("/robots.txt", "trouble", status=503)
    url = publisher.serve("/a", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    for _ in range(2):
        with pytest.raises(FetchError):
            await reader.page(url)
    assert publisher.asked("/a") == []
    assert len(publisher.asked("/robots.txt")) == 1
    publisher.serve("/robots.txt", "", status=404)
    clock.set(NOW + TRIED_AGAIN)
    assert (await reader.page(url)).title == TITLE


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_not_there_is_gone_and_not_merely_failing(reader, publisher, status):
    publisher.serve("/", "All the news")
    with pytest.raises(PageGoneError):
        await reader.page(publisher.serve("/a", "gone", status=status))


@pytest.mark.parametrize("status", [404, 410, 503])
async def test_a_page_is_not_gone_by_itself_where_the_whole_site_is(reader, publisher, status):
    publisher.serve("/", "gone", status=status)
    with pytest.raises(FetchError, match="front page"):
        await reader.page(publisher.serve("/a", "gone", status=404))


async def test_a_page_is_gone_where_the_front_page_may_not_be_asked_for(reader, publisher):
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /$")
    with pytest.raises(PageGoneError):
        await reader.page(publisher.serve("/a", "gone", status=404))


@pytest.mark.parametrize(("dead", "error"), [("127.0.0.1", PageGoneError), ("localhost", FetchError)])
async def test_the_site_that_a_link_leads_to_is_the_one_that_has_to_stand(parser, clock, publisher, dead, error):
    there = publisher.serve("/there", status=404).replace("127.0.0.1", "localhost")

    async def front(request: web.Request) -> web.Response:
        return web.Response(status=404 if dead in request.host else 200)

    publisher.answer("/", front)
    link = publisher.serve("/link", status=301, headers={"Location": there})
    async with Fetcher(clock, allow_private=["127.0.0.1", "localhost"]) as fetcher:
        with pytest.raises(error):
            await PageReader(fetcher, parser, clock).page(link)


async def test_a_site_whose_front_page_asks_to_be_left_alone_is_left_alone(reader, publisher):
    publisher.serve("/", "not now", status=503, headers={"Retry-After": "600"})
    other = publisher.serve("/b", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    for url in (publisher.url("/a"), other):
        with pytest.raises(FetchError) as caught:
            await reader.page(url)
        assert caught.value.retry_after == 600
    assert publisher.asked("/b") == []


async def test_an_error_that_passes_is_one(reader, publisher):
    with pytest.raises(FetchError):
        await reader.page(publisher.serve("/a", "trouble", status=503))


async def test_the_front_page_that_an_article_leads_to_is_not_read_as_the_article(reader, publisher):
    publisher.serve("/", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    with pytest.raises(NotAPageError, match="front page"):
        await reader.page(publisher.serve("/a", status=301, headers={"Location": "/"}))
    by_number = publisher.serve("/b", status=301, headers={"Location": "/?p=1"})
    assert (await reader.page(by_number)).title == TITLE


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_to_be_left_alone_is_not_asked_for_its_other_pages_either(
    reader, publisher, clock, status
):
    busy = publisher.serve("/a", "not now", status=status, headers={"Retry-After": "600"})
    other = publisher.serve("/b", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    for url, seconds, left in ((busy, 0, 600), (other, 0, 600), (other, 599, 1)):
        clock.set(NOW + timedelta(seconds=seconds))
        with pytest.raises(FetchError) as caught:
            await reader.page(url)
        assert caught.value.retry_after == left
    assert publisher.asked("/b") == []
    clock.set(NOW + timedelta(seconds=600))
    assert (await reader.page(other)).title == TITLE


async def test_a_page_that_is_refused_for_an_hour_says_nothing_of_its_hosts_others(reader, publisher):
    refused = publisher.serve("/a", "no", status=403, headers={"Cache-Control": "max-age=3600"})
    with pytest.raises(FetchError):
        await reader.page(refused)
    other = publisher.serve("/b", layouts.page(0, TITLE, PARAGRAPHS), headers=HTML)
    assert (await reader.page(other)).title == TITLE
