"""Which commands does Discord offer, and what do they ask?

Refuses to do: nothing is decided here: who may change what is the desk's to say. What needs a rank is shown to those
who may manage channels, until the owners of a server hand it to others under Server Settings, Integrations.
"""

from __future__ import annotations

from collections.abc import Mapping

from discord import app_commands

from handlers.discord import changing, helping, questions
from handlers.discord.answers import Asked, Reception
from handlers.discord.changing import Tree
from handlers.discord.offers import Offers
from handlers.discord.words import text, windows


def add_commands(tree: Tree, reception: Reception, idents: Mapping[str, int]) -> None:
    """Give a client's tree every command.

    Args:
        idents: Discord's ids of the commands by name, once they are known; /help makes them clickable.
    """
    offers = Offers(reception.desk)
    _add_brief(tree, reception, offers)
    _add_stance(tree, reception, offers)
    _add_timeline(tree, reception, offers)
    _add_why(tree, reception)
    _add_lists(tree, reception)
    changing.add_changes(tree, reception, offers)
    _add_help(tree, reception, idents)


def _add_brief(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="brief", description=text("discord.brief"))
    @app_commands.describe(track=text("discord.brief.track"), since=text("discord.brief.since"))
    @app_commands.autocomplete(track=offers.track, since=windows)
    async def brief(asked: Asked, track: str = "", since: str = "") -> None:
        await reception.answer(asked, lambda own: questions.brief(desk, own, asked, track, since), alone=False)


def _add_stance(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="stance", description=text("discord.stance"))
    @app_commands.describe(
        track=text("discord.stance.track"), holder=text("discord.stance.holder"), share=text("discord.share")
    )
    @app_commands.autocomplete(track=offers.track, holder=offers.holder)
    async def stance(asked: Asked, track: str, holder: str = "", share: bool = False) -> None:
        await reception.answer(asked, lambda own: questions.stance(desk, own, track, holder), alone=not share)


def _add_timeline(tree: Tree, reception: Reception, offers: Offers) -> None:
    desk = reception.desk

    @tree.command(name="timeline", description=text("discord.timeline"))
    @app_commands.describe(
        track=text("discord.stance.track"),
        since=text("discord.timeline.since"),
        holder=text("discord.stance.holder"),
        share=text("discord.share"),
    )
    @app_commands.autocomplete(track=offers.track, since=windows, holder=offers.holder)
    async def timeline(asked: Asked, track: str, since: str = "", holder: str = "", share: bool = False) -> None:
        await reception.answer(
            asked, lambda own: questions.timeline(desk, own, asked, track, since, holder), alone=not share
        )


def _add_why(tree: Tree, reception: Reception) -> None:
    desk = reception.desk

    @tree.command(name="why", description=text("discord.why"))
    @app_commands.describe(what=text("discord.why.what"))
    async def why(asked: Asked, what: str) -> None:
        await reception.answer(asked, lambda _: questions.why(desk, what), alone=True)


def _add_lists(tree: Tree, reception: Reception) -> None:
    desk = reception.desk

    @tree.command(name="sources", description=text("discord.sources"))
    async def sources(asked: Asked) -> None:
        await reception.answer(asked, lambda _: questions.sources(desk), alone=True)

    @tree.command(name="muted", description=text("discord.muted"))
    async def muted(asked: Asked) -> None:
        await reception.answer(asked, lambda _: questions.muted(desk, asked), alone=True)

    @tree.command(name="audit", description=text("discord.audit"))
    async def audit(asked: Asked) -> None:
        await reception.answer(asked, lambda _: questions.audit(desk, asked), alone=True)


def _add_help(tree: Tree, reception: Reception, idents: Mapping[str, int]) -> None:
    @tree.command(name="help", description=text("discord.help"))
    async def help_(asked: Asked) -> None:
        await reception.answer(asked, lambda _: helping.usage(reception.desk, asked, idents), alone=True)
