"""Who is told that a source has fallen silent, fails for days, is gone, or was put aside, and that it is well again?

A channel of the people who run the bot (`admin: true` in its route): once when it begins, and by editing that message
when it is over or has become another. It wakes nobody. Where nobody answers at all, that is told in place of each.

Refuses to do: what silence is stands in bot/rhythm.py; a source that fails now and then is nobody's news.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain import NoticeKind, PollState, Route, Source, Trouble
from bot.errors import BotCheckError, FetchError, PermanentError, StancewatchError
from bot.identity import short_id
from bot.ports import Clock, Store
from bot.routing import unwaking

log = structlog.get_logger()

PATIENCE = timedelta(days=3)
"""How long a source may go without a poll that is well before it is told of."""

SHORT_PATIENCE = timedelta(days=1)
"""The same where waiting mends nothing: no such page (404), a password, a bot check, an address that must
not be fetched."""

FEWEST_TRIES = 5
"""Running and in vain; fewer say more of a bot that stood still meanwhile. Their waits double, to hours."""

_UNREAD = "has not been read"
"""So begins what is told of one that fails."""

_USED = ", where it used to pause"
"""Before it stands since when one is silent; what follows fades with every poll and makes no other silence of it."""

_PASSING = frozenset({408, 421, 423, 425, 429})


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be told of a source.

    Args:
        what: what is wrong and what to do about it; "" when it is over.
        new: it has just begun, or is so again after something else, and takes the place of anything else that was told;
            else it may have been told before.
    """

    what: str = ""
    new: bool = False


def turn(before: PollState, after: PollState, now: datetime, error: StancewatchError | None = None) -> Turn | None:
    """Return what a poll has turned for whoever watches over the sources; None for nothing. Pure.

    Args:
        error: why the poll failed, None when it went well.
    """
    if after.quarantined:
        said = (
            f"has killed {after.strikes} workers running and is read no more ({after.last_error}); "
            "try it with `stancewatch feeds test`, and `stancewatch feeds retry` when it is mended"
        )
        return None if before.quarantined else Turn(said, new=True)
    if after.gone:
        said = f"is gone and polled no more ({after.last_error}); remove it, or look up where it went"
        return None if before.gone else Turn(said, new=True)
    if error is not None:
        return Turn(failure(after)) if _fails_long(after, error, now) else None
    # One that was asked long after it was due was gone until somebody had it tried again, or the bot stood still.
    known = before.baselined or before.first_tried is not None
    mended = before.failures > 0 or (known and now - before.next_due > SHORT_PATIENCE)
    if after.quiet:
        # Of one that was silent before, something else may have been told since.
        return None if before.quiet and not mended else Turn(silence(after), new=True)
    return Turn() if before.quiet or mended else None


def silence(state: PollState) -> str:
    """Return in one line how a source is silent that answers."""
    since = f"{state.last_new_item:%Y-%m-%d %H:%M} UTC" if state.last_new_item else "its first poll"
    used = _span(timedelta(seconds=state.longest_gap))
    return (
        f"answers, but has printed nothing new since {since}{_USED} for {used} at most; "
        "look whether the publisher has another feed"
    )


def failure(state: PollState) -> str:
    """Return in one line how a source fails."""
    since = f"since {state.last_success:%Y-%m-%d %H:%M} UTC" if state.last_success else "since it was added"
    return (
        f"{_UNREAD} {since}, {state.failures} tries running ({state.last_error}); it is tried on every few "
        "hours; look at it with `stancewatch feeds test`, or remove it"
    )


def _fails_long(state: PollState, error: StancewatchError, now: datetime) -> bool:
    since = state.last_success or state.first_tried
    if since is None or state.failures < FEWEST_TRIES:
        return False
    status = error.status if isinstance(error, FetchError) else 0
    lasting = isinstance(error, PermanentError | BotCheckError) or (400 <= status < 500 and status not in _PASSING)
    return now - since > (SHORT_PATIENCE if lasting else PATIENCE)


@dataclass(frozen=True, slots=True)
class SourceTroubles:
    """Tells the admins' channels. Blocks; one transaction, and may be called again.

    Args:
        routes: returns the routes that there are now.
        wake: called when something was left pending.
    """

    store: Store
    clock: Clock
    routes: Callable[[], Sequence[Route]]
    wake: Callable[[], None]

    def tell(self, source: Source | None, found: Turn) -> None:
        """Tell once what `turn` found; where it is over, those who were told are told so.

        Args:
            source: None for all of them.
        """
        key, name = (source.key, source.name) if source else (Trouble.OF_ALL, "")
        if not _differs(self.store.open_trouble(Trouble.OF_SOURCE, key), found):
            return
        if source and found.what and not found.new and self.store.open_trouble(Trouble.OF_SOURCE, Trouble.OF_ALL):
            return
        now = self.clock.now()
        with self.store.unit() as unit:
            known = unit.open_trouble(Trouble.OF_SOURCE, key)
            if not _differs(known, found):
                return
            if known is None:
                ident = short_id("source", key, now.isoformat())
                trouble = Trouble(ident, Trouble.OF_SOURCE, key, name, found.what, now)
            else:
                error, resumed = found.what or known.error, None if found.what else now
                trouble = replace(known, error=error, resumed=resumed, version=known.version + 1)
            # Those who were told of it before are told the rest, whatever the routes are by now.
            admins = () if known else unwaking([route for route in self.routes() if route.admin])
            unit.save_trouble(trouble)
            unit.enqueue(NoticeKind.TROUBLE, trouble.id, trouble.version, admins, now)
        log.warning("source_trouble", source=key, trouble=trouble.id, what=found.what or "over")
        self.wake()


def _differs(known: Trouble | None, found: Turn) -> bool:
    """Tell whether what was found is to be told, given what was told and is not over."""
    if known is None:
        return bool(found.what)
    fails = found.what.startswith(_UNREAD) and not known.error.startswith(_UNREAD)
    return not found.what or fails or (found.new and _lasting(found.what) != _lasting(known.error))


def _lasting(said: str) -> str:
    """Return of what is said what does not change while it goes on."""
    return said.partition(_USED)[0]


def _span(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
