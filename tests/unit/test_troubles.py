"""Do the other platforms hear of a channel that is closed to us, once, and that it works again?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.attempts import FIRST_PAUSE, Step, next_step
from bot.clock import VirtualClock
from bot.deliver import drain
from bot.domain import Brief, Delivery, DeliveryState, News, Notice, NoticeKind, Route, Trouble
from bot.errors import DeliveryError, StancewatchError, UndeliverableError
from bot.store import SqlStore
from bot.troubles import elsewhere

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
REST = timedelta(seconds=FIRST_PAUSE)
ROUTES = (
    Route("desk", "slack", "C1", mention="@desk"),
    Route("chiefs", "slack", "C2"),
    Route("analysts", "discord", "5", mention="<@&7>"),
    Route("screen", "console", "-"),
)
GONE = "the channel is gone; name another one in its route"


@dataclass
class Wall:
    """A platform in memory, with channels that may be closed."""

    platform: str
    closed: dict[str, StancewatchError] = field(default_factory=dict)
    posts: list[tuple[str, Notice]] = field(default_factory=list)
    edits: list[tuple[str, Notice]] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        self._meet(delivery)
        self.woken += [delivery.mention] if delivery.mention else []
        self.posts.append((delivery.channel, notice))
        return f"m{len(self.posts)}"

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        self._meet(delivery)
        self.edits.append((delivery.channel, notice))
        return True

    async def tell(self, delivery: Delivery, news: News) -> str:
        self._meet(delivery)
        return "told"

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        raise UndeliverableError("a wall keeps no history")

    def _meet(self, delivery: Delivery) -> None:
        if delivery.channel in self.closed:
            raise self.closed[delivery.channel]

    @property
    def troubles(self) -> list[tuple[str, Trouble]]:
        return [(channel, notice) for channel, notice in self.posts if isinstance(notice, Trouble)]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOON)


@pytest.fixture
def walls() -> dict[str, Wall]:
    return {name: Wall(name) for name in ("slack", "discord", "console")}


@pytest.fixture
def settle(store: SqlStore, clock: VirtualClock, walls: dict[str, Wall]) -> Callable[..., Awaitable[None]]:
    """Deliver until nothing more can be done, after some time has passed."""

    async def settled(after: timedelta = timedelta()) -> None:
        clock.set(clock.now() + after)
        while await drain(store, walls, clock, jitter=lambda: 1.0, routes=lambda: ROUTES):
            pass

    return settled


def tell(store: SqlStore, name: str, *routes: Route) -> None:
    with store.unit() as unit:
        unit.save_brief(Brief(name, NOON, NOON, ()))
        unit.enqueue(NoticeKind.BRIEF, name, 1, routes or ROUTES, NOON)


async def test_every_channel_of_the_other_platforms_hears_of_it_and_none_of_its_own(store, walls, settle) -> None:
    walls["slack"].closed["C1"] = UndeliverableError(GONE)
    tell(store, "b1")
    await settle()
    assert walls["slack"].troubles == []
    (told,) = walls["discord"].troubles
    assert told[0] == "5"
    assert told[1] == walls["console"].troubles[0][1]
    assert (told[1].platform, told[1].channel, told[1].route, told[1].error) == ("slack", "C1", "desk", GONE)
    assert told[1].at == NOON


async def test_it_is_told_even_when_nothing_else_is_to_be_told(store, walls, settle) -> None:
    walls["slack"].closed["C1"] = UndeliverableError(GONE)
    tell(store, "b1", ROUTES[0])
    await settle()
    assert len(walls["console"].troubles) == 1


async def test_nobody_is_woken_by_it(store, walls, settle) -> None:
    walls["slack"].closed["C1"] = UndeliverableError(GONE)
    tell(store, "b1", ROUTES[0])
    await settle()
    assert len(walls["discord"].troubles) == 1
    assert walls["discord"].woken == []


async def test_it_is_told_once_a_pause_and_not_once_a_try(store, walls, settle) -> None:
    walls["slack"].closed["C1"] = UndeliverableError(GONE)
    tell(store, "b1")
    tell(store, "b2")
    for _ in range(4):
        await settle(timedelta(hours=1))
    assert len(walls["discord"].troubles) == 1


async def test_channel_that_works_again_is_told_by_an_edit_and_in_the_log(store, walls, settle) -> None:
    walls["slack"].closed["C1"] = UndeliverableError(GONE)
    tell(store, "b1")
    await settle()
    walls["slack"].closed.clear()
    with structlog.testing.capture_logs() as log:
        await settle(REST)
    assert [notice.id for channel, notice in walls["slack"].posts if channel == "C1"] == ["b1"]
    (edited,) = walls["discord"].edits
    assert (edited[1].version, edited[1].resumed) == (2, NOON + REST)
    assert len(walls["console"].edits) == 1
    (line,) = [entry for entry in log if entry["event"] == "channel_resumed"]
    assert (line["platform"], line["channel"], line["closed_since"]) == ("slack", "C1", NOON.isoformat())


async def test_next_pause_of_a_channel_is_told_anew(store, walls, settle) -> None:
    for _ in range(2):
        walls["slack"].closed["C1"] = UndeliverableError(GONE)
        tell(store, f"b{len(walls['console'].posts)}")
        await settle()
        walls["slack"].closed.clear()
        await settle(REST)
    assert len({notice.id for _, notice in walls["discord"].troubles}) == 2


async def test_trouble_that_passes_is_told_nobody(store, walls, settle) -> None:
    walls["slack"].closed["C1"] = DeliveryError("out of reach")
    tell(store, "b1")
    await settle()
    walls["slack"].closed.clear()
    await settle(timedelta(hours=1))
    assert walls["console"].troubles == []
    assert store.open_trouble("slack", "C1") is None


async def test_two_platforms_that_are_closed_tell_each_other_only_what_still_holds(store, walls, settle) -> None:
    walls["slack"].closed = {"C1": UndeliverableError(GONE), "C2": UndeliverableError(GONE)}
    walls["discord"].closed["5"] = UndeliverableError(GONE)
    tell(store, "b1")
    await settle()
    assert len(walls["console"].troubles) == 3
    walls["slack"].closed.clear()
    await settle(REST)
    walls["discord"].closed.clear()
    await settle(timedelta(hours=1))
    # Slack worked again before Discord could be told that it did not.
    assert walls["discord"].troubles == []
    assert sorted(channel for channel, _ in walls["slack"].troubles) == ["C1", "C2"]
    assert store.paused() == ()


async def test_without_another_platform_the_log_alone_says_it(store, clock, walls) -> None:
    walls["slack"].closed["C1"] = UndeliverableError(GONE)
    tell(store, "b1", ROUTES[0])
    with structlog.testing.capture_logs() as log:
        assert await drain(store, walls, clock, routes=lambda: ROUTES[:2]) == 0
    assert [entry["event"] for entry in log] == ["channel_paused"]


def test_routes_of_other_platforms_wake_nobody() -> None:
    assert [(route.name, route.mention) for route in elsewhere("slack", ROUTES)] == [("analysts", ""), ("screen", "")]


def test_trouble_that_is_over_before_it_could_be_told_is_not_told() -> None:
    open_ = Trouble("t", "slack", "C1", "desk", GONE, NOON)
    over = Trouble("t", "slack", "C1", "desk", GONE, NOON, NOON + REST, 2)
    waiting = Delivery(
        1, NoticeKind.TROUBLE, "t", "analysts", "discord", "5", "en", "", DeliveryState.PENDING, 2, 0, "", 0, NOON
    )
    assert next_step(waiting, open_) is Step.SEND
    assert next_step(waiting, over) is Step.NOTHING
