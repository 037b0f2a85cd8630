"""A newsroom on loopback, and a desk that watches it: an article goes from a feed to the console for real."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from aiohttp import web

from bot.clock import VirtualClock
from bot.nlp.pool import ReaderPool
from bot.wiring import Bot, opened_bot, reader_factory
from config import Settings

START = datetime(2024, 7, 10, 3, 0, tzinfo=UTC)
"""Two days after the President tied the decision on arms to what Russia and the North do: `reviewing`."""

Story = tuple[str, str, datetime]


@dataclass
class Newsroom:
    """Outlets with feeds on loopback HTTP."""

    publisher: Any
    stories: dict[str, list[Story]] = field(default_factory=dict)
    outlets: list[str] = field(default_factory=list)

    def open(self, outlet: str, answer: Any = None) -> None:
        """Give an outlet an empty feed, or let `answer` answer for it."""
        self.outlets.append(outlet)
        self.stories[outlet] = []
        self.publisher.answer(f"/{outlet}.xml", answer or self._page(outlet))

    def print(self, outlet: str, title: str, text: str, at: datetime) -> None:
        """Put a story into an outlet's feed."""
        if outlet not in self.stories:
            self.open(outlet)
        self.stories[outlet].append((title, text, at))

    def print_weather(self, at: datetime, *outlets: str) -> None:
        """Have outlets print what is no news of the storyline, so that their first poll is behind them."""
        for outlet in outlets:
            self.print(outlet, "Rain expected across the peninsula", "Umbrellas are sold out.", at)

    def url(self, outlet: str) -> str:
        return str(self.publisher.url(f"/{outlet}.xml"))

    def asked(self, outlet: str) -> int:
        """Return how often an outlet's feed was asked for."""
        return len(self.publisher.asked(f"/{outlet}.xml"))

    def _page(self, outlet: str) -> Any:
        async def page(_: web.Request) -> web.StreamResponse:
            return web.Response(text=self.feed(outlet), content_type="application/rss+xml", charset="utf-8")

        return page

    def feed(self, outlet: str) -> str:
        items = "".join(
            f"<item><guid isPermaLink='false'>{outlet}-{number}</guid><title>{escape(title)}</title>"
            f"<link>https://{outlet}.example/{number}</link><description>{escape(text)}</description>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for number, (title, text, at) in enumerate(self.stories[outlet])
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>"

    def write_sources(self, folder: Path) -> Path:
        """Write a sources.yml that names every outlet, each a house of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = ["sources:"]
        for outlet in self.outlets:
            lines += [
                f"  {outlet}:",
                f"    name: {outlet.title()}",
                f"    url: {self.url(outlet)}",
                "    language: en",
                f"    publisher: {outlet.title()}",
                f"    origin_group: {outlet}",
                "    tier: outlet",
            ]
        (folder / "sources.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder


@pytest.fixture
def newsroom(publisher: Any) -> Newsroom:
    return Newsroom(publisher)


@dataclass
class Desk:
    """A bot on a virtual clock that watches the newsroom and tells on the console as JSON lines."""

    bot: Bot
    clock: VirtualClock
    printed: Callable[[], str]

    async def round(self, after: timedelta = timedelta()) -> list[dict[str, Any]]:
        """Let time pass, poll every source once, and return what was told."""
        self.clock.set(self.clock.now() + after)
        await self.bot.once()
        return [json.loads(line) for line in self.printed().splitlines()]


@pytest.fixture(scope="session")
def readers() -> Iterator[ReaderPool]:
    """Models load once for all scenarios; the readers themselves remember nothing."""
    pool = ReaderPool(reader_factory(Settings()), 1)
    yield pool
    pool.close()


@pytest.fixture
def open_desk(
    newsroom: Newsroom, readers: ReaderPool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Any]:
    """Return what opens a desk; opening it again on the same folder is a restart."""

    @asynccontextmanager
    async def opened(*, at: datetime = START, **changes: Any) -> AsyncIterator[Desk]:
        config = newsroom.write_sources(tmp_path / "config")
        given = {
            "config_dir": config,
            "database_url": f"sqlite:///{tmp_path / 'desk.db'}",
            "console": "json",
            "allow_private": ("127.0.0.1",),
            "health_port": 0,
        }
        clock = VirtualClock(at)
        async with opened_bot(Settings(**{**given, **changes}), clock, readers) as bot:
            yield Desk(bot, clock, lambda: capsys.readouterr().out)

    return opened
