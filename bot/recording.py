"""How is what came of a try remembered, however long the store is busy?

Refuses to do: a store that a person has to mend is not waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.calls import names
from bot.domain import Delivery
from bot.errors import StoreBusyError

log = structlog.get_logger()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records in the store.

    Args:
        pause: seconds between two tries.
    """

    pause: float = 1.0

    async def __call__(self, delivery: Delivery, mark: Callable[[], T]) -> T:
        """Return what `mark`, which blocks, returns: forgetting what came of a try would post it again.

        Raises:
            StoreError: a person has to act.
        """
        while True:
            try:
                return await asyncio.to_thread(mark)
            except StoreBusyError as error:
                log.warning("store_busy", error=str(error), **names(delivery))
                await asyncio.sleep(self.pause)
