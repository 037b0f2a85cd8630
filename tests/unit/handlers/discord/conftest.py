"""What do tests of Discord stand on?

A desk that answers with samples and remembers what it was asked; a Discord in memory (simcord); and a Discord of our
own on the loopback address, for what a simulation in memory cannot show: rate limits, a gateway that breaks, a token
that is refused.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import pytest
import simcord
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route as Path

from bot.domain import (
    Act,
    Alert,
    Asker,
    AuditEntry,
    Brief,
    Delivery,
    DeliveryState,
    Feedback,
    FeedItem,
    FeedPreview,
    Mute,
    Notice,
    NoticeKind,
    PollState,
    Rank,
    Route,
    Source,
    Storyline,
    Timeline,
    Verdict,
)
from bot.errors import InputError, PermanentError
from bot.permissions import needed
from handlers.discord import DiscordNotifier, build
from handlers.sample_answers import sample_sources, sample_timeline
from handlers.samples import NOW, samples

TOKEN = "MTk4.a-bot-token.x"


@dataclass
class SampleDesk:
    """Answers from samples.

    Args:
        opened: what every member may change.
        changes: every change that was asked for, as (act, asker, what).
    """

    storyline: Storyline
    made: list[Route] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    trouble: Exception | None = None
    opened: set[Act] = field(default_factory=set)
    changes: list[tuple[object, ...]] = field(default_factory=list)
    mutes: list[Mute] = field(default_factory=list)
    audited: list[AuditEntry] = field(default_factory=list)

    def now(self) -> datetime:
        return NOW

    def needed(self, act: Act) -> Rank:
        return needed(act, self.opened)

    async def brief(
        self, *, since: timedelta, track: str = "", holder: str = "", channel: tuple[str, str] | None = None
    ) -> Brief:
        self.asked.append((since, track, holder))
        if self.trouble:
            raise self.trouble
        made = samples(self.storyline)["brief"]
        assert isinstance(made, Brief)
        return made

    async def stance(self, track: str, holder: str = "") -> tuple[Brief, Timeline]:
        self.asked.append(("stance", track, holder))
        return await self.brief(since=timedelta(days=7), track=track), sample_timeline(self.storyline)

    async def timeline(self, track: str, *, since: timedelta | None = None, holder: str = "") -> Timeline:
        self.asked.append(("timeline", track, since, holder))
        return sample_timeline(self.storyline)

    async def explain(self, what: str) -> tuple[str, ...]:
        self.asked.append((what,))
        if what == "nothing":
            raise InputError("nothing: neither an address nor an alert that is stored")
        return ("article   A title with *stars*", "gate      passed", '  quote   "step by step"')

    async def alert(self, ident: str) -> Alert:
        found = next((one for one in samples(self.storyline).values() if one.id == ident), None)
        if not isinstance(found, Alert):
            raise InputError(f"no alert {ident!r}; its id stands at the foot of its message")
        return found

    async def sources(self) -> tuple[tuple[Source, PollState], ...]:
        return tuple(sample_sources())

    async def source_counts(self) -> dict[str, tuple[int, int, int]]:
        return {"wire": (240, 29, 7)}

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        return tuple(route for route in self.made if channel in {"", route.channel})

    async def muted(self, platform: str, channel: str) -> tuple[Mute, ...]:
        return tuple(self.mutes)

    async def digest(self, platform: str, channel: str) -> Brief:
        return await self.brief(since=timedelta(days=1))

    async def audit(self, platform: str, channel: str) -> tuple[AuditEntry, ...]:
        return tuple(self.audited)

    async def subscribe(self, asker: Asker, route: Route) -> None:
        if self.trouble:
            raise self.trouble
        self.made.append(route)

    async def unsubscribe(self, asker: Asker) -> bool:
        was = bool(self.made)
        self.made.clear()
        return was

    async def set_digest(
        self, asker: Asker, times: Sequence[time], *, days: Sequence[int] = (), timezone: str = ""
    ) -> Route:
        self.changes.append((Act.DIGEST, asker.id, tuple(times)))
        route = self.made[0]
        self.made[0] = replace(route, digest=tuple(times), digest_days=tuple(days), timezone=timezone or route.timezone)
        return self.made[0]

    async def mute(
        self, asker: Asker, *, track: str = "", holder: str = "", alert: str = "", span: timedelta | None = None
    ) -> Mute:
        self.changes.append((Act.MUTE, asker.id, track or holder or alert, span))
        if alert:
            track, holder = (await self.alert(alert)).track, (await self.alert(alert)).holder
        until = NOW + span if span else None
        made = Mute("m1", asker.platform, asker.channel, asker.id, NOW, until, track=track, holder=holder)
        self.mutes.append(made)
        return made

    async def unmute(self, asker: Asker, what: str = "") -> tuple[Mute, ...]:
        self.changes.append((Act.UNMUTE, asker.id, what))
        ended, self.mutes = tuple(self.mutes), []
        return ended

    async def judge(self, asker: Asker, alert: str, verdict: Verdict, rung: str = "") -> Feedback:
        self.changes.append((Act.JUDGE, asker.id, alert, verdict, rung))
        return Feedback(alert, asker.id, NOW, verdict, rung)

    async def find_feed(self, asker: Asker, url: str, selector: str = "") -> FeedPreview:
        self.asked.append(("find", url, selector) if selector else ("find", url))
        if "closed" in url:
            raise PermanentError(f"{url}: answered 404; check the address")
        feed = "https://feeds.example/paper" if url == "https://site.example" else url
        source = replace((await self.sources())[0][0], key="new-paper", name="New Paper", url=feed, selector=selector)
        return FeedPreview(source, 2, (FeedItem("Seoul *decides*", "https://paper.example/1", NOW),))

    async def add_feed(self, asker: Asker, source: Source) -> Source:
        self.changes.append((Act.ADD_FEED, asker.id, source.url))
        return source

    async def remove_feed(self, asker: Asker, key: str) -> None:
        self.changes.append((Act.REMOVE_FEED, asker.id, key))


@pytest.fixture
def desk(small_storyline: Storyline) -> SampleDesk:
    return SampleDesk(small_storyline)


@pytest.fixture
def notices(small_storyline: Storyline) -> dict[str, Notice]:
    return samples(small_storyline)


@pytest.fixture
def notifier(small_storyline: Storyline, desk: SampleDesk) -> DiscordNotifier:
    return build(small_storyline, {"token": TOKEN}, desk)


@pytest.fixture
async def env(notifier: DiscordNotifier) -> AsyncIterator[simcord.Env]:
    running = simcord.Env(notifier.line.client)
    await running.start()
    await running.settle()
    yield running
    await running.shutdown()
    running.raise_errors()


@pytest.fixture
def delivery() -> Callable[..., Delivery]:
    """Make a delivery of a notice to a channel."""

    def made(notice: Notice, channel: object, **other: object) -> Delivery:
        given: dict[str, object] = {
            "id": 7,
            "kind": NoticeKind(type(notice).__name__.lower()),
            "subject": notice.id,
            "route": "desk",
            "platform": "discord",
            "channel": str(getattr(channel, "id", channel)),
            "language": "en",
            "mention": "",
            "state": DeliveryState.PENDING,
            "wanted": notice.version,
            "sent": 0,
            "ref": "",
            "attempts": 0,
            "due": datetime(2024, 10, 24, tzinfo=UTC),
        }
        return Delivery(**(given | other))

    return made


@dataclass
class Loopback:
    """A Discord on 127.0.0.1: the few calls that the bot makes, and a gateway that a test may break.

    Args:
        answers: (status, headers, body) to give to the next posts of messages, before they are taken again.
        taken_unheard: posts that are stored although the connection breaks before the answer.
        refuse: the token is refused, by REST and by the gateway.
    """

    base: str = ""
    answers: list[tuple[int, dict[str, str], dict[str, object]]] = field(default_factory=list)
    taken_unheard: int = 0
    refuse: bool = False
    messages: dict[int, dict[str, object]] = field(default_factory=dict)
    commands: list[dict[str, object]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    opened: list[dict[str, object]] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    packers: list[zlib._Compress] = field(default_factory=list)
    acknowledged: list[dict[str, object]] = field(default_factory=list)
    answered: list[dict[str, object]] = field(default_factory=list)
    deaf: bool = False

    def count(self, call: str) -> int:
        return self.calls.count(call)

    async def rest(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        call = f"{request.method} {path}"
        self.calls.append(call)
        if path.startswith(("/interactions/", "/webhooks/")):
            return await self._interaction(request)
        if self.refuse or request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"code": 0, "message": "401: Unauthorized"}, status=401)
        match call.split("/"):
            case ["GET ", "users", "@me"]:
                return _json(_user())
            case ["GET ", "oauth2", "applications", "@me"]:
                return _json(_application())
            case ["GET ", "applications", _, "commands"]:
                return _json(self.commands)
            case ["PUT ", "applications", _, "commands"]:
                self.commands = [_as_discord_keeps(n, command) for n, command in enumerate(await request.json())]
                return _json(self.commands)
            case ["POST ", "channels", _, "messages"]:
                return await self._post(await request.json(), request)
            case ["PATCH ", "channels", _, "messages", number]:
                self.messages[int(number)] |= await request.json()
                return _json(self.messages[int(number)])
            case _:
                return _json({"code": 0, "message": "404: Not Found"}, status=404)

    async def _post(self, body: dict[str, object], request: web.Request) -> web.StreamResponse:
        if self.answers:
            status, headers, given = self.answers.pop(0)
            return _json(given, status=status, headers=headers)
        known = next((m for m in self.messages.values() if m["nonce"] == body["nonce"]), None)
        if known is None:
            known = _message(len(self.messages) + 1) | body
            self.messages[len(self.messages) + 1] = known
        if self.taken_unheard:
            self.taken_unheard -= 1
            assert request.transport is not None
            request.transport.close()
        return _json(known)

    async def _interaction(self, request: web.Request) -> web.StreamResponse:
        if self.deaf:
            assert request.transport is not None
            request.transport.close()
        if request.path.endswith("/callback"):
            self.acknowledged.append(await request.json())
            return _json({"interaction": {"id": "70", "type": 2, "response_message_id": "900"}})
        self.answered.append(await request.json())
        return _json(_message(900))

    async def ask(self, command: str, number: int = 70, person: int = 8) -> None:
        """Send a slash command as somebody typed it.

        Args:
            number: of the interaction.
            person: who typed it.
        """
        user = {"id": str(person), "username": "ann", "discriminator": "0", "avatar": None}
        asked: dict[str, object] = {
            "id": str(number),
            "application_id": "1000",
            "type": 2,
            "token": "t",
            "version": 1,
            "channel_id": "5",
            "channel": {"id": "5", "type": 1},
            "user": user,
            "locale": "en-US",
            "app_permissions": "0",
            "authorizing_integration_owners": {},
            "entitlements": [],
            "attachment_size_limit": 10_000_000,
            "data": {"id": "9000", "name": command, "type": 1, "options": []},
        }
        await self._say(self.sockets[-1], {"op": 0, "t": "INTERACTION_CREATE", "s": 3, "d": asked})

    async def _say(self, socket: web.WebSocketResponse, message: dict[str, object]) -> None:
        packer = self.packers[self.sockets.index(socket)]
        await socket.send_bytes(packer.compress(json.dumps(message).encode()) + packer.flush(zlib.Z_SYNC_FLUSH))

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self.packers.append(zlib.compressobj())
        await self._say(socket, {"op": 10, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            heard = json.loads(message.data)
            if heard["op"] in {2, 6}:
                self.opened.append(heard)
                if self.refuse:
                    await socket.close(code=4004)
                    break
                await self._say(
                    socket, self._ready() if heard["op"] == 2 else {"op": 0, "t": "RESUMED", "s": 2, "d": {}}
                )
            elif heard["op"] == 1:
                await self._say(socket, {"op": 11})
        return socket

    def _ready(self) -> dict[str, object]:
        application = {"id": "1000", "flags": 0}
        told = {"v": 10, "user": _user(), "guilds": [], "session_id": "s1", "application": application}
        return {"op": 0, "t": "READY", "s": 1, "d": told | {"resume_gateway_url": self.base.replace("http", "ws")}}


def _json(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    # The library reads JSON only from this very content type, without a charset.
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers, content_type="application/json")


def _user() -> dict[str, object]:
    return {"id": "1000", "username": "Stancewatch", "discriminator": "0", "avatar": None, "bot": True}


def _application() -> dict[str, object]:
    return {
        "id": "1000",
        "name": "Stancewatch",
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": _user(),
        "flags": 0,
        "team": None,
    }


def _message(number: int) -> dict[str, object]:
    return {
        "id": str(number),
        "channel_id": "5",
        "author": _user(),
        "content": "",
        "timestamp": "2024-10-24T09:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "flags": 1 << 15,
    }


def _as_discord_keeps(number: int, command: dict[str, object]) -> dict[str, object]:
    """Return a command with what Discord adds of its own when it is asked for it."""
    added: dict[str, object] = {
        "id": str(9000 + number),
        "application_id": "1000",
        "version": "77",
        "default_member_permissions": None,
        "name_localizations": None,
        "description_localizations": None,
        "nsfw": False,
        "integration_types": [0],
    }
    return added | {key: value for key, value in command.items() if value not in ([], None)}


@pytest.fixture
async def loopback(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    site = Loopback()
    application = web.Application()
    application.router.add_route("*", "/api/v10/{path:.*}", site.rest)
    application.router.add_get("/", site.gateway)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    monkeypatch.setattr(Path, "BASE", f"{site.base}/api/v10")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(site.base.replace("http", "ws")))
    yield site
    await runner.cleanup()
