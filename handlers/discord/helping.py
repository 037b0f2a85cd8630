"""What can be typed in Discord, and what does a channel get?

Refuses to do: nothing is said of a command that the asker may not use here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain import Act, Rank, Route, Storyline
from bot.ports import Desk
from handlers.asking import described, severity_name
from handlers.card import Usage, card_of_help
from handlers.discord import mentions
from handlers.discord.answers import Asked, Work, channel_of
from handlers.discord.notifier import PLATFORM
from handlers.discord.ranks import rank
from handlers.discord.render import answer_sheets
from handlers.discord.sheet import Sheet
from handlers.texts import say

_TYPED: Mapping[str, tuple[str, Act | None]] = {
    "brief": ("[track] [since]", None),
    "stance": ("track [holder]", None),
    "timeline": ("track [since] [holder]", None),
    "why": ("what", None),
    "sources": ("", None),
    "subscribe": ("[tracks] …", Act.SUBSCRIBE),
    "unsubscribe": ("", Act.UNSUBSCRIBE),
    "test": ("", Act.SUBSCRIBE),
    "mute": ("what [span]", Act.MUTE),
    "unmute": ("[what]", Act.UNMUTE),
    "muted": ("", None),
    "digest": ("[times]", None),
    "feeds list": ("[search]", None),
    "feeds add": ("url [selector]", Act.ADD_FEED),
    "feeds remove": ("key", Act.REMOVE_FEED),
    "audit": ("", None),
}
"""What follows each command, and the change that it makes."""


def usage(desk: Desk, asked: Asked, idents: Mapping[str, int]) -> Work:
    """Return what answers with what can be asked, and with what this channel gets.

    Args:
        idents: Discord's ids of the commands by name.
    """

    async def work(language: str) -> Sequence[Sheet]:
        usages = usages_for(desk, rank(asked), language)
        routes = await desk.routes(PLATFORM, channel_of(asked))
        gets = [_gets(route, desk.storyline, language) for route in routes]
        card = card_of_help(usages, gets, desk.storyline, language, desk.now())
        return answer_sheets(card, idents)

    return work


def usages_for(desk: Desk, held: Rank, language: str) -> tuple[Usage, ...]:
    """Return what somebody of a rank can type."""
    return tuple(
        Usage(" ".join(filter(None, (f"/{name}", rest))), name, say(language, f"discord.{name.replace(' ', '.')}"))
        for name, (rest, act) in _TYPED.items()
        if act is None or held >= desk.needed(act)
    )


def _gets(route: Route, storyline: Storyline, language: str) -> str:
    said = described(route, storyline, language)
    if not mentions.written(route.mention):
        return said
    severity = severity_name(route.mention_from, language)
    return " · ".join([said, say(language, "discord.wakes", mention=route.mention, severity=severity)])
