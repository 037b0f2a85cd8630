"""Has a platform taken a post of which we never heard, and does a channel hold a copy too many?

    claim ─→ send ─┬─ answered ─→ recorded
                   └─ killed, timed out, 5xx ─→ in doubt ─→ look in the channel ─┬─ shown → kept, edited up to date
                                                                                ├─ not yet → look again
                                                                                └─ too late to come → send again
    recorded ─→ look in the channel once more ─→ surplus copies are deleted, and counted

No platform promises that a message is taken once: Slack has no key for it, Discord's `nonce` lasts minutes. What
both keep is the channel's history, and what each message carries (the delivery's id). What was sent may show up until
a bound on late arrivals; only then is it sent again. Where the history is closed to us, one repeat that may be is
better than a shift that nobody is told of: it is sent again at once.

Refuses to do: nothing is posted or edited here (bot/serving.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

import structlog

from bot.attempts import FIRST_WAIT, retry_after
from bot.calls import SEND_SECONDS, Calls, names
from bot.domain import Delivery
from bot.errors import PermanentError, StancewatchError, TransientError
from bot.ports import Clock, Store
from bot.recording import Recorder

log = structlog.get_logger()

LATE = timedelta(seconds=30)
"""How long after a send has ended its message may still show up."""

SKEW = timedelta(minutes=2)
"""How far a platform's clock may be from ours."""

LONGEST_DOUBT = timedelta(minutes=10)
"""Longer than any message is waited for."""

MOST_LOOKS = 20
"""Channels that are looked through in one go."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the outcome of a post is waited for.

    Args:
        send: how long a send may take.
        late: see LATE.
    """

    send: timedelta = timedelta(seconds=SEND_SECONDS)
    late: timedelta = LATE

    @property
    def lease(self) -> timedelta:
        """How long after its beginning a post may show up, whatever became of whoever sent it."""
        return self.send + self.late


PATIENCE = Patience()
"""With everybody but a test."""


class Finding(StrEnum):
    """What a look into a channel says of a post in doubt."""

    SHOWN = "shown"
    NOT_YET = "not-yet"
    NEVER_CAME = "never-came"
    HISTORY_CLOSED = "history-closed"


def finding(refs: Sequence[str] | None, unsure_until: datetime | None, now: datetime) -> Finding:
    """Return what is known of a post in doubt. Pure.

    Args:
        refs: messages that the channel shows of it; None where its history is closed to us.
    """
    if refs is None:
        return Finding.HISTORY_CLOSED
    if refs:
        return Finding.SHOWN
    # What lies further ahead was written by a clock that was wrong.
    may_come = unsure_until is not None and now < unsure_until <= now + LONGEST_DOUBT
    return Finding.NOT_YET if may_come else Finding.NEVER_CAME


def surplus(kept: str, refs: Sequence[str]) -> tuple[str, ...]:
    """Return the copies of a message that are one too many. Pure.

    Where the one that we keep right is gone, somebody may have deleted it: then nothing is touched.
    """
    return tuple(ref for ref in refs if ref != kept) if kept in refs else ()


@dataclass(frozen=True, slots=True)
class Doubts:
    """Looks into channels."""

    store: Store
    calls: Calls
    clock: Clock
    record: Recorder
    patience: Patience = PATIENCE

    async def settle(self, delivery: Delivery, behind: Sequence[Delivery], jitter: float) -> Delivery | None:
        """Return a delivery in doubt as it is known after a look into its channel; None when it has to wait.

        Those that were tried in one message with it are settled alike.
        """
        now = self.clock.now()
        group = [delivery, *(one for one in behind if one.tried and not one.ref and one.key == delivery.key)]
        try:
            found, ref = await self._look(delivery)
        except TransientError as error:
            retry = retry_after(delivery, error, now, jitter)
            log.warning("doubt_not_looked_into", error=str(error), **names(delivery))
            await self.record(delivery, partial(self.store.doubts.unseen, group, retry.due if retry else now))
            return None
        if found is Finding.NOT_YET:
            await self.record(delivery, partial(self.store.doubts.unseen, group, delivery.unsure_until or now))
            return None
        if found is Finding.SHOWN:
            look = now + self.patience.late
            await self.record(delivery, partial(self.store.doubts.found, group, ref, now, look))
            sent = max(delivery.sent, delivery.showing)
            return replace(delivery, ref=ref, posted=now, tried=None, key=0, sent=sent, showing=0)
        return delivery

    async def resume(self) -> None:
        """Let what a bot before this one left in doubt be looked for at once; StoreBusyError as the store raises it."""
        now = self.clock.now()
        # Where other machines reach the store, that bot may still be posting what it had begun.
        until = None if self.store.shared else now + self.patience.late
        await asyncio.to_thread(self.store.doubts.resume, now, until)

    async def _look(self, delivery: Delivery) -> tuple[Finding, str]:
        now, tried = self.clock.now(), delivery.tried or self.clock.now()
        posted = replace(delivery, id=delivery.key or delivery.id)
        try:
            # Wide enough for a clock that was set meanwhile, either way.
            since, until = min(tried, now) - self.patience.lease - SKEW, max(delivery.unsure_until or now, now) + SKEW
            refs: Sequence[str] | None = await self.calls.find(posted, since, until)
        except PermanentError as error:
            log.info("history_closed", error=str(error), **names(delivery))
            refs = None
        found = finding(refs, delivery.unsure_until, now)
        log.info("doubt_looked_into", finding=found.value, **names(delivery))
        return found, refs[0] if refs else ""

    async def tidy(self) -> int:
        """Look through the channels whose time has come, delete surplus copies, and return how many there were."""
        now, removed = self.clock.now(), 0
        for delivery in await asyncio.to_thread(self.store.doubts.to_look_at, now, MOST_LOOKS):
            again: datetime | None = None
            try:
                copies = await self._copies(delivery)
                for ref in copies:
                    await self.calls.remove(delivery, ref)
                    log.warning("surplus_message_deleted", ref=ref, **names(delivery))
                removed += len(copies)
                # Where one copy came late, another may.
                again = now + self.patience.late if copies else None
            except TransientError as error:
                log.info("channel_not_looked_through", error=str(error), **names(delivery))
                again = now + max(self.patience.late, timedelta(seconds=FIRST_WAIT))
            except StancewatchError as error:
                # Nothing is in doubt here, and a console keeps no history: its readers need no line for each alert.
                log.debug("history_closed", error=str(error), **names(delivery))
            await asyncio.to_thread(self.store.doubts.looked, delivery, again)
        return removed

    async def _copies(self, delivery: Delivery) -> tuple[str, ...]:
        posted = delivery.posted or self.clock.now()
        refs = await self.calls.find(delivery, posted - self.patience.lease - SKEW, self.clock.now() + SKEW)
        copies = surplus(delivery.ref, refs)
        shown_by = [await asyncio.to_thread(self.store.message, replace(delivery, ref=ref)) for ref in copies]
        # What another delivery is shown by is no copy of this one.
        return tuple(ref for ref, others in zip(copies, shown_by, strict=True) if not others)
