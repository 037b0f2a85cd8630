"""What do a Discord and a Slack do that lose, delay, repeat and refuse, and what do their channels show?

One record for both, which forgets nothing while the bot is killed again and again. A request that posts may be dropped
before or after it is done, answered too late, done up to 29 s after its end, done twice (by Slack, which has no key
against it), or answered with 429 or 500. Whatever is shown twice at one time is written down.

What goes wrong with the nth request of its kind follows from the seed, whenever it comes.

Refuses to do: nothing of the bot's is imported here.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

POST_FAULTS = ("drop", "taken-drop", "taken-drop", "late", "late", "429", "500", "taken-500", "too-late")
CHANGE_FAULTS = ("drop", "taken-drop", "429", "500", "taken-500")
LOOK_FAULTS = ("drop", "429", "500")
LATEST, TOO_LATE = 29.0, {"discord": 70.0, "slack": 20.0}
"""Seconds: how late a message may come, and after how many the bot has given a request up."""

_TOKENS = re.compile(r"\*(?:\d+ · )?(Signal|Confirmed|Disputed|Withdrawn|Expired)\b|\bHolder (\d+)\b")


@dataclass
class Message:
    """One message that a place showed.

    Args:
        place: channel or thread.
        delivery: the id that the bot gave it; "" for none.
        alerts: it shows alerts; a thread's line of one does too.
        copy: the platform itself made it, from one request.
        ever: (story, state) that it has told.
    """

    place: str
    ident: str
    body: dict[str, Any]
    delivery: str
    alerts: bool
    copy: bool = False
    live: bool = True
    told: dict[int, str] = field(default_factory=dict)
    ever: set[tuple[int, str]] = field(default_factory=set)

    def things(self, *, line: bool) -> set[str]:
        """Return what it tells, each of which a place tells once."""
        if not self.alerts:
            return {f"delivery {self.delivery}"}
        return {f"{story} {state}" if line else f"story {story}" for story, state in self.told.items()}


@dataclass
class Chats:
    """Both platforms.

    Args:
        now: seconds since 1970 on the fast clock, on whose event loop this runs.
        kill: called with a step when the bot may be to die at it.
        channels: the places that are no threads.
        rate: share of the requests with which something goes wrong.
        copying: all that is posted to Slack comes twice.
        note: keeps a line of what happened.
        beside: (place, thing) that is told twice → since when.
        own: of those ever told twice, the ones that the bot itself posted twice.
    """

    seed: int
    channels: tuple[str, ...]
    now: Callable[[], float]
    kill: Callable[[str], None]
    note: Callable[[str], None]
    rate: float = 0.3
    copying: bool = False
    base: str = ""
    kept: list[Message] = field(default_factory=list)
    beside: dict[tuple[str, str], float] = field(default_factory=dict)
    own: set[tuple[str, str]] = field(default_factory=set)
    longest: float = 0.0
    deleted: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    _asked: Counter[str] = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def live(self, place: str) -> list[Message]:
        """Return what a place shows."""
        return [message for message in self.kept if message.live and message.place == place]

    def find(self, place: str, ident: str) -> Message | None:
        """Return a message that is shown."""
        return next((one for one in self.live(place) if one.ident == ident), None)

    def number(self) -> int:
        """Return the next number of a message."""
        return next(self._numbers)

    def show(self, message: Message) -> Message:
        """Let a place show a message."""
        self.kept.append(message)
        self.note(f"shown {message.place} {message.ident} delivery {message.delivery}{' copy' * message.copy}")
        return self.change(message, message.body)

    def change(self, message: Message, body: Mapping[str, Any]) -> Message:
        """Let a message show something else."""
        message.body = {**message.body, **body}
        message.told = told(message.body) if message.alerts else {}
        message.ever |= set(message.told.items())
        self.note(f"tells {message.place} {message.ident} {message.told or message.delivery}")
        self._judge(message.place)
        return message

    def delete(self, message: Message) -> None:
        """Let a message be shown no more."""
        message.live = False
        self.deleted += 1
        self.note(f"deleted {message.place} {message.ident}")
        self._judge(message.place)

    def _judge(self, place: str) -> None:
        """Note what a place tells twice now, and for how long it did."""
        line, all_of, own = place not in self.channels, Counter[str](), Counter[str]()
        for message in self.live(place):
            things = message.things(line=line)
            all_of.update(things)
            if not message.copy:
                own.update(things)
        doubled = {(place, thing) for thing, times in own.items() if times > 1} - self.own
        if doubled:
            self.note(f"twice {sorted(doubled)}")
        self.own |= doubled
        twice = {(place, thing) for thing, times in all_of.items() if times > 1}
        for key in [key for key in self.beside if key[0] == place and key not in twice]:
            self.longest = max(self.longest, self.now() - self.beside.pop(key))
        for key in twice - self.beside.keys():
            self.beside[key] = self.now()

    def fault(self, what: str, kinds: tuple[str, ...]) -> tuple[str, random.Random]:
        """Return what goes wrong with a request, "" for nothing, and the luck that chose it.

        Args:
            what: names its kind; the nth of a kind has the same luck in every run of a seed.
        """
        self._asked[what] += 1
        luck = random.Random(f"{self.seed} {what} {self._asked[what]}")
        kind = luck.choice(kinds) if luck.random() < self.rate else ""
        if self.copying and not kind and "twice" in kinds:
            kind = "twice"
        self.faults[kind] += bool(kind)
        return kind, luck

    async def act(
        self,
        request: web.Request,
        what: str,
        kinds: tuple[str, ...],
        act: Callable[[], Any],
        again: Callable[[], Any] | None = None,
    ) -> Any:
        """Do what a request asks, or what goes wrong with it; return what `act` does, or a response."""
        self.kill("server-before")
        kind, luck = self.fault(what, kinds)
        self.note(f"asked {what}{' ' + kind if kind else ''}")
        if kind in {"429", "500"}:
            return refused(int(kind))
        if kind in {"drop", "late"}:
            if kind == "late":
                asyncio.get_running_loop().call_later(luck.uniform(1, LATEST), act)
            return _dropped(request)
        answer = act()
        if kind == "twice" and again is not None:
            asyncio.get_running_loop().call_later(luck.uniform(0, LATEST), again)
        self.kill("server-after")
        if kind == "too-late":
            await asyncio.sleep(TOO_LATE[what.partition(" ")[0]])
        if kind in {"taken-drop", "too-late"}:
            return _dropped(request)
        return refused(500) if kind == "taken-500" else answer


def told(body: Mapping[str, Any]) -> dict[int, str]:
    """Return in which state a message tells of which stories."""
    state, found = "", dict[int, str]()
    for match in _TOKENS.finditer(" ".join(_texts([body.get("blocks"), body.get("components"), body.get("embeds")]))):
        if match[1]:
            state = match[1]
        elif state:
            found.setdefault(int(match[2]), state)
    return found


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


def refused(status: int) -> web.Response:
    """Answer that it may work later, as both platforms do."""
    headers = {"Retry-After": "1", "Via": "1.1 loopback"} if status == 429 else {}
    body = json.dumps({"message": "no", "retry_after": 1.0, "global": False, "code": 0}).encode()
    # Discord's library knows JSON by this very type, without a charset.
    return web.Response(body=body, status=status, headers={**headers, "Content-Type": "application/json"})


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
