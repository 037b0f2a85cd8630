"""What does reading a stream of news cost, beside spaCy's plain pipeline and beside a plain search for the names?

    .venv/bin/python benchmarks/read.py [--storyline FILE ...] [--background FILE] [--items 1000]

A stream of 95 % ordinary news and 5 % storyline, all English, is read on one core, as `stancewatch read` reads it, and
the same texts are put through `spacy.load(model)` as it comes, one by one and once more by its `pipe`. Figures are
seconds of CPU time; both sides take turns, and the best of some rounds counts, so that neighbours on the machine
disturb both alike. Then:

- the gate alone beside `re` with IGNORECASE over the same forms, which must find the same places;
- a fresh process (start.py): seconds until it has read an item in each of four languages, and its memory then;
- articles of 10 KB, 100 KB and 1 MB: the cost of each kilobyte.

Ordinary news and storyline come from the evaluation folder beside the repository (its background, and the tuned part of
its English items); where that is missing, both are items of our own. Last line: one JSON object.

Refuses to do: how right the readings are, accuracy.py says.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"  # one core for either side; before NumPy is imported

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "learning")]

from items import ITEMS, as_row, read_written  # noqa: E402
from labelled_items import EVAL, kept_ids, labelled_files, load  # noqa: E402
from start import GREETINGS  # noqa: E402

from bot.cli.items import ItemLine  # noqa: E402
from bot.domain import Item  # noqa: E402
from bot.nlp.building import build_reader  # noqa: E402
from bot.nlp.gate import Forms, Gate, Hit  # noqa: E402
from bot.nlp.languages.en.parsing import MODEL  # noqa: E402
from bot.nlp.plain import mask  # noqa: E402
from bot.nlp.reader import StorylineReader  # noqa: E402
from bot.nlp.resolve import case_fits  # noqa: E402
from config import load_storyline  # noqa: E402

Row = dict[str, Any]
SEED = 1
STORYLINE_SHARE = 0.05
SIZES = (10_000, 100_000, 1_000_000)


def own(language: str, *, relevant: bool) -> list[Row]:
    """Return items of our own in one language."""
    storyline = load_storyline()
    written = [one for path in sorted(ITEMS.glob(f"{language}*.txt")) for one in read_written(path, storyline)[0]]
    return [as_row(one) for one in written if one.relevant is relevant]


def background(path: Path) -> tuple[str, list[Row]]:
    """Return where ordinary news is from, and its rows."""
    if path.exists():
        return path.name, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return "items of our own that are not of the storyline", own("en", relevant=False)


def storyline_rows(paths: Sequence[Path]) -> list[Row]:
    """Return English storyline items: of the files, else of the tuned part of the evaluation folder, else our own."""
    every = load(paths or labelled_files())
    kept = set() if paths else kept_ids(every)
    rows = [row for row in every if row["lang"] == "en" and row["relevant"] and row["id"] not in kept]
    return rows or own("en", relevant=True)


def stream(ordinary: Sequence[Row], near: Sequence[Row], length: int) -> list[Item]:
    """Return a shuffled stream with its share of the storyline."""
    rng = random.Random(SEED)
    few = round(length * STORYLINE_SHARE)
    rows = rng.sample(list(ordinary), min(length - few, len(ordinary)))
    few = min(few, round(len(rows) * STORYLINE_SHARE / (1 - STORYLINE_SHARE)))
    rows += rng.sample(list(near), min(few, len(near)))
    rng.shuffle(rows)
    return [ItemLine.model_validate(row).item() for row in rows]


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def best(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the best of some rounds of each, taken in turns."""
    taken = [[seconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*taken, strict=True)]


def beside_spacy(reader: StorylineReader, items: Sequence[Item], rounds: int) -> Mapping[str, float]:
    """Return milliseconds an item of both sides, and their ratio."""
    import spacy  # noqa: PLC0415 -- it is the other side of the comparison

    plain = spacy.load(MODEL)
    texts = [f"{item.title}\n{item.text}" for item in items]
    reader.read(Item("first", *GREETINGS["en"]))  # loads what is loaded when first needed
    ours, single, piped = best(
        rounds,
        lambda: [reader.read(item) for item in items],
        lambda: [plain(text) for text in texts],
        lambda: list(plain.pipe(texts)),
    )
    per = 1000 / len(items)
    return {
        "articles_per_cpu_s": round(len(items) / ours, 1),
        "ms_an_article": round(ours * per, 3),
        "ms_spacy": round(single * per, 3),
        "ms_spacy_pipe": round(piped * per, 3),
        "ratio_vs_spacy": round(single / ours, 1),
        "ratio_vs_spacy_pipe": round(piped / ours, 1),
    }


