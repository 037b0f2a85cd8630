"""Is what nobody knows of a post found out before it is posted again, and a copy too many deleted?"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.calls import Calls
from bot.clock import VirtualClock
from bot.deliver import drain, resume
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    Bundle,
    By,
    Delivery,
    DeliveryState,
    Mute,
    News,
    Notice,
    NoticeKind,
    Register,
    Route,
    Severity,
)
from bot.doubts import LATE, PATIENCE, Doubts, Finding, finding, surplus
from bot.errors import DeliveryError, UndeliverableError
from bot.recording import Recorder
from bot.store import SqlStore

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
ROUTE = Route("desk", "slack", "C1")


class KilledError(BaseException):
    """The power is cut."""


@dataclass
class Channel:
    """A platform that keeps what it was sent, and loses its answers as it is told.

    Args:
        shown: reference → delivery that it was posted under, and when.
        plan: what goes wrong with the next posts: lost before or after they were taken, or late.
        wall: the platform's own clock, where it is not ours.
    """

    clock: VirtualClock
    platform: str = "slack"
    shown: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    plan: list[str] = field(default_factory=list)
    wall: datetime | None = None
    edits: list[str] = field(default_factory=list)
    closed: Exception | None = None
    asked: int = 0
    posts: int = 0

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        what = self.plan.pop(0) if self.plan else ""
        if what == "refused":
            raise DeliveryError("429", refused=True)
        ref = ""
        if what not in {"lost", "late"}:
            ref = self.take(delivery.id, notice)
        if what == "killed":
            raise KilledError
        if what:
            raise DeliveryError("no answer")
        return ref

    def take(self, delivery: int, notice: Notice) -> str:
        self.posts += 1
        ref = f"C1/{self.posts}"
        self.shown[ref] = (delivery, self.wall or self.clock.now())
        self.told[ref] = _ids(notice)
        return ref

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        self.edits.append(delivery.ref)
        what = self.plan.pop(0) if self.plan else ""
        if delivery.ref in self.told:
            self.told[delivery.ref] = _ids(notice)
        if what == "killed":
            raise KilledError
        return delivery.ref in self.shown

    async def tell(self, delivery: Delivery, news: News) -> str:
        assert delivery.thread in self.shown
        return await self.send(delivery, news)

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        self.asked += 1
        if self.closed:
            raise self.closed
        return tuple(ref for ref, (one, at) in self.shown.items() if one == delivery.id and since <= at <= until)

    async def remove(self, delivery: Delivery, ref: str) -> None:
        self.shown.pop(ref, None)
        self.told.pop(ref, None)

    def times(self, subject: str) -> int:
        """Return in how many messages something is told."""
        return sum(subject in told for told in self.told.values())


def _ids(notice: Notice) -> set[str]:
    return {alert.id for alert in notice.alerts} if isinstance(notice, Bundle) else {notice.id}


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOON)


@pytest.fixture
def channel(clock: VirtualClock) -> Channel:
    return Channel(clock)


@pytest.fixture
def settle(store: SqlStore, channel: Channel, clock: VirtualClock) -> Callable:
    async def settled(after: timedelta = timedelta()) -> None:
        clock.set(clock.now() + after)
        while await drain(store, {"slack": channel}, clock, jitter=lambda: 1.0, routes=lambda: [ROUTE]):
            pass

    return settled


@pytest.fixture
def restarted(store: SqlStore, channel: Channel, clock: VirtualClock, settle: Callable) -> Callable:
    async def again(after: timedelta = timedelta()) -> None:
        clock.set(clock.now() + after)
        await resume(store, {"slack": channel}, clock)
        await settle()

    return again


def tell(store: SqlStore, *names: str) -> None:
    with store.unit() as unit:
        for name in names:
            unit.save_brief(Brief(name, NOON, NOON, ()))
            unit.enqueue(NoticeKind.BRIEF, name, 1, [ROUTE], NOON)


def of(store: SqlStore, name: str = "b1") -> Delivery:
    return store.deliveries(NoticeKind.BRIEF, name)[0]


@pytest.mark.parametrize("what", ["answer-lost", "lost"])
async def test_a_post_without_an_answer_is_told_once(store, channel, settle, what: str) -> None:
    tell(store, "b1")
    channel.plan = [what]
    await settle()
    for _ in range(4):
        await settle(LATE / 2)
    assert (channel.times("b1"), of(store).ref, of(store).tried) == (1, "C1/1", None)


async def test_a_post_that_was_taken_is_found_at_the_next_look_and_not_only_after_the_bound(
    store, channel, settle
) -> None:
    tell(store, "b1")
    channel.plan = ["answer-lost"]
    await settle()
    await settle(timedelta(seconds=3))
    assert (of(store).ref, channel.posts) == ("C1/1", 1)


async def test_a_post_that_is_not_shown_yet_is_waited_for(store, channel, settle, clock) -> None:
    tell(store, "b1")
    channel.plan = ["late"]
    await settle()
    await settle(LATE / 2)
    assert channel.posts == 0
    channel.take(of(store).id, store.notice(NoticeKind.BRIEF, "b1"))
    await settle(LATE)
    assert (channel.posts, channel.times("b1"), of(store).ref) == (1, 1, "C1/1")


async def test_what_the_platform_refused_is_tried_again_without_a_look(store, channel, settle) -> None:
    tell(store, "b1")
    channel.plan = ["refused"]
    await settle()
    await settle(timedelta(seconds=3))
    assert (channel.posts, channel.asked) == (1, 0)


@pytest.mark.parametrize("after", [timedelta(), LATE, timedelta(hours=5)])
async def test_killed_between_the_post_and_its_record_it_is_told_once(
    store, channel, settle, restarted, after: timedelta
) -> None:
    tell(store, "b1")
    channel.plan = ["killed"]
    with pytest.raises(KilledError):
        await settle()
    assert of(store).tried == NOON
    await restarted(after)
    assert (channel.posts, of(store).ref) == (1, "C1/1")


async def test_killed_before_the_post_it_is_told_after_the_bound(store, channel, settle, restarted, clock) -> None:
    tell(store, "b1")
    assert store.doubts.claim([(of(store), 1)], NOON, NOON + PATIENCE.lease)
    await restarted(timedelta(seconds=1))
    assert channel.posts == 0
    await settle(LATE)
    assert channel.times("b1") == 1


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
@pytest.mark.parametrize(("what", "posts"), [("answer-lost", 1), ("lost", 1)])
async def test_a_clock_that_is_set_while_a_post_is_in_doubt_loses_and_repeats_nothing(
    store, channel, settle, jump: timedelta, what: str, posts: int
) -> None:
    channel.wall = NOON + jump
    tell(store, "b1")
    channel.plan = [what]
    await settle()
    await settle(jump)
    await settle(LATE)
    await settle(LATE)
    assert (channel.times("b1"), channel.posts) == (1, posts)


async def test_where_the_history_is_closed_one_repeat_is_better_than_a_loss(store, channel, settle) -> None:
    tell(store, "b1")
    channel.plan, channel.closed = ["lost"], UndeliverableError("no channels:history")
    await settle()
    await settle(timedelta(seconds=3))
    assert channel.times("b1") == 1


async def test_a_channel_that_cannot_be_looked_at_now_is_looked_at_again(store, channel, settle) -> None:
    tell(store, "b1")
    channel.plan, channel.closed = ["answer-lost"], DeliveryError("500")
    await settle()
    await settle(2 * LATE)
    assert channel.posts == 1
    channel.closed = None
    await settle(2 * LATE)
    assert (channel.posts, of(store).ref) == (1, "C1/1")


async def test_a_copy_that_shows_up_all_the_same_is_deleted_and_counted(store, channel, settle, clock) -> None:
    tell(store, "b1")
    await settle()
    channel.take(of(store).id, store.notice(NoticeKind.BRIEF, "b1"))
    doubts = Doubts(store, Calls({"slack": channel}), clock, Recorder())
    assert await doubts.tidy() == 0
    clock.set(NOON + LATE)
    with capture_logs() as log:
        assert await doubts.tidy() == 1
    assert [line["event"] for line in log] == ["surplus_message_deleted"]
    assert set(channel.shown) == {"C1/1"}
    clock.set(NOON + 2 * LATE)
    assert await doubts.tidy() == 0
    assert of(store).look is None


async def test_a_channel_without_a_history_is_looked_through_once_and_nobody_is_bothered(
    store, channel, settle, clock
) -> None:
    tell(store, "b1")
    await settle()
    channel.closed = UndeliverableError("a terminal keeps no history")
    clock.set(NOON + LATE)
    with capture_logs() as log:
        assert await Doubts(store, Calls({"slack": channel}), clock, Recorder()).tidy() == 0
    assert [(line["event"], line["log_level"]) for line in log] == [("history_closed", "debug")]
    assert of(store).look is None


def test_a_claim_is_given_once(store: SqlStore) -> None:
    tell(store, "b1")
    seen = of(store)
    assert store.doubts.claim([(seen, 1)], NOON, NOON + LATE)
    assert not store.doubts.claim([(seen, 1)], NOON, NOON + LATE)
    assert store.doubts.claim([(of(store), 1)], NOON + LATE, NOON + 2 * LATE)


def test_of_several_that_share_a_message_all_are_claimed_or_none(store: SqlStore) -> None:
    tell(store, "b1", "b2")
    one, other = of(store), of(store, "b2")
    store.mark_sent([(other, 1)], "C1/7", NOON)
    assert not store.doubts.claim([(one, 1), (other, 1)], NOON, NOON + LATE)
    assert of(store).tried is None


def test_what_is_owed_is_owed_until_it_is_done(store: SqlStore) -> None:
    assert not store.doubts.owes("catch-up")
    store.doubts.owe("catch-up", NOON)
    store.doubts.owe("catch-up", NOON + LATE)
    assert store.doubts.owes("catch-up")
    with store.unit() as unit:
        unit.done("catch-up")
    assert not store.doubts.owes("catch-up")


refs = st.lists(st.sampled_from(["m1", "m2", "m3"]), unique=True)


@given(refs, st.booleans(), st.integers(-60, 60))
def test_nothing_is_sent_again_while_it_may_still_come(found: list[str], closed: bool, seconds: int) -> None:
    until = NOON + timedelta(seconds=seconds)
    what = finding(None if closed else found, until, NOON)
    if not closed and not found and until > NOON:
        assert what is Finding.NOT_YET
    if what is Finding.NEVER_CAME:
        assert not found
        assert until <= NOON


@given(st.sampled_from(["m1", "m2", "gone"]), refs)
def test_the_message_that_is_kept_right_is_never_deleted(kept: str, found: list[str]) -> None:
    copies = surplus(kept, found)
    assert kept not in copies
    assert set(copies) | {kept} == set(found) if kept in found else copies == ()


# --- what is said in the thread of a message


SIGNAL = Alert(
    "a1", 1, AlertState.SIGNAL, AlertEventKind.POSTED, NOON, NOON, "pyongyang-war", "north-korea", Register.DEED,
    "arming", "deploying", By.REPORTED, Severity.HIGH, (),
)  # fmt: skip
CONFIRMED = replace(SIGNAL, version=2, state=AlertState.CONFIRMED)
NEWS = "a1/1-2"


def decide(store: SqlStore, *alerts: Alert) -> None:
    with store.unit() as unit:
        for alert in alerts:
            unit.save_alert(alert)
            unit.enqueue(NoticeKind.ALERT, alert.id, alert.version, [ROUTE], NOON)


async def test_a_line_in_a_thread_is_due_from_the_edit_on_and_said_once(store, channel, settle) -> None:
    decide(store, SIGNAL)
    await settle()
    decide(store, CONFIRMED)
    await settle()
    (line,) = store.deliveries(NoticeKind.NEWS, NEWS)
    assert (line.thread, line.ref, line.state, line.sent) == ("C1/1", "C1/2", DeliveryState.SENT, 2)
    assert store.notice(NoticeKind.NEWS, NEWS) == News(CONFIRMED, AlertState.SIGNAL, known=1)
    assert channel.times(NEWS) == 1


@pytest.mark.parametrize("what", ["answer-lost", "lost", "killed", "refused"])
@pytest.mark.parametrize("nth", [0, 1])
async def test_whatever_happens_to_an_edit_or_to_its_line_the_thread_is_told_once(
    store, channel, settle, restarted, what: str, nth: int
) -> None:
    decide(store, SIGNAL)
    await settle()
    decide(store, CONFIRMED)
    channel.plan = [""] * nth + [what]
    with suppress(KilledError):
        await settle()
    await restarted()
    for _ in range(4):
        await settle(LATE / 2)
    assert (channel.times(NEWS), channel.times("a1")) == (1, 1)
    assert store.counts()["deliveries_pending"] == 0


async def test_who_reads_a_message_that_was_found_hears_what_becomes_of_it(store, channel, settle, restarted) -> None:
    decide(store, SIGNAL)
    channel.plan = ["killed"]
    with pytest.raises(KilledError):
        await settle()
    decide(store, CONFIRMED)
    await restarted()
    assert (channel.times("a1"), channel.times(NEWS)) == (1, 1)


async def test_who_reads_what_an_edit_brought_in_before_the_kill_hears_what_becomes_of_it(
    store, channel, settle, restarted
) -> None:
    decide(store, replace(CONFIRMED, id="a0", version=1))
    await settle()
    decide(store, SIGNAL)
    channel.plan = ["killed"]
    with pytest.raises(KilledError):
        await settle()
    decide(store, CONFIRMED)
    await restarted()
    assert (channel.edits[0], channel.times("a1"), channel.times(NEWS)) == ("C1/1", 1, 1)


async def test_of_two_steps_that_one_edit_shows_the_thread_is_told_once_and_the_later_one_later(
    store, channel, settle
) -> None:
    decide(store, SIGNAL)
    await settle()
    decide(store, CONFIRMED, replace(CONFIRMED, version=3, state=AlertState.DISPUTED))
    await settle()
    decide(store, replace(CONFIRMED, version=4))
    await settle()
    assert [channel.times(f"a1/{step}") for step in ("1-2", "1-3", "2-3", "3-4")] == [0, 1, 0, 1]


async def test_a_line_that_waits_while_its_alert_is_muted_is_not_said(store, channel, settle) -> None:
    decide(store, SIGNAL)
    await settle()
    decide(store, CONFIRMED)
    channel.plan = ["", "refused"]
    await settle()
    with store.unit() as unit:
        unit.save_mute(Mute("m", "slack", "C1", "kim", NOON, None, alert="a1"))
    await settle(LATE)
    (line,) = store.deliveries(NoticeKind.NEWS, NEWS)
    assert (channel.times(NEWS), line.state, line.error) == (0, DeliveryState.SENT, "not told: muted")


async def test_a_line_whose_route_was_removed_is_settled_with_that_reason(store, channel, settle, clock) -> None:
    decide(store, SIGNAL)
    await settle()
    decide(store, CONFIRMED)
    channel.plan = ["", "refused"]
    await settle()
    clock.set(NOON + LATE)
    await drain(store, {"slack": channel}, clock, routes=lambda: [replace(ROUTE, channel="C2")])
    (line,) = store.deliveries(NoticeKind.NEWS, NEWS)
    assert (line.state, line.error) == (DeliveryState.SENT, "not posted: its route was removed while it waited")
