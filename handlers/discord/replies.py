"""What is said in answer to each command and button?

Refuses to do: no acknowledgement and no sending (answers.py); nothing is stored but what the desk is asked to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import discord

from bot.domain import Route
from bot.errors import InputError
from bot.ports import Desk
from handlers.asking import Wish, described, holder_id, route_of, severity_name, track_id, window
from handlers.card import card_of_brief
from handlers.discord import mentions
from handlers.discord.answers import Asked, Work, channel_of
from handlers.discord.checking import lacking
from handlers.discord.escape import escape
from handlers.discord.notifier import PLATFORM
from handlers.discord.render import MOST_PAGES, brief_sheet, full
from handlers.discord.sheet import Part, Sheet, paged
from handlers.discord.wording import pieces, steps
from handlers.discord.words import spoken
from handlers.texts import say

STANCE_WINDOW = timedelta(days=30)
_COLOUR = 0x5865F2
MOST_STEPS = 60
"""Lines of an explanation that are shown."""

_QUESTIONS = {name: f"discord.{name}" for name in ("brief", "stance", "why")}
_CHANGES = {name: f"discord.{name}" for name in ("subscribe", "unsubscribe")}


def brief(desk: Desk, own: str, track: str, since: str) -> Work:
    """Return what answers with a brief in short.

    Args:
        own: the asker's language, in which a refusal is worded.
    """
    back = window(since, own)
    one = track_id(desk.storyline, track, own)

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.brief(since=back, track=one)
        return [brief_sheet(card_of_brief(made, desk.storyline, language), back, track=one)]

    return work


def everything(desk: Desk, back: timedelta, track: str, holder: str) -> Work:
    """Return what answers with a brief in full."""

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.brief(since=back, track=track, holder=holder)
        return full(card_of_brief(made, desk.storyline, language), notes=bool(track))

    return work


def stance(desk: Desk, own: str, track: str, holder: str) -> Work:
    """Return what answers where everybody, or one holder, stands on one track."""
    one = track_id(desk.storyline, track, own)
    return everything(desk, STANCE_WINDOW, one, holder_id(desk.storyline, holder, own))


def why(desk: Desk, what: str) -> Work:
    """Return what answers why an article or an alert was told, or not, a step a line."""

    async def work(language: str) -> Sequence[Sheet]:
        lines = await desk.explain(what.strip())
        shown = list(steps(lines[:MOST_STEPS]))
        if left := max(0, len(lines) - MOST_STEPS):
            shown.append("-# " + say(language, "more", n=left))
        pages = paged(Part(piece, 1) for piece in pieces(shown))
        return [Sheet(say(language, "button.why"), _COLOUR, page) for page in pages[:MOST_PAGES]]

    return work


def wish(
    asked: Asked,
    tracks: str,
    holders: str,
    severity: str,
    mention: discord.Role | discord.Member | None,
    mention_from: str,
    language: str,
    *,
    signals: bool,
) -> Wish:
    """Return what somebody asks a channel to be told; the server's language where they name none."""
    return Wish(
        tracks=tracks,
        holders=holders,
        severity=severity,
        signals="on" if signals else "off",
        mention=mention.mention if mention else "",
        mention_from=mention_from,
        language=language or spoken(asked.guild_locale),
    )


def subscribe(desk: Desk, own: str, asked: Asked, wanted: Wish) -> Work:
    """Return what subscribes the channel, if the bot may post in it, and says to what."""
    missing = lacking(asked.app_permissions, thread=isinstance(asked.channel, discord.Thread))
    if missing:
        raise InputError(say(own, "discord.closed", rights=", ".join(missing)))
    if wanted.mention in {"@everyone", "@here", f"<@&{asked.guild_id}>"}:
        raise InputError(say(own, "discord.everyone"))
    channel, author = channel_of(asked), str(asked.user.id)
    route = route_of(wanted, desk.storyline, platform=PLATFORM, channel=channel, author=author)

    async def work(_: str) -> Sequence[Sheet]:
        await desk.subscribe(route)
        said = say(route.language, "discord.subscribed", person=asked.user.mention)
        return [_note(said, _route(route, desk, route.language))]

    return work


def unsubscribe(desk: Desk, asked: Asked) -> Work:
    """Return what unsubscribes the channel from all that people subscribed it to."""

    async def work(language: str) -> Sequence[Sheet]:
        if not await desk.unsubscribe(PLATFORM, channel_of(asked), str(asked.user.id)):
            raise InputError(say(language, "discord.unsubscribed.none"))
        return [_note(say(language, "discord.unsubscribed", person=asked.user.mention))]

    return work


def usage(desk: Desk, asked: Asked, idents: Mapping[str, int]) -> Work:
    """Return what answers with what can be asked, and with what this channel gets."""

    async def work(language: str) -> Sequence[Sheet]:
        open_to_asker = {**_QUESTIONS, **(_CHANGES if asked.permissions.manage_channels else {})}
        lines = [f"- {_command(name, idents)} {say(language, key)}" for name, key in open_to_asker.items()]
        routes = await desk.routes(PLATFORM, channel_of(asked))
        gets = [f"- {_route(route, desk, language)}" for route in routes]
        title = say(language, "discord.help.routes" if gets else "discord.help.no_routes")
        what = "### Stancewatch\n" + say(language, "discord.help.what")
        return [_note(what, "\n".join(lines), "\n".join([f"**{title}**", *gets]))]

    return work


def _route(route: Route, desk: Desk, language: str) -> str:
    said = escape(described(route, desk.storyline, language))
    mention = mentions.written(route.mention)
    if not mention:
        return said
    severity = severity_name(route.mention_from, language)
    return " · ".join([said, say(language, "discord.wakes", mention=mention, severity=severity)])


def _command(name: str, idents: Mapping[str, int]) -> str:
    return f"</{name}:{idents[name]}>" if name in idents else f"**/{name}**"


def _note(*texts: str) -> Sheet:
    return Sheet(texts[0], _COLOUR, tuple(Part(text, 100 - i, ruled=i > 0) for i, text in enumerate(texts)))
