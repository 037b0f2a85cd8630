"""What does it take to have alerts told in a channel, and what is said of it?

By options, by two forms (form.py), by the buttons below a subscription. Who asks is checked before anything is
acknowledged; that a channel was subscribed is said to everybody in it.

Refuses to do: who may do it is decided by the desk; nobody is woken by @everyone or @here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.domain import YAML, Act, Route, Storyline
from bot.errors import InputError
from bot.ports import Desk
from handlers import asking
from handlers.asking import Wish
from handlers.card import card_of_test
from handlers.discord import form as forms
from handlers.discord import idents, mentions
from handlers.discord.answers import Asked, Work, channel_of
from handlers.discord.checking import closed
from handlers.discord.escape import escape
from handlers.discord.faults import translated
from handlers.discord.idents import Form
from handlers.discord.layout import layout
from handlers.discord.notifier import PLATFORM
from handlers.discord.questions import note
from handlers.discord.ranks import asker
from handlers.discord.render import news_sheet
from handlers.discord.sheet import Button, Sheet, buttons
from handlers.discord.words import spoken
from handlers.texts import say


def wish(asked: Asked, filled: Mapping[str, object]) -> Wish:
    """Return what somebody asks a channel to be told; the server's language where they name none.

    Args:
        filled: the options of the command that were filled in, by name.
    """
    typed = {name: _typed(value) for name, value in filled.items()}
    return Wish(**({"language": spoken(asked.guild_locale or asked.locale)} | typed))


def subscribe(desk: Desk, own: str, asked: Asked, filled: Mapping[str, object]) -> Work:
    """Return what subscribes the channel, if the bot may post in it, and says to what.

    Args:
        filled: as for `wish`.
    """
    return _subscribed(desk, own, asked, wish(asked, filled))


async def present(desk: Desk, asked: Asked) -> Route:
    """Return what people subscribed the channel to; where nobody has, what a form begins with."""
    channel = channel_of(asked)
    made = [route for route in await desk.routes(PLATFORM, channel) if route.author != YAML]
    return made[0] if made else Route("", PLATFORM, channel, language=spoken(asked.guild_locale or asked.locale))


def form(desk: Desk, own: str, asked: Asked, which: Form, route: Route) -> ui.Modal:
    """Return a form for whoever may subscribe the channel."""
    asker(asked, desk, Act.SUBSCRIBE)
    return forms.modal(which, route, desk.storyline, own)


def submitted(desk: Desk, own: str, asked: Asked, which: Form, route: Route, data: Mapping[str, Any]) -> Work:
    """Return what subscribes the channel as a form says.

    Args:
        data: of the interaction.
    """
    roles = (data.get("resolved") or {}).get("roles") or {}
    return _subscribed(desk, own, asked, forms.wish(route, which, forms.entered(data), roles))


def _subscribed(desk: Desk, own: str, asked: Asked, wanted: Wish) -> Work:
    who = asker(asked, desk, Act.SUBSCRIBE)
    _require_open(asked, own)
    if wanted.mention in {"@everyone", "@here", f"<@&{asked.guild_id}>"}:
        raise InputError(say(own, "discord.everyone"))
    route = asking.route_of(wanted, desk.storyline, platform=PLATFORM, channel=who.channel, author=who.id)
    asking.require_sense(route, own)

    async def work(_: str) -> Sequence[Sheet]:
        await desk.subscribe(who, route)
        said = say(route.language, "discord.subscribed", person=asked.user.mention)
        shown = note(said, route_words(route, desk.storyline, route.language))
        return [replace(shown, buttons=_afterwards(route.language))]

    return work


def _afterwards(language: str) -> tuple[Button, ...]:
    """Return what can be done about a subscription; whoever presses has to have the right to it."""
    return buttons(
        Button(say(language, "form.change"), ident=idents.form(Form.WHAT)),
        Button(say(language, "form.hours"), ident=idents.form(Form.WHEN)),
        Button(say(language, "form.end"), ident=idents.end()),
    )


def unsubscribe(desk: Desk, asked: Asked) -> Work:
    """Return what unsubscribes the channel from all that people subscribed it to."""
    who = asker(asked, desk, Act.UNSUBSCRIBE)

    async def work(language: str) -> Sequence[Sheet]:
        if not await desk.unsubscribe(who):
            raise InputError(say(language, "discord.unsubscribed.none"))
        return [note(say(language, "discord.unsubscribed", person=asked.user.mention))]

    return work


def test(desk: Desk, own: str, asked: Asked) -> Work:
    """Return what posts a test alert into the channel, the way that alerts are posted."""
    who = asker(asked, desk, Act.SUBSCRIBE)
    _require_open(asked, own)

    async def work(language: str) -> Sequence[Sheet]:
        sheet = news_sheet(card_of_test(desk.storyline, language, desk.now()))
        place = asked.client.get_partial_messageable(int(who.channel))
        with translated(who.channel):
            await place.send(view=layout(sheet), allowed_mentions=discord.AllowedMentions.none())
        return [note(say(language, "act.test.done"))]

    return work


def _require_open(asked: Asked, own: str) -> None:
    """Raise InputError where the bot may not post."""
    missing = closed(asked.app_permissions, thread=isinstance(asked.channel, discord.Thread))
    if missing and asked.guild_id is not None:
        raise InputError(say(own, "discord.closed", rights=", ".join(missing)))


def route_words(route: Route, storyline: Storyline, language: str) -> str:
    """Return what a route brings and whom it wakes, in Discord's text."""
    said = escape(asking.described(route, storyline, language))
    mention = mentions.written(route.mention)
    if not mention:
        return said
    severity = asking.severity_name(route.mention_from, language)
    return " · ".join([said, say(language, "discord.wakes", mention=mention, severity=severity)])


def _typed(value: object) -> str:
    """Return an option's value as a wish has it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value.mention if isinstance(value, discord.Role | discord.Member | discord.User) else str(value)
