"""Does a check say in one line what is wrong with a source?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import VirtualClock
from bot.domain import Source, Tier
from bot.errors import FetchError, NotAFeedError
from watchers import Fetcher, load
from watchers.checking import check_source, find_feed

CLOCK = VirtualClock(datetime(2024, 6, 21, tzinfo=UTC))
ITEM = "<item><guid>1</guid><title>T</title><pubDate>Thu, 20 Jun 2024 12:00:00 GMT</pubDate></item>"
PAGE = '<html><head><link rel="alternate" type="application/atom+xml" href="/atom"></head></html>'


def rss(item: str) -> str:
    return f"<rss version='2.0'><channel><title>N</title>{item}</channel></rss>"


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(CLOCK, allow_private=["127.0.0.1"]) as opened:
        yield opened


@pytest.fixture
def check(fetcher, parser):
    watcher = load(fetcher, parser)["rss"]

    async def run(url: str):
        return await check_source(watcher, Source("e", "E", url, "rss", "en", "E", "e", Tier.OUTLET), CLOCK)

    return run


async def test_healthy_source_needs_no_advice(check, publisher):
    report = await check(publisher.serve("/feed", rss(ITEM)))
    assert report.ok
    assert report.items == len(report.entries) == 1
    assert report.newest == datetime(2024, 6, 20, 12, tzinfo=UTC)
    assert report.advice == ""
    assert report.seconds > 0


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("", "holds no items"),
        (ITEM.replace("2024", "2016"), "nothing since 2016-06-20"),
        ("<item><guid>1</guid><title>T</title></item>", "dates no item"),
        (ITEM.replace("<guid>1</guid>", ""), "without id and link"),
    ],
)
async def test_doubtful_source_is_told_with_what_to_look_at(check, publisher, item, words):
    report = await check(publisher.serve("/feed", rss(item)))
    assert report.ok
    assert words in report.advice


async def test_moved_source_is_told_its_new_address(check, publisher):
    publisher.serve("/new", rss(ITEM))
    report = await check(publisher.serve("/old", status=301, headers={"Location": "/new"}))
    assert report.moved_to == publisher.url("/new")
    assert report.moved_to in report.advice


async def test_broken_source_is_told_with_the_reason(check, publisher):
    report = await check(publisher.serve("/feed", status=404))
    assert not report.ok
    assert "404" in report.advice
    assert report.items == 0


async def test_address_of_a_feed_is_recognised(fetcher, publisher):
    assert await find_feed(fetcher, publisher.serve("/x", rss(ITEM))) == (publisher.url("/x"), "rss")
    assert await find_feed(fetcher, publisher.serve("/y", "[]")) == (publisher.url("/y"), "json")


async def test_feed_of_a_page_is_found(fetcher, publisher):
    assert await find_feed(fetcher, publisher.serve("/", PAGE)) == (publisher.url("/atom"), "atom")


@pytest.mark.parametrize(
    "named",
    [
        '</news.xml>; rel="alternate"; type="application/rss+xml"',
        "<news.xml>;REL=Alternate;Type=application/rss+xml",
        '<https://a.example/>; rel="https://api.w.org/", </news.xml>; rel="alternate home"; type="application/rss+xml"',
    ],
)
async def test_a_feed_that_a_page_names_in_its_header_is_found(fetcher, publisher, named):
    page = publisher.serve("/", "<!DOCTYPE html><html><body>News</body></html>", headers={"Link": named})
    assert await find_feed(fetcher, page) == (publisher.url("/news.xml"), "rss")
    assert len(publisher.requests) == 1


@pytest.mark.parametrize(
    "named",
    [
        '</style.css>; rel="preload"; as="style"',
        '</wp-json/>; rel="alternate"; type="application/json"',
        '<http://[bad>; rel="alternate"; type="application/rss+xml"',
        '<javascript:alert(1)>; rel="alternate"; type="application/rss+xml"',
        ", ".join(['</no.xml>; rel="alternate"; type="application/rss+xml"'] * 400),
        "<",
    ],
)
async def test_a_header_that_names_no_feed_keeps_none_from_being_found(fetcher, publisher, named):
    publisher.serve("/feed", rss(ITEM), headers={"Link": named})
    page = publisher.serve("/", "<!DOCTYPE html><html><body>News</body></html>", headers={"Link": named})
    assert await find_feed(fetcher, page) == (publisher.url("/feed"), "rss")


@pytest.mark.parametrize(
    "comments",
    [
        "title='Desk &raquo; Comments Feed' href='/?feed=comments-rss2'",
        "title='Відгуки » Стрічка коментарів' href='/c'",
        "title='RSS' href='/comments/feed/'",
    ],
)
async def test_the_feed_of_what_readers_write_is_taken_only_where_there_is_no_other(fetcher, publisher, comments):
    feeds = f"<link rel=alternate type=application/rss+xml {comments}>"
    news = "<link rel=alternate type=application/rss+xml title='Commentary' href=/commentary/feed/>"
    for readers in ("/", "/c", "/comments/feed/"):
        publisher.serve(readers, rss(ITEM))
    publisher.serve("/both", f"<!DOCTYPE html><html><head>{feeds}{news}</head></html>")
    publisher.serve("/one", f"<!DOCTYPE html><html><head>{feeds}</head></html>")
    assert await find_feed(fetcher, publisher.url("/both")) == (publisher.url("/commentary/feed/"), "rss")
    assert (await find_feed(fetcher, publisher.url("/one")))[1] == "rss"


@pytest.mark.parametrize("type_of_it", ["text/xml", "application/xml; charset=utf-8"])
async def test_a_feed_that_is_named_as_xml_alone_is_found(fetcher, publisher, type_of_it):
    page = f'<!DOCTYPE html><html><head><link rel="alternate" type="{type_of_it}" href="/news.xml"></head></html>'
    assert await find_feed(fetcher, publisher.serve("/", page)) == (publisher.url("/news.xml"), "rss")


async def test_what_is_named_as_xml_alone_is_no_feed_before_one_that_is_named_as_such(fetcher, publisher):
    links = (
        "<link rel=alternate type=application/xml title=Sitemap href=/sitemap.xml>"
        "<link rel=alternate type=application/rss+xml href=/feed>"
    )
    page = f"<!DOCTYPE html><html><head>{links}</head></html>"
    assert await find_feed(fetcher, publisher.serve("/", page)) == (publisher.url("/feed"), "rss")


@pytest.mark.parametrize(
    "dead", [{"status": 404}, {"body": ""}, {"body": "<!DOCTYPE html><html><body>Our feeds moved.</body></html>"}]
)
async def test_a_feed_that_is_dead_gives_way_to_the_next_that_the_page_names(fetcher, publisher, dead):
    links = "".join(f"<link rel=alternate type=application/rss+xml href=/{name}>" for name in ("dead", "moved", "last"))
    publisher.serve("/dead", **dead)
    publisher.serve("/moved", status=301, headers={"Location": "/alive"})
    publisher.serve("/alive", rss(ITEM))
    page = publisher.serve("/", f"<!DOCTYPE html><html><head>{links}</head></html>")
    assert await find_feed(fetcher, page) == (publisher.url("/alive"), "rss")
    assert not publisher.asked("/last")


async def test_an_error_told_in_json_is_no_feed(fetcher, publisher):
    publisher.serve("/feed", '{"error": "no such route"}')
    publisher.serve("/rss", rss(ITEM))
    silent = publisher.serve("/silent", "<!DOCTYPE html><html><body>News</body></html>")
    assert await find_feed(fetcher, silent) == (publisher.url("/rss"), "rss")
    links = "".join(f"<link rel=alternate type=application/rss+xml href=/{name}>" for name in ("feed", "rss"))
    naming = publisher.serve("/", f"<!DOCTYPE html><html><head>{links}</head></html>")
    assert await find_feed(fetcher, naming) == (publisher.url("/rss"), "rss")


async def test_where_every_feed_that_a_page_names_is_dead_the_first_is_the_one_to_tell_of(fetcher, publisher):
    links = "".join(f"<link rel=alternate type=application/rss+xml href=/{number}>" for number in range(9))
    page = publisher.serve("/", f"<!DOCTYPE html><html><head>{links}</head></html>")
    assert await find_feed(fetcher, page) == (publisher.url("/0"), "rss")
    assert len(publisher.requests) == 6


async def test_a_feed_whose_first_item_is_a_whole_page_is_a_feed(fetcher, publisher):
    item = (
        "<item><title>T</title><description><![CDATA[<html><body><p>A lead.</p></body></html>]]></description></item>"
    )
    assert await find_feed(fetcher, publisher.serve("/mail", rss(item))) == (publisher.url("/mail"), "rss")


async def test_page_without_a_feed_is_refused(fetcher, publisher):
    with pytest.raises(NotAFeedError, match="names no feed"):
        await find_feed(fetcher, publisher.serve("/", "<html></html>"))


@pytest.mark.parametrize("status", [401, 403, 404, 406])
async def test_a_site_whose_front_page_turns_us_away_is_asked_for_its_feed_where_sites_have_one(
    fetcher, publisher, status
):
    publisher.serve("/", "Not for you.", status=status)
    publisher.serve("/rss.xml", rss(ITEM))
    assert await find_feed(fetcher, publisher.url("")) == (publisher.url("/rss.xml"), "rss")


async def test_a_site_that_turns_us_away_everywhere_is_told_as_one_that_does(fetcher, publisher):
    for path in ("/", "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml"):
        publisher.serve(path, "Not for you.", status=403)
    with pytest.raises(FetchError, match=r"refuses this bot \(403\).*no feed is where sites usually have one") as told:
        await find_feed(fetcher, publisher.url("/"))
    assert told.value.status == 403
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(("path", "status"), [("/politics.xml", 403), ("/?feed=rss2", 403), ("/", 429), ("/", 503)])
async def test_an_address_that_says_which_feed_is_meant_or_asks_for_patience_is_not_asked_around(
    fetcher, publisher, path, status
):
    publisher.serve("/feed", rss(ITEM))
    publisher.serve(path.partition("?")[0], status=status)
    with pytest.raises(FetchError, match=rf"\({status}\)"):
        await find_feed(fetcher, publisher.url(path))
    assert len(publisher.requests) == 1
