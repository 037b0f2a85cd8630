"""What does the platforms' own record say: is anything lost, or told twice?

    lost        owed to a channel and not told when all is quiet, or told in another state than its last
    seen_twice  told by two messages at once: ever, where the bot posted both; for longer than BESIDE, where the
                platform made a copy of its own; or still when all is quiet

What is owed follows from what was printed (crashing/newsroom.py) and from the clock; the database is asked only which
brief a message is. A line in a thread is owed where its message told another state before.

Refuses to do: it looks at no state of the bot's but that.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select

from bot.store.columns import BRIEF
from bot.store.schema import briefs, deliveries
from crashing.bench import Bench
from crashing.chats import Chats, Message
from crashing.newsroom import DIGEST_MINUTES, Newsroom

BESIDE = 600.0
"""Seconds on the fast clock: a bot that is killed again and again looks anew after each 30 s, and half of what it asks
fails."""

Owed = tuple[str, str]
"""Place and what it should tell."""


@dataclass(frozen=True)
class Brief:
    """One brief as the bot made it: a digest of a time, or a catch-up."""

    slot: datetime | None


def lost(bench: Bench) -> set[Owed]:
    """Return what a channel lacks."""
    stories = lost_stories(bench.chats, bench.newsroom) | lost_lines(bench.chats)
    return stories | lost_briefs(bench.chats, bench.engine, bench.catch_ups, bench.clock.now())


def twice(bench: Bench) -> set[Owed]:
    """Return what a channel has or had twice."""
    return seen_twice(bench.chats) | surplus_briefs(bench.chats, bench.engine, bench.catch_ups)


def report(bench: Bench, *, came_to_rest: bool) -> dict[str, Any]:
    """Return the figures."""
    missing, doubled = sorted(lost(bench)), sorted(twice(bench))
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "kills": bench.killed.total(),
        "lost": len(missing),
        "seen_twice": len(doubled) + (bench.chats.longest > BESIDE),
        "seed": bench.seed,
        "stories": len(bench.newsroom.states),
        "messages": sum(message.live for message in bench.chats.kept),
        "copies_of_the_platform": sum(message.copy for message in bench.chats.kept),
        "deleted": bench.chats.deleted,
        "longest_beside_seconds": round(bench.chats.longest),
        "came_to_rest": came_to_rest,
        "catch_ups": bench.catch_ups,
        "killed_at": dict(sorted(bench.killed.items())),
        "not_reached": dict(sorted(bench.missed.items())),
        "faults": dict(sorted(bench.chats.faults.items())),
        "memory_mb": {"bot": bench.memory // 1024, "servers": parent // 1024},
        "broken": bench.broken,
        "unknown": dict(bench.chats.unknown),
        "lost_are": missing[:20],
        "twice_are": doubled[:20],
    }


def lost_stories(chats: Chats, newsroom: Newsroom) -> set[Owed]:
    """Return the stories that a channel does not tell, or not in their last state."""
    found = set()
    for place in chats.channels:
        told: dict[int, set[str]] = {}
        for message in chats.live(place):
            for story, state in message.told.items():
                told.setdefault(story, set()).add(state)
        for story, state in newsroom.states.items():
            # What is taken back before it could be told need not be told.
            if told.get(story, {state} if state == "Withdrawn" else set()) != {state}:
                found.add((place, f"story {story} {state}"))
    return found


def lost_lines(chats: Chats) -> set[Owed]:
    """Return the lines that a thread lacks: of a story that its message told in another state before."""
    found = set()
    for channel in chats.channels:
        for message in chats.live(channel):
            changed = {story for story, state in message.told.items() if {(story, state)} != _ever(message, story)}
            thread = message.ident if channel.isdecimal() else f"{channel}/{message.ident}"
            lines = {pair for line in chats.live(thread) for pair in line.told.items()}
            found |= {(thread, f"{story} {message.told[story]}") for story in changed} - {
                (thread, f"{story} {state}") for story, state in lines
            }
    return found


def lost_briefs(chats: Chats, engine: Engine, catch_ups: int, now: datetime) -> set[Owed]:
    """Return the briefs that a channel lacks: a catch-up for each time papers appeared, a digest for each time.

    Args:
        catch_ups: how often papers appeared.
        now: when all was quiet.
    """
    known, found = _briefs(engine), set()
    for place in chats.channels:
        shown = [known[one.delivery] for one in chats.live(place) if one.delivery in known]
        if (number := sum(brief.slot is None for brief in shown)) < catch_ups:
            found.add((place, f"{catch_ups - number} catch-up briefs"))
        found |= {(place, f"digest of {slot:%H:%M}") for slot in _missing([b.slot for b in shown if b.slot], now)}
    return found


def surplus_briefs(chats: Chats, engine: Engine, catch_ups: int) -> set[Owed]:
    """Return the briefs that a channel has although it was told of the same thing before."""
    known, found = _briefs(engine), set()
    for place in chats.channels:
        shown = Counter(known[one.delivery].slot for one in chats.live(place) if one.delivery in known)
        if shown.pop(None, 0) > catch_ups:
            found.add((place, "catch-up brief"))
        found |= {(place, f"digest of {slot}") for slot, times in shown.items() if times > 1}
    return found


def seen_twice(chats: Chats) -> set[Owed]:
    """Return what was told twice."""
    return chats.own | chats.beside.keys()


def _ever(message: Message, story: int) -> set[tuple[int, str]]:
    return {pair for pair in message.ever if pair[0] == story}


def _missing(slots: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the times between the first digest that was told and now whose digests were not."""
    told = set(slots)
    step, owed = timedelta(minutes=DIGEST_MINUTES), set()
    slot = min(told, default=now)
    while slot <= now - step:
        owed.add(slot)
        slot += step
    return owed - told


def _briefs(engine: Engine) -> Mapping[str, Brief]:
    """Return the brief that each delivery is of, as the bot made them."""
    rows = select(deliveries.c.id, briefs.c.value).join(briefs, briefs.c.id == deliveries.c.subject)
    with engine.connect() as connection:
        found = connection.execute(rows.where(deliveries.c.kind == "brief")).all()
    return {str(row.id): Brief(_slot(row.value)) for row in found}


def _slot(value: str) -> datetime | None:
    return BRIEF.load(value).digest
