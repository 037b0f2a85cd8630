"""Is this the bot that works, or one that stands by?

One bot works with a database at a time. Where other machines reach the database, a second one waits until the first
has gone, and takes over; whoever was cut off from the database and comes back too late stops, before it has written
anything.

Refuses to do: how a claim is kept and lost is the store's (bot/store/claim.py, bot/store/postgres.py).
"""

from __future__ import annotations

import asyncio

import structlog

from bot.errors import ClaimedError, StoreBusyError
from bot.ports import Store

log = structlog.get_logger()

ASK_SECONDS = 1.0
"""Between two looks of a bot that stands by; the one that works is replaced within a few of them."""

CONFIRM_SECONDS = 2.0


async def is_front(store: Store, *, wait: bool) -> bool:
    """Claim the database; False when another bot has it and this one may stand by.

    Raises:
        ClaimedError: another bot has it, and waiting is not wanted or of no use.
    """
    try:
        await asyncio.to_thread(store.claim)
    except ClaimedError as error:
        if not (wait and store.shared):
            raise
        log.info("standing_by", reason=str(error))
        return False
    return True


async def take_over(store: Store, seconds: float = ASK_SECONDS) -> None:
    """Return when the database has become free and is claimed, however long that takes."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(store.claim)
        except ClaimedError:
            continue
        except StoreBusyError as error:
            log.warning("store_busy", error=str(error))
            continue
        log.info("taken_over")
        return


async def stay_front(store: Store, seconds: float = CONFIRM_SECONDS) -> None:
    """Look again and again whether this is still the bot that works; ends only by an error.

    Raises:
        ClaimedError: another one has taken over.
    """
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(store.confirm_claim)
        except StoreBusyError as error:
            # Nobody can take over what cannot be reached; work goes on when it answers again.
            log.warning("store_busy", error=str(error))
