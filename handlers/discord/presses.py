"""What happens when somebody presses a button below a message?

Refuses to do: a press that is not ours, or whose id cannot be read, is left alone.
"""

from __future__ import annotations

import discord

from bot.ports import Desk
from handlers.discord import idents, replies
from handlers.discord.answers import Asked, answer


async def pressed(asked: Asked, desk: Desk) -> None:
    """Answer a press, for whoever pressed alone."""
    if asked.type is not discord.InteractionType.component or asked.data is None:
        return
    match idents.read(str(asked.data.get("custom_id", ""))):
        case idents.Why(alert=alert):
            await answer(asked, desk, lambda _: replies.why(desk, alert), alone=True)
        case idents.Everything(window=back, track=track, holder=holder):
            await answer(asked, desk, lambda _: replies.everything(desk, back, track, holder), alone=True)
        case None:
            return
