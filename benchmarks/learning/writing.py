"""How is what was trained written down?

The encoder, the table of pieces and the manifest, as bot/nlp/learned loads them.

Refuses to do: nothing is trained or fitted here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from base import Base
from examples import Example, Names
from export import write_encoder, write_pieces
from loudness import peaks
from net import Model, as_arrays, cut

from bot.nlp.learned import opinion as artefact
from bot.nlp.learned.pieces import Pieces

LISTENED = 200
"""Items on which it is measured how loud the channels of the layers get, at least."""


def wanted_pieces(base: Base, pieces: Pieces, examples: Sequence[Example], ordinary: Sequence[str]) -> list[int]:
    """Return the pieces that the artefact keeps: those our items and ordinary news use, and all short ones."""
    used = {piece for item in examples for unit in item.pieces for piece in unit}
    used |= {piece for text in ordinary for piece in pieces.encode(text)}
    short = re.compile(r"\u2581?[\u0021-\u052f\uac00-\ud7a3\u2010-\u203a]{1,2}")
    used |= {i for i, piece in enumerate(base.pieces) if short.fullmatch(piece)}
    return [i for i in sorted(used) if "\n" not in base.pieces[i]]


def write(
    out: Path,
    base: Base,
    model: Model,
    examples: Sequence[Example],
    keep: Sequence[int],
    sieve: tuple[np.ndarray, float],
    names: Names,
) -> None:
    """Write encoder, pieces and a manifest without weights of the join.

    Args:
        examples: some of them show how loud the channels of the layers get.
        keep: ids of the pieces that are kept.
        sieve: weights and bias.
    """
    weights = as_arrays(model)
    loudness = peaks(model, [window for item in examples[:: max(1, len(examples) // LISTENED)] for window in cut(item)])
    out.mkdir(parents=True, exist_ok=True)
    write_encoder(weights, base.shape[2], base.eps, loudness, out / "encoder.onnx")
    blocks = base.blocks("emb.word").reshape(base.shape[4], -1)
    table = {
        "scales": blocks["scale"], "nibbles": blocks["nibbles"], "positions": weights["e.pos"],
        "gain": weights["e.ln.weight"], "shift": weights["e.ln.bias"],
    }  # fmt: skip
    write_pieces(out / "pieces.npz", base.pieces, base.scores, keep, table, sieve)
    manifest = {
        "version": artefact.VERSION,
        "rungs": names.rungs,
        "holders": names.holders,
        "bys": names.bys,
        "sha256": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "pieces.npz")
        },
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def add_to_manifest(out: Path, found: dict[str, Any]) -> None:
    """Add what was fitted."""
    path = out / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) | found
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
