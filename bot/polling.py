"""What comes of one poll of one source?

    watcher ─→ new entries?  ─→ ingest: articles, decisions and the poll's state, in one transaction
            ─→ nothing, or a failure ─→ the poll's state, stored together with others' (bot/states.py)

Refuses to do: it knows no kind of source and no calendar; watchers and bot/schedule.py do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial

import structlog

from bot.domain import Poll, PollState, Source
from bot.errors import PermanentError, StancewatchError, StoreBusyError
from bot.hearing import Hearing
from bot.ingest import Accepted, Ingest
from bot.ports import Clock, Store, Watcher
from bot.rhythm import after_busy_store, after_failure, after_success, hastened, postponed, spoke
from bot.seen import Seen
from bot.sourcetroubles import SourceTroubles, Turn, turn
from bot.states import PollStates
from watchers import unwatched

log = structlog.get_logger()


class Polling:
    """Polls, takes in what that brought, and remembers.

    Args:
        jitter: returns 0..1; injected so that a test or a replay repeats itself.
        pause: seconds between two tries to remember something in a busy store.
        troubles: tells whoever runs the bot; None where nobody is told.

    Attributes:
        in_hand: entries that were polled and are not stored yet.
    """

    def __init__(
        self,
        watchers: Mapping[str, Watcher],
        ingest: Ingest,
        store: Store,
        clock: Clock,
        jitter: Callable[[], float],
        pause: float = 5.0,
        troubles: SourceTroubles | None = None,
    ) -> None:
        self.watchers = watchers
        self.ingest = ingest
        self.store = store
        self.clock = clock
        self.jitter = jitter
        self.states = PollStates(store, pause)
        self.seen = Seen()
        self.hearing = Hearing(clock.now())
        self.troubles = troubles
        self.in_hand = 0

    async def poll(self, source: Source, state: PollState) -> bool:
        """Poll one source, take in what it brought, and remember; return whether it went well.

        In an hour that the feed wants left out it is not asked, and only its next time is put off.
        """
        before = self.clock.now()
        if later := postponed(state, before):
            self.states.put(source.key, later)
            return True
        try:
            poll = await self._watcher(source).poll(source, state)
            await self._report_answer()
            accepted = await self._take_in(source, state, poll, before)
        except StoreBusyError as error:
            log.warning("store_busy", source=source.key, error=str(error))
            self.states.put(source.key, after_busy_store(state, self.clock.now()))
            return False
        except Exception as error:  # a fault of ours must cost one source a poll, not the bot its life
            if not isinstance(error, StancewatchError):
                log.exception("poll_crashed", source=source.key)
                error = PermanentError(f"internal error, {type(error).__name__}: {error}; please report it")
            failed = after_failure(source, state, error, self.clock.now(), jitter=self.jitter())
            log.warning("source_failed", source=source.key, error=failed.last_error, failures=failed.failures)
            self.states.put(source.key, failed)
            await self._report_failure(source, state, failed, error)
            return False
        tell = log.info if accepted.new else log.debug
        tell(
            "source_polled",
            source=source.key,
            changed=poll.changed,
            new=accepted.new,
            relevant=accepted.relevant,
            seconds=round((self.clock.now() - before).total_seconds(), 3),
        )
        return True

    async def _take_in(self, source: Source, state: PollState, poll: Poll, before: datetime) -> Accepted:
        now = self.clock.now()
        # How its publisher is, and not how many others of its host had their turn before it.
        seconds = (now - before).total_seconds() if poll.seconds is None else poll.seconds
        # Asked for in the transaction and once more after it.
        after = cache(partial(after_success, source, poll, now, jitter=self.jitter(), seconds=seconds))

        def left_by(accepted: Accepted) -> PollState:
            return after(new_items=spoke(poll.state, accepted.new, accepted.elsewhere))

        entries = self.seen.unseen(source.key, poll.entries)
        if not entries:
            left = after(new_items=False)
            self.states.put(source.key, left)
            await self._report(source, turn(state, left, now))
            return Accepted()
        self.in_hand += len(entries)
        try:
            accepted = await self.ingest.accept(
                source,
                entries,
                now,
                silent_until=None if state.baselined else state.first_tried or before,
                state=left_by,
            )
        finally:
            self.in_hand -= len(entries)
        self.seen.taken_in(source.key, poll.entries)
        left = left_by(accepted)
        if accepted.alerts:
            self.states.put(source.key, hastened(source, left, now))
        await self._report(source, turn(state, left, now))
        return accepted

    async def _report_failure(
        self, source: Source, before: PollState, after: PollState, error: StancewatchError
    ) -> None:
        """Tell of a source that fails for long; where nobody answers, of that alone."""
        now = self.clock.now()
        self.hearing.failed(source.key)
        if self.hearing.deaf(now):
            await self._report(None, Turn(self.hearing.said()))
        found = turn(before, after, now, error)
        if found is not None and (found.new or not self.hearing.doubtful):
            await self._report(source, found)

    async def _report_answer(self) -> None:
        if self.hearing.answered(self.clock.now()):
            await self._report(None, Turn())

    async def _report(self, source: Source | None, found: Turn | None) -> None:
        if found is None or self.troubles is None:
            return
        try:
            await asyncio.to_thread(self.troubles.tell, source, found)
        except StancewatchError as error:  # the poll itself is remembered; `feeds list --problems` names the source
            named = source.key if source else "all"
            log.warning("source_trouble_not_told", source=named, what=found.what, error=str(error))

    def _watcher(self, source: Source) -> Watcher:
        try:
            return self.watchers[source.kind]
        except KeyError:
            raise PermanentError(unwatched(source.kind, self.watchers)) from None
