"""How is Discord tried out?

Against a Discord in memory, whose checks of shape and size are those of the real one: once as it is, once as a
server that takes no Components V2.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from discord.http import Route
from simcord.backend import Backend
from simcord.backend.errors import BackendError
from simcord.http.client import FakeHTTPClient, _raise_for

from bot.domain import Delivery, News, Notice, Storyline
from bot.ports import Notifier
from handlers.discord import DiscordNotifier, build

COMPONENTS_V2 = 1 << 15

Bench = tuple[Notifier, Callable[[], str]]


class WithoutLayouts(FakeHTTPClient):
    """A Discord that does not take Components V2."""

    async def request(self, route: Route, **given: object) -> object:
        body = given.get("json")
        if isinstance(body, dict) and body.get("flags", 0) & COMPONENTS_V2:
            _raise_for(BackendError(400, 50035, "Invalid Form Body"))
        return await super().request(route, **given)


class InChannel:
    """Posts to a channel that is there: Discord names channels by numbers of its own."""

    platform = "discord"

    def __init__(self, inner: DiscordNotifier, backend: Backend, channel: int, http: type[FakeHTTPClient]) -> None:
        self.inner = inner
        self.backend = backend
        self.channel = channel
        self.http = http

    def __repr__(self) -> str:
        return repr(self.inner)

    async def start(self) -> None:
        await self.inner.start()

    async def problems(self) -> tuple[str, ...]:
        return await self.inner.problems()

    async def setup(self) -> tuple[str, ...]:
        return await self.inner.setup()

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        await self._connect()
        return await self.inner.send(replace(delivery, channel=str(self.channel)), notice)

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        await self._connect()
        return await self.inner.edit(replace(delivery, channel=str(self.channel)), notice)

    async def tell(self, delivery: Delivery, news: News) -> str:
        await self._connect()
        return await self.inner.tell(replace(delivery, channel=str(self.channel)), news)

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        await self._connect()
        return await self.inner.find(replace(delivery, channel=str(self.channel)), since, until)

    async def remove(self, delivery: Delivery, ref: str) -> None:
        await self._connect()
        await self.inner.remove(replace(delivery, channel=str(self.channel)), ref)

    async def close(self) -> None:
        await self.inner.close()

    def shown(self) -> str:
        return "\n".join(
            text for message in self.backend.messages[self.channel].values() for text in _texts(vars(message))
        )

    async def _connect(self) -> None:
        client = self.inner.line.client
        if not isinstance(client.http, FakeHTTPClient):
            client.http = client._connection.http = self.http(self.backend, asyncio.get_running_loop())


def _texts(value: object) -> Iterator[str]:
    """Yield every text that a person reads in a message."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in {"content", "description", "label", "url"} and isinstance(part, str):
                yield part
            elif key in {"components", "embeds", "fields"}:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def benches(storyline: Storyline, secret: str) -> Iterator[tuple[str, Bench]]:
    """Yield each way of showing notices: its name, a notifier, and what its channel shows so far."""
    for name, http in (("layout", FakeHTTPClient), ("embed", WithoutLayouts)):
        backend = Backend()
        guild = backend.create_guild("Desk")
        channel = backend.create_channel(guild.id, "alerts")
        bench = InChannel(build(storyline, {"token": secret}), backend, channel.id, http)
        yield name, (bench, bench.shown)
