"""How much memory that nobody uses any more does the bot keep from the system?

The C library of most Linux systems gives each thread a heap of its own, up to eight a core, and lets none of them
go: what a connection's page cache or one answer needed for a moment stays resident in every thread that ever asked the
database. Over a day of 290 alerts that was a tenth of the bot's memory (benchmarks/soak.py). Two heaps do: Python runs
one thread at a time. Large blocks are always the system's and go back to it, where by itself the library keeps them
once one was freed.

Source: mallopt(3), M_ARENA_MAX, M_MMAP_THRESHOLD and M_TRIM_THRESHOLD.

Refuses to do: where the C library knows no such settings (musl, macOS) nothing is changed, and where the environment
has set them (MALLOC_ARENA_MAX and the like) neither.
"""

from __future__ import annotations

import ctypes
import os

HEAPS = 2
LARGE = 128 * 1024
"""Bytes from which on a block is the system's: where the library begins, before it moves the mark up by itself."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Of malloc.h."""


def spare_heap() -> bool:
    """Let freed memory be used again by every thread; call it before there are any. Return whether it was taken."""
    if any(name.startswith("MALLOC_") for name in os.environ):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    wanted = ((_ARENA_MAX, HEAPS), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, LARGE))
    return all(mallopt(name, value) == 1 for name, value in wanted)
