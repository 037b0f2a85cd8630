"""What does an address answer now, and is it worth looking at?

One session, one TLS context and one set of manners for all sources: conditional requests with the validators exactly
as they were received, an honest User-Agent, few connections a host, redirects followed by hand so that each hop
passes the address guard, and caps on bytes (before and after decompression), hops and time.

Refuses to do: nothing is parsed, stored or tried again here; a retry is the scheduler's decision.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
import certifi
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.domain import shown
from bot.errors import BotCheckError, FetchError, OversizeError, SourceGoneError
from bot.ports import Clock
from watchers import manners
from watchers.answers import Answer
from watchers.botchecks import beginning, bot_check, who_checks
from watchers.guard import AddressGuard, Check, GuardedResolver
from watchers.manners import HostGates, Limits, freshness, http_date, unread, validator
from watchers.packing import too_short, unpacked
from watchers.robots import Robots

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_WHOLE = frozenset({200, 203})  # 203: a proxy has changed something of it
_CONDITIONS = frozenset({"If-None-Match", "If-Modified-Since"})
_LONGEST_HEADER = 32_768
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
A_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
"""What is accepted where a page is wanted."""


@dataclass(slots=True)
class _Trip:
    """The state of one fetch on its way through redirects."""

    url: URL
    budget: float
    permanent: bool = True
    moved_to: str = ""
    status: int = 0
    partly: bool = False
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How errors call the place it has come to."""
        return shown(str(self.url))


