"""How is an answer laid out?

Refuses to do: cards are drawn in render.py; nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain import Brief, Route, Storyline
from handlers import asking
from handlers.card import Positions, card_of_brief
from handlers.plain import ELLIPSIS, QUOTE_LIMIT, plain
from handlers.slack import blocks as kit
from handlers.slack.blocks import LONGEST_TEXT, Message
from handlers.slack.escape import mrkdwn
from handlers.slack.render import Look, render
from handlers.texts import say

_COLUMN = re.compile(r" {2,}")
_HELP = ("brief", "stance", "why", "subscribe", "unsubscribe")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Args:
        public: said to the whole channel.
        replace: takes the place of the message whose button was pressed.
    """

    message: Message
    public: bool = False
    replace: bool = False


def sentence(text: str) -> Message:
    """Return a message of one sentence, shown as it is."""
    said = plain(text, LONGEST_TEXT // 2) or ELLIPSIS
    return Message(mrkdwn(said), (kit.rich(kit.line(kit.text(said))),))


def marked(text: str) -> Message:
    """Return a message of one sentence of ours that names somebody in mrkdwn."""
    return Message(text, (kit.section(text),))


def brief(brief: Brief, storyline: Storyline, language: str, zone: ZoneInfo, more: str) -> Message:
    """Return a brief.

    Args:
        more: value of the button that shows it in full; "" for a brief in full.
    """
    return render(card_of_brief(brief, storyline, language), Look(zone, more=more))


def stance(brief: Brief, storyline: Storyline, language: str, zone: ZoneInfo) -> Message:
    """Return a brief of one track as the answer to where everybody stands on it: no word on what is silent."""
    card = card_of_brief(brief, storyline, language)
    kept = tuple(block for block in card.blocks if not getattr(block, "detail", False) or isinstance(block, Positions))
    titles = [(block.title, block.question) for block in kept if isinstance(block, Positions)]
    question = titles[0][1] if titles else ""
    return render(replace(card, headline=question or card.headline, blocks=kept), Look(zone))


def steps(lines: Sequence[str]) -> Message:
    """Return an explanation, a step a line, in the columns that it has; what does not fit is left out at its end."""
    shown: list[str] = []
    for line in lines:
        indent = " " * min(len(line) - len(line.lstrip(" ")), 4)
        key, *rest = _COLUMN.split(line.strip(), maxsplit=1)
        key, said = plain(key, QUOTE_LIMIT), plain(" ".join(rest), QUOTE_LIMIT)
        shown.append(f"{indent}{key:<10}{said}".rstrip() if said else indent + key)
    # Slack takes 3,000 characters a block, and cuts longer blocks off behind "Show more".
    while len(text := "\n".join(shown)) > LONGEST_TEXT:
        shown[-2:] = [ELLIPSIS]
    text = text if text.strip() else ELLIPSIS
    return Message(mrkdwn(text.split("\n", 1)[0].strip() or ELLIPSIS), (kit.rich(kit.preformatted(text)),))


def help_text(storyline: Storyline, language: str) -> Message:
    """Return what there is to type, and the tracks to type it of."""
    title = say(language, "slack.help")
    commands = [_usage(say(language, f"slack.help.{name}")) for name in _HELP]
    tracks = [
        [kit.text(f"{track} ", bold=True), kit.text(name)] for track, name in asking.track_choices(storyline, language)
    ]
    lists = (kit.line(kit.text(say(language, "slack.help.tracks"), bold=True)), kit.bullets(tracks[:20]))
    return Message(mrkdwn(title), (kit.header(title), kit.rich(kit.bullets(commands)), kit.rich(*lists)))


def subscribed(route: Route, storyline: Storyline, user: str) -> Message:
    """Return what a channel has been subscribed to, and by whom; whom it wakes is named without waking them."""
    language = route.language
    parts = [asking.described(route, storyline, language)]
    if route.mention:
        severity = asking.severity_name(route.mention_from, language)
        parts.append(say(language, "chat.wakes", mention=f"`{mrkdwn(route.mention)}`", severity=severity))
    described = mrkdwn(parts[0]) + "".join(f" · {part}" for part in parts[1:])
    return marked(say(language, "chat.subscribed", who=f"<@{user}>", route=described))


def _usage(line: str) -> list[kit.Piece]:
    typed, _, meaning = line.partition(" — ")
    return [kit.text(typed, bold=True), kit.text(f"\n{meaning}")]
