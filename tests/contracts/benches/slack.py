"""How is Slack tried out?"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from bot.domain import Delivery, News, Notice, Storyline
from bot.ports import Notifier
from handlers.slack import Access, SlackNotifier
from handlers.slack.web import Pace

Bench = tuple[Notifier, Callable[[], str]]


def _loopback() -> Any:
    name = "loopback_slack"
    if name not in sys.modules:
        spec = spec_from_file_location(name, Path(__file__).parents[2] / "slack" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


class Channel:
    """A notifier whose Slack is open for as long as anything is on its way there, with the messages it keeps."""

    platform = "slack"

    def __init__(self, storyline: Storyline, secret: str, desk: Any) -> None:
        self.storyline = storyline
        self.secret = secret
        self.desk = desk
        self.messages: dict[tuple[str, str], dict[str, Any]] = {}
        self.users = 0
        self.turn = asyncio.Lock()
        self.open: AbstractAsyncContextManager[SlackNotifier] | None = None
        self.notifier = SlackNotifier(storyline, Access(bot_token=secret))

    def __repr__(self) -> str:
        return repr(self.notifier)

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        async with self._opened() as notifier:
            return await notifier.send(delivery, notice)

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        async with self._opened() as notifier:
            return await notifier.edit(delivery, notice)

    async def tell(self, delivery: Delivery, news: News) -> str:
        async with self._opened() as notifier:
            return await notifier.tell(delivery, news)

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        async with self._opened() as notifier:
            return await notifier.find(delivery, since, until)

    async def remove(self, delivery: Delivery, ref: str) -> None:
        async with self._opened() as notifier:
            await notifier.remove(delivery, ref)

    async def close(self) -> None:
        await self.notifier.close()

    def shown(self) -> str:
        """Return what people see in the channel, a line a piece."""
        words = _loopback().payloads.words
        return "\n".join(
            word for message in self.messages.values() for word in (message["text"], *words(message["blocks"]))
        )

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[SlackNotifier]:
        """Open a Slack for the first, close it after the last: a bench is never told that a test is over."""
        async with self.turn:
            self.users += 1
            if self.open is None:
                self.open = self._slack()
                self.notifier = await self.open.__aenter__()
        try:
            yield self.notifier
        finally:
            async with self.turn:
                self.users -= 1
                if self.users == 0 and self.open is not None:
                    last, self.open = self.open, None
                    await last.__aexit__(None, None, None)

    @asynccontextmanager
    async def _slack(self) -> AsyncIterator[SlackNotifier]:
        kit = _loopback()
        async with kit.opened_slack() as slack:
            slack.tokens[self.secret] = kit.BOT_SCOPES
            slack.channel("c")
            slack.messages = self.messages
            notifier = SlackNotifier(
                self.storyline, Access(bot_token=self.secret, api=slack.api), self.desk, pace=Pace(backoff=0.01)
            )
            try:
                yield notifier
            finally:
                await notifier.close()


def benches(storyline: Storyline, secret: str) -> Iterator[tuple[str, Bench]]:
    """Yield each way of showing notices: its name, a notifier, and what its channel shows so far.

    Args:
        secret: stands in for the bot's token.
    """
    for name, desk in (("answering", object()), ("showing", None)):
        channel = Channel(storyline, secret, desk)
        yield name, (channel, channel.shown)
