"""What is still to be shown in which channel, and when is it looked at?

    due deliveries ─ one queue a channel ─┬─ bot/serving.py: send, edit, join, hold → mark
                                          ├─ (other channels, at the same time)
                                          └─ …

A delivery is written in the transaction that decided it, so what was decided before a crash is sent after it. It is
claimed before it is sent and marked after the platform took it: killed between the two, the next start first looks
what the channel shows (bot/doubts.py).

A channel that a person has to mend rests, and is tried now and then; the other platforms are told once, and once more
when it works again (bot/troubles.py).

Refuses to do: what one channel's queue comes to is worked out in bot/serving.py.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import structlog

from bot.domain import Route
from bot.doubts import PATIENCE, Patience
from bot.errors import StoreBusyError
from bot.ports import Clock, Notifier, Store
from bot.serving import Channel, Outbox

log = structlog.get_logger()

BATCH = 200
"""How many deliveries one pass takes."""

TIDYING: Channel = ("", "surplus copies")
"""Stands for the look at every channel that may hold a copy too many."""


async def drain(
    store: Store,
    notifiers: Mapping[str, Notifier],
    clock: Clock,
    *,
    limit: int = BATCH,
    jitter: Callable[[], float] = random.random,
    routes: Callable[[], Sequence[Route]] = tuple,
    patience: Patience = PATIENCE,
) -> int:
    """Make one pass over what is due, all channels at once, and wait for it.

    Returns:
        How many deliveries are settled (see Outbox.serve); 0 when nothing more can be done now.

    Raises:
        StoreBusyError: the store could not be read; nothing was tried.
        StoreError: a person has to act.
    """
    outbox = Outbox(store, notifiers, clock, jitter, routes=routes, patience=patience)
    queues = await outbox.queues(limit)
    passes = await asyncio.gather(*(outbox.serve(queue) for queue in queues.values()), return_exceptions=True)
    for outcome in passes:
        if isinstance(outcome, BaseException):
            raise outcome
    return sum(outcome for outcome in passes if isinstance(outcome, int))


async def resume(store: Store, notifiers: Mapping[str, Notifier], clock: Clock, patience: Patience = PATIENCE) -> None:
    """Let the next pass begin with what a bot before this one left in doubt; StoreBusyError as for `drain`."""
    await Outbox(store, notifiers, clock, patience=patience).doubts.resume()


async def run(
    store: Store,
    notifiers: Mapping[str, Notifier],
    clock: Clock,
    wake: asyncio.Event,
    *,
    idle: float = 1.0,
    grace: float = 1.5,
    jitter: Callable[[], float] = random.random,
    routes: Callable[[], Sequence[Route]] = tuple,
    patience: Patience = PATIENCE,
) -> None:
    """Deliver until cancelled; a slow channel keeps no other waiting.

    Args:
        wake: set it after a commit that left deliveries pending, and they follow at once.
        idle: seconds after which the outbox is looked at unasked, for tries that have become due.
        grace: seconds that sends under way get to end when this is cancelled.

    Raises:
        StoreError: a person has to act.
    """
    outbox = Outbox(store, notifiers, clock, jitter, idle, routes, patience)
    busy: dict[Channel, asyncio.Task[int]] = {}
    resumed = False
    try:
        while True:
            resumed = resumed or await _resumed(outbox)
            wake.clear()
            _forget_finished(busy)
            await _serve_idle_channels(outbox, busy, wake)
            # Not wait_for: until Python 3.12 it may swallow a cancellation that meets the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(idle):
                    await wake.wait()
    finally:
        await _end(list(busy.values()), grace)


async def _serve_idle_channels(outbox: Outbox, busy: dict[Channel, asyncio.Task[int]], wake: asyncio.Event) -> None:
    try:
        queues = await outbox.queues(BATCH)
    except StoreBusyError as error:
        log.warning("store_busy", error=str(error))
        return
    if TIDYING not in busy:
        busy[TIDYING] = asyncio.create_task(outbox.doubts.tidy(), name="tidy")
    for channel, queue in queues.items():
        if channel not in busy:
            busy[channel] = asyncio.create_task(outbox.serve(queue), name=f"deliver {' '.join(channel)}")
            # More may be due in this channel than one pass took.
            busy[channel].add_done_callback(lambda _: wake.set())


async def _resumed(outbox: Outbox) -> bool:
    try:
        await outbox.doubts.resume()
    except StoreBusyError as error:
        log.warning("store_busy", error=str(error))
        return False
    return True


async def _end(tasks: list[asyncio.Task[int]], grace: float) -> None:
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _forget_finished(busy: dict[Channel, asyncio.Task[int]]) -> None:
    for channel, task in [(channel, task) for channel, task in busy.items() if task.done()]:
        del busy[channel]
        with suppress(StoreBusyError):
            task.result()