class Fetcher:
    """Fetches addresses; open it as an asynchronous context.

    Args:
        clock: tells how far away a Retry-After date is.
        contact: an address or site where a publisher reaches who runs this bot; part of the User-Agent.
        allow_private: see AddressGuard.
        spacing: host → least seconds between two requests to it.
        resolver: resolves names; the system's by default.

    Attributes:
        robots: what hosts allow us; given as `check` of what is not offered to machines, as feeds are.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        contact: str = "",
        allow_private: Iterable[str] = (),
        limits: Limits | None = None,
        spacing: Mapping[str, float] | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self.robots = Robots(self, clock)
        self._clock = clock
        self._limits = limits or Limits()
        self._guard = AddressGuard(allow_private)
        self._gates = HostGates(self._limits.per_host, dict(spacing or {}), self._limits.at_once, self._spacing)
        self._resolver = resolver
        self._headers = {"User-Agent": manners.user_agent(contact), "Accept": _ACCEPT}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=0,  # the gates count
            ssl=_tls_context(),
            resolver=GuardedResolver(self._guard, self._resolver),
            ttl_dns_cache=300,
            keepalive_timeout=30,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            # Some publishers' security headers are longer than the 8 KB that the library allows a line.
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def space(self, host: str, seconds: float, by: str = "") -> None:
        """Keep at least `seconds` between the starts of two requests to `host`; see HostGates.space."""
        self._gates.space(host, seconds, by)

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept: str = "",
        check: Check | None = None,
        partly: bool = False,
    ) -> Answer:
        """Fetch `url`, conditionally when validators are given.

        Args:
            accept: the media types that are wanted; those of feeds by default.
            check: raises where an address must not be asked for; given each one of the way.
            partly: take what came of a body that breaks off.

        Raises:
            RefusedAddressError: the address or a redirect of it must not be fetched.
            SourceGoneError: 410.
            OversizeError: the body is over the cap.
            FetchError: time-out, connection trouble, an error status or a redirect loop.
            BotCheckError: a check that only a browser or a person gets past stands before it.
        """
        headers = {"Accept": accept} if accept else {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        trip = _Trip(self._guard.check_url(url), self._limits.seconds, partly=partly)
        for _ in range(self._limits.redirects + 1):
            if check is not None:
                await check(str(trip.url))
            answer = await self._hop(trip, headers)
            if answer is not None:
                return replace(answer, seconds=self._limits.seconds - trip.budget)
        why = f"more than {self._limits.redirects} redirects; check the address in a browser"
        raise FetchError(f"{shown(url)}: {why}", status=trip.status)

    async def _hop(self, trip: _Trip, headers: Mapping[str, str]) -> Answer | None:
        """Send one request; None means that `trip` has moved on along a redirect."""
        host = trip.url.raw_host or ""  # as robots.txt and the allow-list know it: in ASCII
        loop = asyncio.get_running_loop()
        async with self._gates.turn(host):
            started = loop.time()
            try:
                async with asyncio.timeout(trip.budget):
                    return await self._ask(trip, headers)
            except TimeoutError:
                raise FetchError(f"{trip.name}: no complete answer within {self._limits.seconds:g} s") from None
            except aiohttp.ClientConnectorDNSError:
                raise FetchError(f"{trip.name}: the host name {host!r} does not resolve") from None
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise FetchError(f"{trip.name}: {unread(error)}") from error
            finally:
                trip.budget -= loop.time() - started

    async def _ask(self, trip: _Trip, headers: Mapping[str, str]) -> Answer | None:
        if self._session is None:
            raise RuntimeError("Fetcher.get outside of its context")
        if kept := trip.cookies.get(trip.url.host or ""):  # as they came: the library refuses some of the names in use
            headers = {**headers, "Cookie": "; ".join(f"{name}={value}" for name, value in kept.items())}
        async with self._session.get(trip.url, headers=headers, allow_redirects=False) as response:
            if response.status in _REDIRECTS:
                self._follow(trip, response)
                return None
            if response.status == 304 and headers.keys() & _CONDITIONS:
                return self._answer(trip, response, not_modified=True)
            if response.status not in _WHOLE:
                raise await self._failure(trip, response)
            body, whole = await self._read(trip, response)
        return self._answer(trip, response, body, whole=whole)

    def _answer(
        self,
        trip: _Trip,
        response: aiohttp.ClientResponse,
        body: bytes = b"",
        *,
        not_modified: bool = False,
        whole: bool = True,
    ) -> Answer:
        headers = response.headers
        now = self._clock.now()
        fresh = freshness(headers, now)
        return Answer(
            url=str(trip.url),
            body=body,
            content_type=headers.get("Content-Type", ""),
            etag=validator(headers, "ETag"),
            last_modified=manners.modified(headers, now),
            moved_to=trip.moved_to,
            not_modified=not_modified,
            date=http_date(headers["Date"]) if body and "Date" in headers else None,
            fresh_until=now + timedelta(seconds=fresh) if fresh else None,
            links=manners.header_links(response) if body else (),
            whole=whole,
        )

    def _spacing(self, host: str) -> float:
        return 0.0 if self._guard.is_ours(host) else self._limits.spacing

    def _follow(self, trip: _Trip, response: aiohttp.ClientResponse) -> None:
        location, trip.status = response.headers.get("Location", ""), response.status
        if not location:
            raise FetchError(f"{trip.name}: status {trip.status} without the address to go to", status=trip.status)
        if response.cookies:  # some ministries let nobody in who does not return their cookie
            kept = trip.cookies.setdefault(trip.url.host or "", {})
            kept.update((name, morsel.coded_value) for name, morsel in response.cookies.items())
        target = urljoin(str(trip.url), manners.sendable(location))
        trip.url = self._guard.check_url(target).with_fragment(None)
        trip.permanent = trip.permanent and response.status in _PERMANENT
        if trip.permanent:
            trip.moved_to = str(trip.url)

    async def _read(self, trip: _Trip, response: aiohttp.ClientResponse) -> tuple[bytes, bool]:
        """Return a body, and whether it came to its end."""
        url, cap, ended = trip.url, self._limits.max_bytes, True
        if (response.content_length or 0) > cap:
            raise _oversize(url, cap)
        body = bytearray()
        try:
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > cap or (response.content.total_compressed_bytes or 0) > cap:
                    raise _oversize(url, cap)
        except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, ConnectionError):
            if not (trip.partly and body):
                raise
            ended = False
        whole = unpacked(bytes(body), cap)
        if len(whole) > cap:
            raise _oversize(url, cap)
        if too_short(response.headers.get("Content-Encoding", ""), response.content.total_compressed_bytes or 0):
            raise FetchError(f"{shown(str(url))}: what it calls gzip is shorter than gzip's head")
        return whole, ended

    async def _failure(self, trip: _Trip, response: aiohttp.ClientResponse) -> FetchError | SourceGoneError:
        if response.status == 410 and trip.permanent:  # behind a detour it may be back
            return SourceGoneError(f"{trip.name}: the publisher says this feed is gone for good (410)")
        status, headers = response.status, response.headers
        wait = manners.wait_after_error(headers, self._clock.now())
        who = who_checks(status, headers, await beginning(response))
        if who is not None:
            return BotCheckError(f"{trip.name}: {bot_check(who, status)}", retry_after=wait, status=status)
        return FetchError(f"{trip.name}: {manners.status_advice(status, headers)}", retry_after=wait, status=status)


def _oversize(url: URL, cap: int) -> OversizeError:
    return OversizeError(
        f"{shown(str(url))}: the answer is larger than {cap / 1_000_000:g} MB and was not read to its end; "
        "look for a shorter feed of its publisher's"
    )


def _tls_context() -> ssl.SSLContext:
    """Trust what the system trusts and, where it has nothing, certifi's list."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
