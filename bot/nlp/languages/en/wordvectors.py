"""What does spaCy's first network make of the words of a text?

The network that comes with the small models (hashed embeddings, then maxout over a window; Miranda et al. 2022, "Multi
hash embeddings in spaCy") has two halves: the first looks at each word by itself, so what it said of one is remembered;
the second is five small matrix products, which cost less when they are not called through thinc's forty layers.

Refuses to do: a network of another make is not touched; `of` returns None for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

Floats = NDArray[np.float32]

_REMEMBERED = 20_000
"""Words that are remembered: about 10 MB."""
_TINY = 1e-8
"""Added to a variance; thinc's own constant."""

_ALONE = {"extract_features", "list2ragged", "with_array", "ragged2list"}
_BLOCK = ["expand_window", "maxout", "layernorm"]


@dataclass(frozen=True, slots=True)
class _Block:
    """One layer: a window of three words, the best of some products, normalised, added to what came in.

    Args:
        weights: [window, candidates × width], candidate by candidate.
        bias: likewise.
        gain, shift: of the normalisation.
        best_of: candidates.
    """

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats
    best_of: int

    def __call__(self, words: Floats) -> Floats:
        count, width = words.shape
        window = np.zeros((count, 3 * width), dtype=np.float32)
        window[1:, :width] = words[:-1]
        window[:, width : 2 * width] = words
        window[:-1, 2 * width :] = words[1:]
        product: Floats = window @ self.weights
        product += self.bias
        best: Floats = product[:, :width]
        for at in range(width, self.best_of * width, width):
            best = np.maximum(best, product[:, at : at + width])
        best = best - best.mean(axis=1, keepdims=True)
        best /= np.sqrt((best * best).mean(axis=1, keepdims=True) + _TINY)
        best *= self.gain
        best += self.shift
        best += words
        return best


class WordVectors:
    """The network, with the words that it has met.

    Args:
        alone: layers that look at each word by itself; the first tells what is looked at.
        blocks: layers that look at its neighbours.
        width: of a word's vector.
        pad: blank words between two texts.
    """

    def __init__(self, alone: Sequence[Model[Any, Any]], blocks: Sequence[_Block], width: int, pad: int) -> None:
        self._seen, *self._alone = alone
        self._blocks = blocks
        self._width = width
        self._pad = pad
        self._known: dict[bytes, bytes] = {}

    @classmethod
    def of(cls, model: Model[Any, Any]) -> WordVectors | None:
        """Return the vectors of a network, None where it is of another make."""
        if [len(half.layers) for half in model.layers] != [5, 1] or _kinds(model.layers[0].layers) != _ALONE:
            return None
        alone, around = model.layers
        blocks = [_block(layer) for layer in around.layers[0].layers]
        found = [block for block in blocks if block is not None]
        return cls(alone.layers, found, model.get_dim("nO"), around.attrs["pad"]) if len(found) == len(blocks) else None

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return the vectors of each text's words."""
        keys = [[row.tobytes() for row in rows] for rows in self._seen.predict(docs)]
        self._learn({key for row in keys for key in row})
        words = self._in_a_row(keys)
        for block in self._blocks:
            words = block(words)
        ends = accumulate(self._pad + len(row) for row in keys)
        return [words[end - len(row) : end] for row, end in zip(keys, ends, strict=True)]

    def _in_a_row(self, texts: Sequence[Sequence[bytes]]) -> Floats:
        """Return the vectors of all texts, with blank ones before, between and after them."""
        blank = bytes(4 * self._width * self._pad)
        # bytes are put in a row many times faster than arrays are
        row = blank + b"".join([b"".join([self._known[key] for key in text]) + blank for text in texts])
        return np.frombuffer(row, dtype=np.float32).reshape(-1, self._width)

    def _learn(self, keys: set[bytes]) -> None:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        # a set less a dictionary's keys would walk through all that is known
        if new := sorted(key for key in keys if key not in self._known):
            found = [np.frombuffer(b"".join(new), dtype=np.uint64).reshape(len(new), -1)]
            for layer in self._alone:
                found = layer.predict(found)
            self._known.update(zip(new, (vector.tobytes() for vector in found[0]), strict=True))


def _kinds(layers: Sequence[Model[Any, Any]]) -> set[str]:
    return {layer.name.partition("(")[0] for layer in layers}


def _block(layer: Model[Any, Any]) -> _Block | None:
    """Return one layer as a block, None where it is none."""
    parts = [part for part in layer.walk() if not part.layers and part.name != "dropout"]
    if [part.name for part in parts] != _BLOCK or parts[0].attrs["window_size"] != 1:
        return None
    weights, bias, gain, shift = (
        np.asarray(part.get_param(name), dtype=np.float32)
        for part, name in ((parts[1], "W"), (parts[1], "b"), (parts[2], "G"), (parts[2], "b"))
    )
    width, best_of, window = weights.shape
    columns = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(best_of * width, window).T)
    return _Block(columns, np.ascontiguousarray(bias.T).ravel(), gain, shift, best_of)
