"""Does what was decided reach its channels, in order, once, and in its present state?"""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import attempts, calls, deliver
from bot.attempts import FIRST_PAUSE
from bot.clock import VirtualClock
from bot.deliver import drain, run
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    Bundle,
    By,
    Delivery,
    DeliveryState,
    Evidence,
    Mute,
    News,
    Notice,
    NoticeKind,
    QuietHours,
    Register,
    Route,
    Severity,
    Tier,
)
from bot.errors import DeliveryError, PermanentError, StoreBusyError, StoreError, UndeliverableError
from bot.ports import Store
from bot.store import SqlStore, open_store

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)

EVIDENCE = Evidence(
    "e1", "k1", "pyongyang-war", "north-korea", "deploying", By.REPORTED, "sends troops", 0.9, "nis", NOON, NOON,
    "North Korea sends troops", "https://paper.example/a", "Paper", "house", Tier.OUTLET, "en",
)  # fmt: skip


def an_alert(name: str = "a1", version: int = 1, state: AlertState = AlertState.CONFIRMED) -> Alert:
    return Alert(
        name, version, state, AlertEventKind.POSTED, NOON, NOON, "pyongyang-war", "north-korea", Register.DEED,
        "arming", "deploying", By.REPORTED, Severity.HIGH, (EVIDENCE,),
    )  # fmt: skip


class Wall:
    """A platform in memory: remembers what its channels show, and fails as it is told.

    `posts` holds every notice that came to be shown, in whichever message; `messages` those that were posted, as the
    ids that they showed first; `seen` the versions of each notice in each channel.
    """

    platform = "console"

    def __init__(self) -> None:
        self.posts: list[tuple[str, str, int]] = []
        self.messages: list[tuple[str, ...]] = []
        self.woken: list[str] = []
        self.edits: list[tuple[str, int]] = []
        self.told: list[tuple[str, News]] = []
        self.locked: list[Exception] = []
        self.deleted: set[str] = set()
        self.seen: dict[tuple[str, str], list[int]] = {}
        self.faults: dict[str, list[Exception]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.entered = asyncio.Event()

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        await self._meet(delivery)
        shown = notice.alerts if isinstance(notice, Bundle) else (notice,)
        self.messages.append(tuple(one.id for one in shown))
        self.woken += [delivery.mention] if delivery.mention else []
        for one in shown:
            self._show(delivery, one, first=True)
        return f"m{len(self.messages)}"

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        await self._meet(delivery)
        if delivery.ref in self.deleted:
            return False
        if isinstance(notice, Bundle):
            for alert, before in zip(notice.alerts, notice.shown, strict=True):
                if alert.version > before:
                    self._show(delivery, alert, first=not before)
        else:
            self._show(delivery, notice, first=False)
        return True

    async def tell(self, delivery: Delivery, news: News) -> str:
        if self.locked:
            raise self.locked.pop()
        self.told.append((delivery.thread, news))
        self.woken += [news.mention] if news.mention else []
        return f"{delivery.thread}.{len(self.told)}"

    def _show(self, delivery: Delivery, notice: Alert | Brief, *, first: bool) -> None:
        self.seen.setdefault((delivery.channel, notice.id), []).append(notice.version)
        if first:
            self.posts.append((delivery.channel, notice.id, notice.version))
        else:
            self.edits.append((delivery.ref, notice.version))

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        raise UndeliverableError("a wall keeps no history")

    async def close(self) -> None:
        return None

    async def _meet(self, delivery: Delivery) -> None:
        for name in (delivery.channel, delivery.subject):
            if self.faults.get(name):
                raise self.faults[name].pop(0)
            if name in self.gates:
                self.entered.set()
                await self.gates[name].wait()


class Stumbling:
    """The real store, of which one method fails first as often as it is told."""

    def __init__(self, store: Store, method: str, *faults: Exception) -> None:
        self._store, self._method, self._faults = store, method, list(faults)

    def __getattr__(self, name: str) -> object:
        return self._stumble if name == self._method else getattr(self._store, name)

    def _stumble(self, *args: object, **kwargs: object) -> object:
        if self._faults:
            raise self._faults.pop(0)
        return getattr(self._store, self._method)(*args, **kwargs)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOON)


@pytest.fixture
def one_pass(store: SqlStore, wall: Wall, clock: VirtualClock) -> Callable[[], object]:
    return lambda: drain(store, {"console": wall}, clock, jitter=lambda: 1.0)


