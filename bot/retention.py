"""What need not be kept any longer?

Articles and briefs older than the setting, a few hundred at a time, so that nobody waits long for the store's write
lock. What an alert or a ledger rests on stays for good, and so does what people said (`StoreUpkeep.forget`).

Refuses to do: without the setting nothing is ever deleted.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.errors import StoreBusyError
from bot.ports import Store

log = structlog.get_logger()

AT_ONCE = 500
PAUSE = 0.1
"""Seconds between two deletions, in which others write."""


class Retention:
    """Forgets what is old.

    Args:
        days: how long articles and briefs are kept, counted from when they were first seen.
    """

    def __init__(self, store: Store, days: int, pause: float = PAUSE) -> None:
        self._store = store
        self._days = days
        self._pause = pause

    async def sweep(self, now: datetime) -> int:
        """Delete all that is too old now; return how much that was. What a busy store keeps goes with the next one."""
        before = now - timedelta(days=self._days)
        forgotten = 0
        try:
            while count := await asyncio.to_thread(self._store.upkeep.forget, before, AT_ONCE):
                forgotten += count
                await asyncio.sleep(self._pause)
        except StoreBusyError as error:
            log.warning("store_busy", error=str(error))
        if forgotten:
            log.info("old_articles_forgotten", count=forgotten, before=before.date().isoformat())
        return forgotten
