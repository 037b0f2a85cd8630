"""What do tests of single parts stand on: an empty database, and a storyline in which Seoul has said something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain import PastMove, Storyline
from bot.store import SqlStore, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}", durable=False)
    yield store
    store.close()


@pytest.fixture
def storyline(small_storyline: Storyline) -> Storyline:
    before = PastMove(small_storyline.baseline_day, "seoul-arms", "south-korea", "reviewing", "stated", baseline=True)
    return replace(small_storyline, past=(before,))
