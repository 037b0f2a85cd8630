"""What does an error of Discord's mean for a delivery?

A channel that is gone, a right that is missing or a token that is refused needs a person; everything else passes.

Refuses to do: nothing is tried again here; the library has waited out short rate limits before it raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.errors import DeliveryError, PermanentError, StancewatchError, UndeliverableError

INVALID_FORM = 50035
"""Discord's code for a message whose shape it does not take."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
ARCHIVED = 50083
"""Discord's code for a thread that has been out of use so long that it was put away."""

REFUSED = (
    "discord: the token is refused; copy the bot's token anew from the Developer Portal (Bot, Reset Token) into the "
    "setting, and start again"
)

_ADVICE = {
    UNKNOWN_CHANNEL: "the channel is gone; name another one in its route",
    10004: "the server is gone, or the bot was removed from it; invite the bot again, or remove the route",
    50001: "the bot cannot see the channel; invite it to the server, and allow it View Channel there",
    50007: "this person takes no messages from the bot; name a channel of a server instead",
    50008: "this is no channel for text; name a text channel or a thread",
    50013: "the bot may not write here; allow it Send Messages in the channel (in a thread: Send Messages in Threads)",
    50024: "this is no channel for text; name a text channel or a thread",
    ARCHIVED: "the thread is archived; open it again, or name another channel",
    50278: "the bot shares no server with this person; name a channel of a server instead",
    160005: "the thread is locked; unlock it, or name another channel",
}
_SLOW_MODE = 20016
_A_WHILE = 60.0


@contextmanager
def translated(channel: str) -> Iterator[None]:
    """Raise what Discord and the network raise as errors of ours, with what to do.

    Args:
        channel: id that the message names.
    """
    try:
        yield
    except discord.RateLimited as error:
        raise DeliveryError(
            f"discord: asked to wait {error.retry_after:.0f} s in channel {channel}", retry_after=error.retry_after
        ) from error
    except discord.HTTPException as error:
        raise of_answer(error, channel) from error
    except (OSError, aiohttp.ClientError, TimeoutError) as error:
        raise DeliveryError(f"discord: out of reach ({type(error).__name__}); it is tried again") from error


def of_answer(error: discord.HTTPException, channel: str) -> StancewatchError:
    """Return what an error answer of Discord's means."""
    if error.status == 401:
        return UndeliverableError(REFUSED)
    if error.code in _ADVICE:
        return UndeliverableError(f"discord: channel {channel}: {_ADVICE[error.code]}")
    if error.status == 429 or error.code == _SLOW_MODE:
        return DeliveryError(f"discord: too many messages in channel {channel}", retry_after=_A_WHILE)
    if error.status == 400:
        # Only this message is at fault: the channel must not rest for it.
        return PermanentError(f"discord: this message was refused ({error.code}: {error.text}); please report it")
    return DeliveryError(f"discord: answered {error.status} for channel {channel}; it is tried again")
