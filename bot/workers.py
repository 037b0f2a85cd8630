"""How is CPU work done without the event loop, or the whole program, paying for it?

Worker processes with a limit of time for each call. A worker that dies or is stopped is replaced; when the pool itself
breaks, as when an idle worker is killed for want of memory, a new one takes over and the call is made again.

Refuses to do: it knows nothing of what is worked on, and tries no call again that ran out of its time.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pebble import ProcessFuture, ProcessPool

T = TypeVar("T")

NICENESS = 5
"""How far a worker stands behind the process that answers people, as the operating system counts it."""


class Workers:
    """A pool of worker processes; they start with the first call.

    Args:
        count: processes at most.
        preload: modules that the fork server imports, so that workers start fast.
        initializer, initargs: called once in each worker; picklable.
    """

    def __init__(
        self, count: int, preload: Sequence[str], initializer: Callable[..., None], initargs: Sequence[object] = ()
    ) -> None:
        self._count = count
        self._preload = list(preload)
        self._initializer = _behind
        self._initargs = (initializer, *initargs)
        self._pool: ProcessPool | None = self._new()
        self._started: ProcessPool | None = None
        self._starting = asyncio.Lock()

    async def run(self, function: Callable[..., T], *args: object, seconds: float) -> T:
        """Call `function` in a worker and return what it returns.

        Args:
            function: of a module's top level, as its name is what travels.
            seconds: after which the worker is stopped.

        Raises:
            TimeoutError: it ran out of its time.
            ProcessExpired: its worker died.
            BrokenProcessPool: workers die as soon as they are started, or the pool is closed.
        """
        for _ in range(2):
            pool = self._pool
            if pool is None:
                break
            try:
                future = await self._schedule(pool, function, args, seconds)
            except RuntimeError:
                # pebble says so when its pool is broken
                await self._renew(pool)
                continue
            try:
                return await asyncio.wrap_future(future)
            except BrokenProcessPool:
                await self._renew(pool)
        raise BrokenProcessPool("workers die as soon as they are started")

    async def _schedule(
        self, pool: ProcessPool, function: Callable[..., T], args: tuple[object, ...], seconds: float
    ) -> ProcessFuture[T]:
        if pool is not self._started:
            # The first call starts the processes, and comes back when they have imported what they need: a second in
            # which the event loop would answer nobody.
            async with self._starting:
                future = await asyncio.to_thread(pool.schedule, function, args=args, timeout=seconds)
                self._started = pool
            return future
        return pool.schedule(function, args=args, timeout=seconds)

    def close(self) -> None:
        """End the workers at once. Blocks for a moment."""
        pool, self._pool = self._pool, None
        if pool is not None:
            _end(pool)

    async def _renew(self, broken: ProcessPool) -> None:
        if self._pool is broken:
            self._pool = self._new()
            await asyncio.to_thread(_end, broken)

    def _new(self) -> ProcessPool:
        # A fork of this process would copy its threads' locks; the fork server has none and starts fast,
        # because it has imported what the workers need.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(self._preload)
        return ProcessPool(
            max_workers=self._count, initializer=self._initializer, initargs=self._initargs, context=context
        )


def _behind(initializer: Callable[..., None], *initargs: object) -> None:
    """Make this worker give way to whoever answers people, then call its own initializer."""
    os.nice(NICENESS)
    initializer(*initargs)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it without annotations
    pool.join()
