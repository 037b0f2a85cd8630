"""How is an answer laid out?

Refuses to do: cards are drawn in render.py; nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain import AuditEntry, Brief, Route, Storyline
from handlers import asking
from handlers.acting import changed
from handlers.card import card_of_brief
from handlers.moments import stamp
from handlers.plain import ELLIPSIS, QUOTE_LIMIT, plain
from handlers.slack import blocks as kit
from handlers.slack.blocks import LONGEST_TEXT, Message
from handlers.slack.escape import mrkdwn
from handlers.slack.look import Look
from handlers.slack.presses import CHANGE, END
from handlers.slack.render import render
from handlers.texts import say

_COLUMN = re.compile(r" {2,}")
_HELP = (
    "brief", "stance", "timeline", "why", "sources", "subscribe", "unsubscribe", "test", "mute", "unmute", "digest",
    "feeds", "audit",
)  # fmt: skip


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


def under(message: Message, row: kit.Block) -> Message:
    """Return a message with one more row below it."""
    return replace(message, blocks=(*message.blocks, row))


def audit(entries: Sequence[AuditEntry], language: str, zone: ZoneInfo) -> Message:
    """Return who changed what and when, newest first; nobody is woken by being named."""
    if not entries:
        return sentence(say(language, "act.audit.none"))
    title = say(language, "act.audit")
    dot = kit.text(" · ")
    lines = [
        [
            kit.text(stamp(entry.at, language, zone)),
            dot,
            kit.author(entry.author),
            dot,
            kit.text(changed(entry, language)),
        ]
        for entry in entries
    ]
    return Message(mrkdwn(title), (kit.header(title), kit.rich(kit.bullets(lines))))


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


def help_text(storyline: Storyline, language: str, gets: Sequence[str]) -> Message:
    """Return what there is to type, what the channel gets, and the tracks to type it of.

    Args:
        gets: what each route brings the channel, in words.
    """
    title = say(language, "slack.help")
    commands = [_usage(say(language, f"slack.help.{name}")) for name in _HELP]
    tracks = [
        [kit.text(f"{track} ", bold=True), kit.text(name)] for track, name in asking.track_choices(storyline, language)
    ]
    brought = say(language, "slack.help.routes" if gets else "slack.help.no_routes")
    routes = (
        kit.line(kit.text(brought, bold=True)),
        kit.bullets([[kit.text(plain(said, QUOTE_LIMIT))] for said in gets]),
    )
    lists = (kit.line(kit.text(say(language, "slack.help.tracks"), bold=True)), kit.bullets(tracks[:20]))
    blocks = (kit.header(title), kit.rich(kit.bullets(commands)), kit.rich(*routes), kit.rich(*lists))
    return Message(mrkdwn(title), blocks)


def subscribed(route: Route, storyline: Storyline, user: str) -> Message:
    """Return what a channel has been subscribed to, and by whom; whom it wakes is named without waking them."""
    language = route.language
    parts = [asking.described(route, storyline, language)]
    if route.mention:
        severity = asking.severity_name(route.mention_from, language)
        parts.append(say(language, "chat.wakes", mention=f"`{mrkdwn(route.mention)}`", severity=severity))
    described = mrkdwn(parts[0]) + "".join(f" · {part}" for part in parts[1:])
    row = kit.buttons(
        kit.button(CHANGE, say(language, "form.change"), CHANGE), kit.button(END, say(language, "form.end"), END)
    )
    return under(marked(say(language, "chat.subscribed", who=f"<@{user}>", route=described)), row)


def _usage(line: str) -> list[kit.Piece]:
    typed, _, meaning = line.partition(" — ")
    return [kit.text(typed, bold=True), kit.text(f"\n{meaning}")]
