"""What happens when?

One tick asks the store which sources are due and polls them; another lets signals expire. The store's `next_due`
is the truth: APScheduler only wakes us. After the first polls of a start one catch-up brief is told, since what
a source already held when it was first tried is never told as an alert. A third looks whose digest is due; how far
each has come stands in the store, so that a start finds what was missed.

Refuses to do: it knows no platform and no kind of source; it is given watchers, an ingest and a store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.batches import settled
from bot.brief import make_brief
from bot.digests import Digests
from bot.domain import NoticeKind, PollState, Route, Source, Storyline
from bot.errors import StoreBusyError, StoreError
from bot.fulltext import FullText
from bot.polling import Polling
from bot.ports import Store
from bot.retention import Retention
from bot.routing import unwaking

log = structlog.get_logger()

TICK_SECONDS = 2
REVIEW_SECONDS = 60
DIGEST_SECONDS = 5
SWEEP_SECONDS = 3600
STOP_SECONDS = 5.0
CLOCK_SECONDS = 5.0
JUMP_SECONDS = 30.0
POLLS_UNDER_WAY = 512
"""Most of them only wait for their turn at a host; the fetcher says how many really ask at once."""
MOST_IN_HAND = 100_000
"""Entries that were polled and wait to be stored: while there are more, no poll is begun."""
PAGE_ROUNDS = 20
CATCH_UP_WINDOW = timedelta(days=7)


CATCH_UP = "catch-up"
"""Under this name the store remembers that the brief is owed, so that a bot which is killed before it was told tells
it when it starts again."""


class CatchUp:
    """Tells one brief after the first polls of a start.

    Args:
        routes: returns who is told.
        waiting: keys of the sources that have never been polled.
        delay: how long to wait for them at most.
        owed: a bot before this one had first polls and was ended before it told of them.
    """

    def __init__(
        self,
        storyline: Storyline,
        store: Store,
        routes: Callable[[], Sequence[Route]],
        waiting: frozenset[str],
        started: datetime,
        delay: timedelta,
        *,
        owed: bool = False,
    ) -> None:
        self._storyline = storyline
        self._store = store
        self._routes = routes
        self._waiting = set(waiting)
        self._deadline = started + delay
        self.told = not waiting and not owed

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
            unit.done(CATCH_UP)
        self.told = True
        log.info("catch_up_told", brief=brief.id, routes=len(routes))


class Schedule:
    """Runs the ticks until it is stopped.

    Args:
        wake: called when something was left pending.
        digests: tells the routes' digests; None where nobody is told any.
        retention: forgets what is old; None where everything is kept.
        full_text: looks at the pages of articles; None where only feeds are read.
    """

    def __init__(
        self,
        polling: Polling,
        catch_up: CatchUp,
        wake: Callable[[], None],
        digests: Digests | None = None,
        retention: Retention | None = None,
        full_text: FullText | None = None,
    ) -> None:
        self._polling = polling
        self._catch_up = catch_up
        self._digests = digests
        self._retention = retention
        self._full_text = full_text
        self._wake = wake
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._clock_watch: asyncio.Task[None] | None = None
        self._last_tick = polling.clock.now()

    def last_tick(self) -> datetime:
        """Return when it was last looked what is due."""
        return self._last_tick

    def start(self) -> None:
        """Start the ticks on the running event loop."""
        options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        jobs = (
            (self._tick, TICK_SECONDS),
            (self._look_at_pages, TICK_SECONDS),
            (self._review, REVIEW_SECONDS),
            (self._digest, DIGEST_SECONDS),
            (self._sweep, SWEEP_SECONDS),
        )
        for job, seconds in jobs:
            first = {"next_run_time": datetime.now(UTC)} if job == self._tick else {}
            again = IntervalTrigger(seconds=seconds)
            self._scheduler.add_job(self._tried, again, [job], id=job.__name__, **first, **options)
        self._scheduler.start()
        self._clock_watch = asyncio.create_task(self._watch_clock(), name="clock")

    async def stop(self, *, remember: bool = True) -> None:
        """Stop the ticks and drop the polls and looks under way; what is unfinished is simply due again.

        Args:
            remember: store what polls have left meanwhile, if the store can be reached within STOP_SECONDS.
        """
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._clock_watch is not None:
            self._clock_watch.cancel()
        polls = list(self._busy.values())
        for poll in polls:
            poll.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
        if self._full_text is not None:
            await self._full_text.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await settled()
        if remember:
            await self._remember()

    async def _remember(self) -> None:
        """Store what polls have left; what cannot be stored now costs its sources one poll too many, and no more."""
        states = self._polling.states
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await states.flush()
        except (TimeoutError, StoreError) as error:
            said = str(error) or f"not within {STOP_SECONDS:.0f} s"
            log.warning("poll_states_not_stored", states=len(states.waiting()), error=said)

    async def _tried(self, job: Callable[[], Awaitable[None]]) -> None:
        """Do a job; a store that cannot be reached now only puts it off."""
        try:
            await job()
        except StoreBusyError as error:
            log.warning("store_busy", job=job.__name__, error=str(error))

    async def once(self) -> None:
        """Poll every source that is enabled once, due or not, then tell the brief and the digests that are owed."""
        pairs = await asyncio.to_thread(self._polling.store.sources)
        wanted = iter([(source, state) for source, state in pairs if source.enabled and not state.retired])
        await asyncio.gather(*(self._poll_each(wanted) for _ in range(POLLS_UNDER_WAY)))
        await self._polling.states.flush()
        for _ in range(PAGE_ROUNDS):  # a store that stays busy leaves pages due
            if self._full_text is None or not await self._full_text.look():
                break
        await self._polling.ingest.review(self._polling.clock.now())
        await self._settle()
        await self._digest()

    async def _tick(self) -> None:
        now = self._polling.clock.now()
        # It ticks though the store cannot be reached: starting the bot anew would not mend that.
        self._last_tick = now
        # Who is busy is asked first: a poll that ends while the store is read would else be begun again with the
        # state from before it, and what is new taken for a first poll.
        busy = frozenset(self._busy) | frozenset(self._polling.states.waiting())
        free = POLLS_UNDER_WAY - len(self._busy) if self._polling.in_hand <= MOST_IN_HAND else 0
        due = await asyncio.to_thread(self._polling.store.due_sources, now, free + len(busy)) if free > 0 else ()
        for source, state in due:
            if source.key not in busy:
                task = asyncio.create_task(self._poll(source, state), name=f"poll {source.key}")
                self._busy[source.key] = task
                task.add_done_callback(partial(self._done, source.key))
        await self._settle()

    def _done(self, key: str, poll: asyncio.Task[None]) -> None:
        self._busy.pop(key, None)
        if not poll.cancelled() and (error := poll.exception()):
            log.error("poll_not_remembered", source=key, error=str(error))

    async def _poll_each(self, wanted: Iterator[tuple[Source, PollState]]) -> None:
        for source, state in wanted:
            await self._poll(source, state)

    async def _poll(self, source: Source, state: PollState) -> None:
        await self._polling.poll(source, state)
        self._catch_up.polled(source.key)

    async def _settle(self) -> None:
        now = self._polling.clock.now()
        if self._catch_up.due(now):
            await asyncio.to_thread(self._catch_up.tell, now)
            self._wake()

    async def _look_at_pages(self) -> None:
        if self._full_text is not None:
            await self._full_text.begin()

    async def _review(self) -> None:
        await self._polling.ingest.review(self._polling.clock.now())

    async def _digest(self) -> None:
        now = self._polling.clock.now()
        if self._digests is None or not self._digests.due(now):
            return
        if await asyncio.to_thread(self._digests.tell, now):
            self._wake()

    async def _sweep(self) -> None:
        if self._retention is not None:
            await self._retention.sweep(self._polling.clock.now())

    async def _watch_clock(self) -> None:
        """Let every job start anew when the clock was set: set back, it would stand still until it is caught up."""
        clock, loop = self._polling.clock, asyncio.get_running_loop()
        while True:
            before, begin = clock.now(), loop.time()
            await asyncio.sleep(CLOCK_SECONDS)
            jump = (clock.now() - before).total_seconds() - (loop.time() - begin)
            if abs(jump) > JUMP_SECONDS:
                log.warning("clock_jumped", seconds=round(jump))
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=datetime.now(UTC))
