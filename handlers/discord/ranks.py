"""What is somebody in Discord, where they ask?

    may manage the server, or owns it                                     admin
    may manage the channel; everybody in direct messages with the bot      manager
    everybody else                                                        member

Discord says with every interaction what the person may do in that very place, so that nothing is looked up.

Refuses to do: what a rank may change is the desk's to say.
"""

from __future__ import annotations

from bot.domain import Act, Asker, Rank
from bot.errors import NotAllowedError
from bot.ports import Desk
from handlers.discord.answers import Asked, channel_of
from handlers.discord.notifier import PLATFORM


def rank(asked: Asked) -> Rank:
    """Return what somebody is where they ask."""
    if asked.guild_id is None:
        return Rank.MANAGER
    held = asked.permissions
    if held.administrator or held.manage_guild:
        return Rank.ADMIN
    return Rank.MANAGER if held.manage_channels else Rank.MEMBER


def asker(asked: Asked, desk: Desk, act: Act) -> Asker:
    """Return who asks for a change; NotAllowedError, before anything is begun, where they may not make it."""
    who = Asker(PLATFORM, str(asked.user.id), channel_of(asked), rank(asked))
    least = desk.needed(act)
    if who.rank < least:
        raise NotAllowedError(f"{act.value} needs {least.name.lower()}", act.value, least.name.lower())
    return who
