"""Do the figures for Prometheus say what was done, what waits and what went wrong?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from prometheus_client import generate_latest

from bot.clock import VirtualClock
from bot.domain import Brief, By, Item, NoticeKind, Poll, PollState, Reading, ReadResult, Route, Source, Tier
from bot.errors import FetchError, StoreBusyError
from bot.metrics import Metrics
from bot.store import open_store

NOW = datetime(2024, 7, 10, tzinfo=UTC)
SOURCE = Source("wire", "Wire", "https://wire.example/?token=hunter2", "rss", "en", "Wire", "wire", Tier.AGENCY)


def told(metrics: Metrics) -> dict[str, float]:
    """Return the figures by name and labels."""
    lines = generate_latest(metrics.registry).decode().splitlines()
    rows = (line.rpartition(" ") for line in lines if line.startswith("stancewatch_"))
    return {name: float(value) for name, _, value in rows}


class Watcher:
    kind = "rss"

    def __init__(self, answer: Poll | Exception) -> None:
        self.answer = answer

    async def poll(self, source: Source, state: PollState) -> Poll:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def test_polls_are_counted_by_what_came_of_them() -> None:
    metrics = Metrics()
    answers = {
        "a": Watcher(Poll((), PollState(NOW), changed=True)),
        "b": Watcher(Poll((), PollState(NOW), changed=False)),
        "c": Watcher(FetchError("x")),
    }
    counted = metrics.counting_polls(answers)
    for kind in "aabc":
        try:
            await counted[kind].poll(SOURCE, PollState(NOW))
        except FetchError:
            assert kind == "c"
    figures = told(metrics)
    assert [figures[f'stancewatch_polls_total{{outcome="{o}"}}'] for o in ("changed", "unchanged", "failed")] == [
        2,
        1,
        1,
    ]
    assert figures["stancewatch_poll_seconds_count"] == 4
    assert counted["a"].kind == "rss"


async def test_items_are_counted_by_gate_and_readings_by_track() -> None:
    metrics = Metrics()
    reading = Reading("pact", "russia", "signed", By.OFFICIAL, "q", 0.9)
    gates = {"1": "passed: holder, topic and cue", "2": "no holder", "3": "could not be read: a fault of token=hunter2"}

    async def read(items: Sequence[Item]) -> list[ReadResult]:
        return [
            ReadResult(i.id, i.id == "1", gates[i.id], "en", (reading, reading) if i.id == "1" else ()) for i in items
        ]

    await metrics.counting_reads(read)([Item(name, "t", "x") for name in gates])
    figures = told(metrics)
    assert [figures[f'stancewatch_items_total{{gate="{g}"}}'] for g in ("passed", "no holder", "other")] == [1, 1, 1]
    assert figures['stancewatch_readings_total{track="pact"}'] == 2


def test_warnings_and_errors_are_counted_by_event_and_never_by_what_they_say() -> None:
    metrics = Metrics()
    structlog.configure(processors=[metrics.count_event, structlog.processors.JSONRenderer()])
    log = structlog.get_logger()
    log.info("source_polled", source="wire")
    log.warning("source_failed", source="wire", error="https://wire.example/?token=hunter2")
    log.error("poll_not_remembered", source="wire")
    log.warning("surplus_message_deleted", ref="C1/1")
    figures = told(metrics)
    assert figures["stancewatch_surplus_messages_total"] == 1
    assert figures['stancewatch_troubles_total{event="source_failed",level="warning"}'] == 1
    assert figures['stancewatch_troubles_total{event="poll_not_remembered",level="error"}'] == 1
    assert not [name for name in figures if "hunter2" in name or "source_polled" in name]


def test_what_waits_is_told_at_each_scrape(tmp_path: Path) -> None:
    store, metrics, clock = open_store(f"sqlite:///{tmp_path / 'bot.db'}"), Metrics(), VirtualClock(NOW)
    metrics.watch(store, clock, lambda: NOW)
    with store.unit() as unit:
        unit.save_brief(Brief("b1", NOW, NOW, ()))
        unit.enqueue(NoticeKind.BRIEF, "b1", 1, [Route("desk", "slack", "C1")], NOW)
    store.seed_sources([SOURCE])
    clock.set(NOW + timedelta(seconds=90))
    figures = told(metrics)
    assert figures['stancewatch_deliveries{state="pending"}'] == 1
    assert figures['stancewatch_alerts{state="confirmed"}'] == 0
    assert figures["stancewatch_delivery_lag_seconds"] == 90
    assert figures["stancewatch_poll_lag_seconds"] == 90, "from when this bot began"
    assert (figures["stancewatch_front"], figures["stancewatch_database_up"]) == (1, 1)
    assert figures['stancewatch_sources{state="well"}'] == 1
    store.close()


def test_a_source_that_is_added_adds_no_lag_to_that_of_the_others(tmp_path: Path) -> None:
    store, metrics, clock = open_store(f"sqlite:///{tmp_path / 'bot.db'}"), Metrics(), VirtualClock(NOW)
    metrics.watch(store, clock, lambda: NOW)
    store.seed_sources([SOURCE])
    with store.unit() as unit:
        unit.save_polls({SOURCE.key: PollState(NOW + timedelta(hours=2))})
    store.add_source(replace(SOURCE, key="paper", url="https://paper.example/", author="ann"))
    clock.set(NOW + timedelta(hours=1))
    assert told(metrics)["stancewatch_poll_lag_seconds"] == 0
    clock.set(NOW + timedelta(hours=2, seconds=30))
    assert told(metrics)["stancewatch_poll_lag_seconds"] == 30
    store.close()


def test_of_a_database_that_is_away_only_that_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store, metrics = open_store(f"sqlite:///{tmp_path / 'bot.db'}"), Metrics()
    metrics.watch(store, VirtualClock(NOW), lambda: None)

    def away(now: datetime) -> None:
        raise StoreBusyError("away")

    monkeypatch.setattr(store.upkeep, "vitals", away)
    figures = told(metrics)
    assert (figures["stancewatch_front"], figures["stancewatch_database_up"]) == (0, 0)
    assert not [name for name in figures if "lag" in name]
    store.close()


def test_every_figure_stands_in_the_documents() -> None:
    metrics = Metrics()
    page = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")
    names = {family.name for family in metrics.registry.collect() if family.name.startswith("stancewatch_")}
    named = ("front", "database_up", "deliveries", "alerts", "sources", "delivery_lag_seconds", "poll_lag_seconds")
    for name in names | {f"stancewatch_{name}" for name in named}:
        assert f"`{name}" in page, name
