"""How far do readings agree with labels?

Positions are compared as sets of (track, rung) per item; what annotators differed on counts neither way.

Refuses to do: nothing is read here, and nothing printed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Results = Mapping[str, Row]
Pair = tuple[str, str]
NONE = "-"
"""Column and row of a confusion matrix for what the other side does not have."""


def ratios(hit: int, false: int, missed: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def pairs(row: Row, result: Row) -> tuple[set[Pair], set[Pair]]:
    """Return what is labelled and what is read, without what is optional."""
    gold = {(label["track"], label["rung"]) for label in row["labels"]}
    free = {tuple(pair) for pair in row.get("optional", ())}
    return gold, {(reading["track"], reading["rung"]) for reading in result["readings"]} - (free - gold)


def score(rows: Iterable[Row], results: Results, only: Callable[[Pair], bool] = lambda _: True) -> Row:
    """Return relevance and positions.

    Args:
        only: which (track, rung) count.
    """
    relevance, positions, gold_labels = [0, 0, 0], [0, 0, 0], 0
    for row in rows:
        result = results[row["id"]]
        if not row.get("relevance_optional"):
            relevance[0] += row["relevant"] and result["relevant"]
            relevance[1] += result["relevant"] and not row["relevant"]
            relevance[2] += row["relevant"] and not result["relevant"]
        gold, read = ({pair for pair in side if only(pair)} for side in pairs(row, result))
        positions[0] += len(gold & read)
        positions[1] += len(read - gold)
        positions[2] += len(gold - read)
        gold_labels += len(gold)
    return {"relevance": ratios(*relevance), "positions": ratios(*positions), "labels": gold_labels}


def matched(rows: Iterable[Row], results: Results) -> dict[str, float]:
    """Return, of the positions that are right, how often holder, by and quote are right too.

    A quote is right when it shares more than half its letters' run with a label's: one contains the other, or at least
    half the words of both are the same.
    """
    hits: Counter[str] = Counter()
    for row in rows:
        gold, read = pairs(row, results[row["id"]])
        for pair in gold & read:
            labels = [x for x in row["labels"] if (x["track"], x["rung"]) == pair]
            readings = [x for x in results[row["id"]]["readings"] if (x["track"], x["rung"]) == pair]
            hits["all"] += 1
            hits["holder"] += {x["holder"] for x in labels} == {x["holder"] for x in readings}
            hits["by"] += any(x["by"] == y["by"] for x in labels for y in readings)
            hits["quote"] += any(same_quote(x.get("quote", ""), y["quote"]) for x in labels for y in readings)
    return {name: round(hits[name] / max(1, hits["all"]), 3) for name in ("holder", "by", "quote")}


def same_quote(one: str, other: str) -> bool:
    """Tell whether two quotes are the same sentence, cut a little differently perhaps."""
    one, other = one.strip(), other.strip()
    if one and other and (one in other or other in one):
        return True
    a, b = Counter(one.lower().split()), Counter(other.lower().split())
    return 2 * sum((a & b).values()) >= max(1, sum(a.values()) + sum(b.values())) / 2


def confusion(rows: Iterable[Row], results: Results) -> dict[str, Counter[Pair]]:
    """Return track → (labelled rung, read rung) → items; what both have is set off first."""
    found: dict[str, Counter[Pair]] = defaultdict(Counter)
    for row in rows:
        gold, read = pairs(row, results[row["id"]])
        for track in {track for track, _ in gold | read}:
            wanted = {rung for name, rung in gold if name == track}
            said = {rung for name, rung in read if name == track}
            found[track].update((rung, rung) for rung in wanted & said)
            missing, wrong = sorted(wanted - said), sorted(said - wanted)
            many = max(len(missing), len(wrong))
            found[track].update(
                zip(missing + [NONE] * (many - len(missing)), wrong + [NONE] * (many - len(wrong)), strict=True)
            )
    return found


def calibration(rows: Iterable[Row], results: Results, steps: int = 10) -> list[dict[str, float]]:
    """Return for each band of confidence: readings, mean confidence, share that is right."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row in rows:
        gold, read = pairs(row, results[row["id"]])
        best: dict[Pair, float] = {}
        for reading in results[row["id"]]["readings"]:
            pair = (reading["track"], reading["rung"])
            best[pair] = max(best.get(pair, 0.0), reading["confidence"])
        for pair in read:
            bands[min(steps - 1, int(best[pair] * steps))].append((best[pair], pair in gold))
    return [
        {
            "from": band / steps,
            "readings": len(found),
            "confidence": round(sum(sure for sure, _ in found) / len(found), 3),
            "right": round(sum(right for _, right in found) / len(found), 3),
        }
        for band, found in sorted(bands.items())
    ]


def calibration_error(bands: Sequence[Mapping[str, float]]) -> float:
    """Return the expected calibration error: mean distance of confidence and share that is right."""
    total = sum(band["readings"] for band in bands)
    return round(sum(b["readings"] * abs(b["confidence"] - b["right"]) for b in bands) / max(1, total), 3)


def groups(rows: Sequence[Row], phenomena: int = 1) -> Iterator[tuple[str, list[Row]]]:
    """Yield (name, items): all, each language, form, both, real news, and each phenomenon with so many items."""
    found: dict[str, list[Row]] = {"all": list(rows)}
    for row in rows:
        names = [row["lang"], row["form"], f"{row['lang']} {row['form']}", *(["real news"] if row.get("real") else [])]
        for name in names + [f"phenomenon {name}" for name in row.get("phenomena", ())]:
            found.setdefault(name, []).append(row)
    for name, group in found.items():
        if not name.startswith("phenomenon") or len(group) >= phenomena:
            yield name, group