def beside_re(items: Sequence[Item]) -> Mapping[str, float]:
    """Return milliseconds an item of the gate and of `re`, their ratio, and whether they find the same."""
    gate = Gate(load_storyline())
    texts = [(mask(item.title), mask(item.text)) for item in items]
    search = Search(gate.forms)
    sample = texts[:: max(1, len(texts) // 6)]  # it is slow
    differing = sum(set(gate.hits(field)) != set(search(field)) for pair in sample for field in pair)
    (ours,) = best(3, lambda: [gate(*pair) for pair in texts])
    theirs = seconds(lambda: [search.pattern.findall(field) for pair in sample for field in pair])
    ms_gate, ms_re = 1000 * ours / len(texts), 1000 * theirs / len(sample)
    return {
        "gate_strings": len(gate.forms),
        "gate_ms": round(ms_gate, 4),
        "re_ms": round(ms_re, 3),
        "gate_ratio_vs_re": round(ms_re / ms_gate, 1),
        "gate_differing_texts": differing,
    }


class Search:
    """The gate's search done by `re`: at every place the longest string that begins there, and those it begins with."""

    def __init__(self, forms: Mapping[str, Sequence[Forms]]) -> None:
        longest_first = sorted(forms, key=len, reverse=True)
        self.pattern = re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))", re.IGNORECASE)
        self._forms = forms

    def __call__(self, text: str) -> Iterator[Hit]:
        """Yield what the gate should find."""
        for found in self.pattern.finditer(text):
            start, longest = found.start(), found[1].lower()
            for size in range(1, len(longest) + 1):
                standing = (_keys(form, text, start, start + size) for form in self._forms.get(longest[:size], ()))
                if keys := frozenset().union(*standing):
                    yield start, start + size, keys


def _keys(form: Forms, text: str, start: int, end: int) -> frozenset[str]:
    """Return what a form stands for at a place of a text."""
    if (form.left and start > 0 and text[start - 1].isalnum()) or (
        form.right and end < len(text) and text[end].isalnum()
    ):
        return frozenset()
    return form.plain.union(*(keys for alias, keys in form.cased if case_fits(alias, text[start:end])))


def in_length(reader: StorylineReader, items: Sequence[Item]) -> Mapping[str, float]:
    """Return microseconds of each kilobyte of articles of growing length, made of items of the stream."""
    whole = "\n".join(f"{item.title}\n{item.text}" for item in items)
    whole *= SIZES[-1] // len(whole) + 1
    found = {}
    for size in SIZES:
        item = Item("long", items[0].title, whole[:size])
        repeats = max(1, SIZES[-1] // size // 4)
        found[f"us_a_kb_at_{size // 1000}_kb"] = round(1e9 * best(repeats, partial(reader.read, item))[0] / size)
    return found


def fresh() -> Mapping[str, float]:
    """Return what a process of its own needs until it has read an item in each language: seconds and megabytes.

    The modules are compiled before, as pip, `make setup` and the image leave them.
    """
    with tempfile.TemporaryDirectory() as compiled:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, str(HERE / "start.py")],
                env=env | {"PYTHONPYCACHEPREFIX": compiled},
                capture_output=True,
                text=True,
                check=True,
            )
    found: Mapping[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure, print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--storyline", nargs="*", type=Path, default=[], help="files of labelled items")
    parser.add_argument("--background", type=Path, default=EVAL / "background" / "en.jsonl")
    parser.add_argument("--items", type=int, default=1_000, help="length of the stream")
    parser.add_argument("--rounds", type=int, default=3, help="of the stream")
    given = parser.parse_args()
    source, ordinary = background(given.background)
    items = stream(ordinary, storyline_rows(given.storyline), given.items)
    reader = build_reader(None, "")
    figures: dict[str, object] = {"items": len(items), "background": source}
    for part in (
        partial(beside_spacy, reader, items, given.rounds),
        fresh,
        partial(beside_re, items),
        partial(in_length, reader, items),
    ):
        found = part()
        figures |= found
        for name, value in found.items():
            print(f"{name:24}{value}", flush=True)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
