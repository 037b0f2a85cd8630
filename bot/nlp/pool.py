"""How are items read without holding up the event loop that carries chat?

Worker processes, each with a reader of its own that loads its models when first needed. A batch that runs out
of its time, kills its worker or fails is read again item by item, so that one poisonous text costs only itself. A
feed of thousands of new items takes its turn with the others, a few batches at a time.

Refuses to do: it does not read; bot/nlp/reader.py does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool

import structlog
from pebble import ProcessExpired

from bot.domain import Item, ReadResult
from bot.errors import ConfigError
from bot.ports import Reader
from bot.workers import Workers

log = structlog.get_logger()

BATCH = 64
"""Items sent to a worker at once: enough to hide the cost of sending, few enough to share them out."""

START_SECONDS = 120.0
SECONDS_AN_ITEM = 5.0
"""Time allowed for a batch: for loading models, and for each item on a slow machine."""

_WHY = {TimeoutError: "out of time", ProcessExpired: "worker died"}

_reader: Reader | None = None


def _open(build: Callable[[], Reader]) -> None:
    global _reader  # noqa: PLW0603 - a worker process holds exactly one reader, made by its initializer
    _reader = build()


def _read(items: Sequence[Item]) -> list[ReadResult]:
    if _reader is None:
        raise RuntimeError("the worker was started without its initializer")
    return [_reader.read(item) for item in items]


class ReaderPool:
    """Readers in worker processes.

    Args:
        build: makes a reader; must be picklable. Called once in each worker.
        workers: number of processes; they start with the first item.
    """

    def __init__(self, build: Callable[[], Reader], workers: int = 1) -> None:
        self._workers = Workers(workers, ["bot.nlp.reader"], _open, (build,))
        # Enough that a worker never waits for the next batch; whoever else comes waits for no more than these.
        self._at_once = workers + 1

    async def read(self, items: Sequence[Item]) -> list[ReadResult]:
        """Return one result an item, in order; an item that cannot be read gets a result that says so."""
        batches = [items[i : i + BATCH] for i in range(0, len(items), BATCH)]
        turns = asyncio.Semaphore(self._at_once)

        async def in_turn(batch: Sequence[Item]) -> list[ReadResult]:
            async with turns:
                return await self._batch(batch)

        results = await asyncio.gather(*(in_turn(batch) for batch in batches))
        return [result for batch in results for result in batch]

    async def _batch(self, items: Sequence[Item]) -> list[ReadResult]:
        try:
            return await self._workers.run(_read, tuple(items), seconds=START_SECONDS + SECONDS_AN_ITEM * len(items))
        except (BrokenProcessPool, ConfigError):
            raise  # no fault of a text
        except Exception as error:  # noqa: BLE001 - what a reader trips over in a stranger's text costs that text alone
            reason = _WHY.get(type(error), f"{type(error).__name__}: {error}")
            if len(items) == 1:
                log.warning("item_unreadable", article=items[0].id, reason=reason)
                return [ReadResult(items[0].id, False, f"unreadable: {reason}", items[0].language)]
            log.warning("batch_retried_singly", items=len(items), reason=reason)
            return [result for item in items for result in await self._batch((item,))]

    def close(self) -> None:
        """End the workers at once."""
        self._workers.close()
