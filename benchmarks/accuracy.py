"""How right are the readings, beside simpler readers on the same items?

    .venv/bin/python benchmarks/accuracy.py [ITEMS.jsonl ...] [--part kept|tuned|all] [--rules] [--jobs N] [--full]

Items are labelled JSON lines; by default those of the evaluation folder beside the repository (`../shared/eval`).
They are split by development, so that one story is never on both sides: `kept` (a third) is never looked at while
rules are written and the learned part is trained, `tuned` is. Prints relevance and positions (precision, recall, F1)
for each language, form, track, rung and phenomenon, holder, by and quote of what is right, a confusion matrix for each
ladder, how often a reading of each confidence is right, and three peers: a keyword rule, the most frequent label, and a
TF-IDF linear classifier, trained on the other part, once split by development and once at random. `--rules` reads
without the learned part. The last line is one JSON object.

Refuses to do: it changes nothing; a figure that falls is for a person to explain.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import rivals
import scoring
from labelled_items import EVAL, Row, kept_ids, labelled_files, load, random_ids

from bot.cli.items import ItemLine, readings_line
from bot.nlp.pool import ReaderPool
from bot.nlp.reader import StorylineReader
from bot.wiring import load_settings, reader_factory
from config import load_storyline

PHENOMENA = 40
"""Items that a phenomenon needs for a line of its own."""


def rules_only() -> StorylineReader:
    """Return a reader without the learned part."""
    return StorylineReader(load_storyline())


async def read_all(rows: Sequence[Row], jobs: int, *, rules: bool) -> dict[str, Row]:
    """Return the reader's results by item id."""
    pool = ReaderPool(rules_only if rules else reader_factory(load_settings()), jobs)
    try:
        results = await pool.read([ItemLine.model_validate(row).item() for row in rows])
    finally:
        pool.close()
    return {result.id: readings_line(result) for result in results}


def in_groups(rows: Sequence[Row], ours: Mapping[str, Row]) -> tuple[list[str], Row]:
    """Return the table of languages, forms and phenomena, and its figures."""
    keyword = rivals.keyword(rows)
    lines = [f"{'':36}{'items':>6}{'relevance F1':>14}{'positions P/R/F1':>20}{'keyword rule':>18}"]
    figures: Row = {}
    for name, group in scoring.groups(rows, PHENOMENA):
        mine, theirs = scoring.score(group, ours), scoring.score(group, keyword)
        figures[name] = {"items": len(group), "ours": mine, "keyword": theirs}
        lines.append(f"{name:36}{len(group):6}{mine['relevance']['f1']:14.3f}{cells(mine):>20}{cells(theirs):>18}")
    return lines, figures


def in_ladders(rows: Sequence[Row], ours: Mapping[str, Row]) -> tuple[list[str], Row]:
    """Return the table of tracks and rungs, and its figures."""
    lines, figures = [f"{'':36}{'labels':>6}{'':14}{'positions P/R/F1':>20}"], {}
    for track in load_storyline().tracks:
        names = [(track.id, partial(_of_track, track.id))]
        names += [(f"{track.id} {rung.id}", partial(_is, (track.id, rung.id))) for rung in track.rungs]
        for name, only in names:
            found = scoring.score(rows, ours, only)
            figures[name] = found["positions"] | {"labels": found["labels"]}
            lines.append(f"{name:36}{found['labels']:6}{'':14}{cells(found):>20}")
    return lines, figures


def confusions(rows: Sequence[Row], ours: Mapping[str, Row]) -> Iterator[str]:
    """Yield a matrix for each ladder: rows are labels, columns readings."""
    found = scoring.confusion(rows, ours)
    for track in load_storyline().tracks:
        names = [rung.id for rung in track.rungs] + [scoring.NONE]
        yield f"{track.id:18}" + "".join(f"{name[:12]:>13}" for name in names)
        for gold in names:
            yield f"  {gold:16}" + "".join(f"{found[track.id][gold, said] or '':>13}" for said in names)


def peers(every: Sequence[Row], ours: Mapping[str, Row]) -> tuple[list[str], Row]:
    """Return the peers' lines, by development and at random; each is trained on what it is not measured on.

    Args:
        ours: results of at least the kept items.
    """
    lines, figures = [f"{'split':16}{'reader':18}{'items':>6}{'positions P/R/F1':>20}"], {}
    for split, ids in (("by development", kept_ids(every)), ("at random", random_ids(every))):
        test = [row for row in every if row["id"] in ids and row["id"] in ours]
        train = [row for row in every if row["id"] not in ids]
        if not test or not train:
            lines.append(f"{split:16}no items on both sides of the split")
            continue
        readers = {
            "ours": ours,
            "keyword rule": rivals.keyword(test),
            "majority": rivals.majority(train, test),
            "tf-idf linear": rivals.linear(train, test),
        }
        for name, results in readers.items():
            found = scoring.score(test, results)
            figures[f"{split}: {name}"] = found["positions"]
            lines.append(f"{split:16}{name:18}{len(test):6}{cells(found):>20}")
    return lines, figures


def cells(found: Mapping[str, Any]) -> str:
    """Return precision, recall and F1 in one cell."""
    return "/".join(f"{found['positions'][key]:.2f}" for key in ("precision", "recall", "f1"))


def _of_track(track: str, pair: scoring.Pair) -> bool:
    return pair[0] == track


def _is(wanted: scoring.Pair, pair: scoring.Pair) -> bool:
    return pair == wanted


def report(rows: Sequence[Row], every: Sequence[Row], ours: Mapping[str, Row], *, full: bool) -> Row:
    """Print the tables; return their figures."""
    tables, groups = in_groups(rows, ours)
    ladder_lines, ladders = in_ladders(rows, ours)
    bands = scoring.calibration(rows, ours)
    matched = scoring.matched(rows, ours)
    print("\n".join(tables))
    print("of the positions that are right: " + ", ".join(f"{name} {share:.3f}" for name, share in matched.items()))
    print("\n".join(ladder_lines))
    print("confidence: " + "; ".join(f"{b['from']:.1f}: {b['right']:.2f} of {b['readings']}" for b in bands))
    if full:
        print("\n".join(confusions(rows, ours)))
        peer_lines, beside = peers(every, ours)
        print("\n".join(peer_lines))
    return {
        "groups": groups,
        "ladders": ladders,
        "matched": matched,
        "calibration": {"bands": bands, "error": scoring.calibration_error(bands)},
        **({"peers": beside} if full else {}),
    }


def main() -> None:
    """Print the tables and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", nargs="*", type=Path)
    parser.add_argument("--part", choices=("kept", "tuned", "all"), default="kept")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rules", action="store_true", help="read without the learned part")
    parser.add_argument("--full", action="store_true", help="confusion matrices and peers, too")
    args = parser.parse_args()
    every = load(args.items or labelled_files())
    if not every:
        print(f"accuracy: skipped, no labelled items: name files, or put them into {EVAL}")
        print(json.dumps({"skipped": True}))
        return
    kept = kept_ids(every)
    rows = [row for row in every if args.part == "all" or (row["id"] in kept) == (args.part == "kept")]
    ours = asyncio.run(read_all(rows, args.jobs, rules=args.rules))
    print(f"part: {args.part}")
    print(json.dumps({"part": args.part, **report(rows, every, ours, full=args.full)}))


if __name__ == "__main__":
    main()
