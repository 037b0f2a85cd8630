"""How much was done, what waits, and what went wrong, as Prometheus asks it?

    watchers and readers, wrapped here ─→ counters        ┐
    what is logged as a warning or error ─→ a counter     ├─→ GET /metrics
    the store's vitals, asked at each scrape ─→ gauges    ┘

docs/operations.md lists them all. Labels are few and fixed: no source, address, channel or text is ever one, so
nothing secret can be and the number of series does not grow with the feeds.

Refuses to do: nothing is decided by a figure.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.domain import AlertState, DeliveryState, Item, Poll, PollState, ReadResult, Source, Vitals
from bot.errors import StancewatchError
from bot.ports import Clock, Read, Store, Watcher

GATES = frozenset({"no holder", "no topic", "no cue", "passed"})
"""What the gate says first of an item; all else counts as "other"."""

SURPLUS = "surplus_message_deleted"
"""The event of bot/doubts.py."""


class Metrics:
    """Counts for one bot; every bot has its own, so that two in one program do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._polls = Counter("stancewatch_polls", "Polls of sources.", ["outcome"], registry=self.registry)
        self._seconds = Histogram(
            "stancewatch_poll_seconds",
            "Seconds that a poll took, parsing included.",
            buckets=(0.1, 0.3, 1, 3, 10, 30, 90),
            registry=self.registry,
        )
        self._entries = Counter("stancewatch_entries", "Entries that polls brought.", registry=self.registry)
        self._items = Counter("stancewatch_items", "Items read, by gate.", ["gate"], registry=self.registry)
        self._readings = Counter("stancewatch_readings", "Positions read.", ["track"], registry=self.registry)
        self._surplus = Counter(
            "stancewatch_surplus_messages", "Messages that showed up twice and were deleted.", registry=self.registry
        )
        self._logged = Counter(
            "stancewatch_troubles", "Warnings and errors in the log.", ["level", "event"], registry=self.registry
        )

    def counting_polls(self, watchers: Mapping[str, Watcher]) -> dict[str, Watcher]:
        """Return watchers that count what they do."""
        return {kind: _Counted(watcher, self._polled) for kind, watcher in watchers.items()}

    def counting_reads(self, read: Read) -> Read:
        """Return a read that counts what it finds."""

        async def counted(items: Sequence[Item]) -> list[ReadResult]:
            results = await read(items)
            for result in results:
                gate = result.gate.partition(":")[0]
                self._items.labels(gate if gate in GATES else "other").inc()
                for reading in result.readings:
                    self._readings.labels(reading.track).inc()
            return results

        return counted

    def count_event(self, _logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Count a warning or an error on its way to the log; a processor of structlog."""
        if event.get("event") == SURPLUS:
            self._surplus.inc()
        if method in {"warning", "error", "exception", "critical"}:
            self._logged.labels("warning" if method == "warning" else "error", str(event.get("event", ""))).inc()
        return event

    def watch(self, store: Store, clock: Clock, last_tick: Callable[[], object]) -> None:
        """Tell what the store says at each scrape, and whether this bot is the one that works."""
        self.registry.register(_StoreVitals(store, clock, last_tick))

    def _polled(self, outcome: str, entries: int, seconds: float) -> None:
        self._polls.labels(outcome).inc()
        self._entries.inc(entries)
        self._seconds.observe(seconds)


class _Counted:
    """A watcher whose polls are counted."""

    def __init__(self, watcher: Watcher, told: Callable[[str, int, float], None]) -> None:
        self._watcher = watcher
        self._told = told

    @property
    def kind(self) -> str:
        """The watcher's."""
        return self._watcher.kind

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Poll as the watcher does."""
        begin = time.monotonic()
        outcome, entries = "failed", 0
        try:
            poll = await self._watcher.poll(source, state)
            outcome, entries = "changed" if poll.changed else "unchanged", len(poll.entries)
        finally:
            self._told(outcome, entries, time.monotonic() - begin)
        return poll


class _StoreVitals(Collector):
    """Asks the store at each scrape."""

    def __init__(self, store: Store, clock: Clock, last_tick: Callable[[], object]) -> None:
        self._store = store
        self._clock = clock
        self._last_tick = last_tick
        self._began = clock.now()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; of a database that does not answer only that."""
        yield _gauge("front", "1 when this bot works, 0 when it stands by.", float(self._last_tick() is not None))
        now = self._clock.now()
        try:
            vitals = self._store.upkeep.vitals(now)
        except StancewatchError:
            yield _gauge("database_up", "1 when the database answers.", 0.0)
            return
        yield _gauge("database_up", "1 when the database answers.", 1.0)
        yield from _gauges(vitals)
        # A source that became due while no bot ran, or was never polled, has waited for this one since it began.
        overdue = max(vitals.overdue_since, self._began) if vitals.overdue_since else None
        lags = (("delivery", vitals.waiting_since), ("poll", overdue))
        for name, since in lags:
            lag = max(0.0, (now - since).total_seconds()) if since else 0.0
            yield _gauge(f"{name}_lag_seconds", f"How long the {name} that waits longest has been due.", lag)


def _gauges(vitals: Vitals) -> Iterator[GaugeMetricFamily]:
    by_state = (
        ("deliveries", "Deliveries by state.", vitals.deliveries, DeliveryState),
        ("alerts", "Alerts by state: each is one shift, or a signal of one.", vitals.alerts, AlertState),
    )
    for name, help_text, counts, states in by_state:
        family = GaugeMetricFamily(f"stancewatch_{name}", help_text, labels=["state"])
        for state in states:
            family.add_metric([state.value], counts.get(state.value, 0))
        yield family
    family = GaugeMetricFamily("stancewatch_sources", "Sources that are polled, by their last poll.", labels=["state"])
    family.add_metric(["well"], vitals.sources - vitals.failing)
    family.add_metric(["failing"], vitals.failing)
    yield family


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"stancewatch_{name}", help_text, value=value)
