"""A loopback Slack in a process of its own: what it keeps, and what it needs to check each message, is not the bot's.

The Slack of the tests holds every message against Slack's own schema, which takes a hundred times the message's memory for
a moment: in one process with the bot that was most of what the bot seemed to grow by.

Refuses to do: nothing is measured here; what goes wrong is chosen in press.py.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_double
from datetime import datetime
from multiprocessing.connection import Connection

from borrowed import loopback
from press import Faulty


class SlackApart:
    """Asks that process. Each method blocks for a moment.

    Args:
        seconds: what its clock shows, since 1970.
    """

    def __init__(self, pipe: Connection, seconds: c_double) -> None:
        self._pipe, self._seconds = pipe, seconds
        self.api, self.token = map(str, pipe.recv())

    def at(self, now: datetime) -> None:
        """Set its clock."""
        self._seconds.value = now.timestamp()

    def plan(self) -> None:
        """Have its next post go wrong now and then."""
        self._ask("plan")

    def forget(self, before: datetime) -> None:
        """Let it forget what is older, all but its number."""
        self._ask("forget", before)

    def told(self) -> Counter[str]:
        """Return how many messages it showed of each delivery, those that were deleted left out."""
        found = self._ask("told")
        assert isinstance(found, Counter)
        return found

    def _ask(self, name: str, *given: object) -> object:
        self._pipe.send((name, given))
        return self._pipe.recv()


@contextmanager
def opened_slack_apart(now: datetime, seed: int) -> Iterator[SlackApart]:
    """Start that process; end it with the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    seconds = context.Value("d", now.timestamp(), lock=False)
    process = context.Process(target=_serve, args=(theirs, seconds, seed), daemon=True)
    process.start()
    theirs.close()
    try:
        yield SlackApart(ours, seconds)
    finally:
        ours.close()
        process.join(10)
        process.kill()


def _serve(pipe: Connection, seconds: c_double, seed: int) -> None:
    asyncio.run(_answer(pipe, seconds, seed))


async def _answer(pipe: Connection, seconds: c_double, seed: int) -> None:
    kit = loopback()
    refused = kit.Fault(status=429, headers={"Retry-After": "30"})
    faults = [refused, kit.Fault(status=503), kit.Fault(drop=True), kit.Fault(taken=True)]
    async with kit.opened_slack() as slack:
        slack.now = lambda: seconds.value
        faulty = Faulty(slack, faults, random.Random(seed))
        pipe.send((slack.api, kit.BOT_TOKEN))
        while True:
            try:
                name, given = await asyncio.to_thread(pipe.recv)
            except EOFError:
                return
            pipe.send(getattr(faulty, name)(*given))
