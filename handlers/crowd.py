"""How does everybody in a crowd get one answer?

    once      an interaction that arrives twice is handled once
    no echo   a second press of the same button by the same person, at once after the first, has no effect of its own
    fair      nobody may ask more often than so many times a minute; whoever does is told
    in turn   so many are worked on at a time; the others wait, acknowledged
    to the end  what is under way when the bot stops is given a moment

Refuses to do: nothing is answered here; nobody is forgotten in the line.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from aiolimiter import AsyncLimiter

ECHO = 3.0
"""Seconds in which a second press is taken for a double click."""

AT_ONCE = 12
"""Questions worked on at a time: more would only wait for the store's threads, and hold acknowledgements up."""

FINISHING = 3.0
"""Seconds that what is under way may still take when the bot stops."""


@dataclass(slots=True)
class Underway:
    """What was acknowledged and is not done yet."""

    _tasks: set[asyncio.Task[Any]] = field(default_factory=set, repr=False)

    def add(self, task: asyncio.Task[Any]) -> None:
        """Keep a task in mind until it is done."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait for a moment until all is done; nothing more is to be added by then."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FINISHING)


@dataclass(slots=True)
class Turnstile:
    """Lets each interaction in once, and each person so often.

    Args:
        most, per: how many in how many seconds somebody may ask.
        remembered: interactions, presses and people that are kept in mind.
        now: seconds of a clock that never goes back.
        room: held while a question is worked on; who waits for it comes in in the order of asking.
    """

    most: float = 20
    per: float = 60.0
    remembered: int = 10_000
    now: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, None] = field(default_factory=OrderedDict, repr=False)
    _people: OrderedDict[str, AsyncLimiter] = field(default_factory=OrderedDict, repr=False)
    _presses: OrderedDict[str, float] = field(default_factory=OrderedDict, repr=False)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE), repr=False)

    def first(self, ident: str) -> bool:
        """Tell whether an interaction has not been let in before; "" is always new."""
        if not ident:
            return True
        if ident in self._seen:
            return False
        self._seen[ident] = None
        if len(self._seen) > self.remembered:
            self._seen.popitem(last=False)
        return True

    @contextmanager
    def pressing(self, press: str) -> Iterator[bool]:
        """Tell whether a press is one of its own, and no echo of one that is worked on or was made just now.

        Args:
            press: who pressed what below which message; "" is never an echo.
        """
        began = self.now()
        if press and self._presses.get(press, -inf) > began:
            yield False
            return
        self._until(press, inf)
        try:
            yield True
        finally:
            self._until(press, began + ECHO)

    def _until(self, press: str, moment: float) -> None:
        if not press:
            return
        self._presses[press] = moment
        self._presses.move_to_end(press)
        if len(self._presses) > self.remembered:
            self._presses.popitem(last=False)

    async def admits(self, person: str) -> bool:
        """Tell whether somebody may ask now; what they ask counts when they may."""
        limiter = self._people.pop(person, None) or AsyncLimiter(self.most, self.per)
        self._people[person] = limiter
        if len(self._people) > self.remembered:
            self._people.popitem(last=False)
        if not limiter.has_capacity():
            return False
        await limiter.acquire()  # there is room, so that this waits for nobody
        return True
