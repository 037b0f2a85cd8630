"""How does a polite client treat a host?

Taking turns: few requests under way, spaced where a host asks for it, each within its limits. Understanding a "no": how
long to stay away and what a person can do about it.

Refuses to do: nothing is sent here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from aiohttp import ClientPayloadError, ClientResponse, ClientResponseError

from bot.domain import shown
from watchers.botchecks import bot_check, who_checks

_LONGEST_WAIT = 7 * 86_400.0  # a host that asks for years would silence its source by accident or by malice
_LONGEST_FRESHNESS = 86_400.0  # what is set for pictures is set for feeds too, where nobody looks
_LONGEST_ERROR = 6 * 3600.0  # the same of error pages, which a source seldom means to stand for so long
_CLOCKS_APART = timedelta(hours=1)  # of the machines that serve one feed
_LONGEST_VALIDATOR = 4_000  # many servers turn down requests with longer headers
_UNSENDABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_RAW_BYTE = re.compile("[\udc80-\udcff]")
"""How Python writes a byte that is no letter of UTF-8 (PEP 383)."""
_ADDRESS = re.compile(r"https?://[^\s'\"<>)]+")
_ADVICE = {
    401: "wants a password (401); this feed is not public",
    403: "refuses this bot (403); the publisher blocks it or the address is not for feeds",
    404: "has no such page (404); look up the feed's present address",
    406: "cannot answer in a form that feeds have (406)",
    410: "leads to what is gone (410); look up the feed's present address",
    429: "asks to be polled less often (429); raise the source's interval",
    451: "is blocked for legal reasons (451)",
}


BROKEN_OFF = "the answer broke off before its end; tried again later"

_LONGEST_LINKS = 16_384
"""Characters of a Link header that is read."""


def user_agent(contact: str) -> str:
    """Return the honest name this bot goes by; `contact` is where a publisher reaches its owner."""
    return f"Mozilla/5.0 (compatible; Stancewatch/0.1; feed reader{'; +' + contact if contact else ''})"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost.

    Args:
        max_bytes: of the body, compressed and decompressed each.
        seconds: for the whole of a fetch, all redirects included; waiting for one's turn does not count.
        redirects: hops followed.
        per_host: requests under way to one host.
        at_once: requests under way to all hosts together.
        spacing: seconds between the starts of two requests to one host, but for hosts of the allow-list.
    """

    max_bytes: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5
    per_host: int = 2
    at_once: int = 32
    spacing: float = 1.0


