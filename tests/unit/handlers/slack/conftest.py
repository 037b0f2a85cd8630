"""A Slack of our own, and a notifier that is connected to it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.domain import (
    Act,
    Alert,
    Asker,
    Brief,
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    Rank,
    Route,
    Storyline,
    Timeline,
)
from bot.errors import InputError
from bot.permissions import needed, require
from handlers.samples import NOW, samples
from handlers.slack import Access, SlackNotifier
from handlers.slack.web import Pace

QUICK = Pace(call=5.0, wait=1, backoff=0.01, ping=5.0, pulse=0.02, retry=0.02, refused=0.05)


def _loaded(name: str) -> ModuleType:
    if name not in sys.modules:
        path = Path(__file__).parents[3] / "slack" / f"{name}.py"
        spec = spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach loopback directly, whatever the machine's environment says."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the SDK from adding up to a second to each wait."""
    monkeypatch.setattr("slack_sdk.http_retry.builtin_async_handlers.random.random", lambda: 0.0)


@pytest.fixture(scope="session")
def kit() -> Any:
    """The module of the loopback Slack: its tokens, faults, and how it signs."""
    return _loaded("loopback_slack")


@pytest.fixture(scope="session")
def payloads() -> Any:
    """The module that judges payloads."""
    return _loaded("payloads")


@pytest.fixture
async def slack(kit: Any) -> AsyncIterator[Any]:
    async with kit.opened_slack() as opened:
        yield opened


@dataclass
class StoredDesk:
    """Answers from samples, and remembers what it was asked.

    Args:
        takes: seconds that a brief takes.
    """

    storyline: Storyline
    kept: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    fault: Exception | None = None
    takes: float = 0.0

    def now(self) -> datetime:
        return NOW

    def needed(self, act: Act) -> Rank:
        return needed(act)

    async def brief(
        self, *, since: timedelta, track: str = "", holder: str = "", channel: tuple[str, str] | None = None
    ) -> Brief:
        self._break()
        self.asked.append(("brief", (since, track, holder)))
        await asyncio.sleep(self.takes)
        found = samples(self.storyline)["brief"]
        assert isinstance(found, Brief)
        return found

    async def stance(self, track: str, holder: str = "") -> tuple[Brief, Timeline]:
        brief = await self.brief(since=timedelta(days=7), track=track, holder=holder)
        return brief, Timeline(track, NOW - timedelta(days=7), NOW, ())

    async def explain(self, what: str) -> tuple[str, ...]:
        self._break()
        self.asked.append(("explain", what))
        if what == "unknown":
            raise InputError("unknown: neither an address nor an alert that is stored")
        return (f"alert     {what}", "gate      passed", '  quote   "a <!channel> quote"')

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        return tuple(r for r in self.kept.values() if r.platform == platform and channel in {"", r.channel})

    async def subscribe(self, asker: Asker, route: Route) -> None:
        self._break()
        require(Act.SUBSCRIBE, asker)
        self.kept[route.name] = route

    async def unsubscribe(self, asker: Asker) -> bool:
        self._break()
        require(Act.UNSUBSCRIBE, asker)
        self.asked.append(("unsubscribe", asker.user))
        return self.kept.pop(f"{asker.platform}-{asker.channel}", None) is not None

    def _break(self) -> None:
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def desk(small_storyline: Storyline) -> StoredDesk:
    return StoredDesk(small_storyline)


Opened = Callable[..., AbstractAsyncContextManager[SlackNotifier]]


@pytest.fixture
def open_notifier(slack: Any, kit: Any, desk: StoredDesk, small_storyline: Storyline) -> Opened:
    """Return what opens a notifier on the loopback Slack, not started."""

    @asynccontextmanager
    async def opened(**changes: Any) -> AsyncIterator[SlackNotifier]:
        access = {"bot_token": kit.BOT_TOKEN, "app_token": kit.APP_TOKEN, "api": slack.api, "http_host": "127.0.0.1"}
        named = {name: changes.pop(name) for name in list(changes) if name in Access.__dataclass_fields__}
        made = {"desk": desk, "pace": QUICK, **changes}
        notifier = SlackNotifier(small_storyline, Access(**{**access, **named}), **made)
        yield notifier
        await notifier.close()

    return opened


@pytest.fixture
async def notifier(open_notifier: Opened) -> AsyncIterator[SlackNotifier]:
    """A notifier that only sends."""
    async with open_notifier() as opened:
        yield opened


@pytest.fixture
async def listening(open_notifier: Opened, slack: Any) -> AsyncIterator[SlackNotifier]:
    """A notifier that hears over its socket."""
    async with open_notifier(admins=frozenset({"U0LISTED"})) as opened:
        await opened.start()
        await slack.connected.wait()
        yield opened


def delivery(notice: Notice, **changes: Any) -> Delivery:
    """Return a delivery of a notice to channel C1."""
    made: dict[str, Any] = {
        "id": 7,
        "kind": NoticeKind(type(notice).__name__.lower()),
        "subject": notice.id,
        "route": "desk",
        "platform": "slack",
        "channel": "C1",
        "language": "en",
        "mention": "",
        "state": DeliveryState.PENDING,
        "wanted": notice.version,
        "sent": 0,
        "ref": "",
        "attempts": 0,
        "due": datetime(2024, 10, 24, tzinfo=UTC),
        "timezone": "Asia/Seoul",
    }
    return Delivery(**{**made, **changes})


@pytest.fixture
def delivery_of() -> Callable[..., Delivery]:
    return delivery


@pytest.fixture
def alert(small_storyline: Storyline) -> Alert:
    found = samples(small_storyline)["grown"]
    assert isinstance(found, Alert)
    assert found.at == NOW
    return found
