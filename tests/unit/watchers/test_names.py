"""Are names resolved without holding anybody up?"""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from watchers.names import AT_ONCE, SystemNames


async def test_localhost_is_resolved_as_the_system_does():
    found = await SystemNames().resolve("localhost", 80)
    assert {result["host"] for result in found} <= {"127.0.0.1", "::1"}
    assert found[0]["port"] == 80


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 64 + ".example"])
async def test_name_that_stands_for_nothing_is_an_os_error(host):
    with pytest.raises(OSError, match=r".+"):
        await SystemNames().resolve(host)


async def test_look_up_that_hangs_holds_up_nothing():
    released = threading.Event()

    def hang(host: str, port: int, family: int) -> list:
        released.wait(10)
        return []

    waiting = [asyncio.create_task(SystemNames(hang).resolve("slow.example")) for _ in range(50)]
    await asyncio.sleep(0.01)
    assert await asyncio.to_thread(lambda: "free") == "free"
    for task in waiting:
        task.cancel()
    assert all(isinstance(e, asyncio.CancelledError) for e in await asyncio.gather(*waiting, return_exceptions=True))
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "look up slow.example")
    released.set()


async def test_no_more_look_ups_than_allowed_run_at_once():
    lock, running, most = threading.Lock(), 0, 0

    def count(host: str, port: int, family: int) -> list:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.01)
        with lock:
            running -= 1
        return [(socket.AF_INET, 0, 6, "", ("93.184.215.14", port))]

    names = SystemNames(count)
    found = await asyncio.gather(*(names.resolve(f"{number}.example", 443) for number in range(AT_ONCE * 2)))
    assert most <= AT_ONCE
    assert all(result[0]["host"] == "93.184.215.14" for result in found)
