"""What does Slack do, on the loopback address?

The Web API with tokens, scopes, channels and people; Socket Mode with envelopes, acknowledgements and renewals; signed
requests; the addresses that answers are posted to. It refuses what Slack refuses: a wrong token, a missing scope, a
channel that is none, blocks that break a rule. A test tells it what to do wrong next.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

BOT_TOKEN = "xoxb-loopback"
APP_TOKEN = "xapp-loopback"
SIGNING_SECRET = "a-signing-secret"
TEAM = "T0001"

SCOPES: Mapping[str, frozenset[str]] = {
    "apps.connections.open": frozenset({"connections:write"}),
    "auth.test": frozenset(),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "chat.delete": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.info": frozenset({"channels:read", "groups:read", "im:read"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "users.info": frozenset({"users:read"}),
    "views.open": frozenset(),
}
"""Method → scopes that it needs, by Slack's reference; channels:read for public channels, groups:read for private."""

BOT_SCOPES = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "users:read",
    }
)


def _sibling(name: str) -> Any:
    if name not in sys.modules:
        spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


payloads = _sibling("payloads")


@dataclass
class Fault:
    """How the next call of a method goes wrong.

    Args:
        error: Slack's name of it, in an answer of status 200.
        seconds: how long the answer takes.
        taken: what was asked is done all the same, and the connection dropped.
    """

    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    drop: bool = False
    taken: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Interaction:
    """Somebody typed a command or pressed a button."""

    number: int
    asked: float
    acknowledged: asyncio.Future[float]
    acknowledgements: int = 0
    said: dict[str, Any] | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, seconds: float = 3.0) -> dict[str, Any]:
        """Return the first answer."""
        async with asyncio.timeout(seconds):
            await self.answered.wait()
        first = self.answers[0]
        assert payloads.flaws(first) == []
        return first

    async def words(self) -> str:
        """Return what the first answer says."""
        return " ".join(payloads.words((await self.answer())["blocks"]))


