"""Which messages of a channel are a delivery's?

Every message carries the id of its delivery: in the ids of its buttons, where it has any, and in the number of its
container, which Discord keeps and nobody sees (API, Components: "id"). Where Discord has refused a container, the
small print of the embed has it.

Refuses to do: a message that somebody else wrote is never ours, nor is an answer to a command.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import discord

from bot.domain import Delivery
from handlers.discord import idents
from handlers.discord.faults import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, translated

LAYOUT, EMBED = "layout", "embed"
MOST_MESSAGES = 1000
"""That are looked through, the oldest first."""

_FIRST_NUMBER = 1_000_000_000
"""Discord numbers the components that have no number of their own from 1 on."""


def number_of(delivery: int) -> int:
    """Return the number that the container of a delivery's message has."""
    return _FIRST_NUMBER + delivery % _FIRST_NUMBER


def mark_of(delivery: int) -> str:
    """Return the small print that a delivery's message has where Discord took no container."""
    return f"Stancewatch · {delivery}"


def reference(message: discord.Message) -> str:
    """Return the reference of a message of ours: how it was posted and where."""
    return f"{LAYOUT if message.flags.components_v2 else EMBED}:{message.channel.id}:{message.id}"


async def found(
    client: discord.Client, place: discord.PartialMessageable, delivery: Delivery, since: datetime, until: datetime
) -> tuple[str, ...]:
    """Return the references of a delivery's messages in a channel, or a thread, the oldest first.

    A thread that is not there holds none.

    Raises:
        UndeliverableError: the bot may not read the channel's history.
        DeliveryError: it may work later.
    """
    me = client.user.id if client.user else 0
    with translated(delivery.channel):
        past = place.history(limit=MOST_MESSAGES, after=since, before=until, oldest_first=True)
        try:
            return tuple([reference(message) async for message in past if _is(message, me, delivery.id)])
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL or str(place.id) == delivery.channel:
                raise
            return ()


async def removed(place: discord.PartialMessageable, delivery: Delivery, message: int) -> None:
    """Delete a message of ours; one that is gone already is no error."""
    with translated(delivery.channel):
        try:
            await place.get_partial_message(message).delete()
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise


def _is(message: discord.Message, me: int, delivery: int) -> bool:
    if message.author.id != me or message.interaction_metadata is not None:
        return False
    if any(embed.footer.text == mark_of(delivery) for embed in message.embeds):
        return True
    return any(_carries(component, delivery) for part in message.components for component in _whole(part))


def _whole(component: object) -> Iterator[object]:
    yield component
    for child in getattr(component, "children", ()):
        yield from _whole(child)


def _carries(component: object, delivery: int) -> bool:
    if isinstance(component, discord.Container):
        return component.id == number_of(delivery)
    asked = idents.read(getattr(component, "custom_id", None) or "")
    return isinstance(asked, idents.Why) and asked.delivery == delivery
