"""What do publishers serve to the benchmarks of watching?

Synthetic feeds of 30 items, 36 to 61 KB, with ETag and gzip, over HTTP or TLS 1.3 on the loopback address. Feed i of
round r holds version `version_of(i, r)`: one feed in twenty has a new item each round.

Refuses to do: nothing of ours is imported, so its cost is nobody's.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from aiohttp import web

ITEMS = 30
EVERY = 20
"""One feed in so many changes a round: 5 %."""

_START = datetime(2024, 6, 1, tzinfo=UTC)
_WORDS = (
    "river market harbour council winter bridge minister railway garden museum weather festival budget island library "
    "hospital football orchestra planning mountain electric teacher village traffic science kitchen cinema quarter "
    "passenger history customs airport painter morning evening harvest factory license summit student doctor charity"
).split()


def version_of(number: int, round_: int) -> int:
    """Return how many times feed `number` has changed up to a round; the first round is 0."""
    return sum(1 for r in range(1, round_ + 1) if number % EVERY == r % EVERY)


def feed(number: int, version: int) -> bytes:
    """Return a feed with its newest items; the same bytes for the same arguments."""
    length = random.Random(number).randint(70, 132)  # words an item; nothing here is a secret
    items = "".join(_item(number, item, length) for item in range(version + ITEMS, version, -1))
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'>\n"
        f"<channel><title>Paper {number}</title><link>https://paper{number}.example/</link>"
        f"<description>News of paper {number}</description><language>en</language>\n{items}</channel></rss>\n"
    ).encode()


def _item(number: int, item: int, length: int) -> str:
    words = random.Random(f"{number} {item}").choices(_WORDS, k=length)  # see above
    site = f"https://paper{number}.example"
    # Fifteen tags a KB of it: newspapers' feeds have 14 (the Guardian's) to 16 (TechCrunch's, Macworld's), and the feeds
    # of 30 to 70 KB that feed parsers are tested with have 17 in the median.
    parts = [f"<img src='{site}/i/{item}.jpg' alt='{words[2]}'/><p><em>{words[3]}</em></p>"]
    for start in range(0, length, 40):
        part = words[start : start + 40]
        link = f"<a href='{site}/topic/{part[0]}?page={item}'>{part[0]}</a>"
        parts.append(f"<p>{link} {' '.join(part[1:])}&nbsp;&#8212;.</p>")
    at = format_datetime(_START + timedelta(hours=item))
    return (
        f"<item><title>{' '.join(words[:9]).capitalize()} {item}</title>"
        f"<link>{site}/news/{item}?utm_source=rss</link>"
        f"<guid isPermaLink='false'>{number}-{item}</guid><dc:creator>{words[0]}</dc:creator><pubDate>{at}</pubDate>"
        f"<category>{words[1]}</category><description>{escape(''.join(parts), quote=False)}</description></item>\n"
    )


class Stand:
    """Serves the feeds of a round; the round is set from outside."""

    def __init__(self) -> None:
        self.round = 0
        self.asked = 0
        self._bodies: dict[tuple[int, int], bytes] = {}

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Answer one request for /<number>."""
        self.asked += 1
        number = int(request.match_info["number"])
        version = version_of(number, self.round)
        etag = f'"{number}-{version}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        headers = {"ETag": etag, "Content-Encoding": "gzip", "Content-Type": "application/rss+xml; charset=utf-8"}
        return web.Response(body=self.body(number, version), headers=headers)

    def body(self, number: int, version: int) -> bytes:
        """Return what is served of a feed, compressed; it is kept."""
        key = (number, version)
        if key not in self._bodies:
            self._bodies[key] = gzip.compress(feed(number, version), 5)
        return self._bodies[key]

    def print_all(self, count: int, round_: int) -> None:
        """Go over to a round, of so many feeds, and have them ready: whoever asks first shall not wait longer."""
        self.round = round_
        for number in range(count):
            self.body(number, version_of(number, round_))


async def serve(certificate: str) -> None:
    """Serve until standard input ends; a line there says how many feeds there are, and which round it is.

    Args:
        certificate: file with key and certificate; "" serves plain HTTP.
    """
    stand, context = Stand(), None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(certificate)
    application = web.Application()
    application.router.add_get("/{number:[0-9]+}", stand.page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    print(json.dumps({"port": runner.addresses[0][1]}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        await asyncio.to_thread(stand.print_all, *map(int, line.split()))
        print(json.dumps({"asked": stand.asked}), flush=True)
    await runner.cleanup()


def make_authority(folder: Path, bundle: str) -> tuple[str, str]:
    """Make a local CA and a certificate of 127.0.0.1; return the server's file and `bundle` with the CA appended."""
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    usage = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    ca, key, server = folder / "ca.pem", folder / "key.pem", folder / "server.pem"
    names = folder / "names.txt"
    names.write_text("subjectAltName=IP:127.0.0.1\n", "ascii")
    steps = (
        ("req", "-x509", *curve, *usage, "-subj", "/CN=Bench CA", "-keyout", str(folder / "ca.key"), "-out", str(ca)),
        ("req", *curve, "-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(folder / "server.csr")),
        ("x509", "-req", "-days", "2", "-in", str(folder / "server.csr"), "-CA", str(ca), "-CAkey",
         str(folder / "ca.key"), "-extfile", str(names), "-out", str(server)),
    )  # fmt: skip
    for step in steps:
        subprocess.run(("openssl", *step), check=True, capture_output=True)  # our own words
    server.write_text(server.read_text("ascii") + key.read_text("ascii"), "ascii")
    both = folder / "bundle.pem"
    both.write_text(Path(bundle).read_text("utf-8") + "\n" + ca.read_text("ascii"), "utf-8")
    return str(server), str(both)
