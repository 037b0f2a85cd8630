"""Forty feeds that print at a fixed rate, what is read in them, and a Slack that fails now and then

What `soak.py` lets a bot live through, on its virtual clock; a seed gives the same faults again.

Refuses to do: nothing is measured here.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from crashing.newsroom import storyline as many_holders

from bot.clock import VirtualClock
from bot.domain import By, Entry, Item, Poll, PollState, Reading, ReadResult, Source, Storyline
from bot.errors import FetchError

START = datetime(2024, 10, 18, tzinfo=UTC)
FEEDS = 40
POSITION_EVERY = 201
HOLDERS = 47
OLDER = 10
"""Items that a feed shows again beside the new ones."""


class LoopbackSlack(Protocol):
    """The Slack of the tests."""

    messages: dict[tuple[str, str], dict[str, Any]]
    calls: list[tuple[str, dict[str, Any]]]
    faults: dict[str, list[Any]]

    def next(self, method: str, *faults: object) -> None:
        """Have the next calls of a method go wrong."""
        ...


@dataclass
class Press:
    """Forty feeds that print at a fixed rate.

    Args:
        rate: articles a second, of all together.
    """

    clock: VirtualClock
    rate: float
    rng: random.Random
    end: datetime
    kind: str = "rss"
    shown: dict[str, int] = field(default_factory=dict)

    def printed(self, source: str) -> int:
        """Return how many articles a feed has printed so far."""
        number, seconds = int(source.rpartition("-")[2]), (min(self.clock.now(), self.end) - START).total_seconds()
        return max(0, (int(seconds * self.rate) - number + FEEDS - 1) // FEEDS)

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Return what is new, and some of what is not; one poll in fifty fails."""
        if self.rng.random() < 0.02:
            raise FetchError(f"{source.url}: 503", status=503)
        count = self.printed(source.key)
        # A feed that could not be stored shows the same again.
        begin = max(0, self.shown.get(source.key, 0) - OLDER)
        numbers = range(begin, count)
        return Poll(tuple(self._entry(source.key, n) for n in reversed(numbers)), state, changed=bool(numbers))

    def _entry(self, source: str, n: int) -> Entry:
        number = n * FEEDS + int(source.rpartition("-")[2])
        url = f"https://{source}.example/{number}"
        # Every text has words of its own: copies of one text would be one origin.
        digest = hashlib.sha512(url.encode()).hexdigest()
        words = " ".join(digest[place : place + 6] for place in range(0, len(digest), 6))
        text = f"Words of story {number}, which is about the weather: {words}. {words}."
        return Entry(str(number), url, f"Story {number}", text, START + timedelta(seconds=number / self.rate))


def climbing(articles: int) -> Storyline:
    """Return a storyline whose holders have as many steps to climb as that many articles tell of.

    All have moved once after four hours at two articles a second: what stands, and what a digest shows, is as much then
    as at the end of the day.
    """
    told = many_holders(HOLDERS)
    low, high = told.tracks[0].rungs
    steps = articles // POSITION_EVERY // 3 // HOLDERS + 1
    rungs = (low, *(replace(high, id=f"step-{n}") for n in range(1, steps + 1)))
    return replace(told, tracks=(replace(told.tracks[0], rungs=rungs),))


class Reading200:
    """Gives one item in two hundred a position, as if it had been read before.

    Three in a row say the same of one holder, each from a house of its own: a signal, confirmed, one origin more. Of
    every other turn it is official. A holder's next turn is its next step.
    """

    async def __call__(self, items: Sequence[Item]) -> list[ReadResult]:
        """Return a result an item."""
        return [self._read(item) for item in items]

    def _read(self, item: Item) -> ReadResult:
        number = int(item.url.rpartition("/")[2])
        if number % POSITION_EVERY:
            return ReadResult(item.id, False, "no holder", item.language)
        turn = number // POSITION_EVERY // 3
        by = By.OFFICIAL if turn % 2 else By.REPORTED
        holder, step = f"h{turn % HOLDERS + 1}", f"step-{turn // HOLDERS + 1}"
        reading = Reading("arms", holder, step, by, item.title, 0.9)
        return ReadResult(item.id, True, "passed", item.language, (reading,))


class Faulty:
    """What goes wrong at Slack, and how often it shows what: messages by delivery."""

    def __init__(self, slack: LoopbackSlack, faults: Sequence[object], rng: random.Random) -> None:
        self._slack, self._faults, self._rng = slack, faults, rng
        self._told: Counter[str] = Counter()

    def plan(self) -> None:
        """Have the next post go wrong now and then."""
        if self._rng.random() < 0.02 and not self._slack.faults.get("chat.postMessage"):
            self._slack.next("chat.postMessage", self._rng.choice(self._faults))

    def told(self) -> Counter[str]:
        """Return how many messages were shown of each delivery, those that were deleted left out."""
        return self._told + Counter(_delivery(message) for message in self._slack.messages.values())

    def forget(self, before: datetime) -> None:
        """Forget what is older, all but its number: the loopback's memory is in the figures."""
        self._slack.calls.clear()
        for place in [place for place in self._slack.messages if float(place[1]) < before.timestamp()]:
            self._told[_delivery(self._slack.messages.pop(place))] += 1


def _delivery(message: dict[str, Any]) -> str:
    carried = message["metadata"]
    found = json.loads(carried) if isinstance(carried, str) else carried
    return str(found["event_payload"]["delivery"])
