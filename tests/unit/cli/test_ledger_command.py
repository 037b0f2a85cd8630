"""Does `stancewatch ledger` tell every move, and find a stored ledger that its readings do not make?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain import Article, By, Reading, ReadResult, Tier
from bot.evidence import evidence_of
from bot.ledgers import Ledgers, open_ledgers
from bot.store import SqlStore, open_store
from config import load_storyline

NOW = datetime(2025, 9, 1, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    store = open_store(url, durable=False)
    open_ledgers(store, load_storyline(), NOW)
    article = Article(
        "k", "s", "https://p.example/a", "", "h", "Arms go.", "", "en", NOW, NOW, "Paper", "g", Tier.OUTLET
    )
    reading = Reading("seoul-arms", "south-korea", "conditional", By.OFFICIAL, "Arms \x1b[31mgo.", 0.9)
    ledgers = Ledgers(load_storyline(), tuple)
    with store.unit() as unit:
        found = evidence_of(article, [reading])
        unit.add_article(article, ReadResult("k", True, "", "en", (reading,)), found)
        ledgers.decide(unit, ledgers.touched(found), NOW + timedelta(minutes=1))
    yield store
    store.close()


def said(url: str, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["ledger", *words, "--database", url])
    return answer.exit_code, answer.output


def test_every_move_is_shown_with_its_reason_and_sentence(store: SqlStore, url: str) -> None:
    status, shown = said(url, "show", "seoul-arms", "south-korea")
    assert status == 0
    assert "2025-09-01  word" in shown
    assert "-> conditional" in shown
    assert "official: The holder itself says or does it" in shown
    assert 'Paper (official, origin g): "Arms  [31mgo."' in shown
    assert "before our own readings: " in shown


def test_a_history_is_told_to_programs_too(store: SqlStore, url: str) -> None:
    _, shown = said(url, "show", "seoul-arms", "--json")
    (ledger,) = json.loads(shown)
    first, *_, before, last = ledger["moves"]
    assert (last["to"], last["reason"], last["undone"], len(last["evidence"])) == ("conditional", "official", None, 1)
    assert (before["undone"], before["undone_by"]) == (last["at"], "conditional")
    assert (first["reason"], bool(first["note"])) == (None, True)


def test_an_unknown_track_is_one_clear_error(url: str) -> None:
    answer = CliRunner().invoke(app, ["ledger", "show", "mars-arms", "--database", url])
    assert "mars-arms" in str(answer.exception)


def test_a_rebuilt_ledger_is_the_stored_one(store: SqlStore, url: str) -> None:
    status, shown = said(url, "rebuild")
    assert (status, "all the same as stored" in shown) == (0, True)


def test_a_ledger_that_differs_is_named_and_repaired_on_demand(store: SqlStore, url: str) -> None:
    right = next(s for s in store.standings() if s.track == "seoul-arms")
    assert right.word is not None
    with store.unit() as unit:
        unit.save_standing(replace(right, word=replace(right.word, rung="withhold")))
    status, shown = said(url, "rebuild")
    assert (status, "1 differ; --repair stores the rebuilt ones" in shown) == (1, True)
    status, shown = said(url, "rebuild", "--json")
    assert json.loads(shown)["differing"][0]["registers"].keys() == {"word"}
    status, shown = said(url, "rebuild", "--repair")
    assert (status, "1 differ, repaired" in shown) == (0, True)
    assert next(s for s in store.standings() if s.track == "seoul-arms") == right
    assert said(url, "rebuild")[0] == 0
