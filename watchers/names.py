"""Which network addresses does a host name stand for?

The system's resolver blocks, for half a minute when the network is away. Each look-up therefore has a thread of its
own that nobody waits for: it holds up neither the other users of the event loop's threads nor the end of the program.

Refuses to do: no address is judged here, see watchers/guard.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

AT_ONCE = 16
"""Look-ups under way; the others wait for their turn."""

Found = tuple[int, int, int, str, tuple[Any, ...]]
"""One entry of socket.getaddrinfo's answer: family, type, protocol, canonical name, address with port."""
LookUp = Callable[[str, int, int], Sequence[Found]]


def _ask_the_system(host: str, port: int, family: int) -> Sequence[Found]:
    return socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)


class SystemNames(AbstractResolver):
    """Resolves names as the system does, in threads that are abandoned when nobody waits any more.

    Args:
        look_up: asks, as socket.getaddrinfo does; blocks.
    """

    def __init__(self, look_up: LookUp = _ask_the_system) -> None:
        self._look_up = look_up
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of `host`. Raises OSError when there are none."""
        async with self._slots:
            answer: asyncio.Future[list[ResolveResult]] = asyncio.get_running_loop().create_future()
            threading.Thread(
                target=self._work, args=(answer, host, port, family), name=f"look up {host}", daemon=True
            ).start()
            return await answer

    async def close(self) -> None:
        """Nothing is held: look-ups under way end by themselves."""

    def _work(self, answer: asyncio.Future[list[ResolveResult]], host: str, port: int, family: int) -> None:
        outcome: list[ResolveResult] | OSError
        try:
            outcome = [_result(host, port, entry) for entry in self._look_up(host, port, family)]
        except OSError as error:
            outcome = error
        except UnicodeError:  # a label that no name may have, such as one of 64 letters
            outcome = socket.gaierror(socket.EAI_NONAME, "is no possible host name")
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            answer.get_loop().call_soon_threadsafe(_settle, answer, outcome)


def _result(host: str, port: int, entry: Found) -> ResolveResult:
    family, _, protocol, _, address = entry
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=str(address[0]), port=port, family=family, proto=protocol, flags=numeric)


def _settle(answer: asyncio.Future[list[ResolveResult]], outcome: list[ResolveResult] | OSError) -> None:
    if answer.done():
        return
    if isinstance(outcome, OSError):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
