"""Is everybody answered, once, when a thousand people ask at the same moment?

    .venv/bin/python benchmarks/burst.py [--asked 1000] [--only discord|slack-socket|slack-http]

A bot's desk that stores, asked by as many people as there are questions, all in one moment, none waiting for another:
commands (/brief, why) and buttons (all positions, why). Each platform in a process of its own, which holds the platform
too: Discord is simcord, in memory and below discord.py; Slack is the loopback one of the tests, over Socket Mode and
over signed HTTP. Peer: the limit of both platforms, 3 s for the acknowledgement.

A line a platform, the last line one JSON object: `asked`, `answered`, `unanswered`, `twice`, `ack_p50_ms`,
`ack_p99_ms`, `ack_max_ms`, `late` (acknowledged after 3 s), `all_answered_s`, `cpu_s`; `memory_before_mb` and
`memory_mb`, the largest that the process was by then. Exits 1 unless `unanswered`, `twice` and `late` are none.

Refuses to do: no figure of the network; the platforms' own work on the same core is in every figure.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any

import aiohttp
import simcord
import structlog
from asking import over_socket, question
from borrowed import loopback
from interactive import ROUTE
from simcord import interactions
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.builders import ChannelHandle
from simcord.enums import InteractionType
from simcord.types import HttpLogEntry

from bot.clock import SystemClock
from bot.desk import ChatDesk
from bot.ledgers import open_ledgers
from bot.routebook import RouteBook
from bot.store import open_store
from config import load_storyline
from handlers.discord import build, idents
from handlers.slack import Access, SlackNotifier

LIMIT = 3.0
LONGEST = 300.0
"""Seconds that answers are waited for."""

AFTERWARDS = 2.0
"""Seconds in which a second answer would come."""

Found = dict[str, Any]


def opened_desk(folder: str) -> ChatDesk:
    """Return a desk that stores, with where everybody stands."""
    storyline, clock = load_storyline(), SystemClock()
    store = open_store(f"sqlite:///{folder}/bench.db")
    open_ledgers(store, storyline, clock.now())
    return ChatDesk(storyline, store, clock, RouteBook(storyline, store, [ROUTE]))


async def in_slack(asked: int, *, by_http: bool) -> Found:
    """Ask in Slack."""
    kit = loopback()
    async with kit.opened_slack() as slack:
        with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
            desk, port = opened_desk(folder), _free_port()
            way: dict[str, Any] = {"app_token": kit.APP_TOKEN}
            if by_http:
                way = {"signing_secret": kit.SIGNING_SECRET, "http_host": "127.0.0.1", "http_port": port}
            bot = SlackNotifier(desk.storyline, Access(kit.BOT_TOKEN, api=slack.api, **way), desk)
            await bot.start()
            await (_open(port) if by_http else slack.connected.wait())
            payloads = [question(slack, number) for number in range(asked)]
            before = _memory()
            begin = time.perf_counter()
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
                hand = partial(_over_http, kit, session, port) if by_http else over_socket
                questions = await asyncio.gather(*(hand(slack, payload) for payload in payloads))
            seconds = await _until(lambda: all(one.answers for one in questions), begin)
            await asyncio.sleep(AFTERWARDS)
            await bot.close()
    acks = [one.acknowledged.result() if one.acknowledged.done() else LONGEST for one in questions]
    return _figures([len(one.answers) for one in questions], acks, seconds, before)


async def _over_http(
    kit: ModuleType, session: aiohttp.ClientSession, port: int, slack: object, payload: Found
) -> object:
    question = slack.expect(payload)
    body, headers = kit.signed(payload if "command" in payload else {"payload": json.dumps(payload)})
    async with session.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
        if answer.status == 200:
            slack.acknowledge(str(question.number))
    return question


async def _until(done: Callable[[], bool], begin: float) -> float:
    """Wait until something is so, or for as long as answers are waited for; return the seconds since the begin."""
    while not done() and time.perf_counter() - begin < LONGEST:  # noqa: ASYNC110 - platforms set no event
        await asyncio.sleep(0.02)
    return time.perf_counter() - begin


async def _open(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def in_discord(asked: int) -> Found:
    """Ask in Discord."""
    with tempfile.TemporaryDirectory(prefix="stancewatch-") as folder:
        desk = opened_desk(folder)
        bot = build(desk.storyline, {"token": "a.b.c"}, desk)
        env = simcord.Env(bot.line.client)
        await env.start()
        await env.settle()
        guild = env.create_guild("Desk")
        channel = guild.create_text_channel("alerts")
        people = [guild.add_member(env.create_user(f"u{number}")) for number in range(asked)]
        # A message of the bot's, with its button for the rest.
        await people[0].slash(channel, "brief")
        (shown,) = env.backend.messages[channel.id].values()
        env.backend.http_requests = said = _Log()
        before = _memory()
        begin = time.perf_counter()
        tokens = [_discord_asked(env, person, channel, shown, n).token for n, person in enumerate(people)]
        seconds = await _until(lambda: all(said.answers[token] for token in tokens), begin)
        await asyncio.sleep(AFTERWARDS)
        acks = [said.acknowledged.get(token, begin + LONGEST) - begin for token in tokens]
        found = _figures([said.answers[token] for token in tokens], acks, seconds, before)
        await env.shutdown()
        return found


class _Log(list[HttpLogEntry]):
    """The calls that the bot makes of Discord, and when each interaction was acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.acknowledged: dict[str, float] = {}
        self.answers: Counter[str] = Counter()

    def append(self, entry: HttpLogEntry) -> None:
        super().append(entry)
        match entry.path.split("/"):
            case ["", "interactions", _, token, "callback"]:
                self.acknowledged.setdefault(token, time.perf_counter())
            case ["", "webhooks", _, token, *_]:
                self.answers[token] += 1


