"""What does the encoder make of the pieces of an item?

A transformer (the lower layers of multilingual-e5-small, Wang et al. 2024, with its last ones trained further) with
8-bit weights, run by ONNX Runtime on one thread; the table of pieces is held in 4 bits beside it.

Refuses to do: what its numbers mean is said in opinion.py.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# ONNX Runtime tells its makers of its use from the moment that it is imported, unless this stands; a bot that talks to
# nobody but its feeds and chats must not, whatever the environment says.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort

Floats = NDArray[np.float32]

_BLOCK = 32
"""Weights that share a scale in the 4-bit table (the Q4_0 layout of ggml)."""

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Table:
    """The embedding of every piece, in blocks of 4 bits.

    Args:
        scales: [pieces, blocks] half floats.
        nibbles: [pieces, blocks, 16]; the low half of a byte is weight j of its block, the high half weight j + 16.
        positions: [longest input, width].
        gain, shift: of the normalisation over the sum.
    """

    scales: NDArray[np.float16]
    nibbles: NDArray[np.uint8]
    positions: Floats
    gain: Floats
    shift: Floats

    def rows(self, ids: Sequence[int]) -> Floats:
        """Return the input of the first layer: [pieces, width]."""
        at = np.asarray(ids)
        packed = self.nibbles[at]
        blocks = np.empty((*packed.shape[:2], _BLOCK), dtype=np.float32)
        blocks[:, :, : _BLOCK // 2] = packed & 15
        blocks[:, :, _BLOCK // 2 :] = packed >> 4
        blocks -= 8.0
        blocks *= self.scales[at].astype(np.float32)[:, :, None]
        rows = blocks.reshape(len(ids), -1)
        rows += self.positions[: len(ids)]
        rows -= rows.mean(axis=1, keepdims=True)
        rows /= np.sqrt((rows * rows).mean(axis=1, keepdims=True) + _TINY)
        rows *= self.gain
        rows += self.shift
        return rows


class Encoder:
    """The layers and the heads.

    Args:
        path: of the ONNX file.
    """

    def __init__(self, table: Table, path: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._table = table
        self._session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def __call__(self, ids: Sequence[int], spans: Sequence[tuple[int, int]]) -> tuple[Floats, ...]:
        """Return the heads' outputs: those of each span, one row a span, and at last that of the whole input.

        Args:
            spans: first and one past the last piece of each unit.
        """
        pool = np.zeros((len(spans), len(ids)), dtype=np.float32)
        for row, (start, end) in enumerate(spans):
            pool[row, start:end] = 1.0 / (end - start)
        return tuple(self._session.run(None, {"rows": self._table.rows(ids), "pool": pool}))
