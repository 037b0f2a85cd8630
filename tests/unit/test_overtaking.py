"""Is a word that was replaced before it was told kept back, told by the later one, and never lost?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import VirtualClock
from bot.deliver import drain
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    By,
    Delivery,
    DeliveryState,
    Evidence,
    Mute,
    News,
    Notice,
    NoticeKind,
    Position,
    Register,
    Route,
    Severity,
    Standing,
    Tier,
)
from bot.errors import StoreError, UndeliverableError
from bot.overtaking import successor
from bot.store import SqlStore

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUNGS = ("withhold", "reviewing", "conditional", "committed")
DESK = Route("desk", "slack", "c1", mention="@desk")


def said(name: str, rung: str, hour: int, **changes: object) -> Alert:
    at = NOON + hour * HOUR
    evidence = Evidence(
        f"e{name}", f"k{name}", "seoul-arms", "south-korea", rung, By.OFFICIAL, "it says so", 0.9, "seoul", at, at,
        "Seoul says so", f"https://paper.example/{name}", "Paper", "house", Tier.OUTLET, "en",
    )  # fmt: skip
    alert = Alert(
        name, 1, AlertState.CONFIRMED, AlertEventKind.POSTED, at, at, "seoul-arms", "south-korea", Register.WORD,
        "withhold", rung, By.OFFICIAL, Severity.MEDIUM, (evidence,),
    )  # fmt: skip
    return replace(alert, **changes)  # type: ignore[arg-type]


FIRST, LATER = said("b", "conditional", 0), said("c", "committed", 3)
STANDS = Position("committed", NOON + 3 * HOUR)


def test_a_word_that_the_holder_replaced_is_overtaken_by_the_alert_of_what_stands() -> None:
    assert successor(FIRST, STANDS, [FIRST, LATER]) is LATER
    assert successor(LATER, STANDS, [FIRST, LATER]) is None


@pytest.mark.parametrize(
    ("alert", "word", "others"),
    [
        (FIRST, Position("conditional", NOON), [LATER]),
        (FIRST, STANDS, [replace(LATER, state=AlertState.WITHDRAWN)]),
        (FIRST, STANDS, [replace(LATER, state=AlertState.SIGNAL)]),
        (FIRST, STANDS, [said("old", "committed", -90)]),
        (FIRST, STANDS, [replace(LATER, register=Register.DEED)]),
        (FIRST, STANDS, []),
        (FIRST, None, [LATER]),
        (replace(FIRST, register=Register.DEED), STANDS, [LATER]),
        (replace(FIRST, state=AlertState.SIGNAL), STANDS, [LATER]),
    ],
    ids=["stands", "withdrawn", "signal", "said-before", "deed-later", "untold", "nowhere", "a-deed", "a-signal"],
)
def test_what_no_later_word_tells_better_is_posted(alert: Alert, word: Position | None, others: list[Alert]) -> None:
    assert successor(alert, word, others) is None


@given(st.lists(st.tuples(st.sampled_from(RUNGS), st.booleans()), min_size=1, max_size=6))
def test_of_words_that_contradict_each_other_only_one_is_told_and_no_deed_is_kept_back(
    moves: list[tuple[str, bool]],
) -> None:
    registers = {True: Register.DEED, False: Register.WORD}
    alerts = [said(f"a{n}", rung, n, register=registers[deed]) for n, (rung, deed) in enumerate(moves)]
    words = [alert for alert in alerts if alert.register is Register.WORD]
    word = Position(words[-1].to_rung, words[-1].lead.dated) if words else None
    told = [alert for alert in alerts if successor(alert, word, alerts) is None]
    assert [alert for alert in told if alert.register is Register.WORD] == words[-1:]
    assert {a.id for a in alerts if a.register is Register.DEED} <= {a.id for a in told}


class Wall:
    """A platform in memory: what was posted, as ids, whom it woke, and whether it is down."""

    platform = "slack"

    def __init__(self) -> None:
        self.posts: list[tuple[str, ...]] = []
        self.woken: list[str] = []
        self.down = False

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        if self.down:
            raise UndeliverableError("the channel is gone")
        parts = getattr(notice, "alerts", (notice,))
        self.posts.append(tuple(part.id for part in parts if isinstance(part, Alert)))
        self.woken.append(delivery.mention)
        return f"m{len(self.posts)}"

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        return True

    async def tell(self, delivery: Delivery, news: News) -> str:
        return "t1"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOON + 6 * HOUR)


def decided(store: SqlStore, alert: Alert, word: Position, routes: Sequence[Route], now: datetime = NOON) -> None:
    with store.unit() as unit:
        unit.save_alert(alert)
        unit.save_standing(Standing("seoul-arms", "south-korea", word))
        unit.enqueue(NoticeKind.ALERT, alert.id, alert.version, routes, now)


def both(store: SqlStore, later: Sequence[Route] = (DESK,)) -> None:
    decided(store, FIRST, Position("conditional", NOON), [DESK])
    decided(store, LATER, STANDS, later)


async def passes(store: SqlStore, wall: Wall, clock: VirtualClock) -> None:
    while await drain(store, {"slack": wall}, clock, routes=lambda: (DESK,)):
        pass


def of(store: SqlStore, name: str) -> Delivery:
    return store.deliveries(NoticeKind.ALERT, name)[0]


async def test_after_downtime_the_later_word_alone_is_posted_and_the_other_says_why(
    store: SqlStore, clock: VirtualClock
) -> None:
    wall = Wall()
    both(store)
    await passes(store, wall, clock)
    await passes(store, wall, clock)
    assert wall.posts == [("c",)]
    assert of(store, "b").held.startswith("a later word took its place")
    assert of(store, "b").held.endswith("(alert c)")


async def test_a_later_word_too_light_for_the_channel_is_told_all_the_same_once_and_wakes_nobody(
    store: SqlStore, clock: VirtualClock
) -> None:
    wall, high = Wall(), replace(DESK, min_severity=Severity.HIGH, mention_from=Severity.HIGH)
    both(store, later=())
    while await drain(store, {"slack": wall}, clock, routes=lambda: (high,)):
        pass
    assert (wall.posts, wall.woken) == ([("c",)], [""])


async def test_killed_when_the_later_word_was_asked_for_and_no_wait_noted_the_channel_is_told_it_once(
    store: SqlStore, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    both(store, later=())
    with monkeypatch.context() as killed:
        killed.setattr(SqlStore, "mark_held", _killed)
        with pytest.raises(StoreError, match="killed"):
            await passes(store, wall, clock)
    assert [of(store, name).held for name in ("b", "c")] == ["", ""]
    await passes(store, wall, clock)
    assert (wall.posts, len(store.deliveries(NoticeKind.ALERT, "c"))) == ([("c",)], 1)
    assert of(store, "b").held.endswith("(alert c)")


def _killed(*_: object, **__: object) -> None:
    raise StoreError("killed")


async def test_a_later_word_that_is_withdrawn_lets_the_first_be_told_which_stands_again(
    store: SqlStore, clock: VirtualClock
) -> None:
    wall = Wall()
    both(store)
    await passes(store, wall, clock)
    gone = replace(LATER, version=2, state=AlertState.WITHDRAWN, event=AlertEventKind.WITHDRAWN)
    decided(store, gone, Position("conditional", NOON), [], clock.now())
    clock.set(clock.now() + 25 * HOUR)
    await passes(store, wall, clock)
    assert wall.posts == [("c",), ("b",)]


async def test_a_later_word_that_is_muted_keeps_nothing_back(store: SqlStore, clock: VirtualClock) -> None:
    wall = Wall()
    with store.unit() as unit:
        unit.save_mute(Mute("m", "", "", "kim", NOON, None, rung="committed", track="seoul-arms"))
    both(store)
    await passes(store, wall, clock)
    assert wall.posts == [("b",)]


async def test_a_channel_that_was_down_is_told_the_later_word_alone_and_not_called_paused_then(
    store: SqlStore, clock: VirtualClock
) -> None:
    wall = Wall()
    wall.down = True
    decided(store, FIRST, Position("conditional", NOON), [DESK])
    await passes(store, wall, clock)
    decided(store, LATER, STANDS, [DESK])
    wall.down = False
    clock.set(clock.now() + HOUR)
    await passes(store, wall, clock)
    assert wall.posts == [("c",)]
    assert store.paused() == ()


async def test_what_was_overtaken_for_the_life_of_an_alert_is_looked_at_no_more(
    store: SqlStore, clock: VirtualClock
) -> None:
    wall = Wall()
    both(store)
    await passes(store, wall, clock)
    clock.set(NOON + timedelta(days=15))
    await passes(store, wall, clock)
    assert wall.posts == [("c",)]
    assert of(store, "b").state is DeliveryState.SENT
    assert of(store, "b").error.startswith("not posted: a later word")


async def test_the_console_a_record_of_events_shows_both(store: SqlStore, clock: VirtualClock) -> None:
    wall, stream = Wall(), replace(DESK, platform="console")
    decided(store, FIRST, Position("conditional", NOON), [stream])
    decided(store, LATER, STANDS, [stream])
    while await drain(store, {"console": wall}, clock, routes=lambda: (stream,)):
        pass
    assert wall.posts == [("b", "c")]
