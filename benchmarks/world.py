"""A day of many publishers, and a checker that reads what they were asked

Sites publish at their own pace on a clock that is not the wall's. Some flap, some are slow, some are hostile; each has
its own way to say how often it may be asked (Cache-Control, Expires, Retry-After, ttl, skipHours, or nothing). Every
request is written down with what the answer allowed, by rules of its own: nothing of the bot's is imported here.

Refuses to do: no judgement of the bot but by the log and by what it stored.
"""

from __future__ import annotations

import gzip
import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

WINDOW = 25
"""Items that a feed holds."""

LEAST = timedelta(seconds=60)
"""No site wants to be asked more often, whatever it says."""

ALLOWING = ("nothing", "max-age", "expires", "ttl", "skip-hours")
HOSTILE = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]><rss>&c;</rss>",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel>&a;</channel></rss>",
    b"<rss><channel>" + b"<item>" * 20_000,
    b"<html><head><title>Sign in</title></head></html>",
    b"\x00\xff\xfe\x00" * 500,
    b"<rss><channel><item><title>" + b"<" * 50_000,
)

Reply = tuple[int, dict[str, str], bytes]
"""Status, headers and body; status 0 is an answer that comes too late."""


@dataclass(slots=True)
class Asked:
    """One request and what the answer to it allowed: not to be asked before, and not in these hours."""

    at: datetime
    status: int
    not_before: datetime
    conditional: str = ""
    skip_hours: frozenset[int] = frozenset()


@dataclass(slots=True)
class Site:
    """One publisher.

    Args:
        kind: well, flapping, slow or hostile.
        unheard: when it was asked and its answer did not arrive; such an answer binds nobody.
        allows: one of ALLOWING.
    """

    number: int
    kind: str
    allows: str
    times: list[datetime]
    log: list[Asked] = field(default_factory=list)
    etags: set[str] = field(default_factory=set)
    printed: dict[int, str] = field(default_factory=dict)
    served: set[int] = field(default_factory=set)
    complete_until: datetime | None = None
    unheard: set[datetime] = field(default_factory=set)

    @property
    def seconds(self) -> int:
        """What it allows, where it says so in seconds."""
        return (240, 600, 1500)[self.number % 3]

    def reply(self, now: datetime, headers: Mapping[str, str], rng: random.Random) -> Reply:
        """Answer one request, and write it down."""
        asked = Asked(now, 200, now + LEAST, headers.get("If-None-Match", ""))
        self.log.append(asked)
        if self.kind == "hostile":
            return 200, {}, HOSTILE[self.number % len(HOSTILE)]
        if self.kind == "slow" and len(self.log) % 4 == 0:
            asked.status = 0
            return 0, {}, b""
        if self.kind == "flapping" and rng.random() < 0.3:
            asked.status = rng.choice((429, 500, 503))
            if asked.status == 500:
                return 500, {}, b"trouble"
            wait = rng.choice((120, 900, 4000))
            asked.not_before = now + timedelta(seconds=wait)
            return asked.status, {"Retry-After": str(wait)}, b"later"
        return self._feed(now, asked, packed="gzip" in headers.get("Accept-Encoding", ""))

    def _feed(self, now: datetime, asked: Asked, *, packed: bool) -> Reply:
        count = bisect_right(self.times, now)
        etag = f'"{self.number}/{count}"'
        headers = {"ETag": etag, "Content-Type": "application/rss+xml; charset=utf-8"}
        head = ""
        if self.allows == "max-age":
            headers["Cache-Control"] = f"public, max-age={self.seconds}"
        elif self.allows == "expires":
            headers["Date"] = format_datetime(now, usegmt=True)
            headers["Expires"] = format_datetime(now + timedelta(seconds=self.seconds), usegmt=True)
        elif self.allows == "ttl":
            head = f"<ttl>{self.seconds // 60}</ttl>"
        elif self.allows == "skip-hours":
            asked.skip_hours = frozenset({(self.number + n) % 24 for n in range(3)})
            head = f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in sorted(asked.skip_hours))}</skipHours>"
        if self.allows in {"max-age", "expires", "ttl"}:
            asked.not_before = now + timedelta(seconds=self.seconds)
        self.etags.add(etag)
        self.complete_until = now
        if asked.conditional == etag:
            asked.status = 304
            return 304, headers, b""
        shown = range(max(0, count - WINDOW), count)
        self.served.update(shown)
        body = self._body(head, shown)
        return (
            (200, {**headers, "Content-Encoding": "gzip"}, gzip.compress(body, 1)) if packed else (200, headers, body)
        )

    def _body(self, head: str, shown: range) -> bytes:
        # What a feed held is kept, and no more than that.
        self.printed = {n: self.printed.get(n) or self._item(n) for n in reversed(shown)}
        items = "".join(self.printed.values())
        channel = f"<title>Site {self.number}</title><link>https://site{self.number}.example/</link>{head}{items}"
        return f"<?xml version='1.0'?><rss version='2.0'><channel>{channel}</channel></rss>".encode()

    def _item(self, n: int) -> str:
        return (
            f"<item><guid isPermaLink='false'>{self.number}-{n}</guid><title>Story {n} of {self.number}</title>"
            f"<link>{self.address(n)}</link><description>{escape(f'<p>Words of story {n} at {self.number}.</p>')}"
            f"</description><pubDate>{format_datetime(self.times[n])}</pubDate></item>"
        )

    def address(self, item: int) -> str:
        """Return the address of an item."""
        return f"https://site{self.number}.example/story/{item}"

    def violations(self) -> list[str]:
        """Return every request that came sooner than the answers before it allowed, or with an ETag it never had."""
        found = []
        skipped: frozenset[int] = frozenset()
        not_before = None
        for asked in self.log:
            if not_before is not None and asked.at < not_before:
                found.append(f"site {self.number} ({self.allows}): asked at {asked.at}, allowed from {not_before}")
            if asked.at.hour in skipped:
                found.append(f"site {self.number}: asked at {asked.at}, in an hour that it skips")
            if asked.conditional and asked.conditional not in self.etags:
                found.append(f"site {self.number}: {asked.conditional} was never its ETag")
            heard = asked.at not in self.unheard
            not_before = asked.not_before if heard else asked.at + LEAST
            skipped = (asked.skip_hours if heard else None) or skipped
        return found

    def published(self) -> set[str]:
        """Return the addresses of what it showed, and of all that came out while it was read."""
        since = self.log[0].at if self.log else None
        if since is None or self.complete_until is None:
            return set()
        out = {n for n, moment in enumerate(self.times) if since < moment <= self.complete_until}
        return {self.address(n) for n in self.served | out}


