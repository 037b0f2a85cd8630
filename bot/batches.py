"""How do calls that come while another is answered share the price of one?

Carrying a call to a thread, asking the store and committing cost the same for one call as for a dozen. So whoever
calls while nothing is under way is answered at once, and those who call meanwhile are answered together next. Nobody
waits for others to come.

Refuses to do: it knows nothing of what is asked, and lets no fault of one call spoil the others.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

MOST = 16


class Batches(Generic[Q, A]):
    """Answers questions on a thread, those that wait for it together.

    Args:
        answer: returns the answers in the order of the questions; blocks. What it raises for several questions is
            not believed of any: each is asked again alone.
        shared: errors of which that is of no use, since they would be every question's.
        turn: held while an answer is made; by default nobody else has to wait.
        most: questions at once.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Q]], Sequence[A]],
        *,
        shared: tuple[type[Exception], ...] = (),
        turn: asyncio.Lock | None = None,
        most: int = MOST,
    ) -> None:
        self._answer = answer
        self._shared = shared
        self._turn = turn or asyncio.Lock()
        self._most = most
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
            async with self._turn:  # those who come while it is waited for are taken along
                batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
                await self._try([asked for asked in batch if not asked[1].cancelled()])

    async def _try(self, batch: Sequence[tuple[Q, asyncio.Future[A]]]) -> None:
        if not batch:
            return
        try:
            answers = await asyncio.to_thread(self._answer, [question for question, _ in batch])
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
