"""When is a source polled next, and has it fallen silent?

Pure: what a poll left, the clock and a jitter in; the state to remember out. A source that is well is polled by its
own rhythm, between a floor and a ceiling around its interval; one that carries a development that was just told, at the
floor. One that fails waits twice as long each time, up to a ceiling, which is low as long as what it prints meanwhile
can still be caught. What the publisher asks for, in headers or in the feed, always comes first.

Refuses to do: no polling, no storing, no randomness of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zlib import crc32

from bot.domain import Entry, Poll, PollState, Source, Wishes
from bot.errors import SourceGoneError, StancewatchError, TransientError, WorkerError

CEILING = timedelta(hours=6)
"""The longest wait between two tries of a source that fails."""

SPREAD = 0.1
"""Jitter: a wait is stretched by up to this share, so that sources do not fall into step."""

FLOOR_SECONDS = 60.0
LEEWAY = 4.0
"""A source is polled at most this many times as often, or as seldom, as its interval says."""

HOT = timedelta(hours=3)
"""How long a source is polled at its floor after it carried what was told."""

_POLLS_A_GAP = 2.0
_GAPS_A_TRY = 2.5
_GAPS_HELD = 20.0
"""Of a feed's items: between two tries while it fails, and how many it holds, so that some tries go before one
leaves it unseen. Later there is nothing left to hurry for."""
_LATEST = 20
_FEWEST = 4
"""Dated items from which a rhythm is learned, at most and at least."""

_HOLE = timedelta(days=60)
_HOLES_SPAN = 10
"""What stands before a hole longer than this, and so many times as long as all that came after it, is pinned."""

SILENCE = timedelta(days=3)
_SILENT_GAPS = 4.0
"""A source is silent after SILENCE and this many times its longest gap of late."""

_FADE = 0.9
_DAY = 24 * 3600
_LONGEST = 7 * _DAY
"""Seconds that a source waits at most, whatever its publisher asks or its interval says: what is due later is taken for
put off by a clock that was wrong (bot/store/sources.py), and would be polled at each tick."""


def interval(source: Source, state: PollState, now: datetime) -> timedelta:
    """Return how long a source that is well waits, but for what its publisher asks."""
    own = min(source.interval, _LONGEST)
    floor = min(max(FLOOR_SECONDS, own / LEEWAY), own)
    if state.hot_until is not None and now < state.hot_until:
        return timedelta(seconds=floor)
    wanted = state.gap / _POLLS_A_GAP if state.gap else own
    return timedelta(seconds=min(max(wanted, floor), own * LEEWAY, _LONGEST))


def allowed(state: PollState, polled: datetime, wanted: datetime) -> datetime:
    """Return the first moment, not before `wanted`, at which the publisher wants to be asked again.

    Args:
        polled: when it was asked last.
    """
    moment = max(wanted, polled + timedelta(seconds=state.wishes.least), state.fresh_until or wanted)
    wishes = state.wishes
    for _ in range(24 * 8):
        if moment.hour not in wishes.skip_hours and moment.weekday() not in wishes.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment  # a feed that forbids every hour cannot mean it


def postponed(state: PollState, now: datetime) -> PollState | None:
    """Return the state of a source that is due but must not be asked in this hour; None when it may be.

    A poll that was due a moment ago may come after the stroke of an hour that the feed skips.
    """
    if not (state.wishes.skip_hours or state.wishes.skip_days):
        return None
    hours = Wishes(skip_hours=state.wishes.skip_hours, skip_days=state.wishes.skip_days)
    moment = allowed(replace(state, wishes=hours, fresh_until=None), now, now)
    return replace(state, next_due=moment) if moment > now else None


def after_success(
    source: Source, poll: Poll, now: datetime, *, new_items: bool, jitter: float, seconds: float = 0.0
) -> PollState:
    """Return what to remember of a poll that went well.

    Args:
        new_items: the poll brought something that was not printed there before; see `spoke`.
        jitter: 0..1.
        seconds: that the poll took.
    """
    before = poll.state
    gap, longest = rhythm(poll.entries, now)
    if new_items and not longest and before.last_new_item is not None:
        longest = (now - before.last_new_item).total_seconds()  # what dates nothing shows its pauses all the same
    if not poll.changed and _is_first_of_day(source, before.last_success, now):
        before = replace(before, etag="", last_modified="")
    state = replace(
        before,
        baselined=True,
        failures=0,
        strikes=0,
        last_success=now,
        last_new_item=now if new_items else before.last_new_item,
        last_error="",
        gap=gap or before.gap,
        longest_gap=max(longest, before.longest_gap * _FADE) if poll.entries else before.longest_gap,
        seconds=round(seconds, 3),
    )
    return _scheduled(source, state, now, jitter, quiet=fell_silent(state, now))


def _is_first_of_day(source: Source, last: datetime | None, now: datetime) -> bool:
    """Tell whether a source is polled for the first time in a day of its own, which begins at another hour for each.

    The whole of it is then asked for: a server whose validators never change would hide what it prints for good.
    """
    begins = crc32(source.key.encode()) % _DAY
    return last is not None and (now.timestamp() + begins) // _DAY > (last.timestamp() + begins) // _DAY


def hastened(source: Source, state: PollState, now: datetime) -> PollState:
    """Return the state of a source whose poll brought what was told: for a while it is polled at its floor."""
    return _scheduled(source, replace(state, hot_until=now + HOT), now, 0.0, quiet=state.quiet)


def after_failure(
    source: Source, state: PollState, error: StancewatchError, now: datetime, *, jitter: float
) -> PollState:
    """Return what to remember of a poll that failed: the reason, and a longer wait.

    Args:
        state: as it was before the poll; validators and baseline are kept.
        jitter: 0..1.
    """
    failures = state.failures + 1
    usual = min(interval(source, state, now).total_seconds(), source.interval)
    seconds = min(usual * 2.0 ** min(failures, 16), _longest_wait(source, state, now, 2.0 * usual))
    wait = timedelta(seconds=seconds * (1 + SPREAD * jitter))
    asked = error.retry_after if isinstance(error, TransientError) else None
    if asked is not None:
        wait = max(wait, timedelta(seconds=min(asked, _LONGEST)))
    return replace(
        state,
        next_due=allowed(replace(state, fresh_until=None), now, now + wait),
        failures=failures,
        strikes=state.strikes + (isinstance(error, WorkerError) and error.killed),
        last_error=str(error),
        gone=state.gone or isinstance(error, SourceGoneError),
        first_tried=state.first_tried or now,
    )


def after_busy_store(state: PollState, now: datetime) -> PollState:
    """Return what to remember of a poll that could not be stored, which is no fault of its source: it is soon repeated.

    Args:
        state: as it was before the poll; validators and baseline are kept.
    """
    again = allowed(replace(state, fresh_until=None), now, now + timedelta(seconds=FLOOR_SECONDS))
    return replace(state, next_due=again, first_tried=state.first_tried or now)


def _longest_wait(source: Source, state: PollState, now: datetime, first: float) -> float:
    """Return the most seconds that a failing source waits, after the first failure `first` of them."""
    since = state.last_success or state.first_tried or now
    held = (state.gap or source.interval * _POLLS_A_GAP) * _GAPS_HELD
    if (now - since).total_seconds() > held:
        return CEILING.total_seconds()
    return min(max(first, state.gap * _GAPS_A_TRY), CEILING.total_seconds())


def rhythm(entries: Sequence[Entry], now: datetime) -> tuple[float, float]:
    """Return the mean and the longest gap in seconds between a feed's latest items; zeros when too few are dated.

    What is dated after now, or is pinned from long ago, says nothing of how often a feed prints.
    """
    dates = sorted(entry.published for entry in entries if entry.published is not None and entry.published <= now)
    dates = _unpinned(dates[-_LATEST:])
    if len(dates) < _FEWEST:
        return 0.0, 0.0
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(dates)]
    return round(sum(gaps) / len(gaps), 1), max(gaps)


def _unpinned(dates: list[datetime]) -> list[datetime]:
    """Return those of sorted dates that came after the last hole which tells that what stands before it is pinned.

    Where fewer than a rhythm takes would stay, or fewer than went, all do: of a feed that prints some items twice a
    year each pause is such a hole.
    """
    for at in range(min(len(dates) - _FEWEST, (len(dates) - 1) // 2), 0, -1):
        hole, since = dates[at] - dates[at - 1], dates[-1] - dates[at]
        if hole > max(_HOLE, _HOLES_SPAN * since):
            return dates[at:]
    return dates


def spoke(before: PollState, new: int, elsewhere: datetime | None) -> bool:
    """Tell whether a poll brought what the source had not printed before. Pure.

    A feed that always comes second to another of its house speaks all the same. All that it holds comes so again
    after a start, and then it was dated before the source last spoke.

    Args:
        before: the state before the poll.
        new: items that are stored for the first time.
        elsewhere: the latest date of those that another feed, or another item, speaks for.
    """
    later = elsewhere is not None and (before.last_new_item is None or elsewhere > before.last_new_item)
    return new > 0 or later


def fell_silent(state: PollState, now: datetime) -> bool:
    """Tell whether a source that answers has printed nothing new for far longer than it used to. Pure."""
    if state.last_new_item is None or not state.longest_gap:
        return False
    patience = max(SILENCE, timedelta(seconds=min(state.longest_gap * _SILENT_GAPS, 400 * 24 * 3600)))
    return now - state.last_new_item > patience


def _scheduled(source: Source, state: PollState, now: datetime, jitter: float, *, quiet: bool) -> PollState:
    wait = interval(source, state, now) * (1 + SPREAD * jitter)
    return replace(state, quiet=quiet, next_due=allowed(state, now, now + wait))
