"""Is every trick that smuggles a private address past a fetcher refused?"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from bot.errors import ConfigError, FetchError, RefusedAddressError
from watchers.guard import AddressGuard, GuardedResolver, why_refused
from watchers.http import Fetcher

REFUSED_LITERALS = [
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "http://127.255.255.254/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://0x7F.0x0.0x0.0x1/",
    "http://127.0.0.1./",
    "http://127.0.0.0x1/",
    "http://00000000127.0.0.1/",
    "http://10.0.0.1/",
    "http://10.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://192.88.99.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::169.254.169.254]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[2001:0:7f00:1::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[2606:4700::5efe:127.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://127.0.0.1%2f@example.com/",
]
REFUSED_FORMS = [
    "file:///etc/passwd",
    "ftp://example.com/feed",
    "gopher://example.com/",
    "data:text/xml,<rss/>",
    "javascript:alert(1)",
    "feed://example.com/",
    "unix:///var/run/docker.sock",
    "//example.com/feed",
    "example.com/feed",
    "http:///feed",
    "http://",
    "",
    "http://user@example.com/",
    "http://user:secret@example.com/",
    "http://@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com:80@127.0.0.1/",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://example.com:port/",
    "http://example.com\\@127.0.0.1/",
    "http:\\\\127.0.0.1/",
    "http://127.0.0.1\t/",
    "http://exa\nmple.com/",
    "http://example.com/\r\nHost: internal",
    " http://example.com/",
    "http://example.com /",
    "http://exam\u200bple.com/",
    "http://example%2ecom/",
    "http://[::1",
    "http://[::1]]/",
    "http://[v1.fe80::a]/",
    "http://-example.com/",
    "http://exa..mple.com/",
    "http://.example.com/",
    "http://example.com,127.0.0.1/",
    "http://" + "a" * 300 + ".com/",
]
PLAIN = [
    "http://example.com/feed",
    "https://example.com:8443/feed?q=a%20b&c=@d#part",
    "https://xn--h1ahn.xn--p1ai/rss",
    "https://корреспондент.укр/rss",
    "http://8.8.8.8/",
    "http://[2606:4700:4700::1111]/feed",
    "http://[64:ff9b::8.8.8.8]/",
    "http://feeds.example.com./rss",
    "http://a_b.example.com/",
    "http://1.example2.com/",
]


@pytest.mark.parametrize("url", REFUSED_LITERALS + REFUSED_FORMS)
def test_trick_is_refused(url):
    with pytest.raises(RefusedAddressError) as caught:
        AddressGuard().check_url(url)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("url", PLAIN)
def test_ordinary_address_passes(url):
    AddressGuard().check_url(url)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080/", "http://10.1.2.3/", "http://[fd00::7]/", "http://feeds.lan/", "http://FEEDS.lan./"],
)
def test_allow_list_names_what_may_be_private(url):
    guard = AddressGuard(["127.0.0.1", "10.1.0.0/16", "[fd00::7]", "Feeds.lan"])
    guard.check_url(url)
    guard.check_address("feeds.lan", "192.168.7.7")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.2/", "http://10.2.0.1/", "http://[::ffff:127.0.0.1]/", "http://0x7f.1/"]
)
def test_allow_list_opens_nothing_else(url):
    with pytest.raises(RefusedAddressError):
        AddressGuard(["127.0.0.1", "10.1.0.0/16", "feeds.lan"]).check_url(url)


@pytest.mark.parametrize("entry", ["10.0.0.0/99", "10.0.0.1/8", "http://feeds.lan", "two words", "127.1", ""])
def test_unreadable_allow_list_entry_is_named(entry):
    with pytest.raises(ConfigError, match="allow_private"):
        AddressGuard([entry])


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_hides_within_ipv6(ip):
    """What is refused bare is refused in every cover, and what is public stays public."""
    low = int(ip)
    covers = [0xFFFF << 32 | low, 0x64FF9B << 96 | low, 0x2002 << 112 | low << 80]
    bare = why_refused(ip)
    for cover in covers:
        assert bool(why_refused(ipaddress.IPv6Address(cover))) == bool(bare)


@given(st.text(max_size=60))
def test_no_text_makes_the_guard_stumble(text):
    for url in (text, f"http://{text}", f"http://{text}/feed", f"http://example.com/{text}"):
        try:
            AddressGuard().check_url(url)
        except RefusedAddressError as error:
            assert str(error)  # noqa: PT017 -- either outcome is right; any other exception fails the test


class Names(AbstractResolver):
    """Answers each lookup of any name with the next list of addresses."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        pass


