"""What would have been told, had these items arrived at their dates?

The whole pipeline on a virtual clock: each item arrives at its date, time passes between items (signals expire),
and deliveries are drained after each arrival. `stancewatch replay` and the demo are made of it.

Refuses to do: no waiting and no network; whoever wants a pace sets it in `pause`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import VirtualClock
from bot.domain import Entry, Item, Source, Tier
from bot.ingest import Ingest

STEP = timedelta(hours=6)
"""How often time is looked at between two items."""

QUIET_AFTER = timedelta(days=15)
"""Nothing expires later than this after the last item."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item and when it arrives."""

    at: datetime
    source: Source
    entry: Entry


def arrivals(items: Sequence[Item], sources: Iterable[Source]) -> list[Arrival]:
    """Return the items as arrivals by date; an item without one arrives with the item before it.

    Args:
        sources: lend an item the origin group and the tier of its publisher.
    """
    known = by_publisher(sources)
    out: list[Arrival] = []
    last = min((item.date for item in items if item.date), default=datetime(2024, 6, 20, tzinfo=UTC))
    for item in items:
        last = item.date or last
        entry = Entry(guid=item.id, url=item.url, title=item.title, text=item.text, published=item.date)
        out.append(Arrival(last, _source_of(item, known), entry))
    return sorted(out, key=lambda arrival: arrival.at)


def by_publisher(sources: Iterable[Source]) -> dict[str, Source]:
    """Return one source for each publisher's name, case-folded; a feed of its own before a search."""
    found: dict[str, Source] = {}
    for source in sources:
        name = source.publisher.casefold()
        if name not in found or found[name].tier is Tier.SEARCH:
            found[name] = source
    return found


def _source_of(item: Item, known: Mapping[str, Source]) -> Source:
    name = item.publisher or "unnamed"
    like = known.get(name.casefold())
    group = like.origin_group if like else name.casefold()
    tier = like.tier if like and like.tier is not Tier.SEARCH else Tier.OUTLET
    return Source(f"replay:{name}", name, "", "replay", item.language, name, group, tier)


async def play(
    coming: Sequence[Arrival],
    ingest: Ingest,
    clock: VirtualClock,
    deliver: Callable[[], Awaitable[object]],
    pause: Callable[[Arrival], Awaitable[None]],
) -> None:
    """Let every arrival through the pipeline, and time pass between and after them.

    Args:
        deliver: drains what is pending.
        pause: awaited before each arrival: progress, or the pace of a demo.
    """
    if not coming:
        return
    clock.set(coming[0].at)
    await ingest.open_ledgers(clock.now())
    for arrival in coming:
        await _pass_time(arrival.at, ingest, clock, deliver)
        clock.set(arrival.at)
        await pause(arrival)
        await ingest.accept(arrival.source, [arrival.entry], clock.now())
        await deliver()
    await _pass_time(clock.now() + QUIET_AFTER, ingest, clock, deliver)


async def _pass_time(
    until: datetime, ingest: Ingest, clock: VirtualClock, deliver: Callable[[], Awaitable[object]]
) -> None:
    quiet = clock.now() + QUIET_AFTER
    while clock.now() + STEP < min(until, quiet):
        clock.set(clock.now() + STEP)
        if await ingest.review(clock.now()):
            await deliver()
