"""How is a body read without the event loop, or the whole bot, paying for it?

Feed bodies come from strangers, and reading one costs milliseconds at best and everything at worst. So it is done in
worker processes with a limit on memory and a limit on time for each call; a worker that dies or is stopped is replaced.
Only what is small and plain (watchers/swift.py) is read in a thread.

Refuses to do: no format is known here; each kind brings its own function.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pebble import ProcessExpired

from bot.batches import Batches
from bot.domain import Entry, Wishes
from bot.errors import StancewatchError, WorkerError
from bot.workers import Workers
from watchers.charsets import decode
from watchers.manners import one_line
from watchers.wishes import behind_items, wishes_of

T = TypeVar("T")

SMALL = 300_000
"""Bytes of a body that may be read without a worker process."""
MOST_TOGETHER = 48
"""Such bodies that are read one after the other without a pause."""
_HEAD = 100_000


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be read.

    Args:
        url: where the body came from; relative links are resolved against it.
        content_type: the header as received, a hint that may lie.
        selector: of a page, what selects its items; see bot.domain.Source.
    """

    url: str
    body: bytes
    content_type: str = ""
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a document holds: its entries, oldest first, and what it says of when it wants to be asked."""

    entries: tuple[Entry, ...]
    wishes: Wishes = field(default_factory=Wishes)


ReadFeed = Callable[[Document], tuple[Entry, ...]]
"""Reads a document to entries, oldest first; a module-level function, because it runs in a worker."""

ReadSwiftly = Callable[[Document], Content | None]
"""Reads a small and plain document where it is, in a time that its length bounds; None when that is not for it."""


class Parser:
    """Reads documents in worker processes; open it as an asynchronous context.

    Args:
        workers: processes at most.
        seconds: for one document; then the worker is stopped and replaced.
        memory: bytes of address space that reading may take beyond what a worker starts with.
    """

    def __init__(self, *, workers: int = 2, seconds: float = 20.0, memory: int = 800_000_000) -> None:
        self._count = workers
        self._seconds = seconds
        self._memory = memory
        self._workers: Workers | None = None
        # Each for itself would cost a quarter more: what reading needs of the processor's caches is cold at first.
        self._swift = Batches(_read_swiftly, patient=True, most=MOST_TOGETHER)

    async def __aenter__(self) -> Self:
        self._workers = Workers(self._count, ["watchers.rss"], _limit_worker, (self._memory,))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._workers is not None:
            await asyncio.to_thread(self._workers.close)
            self._workers = None

    async def parse(self, read: ReadFeed, document: Document, name: str, swiftly: ReadSwiftly | None = None) -> Content:
        """Return what `read` makes of `document`.

        Args:
            name: of the source, for errors.
            swiftly: tried first with what is small, in a thread: carrying it to a worker would cost more.

        Raises:
            NotAFeedError: by `read`.
            WorkerError: the worker died, ran out of time or memory, or `read` failed on what it was given.
        """
        if swiftly is not None and len(document.body) <= SMALL:
            content = await self._swift.ask((swiftly, document))
            if content is not None:
                return content
        return await self.read(partial(_read_whole, read), document, name)

    async def read(self, function: Callable[[Document], T], document: Document, name: str) -> T:
        """Return what `function`, of a module's top level, makes of `document` in a worker. Raises as `parse`."""
        if self._workers is None:
            raise RuntimeError("Parser is used outside of its context")
        try:
            return await self._workers.run(function, document, seconds=self._seconds)
        except StancewatchError as error:
            raise error from None
        except TimeoutError:
            raise WorkerError(
                f"{name}: reading the feed took over {self._seconds:g} s and was stopped", killed=True
            ) from None
        except ProcessExpired as error:
            raise WorkerError(f"{name}: the worker that read the feed died ({one_line(error)})", killed=True) from None
        except MemoryError:
            limit = self._memory / 1_000_000
            raise WorkerError(
                f"{name}: reading the feed took more than {limit:g} MB and was stopped", killed=True
            ) from None
        except Exception as error:
            # Whatever a parser trips over in a stranger's bytes must cost that source alone.
            raise WorkerError(f"{name}: the feed cannot be read ({type(error).__name__}: {one_line(error)})") from error


def _read_swiftly(asked: Sequence[tuple[ReadSwiftly, Document]]) -> list[Content | None]:
    return [swiftly(document) for swiftly, document in asked]


def _read_whole(read: ReadFeed, document: Document) -> Content:
    entries = read(document)
    head = decode(document.body[:_HEAD], document.content_type)
    return Content(entries, wishes_of(head, behind_items(document.body)))


def _limit_worker(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = _address_space() + memory
    # Where a system has no such limit, the limit on time has to do.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _address_space() -> int:
    """Bytes of address space this process has now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
