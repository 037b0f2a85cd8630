"""How are the states of many polls remembered for the price of one?

Nearly every poll finds nothing new, and a transaction for each would cost more than the poll. So what such polls leave
waits for a moment and is stored together. Nothing else waits: what brought articles is stored with them, in one
transaction (bot/ingest.py). A crash loses two seconds of these states, and those sources are asked once too often.

Refuses to do: no poll, and no judgement of when the next one is due (bot/rhythm.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import structlog

from bot.domain import PollState
from bot.errors import StoreBusyError, StoreError
from bot.ports import Store

log = structlog.get_logger()

HOLD_SECONDS = 2.0


class PollStates:
    """States that wait to be stored.

    Args:
        pause: seconds between two tries in a busy store.
    """

    def __init__(self, store: Store, pause: float = 5.0) -> None:
        self._store = store
        self._pause = pause
        self._waiting: dict[str, PollState] = {}
        self._storing: asyncio.Task[None] | None = None

    def put(self, source: str, state: PollState) -> None:
        """Remember a state before long, in the place of one that waits."""
        self._waiting[source] = state
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_soon(), name="poll states")

    def waiting(self) -> Collection[str]:
        """Return the sources whose stored state is older than what is known."""
        return self._waiting.keys()

    async def flush(self) -> None:
        """Return when nothing waits any more, however long the store is busy."""
        while self._waiting:
            states = dict(self._waiting)
            try:
                await asyncio.to_thread(self._write, states)
            except StoreBusyError as error:
                log.warning("store_busy", states=len(states), error=str(error))
                await asyncio.sleep(self._pause)
                continue
            for source, state in states.items():
                if self._waiting.get(source) is state:
                    del self._waiting[source]

    async def _store_soon(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(HOLD_SECONDS)
                await self.flush()
        except StoreError as error:
            # They stay waiting, so their sources are not asked again; the next `put` tries anew.
            log.warning("poll_states_not_stored", states=len(self._waiting), error=str(error))

    def _write(self, states: dict[str, PollState]) -> None:
        with self._store.unit() as unit:
            unit.save_polls(states)
