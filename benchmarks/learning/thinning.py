"""Which heads and which inner cells of the encoder can go?

Layer by layer, those whose loss changes least what the layer hands on, over windows of our own: each is taken out with
the others' weights adjusted to make up for it ("optimal brain surgeon", Hassibi and Stork 1993, over groups of inputs).
A thinned encoder costs less for every piece that it reads; `teaching.py` then has it say what the full one says.

Refuses to do: it learns no label; embeddings, normalisations and the heads of the questions stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import torch
from net import Layer, Model, padded
from torch import nn
from torch.nn import functional

from bot.nlp.learned.windows import Window

HEADS, INNER = 10, 1152
"""What is kept of twelve heads and 1,536 inner cells a layer."""
BATCH = 16
_RIDGE = 1e-5
"""Added to the diagonal of the second moments, in times of its mean."""

Passing = list[tuple[torch.Tensor, torch.Tensor]]
"""What stands before a layer: [batch, pieces, width], and what of it is no padding."""


@torch.no_grad()
def thin(model: Model, windows: Sequence[Window], heads: int = HEADS, inner: int = INNER) -> None:
    """Take heads and inner cells out of every layer, in place.

    Args:
        windows: what the loss is measured on; some 2,500 are enough.
    """
    model.eval()
    before = [(model.e.rows(ids), seen) for ids, seen in inputs(windows)]
    for layer in model.e.L:
        _thin_attention(layer, before, heads)
        between = [(layer.after_attention(x, seen), seen) for x, seen in before]
        _thin_inner(layer, between, inner)
        before = [(layer.after_inner(x), seen) for x, seen in between]


def take_up(model: Model, weights: Mapping[str, torch.Tensor]) -> None:
    """Load kept weights, be they of a full model or of a thinned one."""
    for number, layer in enumerate(model.e.L):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            outputs, given = weights[f"e.L.{number}.{part}.weight"].shape
            setattr(layer, part, nn.Linear(given, outputs).requires_grad_(getattr(layer, part).weight.requires_grad))
    model.load_state_dict(weights, strict=False)


def inputs(windows: Sequence[Window]) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield ids and marks of windows of like length, a batch at a time."""
    ordered = sorted((window.ids for window in windows), key=len)
    for start in range(0, len(ordered), BATCH):
        yield padded(ordered[start : start + BATCH])


def _thin_attention(layer: Layer, before: Passing, heads: int) -> None:
    size, had = layer.per_head, layer.ao.in_features // layer.per_head
    groups = torch.arange(had * size).view(had, size)
    kept = _narrow(layer.ao, _moments(layer.mixed, before), groups, had - heads)
    for part in (layer.q, layer.k, layer.v):
        _keep_outputs(part, kept)


def _thin_inner(layer: Layer, between: Passing, inner: int) -> None:
    def cells(x: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
        return functional.gelu(layer.fi(x))

    had = layer.fo.in_features
    _keep_outputs(layer.fi, _narrow(layer.fo, _moments(cells, between), torch.arange(had)[:, None], had - inner))


def _moments(vectors: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], passing: Passing) -> torch.Tensor:
    """Return the mean of v v^T over all pieces, v with a one behind it: [inputs + 1, inputs + 1]."""
    total, count = torch.zeros(()), 0
    for x, seen in passing:
        found = vectors(x, seen)[seen].double()
        found = functional.pad(found, (0, 1), value=1.0)
        total, count = total + found.T @ found, count + len(found)
    return total / count


def _narrow(linear: nn.Linear, moments: torch.Tensor, groups: torch.Tensor, drop: int) -> torch.Tensor:
    """Take groups of inputs out of a linear map and refit it.

    Args:
        groups: [groups, size] columns that go or stay together.

    Returns:
        the columns kept.
    """
    moments = moments + torch.eye(len(moments)) * (_RIDGE * moments.diag()[:-1].mean())
    kept = _left(moments, linear.weight.double(), groups, drop).flatten()
    with_one = functional.pad(kept, (0, 1), value=len(moments) - 1)
    weights = torch.cat([linear.weight, linear.bias[:, None]], dim=1).double()
    found = torch.linalg.solve(moments[with_one][:, with_one], moments[with_one] @ weights.T).T.float()
    linear.weight, linear.bias = nn.Parameter(found[:, :-1].contiguous()), nn.Parameter(found[:, -1].contiguous())
    linear.in_features = len(kept)
    return kept


def _left(moments: torch.Tensor, weights: torch.Tensor, groups: torch.Tensor, drop: int) -> torch.Tensor:
    """Return the groups that are left once the least missed have gone, one after another."""
    inverse, weights = torch.linalg.inv(moments)[:-1, :-1], weights.clone()
    left = list(range(len(groups)))
    for _ in range(drop):
        columns = groups[left]
        blocks = torch.linalg.inv(inverse[columns[:, :, None], columns[:, None, :]])
        chosen = weights[:, columns]  # [outputs, groups, size]
        missed = torch.einsum("ogi,gij,ogj->g", chosen, blocks, chosen)
        least = int(missed.argmin())
        gone = groups[left.pop(least)]
        share = blocks[least] @ inverse[gone]
        weights -= weights[:, gone] @ share
        inverse -= inverse[:, gone] @ share
    return groups[left]


def _keep_outputs(linear: nn.Linear, kept: torch.Tensor) -> None:
    linear.weight, linear.bias = (nn.Parameter(part[kept].clone()) for part in (linear.weight, linear.bias))
    linear.out_features = len(kept)
