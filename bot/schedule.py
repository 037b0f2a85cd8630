"""What happens when?

One tick asks the store which sources are due and polls them; another lets signals expire. The store's `next_due`
is the truth: APScheduler only wakes us. After the first polls of a start one catch-up brief is told, since what
a source already held when it was first polled is never told as an alert.

Refuses to do: it knows no platform and no kind of source; it is given watchers, an ingest and a store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.brief import make_brief
from bot.domain import NoticeKind, PollState, Route, Source, Storyline
from bot.errors import PermanentError, StancewatchError, StoreBusyError
from bot.ingest import Ingest
from bot.ports import Clock, Store, Watcher
from bot.rhythm import after_failure, after_success
from bot.routing import unwaking

log = structlog.get_logger()

TICK_SECONDS = 2
REVIEW_SECONDS = 60
POLLS_AT_ONCE = 32
CATCH_UP_WINDOW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Polling:
    """What the schedule needs to poll.

    Args:
        jitter: returns 0..1; injected so that a test or a replay repeats itself.
        pause: seconds between two tries to remember a failed poll in a busy store.
    """

    watchers: Mapping[str, Watcher]
    ingest: Ingest
    store: Store
    clock: Clock
    jitter: Callable[[], float]
    pause: float = 5.0

    async def poll(self, source: Source, state: PollState) -> bool:
        """Poll one source, take in what it brought, and remember; return whether it went well."""
        before = self.clock.now()
        try:
            poll = await self._watcher(source).poll(source, state)
            now = self.clock.now()
            accepted = await self.ingest.accept(
                source,
                poll.entries,
                now,
                silent=not state.baselined,
                state=lambda new: after_success(source, poll, now, new_items=new, jitter=self.jitter()),
            )
        except Exception as error:  # a fault of ours must cost one source a poll, not the bot its life
            if not isinstance(error, StancewatchError):
                log.exception("poll_crashed", source=source.key)
                error = PermanentError(f"internal error, {type(error).__name__}: {error}; please report it")
            failed = after_failure(source, state, error, self.clock.now(), jitter=self.jitter())
            log.warning("source_failed", source=source.key, url=source.url, error=str(error), failures=failed.failures)
            await self._remember(source.key, failed)
            return False
        log.info(
            "source_polled",
            source=source.key,
            changed=poll.changed,
            new=accepted.new,
            relevant=accepted.relevant,
            seconds=round((self.clock.now() - before).total_seconds(), 3),
        )
        return True

    def _watcher(self, source: Source) -> Watcher:
        try:
            return self.watchers[source.kind]
        except KeyError:
            kinds = ", ".join(sorted(self.watchers))
            raise PermanentError(f"no watcher for kind {source.kind!r}; the kinds are {kinds}") from None

    async def _remember(self, source: str, state: PollState) -> None:
        """Store the state, however long the store is busy: a source that still looks due is asked again at once."""
        while True:
            try:
                return await asyncio.to_thread(self._store_state, source, state)
            except StoreBusyError as error:
                log.warning("store_busy", source=source, error=str(error))
                await asyncio.sleep(self.pause)

    def _store_state(self, source: str, state: PollState) -> None:
        with self.store.unit() as unit:
            unit.save_poll(source, state)


class CatchUp:
    """Tells one brief after the first polls of a start.

    Args:
        routes: returns who is told.
        waiting: keys of the sources that have never been polled.
        delay: how long to wait for them at most.
    """

    def __init__(
        self,
        storyline: Storyline,
        store: Store,
        routes: Callable[[], Sequence[Route]],
        waiting: frozenset[str],
        started: datetime,
        delay: timedelta,
    ) -> None:
        self._storyline = storyline
        self._store = store
        self._routes = routes
        self._waiting = set(waiting)
        self._deadline = started + delay
        self.told = not waiting

    def polled(self, source: str) -> None:
        """Note that a source has had its first poll, well or not."""
        self._waiting.discard(source)

    def due(self, now: datetime) -> bool:
        """Return whether the brief should be told now."""
        return not self.told and (not self._waiting or now >= self._deadline)

    def tell(self, now: datetime) -> None:
        """Store the brief and ask every route to show it. Blocks: call it off the event loop."""
        brief = make_brief(self._store, self._storyline, now, since=now - CATCH_UP_WINDOW, catch_up=True)
        with self._store.unit() as unit:
            unit.save_brief(brief)
            routes = unwaking(self._routes())
            unit.enqueue(NoticeKind.BRIEF, brief.id, brief.version, routes, now)
        self.told = True
        log.info("catch_up_told", brief=brief.id, routes=len(routes))


class Schedule:
    """Runs the ticks until it is stopped."""

    def __init__(self, polling: Polling, catch_up: CatchUp, wake: Callable[[], None]) -> None:
        self._polling = polling
        self._catch_up = catch_up
        self._wake = wake
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(POLLS_AT_ONCE)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._last_tick = polling.clock.now()

    def last_tick(self) -> datetime:
        """Return when it was last looked what is due."""
        return self._last_tick

    def start(self) -> None:
        """Start the ticks on the running event loop."""
        options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        clock = self._polling.clock
        self._scheduler.add_job(
            self._tick, IntervalTrigger(seconds=TICK_SECONDS), next_run_time=clock.now(), id="tick", **options
        )
        self._scheduler.add_job(self._review, IntervalTrigger(seconds=REVIEW_SECONDS), id="review", **options)
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop the ticks and drop the polls under way; an unfinished poll is simply due again."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        polls = list(self._busy.values())
        for poll in polls:
            poll.cancel()
        await asyncio.gather(*polls, return_exceptions=True)

    async def once(self) -> None:
        """Poll every source that is enabled once, due or not, then tell the catch-up brief if one is owed."""
        pairs = await asyncio.to_thread(self._polling.store.sources)
        wanted = [(source, state) for source, state in pairs if source.enabled and not state.gone]
        await asyncio.gather(*(self._poll(source, state) for source, state in wanted))
        await self._polling.ingest.review(self._polling.clock.now())
        await self._settle()

    async def _tick(self) -> None:
        now = self._polling.clock.now()
        # Who is busy is asked first: a poll that ends while the store is read would else be begun again with the
        # state from before it, and what is new taken for a first poll.
        busy = frozenset(self._busy)
        due = await asyncio.to_thread(self._polling.store.due_sources, now, POLLS_AT_ONCE * 4)
        for source, state in due:
            if source.key not in busy:
                task = asyncio.create_task(self._poll(source, state), name=f"poll {source.key}")
                self._busy[source.key] = task
                task.add_done_callback(partial(self._done, source.key))
        await self._settle()
        self._last_tick = now

    def _done(self, key: str, poll: asyncio.Task[None]) -> None:
        self._busy.pop(key, None)
        if not poll.cancelled() and (error := poll.exception()):
            log.error("poll_not_remembered", source=key, error=str(error))

    async def _poll(self, source: Source, state: PollState) -> None:
        async with self._slots:
            await self._polling.poll(source, state)
        self._catch_up.polled(source.key)

    async def _settle(self) -> None:
        now = self._polling.clock.now()
        if self._catch_up.due(now):
            await asyncio.to_thread(self._catch_up.tell, now)
            self._wake()

    async def _review(self) -> None:
        await self._polling.ingest.review(self._polling.clock.now())