@dataclass
class LoopbackSlack:
    """A Slack of our own; `opened_slack` opens one."""

    base: str = ""
    tokens: dict[str, frozenset[str]] = field(
        default_factory=lambda: {BOT_TOKEN: BOT_SCOPES, APP_TOKEN: frozenset({"connections:write"})}
    )
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    opened: int = 0
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    pongs: bool = True
    interactions: dict[str, Interaction] = field(default_factory=dict)
    enveloped: dict[str, Interaction] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    uploads: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: list[dict[str, Any]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    greets: bool = True
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    now: Callable[[], float] = time.time

    @property
    def api(self) -> str:
        """Address of the Web API."""
        return f"{self.base}/api/"

    def channel(self, ident: str, **facts: Any) -> None:
        """Make a channel that the bot is in."""
        self.channels[ident] = {"id": ident, "name": ident.lower(), "is_member": True, "is_archived": False, **facts}

    def next(self, method: str, *faults: Fault) -> None:
        """Have the next calls of a method go wrong, one after the other."""
        self.faults.setdefault(method, []).extend(faults)

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return the arguments of every call of a method so far."""
        return [arguments for called, arguments in self.calls if called == method]

    def shown(self, channel: str) -> list[dict[str, Any]]:
        """Return the messages of a channel as they are now, in order, without those of threads."""
        return [m for (place, _), m in self.messages.items() if place == channel and not m.get("thread_ts")]

    def thread(self, channel: str, ts: str = "") -> list[dict[str, Any]]:
        """Return what was said below a message, or with "" below any of a channel."""
        replies = [m for (place, _), m in self.messages.items() if place == channel and m.get("thread_ts")]
        return [reply for reply in replies if ts in {"", reply["thread_ts"]}]

    async def typed(self, command: str, text: str = "", **how: str) -> Interaction:
        """Type a command, as `command` takes it; it comes over the socket."""
        return await self.ask("slash_commands", self.command(command, text, **how))

    async def pressed(self, action: str, value: str, **how: Any) -> Interaction:
        """Press a button, or choose from a menu, as `press` takes it; it comes over the socket."""
        return await self.ask("interactive", self.press(action, value, **how))

    def press(
        self,
        action: str,
        value: str,
        *,
        channel: str = "C1",
        user: str = "U1",
        ephemeral: bool = False,
        chosen: bool = False,
        below: str = "",
    ) -> dict[str, Any]:
        """Return what a press of a button, or with `chosen` a choice from a menu, sends.

        Args:
            below: time of the message that it stands below; by default one that was never pressed before.
        """
        number = str(next(self.numbers))
        done: dict[str, Any] = {"type": "button", "value": value}
        if chosen:
            done = {"type": "static_select", "selected_option": {"value": value}}
        return {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "channel": {"id": channel, "name": "general"},
            "container": {"type": "message", "message_ts": below or f"{number}.0", "is_ephemeral": ephemeral},
            "trigger_id": number,
            "response_url": f"{self.base}/answer/{number}",
            "actions": [{"action_id": action, "block_id": "b", **done}],
        }

    async def sent(self, form: dict[str, Any], entered: Mapping[str, Any], *, user: str = "U0ADMIN") -> Interaction:
        """Send a form that was opened, with what is entered by field; the rest is as it began.

        The answer is posted where the command that opened it has its answer posted.
        """
        kept = json.loads(form["private_metadata"])
        number = kept["address"].rpartition("/")[2]
        values = {block["block_id"]: {"in": _begun(block["element"])} for block in form["blocks"]}
        for name, value in entered.items():
            values[name]["in"] |= value
        view = {**form, "id": f"V{next(self.numbers)}", "hash": "1", "state": {"values": values}}
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "trigger_id": str(next(self.numbers)),
            "view": view,
        }
        found = await self.ask("interactive", payload)
        self.interactions[number] = found
        return found

    def command(
        self, command: str, text: str = "", *, channel: str = "C1", user: str = "U1", name: str = "general"
    ) -> dict[str, str]:
        """Return the form of a command, ready to be sent over either way."""
        number = str(next(self.numbers))
        return {
            "command": command,
            "text": text,
            "team_id": TEAM,
            "channel_id": channel,
            "channel_name": name,
            "user_id": user,
            "response_url": f"{self.base}/answer/{number}",
            "trigger_id": number,
        }

    def expect(self, form: Mapping[str, Any]) -> Interaction:
        """Return what becomes of a question."""
        number = str(form["trigger_id"])
        found = Interaction(int(number), time.monotonic(), asyncio.get_running_loop().create_future())
        self.interactions[number] = self.enveloped[number] = found
        return found

    async def renew(self) -> None:
        """Ask the client to connect anew, as Slack does every few hours."""
        self.connected.clear()
        await self.sockets[-1].send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))

    async def drop(self) -> None:
        """Close the socket."""
        self.connected.clear()
        await self.sockets[-1].close(code=1001)

    async def twice(self, payload: dict[str, Any], kind: str = "interactive") -> Interaction:
        """Send an interaction two times, as Slack does when an acknowledgement is lost."""
        found = await self.ask(kind, payload)
        again = {"envelope_id": str(found.number), "type": kind, "retry_attempt": 1, "payload": payload}
        await self.sockets[-1].send_str(json.dumps(again))
        return found

    async def ask(self, kind: str, payload: dict[str, Any]) -> Interaction:
        """Send a payload over the socket; return what becomes of it."""
        async with asyncio.timeout(5):
            await self.connected.wait()
        found = self.expect(payload)
        envelope = {"envelope_id": str(found.number), "type": kind, "accepts_response_payload": True}
        await self.sockets[-1].send_str(json.dumps({**envelope, "payload": payload}))
        return found

    async def answer_call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the Web API."""
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        fault = self.faults[method].pop(0) if self.faults.get(method) else None
        if fault is not None and (wrong := await _gone_wrong(request, fault)) is not None:
            return wrong
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return _refused("invalid_auth" if token else "not_authed")
        granted = self.tokens[token]
        if (needed := SCOPES[method]) and not needed & granted:
            return _refused("missing_scope", needed=min(needed), provided=",".join(sorted(granted)))
        answer = self._methods()[method](arguments, token)
        if fault is not None and fault.taken:
            return _dropped(request)
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(sorted(granted))})

    def _methods(self) -> dict[str, Callable[[dict[str, Any], str], dict[str, Any]]]:
        return {
            "apps.connections.open": self._open,
            "auth.test": self._who,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.history": self._history,
            "conversations.info": self._channel,
            "conversations.replies": self._replies,
            "files.getUploadURLExternal": self._place,
            "files.completeUploadExternal": self._picture,
            "users.info": self._person,
            "views.open": self._form,
        }

    def _open(self, _: dict[str, Any], token: str) -> dict[str, Any]:
        if not token.startswith("xapp-"):
            return {"ok": False, "error": "not_allowed_token_type"}
        ticket = str(next(self.numbers))
        self.tickets.add(ticket)
        return {"ok": True, "url": f"{self.base.replace('http', 'ws', 1)}/socket?ticket={ticket}"}

    def _who(self, _: dict[str, Any], token: str) -> dict[str, Any]:
        if not token.startswith("xoxb-"):
            return {"ok": False, "error": "not_allowed_token_type"}
        return {
            "ok": True,
            "team": "Loopback",
            "team_id": TEAM,
            "user": "stancewatch",
            "user_id": "U0BOT",
            "bot_id": "B1",
        }

    def _post(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        refused = self._closed(arguments["channel"]) or self._misshapen(arguments)
        if refused:
            return refused
        ts = f"{self.now() + next(self.numbers) / 1_000_000:.6f}"
        self.messages[arguments["channel"], ts] = arguments
        return {"ok": True, "channel": arguments["channel"], "ts": ts}

    def _update(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        place = (arguments["channel"], arguments["ts"])
        if refused := self._closed(arguments["channel"]) or self._misshapen(arguments):
            return refused
        if place not in self.messages:
            return {"ok": False, "error": "message_not_found"}
        self.messages[place] = {**self.messages[place], **arguments}
        return {"ok": True, "channel": place[0], "ts": place[1]}

    def _place(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        ident = f"F{next(self.numbers)}"
        self.uploads[ident] = {**arguments, "content": b""}
        return {"ok": True, "file_id": ident, "upload_url": f"{self.base}/upload/{ident}"}

    def _picture(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        files = arguments["files"] if isinstance(arguments["files"], list) else json.loads(arguments["files"])
        if refused := self._closed(arguments["channel_id"]):
            return refused
        for file in files:
            found = self.uploads[file["id"]]
            if len(found["content"]) != int(found["length"]):
                return {"ok": False, "error": "file_not_found"}
            self.pictures.append({**found, **file, "channel": arguments["channel_id"]})
        return {"ok": True, "files": files}

    def _form(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        given = arguments["view"]
        view: dict[str, Any] = given if isinstance(given, dict) else json.loads(given)
        if flaws := payloads.form_flaws(view):
            return {"ok": False, "error": "invalid_arguments", "errors": flaws}
        asked = self.interactions.get(str(arguments["trigger_id"]))
        if asked is None or time.monotonic() - asked.asked > 3:
            return {"ok": False, "error": "expired_trigger_id"}
        self.forms.append(view)
        return {"ok": True, "view": view}

    async def take_upload(self, request: web.Request) -> web.Response:
        """Take a file."""
        self.uploads[request.match_info["ident"]]["content"] = await request.read()
        return web.Response(text="OK")

    def _delete(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        place = (arguments["channel"], arguments["ts"])
        if self.messages.pop(place, None) is None:
            return {"ok": False, "error": "message_not_found"}
        return {"ok": True, "channel": place[0], "ts": place[1]}

    def _history(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        """Return a page of a channel, newest first; replies in threads are no part of it."""
        channel = arguments["channel"]
        if refused := self._closed(channel):
            return refused
        posted = sorted((ts for place, ts in self.messages if place == channel), key=float, reverse=True)
        return self._page(arguments, [ts for ts in posted if not self.messages[channel, ts].get("thread_ts")])

    def _replies(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        """Return a page of a thread, oldest first; what it hangs below comes first."""
        channel, parent = arguments["channel"], arguments["ts"]
        if refused := self._closed(channel):
            return refused
        below = sorted((ts for place, ts in self.messages if place == channel), key=float)
        found = [ts for ts in below if parent in {ts, self.messages[channel, ts].get("thread_ts")}]
        return self._page(arguments, found) if found else {"ok": False, "error": "thread_not_found"}

    def _page(self, arguments: dict[str, Any], found: list[str]) -> dict[str, Any]:
        channel = arguments["channel"]
        oldest, latest = float(arguments["oldest"]), float(arguments["latest"])
        within = [ts for ts in found if oldest < float(ts) < latest]
        begin, size = int(arguments.get("cursor") or 0), int(arguments["limit"])
        page = [{**self.messages[channel, ts], "ts": ts} for ts in within[begin : begin + size]]
        for message in page:
            if isinstance(message.get("metadata"), str):
                message["metadata"] = json.loads(message["metadata"])
        more = str(begin + size) if begin + size < len(within) else ""
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": more}}

    def _closed(self, channel: str) -> dict[str, Any] | None:
        found = self.channels.get(channel)
        if found is None:
            return {"ok": False, "error": "channel_not_found"}
        if found["is_archived"]:
            return {"ok": False, "error": "is_archived"}
        return None if found["is_member"] else {"ok": False, "error": "not_in_channel"}

    def _misshapen(self, arguments: dict[str, Any]) -> dict[str, Any] | None:
        flaws = payloads.flaws(arguments)
        return {"ok": False, "error": "invalid_blocks", "errors": flaws} if flaws else None

    def _channel(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        found = self.channels.get(arguments["channel"])
        return {"ok": True, "channel": found} if found else {"ok": False, "error": "channel_not_found"}

    def _person(self, arguments: dict[str, Any], _: str) -> dict[str, Any]:
        found = self.people.get(arguments["user"], {"id": arguments["user"], "is_admin": False, "is_owner": False})
        return {"ok": True, "user": found}

    async def answer_socket(self, request: web.Request) -> web.WebSocketResponse:
        """Talk Socket Mode with one client; a ticket admits once."""
        if request.query.get("ticket") not in self.tickets:
            raise web.HTTPForbidden
        self.tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if self.greets:
            await socket.send_str(json.dumps({"type": "hello", "num_connections": 1}))
        self.sockets.append(socket)
        self.opened += 1
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.PING and self.pongs:
                await socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                self.acknowledge(said["envelope_id"], said.get("payload"))
        return socket

    def acknowledge(self, number: str, said: dict[str, Any] | None = None) -> None:
        """Note that a question was acknowledged, and what was said with that."""
        found = self.enveloped[number]
        found.said = said
        found.acknowledgements += 1
        if not found.acknowledged.done():
            found.acknowledged.set_result(time.monotonic() - found.asked)

    async def take_answer(self, request: web.Request) -> web.StreamResponse:
        """Take the answer to a question."""
        if self.faults.get("answer"):
            wrong = await _gone_wrong(request, self.faults["answer"].pop(0))
            if wrong is not None:
                return wrong
        found = self.interactions[request.match_info["number"]]
        found.answers.append(await request.json())
        found.answered.set()
        return web.Response(text="ok")


def signed(
    form: Mapping[str, Any], *, secret: str = SIGNING_SECRET, at: float | None = None, signature: str = ""
) -> tuple[str, dict[str, str]]:
    """Return a form as Slack posts it: body and headers."""
    body = urlencode(form)
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or f"v0={digest}",
    }


async def post_signed(url: str, form: Mapping[str, Any], **how: Any) -> tuple[int, str]:
    """Post a form as Slack does, signed as `signed` does; return the status and the signature."""
    body, headers = signed(form, **how)
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status, headers["X-Slack-Signature"]


@asynccontextmanager
async def opened_slack() -> AsyncIterator[LoopbackSlack]:
    """Open a Slack with one channel, C1, and one admin, U0ADMIN."""
    slack = LoopbackSlack()
    slack.channel("C1")
    slack.people["U0ADMIN"] = {"id": "U0ADMIN", "is_admin": True, "is_owner": False}
    application = web.Application()
    application.router.add_post("/api/{method}", slack.answer_call)
    application.router.add_get("/api/{method}", slack.answer_call)
    application.router.add_get("/socket", slack.answer_socket)
    application.router.add_post("/upload/{ident}", slack.take_upload)
    application.router.add_post("/answer/{number}", slack.take_answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await runner.cleanup()


def _begun(element: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a field of a form holds when nobody touches it."""
    return {
        "type": element["type"],
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []),
        "selected_user": element.get("initial_user"),
    }


def _refused(error: str, **extra: Any) -> web.Response:
    return web.json_response({"ok": False, "error": error, **extra})


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    return {**request.query, **(await request.post())}


def _dropped(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response(status=500)


async def _gone_wrong(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """Do what a fault says; None when the call goes on."""
    if fault.seconds:
        await asyncio.sleep(fault.seconds)
    if fault.drop:
        return _dropped(request)
    if fault.error:
        return _refused(fault.error, **fault.extra)
    return web.Response(status=fault.status, headers=fault.headers) if fault.status != 200 else None
