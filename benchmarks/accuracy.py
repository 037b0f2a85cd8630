"""How right are the readings, beside a keyword rule on the same items?

    .venv/bin/python benchmarks/accuracy.py [ITEMS.jsonl ...] [--part kept|tuned|all] [--jobs N]

Items are labelled JSON lines; by default those of the evaluation folder beside the repository (`../shared/eval`).
They are split by development, so that one story is never on both sides: `kept` (about a third) is never looked at
while rules are written, `tuned` is. Prints relevance and positions (precision, recall, F1) for each language and
form; the last line is one JSON object.

Refuses to do: it changes nothing; a figure that falls is for a person to explain.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from keyword_rule import keyword_result

from bot.cli.items import ItemLine, readings_line
from bot.nlp.pool import ReaderPool
from bot.wiring import load_settings, reader_factory

EVAL = Path(__file__).parents[1] / "../shared/eval"
Row = dict[str, Any]


def load(paths: Iterable[Path]) -> list[Row]:
    """Return the items of the files; each gets the form it is in: `feed` or `article`."""
    rows: list[Row] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row["form"] = "feed" if path.name.startswith(("feed-", "labelled")) else "article"
            rows.append(row)
    return rows


def kept_ids(rows: Iterable[Row]) -> set[str]:
    """Return the ids of the kept part: a third of the developments, whole, chosen by hash.

    Items are joined by date, `same_as` and `same_development`.
    """
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    ids = []
    for row in rows:
        ids.append(row["id"])
        links = (row.get("date") and "d" + row["date"], row.get("same_as"))
        same = row.get("same_development")
        for link in (*links, same and "s" + same):
            if link:
                parent[root(row["id"])] = root(link)
    groups: dict[str, list[str]] = defaultdict(list)
    for item in ids:
        groups[root(item)].append(item)
    return {
        item
        for group in groups.values()
        if int(hashlib.sha256(min(group).encode()).hexdigest(), 16) % 3 == 0
        for item in group
    }


def ratios(tp: int, fp: int, fn: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def score(rows: Iterable[Row], results: Mapping[str, Row]) -> dict[str, dict[str, float]]:
    """Return relevance and positions over sets of (track, rung); what annotators differed on counts neither way."""
    rel, pos = [0, 0, 0], [0, 0, 0]
    for row in rows:
        got = results[row["id"]]
        if not row.get("relevance_optional"):
            rel[0] += row["relevant"] and got["relevant"]
            rel[1] += got["relevant"] and not row["relevant"]
            rel[2] += row["relevant"] and not got["relevant"]
        gold = {(label["track"], label["rung"]) for label in row["labels"]}
        free = {tuple(pair) for pair in row.get("optional", ())}
        read = {(reading["track"], reading["rung"]) for reading in got["readings"]} - free
        pos[0] += len(gold & read)
        pos[1] += len(read - gold)
        pos[2] += len(gold - read)
    return {"relevance": ratios(*rel), "positions": ratios(*pos)}


async def read_all(rows: list[Row], jobs: int) -> dict[str, Row]:
    """Return the reader's results by item id."""
    pool = ReaderPool(reader_factory(load_settings()), jobs)
    try:
        results = await pool.read([ItemLine.model_validate(row).item() for row in rows])
    finally:
        pool.close()
    return {result.id: readings_line(result) for result in results}


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", nargs="*", type=Path)
    parser.add_argument("--part", choices=("kept", "tuned", "all"), default="kept")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    paths = args.items or sorted([*EVAL.glob("dev/*.jsonl"), *EVAL.glob("real/*.jsonl")])
    rows = load(paths)
    if not rows:
        print(f"accuracy: skipped, no labelled items: name files, or put them into {EVAL}")
        print(json.dumps({"skipped": True}))
        return
    kept = kept_ids(rows)
    rows = [row for row in rows if args.part == "all" or (row["id"] in kept) == (args.part == "kept")]
    ours = asyncio.run(read_all(rows, args.jobs))
    peer = {row["id"]: keyword_result(row) for row in rows}
    groups: dict[str, list[Row]] = {"all": rows}
    for row in rows:
        for name in (row["lang"], row["form"], f"{row['lang']} {row['form']}"):
            groups.setdefault(name, []).append(row)
    print(f"part: {args.part}")
    print(f"{'':12}{'items':>6}   {'relevance F1':>14}   {'positions P/R/F1':>20}   {'keyword rule P/R/F1':>20}")
    out: dict[str, Any] = {}
    for name, group in sorted(groups.items()):
        mine, theirs = score(group, ours), score(group, peer)
        out[name] = {"items": len(group), "ours": mine, "keyword": theirs}
        cells = [
            "/".join(f"{side['positions'][key]:.2f}" for key in ("precision", "recall", "f1"))
            for side in (mine, theirs)
        ]
        print(f"{name:12}{len(group):6}   {mine['relevance']['f1']:14.2f}   {cells[0]:>20}   {cells[1]:>20}")
    print(json.dumps({"part": args.part, "groups": out}))


if __name__ == "__main__":
    main()
