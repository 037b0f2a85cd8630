"""Does one bot work and the other wait, and does the right one stop?"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import ClaimedError, StoreBusyError
from bot.front import is_front, stay_front, take_over
from bot.store import SqlStore, open_store

SOON = 0.01


@pytest.fixture
def pair(postgres_url: str) -> Iterator[tuple[SqlStore, SqlStore]]:
    stores = open_store(postgres_url), open_store(postgres_url)
    yield stores
    for store in stores:
        store.close()


async def test_the_second_bot_waits_and_takes_over_when_the_first_has_gone(pair: tuple[SqlStore, SqlStore]) -> None:
    first, second = pair
    assert await is_front(first, wait=True)
    assert not await is_front(second, wait=True)
    waiting = asyncio.create_task(take_over(second, SOON))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    first.close()
    await asyncio.wait_for(waiting, 10)


async def test_a_bot_that_may_not_wait_is_refused(pair: tuple[SqlStore, SqlStore]) -> None:
    first, second = pair
    await is_front(first, wait=False)
    with pytest.raises(ClaimedError, match="another bot"):
        await is_front(second, wait=False)


async def test_waiting_for_a_file_on_this_machine_is_of_no_use(tmp_path: Path) -> None:
    first, second = (open_store(f"sqlite:///{tmp_path / 'bot.db'}") for _ in range(2))
    await is_front(first, wait=True)
    with pytest.raises(ClaimedError, match="another bot"):
        await is_front(second, wait=True)
    first.close()
    second.close()


class Flaky:
    """A store whose claim goes through what it is given."""

    shared = True

    def __init__(self, *says: Exception | None) -> None:
        self.says = list(says)

    def claim(self) -> None:
        self.confirm_claim()

    def confirm_claim(self) -> None:
        said = self.says.pop(0)
        if said is not None:
            raise said


async def test_a_database_that_is_away_for_a_while_stops_nobody() -> None:
    store = Flaky(None, StoreBusyError("away"), StoreBusyError("away"), None, ClaimedError("another bot"))
    with pytest.raises(ClaimedError):
        await asyncio.wait_for(stay_front(store, SOON), 10)  # type: ignore[arg-type]  # the part of a store that is asked
    assert store.says == []


async def test_who_stands_by_outlasts_a_database_that_is_away() -> None:
    store = Flaky(ClaimedError("another bot"), StoreBusyError("away"), ClaimedError("another bot"), None)
    await asyncio.wait_for(take_over(store, SOON), 10)  # type: ignore[arg-type]  # as above
    assert store.says == []
