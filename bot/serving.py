"""How does one channel get what is due in it?

    queue ─ notice in its present state ─┬─ in doubt → look in the channel first (bot/doubts.py)
                                         ├─ news of an alert → said in the thread of its message (bot/threads.py)
                                         ├─ shown before → edit; what is news for its thread is due from then on
                                         ├─ must wait (mute, quiet hours) → hold
                                         ├─ a later word took its place → hold, that one is told (bot/overtaking.py)
                                         ├─ a post is open → join it by an edit
                                         └─ else → claim, send, with what else is pending and may go with it  → mark

Several versions decided before a channel was reached become one message in the present state. An alert that was
withdrawn or expired before its first post is not posted: nobody was told, so nobody needs the correction.

Refuses to do: it neither decides who is told and when (bot/routing.py), nor what shares a message (bot/bundling.py),
nor what comes next after a fault (bot/attempts.py), nor how a message looks (handlers/).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.attempts import Step, next_step
from bot.bundling import TOGETHER, Joining, companions, joining
from bot.calls import Calls, Shown, names
from bot.domain import Alert, Delivery, News, Notice, Route
from bot.doubts import PATIENCE, Doubts, Patience
from bot.errors import PermanentError, StancewatchError, StoreBusyError, StoreError, UndeliverableError
from bot.mishaps import Mishaps
from bot.overtaking import Overtaking
from bot.ports import Clock, Notifier, Store
from bot.recording import Recorder
from bot.routing import Ruling, Wait, waiting
from bot.threads import Threads

log = structlog.get_logger()

Channel = tuple[str, str]
"""Platform and channel: what is served in order."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Brings channels up to date.

    Args:
        notifiers: by platform.
        jitter: returns 0..1; injected so that a test repeats itself.
        pause: seconds between two tries to record an outcome in a busy store.
        routes: returns the routes that there are now: whose quiet hours hold, and whom to tell of a closed channel.
        patience: how long the outcome of a post is waited for.
    """

    store: Store
    notifiers: Mapping[str, Notifier]
    clock: Clock
    jitter: Callable[[], float] = random.random
    pause: float = 1.0
    routes: Callable[[], Sequence[Route]] = tuple
    patience: Patience = PATIENCE

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
        settled, left = 0, list(queue)
        while left:
            delivery, *behind = left
            try:
                done = await self._bring_up_to_date(delivery, behind)
            except StancewatchError as error:
                if isinstance(error, (StoreError, StoreBusyError)):
                    raise
                retry = await self._mishaps.failed(delivery, error)
                settled += retry is None or retry.told
                if retry is not None and retry.hold:
                    break
                left = behind
                continue
            settled += len(done)
            left = [other for other in behind if other.id not in done]
        return settled

    async def _bring_up_to_date(self, delivery: Delivery, behind: Sequence[Delivery]) -> frozenset[int]:
        """Do what a delivery needs; return which deliveries are settled by it, those behind it among them."""
        notice = await self._notice(delivery)
        if self._abandoned(delivery):
            return await self._needless(delivery, notice, "not posted: its route was removed while it waited")
        in_doubt = delivery.tried is not None and not delivery.ref
        known = await self.doubts.settle(delivery, behind, self.jitter()) if in_doubt else delivery
        if known is None:
            return frozenset()
        if isinstance(notice, News):
            return await self._tell(known, notice)
        return await self._step(known, notice, behind)

    async def _step(self, delivery: Delivery, notice: Notice, behind: Sequence[Delivery]) -> frozenset[int]:
        step = next_step(delivery, notice)
        if step is Step.NOTHING:
            return await self._needless(delivery, notice, "not posted: over before it could be told")
        if step is Step.EDIT:
            return await self._edit(delivery, notice, behind)
        if wait := await self._wait(delivery, notice):
            return await self._hold(delivery, wait)
        if isinstance(notice, Alert) and (later := await self._overtaken(delivery, notice)):
            return await self._give_way(delivery, notice, later)
        if isinstance(notice, Alert) and (joined := await self._joined(delivery, notice.version)):
            return await self._edit(joined, notice, behind)
        return await self._send([(delivery, notice), *await self._companions(delivery, behind)])

    async def _send(self, together: Sequence[Shown]) -> frozenset[int]:
        """Claim, post and record one message."""
        if not await self._claimed(together):
            return frozenset()
        return await self._shown(Step.SEND, together, await self._calls.send(together))

    async def _tell(self, delivery: Delivery, news: News) -> frozenset[int]:
        """Claim, say and record what a thread is told. One that cannot be told costs nothing else."""
        if delivery.ref:
            return await self._shown(Step.SEND, [(delivery, news)], delivery.ref)
        wait = await self._wait(delivery, news.alert)
        if wait and wait.ruling is Ruling.QUIET:
            return await self._hold(delivery, wait)
        overtaken = bool(delivery.held) and await asyncio.to_thread(self._threads.overtaken, news)
        if wait or overtaken:
            return await self._needless(delivery, news, f"not told: {'muted' if wait else 'it moved on meanwhile'}")
        if not await self._claimed([(delivery, news)]):
            return frozenset()
        why_not = "not told: there is no thread to say it in"
        try:
            ref = await self._calls.tell(delivery, replace(news, mention=delivery.mention))
        except PermanentError as error:
            if isinstance(error, UndeliverableError):
                raise
            log.warning("thread_not_told", error=str(error), **names(delivery))
            ref, why_not = "", str(error)
        if not ref:
            return await self._needless(delivery, news, why_not)
        log.info("thread_told", version=news.version, state=news.alert.state.value, **names(delivery))
        return await self._shown(Step.SEND, [(delivery, news)], ref)

    async def _claimed(self, together: Sequence[tuple[Delivery, Notice | News]]) -> bool:
        posts, now = [(one, notice.version) for one, notice in together], self.clock.now()
        return await self._record(posts[0][0], partial(self.store.doubts.claim, posts, now, now + self.patience.lease))

    async def _edit(self, delivery: Delivery, notice: Notice, behind: Sequence[Delivery]) -> frozenset[int]:
        """Edit the message that shows a delivery, and with it all that the message shows."""
        message = await asyncio.to_thread(self.store.message, delivery) if isinstance(notice, Alert) else ()
        shown: list[Shown] = [(one, await self._alert(one)) for one in message] or [(delivery, notice)]
        # Who is recorded in a message that others were shown in before is new in it.
        newcomers = [one for one in message if not one.sent] if message and message[0].sent else []
        try:
            there = await self._calls.edit(shown)
        except PermanentError as error:
            if isinstance(error, UndeliverableError) or not newcomers:
                raise
            there = False
        if not there and newcomers:
            await self._record(delivery, partial(self.store.doubts.apart, newcomers, self.clock.now()))
            log.info("message_not_shared", newcomers=[one.subject for one in newcomers], **names(delivery))
            if delivery.id in {one.id for one in newcomers}:
                delivery = replace(delivery, ref="", posted=None, attempts=delivery.attempts + 1)
            return await self._bring_up_to_date(delivery, ())
        news = await asyncio.to_thread(self._threads.news, shown) if there else ()
        done = await self._shown(Step.EDIT, shown, delivery.ref, news)
        return done & {delivery.id, *(other.id for other in behind)}

    async def _joined(self, delivery: Delivery, version: int) -> Delivery | None:
        """Record that an alert joins the message that its channel has just got; None where there is none to join.

        It is recorded before the edit: whatever happens meanwhile, it is shown there and nowhere else.
        """
        now = self.clock.now()
        message = await asyncio.to_thread(self.store.last_message, delivery.platform, delivery.channel, now - TOGETHER)
        if joining(delivery, message, now) is not Joining.JOINS:
            return None
        ref = message[0].ref
        await self._record(delivery, partial(self.store.doubts.joining, delivery, version, ref, now))
        return replace(delivery, ref=ref, posted=now, tried=None, key=0, showing=version)

    async def _companions(self, first: Delivery, behind: Sequence[Delivery]) -> list[Shown]:
        """Return who goes with a first post: those of the queue that may, and need not wait."""
        ready: list[Shown] = []
        for delivery in companions(first, behind):
            try:
                notice = await self._alert(delivery)
            except PermanentError:
                continue  # it fails in its own turn
            if next_step(delivery, notice) is not Step.SEND or await self._wait(delivery, notice):
                continue
            if await self._overtaken(delivery, notice) is None:
                ready.append((delivery, notice))
        return ready

    async def _alert(self, delivery: Delivery) -> Alert:
        alert = await self._notice(delivery)
        assert isinstance(alert, Alert), "only alerts share a message"
        return alert

    async def _notice(self, delivery: Delivery) -> Notice | News:
        try:
            return await asyncio.to_thread(self.store.notice, delivery.kind, delivery.subject)
        except KeyError as error:
            raise PermanentError(f"nothing to show: {error.args[0]}") from error

    async def _hold(self, delivery: Delivery, wait: Wait) -> frozenset[int]:
        await self._record(delivery, partial(self.store.mark_held, delivery, wait.until, wait.line))
        log.info("delivery_held", ruling=wait.ruling.value, until=wait.until.isoformat(), **names(delivery))
        return frozenset()

    async def _overtaken(self, delivery: Delivery, alert: Alert) -> Alert | None:
        return await asyncio.to_thread(self._overtaking.by, delivery, alert)

    async def _give_way(self, delivery: Delivery, alert: Alert, later: Alert) -> frozenset[int]:
        asked = await self._record(delivery, partial(self._overtaking.give_way, delivery, alert, later))
        log.info("delivery_held", ruling=Ruling.OVERTAKEN.value, by=later.id, **names(delivery))
        # Something is due in the channel now.
        return frozenset({delivery.id} if asked else ())

    async def _wait(self, delivery: Delivery, notice: Notice) -> Wait | None:
        now = self.clock.now()
        mutes = await asyncio.to_thread(self.store.mutes, now)
        return waiting(notice, self._route(delivery), mutes, (delivery.platform, delivery.channel), now)

    def _abandoned(self, delivery: Delivery) -> bool:
        """Tell whether what waits, or failed, has no route any more; with no routes given every channel is wanted."""
        waits = delivery.held or (delivery.attempts and self.routes is not tuple)
        return bool(waits) and self._route(delivery) is None

    def _route(self, delivery: Delivery) -> Route | None:
        """Return the route of a delivery, another one that leads there where that is no more, else None."""
        place = (delivery.platform, delivery.channel)
        there = sorted(self.routes(), key=lambda route: route.name != delivery.route)
        return next((route for route in there if (route.platform, route.channel) == place), None)

    async def _needless(self, delivery: Delivery, notice: Notice | News, reason: str) -> frozenset[int]:
        version = max(notice.version, delivery.wanted)
        await self._record(delivery, partial(self.store.mark_needless, delivery, version, reason))
        log.info("delivery_settled", step=Step.NOTHING.value, version=version, **names(delivery))
        return frozenset({delivery.id})

    async def _shown(
        self,
        step: Step,
        shown: Sequence[tuple[Delivery, Notice | News]],
        ref: str,
        news: Sequence[tuple[Delivery, News]] = (),
    ) -> frozenset[int]:
        """Record that a message shows all these, and what its thread is told, in one transaction."""
        # What is shown may be newer than what was wanted, and is never taken for older.
        versions = [(delivery, max(notice.version, delivery.wanted)) for delivery, notice in shown]
        first, now = shown[0][0], self.clock.now()
        look = now + self.patience.late if step is Step.SEND else None
        await self._record(first, partial(self.store.mark_sent, versions, ref, now, look, news))
        await self._mishaps.resumed(first)
        for delivery, version in versions:
            log.info("delivery_settled", step=step.value, version=version, **names(delivery))
        return frozenset(delivery.id for delivery, _ in shown)

    @property
    def _record(self) -> Recorder:
        return Recorder(self.pause)

    @property
    def _calls(self) -> Calls:
        return Calls(self.notifiers)

    @property
    def doubts(self) -> Doubts:
        """What looks into channels."""
        return Doubts(self.store, self._calls, self.clock, self._record, self.patience)

    @property
    def _threads(self) -> Threads:
        return Threads(self.store, self.clock, self._route)

    @property
    def _overtaking(self) -> Overtaking:
        return Overtaking(self.store, self.clock, self._route)

    @property
    def _mishaps(self) -> Mishaps:
        return Mishaps(self.store, self.clock, self._record, self.jitter, self.routes, self.patience)
