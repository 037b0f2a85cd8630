"""How does a message get a thread that says what became of it?

A thread made from a message has the message's own number (API, Channels: "Start Thread from Message"), so that nothing
has to be remembered: the thread is posted to by that number, and made where Discord has none. Where there can be none,
in a thread, in direct messages, without the right to make one, the news is a reply to the message.

Refuses to do: no thread is looked for by its name; one that people have locked stays closed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import discord
import structlog

from handlers.discord.faults import ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from handlers.plain import shorten

log = structlog.get_logger()

LONGEST_NAME = 100
A_WEEK: Final = 10_080
"""Minutes without a word until Discord takes a thread out of sight; the next word brings it back."""

_THERE_ALREADY = 160004
_FORBIDDEN = 403
_CLOSED = frozenset([UNKNOWN_CHANNEL, ARCHIVED, 160005])
"""Discord's codes for a thread that was deleted, cannot be brought back, or is locked."""

T = TypeVar("T")

Post = Callable[[discord.abc.Messageable, discord.MessageReference | None], Awaitable[str]]
"""Posts to a place, as a reply to a message where one is given; returns the reference of what was posted."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of ours."""

    client: discord.Client
    channel: int
    message: int


async def tell(spot: Spot, name: str, post: Post) -> str:
    """Post below a message: in its thread, else as a reply; return what `post` does, "" where the message is gone.

    Args:
        name: of the thread, where it has to be made.

    Raises:
        discord.HTTPException: neither is taken.
    """
    try:
        return await reopening(spot.client, spot.message, lambda: post(_thread(spot), None))
    except discord.HTTPException as error:
        if error.code not in _CLOSED and error.status != _FORBIDDEN:
            raise
    return await _tell_anew(spot, name, post)


async def reopening(client: discord.Client, channel: int, act: Callable[[], Awaitable[T]]) -> T:
    """Do something in a channel; where that is a thread which Discord has archived, bring it back first."""
    try:
        return await act()
    except discord.HTTPException as error:
        if error.code != ARCHIVED:
            raise
        await client.http.edit_channel(channel, archived=False)
        return await act()


async def _tell_anew(spot: Spot, name: str, post: Post) -> str:
    """Make the thread and post to it; reply where there can be none."""
    try:
        await _make(spot, name)
        return await post(_thread(spot), None)
    except discord.HTTPException as error:
        if error.code == UNKNOWN_MESSAGE:
            return ""
        if error.status not in {400, 403, 404}:
            raise
        log.info("discord_no_thread", channel=spot.channel, error=error.text)
        answered = discord.MessageReference(message_id=spot.message, channel_id=spot.channel, fail_if_not_exists=False)
        return await post(spot.client.get_partial_messageable(spot.channel), answered)


async def _make(spot: Spot, name: str) -> None:
    """Make the thread. One that is there already may be from a try of which Discord did not say that it worked."""
    try:
        # The library makes threads only of messages whose server it knows; Discord itself asks for no server.
        await spot.client.http.start_thread_with_message(
            spot.channel, spot.message, name=shorten(name, LONGEST_NAME), auto_archive_duration=A_WEEK
        )
    except discord.HTTPException as error:
        if error.code != _THERE_ALREADY:
            raise


def _thread(spot: Spot) -> discord.PartialMessageable:
    return spot.client.get_partial_messageable(spot.message)
