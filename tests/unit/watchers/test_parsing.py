"""Does a worker that misbehaves cost one feed, and nothing else?"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.domain import Entry
from bot.errors import NotAFeedError, WorkerError
from watchers.parsing import Document, Parser

FEED = Document("https://news.example/feed", b"x")


def read_well(document: Document) -> tuple[Entry, ...]:
    return (Entry(guid="1", url=document.url, title=str(os.getpid()), text=""),)


def read_priority(_: Document) -> tuple[Entry, ...]:
    return (Entry(guid=str(os.getpriority(os.PRIO_PROCESS, 0)), url="", title="", text=""),)


def read_forever(_: Document) -> tuple[Entry, ...]:
    time.sleep(60)
    return ()


def read_and_die(_: Document) -> tuple[Entry, ...]:
    os.kill(os.getpid(), signal.SIGKILL)
    return ()


def read_and_eat(_: Document) -> tuple[Entry, ...]:
    return (Entry(guid="1", url="", title="x" * 4_000_000_000, text=""),)


def read_and_stumble(_: Document) -> tuple[Entry, ...]:
    raise KeyError("odd")


def read_no_feed(document: Document) -> tuple[Entry, ...]:
    raise NotAFeedError(f"{document.url}: is no feed")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[Parser]:
    async with Parser(workers=1, seconds=3.0) as opened:
        await opened.parse(read_well, FEED, "warm")
        yield opened


async def test_reading_happens_in_another_process(parser):
    (entry,) = (await parser.parse(read_well, FEED, "Example")).entries
    assert entry.title != str(os.getpid())


async def test_a_worker_gives_way_to_whoever_answers_people(parser):
    (entry,) = (await parser.parse(read_priority, FEED, "Example")).entries
    assert int(entry.guid) > os.getpriority(os.PRIO_PROCESS, 0)


async def test_refusal_of_the_reader_comes_back_as_it_was(parser):
    with pytest.raises(NotAFeedError, match=r"^https://news\.example/feed: is no feed$"):
        await parser.parse(read_no_feed, FEED, "Example")


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (read_and_die, "Example: the worker that read the feed died"),
        (read_and_eat, "Example: reading the feed took more than 800 MB"),
        (read_and_stumble, r"Example: the feed cannot be read \(KeyError: 'odd'\)"),
    ],
)
async def test_worker_that_fails_is_one_clear_line_and_is_replaced(parser, read, words):
    with pytest.raises(WorkerError, match=words):
        await parser.parse(read, FEED, "Example")
    assert await parser.parse(read_well, FEED, "Example")


async def test_reader_that_never_ends_is_stopped_and_replaced():
    async with Parser(workers=1, seconds=0.1) as parser:
        with pytest.raises(WorkerError, match=r"Example: reading the feed took over 0\.1 s"):
            await parser.parse(read_forever, FEED, "Example")
    assert parser


async def test_pool_whose_idle_worker_was_killed_is_replaced():
    async with Parser(workers=1) as parser:
        for _ in range(2):
            (entry,) = (await parser.parse(read_well, FEED, "Example")).entries
            os.kill(int(entry.title), signal.SIGKILL)
            await asyncio.sleep(0.2)  # until the pool has noticed
        several = await asyncio.gather(*(parser.parse(read_well, FEED, "Example") for _ in range(5)))
        assert [len(content.entries) for content in several] == [1] * 5


async def test_event_loop_runs_on_while_a_worker_reads(parser):
    reading = asyncio.create_task(parser.parse(read_forever, FEED, "Example"))
    ticks = 0
    while ticks < 5:
        await asyncio.sleep(0.01)
        ticks += 1
    assert not reading.done()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await parser.parse(read_well, FEED, "Example")


async def test_parser_outside_its_context_says_so():
    with pytest.raises(RuntimeError, match="outside of its context"):
        await Parser().parse(read_well, FEED, "Example")
