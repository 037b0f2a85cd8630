"""What do tests of Discord stand on?

A desk that answers with samples and remembers what it was asked; a Discord in memory (simcord); and a Discord of our
own on the loopback address, for what a simulation in memory cannot show: rate limits, a gateway that breaks, a token
that is refused.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import simcord
import yarl
from aiohttp import WSMsgType, web
from discord.gateway import DiscordWebSocket
from discord.http import Route as Path

from bot.domain import Brief, Delivery, DeliveryState, Notice, NoticeKind, Route, Storyline
from bot.errors import InputError
from handlers.discord import DiscordNotifier, build
from handlers.samples import samples

TOKEN = "MTk4.a-bot-token.x"


@dataclass
class SampleDesk:
    """Answers from samples."""

    storyline: Storyline
    made: list[Route] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    trouble: Exception | None = None

    async def brief(self, *, since: timedelta, track: str = "", holder: str = "") -> Brief:
        self.asked.append((since, track, holder))
        if self.trouble:
            raise self.trouble
        made = samples(self.storyline)["brief"]
        assert isinstance(made, Brief)
        return made

    async def explain(self, what: str) -> tuple[str, ...]:
        self.asked.append((what,))
        if what == "nothing":
            raise InputError("nothing: neither an address nor an alert that is stored")
        return ("article   A title with *stars*", "gate      passed", '  quote   "step by step"')

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        return tuple(route for route in self.made if channel in {"", route.channel})

    async def subscribe(self, route: Route) -> None:
        if self.trouble:
            raise self.trouble
        self.made.append(route)

    async def unsubscribe(self, platform: str, channel: str, author: str) -> bool:
        was = bool(self.made)
        self.made.clear()
        return was


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

    async def ask(self, command: str) -> None:
        """Send a slash command as somebody typed it."""
        person = {"id": "8", "username": "ann", "discriminator": "0", "avatar": None}
        asked: dict[str, object] = {
            "id": "70",
            "application_id": "1000",
            "type": 2,
            "token": "t",
            "version": 1,
            "channel_id": "5",
            "channel": {"id": "5", "type": 1},
            "user": person,
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
