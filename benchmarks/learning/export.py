"""How does a trained encoder become the artefact that the reader loads?

Writes the ONNX graph (8-bit weights, activations quantised as they come), the table of those pieces that our four
languages need, and the manifest.

Refuses to do: nothing is trained here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from loudness import Peaks
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.nlp.learned.windows import HEAD, UNIT

Weights = dict[str, np.ndarray]
_OPSET = 20
LONGEST = HEAD + UNIT + 16
"""Pieces of the longest window, and some to spare."""
_HEADS = frozenset({"rung.w", "by.w", "hold.w", "rel.w"})
_EXACT = ".exact"
"""Ends the names of what is not quantised."""
LOUD, _USUAL = 1.3, 8
"""An inner cell is loud from so many times the peak of the eighth loudest on."""
_FAINT = 1e-3


class _Graph:
    """Gathers nodes and constants under fresh names."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, value: np.ndarray, name: str = "") -> str:
        name = name or f"c{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def __call__(self, op: str, *inputs: str, **attributes: object) -> str:
        out = f"{op}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], name=out, **attributes))
        return out

    def linear(self, x: str, weights: Weights, name: str) -> str:
        """Add x @ W^T + b."""
        product = self("MatMul", x, self.constant(weights[f"{name}.weight"].T.astype(np.float32), f"{name}.w"))
        return self("Add", product, self.constant(weights[f"{name}.bias"].astype(np.float32)))

    def norm(self, x: str, weights: Weights, name: str, eps: float) -> str:
        """Add a layer normalisation."""
        gain, shift = (self.constant(weights[f"{name}.{part}"].astype(np.float32)) for part in ("weight", "bias"))
        return self("LayerNormalization", x, gain, shift, axis=-1, epsilon=eps)


def _layer(g: _Graph, x: str, weights: Weights, name: str, per_head: int, eps: float, peaks: Peaks) -> str:
    split = g.constant(np.array([0, -1, per_head]))
    evened, (q, k, v) = _evened(g, x, peaks.given, [weights[f"{name}.{part}.weight"] for part in "qkv"])
    scaled = weights | {f"{name}.q.weight": q, f"{name}.k.weight": k, f"{name}.v.weight": v}
    queries, keys, values = (
        g("Transpose", g("Reshape", g.linear(evened, scaled, f"{name}.{part}"), split), perm=perm)
        for part, perm in (("q", (1, 0, 2)), ("k", (1, 2, 0)), ("v", (1, 0, 2)))
    )
    likeness = g("Mul", g("MatMul", queries, keys), g.constant(np.float32(per_head**-0.5)))
    mixed = g("Transpose", g("MatMul", g("Softmax", likeness, axis=-1), values), perm=(1, 0, 2))
    attended = g.linear(g("Reshape", mixed, g.constant(np.array([0, -1]))), weights, f"{name}.ao")
    x = g.norm(g("Add", x, attended), weights, f"{name}.aln", eps)
    return g.norm(g("Add", x, _inner(g, x, weights, name, peaks)), weights, f"{name}.oln", eps)


def _inner(g: _Graph, x: str, weights: Weights, name: str, peaks: Peaks) -> str:
    """Add the inner cells: the quiet ones in 8 bits, the loud few in full."""
    rising, bias, falling = (weights[f"{name}.{part}"] for part in ("fi.weight", "fi.bias", "fo.weight"))
    loud = peaks.inner > LOUD * np.sort(peaks.inner)[-_USUAL]
    evened, (scaled,) = _evened(g, x, peaks.between, [rising])
    found = []
    for cells, source, into, mark in ((~loud, evened, scaled, ""), (loud, x, rising, _EXACT)):
        if cells.any():
            product = g("MatMul", source, g.constant(into[cells].T, f"{name}.fi.w{mark}"))
            active = g("Gelu", g("Add", product, g.constant(bias[cells])))
            found.append(g("MatMul", active, g.constant(falling[:, cells].T, f"{name}.fo.w{mark}")))
    together = g("Add", *found) if len(found) > 1 else found[0]
    return g("Add", together, g.constant(weights[f"{name}.fo.bias"]))


def _evened(g: _Graph, x: str, peaks: np.ndarray, weights: Sequence[np.ndarray]) -> tuple[str, tuple[np.ndarray, ...]]:
    """Move loudness from the channels of x into the weights that it meets, half of it in logs.

    Exact but for rounding (Xiao et al. 2023, "SmoothQuant").

    Args:
        weights: each [outputs, width].

    Returns:
        x, evened, and the weights for it.
    """
    largest = np.maximum(np.abs(np.concatenate(weights)).max(axis=0), _FAINT)
    scale = np.sqrt(peaks / largest)
    scale = np.maximum(scale / np.median(scale), 1.0).astype(np.float32)
    return g("Mul", x, g.constant(1 / scale)), tuple(part * scale for part in weights)


def write_encoder(weights: Weights, heads: int, eps: float, peaks: Sequence[Peaks], path: Path) -> None:
    """Write the graph.

    Args:
        weights: of the layers ("e.L.0.q.weight" …) and the heads ("rung", "by", "hold", "rel"), 32-bit floats.
        heads: of the base's attention; a layer may have fewer, each as wide as there.
        peaks: of every layer.
    """
    g = _Graph()
    x = "rows"
    width = weights["e.ln.weight"].shape[0]
    for layer, its_peaks in enumerate(peaks):
        x = _layer(g, x, weights, f"e.L.{layer}", width // heads, eps, its_peaks)
    pooled = g("MatMul", "pool", x)
    first = g("Gather", x, g.constant(np.array([0])), axis=0)
    outs = [g.linear(pooled, weights, name) for name in ("rung", "by", "hold")] + [g.linear(first, weights, "rel")]
    _write_quantised(g, outs, width, path)


def _write_quantised(g: _Graph, outs: Sequence[str], width: int, path: Path) -> None:
    """Write the graph with 8-bit weights in the layers; the heads and the loud cells, which are small, stay exact."""
    floats = TensorProto.FLOAT
    graph = helper.make_graph(
        g.nodes,
        "stances",
        [
            helper.make_tensor_value_info("rows", floats, ["pieces", width]),
            helper.make_tensor_value_info("pool", floats, ["units", "pieces"]),
        ],
        [helper.make_tensor_value_info(out, floats, ["n", None]) for out in outs],
        list(g.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=10)
    exact = [
        node.name
        for node in g.nodes
        if node.op_type == "MatMul" and (node.input[1] in _HEADS or node.input[1].endswith(_EXACT))
    ]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            plain,
            path,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=exact,
        )


def write_pieces(
    path: Path,
    pieces: Sequence[str],
    scores: np.ndarray,
    wanted: Sequence[int],
    table: Mapping[str, np.ndarray],
    sieve: tuple[np.ndarray, float],
) -> None:
    """Write the vocabulary: the control pieces (ids 0 to 3) and those wanted, renumbered in their order.

    Args:
        table: scales and nibbles by the old ids; positions, gain, shift.
        sieve: weights and bias.
    """
    keep = [*range(4), *sorted(set(wanted) - set(range(4)))]
    np.savez_compressed(
        path,
        pieces=np.frombuffer("\n".join(pieces[i] for i in keep).encode(), dtype=np.uint8),
        scores=scores[keep].astype(np.float32),
        scales=table["scales"][keep],
        nibbles=table["nibbles"][keep],
        positions=table["positions"][:LONGEST].astype(np.float32),
        gain=table["gain"].astype(np.float32),
        shift=table["shift"].astype(np.float32),
        sieve=sieve[0].astype(np.float16),
        sieve_bias=np.float32(sieve[1]),
    )
