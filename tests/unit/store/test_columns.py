"""Do times and values come back from columns as they went in?"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.domain import (
    Alert,
    Article,
    Brief,
    Evidence,
    NoticeKind,
    Position,
    Reading,
    ReadResult,
    SilentSource,
    Standing,
)
from bot.errors import StoreError
from bot.store import SqlStore, open_store
from bot.store.columns import EVIDENCE, UtcMicros

TIMES = st.datetimes(timezones=st.just(UTC))
EVIDENCES = st.builds(Evidence, dated=TIMES, seen=TIMES, confidence=st.floats(0, 1))
POSITIONS = st.builds(Position, since=TIMES, evidence=st.lists(EVIDENCES, max_size=2).map(tuple))
STANDINGS = st.builds(Standing, word=st.none() | POSITIONS, deed=st.none() | POSITIONS, last_word=st.none() | POSITIONS)
ALERTS = st.builds(
    Alert,
    at=TIMES,
    posted=TIMES,
    version=st.integers(1, 1000),
    evidence=st.lists(EVIDENCES, min_size=1, max_size=2).map(tuple),
    against=st.lists(EVIDENCES, max_size=1).map(tuple),
    previous=st.none() | POSITIONS,
)
BRIEFS = st.builds(
    Brief,
    as_of=TIMES,
    since=TIMES,
    version=st.just(1),
    standings=st.lists(STANDINGS, max_size=2).map(tuple),
    moved=st.lists(ALERTS, max_size=1).map(tuple),
    signals=st.lists(ALERTS, max_size=1).map(tuple),
    silent=st.lists(st.builds(SilentSource, last_success=st.none() | TIMES), max_size=1).map(tuple),
)
READINGS = st.lists(st.builds(Reading, confidence=st.floats(0, 1)), max_size=2).map(tuple)
RESULTS = st.builds(ReadResult, readings=READINGS, doubtful=READINGS)
ARTICLES = st.builds(Article, published=st.none() | TIMES, seen=TIMES)

NAMES = (f"n{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('columns') / 'd.db'}", durable=False)
    yield store
    store.close()


@settings(max_examples=40, deadline=None)
@given(ALERTS)
def test_any_alert_comes_back_equal(store: SqlStore, alert: Alert) -> None:
    alert = replace(alert, id=next(NAMES))
    with store.unit() as unit:
        unit.save_alert(alert)
    assert store.notice(NoticeKind.ALERT, alert.id) == alert
    assert store.alert_history(alert.id) == (alert,)


@settings(max_examples=25, deadline=None)
@given(BRIEFS)
def test_any_brief_comes_back_equal(store: SqlStore, brief: Brief) -> None:
    brief = replace(brief, id=next(NAMES))
    with store.unit() as unit:
        unit.save_brief(brief)
    assert store.notice(NoticeKind.BRIEF, brief.id) == brief


@settings(max_examples=40, deadline=None)
@given(ARTICLES, RESULTS, EVIDENCES)
def test_any_article_comes_back_equal_with_readings_and_evidence(
    store: SqlStore, article: Article, result: ReadResult, evidence: Evidence
) -> None:
    article = replace(article, key=next(NAMES))
    evidence = replace(evidence, id=article.key, article=article.key, track=article.key)
    with store.unit() as unit:
        unit.add_article(article, result, [evidence])
        assert unit.evidence(article.key, evidence.holder, min(evidence.dated, evidence.seen)) == (evidence,)
    assert store.article(article.key) == (article, result)


@settings(max_examples=25, deadline=None)
@given(STANDINGS, TIMES)
def test_any_standing_comes_back_equal(store: SqlStore, standing: Standing, until: datetime) -> None:
    standing = replace(standing, track=next(NAMES))
    with store.unit() as unit:
        unit.save_standing(standing)
        unit.save_opening(standing, until)
        assert unit.opening(standing.track, standing.holder) == (standing, until)
    assert standing in store.standings()


@given(TIMES, TIMES)
def test_stored_times_sort_as_the_times_do(one: datetime, two: datetime) -> None:
    first, second = (UtcMicros().process_bind_param(moment, sqlite.dialect()) for moment in (one, two))
    assert first is not None
    assert second is not None
    assert (first < second) == (one < two)


def test_time_of_another_zone_is_the_same_moment() -> None:
    seoul = datetime(2024, 10, 18, 21, tzinfo=timezone(timedelta(hours=9)))
    column = UtcMicros()
    stored = column.process_bind_param(seoul, sqlite.dialect())
    assert column.process_result_value(stored, sqlite.dialect()) == datetime(2024, 10, 18, 12, tzinfo=UTC)


def test_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        UtcMicros().process_bind_param(datetime(2024, 1, 1), sqlite.dialect())


@pytest.mark.parametrize("text", ["{}", "nonsense", '{"id": 1}'])
def test_value_that_cannot_be_read_is_named(text: Any) -> None:
    with pytest.raises(StoreError, match="holds a Evidence that this version cannot read"):
        EVIDENCE.load(text)