class HostGates:
    """Lets requests to each host pass in turn.

    Args:
        per_host: requests under way to one host.
        spacing: host → least seconds between the starts of two requests, whoever asks for others.
        at_once: requests under way to all hosts together.
        usual: spacing of the hosts that `spacing` does not name.
    """

    def __init__(
        self,
        per_host: int,
        spacing: dict[str, float],
        at_once: int = 32,
        usual: Callable[[str], float] = lambda _host: 0.0,
    ) -> None:
        self._per_host = per_host
        self._spacing = {host: {"": seconds} for host, seconds in spacing.items()}
        self._usual = usual
        self._slots = asyncio.Semaphore(at_once)
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._order: dict[str, asyncio.Lock] = {}
        self._last_start: dict[str, float] = {}

    def space(self, host: str, seconds: float, by: str = "") -> None:
        """Keep at least `seconds` between the starts of two requests to `host`.

        Args:
            by: who asks for it; takes the place of what the same one asked for before, and 0 takes it away.
        """
        self._spacing.setdefault(host, {})[by] = seconds

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn at `host` and hold it."""
        gate = self._gates.setdefault(host, asyncio.Semaphore(self._per_host))
        async with gate:
            await self._begin(host)
            try:
                yield
            finally:
                self._slots.release()

    async def _begin(self, host: str) -> None:
        spacing = max(self._spacing.get(host, {}).values(), default=0.0) or self._usual(host)
        if not spacing:
            await self._slots.acquire()
            return
        loop = asyncio.get_running_loop()
        # One at a time, and counted from when the last one really started: a busy loop may wake it late.
        async with self._order.setdefault(host, asyncio.Lock()):
            pause = self._last_start.get(host, float("-inf")) + spacing - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            await self._slots.acquire()
            self._last_start[host] = loop.time()


def validator(headers: Mapping[str, str], name: str) -> str:
    """Return an ETag or Last-Modified exactly as received; "" for one that could not be sent back as it is."""
    value = headers.get(name, "")
    return "" if len(value) > _LONGEST_VALIDATOR or (value and _UNSENDABLE.search(value)) else value


def modified(headers: Mapping[str, str], now: datetime) -> str:
    """Return Last-Modified as a validator; "" for a time to come, which stays what it is though the feed changes.

    Args:
        now: stands in where the answer bears no date of its own.
    """
    value = validator(headers, "Last-Modified")
    moment = http_date(value) if value else None
    return "" if moment and moment > (http_date(headers.get("Date", "")) or now) + _CLOCKS_APART else value


def sendable(location: str) -> str:
    """Return the address of a redirect with its blanks, and the bytes that are no UTF-8, as they can be asked for."""
    return _RAW_BYTE.sub(lambda byte: f"%{ord(byte[0]) & 0xFF:02X}", location.strip().replace(" ", "%20"))


def header_links(response: ClientResponse) -> tuple[Mapping[str, str], ...]:
    """Return what the Link header names (RFC 8288), each with the attributes that an HTML link would have.

    One that is longer than a page can need, or names what is no address, names nothing.
    """
    if not 0 < sum(map(len, response.headers.getall("Link", ()))) <= _LONGEST_LINKS:
        return ()
    try:
        named = [{name.lower(): str(value) for name, value in link.items()} for link in response.links.values()]
    except ValueError:
        return ()
    return tuple({**link, "href": link["url"]} for link in named)


def freshness(headers: Mapping[str, str], now: datetime | None = None) -> float:
    """Return the seconds for which an answer says that nothing new is to be had, at most a day (RFC 9111, 4.2).

    Args:
        now: when it came; stands in where the answer itself bears no date.
    """
    every = getattr(headers, "getall", None)  # several lines are one list (RFC 9110, 5.2)
    stated_lines = ",".join(every("Cache-Control", ())) if every else headers.get("Cache-Control", "")
    directives = [part.strip().lower().replace(" ", "") for part in stated_lines.split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    stated = next((part for part in directives if part.startswith("max-age=")), "")
    if stated:
        number = stated.removeprefix("max-age=").strip('"')
        seconds = float(number[:9]) if number.isascii() and number.isdigit() else 0.0
    else:
        until = http_date(headers["Expires"]) if "Expires" in headers else None
        since = (http_date(headers.get("Date", "")) or now) if until else None
        seconds = (until - since).total_seconds() if until and since else 0.0
    age = headers.get("Age", "").strip()
    if age.isascii() and age.isdigit():
        seconds -= float(age[:9])
    return min(max(seconds, 0.0), _LONGEST_FRESHNESS)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a host asks to be left alone, None when it does not say.

    A date is held against the host's own clock where the answer carries it, else against `now`.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.partition(".")[0].isdigit():
        return min(float(text.partition(".")[0][:12]), _LONGEST_WAIT)
    until = http_date(text)
    if until is None:
        return None
    wait = (until - (http_date(headers.get("Date", "")) or now)).total_seconds()
    return min(max(wait, 0.0), _LONGEST_WAIT)


def wait_after_error(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that an error asks to be left alone, by itself or as a cache would; None when it does not."""
    asked, fresh = retry_after(headers, now), min(freshness(headers, now), _LONGEST_ERROR)
    return max(asked or 0.0, fresh) if fresh else asked


@lru_cache(maxsize=64)  # of one second there is one, whoever answers
def http_date(text: str) -> datetime | None:
    """Read a date in a header; None when it is none."""
    try:
        read = parsedate_to_datetime(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):  # also where its zone leads beyond the last year
        return None


def status_advice(status: int, headers: Mapping[str, str]) -> str:
    """Say in one line what an error status means for a person."""
    who = who_checks(status, headers)
    if who is not None:
        return bot_check(who, status)
    if status in _ADVICE:
        return f"the host {_ADVICE[status]}"
    if status == 304:
        return "the host says 'not modified' though nothing was asked for by date (304)"
    if status >= 500:
        return f"the host has trouble of its own ({status}); tried again later"
    return f"unexpected status {status}; look at the address in a browser"


def unread(error: BaseException) -> str:
    """Say in one line why an answer could not be read; the library names its own troubles by a status of HTTP."""
    text = one_line(error).removeprefix("400, message:").strip(" '\"")
    if isinstance(error, ClientPayloadError):
        coding = text.partition("content-encoding: ")[2]
        return f"is called {coding}, and it is not; only its publisher can mend that" if coding else BROKEN_OFF
    if isinstance(error, ClientResponseError):
        text = error.message.partition("\n")[0].rstrip(":")
        return f"the answer is no proper HTTP ({text}); look whether the address is that of a web server"
    return text


def one_line(error: BaseException) -> str:
    """Squeeze an error of a library into one short line, without the secrets of addresses in it."""
    text = _ADDRESS.sub(lambda found: shown(found[0]), " ".join(str(error).split())) or type(error).__name__
    return text if len(text) <= 160 else text[:157] + "…"
