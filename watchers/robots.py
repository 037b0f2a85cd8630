"""May this page be fetched?

robots.txt as RFC 9309 has it: kept for a day at most; one that is missing allows everything, one that cannot be had
because the host is in trouble allows nothing for now. A delay that it asks for is kept between all our requests there.

Refuses to do: feeds are not asked for here; a publisher offers them to be polled.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from bot.domain import shown
from bot.errors import FetchError, OversizeError, PermanentError, RefusedAddressError, SourceGoneError
from bot.ports import Clock
from watchers.charsets import decode

if TYPE_CHECKING:  # which has one of these
    from watchers.http import Fetcher

AGENT = "Stancewatch"
"""The name that rules for us bear."""

KEPT = timedelta(hours=24)
TRIED_AGAIN = timedelta(minutes=4)
"""A host whose robots.txt cannot be had is left alone for so long, or as long as it asks; shorter than the wait before
a page's next try."""

_READ = 512_000  # RFC 9309, 2.5: at least 500 KiB have to be read
_MOST_HOSTS = 2_000
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class _Rules:
    """What was learnt of a host; `trouble` says why nothing could be, `delay` is in seconds, 0 for none."""

    host: str
    rules: Protego
    until: datetime
    delay: float
    trouble: FetchError | None = None


class Robots:
    """What the robots.txt of each host allows us.

    Args:
        fetcher: open while this is used.
        clock: tells when what is kept is too old.
    """

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._kept: dict[str, _Rules] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def check(self, url: str, *, instead: str = "the lead serves") -> None:
        """Return when `url` may be fetched.

        Args:
            instead: what is done, or can be, where it must not be.

        Raises:
            PermanentError: robots.txt forbids it.
            TransientError: robots.txt cannot be had now.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._asking.setdefault(origin, asyncio.Lock()):  # who comes meanwhile waits for what is learnt
            kept = self._kept.get(origin)
            # What is kept for longer than it may be was learnt while the clock was wrong.
            if kept is None or not timedelta() < kept.until - self._clock.now() <= KEPT:
                kept = await self._learn(origin, parts.hostname or "")
        if kept.trouble:
            left = (kept.until - self._clock.now()).total_seconds()
            raise type(kept.trouble)(str(kept.trouble), retry_after=left)
        if not await asyncio.to_thread(kept.rules.can_fetch, url, AGENT):  # as long as the host's list of rules
            raise PermanentError(f"{shown(url)}: robots.txt of the host forbids it; {instead}")

    async def _learn(self, origin: str, host: str) -> _Rules:
        now, before = self._clock.now(), self._kept.get(origin)
        try:
            text = await self._text(f"{origin}/robots.txt")
            # A long one takes tenths of a second, which no poll and no button should wait for.
            rules = await asyncio.to_thread(Protego.parse, text)
            learnt = _Rules(host, rules, now + KEPT, min(float(rules.crawl_delay(AGENT) or 0.0), _LONGEST_DELAY))
        except FetchError as error:
            wait = max(TRIED_AGAIN, min(timedelta(seconds=error.retry_after or 0.0), KEPT))
            # Nobody takes back what he wished before by being in trouble.
            learnt = _Rules(host, Protego(), now + wait, before.delay if before else 0.0, error)
        if len(self._kept) >= _MOST_HOSTS:
            self._kept.clear()
            self._asking = {name: lock for name, lock in self._asking.items() if lock.locked()}
        self._kept[origin] = learnt
        # Its ports, and http beside https, have a robots.txt each; all are one machine.
        delays = (rules.delay for rules in self._kept.values() if rules.host == host and rules.until > now)
        self._fetcher.space(host, max(delays), "robots.txt")
        return learnt

    async def _text(self, url: str) -> str:
        try:
            answer = await self._fetcher.get(url, accept="text/plain, */*;q=0.5")
        except (SourceGoneError, RefusedAddressError):  # of a host that is refused itself, its page tells
            return ""
        except OversizeError:
            return "User-agent: *\nDisallow: /"
        except FetchError as error:
            # 429 says "not now", as trouble of the host's own does; endless redirects say "none" (RFC 9309, 2.3.1.2).
            if 300 <= error.status < 500 and error.status != 429:
                return ""
            raise
        return decode(answer.body[:_READ], answer.content_type)
