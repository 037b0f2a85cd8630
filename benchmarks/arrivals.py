"""When has a chat got what a benchmark waits for?

The chats of the tests: a Slack on the loopback address that the real client talks to over HTTP, and a Discord in memory
below discord.py's own client. Of each message that is posted or edited it is noted when the chat held it.

Refuses to do: nothing of the bot's is measured here, and no network is imitated.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from borrowed import borrowed, loopback
from discord.http import Route as Call
from simcord.backend import Backend
from simcord.http.client import FakeHTTPClient

from bot.domain import Storyline
from bot.ports import Notifier
from handlers.discord import build
from handlers.slack import Access, SlackNotifier


@dataclass
class Arrivals:
    """What each chat was first seen to hold, and when.

    Args:
        what: finds the number of what is waited for in the words of a message.
        shown: platform → number → seconds of the machine's own clock.
    """

    what: re.Pattern[str]
    shown: dict[str, dict[int, float]] = field(default_factory=dict)

    def note(self, platform: str, message: object) -> None:
        """Note what a message that a chat has just taken shows."""
        now, seen = time.monotonic(), self.shown.setdefault(platform, {})
        for number in self.what.findall(message if isinstance(message, str) else json.dumps(message, default=str)):
            seen.setdefault(int(number), now)

    def missing(self, many: int) -> int:
        """Return how many of `many` some chat does not hold yet."""
        return sum(many - len(seen) for seen in self.shown.values()) if self.shown else many


@asynccontextmanager
async def opened_slack(storyline: Storyline, arrivals: Arrivals) -> AsyncIterator[tuple[str, Notifier]]:
    """Open a Slack; yield its channel, and the notifier that posts there."""
    kit = loopback()

    class Kept(dict[tuple[str, str], dict[str, object]]):
        """The messages of a Slack."""

        def __setitem__(self, place: tuple[str, str], message: dict[str, object]) -> None:
            super().__setitem__(place, message)
            arrivals.note("slack", message)

    async with kit.opened_slack() as slack:
        slack.messages = Kept()
        notifier = SlackNotifier(storyline, Access(bot_token=kit.BOT_TOKEN, api=slack.api))
        try:
            yield "C1", notifier
        finally:
            await notifier.close()


@asynccontextmanager
async def opened_discord(storyline: Storyline, arrivals: Arrivals) -> AsyncIterator[tuple[str, Notifier]]:
    """Open a Discord; yield its channel, and the notifier that posts there."""

    class Noting(FakeHTTPClient):
        """The calls of a Discord's client."""

        async def request(self, route: Call, **given: object) -> object:
            answer: object = await super().request(route, **given)
            if route.method in {"POST", "PATCH"}:
                arrivals.note("discord", answer)
            return answer

    backend = Backend()
    channel = backend.create_channel(backend.create_guild("Desk").id, "alerts")
    inner = build(storyline, {"token": "a.b.c"})
    try:
        yield (
            str(channel.id),
            borrowed("contracts/benches/discord.py", "bench_discord").InChannel(inner, backend, channel.id, Noting),
        )
    finally:
        await inner.close()
