"""Are positions read in Russian and Ukrainian headlines of any wording?

A language is no list of sentences: nine ways of ten have to be read, so that no cue is written for one of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from bot.domain import Item

from . import russian_wordings, ukrainian_wordings
from .readers import reader

DAY = datetime(2024, 11, 15, 3, tzinfo=UTC)
TABLES = {"ru": russian_wordings, "uk": ukrainian_wordings}


@cache
def read(text: str, code: str) -> frozenset[str]:
    result = reader(learned=False).read(Item("a", text, "", code, DAY))
    return frozenset(f"{reading.track}/{reading.rung}" for reading in result.readings)


def rows(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


def wanted(code: str) -> list[tuple[str, str]]:
    return [(text, rung) for rung, table in TABLES[code].WAYS_TO_SAY.items() for text in rows(table)]


@pytest.mark.parametrize("code", TABLES)
def test_nine_wordings_of_ten_are_read(code: str) -> None:
    missed = [text for text, rung in wanted(code) if rung not in read(text, code)]
    assert len(missed) <= len(wanted(code)) / 10, "\n".join(missed)


@pytest.mark.parametrize("code", TABLES)
def test_hardly_anything_else_is_read_in_them(code: str) -> None:
    false = [f"{text}: {sorted(read(text, code) - {rung})}" for text, rung in wanted(code) if read(text, code) - {rung}]
    assert len(false) <= len(wanted(code)) / 20, "\n".join(false)


@pytest.mark.parametrize(
    ("code", "rung"), [(code, rung) for code, tables in TABLES.items() for rung in tables.WAYS_TO_SAY]
)
def test_every_rung_is_read_in_at_least_half_of_its_wordings(code: str, rung: str) -> None:
    texts = rows(TABLES[code].WAYS_TO_SAY[rung])
    assert sum(rung in read(text, code) for text in texts) >= len(texts) / 2


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, tables in TABLES.items() for text in rows(tables.QUIET)]
)
def test_other_news_stays_silent(code: str, text: str) -> None:
    assert read(text, code) == frozenset()
