"""Which commands that change something does Discord offer?

Refuses to do: nothing is decided here. A command that needs a rank is shown to those who may manage channels; `feeds`
is shown to all, as its list is for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain import Act, Rank
from handlers.discord import changes, presses, questions, subscribing
from handlers.discord.answers import Asked, Reception
from handlers.discord.idents import Form
from handlers.discord.offers import Offers
from handlers.discord.words import text
from handlers.texts import languages, tongue

Tree = app_commands.CommandTree[discord.Client]

SEVERITIES = [Choice(name=text(f"severity.{name}"), value=name) for name in ("low", "medium", "high")]
TONGUES = [Choice(name=tongue(code, code), value=code) for code in languages()]

_OPTIONS: Sequence[str] = (
    "tracks",
    "holders",
    "severity",
    "signals",
    "mention",
    "mention_from",
    "language",
    "timezone",
    "quiet",
    "quiet_except",
    "digest",
    "digest_days",
    "digest_only",
    "digest_empty",
)
_Made = TypeVar("_Made")


def add_changes(tree: Tree, reception: Reception, offers: Offers) -> None:
    """Give a client's tree every command that changes something."""
    _add_subscribe(tree, reception, offers)
    _add_unsubscribe(tree, reception)
    _add_test(tree, reception)
    _add_mute(tree, reception, offers)
    _add_unmute(tree, reception, offers)
    _add_digest(tree, reception, offers)
    _add_feeds(tree, reception, offers)


def _shown_to_those_who_may(reception: Reception, act: Act) -> Callable[[_Made], _Made]:
    """Return what has Discord hide a command from members who may not use it anyway."""
    if reception.desk.needed(act) is Rank.MEMBER:
        return lambda made: made
    return app_commands.default_permissions(manage_channels=True)


def _add_subscribe(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="subscribe", description=text("discord.subscribe"))
    @_shown_to_those_who_may(reception, Act.SUBSCRIBE)
    @app_commands.describe(**{option: text(f"discord.subscribe.{option}") for option in _OPTIONS})
    @app_commands.autocomplete(tracks=offers.tracks, holders=offers.holders, timezone=offers.zone)
    @app_commands.choices(severity=SEVERITIES, mention_from=SEVERITIES, quiet_except=SEVERITIES, language=TONGUES)
    async def subscribe(
        asked: Asked,
        tracks: str = "",
        holders: str = "",
        severity: str = "",
        signals: bool = True,
        mention: discord.Role | discord.Member | discord.User | None = None,
        mention_from: str = "",
        language: str = "",
        timezone: str = "",
        quiet: str = "",
        quiet_except: str = "",
        digest: str = "",
        digest_days: str = "",
        digest_only: bool = False,
        digest_empty: bool = True,
    ) -> None:
        # Taken as they were filled in: what was left out is for the wish to say.
        del tracks, holders, severity, signals, mention, mention_from, language
        del timezone, quiet, quiet_except, digest, digest_days, digest_only, digest_empty
        filled = dict(iter(asked.namespace))
        if not filled:
            await presses.fill(asked, reception, Form.WHAT)
            return
        await reception.answer(asked, lambda own: subscribing.subscribe(desk, own, asked, filled), alone=False)


def _add_unsubscribe(tree: Tree, reception: Reception) -> None:
    @tree.command(name="unsubscribe", description=text("discord.unsubscribe"))
    @_shown_to_those_who_may(reception, Act.UNSUBSCRIBE)
    async def unsubscribe(asked: Asked) -> None:
        await reception.answer(asked, lambda _: subscribing.unsubscribe(reception.desk, asked), alone=False)


def _add_test(tree: Tree, reception: Reception) -> None:
    @tree.command(name="test", description=text("discord.test"))
    @_shown_to_those_who_may(reception, Act.SUBSCRIBE)
    async def test(asked: Asked) -> None:
        await reception.answer(asked, lambda own: subscribing.test(reception.desk, own, asked), alone=True)


def _add_mute(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="mute", description=text("discord.mute"))
    @_shown_to_those_who_may(reception, Act.MUTE)
    @app_commands.describe(what=text("discord.mute.what"), span=text("discord.mute.span"))
    @app_commands.autocomplete(what=offers.subject, span=offers.span)
    async def mute(asked: Asked, what: str, span: str = "") -> None:
        await reception.answer(asked, lambda own: changes.mute(desk, own, asked, what, span), alone=False)


def _add_unmute(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="unmute", description=text("discord.unmute"))
    @_shown_to_those_who_may(reception, Act.UNMUTE)
    @app_commands.describe(what=text("discord.unmute.what"))
    @app_commands.autocomplete(what=offers.mute)
    async def unmute(asked: Asked, what: str = "") -> None:
        await reception.answer(asked, lambda _: changes.unmute(desk, asked, what), alone=False)


def _add_digest(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="digest", description=text("discord.digest"))
    @app_commands.describe(**{o: text(f"discord.digest.{o}") for o in ("times", "days", "timezone")})
    @app_commands.autocomplete(timezone=offers.zone)
    async def digest(asked: Asked, times: str = "", days: str = "", timezone: str = "") -> None:
        if times.strip():
            await reception.answer(
                asked, lambda own: changes.digest(desk, own, asked, times, days, timezone), alone=False
            )
        else:
            await reception.answer(asked, lambda _: questions.digest(desk, asked), alone=True)


def _add_feeds(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk
    feeds = app_commands.Group(name="feeds", description=text("discord.feeds"))

    @feeds.command(name="list", description=text("discord.feeds.list"))
    @app_commands.describe(search=text("discord.feeds.list.search"))
    async def listed(asked: Asked, search: str = "") -> None:
        await reception.answer(asked, lambda _: questions.feeds(desk, search), alone=True)

    @feeds.command(name="add", description=text("discord.feeds.add"))
    @app_commands.describe(**{o: text(f"discord.feeds.add.{o}") for o in ("url", "selector", "watch")})
    async def add(asked: Asked, url: str, selector: str = "", watch: bool = False) -> None:
        wanted = changes.add_feed if watch else changes.find_feed
        await reception.answer(asked, lambda _: wanted(desk, asked, url, selector), alone=not watch)

    @feeds.command(name="remove", description=text("discord.feeds.remove"))
    @app_commands.describe(key=text("discord.feeds.remove.key"))
    @app_commands.autocomplete(key=offers.source)
    async def remove(asked: Asked, key: str) -> None:
        await reception.answer(asked, lambda _: changes.remove_feed(desk, asked, key), alone=False)

    tree.add_command(feeds)
