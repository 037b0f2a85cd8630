"""What would simpler readers say? The peers that benchmarks/accuracy.py holds ours against.

- keyword: a keyword alert, one rule a rung (keyword_rule.py);
- majority: every item that names a holder gets the most frequent label of the training part;
- tf-idf: a linear classifier for each rung over TF-IDF of characters and words (scikit-learn).

Refuses to do: no peer sees the labels of the items it is measured on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from keyword_rule import keyword_result

Row = dict[str, Any]
Results = Mapping[str, Row]
_SURE = 0.3
"""Probability from which on the linear classifier says a rung: its best on its own training part."""


def keyword(rows: Sequence[Row]) -> Results:
    """Return what a keyword alert says."""
    return {row["id"]: keyword_result(row) for row in rows}


def majority(train: Sequence[Row], rows: Sequence[Row]) -> Results:
    """Return the most frequent label for every item that a keyword alert finds relevant."""
    counts = Counter((label["track"], label["rung"]) for row in train for label in row["labels"])
    track, rung = counts.most_common(1)[0][0] if counts else ("", "")
    found = keyword(rows)
    says = [_reading(track, rung)]
    return {
        row["id"]: {"relevant": found[row["id"]]["relevant"], "readings": says if found[row["id"]]["relevant"] else []}
        for row in rows
    }


def linear(train: Sequence[Row], rows: Sequence[Row]) -> Results:
    """Return what a linear classifier trained on `train` says; SystemExit where scikit-learn is not installed."""
    if find_spec("sklearn") is None:
        raise SystemExit("the linear classifier needs scikit-learn: pip install 'stancewatch[dev]'")
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 -- only this peer needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.multiclass import OneVsRestClassifier  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
    from sklearn.preprocessing import MultiLabelBinarizer  # noqa: PLC0415

    columns = MultiLabelBinarizer()
    wanted = columns.fit_transform(
        [
            [f"{label['track']} {label['rung']}" for label in row["labels"]] + ["relevant"] * bool(row["relevant"])
            for row in train
        ]
    )
    model = make_pipeline(
        make_union(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        ),
        OneVsRestClassifier(LogisticRegression(C=10, class_weight="balanced", solver="liblinear")),
    ).fit([_text(row) for row in train], wanted)
    sure = model.predict_proba([_text(row) for row in rows])
    results: dict[str, Row] = {}
    for row, odds in zip(rows, sure, strict=True):
        said = [name for name, p in zip(columns.classes_, odds, strict=True) if p >= _SURE]
        readings = [_reading(*name.split()) for name in said if name != "relevant"]
        results[row["id"]] = {"relevant": "relevant" in said, "readings": readings}
    return results


def _text(row: Row) -> str:
    return f"{row['title']}\n{row['text'] or ''}"


def _reading(track: str, rung: str) -> Row:
    return {"track": track, "rung": rung, "holder": "", "by": "", "quote": "", "confidence": 1.0}
