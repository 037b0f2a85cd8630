"""How do two processes share a clock that runs only while both of them wait?

Whatever takes time of the machine takes none on this clock; when neither the platforms nor the bot has anything to do,
it jumps to whichever timer is due first. So 30 s that a message is late pass in a moment, and however busy the machine
is, nothing is late that was not meant to be.

    the platforms' loop leads: idle → asks the bot's loop → idle too, having read all that was sent → the clock jumps

Loopback sockets hand over at once what is sent, so what one side sent before it became idle is there for the other.

Refuses to do: threads that are at work hold the clock; nothing of the libraries is told that time is not the wall's.
"""

from __future__ import annotations

import asyncio
import math
import mmap
import os
import selectors
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_NOW, _ASKED, _ANSWERED, _DUE = 0, 8, 16, 24
"""Where the shared file holds the time, the leader's question, the bot's answer, and when the bot has to wake."""

_LOOK = 0.1
"""Seconds of the wall's between two looks whether the bot is still alive."""


class SharedTime:
    """The clock, and how one side wakes the other.

    Args:
        begin: seconds since 1970 at its beginning.
        leader, bot: event file descriptors on which each is woken.
    """

    def __init__(self, file: Path, begin: float, leader: int, bot: int) -> None:
        if not file.exists():
            file.write_bytes(bytes(64))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), 64)
        self.begin, self.leader, self.bot = begin, leader, bot

    def seconds(self) -> float:
        """Return seconds since 1970."""
        return self.begin + self.passed

    def now(self) -> datetime:
        """Return the time."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    @property
    def passed(self) -> float:
        """Seconds since the beginning."""
        return self._get(_NOW)

    @passed.setter
    def passed(self, seconds: float) -> None:
        self._set(_NOW, seconds)

    @property
    def asked(self) -> float:
        """Number of the leader's last question whether the bot is idle."""
        return self._get(_ASKED)

    def ask(self) -> None:
        """Ask anew: what the bot has answered before holds no longer."""
        self._set(_ASKED, self.asked + 1)

    def answer(self, question: float, due: float) -> None:
        """Say that the bot is idle until a time, unless something is sent to it after that question."""
        self._set(_DUE, due)
        self._set(_ANSWERED, question)

    def forget(self) -> None:
        """Take back any answer: another bot is about to begin."""
        self._set(_ANSWERED, -1.0)

    @property
    def due(self) -> float | None:
        """When the bot has to wake; None while it is not known to be idle."""
        return self._get(_DUE) if self._get(_ANSWERED) == self.asked else None

    def _get(self, place: int) -> float:
        return float(struct.unpack_from("<d", self._memory, place)[0])

    def _set(self, place: int, value: float) -> None:
        struct.pack_into("<d", self._memory, place, value)


class _Selector(selectors.EpollSelector):
    """Waits in the shared time instead of the wall's.

    Args:
        woken: on which the other side wakes this one.
    """

    def __init__(self, time: SharedTime, woken: int) -> None:
        super().__init__()
        self.time, self.woken = time, woken
        self.at_work = 0
        self.register(woken, selectors.EVENT_READ)

    def look(self, seconds: float | None = 0) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, within so many seconds of the wall's."""
        found = super().select(seconds)
        if any(key.fd == self.woken for key, _ in found):
            os.eventfd_read(self.woken)
        return [(key, mask) for key, mask in found if key.fd != self.woken]


class BotsSelector(_Selector):
    """Says when it is idle, and waits for what comes."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready."""
        until = math.inf if timeout is None else self.time.passed + timeout
        while True:
            question = self.time.asked
            if (ready := self.look()) or self.time.passed >= until:
                return ready
            if not self.at_work:
                self.time.answer(question, until)
                os.eventfd_write(self.time.leader, 1)
            if (ready := self.look(None)) or self.time.passed >= until:
                return ready


class LeadersSelector(_Selector):
    """Lets the clock jump when both are idle.

    Args:
        bot: process id of the bot that runs; 0 for none.
        held: while it is not 0, something goes on that the clock waits for.
    """

    bot = 0
    held = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready."""
        until, asked = math.inf if timeout is None else self.time.passed + timeout, False
        self.time.ask()
        while True:
            due = self.time.due if self.bot else math.inf
            if (ready := self.look()) or self.time.passed >= until:
                return ready
            if self.at_work or self.held or min(until, due or 0) == math.inf:
                return self.look(None)
            if due is None:
                if not asked:
                    os.eventfd_write(self.time.bot, 1)
                    asked = True
                if ready := self.look(_LOOK):
                    return ready
                self.bot = self.bot if alive(self.bot) else 0
                continue
            self.time.passed = max(self.time.passed, min(until, due))
            if due <= self.time.passed:
                self.time.ask()
                asked = True
                os.eventfd_write(self.time.bot, 1)


class SharedLoop(asyncio.SelectorEventLoop):
    """An event loop in that time.

    Args:
        threads: work that blocks is done on threads; else at once, which is many times faster on a busy machine.
    """

    def __init__(self, selector: _Selector, *, threads: bool = True) -> None:
        self.waits, self._threads = selector, threads
        super().__init__(selector)

    def time(self) -> float:
        """Return seconds since the clock's beginning."""
        return self.waits.time.passed

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]  # typeshed has a variadic one
        """Run something on a thread; until it is done the clock stands."""
        if not self._threads:
            return self._at_once(func, *args)
        self.waits.at_work += 1
        done = super().run_in_executor(executor, func, *args)
        done.add_done_callback(self._done)
        return done

    def _at_once(self, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - whoever awaits it handles it
            done.set_exception(error)
        return done

    def _done(self, _: object) -> None:
        self.waits.at_work -= 1


@contextmanager
def held(selector: LeadersSelector) -> Iterator[None]:
    """Let the clock stand while the block runs."""
    selector.held += 1
    try:
        yield
    finally:
        selector.held -= 1


def alive(process: int) -> bool:
    """Tell whether a process is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