def ask(store: SqlStore, alert: Alert, *channels: str) -> None:
    routes = [Route("desk", "console", channel) for channel in channels]
    with store.unit() as unit:
        unit.save_alert(alert)
        unit.enqueue(NoticeKind.ALERT, alert.id, alert.version, routes, NOON)


def of(store: SqlStore, name: str = "a1") -> Delivery:
    return store.deliveries(NoticeKind.ALERT, name)[0]


# --- one pass


async def test_pending_alert_is_posted_once(store: SqlStore, wall: Wall, one_pass: Callable) -> None:
    ask(store, an_alert(), "c1")
    assert await one_pass() == 1
    assert await one_pass() == 0
    assert wall.posts == [("c1", "a1", 1)]
    assert (of(store).state, of(store).sent, of(store).ref) == (DeliveryState.SENT, 1, "m1")


async def test_newer_version_edits_the_message(store: SqlStore, wall: Wall, one_pass: Callable) -> None:
    ask(store, an_alert(), "c1")
    await one_pass()
    ask(store, an_alert(version=2, state=AlertState.WITHDRAWN), "c1")
    assert await one_pass() == 1
    assert (len(wall.posts), wall.edits) == (1, [("m1", 2)])
    assert of(store).sent == 2


async def test_the_thread_of_a_message_is_told_what_has_become_of_its_alert_and_of_nothing_else(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    steps = [AlertState.SIGNAL, AlertState.SIGNAL, AlertState.CONFIRMED, AlertState.CONFIRMED, AlertState.DISPUTED]
    for version, state in enumerate(steps, 1):
        ask(store, an_alert(version=version, state=state), "c1")
        while await one_pass():
            pass
    assert [(ref, news.was, news.alert.state) for ref, news in wall.told] == [
        ("m1", AlertState.SIGNAL, AlertState.CONFIRMED),
        ("m1", AlertState.CONFIRMED, AlertState.DISPUTED),
    ]


async def test_a_deleted_message_has_no_thread_to_tell(store: SqlStore, wall: Wall, one_pass: Callable) -> None:
    ask(store, an_alert(state=AlertState.SIGNAL), "c1")
    await one_pass()
    wall.deleted.add("m1")
    ask(store, an_alert(version=2), "c1")
    await one_pass()
    assert wall.told == []


@pytest.mark.parametrize(
    ("fault", "told"), [(DeliveryError("rate limited"), 1), (PermanentError("the thread is locked"), 0)]
)
async def test_a_thread_that_cannot_be_told_now_is_told_later_and_a_locked_one_costs_nothing_else(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable, fault: Exception, told: int
) -> None:
    ask(store, an_alert(state=AlertState.SIGNAL), "c1")
    await one_pass()
    wall.locked = [fault]
    ask(store, an_alert(version=2), "c1")
    while await one_pass():
        pass
    clock.set(NOON + timedelta(minutes=5))
    await one_pass()
    assert (len(wall.told), of(store).sent, of(store).error == "") == (told, 2, True)


async def test_versions_decided_before_the_first_post_become_one_message(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    for version in (1, 2, 3):
        ask(store, an_alert(version=version), "c1")
    assert await one_pass() == 1
    assert (wall.posts, wall.edits) == ([("c1", "a1", 3)], [])


async def test_alert_withdrawn_before_its_first_post_is_posted_only_if_it_comes_back(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    ask(store, an_alert(state=AlertState.WITHDRAWN), "c1")
    assert await one_pass() == 1
    assert wall.posts == []
    assert of(store).error == "not posted: over before it could be told"
    ask(store, an_alert(version=2), "c1")
    await one_pass()
    assert wall.posts == [("c1", "a1", 2)]


async def test_brief_is_posted(store: SqlStore, wall: Wall, one_pass: Callable) -> None:
    with store.unit() as unit:
        unit.save_brief(Brief("b1", NOON, NOON, ()))
        unit.enqueue(NoticeKind.BRIEF, "b1", 1, [Route("desk", "console", "c1")], NOON)
    await one_pass()
    assert wall.posts == [("c1", "b1", 1)]


async def test_delivery_that_is_not_due_waits(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    with store.unit() as unit:
        unit.save_alert(an_alert())
        unit.enqueue(NoticeKind.ALERT, "a1", 1, [Route("desk", "console", "c1")], NOON + timedelta(hours=8))
    assert await one_pass() == 0
    clock.set(NOON + timedelta(hours=8))
    assert await one_pass() == 1


async def test_channel_that_is_gone_is_paused_while_others_are_served_and_resumes_by_itself(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    wall.faults["c1"] = [UndeliverableError("channel c1 is gone")]
    ask(store, an_alert(), "c1", "c2")
    assert await one_pass() == 1
    assert wall.posts == [("c2", "a1", 1)]
    assert (of(store).state, of(store).error) == (DeliveryState.PENDING, "channel c1 is gone")
    ask(store, an_alert("a2"), "c1")
    assert await one_pass() == 0
    clock.set(NOON + timedelta(seconds=FIRST_PAUSE))
    assert await one_pass() == 2
    assert wall.posts[1:] == [("c1", "a1", 1), ("c1", "a2", 1)]


async def test_passing_error_keeps_the_order_of_its_channel(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    wall.faults["c1"] = [DeliveryError("500")]
    for name in ("a1", "a2"):
        ask(store, an_alert(name), "c1", "c2")
    assert await one_pass() == 2
    assert wall.posts == [("c2", "a1", 1), ("c2", "a2", 1)]
    assert await one_pass() == 0
    clock.set(NOON + timedelta(seconds=2))
    assert await one_pass() == 2
    assert wall.posts[2:] == [("c1", "a1", 1), ("c1", "a2", 1)]


async def test_wait_that_the_platform_asks_for_is_kept(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    wall.faults["c1"] = [DeliveryError("429", retry_after=90)]
    ask(store, an_alert(), "c1")
    await one_pass()
    clock.set(NOON + timedelta(seconds=89))
    assert await one_pass() == 0
    clock.set(NOON + timedelta(seconds=90))
    assert await one_pass() == 1


async def test_message_that_never_goes_through_stops_holding_its_channel(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    wall.faults["poison"] = [DeliveryError("500") for _ in range(20)]
    ask(store, an_alert("poison"), "c1")
    ask(store, an_alert("a2"), "c1")
    for _ in range(attempts.PATIENCE):
        await one_pass()
        clock.set(clock.now() + timedelta(hours=1))
    assert wall.posts == []
    assert await one_pass() == 1
    assert wall.posts == [("c1", "a2", 1)]
    assert of(store, "poison").state is DeliveryState.PENDING


async def test_fault_of_a_notifier_costs_one_message_a_try_and_says_what_it_was(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    wall.faults["a1"] = [ZeroDivisionError("no rungs")]
    ask(store, an_alert("a1"), "c1")
    ask(store, an_alert("a2"), "c2")
    assert await one_pass() == 1
    assert of(store).error == "internal error, ZeroDivisionError: no rungs; please report it"


async def test_platform_that_does_not_answer_is_tried_again(
    store: SqlStore, wall: Wall, one_pass: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "SEND_SECONDS", 0.01)
    wall.gates["c1"] = asyncio.Event()
    ask(store, an_alert(), "c1")
    assert await one_pass() == 0
    assert (of(store).state, of(store).attempts) == (DeliveryState.PENDING, 1)
    assert "did not answer" in of(store).error


async def test_delivery_to_a_platform_that_nothing_serves_waits_and_says_so(
    store: SqlStore, clock: VirtualClock
) -> None:
    ask(store, an_alert(), "c1")
    assert await drain(store, {}, clock) == 0
    assert of(store).state is DeliveryState.PENDING
    assert of(store).error == "nothing serves console; set its token, or remove route desk"


async def test_delivery_of_nothing_fails_for_good(store: SqlStore, wall: Wall, one_pass: Callable) -> None:
    with store.unit() as unit:
        unit.enqueue(NoticeKind.ALERT, "a1", 1, [Route("desk", "console", "c1")], NOON)
    assert await one_pass() == 1
    assert of(store).error == "nothing to show: no alert 'a1'"


async def test_pass_takes_no_more_than_its_limit(store: SqlStore, wall: Wall, clock: VirtualClock) -> None:
    for n in range(5):
        ask(store, an_alert(f"n{n}"), "c1")
    assert await drain(store, {"console": wall}, clock, limit=3) == 3
    assert [subject for _, subject, _ in wall.posts] == ["n0", "n1", "n2"]


async def test_what_was_posted_is_recorded_however_often_the_store_is_busy(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    ask(store, an_alert(), "c1")
    busy = Stumbling(store, "mark_sent", *(StoreBusyError("locked") for _ in range(3)))
    outbox = deliver.Outbox(busy, {"console": wall}, clock, pause=0.001)
    for queue in (await outbox.queues(10)).values():
        assert await outbox.serve(queue) == 1
    assert await drain(store, {"console": wall}, clock) == 0
    assert len(wall.posts) == 1


async def test_damaged_store_is_not_taken_for_a_failed_delivery(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    ask(store, an_alert(), "c1")
    with pytest.raises(StoreError, match="damaged"):
        await drain(Stumbling(store, "notice", StoreError("damaged")), {"console": wall}, clock)
    assert (of(store).attempts, wall.posts) == (0, [])


# --- several alerts in one message


async def test_alerts_that_are_pending_together_are_one_message(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    for name in ("a1", "a2", "a3"):
        ask(store, an_alert(name), "c1", "c2")
    assert await one_pass() == 6
    assert wall.messages == [("a1", "a2", "a3"), ("a1", "a2", "a3")]
    assert {of(store, name).ref for name in ("a1", "a2", "a3")} == {of(store).ref}


async def test_what_follows_within_a_minute_joins_the_message_and_what_follows_later_does_not(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    ask(store, an_alert("a1"), "c1")
    await one_pass()
    clock.set(NOON + timedelta(seconds=60))
    ask(store, an_alert("a2"), "c1")
    assert await one_pass() == 1
    clock.set(NOON + timedelta(seconds=61))
    ask(store, an_alert("a3"), "c1")
    assert await one_pass() == 1
    assert wall.messages == [("a1",), ("a3",)]
    assert of(store, "a2").ref == of(store, "a1").ref


async def test_a_newer_version_of_one_edits_the_message_of_all(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    for name in ("a1", "a2"):
        ask(store, an_alert(name), "c1")
    await one_pass()
    clock.set(NOON + timedelta(hours=3))
    ask(store, an_alert("a2", version=2), "c1")
    assert await one_pass() == 1
    assert (len(wall.messages), wall.edits) == (1, [("m1", 2)])
    assert (of(store, "a1").sent, of(store, "a2").sent) == (1, 2)
    assert await one_pass() == 0


async def test_an_alert_that_must_wake_somebody_is_a_message_of_its_own(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    ask(store, an_alert("a1"), "c1")
    await one_pass()
    with store.unit() as unit:
        unit.save_alert(an_alert("a2"))
        unit.enqueue(NoticeKind.ALERT, "a2", 1, [Route("desk", "console", "c1", mention="@desk")], NOON)
    await one_pass()
    assert (wall.messages, wall.woken) == ([("a1",), ("a2",)], ["@desk"])


async def test_what_would_join_a_message_that_somebody_deleted_is_posted_anew(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    ask(store, an_alert("a1"), "c1")
    await one_pass()
    wall.deleted = {"m1"}
    ask(store, an_alert("a2"), "c1")
    assert await one_pass() == 1
    assert wall.messages == [("a1",), ("a2",)]


async def test_more_alerts_than_a_message_holds_are_several_messages(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    for n in range(7):
        ask(store, an_alert(f"a{n}"), "c1")
    assert await one_pass() == 7
    assert [len(message) for message in wall.messages] == [5, 2]


async def test_one_that_was_over_before_it_was_told_is_in_no_message(
    store: SqlStore, wall: Wall, one_pass: Callable
) -> None:
    ask(store, an_alert("a1"), "c1")
    ask(store, an_alert("a2", state=AlertState.EXPIRED), "c1")
    ask(store, an_alert("a3"), "c1")
    assert await one_pass() == 3
    assert wall.messages == [("a1", "a3")]


async def test_message_that_failed_is_tried_again_alone_and_the_others_join_it(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    wall.faults["a1"] = [DeliveryError("500")]
    for name in ("a1", "a2"):
        ask(store, an_alert(name), "c1")
    assert await one_pass() == 0
    clock.set(NOON + timedelta(hours=1))
    assert await one_pass() == 2
    assert (wall.messages, len(wall.posts)) == ([("a1",)], 2)


# --- what has to wait


NIGHT = Route("desk", "console", "c1", timezone="UTC", quiet=QuietHours(time(11), time(14)), mention="@desk")


async def test_quiet_night_holds_a_post_which_then_shows_the_present_state_and_wakes(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    def one() -> object:
        return drain(store, {"console": wall}, clock, routes=lambda: (NIGHT,))

    with store.unit() as unit:
        unit.save_alert(an_alert("a1", state=AlertState.SIGNAL))
        unit.enqueue(NoticeKind.ALERT, "a1", 1, [replace(NIGHT, mention="")], NOON)
    assert await one() == 0
    assert of(store).held == "quiet hours until 18 Oct 2024, 14:00 UTC"
    with store.unit() as unit:
        unit.save_alert(an_alert("a1", version=2))
        unit.enqueue(NoticeKind.ALERT, "a1", 2, [NIGHT], NOON)
    clock.set(NOON + timedelta(minutes=119))
    assert await one() == 0
    clock.set(NOON + timedelta(hours=2))
    assert await one() == 1
    assert (wall.posts, wall.woken) == ([("c1", "a1", 2)], ["@desk"])
    assert of(store).held == ""


@pytest.mark.parametrize(
    ("at_night", "told"),
    [
        ([AlertState.DISPUTED, AlertState.CONFIRMED], []),
        ([AlertState.DISPUTED, AlertState.CONFIRMED, AlertState.DISPUTED], [AlertState.DISPUTED]),
        ([AlertState.DISPUTED, AlertState.WITHDRAWN], [AlertState.WITHDRAWN]),
        ([AlertState.DISPUTED, AlertState.WITHDRAWN, AlertState.DISPUTED], [AlertState.DISPUTED]),
    ],
)
async def test_in_the_morning_a_thread_is_told_only_what_has_become_of_what_it_knew(
    store: SqlStore, wall: Wall, clock: VirtualClock, at_night: list[AlertState], told: list[AlertState]
) -> None:
    async def passes() -> None:
        while await drain(store, {"console": wall}, clock, routes=lambda: (NIGHT,)):
            pass

    clock.set(NOON - timedelta(hours=3))
    for version, state in enumerate([AlertState.CONFIRMED, *at_night], 1):
        with store.unit() as unit:
            unit.save_alert(an_alert(version=version, state=state))
            unit.enqueue(NoticeKind.ALERT, "a1", version, [NIGHT], clock.now())
        await passes()
        clock.set(NOON + timedelta(minutes=version))
    assert wall.told == []
    clock.set(NOON + timedelta(hours=2))
    await passes()
    assert [(news.was, news.alert.state) for _, news in wall.told] == [(AlertState.CONFIRMED, state) for state in told]


async def test_message_that_was_posted_is_kept_right_at_night(
    store: SqlStore, wall: Wall, clock: VirtualClock, one_pass: Callable
) -> None:
    ask(store, an_alert(), "c1")
    await one_pass()
    ask(store, an_alert(version=2), "c1")
    await drain(store, {"console": wall}, clock, routes=lambda: (NIGHT,))
    assert wall.edits == [("m1", 2)]


async def test_what_becomes_of_an_alert_at_night_is_said_in_its_thread_in_the_morning(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    """It is edited at once; the line in the thread, and whom it wakes, wait; what is no longer so is not said."""
    route = replace(NIGHT, mention_from=Severity.HIGH)
    with store.unit() as unit:
        for name in ("a1", "a2"):
            unit.save_alert(replace(an_alert(name, state=AlertState.SIGNAL), severity=Severity.LOW))
            unit.enqueue(NoticeKind.ALERT, name, 1, [replace(route, mention="")], NOON - timedelta(hours=2))
    clock.set(NOON - timedelta(hours=2))
    while await drain(store, {"console": wall}, clock, routes=lambda: (route,)):
        pass
    clock.set(NOON)
    for name, version, state in (
        ("a1", 2, AlertState.CONFIRMED), ("a2", 2, AlertState.CONFIRMED), ("a2", 3, AlertState.WITHDRAWN),
    ):  # fmt: skip
        with store.unit() as unit:
            unit.save_alert(an_alert(name, version=version, state=state))
            unit.enqueue(NoticeKind.ALERT, name, version, [route], NOON)
        while await drain(store, {"console": wall}, clock, routes=lambda: (route,)):
            pass
    assert len(wall.edits) == 3
    assert (wall.told, wall.woken) == ([], [])
    clock.set(NOON + timedelta(hours=2))
    while await drain(store, {"console": wall}, clock, routes=lambda: (route,)):
        pass
    said = [(news.alert.id, news.alert.state) for _, news in wall.told]
    assert said == [("a1", AlertState.CONFIRMED), ("a2", AlertState.WITHDRAWN)]
    assert wall.woken == ["@desk"]


async def test_muted_alert_is_told_once_when_the_mute_ends_and_not_if_it_is_over_by_then(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    def one_pass() -> object:
        return drain(store, {"console": wall}, clock, routes=lambda: (Route("desk", "console", "c1"),))

    with store.unit() as unit:
        unit.save_mute(Mute("m", "", "", "kim", NOON, NOON + timedelta(hours=1), track="pyongyang-war"))
    for name in ("a1", "a2"):
        ask(store, an_alert(name, state=AlertState.SIGNAL), "c1")
    assert await one_pass() == 0
    assert of(store).held == "muted until 18 Oct 2024, 13:00 UTC by kim"
    ask(store, an_alert("a1", version=2), "c1")
    ask(store, an_alert("a2", version=2, state=AlertState.EXPIRED), "c1")
    assert await one_pass() == 1
    clock.set(NOON + timedelta(hours=1))
    assert await one_pass() == 1
    assert wall.posts == [("c1", "a1", 2)]
    assert of(store, "a2").error == "not posted: over before it could be told"


async def test_unmuted_alert_is_told_at_once(store: SqlStore, wall: Wall, clock: VirtualClock) -> None:
    def one_pass() -> object:
        return drain(store, {"console": wall}, clock, routes=lambda: (Route("desk", "console", "c1"),))

    mute = Mute("m", "", "", "kim", NOON, None, track="pyongyang-war")
    with store.unit() as unit:
        unit.save_mute(mute)
    ask(store, an_alert(), "c1")
    assert await one_pass() == 0
    with store.unit() as unit:
        unit.save_mute(replace(mute, ended=NOON))
        unit.release("", "", NOON)
    assert await one_pass() == 1


async def test_what_waited_for_a_channel_that_was_unsubscribed_meanwhile_is_not_posted(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    ask(store, an_alert(), "c1")
    await drain(store, {"console": wall}, clock, routes=lambda: (NIGHT,))
    clock.set(NOON + timedelta(hours=2))
    assert await drain(store, {"console": wall}, clock, routes=lambda: (replace(NIGHT, channel="c2"),)) == 1
    assert wall.posts == []
    assert of(store).error == "not posted: its route was removed while it waited"


async def test_what_waited_is_posted_by_another_route_to_its_channel(
    store: SqlStore, wall: Wall, clock: VirtualClock
) -> None:
    ask(store, an_alert(), "c1")
    await drain(store, {"console": wall}, clock, routes=lambda: (NIGHT,))
    clock.set(NOON + timedelta(hours=2))
    assert await drain(store, {"console": wall}, clock, routes=lambda: (replace(NIGHT, name="renamed"),)) == 1


DECISIONS = st.lists(st.tuples(st.sampled_from(["a1", "a2", "a3"]), st.sets(st.sampled_from(["c1", "c2"]))), max_size=8)
FAULTS = st.lists(st.sampled_from(["well", "500", "429", "bug"]), max_size=12)


@settings(max_examples=30, deadline=None)
@given(DECISIONS, FAULTS, st.integers(0, 3))
def test_whatever_passes_each_channel_ends_up_with_one_message_in_its_last_version(
    decisions: list[tuple[str, set[str]]], faults: list[str], every: int
) -> None:
    errors = {"500": DeliveryError("500"), "429": DeliveryError("429", retry_after=40), "bug": ValueError("bug")}
    with tempfile.TemporaryDirectory() as folder:
        store, wall, clock = open_store(f"sqlite:///{folder}/d.db", durable=False), Wall(), VirtualClock(NOON)
        wall.faults = {"c1": [errors[fault] for fault in faults if fault in errors]}
        told: dict[str, tuple[int, set[str]]] = {}

        async def play() -> None:
            for turn, (name, channels) in enumerate(decisions):
                version, before = told.get(name, (0, set()))
                told[name] = version + 1, before | channels
                ask(store, an_alert(name, version + 1), *sorted(channels))
                if every and turn % every == 0:
                    await drain(store, {"console": wall}, clock)
            while store.counts()["deliveries_pending"]:
                clock.set(clock.now() + timedelta(minutes=15))
                await drain(store, {"console": wall}, clock)
                assert clock.now() < NOON + timedelta(hours=12)

        asyncio.run(play())
        store.close()
    assert sorted((c, a) for c, a, _ in wall.posts) == sorted((c, a) for a, (_, cs) in told.items() for c in cs)
    for (_, name), shown in wall.seen.items():
        assert shown == sorted(set(shown))
        assert shown[-1] == told[name][0]


# --- the loop


@contextlib.asynccontextmanager
async def running(store: Store, wall: Wall, wake: asyncio.Event, **options: float):
    loop = asyncio.create_task(run(store, {"console": wall}, VirtualClock(NOON), wake, **options))
    try:
        yield
    finally:
        loop.cancel()
        with contextlib.suppress(asyncio.CancelledError, PermanentError):
            await loop


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.002)


async def test_post_follows_its_commit_at_once(store: SqlStore, wall: Wall) -> None:
    wake = asyncio.Event()
    async with running(store, wall, wake, idle=60):
        await until(lambda: not wake.is_set())
        ask(store, an_alert(), "c1")
        wake.set()
        await until(lambda: bool(wall.posts))


async def test_post_follows_its_commit_though_nobody_woke_the_loop(store: SqlStore, wall: Wall) -> None:
    async with running(store, wall, asyncio.Event(), idle=0.01):
        ask(store, an_alert(), "c1")
        await until(lambda: bool(wall.posts))


async def test_channel_that_hangs_keeps_no_other_waiting(store: SqlStore, wall: Wall) -> None:
    wall.gates["slow"] = asyncio.Event()
    wake = asyncio.Event()
    ask(store, an_alert("a1"), "slow")
    async with running(store, wall, wake, idle=60):
        await until(wall.entered.is_set)
        ask(store, an_alert("a2"), "slow", "quick")
        wake.set()
        await until(lambda: wall.posts == [("quick", "a2", 1)])
        wall.gates["slow"].set()
        await until(lambda: len(wall.posts) == 3)
    assert wall.posts[1:] == [("slow", "a1", 1), ("slow", "a2", 1)]


async def test_queue_longer_than_one_pass_is_worked_off_without_waiting(
    store: SqlStore, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "BATCH", 2)
    for n in range(7):
        ask(store, an_alert(f"n{n}"), "c1")
    async with running(store, wall, asyncio.Event(), idle=60):
        await until(lambda: len(wall.posts) == 7)


async def test_send_under_way_is_ended_and_recorded_when_the_bot_stops(store: SqlStore, wall: Wall) -> None:
    wall.gates["c1"] = asyncio.Event()
    ask(store, an_alert(), "c1")
    loop = asyncio.create_task(run(store, {"console": wall}, VirtualClock(NOON), asyncio.Event(), idle=60, grace=5))
    await until(wall.entered.is_set)
    loop.cancel()
    await asyncio.sleep(0)
    wall.gates["c1"].set()
    with pytest.raises(asyncio.CancelledError):
        await loop
    assert of(store).state is DeliveryState.SENT


async def test_send_that_hangs_does_not_keep_the_bot_from_stopping(store: SqlStore, wall: Wall) -> None:
    wall.gates["c1"] = asyncio.Event()
    ask(store, an_alert(), "c1")
    async with asyncio.timeout(2), running(store, wall, asyncio.Event(), idle=60, grace=0.02):
        await until(wall.entered.is_set)
    assert of(store).state is DeliveryState.PENDING


@pytest.mark.parametrize("method", ["due_deliveries", "notice"])
async def test_loop_outlives_a_busy_store(store: SqlStore, wall: Wall, method: str) -> None:
    ask(store, an_alert(), "c1")
    busy = Stumbling(store, method, StoreBusyError("locked"), StoreBusyError("locked"))
    async with running(busy, wall, asyncio.Event(), idle=0.01):
        await until(lambda: len(wall.posts) == 1)


@pytest.mark.parametrize("method", ["due_deliveries", "notice"])
async def test_loop_ends_with_the_error_of_a_damaged_store(store: SqlStore, wall: Wall, method: str) -> None:
    ask(store, an_alert(), "c1")
    broken = Stumbling(store, method, StoreError("damaged"))
    with pytest.raises(StoreError, match="damaged"):
        await asyncio.wait_for(run(broken, {"console": wall}, VirtualClock(NOON), asyncio.Event(), idle=0.01), 5)
