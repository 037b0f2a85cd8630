"""Is what one thread needed for a moment used again by the next?"""

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, resource, sys, threading
from pathlib import Path
from bot.heap import spare_heap

taken = sys.argv[1] == "spared" and spare_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = libc.free.argtypes = [ctypes.c_size_t]
done = threading.Event()

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20

def ask(ready):
    blocks = [libc.malloc(50_000) for _ in range(100)]
    for block in blocks:
        ctypes.memset(block, 1, 50_000)
    libc.malloc(50_000)  # stays, behind what goes
    for block in blocks:
        libc.free(block)
    ready.set()
    done.wait(10)

before = resident()
for _ in range(6):
    ready = threading.Event()
    threading.Thread(target=ask, args=(ready,)).start()
    ready.wait(10)
print(taken, resident() - before)
done.set()
"""


def grown(how: str, **environment: str) -> tuple[str, float]:
    """Return what was said of it, and by how many MB a program has grown whose six threads need 5 MB each in turn."""
    words = [sys.executable, "-c", PROGRAM, how]
    said = subprocess.run(words, capture_output=True, text=True, check=True, env=environment).stdout.split()
    return said[0], float(said[1])


def test_six_threads_that_need_5_mb_in_turn_keep_what_two_of_them_needed() -> None:
    taken, spared = grown("spared")
    if taken == "False":
        pytest.skip("this system's C library has no such settings")
    assert spared < 15 < grown("usual")[1]


def test_what_the_environment_says_counts() -> None:
    assert grown("spared", MALLOC_ARENA_MAX="4")[0] == "False"
