"""How is each source, and what is to be done about those that are not well?

    sources with their states, and what became of their articles ─→ one SourceHealth each, those with a problem first

For `stancewatch feeds list`, and for whoever asks in a chat.

Refuses to do: nothing is polled, and no address is shown with its secrets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import PollState, Source, shown
from bot.ports import Store
from bot.rhythm import interval
from bot.sourcetroubles import silence

WINDOW = timedelta(days=30)
"""How far back articles are counted."""

_PATIENCE = 3


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source is.

    Args:
        url: without secrets; where it has moved for good, that address.
        every: how long it waits between polls now, but for what its publisher asks.
        seconds: that its publisher took to answer the last poll.
        status: well, failing, silent, gone, quarantined, off or new (never polled).
        advice: one line; what is wrong and what to do, "" when it is well.
        items: articles stored of it in the window.
        relevant: of those, how many passed the gate.
        read: of those, how many hold a position.
    """

    key: str
    name: str
    url: str
    kind: str
    language: str
    tier: str
    author: str
    every: timedelta
    next_due: datetime
    last_success: datetime | None
    last_new_item: datetime | None
    seconds: float
    failures: int
    status: str
    advice: str
    items: int = 0
    relevant: int = 0
    read: int = 0

    @property
    def troubled(self) -> bool:
        """Whether a person should look at it."""
        return self.status not in {"well", "new", "off"}


def sources_health(store: Store, now: datetime) -> tuple[SourceHealth, ...]:
    """Return how every source is, those with a problem first. Blocks: call it off the event loop."""
    return judged(store.sources(), store.source_counts(now - WINDOW), now)


def judged(
    watched: Iterable[tuple[Source, PollState]], counts: Mapping[str, tuple[int, int, int]], now: datetime
) -> tuple[SourceHealth, ...]:
    """Judge sources by what is stored of them. Pure."""
    found = [_health(source, state, counts.get(source.key, (0, 0, 0)), now) for source, state in watched]
    return tuple(sorted(found, key=lambda health: (not health.troubled, health.key)))


def _health(source: Source, state: PollState, counts: tuple[int, int, int], now: datetime) -> SourceHealth:
    status, advice = _status(source, state)
    return SourceHealth(
        key=source.key,
        name=source.name,
        url=shown(state.moved_to or source.url),
        kind=source.kind,
        language=source.language,
        tier=source.tier.value,
        author=source.author,
        every=interval(source, state, now),
        next_due=state.next_due,
        last_success=state.last_success,
        last_new_item=state.last_new_item,
        seconds=state.seconds,
        failures=state.failures,
        status=status,
        advice=advice,
        items=counts[0],
        relevant=counts[1],
        read=counts[2],
    )


def _status(source: Source, state: PollState) -> tuple[str, str]:
    if not source.enabled:
        return "off", ""
    if state.gone:
        return "gone", f"{state.last_error}; remove it, or look up where it went"
    if state.quarantined:
        said = f"{state.last_error}; it is polled no more; try it with `stancewatch feeds test {source.key}`"
        return "quarantined", f"{said}, and `stancewatch feeds retry {source.key}` when it is mended"
    if state.failures:
        often = f"{state.failures} times running: " if state.failures >= _PATIENCE else ""
        return "failing", often + state.last_error
    if state.quiet:
        return "silent", silence(state)
    return ("well", "") if state.last_success else ("new", "")
