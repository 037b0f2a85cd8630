"""Do calls that come while another is answered share the next answer, and no fault of each other's?"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest

from bot.batches import Batches, Load, settled
from bot.errors import StoreBusyError


class Desk:
    """Doubles numbers, and remembers which it was asked together; what is odd it refuses."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()
        self.asked: list[list[int]] = []
        self.error: type[Exception] = ValueError

    def answer(self, numbers: Sequence[int]) -> list[int]:
        self.asked.append(list(numbers))
        self.begun.set()
        assert self.open.wait(5)
        if any(number % 2 for number in numbers):
            raise self.error("odd")
        return [2 * number for number in numbers]


async def asked_meanwhile(batches: Batches[int, int], desk: Desk, *numbers: int) -> list[asyncio.Task[int]]:
    """Ask 0, and the others while that is being answered."""
    first = asyncio.create_task(batches.ask(0))
    await asyncio.to_thread(desk.begun.wait, 5)
    others = [asyncio.create_task(batches.ask(number)) for number in numbers]
    await asyncio.sleep(0)
    return [first, *others]


async def desk_while_others_are_answered() -> tuple[Desk, Desk, asyncio.Task[int]]:
    """Return an open desk, one that occupies the thread until it opens, and the question asked of that."""
    desk, others = Desk(), Desk()
    desk.open.set()
    first = asyncio.create_task(Batches(others.answer).ask(0))
    await asyncio.to_thread(others.begun.wait, 5)
    return desk, others, first


async def test_a_lone_question_is_answered_at_once() -> None:
    desk = Desk()
    desk.open.set()
    assert await Batches(desk.answer).ask(4) == 8


async def test_what_is_asked_meanwhile_is_answered_together() -> None:
    desk = Desk()
    asked = await asked_meanwhile(Batches(desk.answer), desk, 2, 4, 6)
    desk.open.set()
    assert await asyncio.gather(*asked) == [0, 4, 8, 12]
    assert desk.asked == [[0], [2, 4, 6]]


async def test_no_more_work_than_so_much_is_done_together_and_what_is_more_alone() -> None:
    desk = Desk()
    batches = Batches(desk.answer, load=Load(lambda number: number, most=10, light=0))
    asked = await asked_meanwhile(batches, desk, 2, 4, 6, 40, 2, 8, 4)
    desk.open.set()
    assert await asyncio.gather(*asked) == [0, 4, 8, 12, 80, 4, 16, 8]
    assert desk.asked == [[0], [2, 4], [6], [40], [2, 8], [4]]


async def test_what_is_light_goes_before_what_is_heavy_which_is_never_kept_waiting_for_good() -> None:
    desk = Desk()
    batches = Batches(desk.answer, most=3, load=Load(lambda number: number, most=10, light=4))
    asked = await asked_meanwhile(batches, desk, 40, 20, 2, 4, 2, 4)
    desk.open.set()
    assert await asyncio.gather(*asked) == [0, 80, 40, 4, 8, 4, 8]
    assert desk.asked == [[0], [2, 4, 40], [2, 4, 20]]


async def test_no_more_than_so_many_are_answered_together() -> None:
    desk = Desk()
    asked = await asked_meanwhile(Batches(desk.answer, most=2), desk, 2, 4, 6)
    desk.open.set()
    assert await asyncio.gather(*asked) == [0, 4, 8, 12]
    assert desk.asked == [[0], [2, 4], [6]]


async def test_one_that_fails_does_not_spoil_the_others() -> None:
    desk = Desk()
    asked = await asked_meanwhile(Batches(desk.answer), desk, 2, 3, 4)
    desk.open.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [int, int, ValueError, int]
    assert desk.asked == [[0], [2, 3, 4], [2], [3], [4]]


async def test_an_error_that_would_be_everybodys_is_not_asked_for_one_by_one() -> None:
    desk = Desk()
    desk.error = StoreBusyError
    asked = await asked_meanwhile(Batches(desk.answer, shared=(StoreBusyError,)), desk, 2, 3, 4)
    desk.open.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [int, *[StoreBusyError] * 3]
    assert desk.asked == [[0], [2, 3, 4]]


async def test_a_question_that_was_given_up_is_not_asked() -> None:
    desk = Desk()
    asked = await asked_meanwhile(Batches(desk.answer), desk, 2, 3)
    asked[2].cancel()
    desk.open.set()
    with pytest.raises(asyncio.CancelledError):
        await asked[2]
    assert [await asked[0], await asked[1]] == [0, 4]
    assert desk.asked == [[0], [2]]


async def test_one_who_gives_up_while_being_answered_leaves_the_others_their_answers() -> None:
    desk = Desk()
    batches = Batches(desk.answer)
    asked = await asked_meanwhile(batches, desk, 2)
    asked[0].cancel()
    desk.open.set()
    assert await asked[1] == 4
    assert await batches.ask(6) == 12


async def test_the_turn_is_waited_for_and_held() -> None:
    desk, turn = Desk(), asyncio.Lock()
    desk.open.set()
    async with turn:
        asked = [asyncio.create_task(Batches(desk.answer, turn=turn).ask(2))]
        await asyncio.sleep(0.01)
        assert not desk.asked
    assert await asked[0] == 4


async def test_all_share_one_thread() -> None:
    threads: set[int] = set()

    def answer(questions: Sequence[int]) -> Sequence[int]:
        threads.add(threading.get_ident())
        return questions

    await asyncio.gather(*(Batches(answer).ask(number) for number in range(8)))
    assert len(threads) == 1


async def test_the_patient_wait_for_company_while_others_are_answered() -> None:
    desk, others, first = await desk_while_others_are_answered()
    batches = Batches(desk.answer, patient=True, most=3)
    asked = []
    for number in (2, 4):
        asked.append(asyncio.create_task(batches.ask(number)))
        await asyncio.sleep(0.01)
    assert not desk.asked
    others.open.set()
    assert await asyncio.gather(first, *asked) == [0, 4, 8]
    assert desk.asked == [[2, 4]]


async def test_the_patient_wait_no_longer_when_their_work_is_enough() -> None:
    desk, others, first = await desk_while_others_are_answered()
    batches = Batches(desk.answer, patient=True, load=Load(lambda number: number, most=6))
    asked = [asyncio.create_task(batches.ask(6))]
    await asyncio.sleep(0.01)
    asked.append(asyncio.create_task(batches.ask(2)))
    await asyncio.sleep(0.01)
    others.open.set()
    assert await asyncio.gather(first, *asked) == [0, 12, 4]
    assert desk.asked == [[6], [2]]


async def test_the_patient_wait_no_longer_when_they_are_enough() -> None:
    desk, others, first = await desk_while_others_are_answered()
    batches = Batches(desk.answer, patient=True, most=2)
    asked = [asyncio.create_task(batches.ask(number)) for number in (2, 4)]
    await asyncio.sleep(0.01)
    asked.append(asyncio.create_task(batches.ask(6)))
    await asyncio.sleep(0.01)
    others.open.set()
    assert await asyncio.gather(first, *asked) == [0, 4, 8, 12]
    assert desk.asked == [[2, 4], [6]]


async def test_what_nobody_waits_for_any_more_is_done_before_all_is_settled() -> None:
    desk = Desk()
    asked = asyncio.create_task(Batches(desk.answer).ask(2))
    await asyncio.to_thread(desk.begun.wait, 5)
    asked.cancel()
    done = asyncio.create_task(settled())
    await asyncio.sleep(0.01)
    assert not done.done()
    desk.open.set()
    await done
