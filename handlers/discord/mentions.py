"""Whom may a message wake?

A route names one role or one person as Discord writes them, `<@&1234>` or `<@1234>`. Only that one is ever allowed.

Refuses to do: nobody is woken by @everyone or @here, not even when a route asks for it.
"""

from __future__ import annotations

import re

import discord

from handlers.discord.escape import escape
from handlers.plain import NAME_LIMIT, plain

_MENTION = re.compile(r"<@(&|!?)(\d{1,20})>")


def written(mention: str) -> str:
    """Return a mention as a message holds it, "" for one that is none."""
    return mention if _MENTION.fullmatch(mention) else ""


def author(by: str) -> str:
    """Return who did something, as they are stored ("discord:12"): somebody of Discord as a mention.

    It wakes nobody where the message allows no mention of them.
    """
    platform, _, user = by.partition(":")
    return f"<@{user}>" if platform == "discord" and user.isdecimal() else escape(plain(by, NAME_LIMIT))


def allowed(mention: str) -> discord.AllowedMentions:
    """Return the leave to wake exactly whom a mention names."""
    found = _MENTION.fullmatch(mention)
    if found is None:
        return discord.AllowedMentions.none()
    whom = [discord.Object(int(found[2]))]
    role = found[1] == "&"
    return discord.AllowedMentions(
        everyone=False, replied_user=False, roles=whom if role else [], users=[] if role else whom
    )


def role_of(mention: str) -> int:
    """Return the id of the role that a mention names, 0 when it names none."""
    found = _MENTION.fullmatch(mention)
    return int(found[2]) if found and found[1] == "&" else 0
