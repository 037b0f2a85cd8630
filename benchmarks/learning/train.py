"""How is the learned part made? `make learn`

    python benchmarks/learning/train.py [--epochs N] [--weights FILE] [--out FOLDER]

Trains the encoder on items of our own and, where the evaluation folder lies beside the repository, on the tuned part
of its items; holds one fold of developments back; fits on that fold how far rules and the learned part are believed;
learns at last from that fold too; writes the artefact of bot/nlp/learned. Needs the packages of
benchmarks/learning/requirements.txt, some three hours of two cores, and no network.

Refuses to do: it never reads the kept part of the evaluation folder.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import pickle
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from base import bundled, load_base  # noqa: E402
from examples import Example, Names, example, examples_of, folds, rows  # noqa: E402
from fitting import Held, fit_sieve, fit_weights, floors, found_by, positions, right, usual_speakers  # noqa: E402
from labelled_items import EVAL  # noqa: E402
from net import Model, batches, cut, saved  # noqa: E402
from teaching import teach  # noqa: E402
from thinning import take_up, thin  # noqa: E402
from writing import add_to_manifest, wanted_pieces, write  # noqa: E402

from bot.cli.items import ItemLine  # noqa: E402
from bot.domain import Storyline  # noqa: E402
from bot.nlp.capitals import Capitals  # noqa: E402
from bot.nlp.learned import opinion as artefact  # noqa: E402
from bot.nlp.learned.joining import Joiner  # noqa: E402
from bot.nlp.learned.opinion import Learned  # noqa: E402
from bot.nlp.learned.pieces import Pieces  # noqa: E402
from bot.nlp.learned.windows import UNKNOWN  # noqa: E402
from bot.nlp.reader import StorylineReader  # noqa: E402
from bot.nlp.settle import settle  # noqa: E402
from config import load_storyline  # noqa: E402

T = TypeVar("T")

LAYERS, FROZEN = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11), 3
"""Of the base's twelve, those that fit in 30 MB; how many of them, from below, stay as they are."""
FOLDS, SEED, BATCH = 8, 1, 16
RATE, HEADS, DECAY = 1e-4, 10, 0.9
"""Of the last layer; what the heads learn at, in times of it; and of each layer below, in times of the one above."""
LAST = 0.6
"""Rate of the last round, in times of the others'."""
WEIGHED = 2_500
"""Windows on which it is measured what can go."""
SURER = 0.05
"""By how much the floor of readings is raised after the last round: by then it has seen more, and is surer of itself."""
MEMORY = 0.995
"""Of the running mean of the weights."""
NEAR = 0.1
"""Probability of the sieve from which on the encoder looks where the gate met a topic: the storyline, however it is put (a
government's notice that it "decides to provide Ukraine with drones" has some 0.1), and few of the 75 ordinary items."""


def train(model: Model, items: Sequence[Example], epochs: int, top: float, keep: Path | None) -> None:
    """Train the layers that are not frozen, and the heads.

    The running mean of the weights is what is kept: smoother than the last step's, and right more often (Polyak and
    Juditsky 1992, "Acceleration of stochastic approximation by averaging").

    Args:
        top: learning rate of the last layer; those below learn more slowly, the heads faster.
        keep: file for the weights after every epoch.
    """
    optimizer = torch.optim.AdamW(_groups(model, top), betas=(0.9, 0.98))
    total, step, began = math.ceil(len(items) / BATCH) * epochs, 0, time.monotonic()
    learning = {name: weights for name, weights in model.named_parameters() if weights.requires_grad}
    mean = {name: weights.detach().clone() for name, weights in learning.items()}
    model.train()
    for epoch in range(epochs):
        losses = []
        for batch in batches(items, BATCH, lambda item: sum(map(len, item.pieces))):
            done = step / total
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * max(0.01, min(done / 0.1, (1 - done) / 0.9))
            with torch.autocast("cpu", torch.bfloat16):
                loss = model.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([w for g in optimizer.param_groups for w in g["params"]], 1.0)
            optimizer.step()
            losses.append(loss.item())
            step += 1
            with torch.no_grad():
                for name, weights in learning.items():
                    mean[name].lerp_(weights, max(1 - MEMORY, 1 / (step + 1)))
        if keep:
            torch.save(saved(model) | mean, keep)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    model.load_state_dict(mean, strict=False)


def _groups(model: Model, top: float) -> list[dict[str, Any]]:
    """Return the weights that learn, each with its rate."""
    groups: list[dict[str, Any]] = []
    for name, weights in model.named_parameters():
        if weights.requires_grad:
            found = re.match(r"e\.L\.(\d+)\.", name)
            rate = top * DECAY ** (len(model.e.L) - 1 - int(found[1])) if found else HEADS * top
            decay = 0.01 if weights.ndim > 1 else 0.0
            groups.append({"params": [weights], "lr": rate, "weight_decay": decay, "top": rate})
    return groups


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--frozen", type=int, default=FROZEN, help="how many layers, from below, stay as they are")
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate of the last layer")
    parser.add_argument("--weights", type=Path, help="take these weights instead of training")
    parser.add_argument("--start", type=Path, help="train on from these weights")
    parser.add_argument("--keep", type=Path, help="keep the weights here after every epoch")
    parser.add_argument(
        "--held", type=Path, help="keep what the rules find in the held items here, and take it from here"
    )
    parser.add_argument("--out", type=Path, default=artefact.HERE)
    return parser.parse_args()


