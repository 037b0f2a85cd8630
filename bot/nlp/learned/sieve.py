"""Is an item near enough to the storyline that the encoder should look at it?

A linear classifier over hashed word stems and what the gate found: cheap enough for every article that names a holder.

Refuses to do: it decides neither relevance nor a position; it only spares the encoder.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 6
_READ = 1_000
"""Characters of a text that are looked at; news says at its top what it is about."""


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
    head, body = _stems(title), _stems(text[:_READ])
    keys = {_name(key) for key in above}
    groups = (("t", head), ("w", head | body), ("T", keys), ("A", keys.union(map(_name, below))))
    # a checksum goes on from that of the kind, so that no string is put together for each feature
    return {
        zlib.crc32(one.encode(), start) % size
        for start, found in ((zlib.crc32(kind.encode()), found) for kind, found in groups)
        for one in found
    }


def _name(key: str) -> str:
    """Return a gate key without its language."""
    return key.rpartition(":")[2]


def _stems(text: str) -> set[str]:
    """Return rough stems: the head of a word; of a Korean one, which is unspaced, its pairs of syllables."""
    stems: set[str] = set()
    for word in set(_WORD.findall(text.lower())):
        if "\uac00" <= word[0] <= "\ud7a3":
            stems.add(word[:2])
            stems.update(word[i : i + 2] for i in range(len(word) - 1))
        else:
            stems.add(word[:_STEM])
    return stems
