"""What is trained: the encoder's last layers, and a head for each question.

Of the twelve layers of the base, some are kept as they are (their output is computed once and stored), some are left
out, and the last ones learn. A unit's vector is the mean over its pieces. An item reports a rung as far as its units
together say so (log-sum-exp); the unit that a person quoted is told apart from the others by a softmax over units.

Refuses to do: reading items and writing the artefact are done elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
import torch
from base import Base
from examples import Example, Names
from torch import nn
from torch.nn import functional

from bot.nlp.learned.windows import Window, windows

T = TypeVar("T")

_STEP = 16
"""Inputs are padded to multiples of this."""
_QUOTE, _WHO = 0.5, 0.3
_RELEVANCE = 0.5
"""Weights of the losses beside the rungs' own."""
_BLANKED = 0.08
"""Share of the pieces that are blanked while it learns, so that no single word decides."""


class Layer(nn.Module):
    """One layer of BERT (post-norm)."""

    def __init__(self, width: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.aln, self.oln = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.drop = nn.Dropout(0.1)
        self.per_head = width // heads

    def mixed(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """Return what the heads gather for every piece, side by side; `seen` marks pieces that are no padding."""
        batch, length, _ = x.shape

        def split(t: torch.Tensor) -> torch.Tensor:
            return t.view(batch, length, -1, self.per_head).transpose(1, 2)

        found = functional.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=seen[:, None, None, :]
        )
        return found.transpose(1, 2).reshape(batch, length, -1)

    def after_attention(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """Return what the inner cells are given."""
        return self.aln(x + self.drop(self.ao(self.mixed(x, seen))))

    def after_inner(self, x: torch.Tensor) -> torch.Tensor:
        """Return what the inner cells make of it: the next layer's input."""
        return self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))

    def forward(self, x: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        """Return the next layer's input."""
        return self.after_inner(self.after_attention(x, seen))


class Encoder(nn.Module):
    """The chosen layers of the base with its embeddings."""

    def __init__(self, base: Base, layers: Sequence[int]) -> None:
        super().__init__()
        width, _, heads, inner, pieces, positions, _ = base.shape

        def tensor(name: str, *shape: int) -> torch.Tensor:
            return torch.tensor(base.tensor(name).reshape(shape))

        self.word = nn.Embedding.from_pretrained(tensor("emb.word", pieces, width))
        kinds = tensor("emb.type", -1, width)
        self.pos = nn.Parameter(tensor("emb.pos", positions, width) + kinds[0], requires_grad=False)
        self.ln = nn.LayerNorm(width, base.eps)
        self.L = nn.ModuleList(Layer(width, heads, inner, base.eps) for _ in layers)
        with torch.no_grad():
            self.ln.weight.copy_(tensor("emb.ln.w", width))
            self.ln.bias.copy_(tensor("emb.ln.b", width))
            for number, layer in zip(layers, self.L, strict=True):
                for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                    part = getattr(layer, name)
                    part.weight.copy_(tensor(f"l{number}.{name}.w", *part.weight.shape))
                    part.bias.copy_(tensor(f"l{number}.{name}.b", *part.bias.shape))

    def rows(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the first layer's input."""
        return self.ln(self.word(ids) + self.pos[: ids.shape[1]])


class Model(nn.Module):
    """Encoder and heads.

    Args:
        frozen: how many of the layers, from below, stay as they are.
    """

    def __init__(self, base: Base, names: Names, layers: Sequence[int], frozen: int) -> None:
        super().__init__()
        width = base.shape[0]
        self.e = Encoder(base, layers)
        self.frozen = frozen
        self.drop = nn.Dropout(0.2)
        self.rung, self.rel = nn.Linear(width, len(names.rungs)), nn.Linear(width, 1)
        self.by, self.hold = nn.Linear(width, len(names.tracks) * len(names.bys)), nn.Linear(width, len(names.holders))
        nn.init.constant_(self.rung.bias, -4.0)
        self.tracks, self.bys = len(names.tracks), len(names.bys)
        self.may = torch.tensor([[holder in names.may[track] for holder in names.holders] for track in names.tracks])
        self.kept: dict[tuple[int, ...], torch.Tensor] = {}
        for name, weights in self.e.named_parameters():
            if not name.startswith("L.") or int(name.split(".")[1]) < frozen:
                weights.requires_grad_(requires_grad=False)

    @torch.no_grad()
    def remember(self, items: Iterable[Example]) -> None:
        """Compute what the frozen layers make of every window, once."""
        self.eval()
        todo = {window.ids for item in items for window in cut(item)} - set(self.kept)
        ordered = sorted(todo, key=len)
        for start in range(0, len(ordered), _STEP):
            batch = ordered[start : start + _STEP]
            ids, seen = padded(batch)
            with torch.autocast("cpu", torch.bfloat16):
                x = self.e.rows(ids)
                for layer in self.e.L[: self.frozen]:
                    x = layer(x, seen)
            self.kept.update((one, x[i, : len(one)].to(torch.bfloat16)) for i, one in enumerate(batch))
        self.train()

    def forward(self, items: Sequence[Example]) -> tuple[torch.Tensor, ...]:
        """Return rungs, bys, holders of every unit, relevance of every item, and (item, unit) of every row."""
        found = [(i, window) for i, item in enumerate(items) for window in cut(item)]
        _, seen = padded([window.ids for _, window in found])
        x = torch.zeros(*seen.shape, self.e.ln.weight.shape[0])
        for row, (_, window) in enumerate(found):
            x[row, : len(window.ids)] = self.kept[window.ids].float()
        if self.training:
            x = x * (torch.rand(*x.shape[:2], 1) >= _BLANKED)
        for layer in self.e.L[self.frozen :]:
            x = layer(x, seen)
        x = x.float()
        first = {i: row for row, (i, _) in reversed(list(enumerate(found)))}
        pooled = [x[row, a:b].mean(0) for row, (_, window) in enumerate(found) for _, a, b in window.spans]
        where = torch.tensor([(i, unit) for i, window in found for unit, _, _ in window.spans])
        units = self.drop(torch.stack(pooled))
        whole = torch.stack([x[first[i], 0] for i in range(len(items))])
        bys = self.by(units).float().view(-1, self.tracks, self.bys)
        return self.rung(units).float(), bys, self.hold(units).float(), self.rel(whole).float()[:, 0], where

    def loss(self, items: Sequence[Example]) -> torch.Tensor:
        """Return the loss of a batch, per item."""
        rungs, bys, holders, relevance, where = self(items)
        owner = where[:, 0]
        gold, free = torch.zeros(len(items), rungs.shape[1]), torch.ones(len(items), rungs.shape[1])
        for i, item in enumerate(items):
            gold[i, [t.rung for t in item.targets]] = 1.0
            free[i, sorted(item.free)] = 0.0
        together = torch.stack([torch.logsumexp(rungs[owner == i], 0) for i in range(len(items))])
        total = (functional.binary_cross_entropy_with_logits(together, gold, reduction="none") * free).sum()
        sure = torch.tensor([0.0 if item.row.get("relevance_optional") else 1.0 for item in items])
        wanted = torch.tensor([float(item.row["relevant"]) for item in items])
        total = (
            total
            + _RELEVANCE
            * (functional.binary_cross_entropy_with_logits(relevance, wanted, reduction="none") * sure).sum()
        )
        at = {(int(i), int(unit)): row for row, (i, unit) in enumerate(where)}
        for i, item in enumerate(items):
            for t in item.targets:
                row = at.get((i, t.unit))
                if row is None:
                    continue
                total = total + _QUOTE * (together[i, t.rung] - rungs[row, t.rung])
                total = total + _WHO * functional.cross_entropy(bys[row, t.track][None], torch.tensor([t.by]))
                if t.holder >= 0:
                    among = holders[row].masked_fill(~self.may[t.track], -30.0)
                    total = total + _WHO * functional.cross_entropy(among[None], torch.tensor([t.holder]))
        return total / len(items)


def cut(item: Example) -> list[Window]:
    """Return the windows of an item."""
    return list(windows(item.pieces, [unit.title for unit in item.units]))


def padded(batch: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids and what of them is no padding."""
    length = -(-max(map(len, batch)) // _STEP) * _STEP
    ids, seen = torch.ones(len(batch), length, dtype=torch.long), torch.zeros(len(batch), length, dtype=torch.bool)
    for row, one in enumerate(batch):
        ids[row, : len(one)] = torch.tensor(one)
        seen[row, : len(one)] = True
    return ids, seen


def batches(items: Sequence[T], size: int, length: Callable[[T], int]) -> list[list[T]]:
    """Return shuffled batches of items of like length."""
    order, found = random.sample(list(items), len(items)), list[list[T]]()
    for start in range(0, len(order), 8 * size):
        near = sorted(order[start : start + 8 * size], key=length)
        found += [near[i : i + size] for i in range(0, len(near), size)]
    return random.sample(found, len(found))


def saved(model: Model) -> dict[str, torch.Tensor]:
    """Return the weights but for the table of pieces, which never learns: it is the base's."""
    return {name: value for name, value in model.state_dict().items() if name != "e.word.weight"}


def as_arrays(model: Model) -> dict[str, np.ndarray]:
    """Return the weights that the artefact needs."""
    return {name: value.detach().float().numpy() for name, value in saved(model).items()}
