"""Are those who run the bot told once of a source that needs a look, and once that it is well again?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import VirtualClock
from bot.domain import Delivery, Entry, NoticeKind, Poll, PollState, Route, Source, Tier, Trouble
from bot.errors import BotCheckError, FetchError, RefusedAddressError, SourceGoneError, StancewatchError
from bot.ingest import Accepted
from bot.polling import Polling
from bot.sourcetroubles import FEWEST_TRIES, PATIENCE, SHORT_PATIENCE, SourceTroubles, Turn, silence, turn
from bot.store import SqlStore

NOON = datetime(2024, 7, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOURCE = Source("wire", "Wire", "https://wire.example/feed", "rss", "en", "Wire", "wire", Tier.AGENCY)
STATE = PollState(next_due=NOON, baselined=True, last_success=NOON, last_new_item=NOON, longest_gap=3600.0)
ENTRY = Entry("1", "https://wire.example/1", "Title", "Text", NOON)
ADMIN = Route("desk", "console", "-", mention="<@7>", admin=True)
READER = Route("readers", "console", "readers")
TIMED_OUT = FetchError("Wire: no answer within 20 s")
NO_PAGE = FetchError("Wire: has no such page (404); look up the feed's present address", status=404)


@dataclass
class Publishers:
    """Watches nothing; answers as a test says."""

    kind: str = "rss"
    fails: dict[str, StancewatchError] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    async def poll(self, source: Source, state: PollState) -> Poll:
        if source.key in self.fails:
            raise self.fails[source.key]
        return Poll(self.entries, state, changed=bool(self.entries))


@dataclass
class Intake:
    """Takes in nothing but what a poll left."""

    store: SqlStore

    async def accept(self, source: Source, entries: Any, now: datetime, *, silent_until: Any, state: Any) -> Accepted:
        with self.store.unit() as unit:
            unit.save_polls({source.key: state(Accepted(new=1))})
        return Accepted(new=1)


@dataclass
class Watch:
    """A bot that polls sources in time; `restart` ends it and begins another on the same database."""

    store: SqlStore
    publishers: Publishers = field(default_factory=Publishers)
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(NOON))

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        troubles = SourceTroubles(self.store, self.clock, lambda: (ADMIN, READER), lambda: None)
        watchers: Any = {"rss": self.publishers}
        ingest: Any = Intake(self.store)
        self.polling = Polling(watchers, ingest, self.store, self.clock, lambda: 0.0, pause=0.0, troubles=troubles)

    async def live(self, span: timedelta, step: timedelta = HOUR) -> None:
        """Poll what is due for a while."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.clock.set(self.clock.now() + step)
            for source, state in self.store.due_sources(self.clock.now(), 100):
                await self.polling.poll(source, state)
            await self.polling.states.flush()

    def told(self) -> list[tuple[Delivery, Trouble]]:
        found = []
        for delivery in self.store.due_deliveries(self.clock.now(), 100):
            trouble = self.store.notice(NoticeKind.TROUBLE, delivery.subject)
            assert isinstance(trouble, Trouble)
            found.append((delivery, trouble))
        return found


@pytest.fixture
def watch(store: SqlStore) -> Watch:
    for number in range(5):
        store.add_source(replace(SOURCE, key=f"other-{number}", url=f"https://o.example/{number}", name=f"O{number}"))
    store.add_source(SOURCE)
    return Watch(store)


def failing(watch: Watch, error: StancewatchError, *keys: str) -> None:
    watch.publishers.fails = dict.fromkeys(keys or ("wire",), error)


async def test_source_that_fails_for_days_is_told_once_to_the_admins_with_what_to_do(watch: Watch) -> None:
    await watch.live(DAY)
    failing(watch, TIMED_OUT)
    await watch.live(PATIENCE - 2 * HOUR)
    assert watch.told() == []
    await watch.live(2 * DAY)
    ((delivery, trouble),) = watch.told()
    assert (delivery.channel, delivery.mention, delivery.wanted) == ("-", "", 1)
    assert (trouble.channel, trouble.route) == ("wire", "Wire")
    assert "has not been read since 2024-07-11 12:00 UTC" in trouble.error
    assert "no answer within 20 s" in trouble.error
    assert "`stancewatch feeds test`" in trouble.error


