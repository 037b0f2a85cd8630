"""Which labelled items are measured, and on which side of the split does each stand?

Refuses to do: nothing is read for meaning here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

EVAL = Path(__file__).parents[1] / "../shared/eval"
PARTS = 3
"""One part of so many is kept back."""

Row = dict[str, Any]


def labelled_files() -> list[Path]:
    """Return the labelled files of the evaluation folder; none where it does not lie beside the repository."""
    return sorted([*EVAL.glob("dev/*.jsonl"), *EVAL.glob("real/*.jsonl")], key=lambda path: path.name)


def load(paths: Iterable[Path]) -> list[Row]:
    """Return the items of the files; each gets the form it is in: `feed` or `article`."""
    rows: list[Row] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row["form"] = "feed" if path.name.startswith(("feed-", "labelled")) else "article"
            row["real"] = path.name.startswith("labelled")
            rows.append(row)
    return rows


def links(row: Row) -> tuple[str, ...]:
    """Return what joins an item to others of its development: its date, `same_as`, `same_development`."""
    same = row.get("same_development")
    return tuple(filter(None, (row.get("date") and "d" + row["date"], row.get("same_as"), same and "s" + same)))


def developments(joined: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return the name of the development of each item: whatever shares a link, through others too, is one.

    Args:
        joined: (id of an item, its links) of every item.
    """
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for ident, shared in joined:
        root(ident)
        for link in shared:
            parent[root(ident)] = root(link)
    return {node: root(node) for node in list(parent)}


def kept_ids(rows: Iterable[Row]) -> set[str]:
    """Return the ids of the kept part: a third of the developments, whole, chosen by hash.

    Items are joined by date, `same_as` and `same_development`.
    """
    rows = list(rows)
    roots = developments((row["id"], links(row)) for row in rows)
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[roots[row["id"]]].append(row["id"])
    return {item for group in groups.values() if _chosen(min(group)) for item in group}


def random_ids(rows: Iterable[Row]) -> set[str]:
    """Return the ids of a third of the items, each chosen by itself, whatever story it tells."""
    return {row["id"] for row in rows if _chosen("random " + row["id"])}


def _chosen(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % PARTS == 0
