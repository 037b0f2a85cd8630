"""Does every question find its rows by an index, however many there are?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain import Delivery, DeliveryState, NoticeKind
from bot.store import SqlStore, open_store

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
SENT = DeliveryState.SENT
DELIVERY = Delivery(1, NoticeKind.ALERT, "a1", "desk", "slack", "C1", "en", "", SENT, 1, 1, "C1/1", 0, NOON)
GROWING = r"articles|evidence|alerts|alert_events|alert_articles|briefs|troubles|deliveries|mutes|feedback"

QUESTIONS = {
    "article by key": lambda store, _: store.article("key"),
    "article by address": lambda store, _: store.article("https://paper.example/a"),
    "alerts of an article": lambda store, _: store.article_alerts("key"),
    "alerts since": lambda store, _: store.alerts(NOON),
    "alert history": lambda store, _: store.alert_history("a1"),
    "due deliveries": lambda store, _: store.due_deliveries(NOON, 100),
    "deliveries of a notice": lambda store, _: store.deliveries(NoticeKind.ALERT, "a1"),
    "alerts of a message": lambda store, _: store.message(DELIVERY),
    "last message of a channel": lambda store, _: store.last_message("slack", "C1", NOON),
    "verdicts on an alert": lambda store, _: store.feedback("a1"),
    "verdicts of a person": lambda store, _: store.feedback_history("a1", "kim"),
    "mutes that hold": lambda store, _: store.mutes(NOON),
    "trouble of a channel": lambda store, _: store.open_trouble("slack", "C1"),
    "known articles": lambda _, unit: unit.known(["a", "b"], ["https://a.example/"], ["hash"]),
    "evidence of an article": lambda _, unit: unit.article_evidence("key"),
    "first opening": lambda _, unit: unit.first_opening("pact", "russia"),
    "articles since": lambda store, _: store.articles_since(NOON),
    "positions since": lambda store, _: store.positions(NOON),
    "evidence of a ledger": lambda _, unit: unit.evidence("pact", "russia", NOON),
    "alerts of a ledger": lambda _, unit: unit.alerts("pact", "russia", NOON),
    "alerts of all ledgers since": lambda _, unit: unit.alerts(since=NOON),
    "ledgers with alerts since": lambda _, unit: unit.alerted(NOON),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    folder: Path = tmp_path_factory.mktemp("plans")
    store = open_store(f"sqlite:///{folder / 'd.db'}", durable=False)
    yield store
    store.close()


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_question_scans_no_table_that_grows(store: SqlStore, question: str) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", listen)
    event.listen(store._writer, "before_cursor_execute", listen)
    with store.unit() as unit:
        QUESTIONS[question](store, unit)
    event.remove(store._engine, "before_cursor_execute", listen)
    event.remove(store._writer, "before_cursor_execute", listen)
    selects = [(statement, parameters) for statement, parameters in asked if "SELECT" in statement]
    assert selects
    with store._engine.connect() as connection:
        for statement, parameters in selects:
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                assert not re.match(rf"SCAN ({GROWING})\b", row.detail), f"{row.detail} in {statement}"
