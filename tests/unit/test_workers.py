"""Is work handed to processes without the event loop standing still?"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from pebble import ProcessFuture

import bot.workers
from bot.workers import Workers


class Pool:
    """A pool that takes until `open` is set to start, as a real one does while its processes import."""

    def __init__(self, **_kwargs: object) -> None:
        self.open = threading.Event()
        self.threads: list[int] = []

    def schedule(self, function: Callable[[int], int], args: tuple[int, ...], timeout: float) -> ProcessFuture[int]:
        assert timeout == 5
        self.threads.append(threading.get_ident())
        assert self.open.wait(5)
        future: ProcessFuture[int] = ProcessFuture()
        future.set_result(function(*args))
        return future

    def stop(self) -> None:
        """Nothing runs."""

    def join(self) -> None:
        """Nothing runs."""


def doubled(number: int) -> int:
    return 2 * number


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Pool:
    pool = Pool()
    monkeypatch.setattr(bot.workers, "ProcessPool", lambda **_kwargs: pool)
    return pool


async def test_the_loop_goes_on_while_the_processes_start(pool: Pool) -> None:
    workers = Workers(1, [], print)
    asked = [asyncio.create_task(workers.run(doubled, number, seconds=5)) for number in (1, 2)]
    await asyncio.sleep(0.01)
    assert not any(one.done() for one in asked)
    pool.open.set()
    assert await asyncio.gather(*asked) == [2, 4]
    assert threading.get_ident() not in pool.threads


async def test_started_processes_are_handed_work_at_once(pool: Pool) -> None:
    pool.open.set()
    workers = Workers(1, [], print)
    assert await workers.run(doubled, 1, seconds=5) == 2
    assert await workers.run(doubled, 2, seconds=5) == 4
    assert pool.threads[1] == threading.get_ident()
    workers.close()
