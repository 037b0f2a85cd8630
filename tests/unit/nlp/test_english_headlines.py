"""Are headlines with one-sentence leads still read as they were?

A regression net: the rows are written by us in newspaper style, and the cues were mended until they were read. They
say nothing of how well unseen news is read.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain import Item

from .readers import reader

TABLE = Path(__file__).with_name("english_headlines.tsv")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["title"])
def test_headline_and_lead_give_their_positions_and_no_others(row: dict[str, str]) -> None:
    day = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
    result = reader(learned=False).read(Item("x", row["title"], row["lead"], "en", day))
    assert {f"{r.track}/{r.rung}" for r in result.readings} == set(row["positions"].split())
