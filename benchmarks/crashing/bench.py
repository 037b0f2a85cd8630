"""How is a bot started and ended, and what is known of it meanwhile?

Refuses to do: when it is killed is chosen in crashing/rounds.py, and what came of it judged in crashing/verdict.py.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from aiohttp import web
from sqlalchemy import Engine, Select, func, select

from bot.schedule import CATCH_UP
from bot.store.dialect import make_engine, parse_url
from bot.store.schema import deliveries, owed, sources
from crashing.chats import Chats
from crashing.discord_face import DiscordFace
from crashing.fast import LeadersSelector, SharedLoop, SharedTime, alive, held
from crashing.newsroom import CHANNELS, Newsroom
from crashing.order import Order
from crashing.slack_face import SlackFace
from crashing.upkeep import Length, Rows

ON_THREADS = 0.35
"""Share of the bots that ask the database on threads, as a bot outside does; the others do it at once."""


@dataclass(frozen=True)
class Databases:
    """Makes empty databases, given a name, and drops them by their address."""

    make: Callable[[str], str]
    drop: Callable[[str], None]


@dataclass
class Bench:
    """One run.

    Args:
        zygote: forks bots.
        armed: the step at which a server kills a bot, for the how manieth time, and the bot.
        catch_ups: how often papers have appeared that a bot was to poll first.
        references: schema → what it becomes when nobody kills its upgrade.
        lengths: backup, or the schema that an upgrade begins from → how long the last was that nobody killed.
    """

    seed: int
    folder: Path
    databases: Databases
    url: str
    clock: SharedTime
    waits: LeadersSelector
    holders: int
    luck: random.Random
    newsroom: Newsroom
    zygote: asyncio.subprocess.Process
    engine: Engine
    chats: Chats
    turn: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    armed: tuple[str, int, int] = ("", 0, 0)
    broken: list[str] = field(default_factory=list)
    catch_ups: int = 0
    references: dict[str, Rows] = field(default_factory=dict)
    lengths: dict[str, Length] = field(default_factory=dict)
    memory: int = 0

    def server_comes_to(self, step: str) -> None:
        """Kill the bot when a server reaches the step it is to die at."""
        wanted, left, child = self.armed
        if step == wanted and child:
            self.armed = (wanted, left - 1, child)
            if left <= 1:
                _kill(child)

    async def fork(self, step: str, at: int = 1, *, cpu: float = 0.0, url: str = "", file: str = "") -> int:
        """Start a bot, or what else a step is of; return its process id."""
        order = Order(
            step, at, self.luck.random() < ON_THREADS, cpu, self.luck.randrange(1 << 30), self.chats.base, self.clock.begin, self.clock.leader,
            self.clock.bot, url or self.url, str(self.folder), self.holders, file,
        )  # fmt: skip
        assert self.zygote.stdin is not None
        assert self.zygote.stdout is not None
        with held(self.waits):
            if not url:
                self.clock.forget()
            self.zygote.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
            await self.zygote.stdin.drain()
            child = int(await self.zygote.stdout.readline())
        if not url:
            self.waits.bot = child
        return child

    async def pause(self, child: int, seconds: float) -> None:
        """Let time pass on the shared clock, and look whether a bot has ended by itself."""
        await asyncio.sleep(seconds)
        self.ended(child)

    def ended(self, child: int) -> bool:
        """Tell whether a process came to an end that was no kill; a bot may not."""
        file = self.folder / f"ended-{child}"
        if not file.exists():
            return False
        said = file.read_text("utf-8")
        if said != "ended by itself":
            self.complain(f"bot {child}: {said}")
        return True

    def complain(self, wrong: str) -> None:
        """Note what must not be, if anything is wrong."""
        if wrong:
            self.broken.append(wrong)

    def look_at(self, child: int) -> None:
        """Note how much memory a bot took at most, and whether it ended by itself."""
        self.ended(child)
        with suppress(OSError):
            status = Path(f"/proc/{child}/status").read_text("utf-8")
            self.memory = max([self.memory, *(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)])

    async def end(self, child: int) -> None:
        """Kill a bot and wait until it is gone."""
        self.armed = ("", 0, 0)
        _kill(child)
        if self.waits.bot == child:
            self.waits.bot = 0
        while alive(child):
            await asyncio.to_thread(time.sleep, 0.002)

    def _count(self, query: Select[int]) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def owes_catch_up(self) -> bool:
        """Tell whether a bot still owes a brief of first polls."""
        return self._count(select(func.count()).select_from(owed).where(owed.c.name == CATCH_UP)) > 0

    def unpolled(self) -> bool:
        """Tell whether a paper has never been polled."""
        polled = select(func.count()).select_from(sources).where(sources.c.state.contains('"baselined":true'))
        return self._count(polled) < len(self.newsroom.papers())

    def waiting(self) -> int:
        """Return how many deliveries wait, or have yet to be looked after."""
        row = deliveries.c
        waits = (row.state == "pending") | row.look.is_not(None)
        return self._count(select(func.count()).select_from(deliveries).where(waits))


def _kill(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


@asynccontextmanager
async def opened_bench(
    seed: int, folder: Path, databases: Databases, clock: SharedTime, holders: int
) -> AsyncIterator[Bench]:
    """Open the platforms and what forks bots, on a loop of that clock's; close both at the end."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SharedLoop)
    assert isinstance(loop.waits, LeadersSelector)
    url = databases.make("crash")
    bench: Bench
    record = (folder / "record").open("w", encoding="utf-8")
    chats = Chats(
        seed, CHANNELS, clock.seconds, lambda step: bench.server_comes_to(step),  # noqa: PLW0108 - it is made below
        lambda line: print(f"{clock.passed:.3f} {line}", file=record, flush=True),
    )  # fmt: skip
    runner = await _served(chats)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")}
    here = Path(__file__).parents[1]
    clean["PYTHONPATH"] = f"{here}:{here.parent}"
    words, pipe = ("-m", "crashing.child"), asyncio.subprocess.PIPE
    zygote = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdin=pipe, stdout=pipe, env=clean, pass_fds=(clock.leader, clock.bot)
    )
    luck = random.Random(seed)
    newsroom = Newsroom(folder / "stories.json", random.Random(seed + 1))
    engine = make_engine(parse_url(url), durable=True)
    bench = Bench(seed, folder, databases, url, clock, loop.waits, holders, luck, newsroom, zygote, engine, chats)
    try:
        yield bench
    finally:
        assert zygote.stdin is not None
        zygote.stdin.close()
        await zygote.wait()
        engine.dispose()
        await runner.cleanup()
        record.close()


async def _served(chats: Chats) -> web.AppRunner:
    """Open both platforms on one loopback port; `chats.base` says where."""
    application = web.Application()
    application.router.add_route("*", "/api/v10/{path:.*}", DiscordFace(chats, CHANNELS[0]).__call__)
    application.router.add_route("*", "/slack/{method}", SlackFace(chats).__call__)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    chats.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner
