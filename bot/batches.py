"""How do calls that come while another is answered share the price of one?

Carrying a call to a thread, asking the store and committing cost the same for one call as for a dozen. So whoever
calls while nothing is under way is answered at once, and those who call meanwhile are answered together next. Nobody
waits for others to come, but for those who are patient.

All of them share one thread. The interpreter lets but one work at a time; several that are at it in turn lose a fifth
of what they do to passing it on.

Refuses to do: it knows nothing of what is asked, and lets no fault of one call spoil the others.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

MOST = 16

_HAND = ThreadPoolExecutor(1, thread_name_prefix="batches")
_UNDER_WAY: set[asyncio.Future[Any]] = set()
"""What the thread has to do, of all who share it."""


async def settled() -> None:
    """Return when the thread has done what it was given, though nobody may wait for it any more."""
    loop = asyncio.get_running_loop()
    while others := [answer for answer in _UNDER_WAY if answer.get_loop() is loop]:
        await asyncio.wait(others)


@dataclass(frozen=True, slots=True)
class Load(Generic[Q]):
    """How much work questions are.

    Args:
        weight: of one question.
        most: work that is done at once; a question that is more is answered alone.
        light: questions of no more than this go before heavier ones. One of those is in each batch all the same.
    """

    weight: Callable[[Q], int]
    most: int = 1_000
    light: int = 100


def _alike(_: object) -> int:
    return 0


class Batches(Generic[Q, A]):
    """Answers questions on a thread, those that wait for it together.

    Args:
        answer: returns the answers in the order of the questions; blocks. What it raises for several questions is
            not believed of any: each is asked again alone.
        shared: errors of which that is of no use, since they would be every question's.
        turn: held while an answer is made; by default nobody else has to wait.
        most: questions at once.
        load: how much work is done at once, and which goes first; by default all questions are alike.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Q]], Sequence[A]],
        *,
        shared: tuple[type[Exception], ...] = (),
        turn: asyncio.Lock | None = None,
        patient: bool = False,
        most: int = MOST,
        load: Load[Q] | None = None,
    ) -> None:
        self._answer = answer
        self._shared = shared
        self._turn = turn or asyncio.Lock()
        self._patient = patient
        self._most = most
        self._load = load or Load(_alike)
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._work: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        """Return the answer to one question, or raise what `answer` raises for it."""
        answered: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answered))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._answer_all(), name="batches")
        return await answered

    async def _answer_all(self) -> None:
        while self._waiting:
            await self._gathered()
            async with self._turn:  # those who come while it is waited for are taken along
                batch = self._next()
                await self._try([asked for asked in batch if not asked[1].cancelled()])

    def _next(self) -> list[tuple[Q, asyncio.Future[A]]]:
        """Take out those whose turn it is: light ones first, then the others, each in the order in which they came."""
        load, left = self._load, list(self._waiting)
        light = [asked for asked in left if load.weight(asked[0]) <= load.light]
        heavy = [asked for asked in left if load.weight(asked[0]) > load.light]
        batch = light[: self._most - bool(heavy)]
        work = sum(load.weight(question) for question, _ in batch)
        for asked in heavy[: self._most - len(batch)]:
            work += load.weight(asked[0])
            if asked is not heavy[0] and work > load.most:
                break
            batch.append(asked)
        taken = {id(asked) for asked in batch}
        self._waiting = deque(asked for asked in left if id(asked) not in taken)
        return batch

    async def _gathered(self) -> None:
        loop = asyncio.get_running_loop()
        while self._patient and not self._enough():
            others = [answer for answer in _UNDER_WAY if answer.get_loop() is loop]
            if not others:
                return
            await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)

    def _enough(self) -> bool:
        """Tell whether those who wait are a batch, by their number or by their work."""
        work = sum(self._load.weight(question) for question, _ in self._waiting)
        return len(self._waiting) >= self._most or work >= self._load.most

    async def _try(self, batch: Sequence[tuple[Q, asyncio.Future[A]]]) -> None:
        if not batch:
            return
        try:
            questions = [question for question, _ in batch]
            under_way = asyncio.get_running_loop().run_in_executor(_HAND, self._answer, questions)
            _UNDER_WAY.add(under_way)
            under_way.add_done_callback(_UNDER_WAY.discard)
            answers = await under_way
        except Exception as error:  # noqa: BLE001 - it is raised again where it was asked
            if len(batch) > 1 and not isinstance(error, self._shared):
                for asked in batch:
                    await self._try([asked])
                return
            for _, answered in batch:
                if not answered.done():
                    answered.set_exception(error)
            return
        for (_, answered), answer in zip(batch, answers, strict=True):
            if not answered.done():
                answered.set_result(answer)
