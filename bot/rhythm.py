"""When is a source polled next?

Pure: what a poll left, the clock and a jitter in; the state to remember out. A source that is well keeps its
interval; one that fails waits twice as long each time, up to a ceiling; one that asks for a pause gets it.

Refuses to do: no polling, no storing, no randomness of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import Poll, PollState, Source
from bot.errors import SourceGoneError, StancewatchError, TransientError

CEILING = timedelta(hours=6)
"""The longest wait between two tries of a source that fails."""

SPREAD = 0.1
"""Jitter: an interval is stretched by up to this share, so that sources do not fall into step."""


def after_success(source: Source, poll: Poll, now: datetime, *, new_items: bool, jitter: float) -> PollState:
    """Return what to remember of a poll that went well.

    Args:
        new_items: the poll brought something that was not stored yet.
        jitter: 0..1.
    """
    wait = timedelta(seconds=source.interval * (1 + SPREAD * jitter))
    return replace(
        poll.state,
        next_due=now + wait,
        baselined=True,
        failures=0,
        last_success=now,
        last_new_item=now if new_items else poll.state.last_new_item,
        last_error="",
    )


def after_failure(
    source: Source, state: PollState, error: StancewatchError, now: datetime, *, jitter: float
) -> PollState:
    """Return what to remember of a poll that failed: the reason, and a longer wait.

    Args:
        state: as it was before the poll; validators and baseline are kept.
        jitter: 0..1.
    """
    failures = state.failures + 1
    seconds = min(source.interval * 2.0 ** min(failures, 16), CEILING.total_seconds())
    wait = timedelta(seconds=seconds * (1 + SPREAD * jitter))
    asked = error.retry_after if isinstance(error, TransientError) else None
    if asked is not None:
        wait = max(wait, timedelta(seconds=min(asked, 7 * 24 * 3600)))
    return replace(
        state,
        next_due=now + wait,
        failures=failures,
        last_error=str(error),
        gone=state.gone or isinstance(error, SourceGoneError),
    )