async def test_error_that_no_waiting_mends_is_told_after_a_day(watch: Watch) -> None:
    await watch.live(DAY)
    failing(watch, NO_PAGE)
    await watch.live(SHORT_PATIENCE - HOUR)
    assert watch.told() == []
    await watch.live(8 * HOUR)
    ((_, trouble),) = watch.told()
    assert "look up the feed's present address" in trouble.error


async def test_it_is_told_once_over_restarts_and_once_more_when_it_is_well(watch: Watch) -> None:
    await watch.live(DAY)
    failing(watch, TIMED_OUT)
    for _ in range(3):
        await watch.live(2 * DAY)
        watch.restart()
    assert [delivery.wanted for delivery, _ in watch.told()] == [1]
    failing(watch, TIMED_OUT, "none")
    await watch.live(8 * HOUR)
    ((delivery, trouble),) = watch.told()
    assert (delivery.wanted, trouble.resumed is not None) == (2, True)
    assert watch.store.open_trouble(Trouble.OF_SOURCE, "wire") is None
    failing(watch, TIMED_OUT)
    await watch.live(4 * DAY)
    assert len(watch.told()) == 2


async def test_source_that_fails_now_and_then_is_told_nobody(watch: Watch) -> None:
    for _ in range(5):
        failing(watch, TIMED_OUT)
        await watch.live(2 * DAY)
        failing(watch, TIMED_OUT, "none")
        await watch.live(8 * HOUR)
    assert watch.told() == []


async def test_source_that_never_could_be_read_is_told(watch: Watch) -> None:
    failing(watch, TIMED_OUT)
    await watch.live(4 * DAY)
    ((_, trouble),) = watch.told()
    assert "has not been read since it was added" in trouble.error


async def test_when_nobody_answers_that_alone_is_told_and_that_they_answer_again(watch: Watch) -> None:
    await watch.live(DAY)
    keys = [source.key for source, _ in watch.store.sources()]
    failing(watch, TIMED_OUT, *keys)
    await watch.live(5 * DAY)
    watch.restart()
    await watch.live(DAY)
    ((delivery, trouble),) = watch.told()
    assert (delivery.wanted, trouble.channel) == (1, Trouble.OF_ALL)
    assert "network" in trouble.error
    failing(watch, TIMED_OUT, "none")
    await watch.live(7 * HOUR)
    ((delivery, trouble),) = watch.told()
    assert (delivery.wanted, trouble.resumed is not None) == (2, True)


async def test_few_sources_are_told_though_none_of_them_answers(watch: Watch) -> None:
    for number in range(4):
        watch.store.remove_source(f"other-{number}", "test")
    failing(watch, TIMED_OUT, "wire", "other-4")
    await watch.live(4 * DAY)
    assert sorted(trouble.channel for _, trouble in watch.told()) == ["other-4", "wire"]


async def test_failing_source_that_turns_out_to_be_gone_is_told_by_an_edit(watch: Watch) -> None:
    failing(watch, NO_PAGE)
    await watch.live(2 * DAY)
    failing(watch, SourceGoneError("Wire: the publisher says this feed is gone for good (410)"))
    await watch.live(DAY)
    ((delivery, trouble),) = watch.told()
    assert (delivery.wanted, trouble.resumed) == (2, None)
    assert "polled no more" in trouble.error
    failing(watch, TIMED_OUT, "none")
    watch.store.retry_source("wire")
    await watch.live(HOUR)
    ((delivery, trouble),) = watch.told()
    assert (delivery.wanted, trouble.resumed is not None) == (3, True)


async def fall_silent(watch: Watch) -> None:
    """Have all sources print twice, an hour apart, and then nothing for days."""
    watch.publishers.entries = (ENTRY,)
    await watch.live(HOUR)
    watch.publishers.entries = (replace(ENTRY, guid="2"),)
    await watch.live(HOUR)
    watch.publishers.entries = ()
    await watch.live(5 * DAY)


async def test_silent_source_is_told_once_to_the_admins_and_its_return_too(watch: Watch) -> None:
    await fall_silent(watch)
    told = watch.told()
    assert len(told) == 6
    assert all("nothing new since 2024-07-10" in trouble.error for _, trouble in told)
    assert {(delivery.channel, delivery.wanted) for delivery, _ in told} == {("-", 1)}
    watch.publishers.entries = (replace(ENTRY, guid="3"),)
    await watch.live(3 * HOUR)
    assert {(delivery.channel, delivery.wanted) for delivery, _ in watch.told()} == {("-", 2)}


