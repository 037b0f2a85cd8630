"""What is recorded of a delivery that failed, and of a channel that works again?

    error ─┬─ may pass → when it is tried again; a channel that a person has to mend is told of on other platforms
           └─ stays    → given up, and the log says so

Refuses to do: whether and when to try again is decided in bot/attempts.py; who is told of it, in bot/troubles.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.attempts import Retry, in_doubt, retry_after
from bot.calls import names
from bot.domain import Delivery, Route
from bot.doubts import Patience
from bot.errors import StancewatchError, UndeliverableError
from bot.ports import Clock, Store
from bot.recording import Recorder
from bot.troubles import Troubles

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mishaps:
    """Records what goes wrong with deliveries; see bot.serving.Outbox for what it is given."""

    store: Store
    clock: Clock
    record: Recorder
    jitter: Callable[[], float]
    routes: Callable[[], Sequence[Route]]
    patience: Patience

    async def failed(self, delivery: Delivery, error: StancewatchError) -> Retry | None:
        """Record a try that failed; return when it is tried again, None when it is given up."""
        now = self.clock.now()
        retry = retry_after(delivery, error, now, self.jitter())
        if retry is None:
            await self.record(delivery, partial(self.store.mark_failed, delivery, str(error)))
            log.error("delivery_failed", error=str(error), **names(delivery))
            return None
        unsure = now + self.patience.late if in_doubt(error) else None
        mark = partial(self.store.mark_retry, delivery, retry.due, str(error), hold=retry.hold, unsure=unsure)
        await self.record(delivery, mark)
        due = retry.due.isoformat()
        closed = isinstance(error, UndeliverableError)
        event = "channel_paused" if closed else "delivery_put_off"
        log.warning(event, error=str(error), attempt=delivery.attempts + 1, due=due, **names(delivery))
        told = closed and await self.record(delivery, partial(self._troubles.begin, delivery, str(error)))
        return replace(retry, told=told)

    async def resumed(self, delivery: Delivery) -> None:
        """Record that a channel works again, where it did not."""
        trouble = await self.record(delivery, partial(self._troubles.end, delivery))
        if trouble is not None:
            log.info("channel_resumed", closed_since=trouble.at.isoformat(), **names(delivery))

    @property
    def _troubles(self) -> Troubles:
        return Troubles(self.store, self.clock, self.routes)
