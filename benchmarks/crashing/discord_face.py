"""How does the loopback's Discord answer?

A nonce with enforcement is known for two minutes, as Discord says ("the last few minutes").

Refuses to do: no gateway; nobody asks anything here.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from crashing.chats import CHANGE_FAULTS, LOOK_FAULTS, POST_FAULTS, Chats, Message

NONCE_SECONDS = 120.0
_EPOCH = 1_420_070_400_000
_FIRST_NUMBER = 1_000_000_000
_BOT = {"id": "900", "username": "stancewatch", "discriminator": "0", "avatar": None, "bot": True}
_APPLICATION = {
    "id": "900", "name": "stancewatch", "description": "", "icon": None, "bot_public": True, "flags": 0,
    "bot_require_code_grant": False, "verify_key": "k", "team": None, "summary": "",
    "owner": {"id": "1", "username": "o", "discriminator": "0", "avatar": None},
}  # fmt: skip


@dataclass
class DiscordFace:
    """Answers Discord's API.

    Args:
        nonces: nonce → when it was first used, and for which message.
        threads: ids of the messages that have one.
    """

    chats: Chats
    channel: str
    nonces: dict[str, tuple[float, Message]] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path, method = request.match_info["path"], request.method
        if path == "users/@me":
            return _json(_BOT)
        if path.startswith(("oauth2/", "applications/")):
            return _json(_APPLICATION)
        found = re.fullmatch(r"channels/(\d+)/messages(?:/(\d+))?(/threads)?", path)
        if found is None or (found[1] != self.channel and found[1] not in self.threads):
            self.chats.unknown[f"{method} {re.sub(r'[0-9]+', 'N', path)}"] += 1
            return _json({"code": 10003, "message": "Unknown Channel"}, 404)
        body = json.loads(await request.read() or b"{}")
        answer = await self._messages(request, found[1], found[2] or "", body, thread=bool(found[3]))
        if isinstance(answer, Message):
            answer = _as_json(answer)
        return answer if isinstance(answer, web.StreamResponse) else _json(answer)

    async def _messages(
        self, request: web.Request, place: str, ident: str, body: dict[str, Any], *, thread: bool
    ) -> Any:
        act, method = self.chats.act, request.method
        if method == "GET":
            return await act(request, "discord look", LOOK_FAULTS, lambda: self._history(place, request.query))
        if method == "POST" and not ident:
            what = f"discord post {_delivery(body)} {place != self.channel}"
            return await act(request, what, POST_FAULTS, lambda: self._post(place, body))
        message = self.chats.find(place, ident)
        if message is None:
            return _json({"code": 10008, "message": "Unknown Message"}, 404)
        if thread:
            return await act(request, f"discord thread {message.delivery}", CHANGE_FAULTS, lambda: self._open(ident))
        if method == "DELETE":
            return await act(request, "discord delete", CHANGE_FAULTS, lambda: self.chats.delete(message))
        what = f"discord edit {message.delivery}"
        return await act(request, what, CHANGE_FAULTS, lambda: self.chats.change(message, body))

    def _post(self, place: str, body: dict[str, Any]) -> Message:
        nonce = body.get("nonce", "") if body.get("enforce_nonce") else ""
        at, known = self.nonces.get(nonce, (0.0, None))
        if known is not None and known.live and self.chats.now() - at < NONCE_SECONDS:
            return known
        number, alerts = self.chats.number(), "sw|why|" in json.dumps(body) or place != self.channel
        ident = str((int(self.chats.now() * 1000) - _EPOCH << 22) + number % 4096)
        message = self.chats.show(Message(place, ident, body, _delivery(body), alerts))
        if nonce:
            self.nonces[nonce] = (self.chats.now(), message)
        return message

    def _open(self, ident: str) -> Any:
        if ident in self.threads:
            return _json({"code": 160004, "message": "A thread has already been created for this message"}, 400)
        self.threads.add(ident)
        return {"id": ident, "type": 11, "parent_id": self.channel, "name": "thread"}

    def _history(self, place: str, query: Any) -> list[dict[str, Any]]:
        after, before = int(query.get("after", 0)), int(query.get("before", 1 << 63))
        within = sorted(
            (m for m in self.chats.live(place) if after < int(m.ident) < before), key=lambda m: int(m.ident)
        )
        limit = int(query.get("limit", 50))
        page = within[:limit] if "after" in query else within[-limit:]
        return [_as_json(message) for message in reversed(page)]


def _delivery(body: dict[str, Any]) -> str:
    number = next((part.get("id", 0) for part in body.get("components") or [] if part.get("type") == 17), 0)
    return str(number - _FIRST_NUMBER) if number else ""


def _as_json(message: Message) -> dict[str, Any]:
    numbers = itertools.count(1)

    def numbered(component: dict[str, Any]) -> dict[str, Any]:
        whole = {**component, "id": component.get("id") or next(numbers)}
        if "components" in component:
            whole["components"] = [numbered(child) for child in component["components"]]
        return whole

    body = message.body
    return {
        "id": message.ident, "channel_id": message.place, "author": _BOT, "content": body.get("content") or "",
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": body.get("embeds") or [], "pinned": False,
        "type": 0, "flags": body.get("flags", 0),
        "components": [numbered(component) for component in body.get("components") or []],
    }  # fmt: skip


def _json(body: Any, status: int = 200) -> web.Response:
    """Answer as Discord does: its library knows JSON by this very type, without a charset."""
    return web.Response(body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json"})
