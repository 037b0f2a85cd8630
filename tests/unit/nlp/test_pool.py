"""Does one poisonous text cost only itself?"""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from bot.domain import Item, ReadResult
from bot.nlp import pool as pools
from bot.nlp.pool import ReaderPool


class Echo:
    """A reader that fails, hangs or takes its worker along on some words."""

    def read(self, item: Item) -> ReadResult:
        if item.title == "deadly":
            os._exit(1)
        if item.title == "odd":
            raise KeyError("a fault of ours")
        while item.title == "endless":
            pass
        return ReadResult(item.id, True, "passed", "en")


@pytest.fixture
async def pool() -> AsyncIterator[ReaderPool]:
    pool = ReaderPool(Echo)
    yield pool
    pool.close()


def items(*titles: str) -> list[Item]:
    return [Item(str(number), title, "") for number, title in enumerate(titles)]


async def test_results_come_in_the_order_of_the_items(pool: ReaderPool) -> None:
    results = await pool.read(items(*["plain"] * (2 * pools.BATCH + 1)))
    assert [result.id for result in results] == [str(n) for n in range(2 * pools.BATCH + 1)]


async def test_no_items_need_no_worker(pool: ReaderPool) -> None:
    assert await pool.read([]) == []


async def test_an_item_that_kills_its_worker_costs_only_itself(pool: ReaderPool) -> None:
    first, deadly, last = await pool.read(items("plain", "deadly", "plain"))
    assert (first.relevant, deadly.relevant, last.relevant) == (True, False, True)
    assert deadly.gate == "unreadable: worker died"


async def test_an_item_that_never_ends_costs_only_itself(pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "START_SECONDS", 0.5)
    monkeypatch.setattr(pools, "SECONDS_AN_ITEM", 0.0)
    endless, plain = await pool.read(items("endless", "plain"))
    assert endless.gate == "unreadable: out of time"
    assert plain.relevant


async def test_an_item_that_a_reader_fails_on_costs_only_itself(pool: ReaderPool) -> None:
    first, odd, last = await pool.read(items("plain", "odd", "plain"))
    assert (first.relevant, odd.relevant, last.relevant) == (True, False, True)
    assert odd.gate == "unreadable: KeyError: 'a fault of ours'"


async def test_a_feed_of_thousands_of_items_does_not_stand_before_the_others(pool: ReaderPool) -> None:
    flood = asyncio.create_task(pool.read(items(*["plain"] * (40 * pools.BATCH))))
    await asyncio.sleep(0)
    done = [len(await pool.read(items("plain"))) for _ in range(3)]
    assert done == [1, 1, 1]
    assert not flood.done(), "each of the small ones waited for two batches at most"
    assert len(await flood) == 40 * pools.BATCH
