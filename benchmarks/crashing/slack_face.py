"""How does the loopback's Slack answer?

It has no key by which it would know a request again.

Refuses to do: no socket; nobody asks anything here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from crashing.chats import CHANGE_FAULTS, LOOK_FAULTS, POST_FAULTS, Chats, Message


@dataclass
class SlackFace:
    """Answers Slack's Web API.

    Args:
        latest: time of the newest message, in microseconds since 1970.
    """

    chats: Chats
    latest: int = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = request.match_info["method"]
        read = request.json if request.content_type == "application/json" else request.post
        given: dict[str, Any] = {**request.query, **(await read())}
        for name in ("metadata", "blocks"):
            if isinstance(given.get(name), str):
                given[name] = json.loads(given[name])
        answer = await self._called(request, method, given)
        if isinstance(answer, Message):
            answer = {"ok": True, "channel": given["channel"], "ts": answer.ident}
        return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer or {"ok": True})

    async def _called(self, request: web.Request, method: str, given: dict[str, Any]) -> Any:
        act = self.chats.act
        if method == "chat.postMessage":
            what = f"slack post {_delivery(given)} {bool(given.get('thread_ts'))}"
            return await act(
                request,
                what,
                (*POST_FAULTS, "twice", "twice"),
                lambda: self._post(given),
                lambda: self._post(given, copy=True),
            )
        if method in {"conversations.history", "conversations.replies"}:
            return await act(request, "slack look", LOOK_FAULTS, lambda: self._history(given))
        if method in {"chat.update", "chat.delete"}:
            return await self._change(request, method, given)
        if method not in {"auth.test", "team.info"}:
            self.chats.unknown[method] += 1
        return {"ok": True, "team_id": "T", "user_id": "U", "bot_id": "B"}

    async def _change(self, request: web.Request, method: str, given: dict[str, Any]) -> Any:
        own = [one for one in self.chats.kept if one.live and one.ident == given["ts"]]
        message = next((one for one in own if one.place.partition("/")[0] == given["channel"]), None)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        if method == "chat.delete":
            return await self.chats.act(request, "slack delete", CHANGE_FAULTS, lambda: self.chats.delete(message))
        what = f"slack edit {message.delivery}"
        return await self.chats.act(request, what, CHANGE_FAULTS, lambda: self.chats.change(message, given))

    def _post(self, given: dict[str, Any], *, copy: bool = False) -> Message:
        thread = given.get("thread_ts") or ""
        place = f"{given['channel']}/{thread}" if thread else given["channel"]
        # A time of its own for each: no two messages of a channel have the same.
        self.latest = max(self.latest + 1, int(self.chats.now() * 1e6))
        ident = f"{self.latest // 1_000_000}.{self.latest % 1_000_000:06}"
        alerts = "alert" in _payload(given) or bool(thread)
        return self.chats.show(Message(place, ident, dict(given), _delivery(given), alerts, copy))

    def _history(self, given: dict[str, Any]) -> dict[str, Any]:
        place = given["channel"] + (f"/{given['ts']}" if given.get("ts") else "")
        oldest, latest = float(given.get("oldest") or 0), float(given.get("latest") or 1e12)
        root = self.chats.find(given["channel"], given["ts"]) if given.get("ts") else None
        within = [one for one in self.chats.live(place) if oldest < float(one.ident) < latest]
        within += [root] if root else []
        page = [{**one.body, "ts": one.ident} for one in sorted(within, key=lambda m: float(m.ident), reverse=True)]
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": ""}}


def _payload(given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (given.get("metadata") or {}).get("event_payload") or {}
    return found


def _delivery(given: dict[str, Any]) -> str:
    return str(_payload(given).get("delivery", ""))
