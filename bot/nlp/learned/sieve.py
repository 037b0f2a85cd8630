"""Is an item near enough to the storyline that the encoder should look at it?

A linear classifier over hashed word stems and what the gate found: cheap enough for every article that names a holder.

Refuses to do: it decides neither relevance nor a position; it only spares the encoder.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 6
_READ = 1_000
"""Characters of a text that are looked at; news says at its top what it is about."""
_REMEMBERED = 20_000
"""Strings of one kind whose buckets are remembered."""
_LONGEST_WORD = 40
"""Characters of a string that is remembered; a longer one does not come again."""


class Sieve:
    """Hashed weights.

    Args:
        weights: one for each bucket.
        bias: added to the mean weight of an item's features.
    """

    def __init__(self, weights: NDArray[np.float32], bias: float) -> None:
        self._weights = weights
        self._bias = bias

    def __call__(self, title: str, text: str, above: Iterable[str], below: Iterable[str]) -> float:
        """Return the probability that an item belongs to the storyline.

        Args:
            above, below: keys that the gate found in title and text.
        """
        buckets = np.fromiter(features(title, text, above, below, len(self._weights)), dtype=np.int64)
        if not len(buckets):
            return 0.0
        score = float(self._weights[np.sort(buckets)].sum()) / math.sqrt(len(buckets)) + self._bias
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def features(title: str, text: str, above: Iterable[str], below: Iterable[str], size: int) -> set[int]:
    """Return the buckets of an item's features."""
    titled, written, titled_keys, keys = _books(size)
    head = set(title.lower().split())
    found = set(chain.from_iterable(map(written.__getitem__, head.union(text[:_READ].lower().split()))))
    found.update(*map(titled.__getitem__, head))
    return found.union(*map(titled_keys.__getitem__, above), *map(keys.__getitem__, {*above, *below}))


class _Book(dict[str, tuple[int, ...]]):
    """The buckets of each string of one kind; those that were asked for are remembered, for news repeats its words.

    Args:
        kind: of the features.
        parts: what a string is counted by.
        size: number of buckets.
    """

    def __init__(self, kind: str, parts: Callable[[str], Iterable[str]], size: int) -> None:
        super().__init__()
        self._parts = parts
        self._size = size
        # a checksum goes on from that of the kind, so that no string is put together for each feature
        self._start = zlib.crc32(kind.encode())

    def __missing__(self, string: str) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = tuple(zlib.crc32(part.encode(), self._start) % self._size for part in self._parts(string))
        if len(string) <= _LONGEST_WORD:
            self[string] = found
        return found


@lru_cache(maxsize=4)
def _books(size: int) -> tuple[_Book, _Book, _Book, _Book]:
    """Return the books of titles' words, all words, keys in titles and all keys."""
    return _Book("t", _stems, size), _Book("w", _stems, size), _Book("T", _name, size), _Book("A", _name, size)


def _name(key: str) -> tuple[str]:
    """Return a gate key without its language."""
    return (key.rpartition(":")[2],)


def _stems(written: str) -> set[str]:
    """Return rough stems of what stands between blanks: the head of a word; of a Korean one its pairs of syllables."""
    stems: set[str] = set()
    for word in _WORD.findall(written):
        if "\uac00" <= word[0] <= "\ud7a3":
            stems.add(word[:2])
            stems.update(word[i : i + 2] for i in range(len(word) - 1))
        else:
            stems.add(word[:_STEM])
    return stems
