"""Which commands does Discord offer, and what do they ask of the desk?

Refuses to do: who may use what is for Discord: /subscribe and /unsubscribe ask for Manage Channels, and the owners of
a server may hand them to others under Server Settings, Integrations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.ports import Desk
from handlers.asking import holder_choices, track_choices
from handlers.discord import replies
from handlers.discord.answers import Asked, answer
from handlers.discord.words import offered, offered_in_list, spoken, text, windows
from handlers.texts import languages

SEVERITIES = [Choice(name=text("severity.low"), value="low"), Choice(name=text("severity.medium"), value="medium")]
SEVERITIES.append(Choice(name=text("severity.high"), value="high"))
TONGUES = [Choice(name=text(f"tongue.{code}"), value=code) for code in languages()]


def add_commands(tree: app_commands.CommandTree[discord.Client], desk: Desk, idents: Mapping[str, int]) -> None:
    """Give a client's tree every command.

    Args:
        idents: Discord's ids of the commands by name, once they are known; /help makes them clickable.
    """
    _add_questions(tree, desk)
    _add_help(tree, desk, idents)
    _add_subscribe(tree, desk)
    _add_unsubscribe(tree, desk)


def _add_questions(tree: app_commands.CommandTree[discord.Client], desk: Desk) -> None:
    async def tracks(asked: Asked, typed: str) -> list[Choice[str]]:
        return offered(track_choices(desk.storyline, spoken(asked.locale)), typed)

    async def holders(asked: Asked, typed: str) -> list[Choice[str]]:
        return offered(holder_choices(desk.storyline, spoken(asked.locale)), typed)

    async def spans(_: Asked, typed: str) -> list[Choice[str]]:
        return windows(typed)

    @tree.command(name="brief", description=text("discord.brief"))
    @app_commands.describe(track=text("discord.brief.track"), since=text("discord.brief.since"))
    @app_commands.autocomplete(track=tracks, since=spans)
    async def brief(asked: Asked, track: str = "", since: str = "") -> None:
        await answer(asked, desk, lambda language: replies.brief(desk, language, track, since), alone=False)

    @tree.command(name="stance", description=text("discord.stance"))
    @app_commands.describe(track=text("discord.stance.track"), holder=text("discord.stance.holder"))
    @app_commands.autocomplete(track=tracks, holder=holders)
    async def stance(asked: Asked, track: str, holder: str = "") -> None:
        await answer(asked, desk, lambda language: replies.stance(desk, language, track, holder), alone=False)

    @tree.command(name="why", description=text("discord.why"))
    @app_commands.describe(what=text("discord.why.what"))
    async def why(asked: Asked, what: str) -> None:
        await answer(asked, desk, lambda _: replies.why(desk, what), alone=True)


def _add_help(tree: app_commands.CommandTree[discord.Client], desk: Desk, idents: Mapping[str, int]) -> None:
    @tree.command(name="help", description=text("discord.help"))
    async def help_(asked: Asked) -> None:
        await answer(asked, desk, lambda _: replies.usage(desk, asked, idents), alone=True)


def _add_subscribe(tree: app_commands.CommandTree[discord.Client], desk: Desk) -> None:
    async def tracks(asked: Asked, typed: str) -> list[Choice[str]]:
        return offered_in_list(track_choices(desk.storyline, spoken(asked.locale)), typed)

    async def holders(asked: Asked, typed: str) -> list[Choice[str]]:
        return offered_in_list(holder_choices(desk.storyline, spoken(asked.locale)), typed)

    @tree.command(name="subscribe", description=text("discord.subscribe"))
    @app_commands.guild_only
    @app_commands.default_permissions(manage_channels=True)
    @app_commands.describe(**{option: text(f"discord.subscribe.{option}") for option in _OPTIONS})
    @app_commands.autocomplete(tracks=tracks, holders=holders)
    @app_commands.choices(severity=SEVERITIES, mention_from=SEVERITIES, language=TONGUES)
    async def subscribe(
        asked: Asked,
        tracks: str = "",
        holders: str = "",
        severity: str = "",
        signals: bool = True,
        mention: discord.Role | discord.Member | None = None,
        mention_from: str = "",
        language: str = "",
    ) -> None:
        wish = replies.wish(asked, tracks, holders, severity, mention, mention_from, language, signals=signals)
        await answer(asked, desk, lambda own: replies.subscribe(desk, own, asked, wish), alone=False)


def _add_unsubscribe(tree: app_commands.CommandTree[discord.Client], desk: Desk) -> None:
    @tree.command(name="unsubscribe", description=text("discord.unsubscribe"))
    @app_commands.guild_only
    @app_commands.default_permissions(manage_channels=True)
    async def unsubscribe(asked: Asked) -> None:
        await answer(asked, desk, lambda _: replies.unsubscribe(desk, asked), alone=False)


_OPTIONS: Sequence[str] = ("tracks", "holders", "severity", "signals", "mention", "mention_from", "language")
