"""How does a thinned encoder learn to say what the full one says?

It is given windows of our own and ordinary news, and drawn to what the full one makes of them: to its vectors after some
layers and the last, and to the answers of the heads, which both share (Hinton et al. 2015, "Distilling the knowledge in
a neural network"; Jiao et al. 2020, "TinyBERT", for the vectors).

Refuses to do: no label is read here; where the full one errs, the thinned one is to err alike.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import torch
from net import Model, batches, padded
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from bot.nlp.learned.windows import Window

BATCH, RATE = 16, 3e-4
_BLANKED = 0.04
"""Share of the pieces that are blanked for both, so that it learns from more than our sentences."""
_BETWEEN = (2, 5, 8)
"""Layers after which the vectors are compared, too."""
_WEIGHTS = {"between": 0.3, "rung": 2.0, "odds": 0.1, "who": 0.05, "relevance": 0.05}
"""Of the losses, beside that of the last layer's vectors."""
_FAR = 4.0
"""Log odds beyond which a difference of a rung's odds no longer counts for more."""

Answers = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


def teach(thinned: Model, full: Model, windows: Sequence[Window], rounds: float = 1.0) -> None:
    """Train the layers of the thinned model, in place.

    Args:
        rounds: how often each window is seen.
    """
    full.eval()
    thinned.eval()  # without dropout: the full one answers without it, too
    layers = thinned.e.L
    layers.requires_grad_(requires_grad=True)
    optimizer = torch.optim.AdamW(layers.parameters(), betas=(0.9, 0.98), weight_decay=0.0)
    total, step, began = math.ceil(len(windows) / BATCH * rounds), 0, time.monotonic()
    while step < total:
        for batch in batches(windows, BATCH, lambda window: len(window.ids))[: total - step]:
            done = step / total
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.01, min(done / 0.03, 1.0) * (1 + math.cos(math.pi * done)) / 2)
            loss = _difference(thinned, full, batch)
            optimizer.zero_grad()
            loss.backward()
            clip_grad_norm_(layers.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 500 == 0:
                print(f"taught {step} of {total}: {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _difference(thinned: Model, full: Model, batch: Sequence[Window]) -> torch.Tensor:
    ids, seen = padded([window.ids for window in batch])
    with torch.no_grad():
        rows = full.e.rows(ids)
        rows = rows * (torch.rand(*ids.shape, 1) >= _BLANKED)
        theirs = _vectors(full, rows, seen)
        wanted = _answers(full, theirs[-1], batch)
    ours = _vectors(thinned, rows, seen)
    given = _answers(full, ours[-1], batch)
    return (
        _apart(ours[-1], theirs[-1], seen)
        + _WEIGHTS["between"] * sum(_apart(ours[i], theirs[i], seen) for i in _BETWEEN)
        + _of_answers(given, wanted)
    )


def _vectors(model: Model, x: torch.Tensor, seen: torch.Tensor) -> list[torch.Tensor]:
    """Return what stands behind every layer."""
    found = []
    for layer in model.e.L:
        x = layer(x, seen)
        found.append(x)
    return found


def _apart(ours: torch.Tensor, theirs: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """Return the mean squared difference, in shares of the variance."""
    return functional.mse_loss(ours[seen], theirs[seen]) / theirs[seen].var()


def _answers(model: Model, x: torch.Tensor, batch: Sequence[Window]) -> Answers:
    """Return the rungs of every unit, who holds and says them, and the relevance of every window."""
    pooled = torch.stack([x[row, a:b].mean(0) for row, window in enumerate(batch) for _, a, b in window.spans])
    return model.rung(pooled), torch.cat([model.by(pooled), model.hold(pooled)], dim=1), model.rel(x[:, 0])


def _of_answers(given: Answers, wanted: Answers) -> torch.Tensor:
    sure = wanted[0].sigmoid()
    rungs = functional.binary_cross_entropy_with_logits(given[0], sure, reduction="none").sum(dim=1).mean()
    odds = (given[0] - wanted[0]).clamp(-_FAR, _FAR).square().mean()
    return (
        _WEIGHTS["rung"] * rungs
        + _WEIGHTS["odds"] * odds
        + _WEIGHTS["who"] * functional.mse_loss(given[1], wanted[1])
        + _WEIGHTS["relevance"] * functional.mse_loss(given[2], wanted[2])
    )