def of_wire(watch: Watch) -> tuple[Delivery, Trouble]:
    (found,) = [pair for pair in watch.told() if pair[1].channel == SOURCE.key]
    return found


async def test_silent_source_that_fails_for_days_is_told_by_one_edit_and_as_silent_by_another(watch: Watch) -> None:
    await fall_silent(watch)
    silent = of_wire(watch)[1]
    failing(watch, TIMED_OUT)
    await watch.live(PATIENCE + 3 * DAY)
    delivery, trouble = of_wire(watch)
    assert (trouble.id, trouble.resumed, delivery.wanted) == (silent.id, None, 2)
    assert "has not been read since" in trouble.error
    failing(watch, TIMED_OUT, "none")
    await watch.live(2 * DAY)
    delivery, trouble = of_wire(watch)
    assert (trouble.id, trouble.resumed, delivery.wanted, trouble.error) == (silent.id, None, 3, silent.error)


async def test_short_failure_of_a_silent_source_is_told_nobody_though_its_pauses_fade(watch: Watch) -> None:
    await fall_silent(watch)
    told = watch.told()
    failing(watch, TIMED_OUT)
    await watch.live(5 * HOUR)
    (state,) = (state for source, state in watch.store.sources() if source == SOURCE)
    assert state.failures
    with watch.store.unit() as unit:
        unit.save_polls({SOURCE.key: replace(state, longest_gap=0.4 * state.longest_gap)})
    failing(watch, TIMED_OUT, "none")
    await watch.live(DAY)
    assert watch.told() == told


def test_silence_of_one_that_failed_or_was_gone_meanwhile_is_named_again() -> None:
    quiet = replace(STATE, quiet=True)
    again = Turn(silence(quiet), new=True)
    assert turn(quiet, quiet, NOON) is None
    assert turn(replace(quiet, failures=1), quiet, NOON) == again
    assert turn(quiet, quiet, NOON + 2 * DAY) == again, "it was tried again long after it was due"


def after(span: timedelta, failures: int = FEWEST_TRIES, **changes: Any) -> tuple[PollState, datetime]:
    return replace(STATE, failures=failures, last_error="it fails", **changes), NOON + span


@pytest.mark.parametrize(
    ("error", "span", "failures", "told"),
    [
        (TIMED_OUT, PATIENCE, FEWEST_TRIES, False),
        (TIMED_OUT, PATIENCE + HOUR, FEWEST_TRIES, True),
        (TIMED_OUT, PATIENCE + HOUR, FEWEST_TRIES - 1, False),
        (NO_PAGE, SHORT_PATIENCE, FEWEST_TRIES, False),
        (NO_PAGE, SHORT_PATIENCE + HOUR, FEWEST_TRIES, True),
        (RefusedAddressError("private"), SHORT_PATIENCE + HOUR, FEWEST_TRIES, True),
        (BotCheckError("a bot check", status=503), SHORT_PATIENCE + HOUR, FEWEST_TRIES, True),
        (FetchError("slow down", status=429), PATIENCE, FEWEST_TRIES, False),
        (FetchError("broken", status=500), PATIENCE, FEWEST_TRIES, False),
    ],
)
def test_failing_is_told_after_its_span_and_some_tries(
    error: StancewatchError, span: timedelta, failures: int, told: bool
) -> None:
    state, now = after(span, failures)
    assert (turn(STATE, state, now, error) is not None) is told


def test_what_turns_is_named_and_what_goes_on_is_not() -> None:
    worse, gone = (
        replace(STATE, strikes=3, last_error="Wire: reading took over 20 s"),
        replace(STATE, gone=True, last_error="410"),
    )
    found = turn(STATE, worse, NOON, TIMED_OUT)
    assert found is not None
    assert found.new
    assert "read no more (Wire: reading took over 20 s)" in found.what
    assert turn(worse, replace(worse, strikes=4), NOON, TIMED_OUT) is None
    assert "gone" in (turn(STATE, gone, NOON, SourceGoneError("410")) or Turn()).what
    assert turn(replace(STATE, quiet=True), STATE, NOON) == Turn()
    assert turn(STATE, STATE, NOON) is None
    assert turn(replace(STATE, failures=2), replace(STATE, quiet=True), NOON, None) != Turn()
