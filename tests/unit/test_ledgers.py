"""What is kept of a ledger from one decision to the next, in a real store?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain import Article, By, Evidence, Reading, ReadResult, Route, Storyline, Tier
from bot.evidence import evidence_of
from bot.ledgers import Ledgers, open_ledgers
from bot.rebuilding import compared
from bot.store import SqlStore

NOW = datetime(2024, 10, 10, tzinfo=UTC)
LEDGER = ("seoul-arms", "south-korea")


def said(key: str, rung: str, dated: datetime, seen: datetime) -> tuple[Article, ReadResult, tuple[Evidence, ...]]:
    article = Article(
        key, "s", f"https://p.example/{key}", "", key, f"{rung}.", "", "en", dated, seen, "Paper", "g", Tier.OUTLET
    )
    reading = Reading(*LEDGER, rung, By.OFFICIAL, f"{rung}.", 0.9)
    return article, ReadResult(key, True, "", "en", (reading,)), evidence_of(article, [reading])


def rungs_of(store: SqlStore) -> Sequence[str]:
    (standing,) = (one for one in store.standings() if (one.track, one.holder) == LEDGER)
    return [position.rung for position in (standing.word, standing.deed) if position]


def test_what_an_edit_took_away_comes_back_with_no_later_reading(store: SqlStore, storyline: Storyline) -> None:
    open_ledgers(store, storyline, NOW)
    ledgers = Ledgers(storyline, lambda: (Route("desk", "console", "-"),))
    old, at_first = said("old", "withhold", NOW - timedelta(days=20), NOW), rungs_of(store)
    with store.unit() as unit:
        unit.add_article(*old)
        ledgers.decide(unit, [LEDGER], NOW)
    assert rungs_of(store) != at_first
    with store.unit() as unit:
        unit.replace_article(old[0], ReadResult("old", True, "", "en", ()), ())
        ledgers.decide(unit, [LEDGER], NOW + timedelta(days=1), edited=[LEDGER])
    assert rungs_of(store) == at_first
    at = NOW + timedelta(days=2)
    with store.unit() as unit:
        unit.add_article(*said("new", "reviewing", at, at))
        assert ledgers.decide(unit, [LEDGER], at) == ()
    assert rungs_of(store) == at_first
    assert all(not ledger.differs for ledger in compared(store, storyline))
