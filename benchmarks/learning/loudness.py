"""How loud does each channel of a layer get?

8 bits for all channels of a vector leave few for the quiet ones where one is ten times as loud as the rest, as some are in
every BERT (Kovaleva et al. 2021, "BERT busters"). export.py writes those channels apart.

Refuses to do: it changes no weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from net import Model
from thinning import Passing, inputs
from torch.nn import functional

from bot.nlp.learned.windows import Window


@dataclass(frozen=True, slots=True)
class Peaks:
    """The greatest size that each channel of one layer takes.

    Args:
        given: what the layer is given, [width].
        between: what its inner cells are given, [width].
        inner: what the inner cells hand on, [inner].
    """

    given: np.ndarray
    between: np.ndarray
    inner: np.ndarray


@torch.no_grad()
def peaks(model: Model, windows: Sequence[Window]) -> list[Peaks]:
    """Return the peaks of every layer over some windows; 200 are enough."""
    model.eval()
    passing = [(model.e.rows(ids), seen) for ids, seen in inputs(windows)]
    found = []
    for layer in model.e.L:
        between = [(layer.after_attention(x, seen), seen) for x, seen in passing]
        inner = [(functional.gelu(layer.fi(x)), seen) for x, seen in between]
        found.append(Peaks(_highest(passing), _highest(between), _highest(inner)))
        passing = [(layer.after_inner(x), seen) for x, seen in between]
    return found


def _highest(passing: Passing) -> np.ndarray:
    highest: np.ndarray = torch.stack([x[seen].abs().amax(dim=0) for x, seen in passing]).amax(dim=0).numpy()
    return highest