async def test_name_of_a_private_address_is_refused():
    with pytest.raises(RefusedAddressError, match=r"'feeds\.example'.*10\.0\.0\.1 is a private"):
        await GuardedResolver(AddressGuard(), Names(["10.0.0.1"])).resolve("feeds.example")


async def test_only_the_public_addresses_of_a_name_are_given_to_the_connector():
    found = await GuardedResolver(AddressGuard(), Names(["10.0.0.1", "93.184.215.14"])).resolve("mixed.example", 80)
    assert [result["host"] for result in found] == ["93.184.215.14"]


async def test_name_that_turns_private_between_two_requests_is_refused(publisher):
    """DNS rebinding: the connection is made to what was checked, so a second answer is checked again."""
    publisher.serve("/feed", "<rss/>")
    port = publisher.base.rsplit(":", 1)[1]
    names = Names(["192.0.2.1"], ["127.0.0.1"])
    async with Fetcher(SystemClock(), resolver=names) as fetcher:
        for _ in range(2):
            with pytest.raises(RefusedAddressError):
                await fetcher.get(f"http://rebinding.example:{port}/feed")
    assert not publisher.requests


async def test_name_on_the_allow_list_is_fetched_from_its_private_address(publisher):
    publisher.serve("/feed", "<rss/>")
    port = publisher.base.rsplit(":", 1)[1]
    async with Fetcher(SystemClock(), allow_private=["feeds.lan"], resolver=Names(["127.0.0.1"])) as fetcher:
        answer = await fetcher.get(f"http://feeds.lan:{port}/feed")
    assert answer.body == b"<rss/>"


async def test_a_name_in_the_letters_of_its_country_is_one_host_and_keeps_its_spacing(publisher):
    publisher.serve("/feed", "<rss/>")
    port, name = publisher.base.rsplit(":", 1)[1], "xn--e1afmkfd.xn--p1ai"
    async with Fetcher(SystemClock(), allow_private=[name], resolver=Names(["127.0.0.1"])) as fetcher:
        fetcher.space(name, 0.01)
        for host in (name, "пример.рф"):
            await fetcher.get(f"http://{host}:{port}/feed")
        assert list(fetcher._gates._last_start) == [name]


async def test_redirect_to_the_name_of_a_private_address_is_refused(publisher):
    port = publisher.base.rsplit(":", 1)[1]
    publisher.serve("/feed", status=302, headers={"Location": f"http://inside.example:{port}/secret"})
    names = Names(["127.0.0.1"])
    async with Fetcher(SystemClock(), allow_private=["feeds.lan"], resolver=names) as fetcher:
        with pytest.raises(RefusedAddressError, match=r"inside\.example"):
            await fetcher.get(f"http://feeds.lan:{port}/feed")
    assert not publisher.asked("/secret")


async def test_name_that_does_not_resolve_is_one_clear_line():
    class Nowhere(Names):
        async def resolve(self, *_: object) -> list[ResolveResult]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async with Fetcher(SystemClock(), resolver=Nowhere([])) as fetcher:
        with pytest.raises(FetchError, match=r"the host name 'nowhere\.example' does not resolve"):
            await fetcher.get("http://nowhere.example/feed")


def test_the_table_of_tricks_is_long_enough_to_mean_something():
    assert len(set(REFUSED_LITERALS)) >= 60
    assert len(set(REFUSED_LITERALS + REFUSED_FORMS)) >= 90


async def test_redirect_to_any_trick_is_refused_and_nothing_is_asked_there(publisher):
    async def elsewhere(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": request.query["to"]})

    publisher.answer("/start", elsewhere)
    start = f"http://feeds.lan:{publisher.base.rsplit(':', 1)[1]}/start"
    tricks = [url for url in REFUSED_LITERALS if url.isascii()]
    async with Fetcher(SystemClock(), allow_private=["feeds.lan"], resolver=Names(["127.0.0.1"])) as fetcher:
        for trick in tricks:
            with pytest.raises(RefusedAddressError):
                await fetcher.get(f"{start}?to={quote(trick, safe='')}")
    assert len(publisher.requests) == len(tricks)