class World:
    """All publishers.

    Args:
        hours: how long it lasts from `start`.
    """

    def __init__(self, count: int, start: datetime, hours: float, seed: int = 1) -> None:
        self._rng = random.Random(seed)  # a world that repeats itself
        kinds = {**dict.fromkeys(range(2), "flapping"), 2: "slow", 3: "hostile"}
        self.sites = [self._site(number, kinds.get(number % 100, "well"), start, hours) for number in range(count)]

    def _site(self, number: int, kind: str, start: datetime, hours: float) -> Site:
        gap = self._rng.choice((1800, 7200, 28_800))
        moment, times = start - timedelta(seconds=gap * 12), []
        while moment < start + timedelta(hours=hours):
            moment += timedelta(seconds=self._rng.expovariate(1 / gap))
            times.append(moment.replace(microsecond=0))
        return Site(number, kind, self._rng.choice(ALLOWING), times)

    def reply(self, number: int, now: datetime, headers: Mapping[str, str]) -> Reply:
        """Let one site answer a request."""
        return self.sites[number].reply(now, headers, self._rng)

    def unheard(self, number: int, now: datetime) -> None:
        """Note that what a site answered now did not arrive; it may not even have been asked yet."""
        self.sites[number].unheard.add(now)

    def verdict(self, stored: list[str]) -> dict[str, object]:
        """Hold what was asked and what was stored, an address each, against what was allowed and published."""
        times: dict[str, int] = defaultdict(int)
        for address in filter(None, stored):  # a hostile feed may hold items without one
            times[address] += 1
        published = set().union(*(site.published() for site in self.sites))
        violations = [line for site in self.sites for line in site.violations()]
        return {
            "requests": sum(len(site.log) for site in self.sites),
            "not_modified": sum(asked.status == 304 for site in self.sites for asked in site.log),
            "unheard": sum(len(site.unheard) for site in self.sites),
            "violations": len(violations),
            "published": len(published),
            "lost": len(published - times.keys()),
            "doubled": sum(number > 1 for number in times.values()),
            "examples": violations[:3]
            + sorted(published - times.keys())[:3]
            + [address for address, number in times.items() if number > 1][:3],
        }
