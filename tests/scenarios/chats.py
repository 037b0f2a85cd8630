"""Two chat platforms for scenarios: a Discord in memory and a Slack on loopback, both heard by one bot."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from .conftest import Desk


def slack_kit() -> Any:
    """Return the module of the loopback Slack."""
    name = "loopback_slack"
    if name not in sys.modules:
        spec = spec_from_file_location(name, Path(__file__).parents[1] / "slack" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@dataclass
class Chats:
    """A desk that tells in both, with a channel and somebody who may subscribe it in each.

    Args:
        chief: may manage channels in Discord; in Slack U0ADMIN may.
    """

    desk: Desk
    discord: simcord.Env
    slack: Any
    channel: ChannelHandle
    chief: MemberActor
    printed: list[dict[str, Any]] = field(default_factory=list)

    async def subscribe(self) -> None:
        """Have people subscribe both channels."""
        await self.chief.slash(self.channel, "subscribe", severity="low")
        await (await self.slack.typed("/stancewatch", "subscribe severity=low", user="U0ADMIN")).answer()

    async def round(self, after: timedelta = timedelta()) -> list[dict[str, Any]]:
        """Let time pass, poll every source once; return and keep what the console was told."""
        told = await self.desk.round(after)
        self.printed += told
        return told

    def on_discord(self) -> list[str]:
        """Return what each message of the channel says now, without answers and Discord's own lines on threads."""
        kept = self.discord.backend.messages[self.channel.id].values()
        return ["\n".join(_words(m.components)) for m in kept if m.components and not m.interaction_metadata]

    def on_slack(self, channel: str = "C1") -> list[str]:
        """Return what each message of the channel says now."""
        words = slack_kit().payloads.words
        return ["\n".join(words(message["blocks"])) for message in self.slack.shown(channel)]


def _words(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if "content" in component:
            yield component["content"]
        yield from _words(component.get("components", []))


@asynccontextmanager
async def opened_chats(
    open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, **changes: Any
) -> AsyncIterator[Chats]:
    """Open a desk with both platforms; `changes` of its settings."""
    kit = slack_kit()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    # The Discord in memory stands in for the gateway, which would go to discord.com.
    monkeypatch.setattr("handlers.discord.line.Line.open", lambda _: None)
    tokens = {"discord_token": "a.b.c", "slack_bot_token": kit.BOT_TOKEN, "slack_app_token": kit.APP_TOKEN}
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(kit.opened_slack())
        monkeypatch.setattr("handlers.slack.DEFAULT_API", slack.api)
        desk = await stack.enter_async_context(open_desk(**{**tokens, **changes}))
        env = simcord.Env(desk.bot.notifiers["discord"].line.client)
        await env.start()
        stack.push_async_callback(env.shutdown)
        await env.settle()
        guild = env.create_guild("Desk")
        rights = discord.Permissions(view_channel=True, manage_channels=True, use_application_commands=True)
        role = guild.create_role("chiefs", permissions=rights)
        chief = guild.add_member(env.create_user("chief"), roles=[role])
        yield Chats(desk, env, slack, guild.create_text_channel("alerts"), chief)
