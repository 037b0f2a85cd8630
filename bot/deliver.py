"""What is still to be shown in which channel, and how does it get there?

    due deliveries ─ one queue a channel ─┬─ notice in its present state → send or edit → mark
                                          ├─ (other channels, at the same time)
                                          └─ …

A delivery is written in the transaction that decided it, so what was decided before a crash is sent after it. It is
marked after the platform took it: killed between the two, the next start sends once more. `next_step`
(bot/attempts.py) is where a step joins that first asks a platform what it shows.

Several versions decided before a channel was reached become one message in the present state. An alert that was
withdrawn or expired before its first post is not posted: nobody was told, so nobody needs the correction.

A channel that a person has to mend rests, and is tried now and then; the other platforms are told once, and once more
when it works again (bot/troubles.py).

Refuses to do: it neither decides who is told (bot/routing.py), nor what comes next and when (bot/attempts.py), nor how
a message looks (handlers/).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import structlog

from bot.attempts import Retry, Step, next_step, retry_after
from bot.domain import Delivery, Notice, Route
from bot.errors import DeliveryError, PermanentError, StancewatchError, StoreBusyError, UndeliverableError
from bot.ports import Clock, Notifier, Store
from bot.troubles import Troubles

log = structlog.get_logger()

T = TypeVar("T")

Channel = tuple[str, str]
"""Platform and channel: what is served in order."""

BATCH = 200
"""How many deliveries one pass takes."""

SEND_SECONDS = 60.0
"""How long one send or edit may take; the platforms' own clients give up before."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Brings channels up to date.

    Args:
        notifiers: by platform.
        jitter: returns 0..1; injected so that a test repeats itself.
        pause: seconds between two tries to record an outcome in a busy store.
        routes: returns the routes that there are now: whom to tell of a channel that is closed to us.
    """

    store: Store
    notifiers: Mapping[str, Notifier]
    clock: Clock
    jitter: Callable[[], float] = random.random
    pause: float = 1.0
    routes: Callable[[], Sequence[Route]] = tuple

    async def queues(self, limit: int) -> dict[Channel, list[Delivery]]:
        """Return what is due, by channel, in order within each."""
        due = await asyncio.to_thread(self.store.due_deliveries, self.clock.now(), limit)
        by_channel: dict[Channel, list[Delivery]] = {}
        for delivery in due:
            by_channel.setdefault((delivery.platform, delivery.channel), []).append(delivery)
        return by_channel

    async def serve(self, queue: list[Delivery]) -> int:
        """Work off one channel's queue; return how many are settled: shown, needless, or failed for good.

        One that was told of on other platforms counts too: something is due there now.
        """
        settled = 0
        for delivery in queue:
            retry = await self._bring_up_to_date(delivery)
            settled += retry is None or retry.told
            if retry is not None and retry.hold:
                break
        return settled

    async def _bring_up_to_date(self, delivery: Delivery) -> Retry | None:
        try:
            notice = await asyncio.to_thread(self.store.notice, delivery.kind, delivery.subject)
        except KeyError as error:
            return await self._failed(delivery, PermanentError(f"nothing to show: {error.args[0]}"))
        step = next_step(delivery, notice)
        # What is shown may be newer than what was wanted, and is never taken for older.
        version = max(notice.version, delivery.wanted)
        if step is Step.NOTHING:
            await self._record(self.store.mark_needless, delivery, version, "not posted: over before it could be told")
        else:
            try:
                ref = await self._call(step, delivery, notice)
            except StancewatchError as error:
                return await self._failed(delivery, error)
            await self._record(self.store.mark_sent, delivery, version, ref)
            await self._resumed(delivery)
        log.info("delivery_settled", step=step.value, version=version, **_names(delivery))
        return None

    async def _call(self, step: Step, delivery: Delivery, notice: Notice) -> str:
        notifier = self.notifiers.get(delivery.platform)
        if notifier is None:
            raise DeliveryError(f"nothing serves {delivery.platform}; set its token, or remove route {delivery.route}")
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if step is Step.SEND:
                    return await notifier.send(delivery, notice)
                await notifier.edit(delivery, notice)
                return delivery.ref
        except StancewatchError:
            raise
        except TimeoutError as error:
            raise DeliveryError(f"{delivery.platform} did not answer within {SEND_SECONDS:.0f} s") from error
        except Exception as error:
            # A fault of ours in one message must not cost the others their delivery.
            log.exception("notifier_crashed", **_names(delivery))
            raise DeliveryError(f"internal error, {type(error).__name__}: {error}; please report it") from error

    async def _failed(self, delivery: Delivery, error: StancewatchError) -> Retry | None:
        retry = retry_after(delivery, error, self.clock.now(), self.jitter())
        if retry is None:
            await self._record(self.store.mark_failed, delivery, str(error))
            log.error("delivery_failed", error=str(error), **_names(delivery))
            return None
        await self._record(partial(self.store.mark_retry, hold=retry.hold), delivery, retry.due, str(error))
        due = retry.due.isoformat()
        closed = isinstance(error, UndeliverableError)
        event = "channel_paused" if closed else "delivery_put_off"
        log.warning(event, error=str(error), attempt=delivery.attempts + 1, due=due, **_names(delivery))
        told = closed and await self._record(self._troubles.begin, delivery, str(error))
        return replace(retry, told=told)

    async def _resumed(self, delivery: Delivery) -> None:
        trouble = await self._record(self._troubles.end, delivery)
        if trouble is not None:
            log.info("channel_resumed", closed_since=trouble.at.isoformat(), **_names(delivery))

    @property
    def _troubles(self) -> Troubles:
        return Troubles(self.store, self.clock, self.routes)

    async def _record(self, mark: Callable[..., T], delivery: Delivery, *facts: object) -> T:
        """Store what came of a try, however long the store is busy: forgetting it would post it again."""
        while True:
            try:
                return await asyncio.to_thread(mark, delivery, *facts)
            except StoreBusyError as error:
                log.warning("store_busy", error=str(error), **_names(delivery))
                await asyncio.sleep(self.pause)


async def drain(
    store: Store,
    notifiers: Mapping[str, Notifier],
    clock: Clock,
    *,
    limit: int = BATCH,
    jitter: Callable[[], float] = random.random,
    routes: Callable[[], Sequence[Route]] = tuple,
) -> int:
    """Make one pass over what is due, all channels at once, and wait for it.

    Returns:
        How many deliveries are settled (see Outbox.serve); 0 when nothing more can be done now.

    Raises:
        StoreBusyError: the store could not be read; nothing was tried.
        StoreError: a person has to act.
    """
    outbox = Outbox(store, notifiers, clock, jitter, routes=routes)
    queues = await outbox.queues(limit)
    passes = await asyncio.gather(*(outbox.serve(queue) for queue in queues.values()), return_exceptions=True)
    for outcome in passes:
        if isinstance(outcome, BaseException):
            raise outcome
    return sum(outcome for outcome in passes if isinstance(outcome, int))


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
) -> None:
    """Deliver until cancelled; a slow channel keeps no other waiting.

    Args:
        wake: set it after a commit that left deliveries pending, and they follow at once.
        idle: seconds after which the outbox is looked at unasked, for tries that have become due.
        grace: seconds that sends under way get to end when this is cancelled.

    Raises:
        StoreError: a person has to act.
    """
    outbox = Outbox(store, notifiers, clock, jitter, idle, routes)
    busy: dict[Channel, asyncio.Task[int]] = {}
    try:
        while True:
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
    for channel, queue in queues.items():
        if channel not in busy:
            busy[channel] = asyncio.create_task(outbox.serve(queue), name=f"deliver {' '.join(channel)}")
            # More may be due in this channel than one pass took.
            busy[channel].add_done_callback(lambda _: wake.set())


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


def _names(delivery: Delivery) -> dict[str, object]:
    names = {"delivery": delivery.id, delivery.kind.value: delivery.subject}
    return names | {"platform": delivery.platform, "channel": delivery.channel, "route": delivery.route}
