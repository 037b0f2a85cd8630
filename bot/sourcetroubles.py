"""Who is told that a source has fallen silent, is gone, or was put aside, and that it speaks again?

A channel of the people who run the bot (`admin: true` in its route): once when it begins, and by editing that message
when it is over. It wakes nobody.

Refuses to do: what silence is stands in bot/rhythm.py; a source that fails now and then is nobody's news.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.domain import NoticeKind, PollState, Route, Source, Trouble
from bot.identity import short_id
from bot.ports import Clock, Store
from bot.routing import unwaking

log = structlog.get_logger()

OVER = "over"


def turn(before: PollState, after: PollState) -> str:
    """Return what a poll has turned for whoever watches over the sources: what is wrong, OVER, or "". Pure."""
    if after.quarantined and not before.quarantined:
        return (
            f"has killed {after.strikes} workers running and is read no more ({after.last_error}); "
            "try it with `stancewatch feeds test`, and `stancewatch feeds retry` when it is mended"
        )
    if after.gone and not before.gone:
        return f"is gone and polled no more ({after.last_error}); remove it, or look up where it went"
    if after.quiet and not before.quiet:
        return silence(after)
    return OVER if before.quiet and not after.quiet else ""


def silence(state: PollState) -> str:
    """Return in one line how a source is silent that answers."""
    since = f"{state.last_new_item:%Y-%m-%d %H:%M} UTC" if state.last_new_item else "its first poll"
    used = _span(timedelta(seconds=state.longest_gap))
    return (
        f"answers, but has printed nothing new since {since}, where it used to pause for {used} at most; "
        "look whether the publisher has another feed"
    )


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

    def tell(self, source: Source, what: str) -> None:
        """Tell once what `turn` found; where it is over, those who were told are told so."""
        admins = unwaking([route for route in self.routes() if route.admin])
        now = self.clock.now()
        with self.store.unit() as unit:
            known = unit.open_trouble(Trouble.OF_SOURCE, source.key)
            if (known is None) == (what == OVER):
                return
            if known is None:
                ident = short_id("source", source.key, now.isoformat())
                trouble = Trouble(ident, Trouble.OF_SOURCE, source.key, source.name, what, now)
            else:
                trouble = replace(known, resumed=now, version=known.version + 1)
                admins = ()
            unit.save_trouble(trouble)
            unit.enqueue(NoticeKind.TROUBLE, trouble.id, trouble.version, admins, now)
        log.warning("source_trouble", source=source.key, trouble=trouble.id, what=what)
        self.wake()


def _span(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