def main() -> None:
    """Train, write, fit, and say how right it is on the fold held back."""
    args = _arguments()
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(mode=True)
    storyline = load_storyline()
    names = Names(storyline)
    base = load_base(bundled())
    pieces = Pieces(base.pieces, base.scores, UNKNOWN, Capitals.of(storyline))
    everything = rows(storyline)
    fold = folds(everything, FOLDS)
    examples = examples_of(everything, names, pieces)
    model = Model(base, names, LAYERS, args.frozen)
    if args.weights or args.start:
        take_up(model, torch.load(args.weights or args.start))
    if not args.weights:
        learning = [item for item, number in zip(examples, fold, strict=True) if number]
        model.remember(learning)
        # people labelled the evaluation folder as acceptance is labelled; ours are many, and wider than life
        train(
            model, [*learning, *(item for item in learning if "own" not in item.row)], args.epochs, args.rate, args.keep
        )
    reader = StorylineReader(storyline)
    background = [json.loads(line) for path in EVAL.glob("background/*.jsonl") for line in path.open(encoding="utf-8")]
    far = [{"title": row.get("title"), "text": row.get("text"), "relevant": False, "labels": []} for row in background]
    sieve = fit_sieve([(row, reader.gate(row["title"] or "", row["text"] or "")) for row in (*everything, *far)])
    texts = [f"{row['title']} {(row['text'] or '')[:1500]}" for row in far] + [_names_of(storyline)]
    keep = wanted_pieces(base, pieces, examples, texts)
    write(args.out, base, model, examples, keep, sieve, names)
    _fit(args, storyline, names, _sides(everything, fold), reader)
    if not args.weights:
        _learn_held(model, _sides(examples, fold), args)
        _lighten(model, [*examples, *examples_of(far, names, pieces)], args)
        fitted = json.loads((args.out / "manifest.json").read_text(encoding="utf-8"))
        fitted["floors"]["reading"] = round(fitted["floors"]["reading"] + SURER, 2)
        write(args.out, base, model, examples, keep, sieve, names)
        add_to_manifest(args.out, {name: fitted[name] for name in ("weights", "floors")})


def _learn_held(model: Model, sides: tuple[list[Example], list[Example]], args: argparse.Namespace) -> None:
    """At last, and gently, learn from the items held back too; what was fitted on them stays as it is."""
    held, others = sides
    items = [*held, *random.sample(others, min(len(others), 2 * len(held)))]
    model.remember(items)
    train(model, items, 1, args.rate * LAST, args.keep)


def _lighten(model: Model, items: Sequence[Example], args: argparse.Namespace) -> None:
    """Take out of the encoder what can go, and have what is left say what the full one says."""
    model.kept.clear()
    full = copy.deepcopy(model)
    read = [window for item in items for window in cut(item)]
    thin(model, random.sample(read, min(len(read), WEIGHED)))
    teach(model, full, read)
    if args.keep:
        torch.save(saved(model), args.keep)


def _sides(items: Sequence[T], fold: Sequence[int] | np.ndarray) -> tuple[list[T], list[T]]:
    """Return the items that are held back, and those that are learned from."""
    pairs = list(zip(items, fold, strict=True))
    return [row for row, number in pairs if not number], [row for row, number in pairs if number]


def _names_of(storyline: Storyline) -> str:
    return " ".join(form for holder in storyline.holders for forms in holder.aliases.values() for form in forms)


def _fit(
    args: argparse.Namespace,
    storyline: Storyline,
    names: Names,
    sides: tuple[list[dict[str, Any]], ...],
    reader: StorylineReader,
) -> None:
    """Fit what joins rules and the learned part on the rows held back.

    Args:
        sides: the rows held back, and those learned from.
    """
    held_rows, learned_from = sides
    learned = Learned(storyline, args.out)
    cached = pickle.loads(args.held.read_bytes()) if args.held and args.held.exists() else {}
    held = []
    for row in held_rows:
        if row["id"] not in cached:
            cached[row["id"]] = reader.found(ItemLine.model_validate(row).item())
        gate, every = cached[row["id"]]
        held.append(Held(row, gate, every, learned.opinion(example(row, names).units)))
    if args.held:
        args.held.write_bytes(pickle.dumps(cached))
    columns = names.columns
    weights = fit_weights(held, storyline, columns, usual_speakers(learned_from, columns))
    chosen = floors(held, storyline, columns, weights) | {"near": NEAR}
    add_to_manifest(args.out, {"weights": asdict(weights), "floors": chosen})
    joiner = Joiner(storyline, weights, learned.rungs, learned.holders, learned.bys)
    ours = found_by(joiner, held, storyline, chosen["relevance"], chosen["second"])
    rules = [{(c.track, c.rung): c.confidence for c in settle(one.every, storyline.tracks)} for one in held]
    for name, found, floor in (("rules", rules, 0.5), ("joined", ours, chosen["reading"])):
        print(f"{name}: P/R/F1 {'/'.join(f'{x:.3f}' for x in positions(held, found, floor))} on {len(held)} held items")
    print(chosen, asdict(weights), right(held, storyline, columns, weights))


if __name__ == "__main__":
    main()
