"""How are notices shown, and questions answered, on Discord?

A client that a team makes itself in Discord's Developer Portal (docs/setup-discord.md). Notices go out by REST;
commands and buttons come in by the gateway, without any privileged intent.

Refuses to do: nothing of a feed pings, formats or links; no message is refused for its size.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import discord
import structlog
from discord import app_commands

from bot.domain import Storyline
from bot.errors import ConfigError
from bot.ports import Desk
from handlers.discord.answers import Asked, Reception, refuse
from handlers.discord.commands import add_commands
from handlers.discord.line import Line
from handlers.discord.notifier import PLATFORM, DiscordNotifier
from handlers.discord.presses import pressed
from handlers.discord.syncing import offered
from handlers.discord.words import spoken
from handlers.texts import say

__all__ = ["PLATFORM", "DiscordNotifier", "build"]

log = structlog.get_logger()

_TOKEN = re.compile(r"[!-~]+")


def build(storyline: Storyline, options: Mapping[str, str], desk: Desk | None = None) -> DiscordNotifier:
    """Return the notifier of this platform; nothing is connected yet.

    Args:
        options: `token` of the bot.
        desk: answers commands; without one the bot offers none and only shows notices.

    Raises:
        ConfigError: there is no token, or what is given cannot be one.
    """
    token = options.get("token", "").strip()
    if not token:
        raise ConfigError("discord: no token; copy the bot's token from the Developer Portal (docs/setup-discord.md)")
    if not _TOKEN.fullmatch(token):
        raise ConfigError("discord: the token holds blanks or other letters; copy it anew, without “Bot” before it")

    reception = Reception(desk) if desk is not None else None

    def dress(client: discord.Client) -> None:
        if reception is not None:
            _listen(client, reception)

    return DiscordNotifier(storyline, Line(token, dress), desk)


def _listen(client: discord.Client, reception: Reception) -> None:
    """Give a client its commands and listeners."""
    tree: app_commands.CommandTree[discord.Client] = app_commands.CommandTree(client)
    idents: dict[str, int] = {}
    add_commands(tree, reception, idents)

    @client.event
    async def on_ready() -> None:
        log.info("discord_connected", servers=len(client.guilds))
        if not idents:
            idents.update(await offered(tree))

    @client.event
    async def on_interaction(asked: Asked) -> None:
        await pressed(asked, reception)

    @tree.error
    async def on_command_error(asked: Asked, error: app_commands.AppCommandError) -> None:
        # Answers raise nothing; what comes here is a command as an older version offered it.
        log.warning("discord_command_refused", command=asked.command and asked.command.qualified_name, error=str(error))
        if asked.type is discord.InteractionType.application_command:
            await refuse(asked, say(spoken(asked.locale), "discord.broken"))
