"""Does the fetcher keep its manners and its caps?"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import shutil
import ssl
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import brotli
import pytest
from aiohttp import web
from aiohttp.compression_utils import ZLibBackend
from hypothesis import given
from hypothesis import strategies as st
from isal import isal_zlib

from bot.clock import VirtualClock
from bot.errors import FetchError, OversizeError, RefusedAddressError, SourceGoneError, StancewatchError
from watchers import Fetcher, Limits
from watchers.manners import user_agent

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CLOCK = VirtualClock(datetime(2024, 6, 21, 12, tzinfo=UTC))
LOCAL = ["127.0.0.1"]


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    limits = Limits(max_bytes=100_000, seconds=10, redirects=3, per_host=2)
    async with Fetcher(CLOCK, contact="https://desk.example/bot", allow_private=LOCAL, limits=limits) as opened:
        yield opened


@pytest.fixture
async def hasty() -> AsyncIterator[Fetcher]:
    """A fetcher whose patience a test can outlast."""
    async with Fetcher(CLOCK, allow_private=LOCAL, limits=Limits(seconds=0.2, redirects=9)) as opened:
        yield opened


async def test_user_agent_names_the_bot_and_whom_to_write_to(fetcher, publisher):
    await fetcher.get(publisher.serve("/feed", "<rss/>"))
    agent = publisher.asked("/feed")[0]["User-Agent"]
    assert "Stancewatch" in agent
    assert "+https://desk.example/bot" in agent
    assert "+" not in user_agent("")


async def test_nothing_is_asked_conditionally_without_validators(fetcher, publisher):
    await fetcher.get(publisher.serve("/feed", "<rss/>"))
    assert not {"If-None-Match", "If-Modified-Since", "Cookie"} & set(publisher.asked("/feed")[0])


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda b: zlib.compress(b, wbits=-15)),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
    ],
)
async def test_packed_bodies_are_unpacked(fetcher, publisher, coding, pack):
    url = publisher.serve("/feed", pack(b"<rss/>" * 50), headers={"Content-Encoding": coding})
    assert (await fetcher.get(url)).body == b"<rss/>" * 50
    assert coding in publisher.asked("/feed")[0]["Accept-Encoding"]


def test_what_is_packed_by_gzip_is_unpacked_by_the_faster_library():
    assert ZLibBackend.name == "isal.isal_zlib"


@given(st.binary(max_size=400), st.integers(0, 30))
def test_the_faster_library_unpacks_what_the_other_does_of_a_body_cut_short_too(body, missing):
    packed = gzip.compress(body)
    packed = packed[: max(0, len(packed) - missing)]
    usual, faster = (library.decompressobj(wbits=31).decompress(packed, 300) for library in (zlib, isal_zlib))
    assert faster == usual


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("x-gzip", gzip.compress),
        ("", gzip.compress),
        ("gzip", lambda b: gzip.compress(gzip.compress(b))),
        ("utf-8", bytes),
        ("GZIP", gzip.compress),
    ],
)
async def test_bodies_under_a_wrong_coding_are_unpacked_all_the_same(fetcher, publisher, coding, pack):
    headers = {"Content-Encoding": coding} if coding else {}
    assert (await fetcher.get(publisher.serve("/feed", pack(b"<rss/>" * 50), headers=headers))).body == b"<rss/>" * 50


@pytest.mark.parametrize("body", [b"\x1f\x8b\x08", b"\x1f\x8b\x08" + b"x" * 50])
async def test_what_only_begins_like_a_packed_body_comes_as_it_is_or_empty(fetcher, publisher, body):
    assert (await fetcher.get(publisher.serve("/feed", body))).body in {body, b""}


async def test_a_bomb_that_says_nothing_of_itself_is_stopped_at_the_cap(fetcher, publisher):
    with pytest.raises(OversizeError):
        await fetcher.get(publisher.serve("/feed", gzip.compress(b" " * 50_000_000)))


@pytest.mark.parametrize(
    ("modified", "kept"),
    [("Fri, 21 Jun 2024 12:30:00 GMT", True), ("Sat, 22 Jun 2024 12:00:00 GMT", False), ("Fri, 31 Dec 9999", True)],
)
async def test_a_time_to_come_validates_nothing(fetcher, publisher, modified, kept):
    """It is that of an item which is announced, and stays until it has come, whatever is printed meanwhile."""
    headers = {"Date": "Fri, 21 Jun 2024 12:00:00 GMT", "Last-Modified": modified, "ETag": '"1"'}
    url = publisher.serve("/feed", "<rss/>", headers=headers)
    answer = await fetcher.get(url)
    assert (answer.last_modified, answer.etag) == (modified if kept else "", '"1"')


async def test_a_validator_in_no_unicode_is_left_out(fetcher):
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nLast-Modified: ago\r\nContent-Length: 6\r\n\r\n<rss/>')
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        got = await fetcher.get(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed")
    assert (got.etag, got.last_modified, got.body) == ("", "ago", b"<rss/>")


@pytest.mark.parametrize("body", [b"<rss/>", b"<rss></rss>"])
async def test_body_that_lies_about_its_packing_is_one_clear_line(fetcher, publisher, body):
    url = publisher.serve("/feed", body, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="gzip"):
        await fetcher.get(url)


async def test_nothing_packed_is_nothing_unpacked(fetcher, publisher):
    url = publisher.serve("/feed", gzip.compress(b""), headers={"Content-Encoding": "gzip"})
    assert (await fetcher.get(url)).body == b""


@pytest.mark.parametrize(("coding", "pack"), [("br", brotli.compress), ("zstd", zstd.compress)])
async def test_newer_bombs_are_stopped_at_the_cap_too(fetcher, publisher, coding, pack):
    bomb = pack(b" " * 50_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(OversizeError):
        await fetcher.get(publisher.serve("/feed", bomb, headers={"Content-Encoding": coding}))


async def test_body_of_exactly_the_cap_is_taken_and_one_more_byte_is_not(fetcher, publisher):
    assert len((await fetcher.get(publisher.serve("/feed", b"x" * 100_000))).body) == 100_000
    with pytest.raises(OversizeError, match="look for a shorter feed of its publisher's"):
        await fetcher.get(publisher.serve("/feed", b"x" * 100_001))


async def test_endless_body_stops_at_the_cap_of_bytes(fetcher, publisher):
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)

    with pytest.raises(OversizeError):
        await fetcher.get(publisher.answer("/feed", flood))


async def test_feed_that_never_ends_stops_at_the_cap_of_time(hasty, publisher):
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"<!-- more -->")
            await asyncio.sleep(0.01)

    with pytest.raises(FetchError, match=r"no complete answer within 0\.2 s"):
        await hasty.get(publisher.answer("/feed", trickle))


async def test_redirects_share_one_cap_of_time(hasty, publisher):
    async def slow(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.07)
        return web.Response(status=302, headers={"Location": "/feed"})

    with pytest.raises(FetchError, match="no complete answer"):
        await hasty.get(publisher.answer("/feed", slow))


async def test_huge_header_is_one_clear_line(fetcher, publisher):
    url = publisher.serve("/feed", "<rss/>", headers={"X-Huge": "x" * 100_000})
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


async def test_dropped_connection_is_one_clear_line(fetcher, publisher):
    async def drop(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    with pytest.raises(FetchError, match="http://127"):
        await fetcher.get(publisher.answer("/feed", drop))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<rss/>",
            "the answer broke off before its end; tried again later",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 6\r\n\r\n<rss/>", "br, and it is not"),
        (b"HTTP/1.1 200 OK\r\nGarbage\r\n\r\n<rss/>", "is no proper HTTP"),
        (b"<rss version='2.0'/>", "is no proper HTTP"),
    ],
)
async def test_an_answer_that_cannot_be_read_is_told_as_such_and_not_as_a_status(fetcher, answer, told):
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        with contextlib.suppress(TimeoutError):  # so that what was said is heard before the line is cut
            await asyncio.wait_for(reader.read(), 0.2)
        writer.close()

    async with await asyncio.start_server(page, "127.0.0.1", 0) as server:
        with pytest.raises(FetchError, match=told) as caught:
            await fetcher.get(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed")
    assert "400" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_closed_port_is_one_clear_line(fetcher):
    with pytest.raises(FetchError, match="http://127"):
        await fetcher.get("http://127.0.0.1:9/feed")


async def test_moved_to_is_the_permanent_part_of_a_chain(fetcher, publisher):
    url = publisher.serve("/a", status=301, headers={"Location": "/b"})
    publisher.serve("/b", status=308, headers={"Location": "/c#part"})
    publisher.serve("/c", status=302, headers={"Location": "/d"})
    publisher.serve("/d", "<rss/>")
    answer = await fetcher.get(url)
    assert answer.moved_to == publisher.url("/c")
    assert answer.url == publisher.url("/d")


async def test_a_redirect_in_the_letters_of_its_country_leads_where_it_says(fetcher, publisher):
    """Servers write the bytes that they have; the same bytes have to be asked for."""

    async def old(request: web.Request) -> web.StreamResponse:
        place = b"/found?q=" + "한국 뉴스".encode("euc-kr")
        request.transport.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + place + b"\r\n\r\n")
        return web.Response()

    publisher.serve("/found", "<rss/>")
    answer = await fetcher.get(publisher.answer("/old", old))
    assert answer.url == publisher.url("/found?q=%C7%D1%B1%B9%20%B4%BA%BD%BA")


async def test_what_is_gone_behind_a_detour_may_be_back_and_behind_a_move_is_gone(fetcher, publisher):
    publisher.serve("/gone", status=410)
    with pytest.raises(FetchError, match="410"):
        await fetcher.get(publisher.serve("/detour", status=302, headers={"Location": "/gone"}))
    with pytest.raises(SourceGoneError):
        await fetcher.get(publisher.serve("/moved", status=301, headers={"Location": "/gone"}))


async def test_cookie_that_a_gate_hands_out_is_returned_to_it_only_within_the_fetch(fetcher, publisher):
    async def gate(request: web.Request) -> web.StreamResponse:
        if request.cookies.get("pass") == "1":
            return web.Response(text="<rss/>")
        response = web.Response(status=307, headers={"Location": "/feed"})
        response.set_cookie("pass", "1")
        return response

    url = publisher.answer("/feed", gate)
    assert (await fetcher.get(url)).body == b"<rss/>"
    await fetcher.get(url)
    assert "Cookie" not in publisher.asked("/feed")[2]


async def test_a_cookie_of_any_name_is_returned_as_it_came(fetcher, publisher):
    async def gate(request: web.Request) -> web.StreamResponse:
        if "Cookie" in request.headers:
            return web.Response(text="<rss/>")
        cookie = {"Location": "/feed", "Set-Cookie": 'lang[ui]="k o"; Path=/; HttpOnly'}
        return web.Response(status=302, headers=cookie)

    assert (await fetcher.get(publisher.answer("/feed", gate))).body == b"<rss/>"
    assert publisher.asked("/feed")[1]["Cookie"] == 'lang[ui]="k o"'


async def test_every_address_of_the_way_is_checked_before_it_is_asked(fetcher, publisher):
    checked = []

    async def check(url: str) -> None:
        checked.append(url)
        if url.endswith("/c"):
            raise RefusedAddressError("not there")

    url = publisher.serve("/a", status=302, headers={"Location": "/b"})
    publisher.serve("/b", status=302, headers={"Location": "/c"})
    with pytest.raises(RefusedAddressError, match="not there"):
        await fetcher.get(url, check=check)
    assert checked == [publisher.url(path) for path in ("/a", "/b", "/c")]
    assert publisher.asked("/c") == []


@pytest.mark.parametrize("name", ["Expires", "Date", "Retry-After"])
@pytest.mark.parametrize("status", [200, 503])
async def test_a_date_beyond_the_last_year_is_none(fetcher, publisher, name, status):
    url = publisher.serve("/feed", "<rss/>", status=status, headers={name: "Fri, 31 Dec 9999 23:59:59 -0800"})
    if status == 200:
        assert (await fetcher.get(url)).fresh_until is None
        return
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    assert caught.value.retry_after is None


async def test_what_a_proxy_has_changed_on_its_way_is_an_answer(fetcher, publisher):
    answer = await fetcher.get(publisher.serve("/feed", "<rss/>", status=203, headers={"ETag": '"1"'}))
    assert (answer.body, answer.etag) == (b"<rss/>", '"1"')


async def test_redirect_without_an_address_is_one_clear_line(fetcher, publisher):
    with pytest.raises(FetchError, match="without the address"):
        await fetcher.get(publisher.serve("/feed", status=302))


async def test_304_that_nobody_asked_for_is_an_error(fetcher, publisher):
    with pytest.raises(FetchError, match="304"):
        await fetcher.get(publisher.serve("/feed", status=304))


async def test_retry_after_date_is_held_against_the_hosts_own_clock(fetcher, publisher):
    headers = {"Retry-After": "Fri, 01 Jan 2021 00:10:00 GMT", "Date": "Fri, 01 Jan 2021 00:00:00 GMT"}
    with pytest.raises(FetchError) as caught:
        await fetcher.get(publisher.serve("/feed", status=503, headers=headers))
    assert caught.value.retry_after == 600


async def test_one_host_gets_no_more_requests_at_once_than_allowed(fetcher, publisher):
    under_way, most = 0, 0

    async def page(_: web.Request) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return web.Response(text="<rss/>")

    url = publisher.answer("/feed", page)
    await asyncio.gather(*(fetcher.get(url) for _ in range(8)))
    assert most == 2


async def test_waiting_for_ones_turn_does_not_count_as_slowness(hasty, publisher):
    async def page(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.06)
        return web.Response(text="<rss/>")

    url = publisher.answer("/feed", page)
    answers = await asyncio.gather(*(hasty.get(url) for _ in range(8)))
    assert len(answers) == 8


async def test_spaced_host_is_asked_no_faster_than_its_spacing(fetcher, publisher, monkeypatch):
    url, pauses = publisher.serve("/feed", "<rss/>"), []

    async def sleep(seconds: float) -> None:
        pauses.append((len(publisher.asked("/feed")), round(seconds, -3)))

    fetcher.space("127.0.0.1", 50_000)
    with monkeypatch.context() as patched:
        patched.setattr(asyncio, "sleep", sleep)
        for _ in range(3):
            await fetcher.get(url)
    assert pauses == [(1, 50_000), (2, 50_000)]


async def test_refused_address_is_never_asked(publisher):
    url = publisher.serve("/feed", "<rss/>")
    async with Fetcher(CLOCK) as fetcher:
        with pytest.raises(RefusedAddressError, match="STANCEWATCH_ALLOW_PRIVATE"):
            await fetcher.get(url)
    assert not publisher.requests


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
async def test_certificate_that_nobody_signed_is_refused(fetcher, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(  # noqa: ASYNC221 -- a test may block its own loop
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "1", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    application = web.Application()
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    with pytest.raises(FetchError, match=r"(?i)certificate"):
        await fetcher.get(f"https://127.0.0.1:{runner.addresses[0][1]}/feed")
    await runner.cleanup()


async def test_fetcher_outside_its_context_says_so(publisher):
    with pytest.raises(RuntimeError, match="outside of its context"):
        await Fetcher(CLOCK, allow_private=LOCAL).get(publisher.serve("/feed"))


async def test_errors_show_no_secret_of_the_address(fetcher, publisher):
    publisher.serve("/feed", status=404)
    publisher.serve("/gone", status=410)
    publisher.serve("/loop", status=302, headers={"Location": "/loop?token=s3cr3t"})
    publisher.serve("/huge", b"x" * 200_000)
    for path in ("/feed", "/gone", "/loop", "/huge"):
        with pytest.raises(StancewatchError) as caught:
            await fetcher.get(publisher.url(f"{path}?token=s3cr3t&lang=en"))
        assert "s3cr3t" not in str(caught.value)
        assert path in str(caught.value)
    with pytest.raises(StancewatchError) as caught:
        await fetcher.get("http://user:s3cr3t@news.example/feed")
    assert "s3cr3t" not in str(caught.value)


async def test_strangers_are_spaced_and_the_operators_own_hosts_are_not():
    fetcher = Fetcher(CLOCK, allow_private=["feeds.lan", "10.0.0.0/8"])
    assert fetcher._spacing("feeds.lan") == fetcher._spacing("10.1.2.3") == 0
    assert fetcher._spacing("news.example") == Limits().spacing > 0