def _discord_asked(env: simcord.Env, person: MemberActor, channel: ChannelHandle, shown: object, number: int) -> object:
    """Have somebody ask, and return without waiting what simcord keeps of it."""
    backend = env.backend
    kind, data = _DISCORD[number % len(_DISCORD)]
    given, below = data, {}
    if kind is InteractionType.APPLICATION_COMMAND:
        known = backend.find_command(data["name"], None)
        assert known is not None
        given = {"id": known["id"], "type": 1, **data}
    else:
        below = {"message": dict(serializers.message_payload(backend, shown))}
    place = {"channel_id": channel.id, "guild_id": person.guild.id, "user_id": person.id}
    record, payload = interactions.base_payload(backend, type=kind, data=given, **place)
    backend.emit("INTERACTION_CREATE", payload | below)
    return record


_DISCORD: tuple[tuple[InteractionType, dict[str, Any]], ...] = (
    (InteractionType.APPLICATION_COMMAND, {"name": "brief", "options": []}),
    (InteractionType.MESSAGE_COMPONENT, {"custom_id": idents.everything(timedelta(days=7)), "component_type": 2}),
    (
        InteractionType.APPLICATION_COMMAND,
        {"name": "why", "options": [{"name": "what", "type": 3, "value": "https://news.example/1"}]},
    ),
    (InteractionType.MESSAGE_COMPONENT, {"custom_id": idents.why("a1b2c3", 1, 1), "component_type": 2}),
)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _figures(answers: list[int], acks: list[float], seconds: float, before: int) -> Found:
    ordered = sorted(acks)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "asked": len(answers),
        "answered": sum(count > 0 for count in answers),
        "unanswered": sum(count == 0 for count in answers),
        "twice": sum(count > 1 for count in answers),
        "ack_p50_ms": round(1000 * ordered[len(ordered) // 2], 1),
        "ack_p99_ms": round(1000 * ordered[int(len(ordered) * 0.99)], 1),
        "ack_max_ms": round(1000 * ordered[-1], 1),
        "late": sum(seconds >= LIMIT for seconds in acks),
        "all_answered_s": round(seconds, 1),
        "cpu_s": round(spent.ru_utime + spent.ru_stime, 1),
        "memory_before_mb": before,
        "memory_mb": _memory(),
    }


PLATFORMS: dict[str, Callable[[int], Coroutine[Any, Any, Found]]] = {
    "discord": in_discord,
    "slack-socket": lambda asked: in_slack(asked, by_http=False),
    "slack-http": lambda asked: in_slack(asked, by_http=True),
}


def main() -> None:
    """Measure each platform in a process of its own; print for people, and one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asked", type=int, default=1_000, help="questions in one moment")
    parser.add_argument("--only", choices=list(PLATFORMS), help="one platform, in this process")
    given = parser.parse_args()
    if given.only:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
        print(json.dumps(asyncio.run(PLATFORMS[given.only](given.asked))))
        return
    found: dict[str, Found] = {}
    for name in PLATFORMS:
        words = (sys.executable, __file__, "--asked", str(given.asked), "--only", name)
        found[name] = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
        print(name, *(f"{key}={figure}" for key, figure in found[name].items()))
    print(json.dumps(found))
    if any(one["unanswered"] or one["twice"] or one["late"] for one in found.values()):
        sys.exit("somebody was not answered, was answered twice, or was not acknowledged in time")


if __name__ == "__main__":
    main()
