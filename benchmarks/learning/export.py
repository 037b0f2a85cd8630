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
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.nlp.learned.windows import HEAD, UNIT

Weights = Mapping[str, np.ndarray]
_OPSET = 20
LONGEST = HEAD + UNIT + 16
"""Pieces of the longest window, and some to spare."""
_HEADS = frozenset({"rung.w", "by.w", "hold.w", "rel.w"})


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


def _layer(g: _Graph, x: str, weights: Weights, name: str, heads: int, eps: float) -> str:
    width = weights[f"{name}.q.bias"].shape[0]
    split = g.constant(np.array([0, heads, width // heads]))
    queries, keys, values = (
        g("Transpose", g("Reshape", g.linear(x, weights, f"{name}.{part}"), split), perm=perm)
        for part, perm in (("q", (1, 0, 2)), ("k", (1, 2, 0)), ("v", (1, 0, 2)))
    )
    scaled = g("Mul", g("MatMul", queries, keys), g.constant(np.float32((width // heads) ** -0.5)))
    mixed = g("Transpose", g("MatMul", g("Softmax", scaled, axis=-1), values), perm=(1, 0, 2))
    attended = g.linear(g("Reshape", mixed, g.constant(np.array([0, width]))), weights, f"{name}.ao")
    x = g.norm(g("Add", x, attended), weights, f"{name}.aln", eps)
    inner = g("Gelu", g.linear(x, weights, f"{name}.fi"))
    return g.norm(g("Add", x, g.linear(inner, weights, f"{name}.fo")), weights, f"{name}.oln", eps)


def write_encoder(weights: Weights, layers: int, heads: int, eps: float, path: Path) -> None:
    """Write the graph.

    Args:
        weights: of the layers ("e.L.0.q.weight" …) and the heads ("rung", "by", "hold", "rel").
        heads: of the attention.
    """
    g = _Graph()
    x = "rows"
    for layer in range(layers):
        x = _layer(g, x, weights, f"e.L.{layer}", heads, eps)
    pooled = g("MatMul", "pool", x)
    first = g("Gather", x, g.constant(np.array([0])), axis=0)
    outs = [g.linear(pooled, weights, name) for name in ("rung", "by", "hold")] + [g.linear(first, weights, "rel")]
    width = weights["e.ln.weight"].shape[0]
    _write_quantised(g, outs, width, path)


def _write_quantised(g: _Graph, outs: Sequence[str], width: int, path: Path) -> None:
    """Write the graph with 8-bit weights in the layers; the heads, which are small, stay exact."""
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
    heads = [node.name for node in g.nodes if node.op_type == "MatMul" and node.input[1] in _HEADS]
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
            nodes_to_exclude=heads,
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
