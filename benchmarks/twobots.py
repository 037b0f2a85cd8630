"""Two bots, the Slack, the papers and the database that they share

Each bot is a process of its own, as `stancewatch run` starts it, but for its sources, its reader and the address of
Slack: `python twobots.py API FOLDER`.

Refuses to do: nothing is killed or measured here (failover.py).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from crashing.newsroom import PreRead, Shelf, storyline

import config.routes
import handlers.slack
from bot import cli, wiring
from bot.domain import PollState
from bot.store import open_store
from config import load_sources

PAPERS = tuple(f"paper{n}" for n in range(30))
"""All print the same stories; one of them is polled every other second."""

STORIES = 400
PATIENCE = 240.0
"""Seconds that a slow machine gets to start a bot; what is promised is told apart."""


# --- a bot


class Readers(PreRead):
    """Stands in for the worker processes."""

    def close(self) -> None:
        """Nothing is held."""


def be_a_bot(api: str, folder: Path) -> None:
    """Run as `stancewatch run` does, but for the sources, the reader and the address of Slack."""
    vars(handlers.slack)["DEFAULT_API"] = api
    told = storyline(STORIES)
    for module in (wiring, config.routes):
        vars(module)["load_storyline"] = lambda *_: told

    @asynccontextmanager
    async def shelves(*_: object) -> AsyncIterator[tuple[Mapping[str, Shelf], None]]:
        yield {"rss": Shelf(folder / "stories.json", lambda _: None)}, None

    vars(wiring)["opened_watchers"] = shelves
    vars(wiring)["ReaderPool"] = lambda *_: Readers()
    sys.argv = ["stancewatch", "run", "--config", str(folder / "config")]
    cli.main()


@dataclass
class Running:
    """One bot's process, and the port of its pages."""

    process: asyncio.subprocess.Process
    port: int

    async def until(self, page: str, status: int) -> None:
        """Wait until a page answers like this."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while True:
                with suppress(aiohttp.ClientError):
                    async with session.get(f"http://127.0.0.1:{self.port}/{page}") as answer:
                        if answer.status == status:
                            return
                await asyncio.sleep(0.1)


# --- the world around


async def ready(bot: Running) -> bool:
    """Tell whether this is the bot that works."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{bot.port}/readyz") as answer:
        return answer.status == 200


@dataclass
class World:
    """The Slack, the papers and the database that the bots share.

    Args:
        printed: number of each story that was printed.
    """

    kit: Any
    slack: Any
    server: Any
    url: str
    folder: Path
    bots: list[Running] = field(default_factory=list)
    printed: list[int] = field(default_factory=list)
    questions: Counter[str] = field(default_factory=Counter)
    people: itertools.count[int] = field(default_factory=itertools.count)

    def write(self) -> None:
        """Write sources, routes and stories."""
        (self.folder / "config").mkdir()
        sources = "".join(
            f"  {name}: {{name: {name}, url: 'https://{name}.example/feed', language: en, interval: 60, "
            f"publisher: {name}, origin_group: {name}, tier: outlet}}\n"
            for name in PAPERS
        )
        (self.folder / "config/sources.yml").write_text(f"sources:\n{sources}")
        (self.folder / "config/routes.yml").write_text("routes:\n  desk: {platform: slack, channel: C1}\n")
        self.print()
        self._spread()

    def _spread(self) -> None:
        """Have the papers polled one after the other, as they are once a bot has run for a while."""
        store, now = open_store(self.url), datetime.now(UTC)
        store.seed_sources(load_sources(self.folder / "config"))
        spread = timedelta(seconds=60) / len(PAPERS)
        with store.unit() as unit:
            for n, name in enumerate(PAPERS):
                unit.save_polls({name: PollState(now + n * spread, baselined=True)})
        store.close()

    def print(self) -> int:
        """Print one more story in all papers; return its number."""
        self.printed.append(len(self.printed) + 1)
        stories = [{"number": n, "words": "official", "at": time.time()} for n in self.printed]
        part = self.folder / "stories.part"
        part.write_text(json.dumps(dict.fromkeys(PAPERS, stories)))
        part.rename(self.folder / "stories.json")
        return self.printed[-1]

    async def start(self) -> Running:
        """Start one more bot; return it when its pages answer."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        environment |= {
            "STANCEWATCH_DATABASE_URL": self.url,
            "STANCEWATCH_HEALTH_PORT": str(port),
            "STANCEWATCH_SLACK_BOT_TOKEN": self.kit.BOT_TOKEN,
            "STANCEWATCH_SLACK_APP_TOKEN": self.kit.APP_TOKEN,
            "STANCEWATCH_FULL_TEXT": "false",
        }
        words = (sys.executable, __file__, self.slack.api, str(self.folder))
        with (self.folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(*words, env=environment, stdout=log, stderr=log)
        bot = Running(process, port)
        self.bots.append(bot)
        await bot.until("healthz", 200)
        return bot

    async def front(self) -> Running:
        """Return the bot that works."""
        found = [bot for bot in self.bots if await ready(bot)]
        return found[0]

    async def supervise(self) -> None:
        """Start anew what ends."""
        while True:
            for bot in [bot for bot in self.bots if bot.process.returncode is not None]:
                self.bots.remove(bot)
                await self.start()
            await asyncio.sleep(0.2)

    def times(self, story: int) -> int:
        """Return how many messages tell a story."""
        return sum(f"Holder {story} " in f"{json.dumps(m)} " for m in self.slack.shown("C1"))

    async def shows(self, story: int, seconds: float = PATIENCE) -> bool:
        """Wait until the channel shows a story."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.times(story):  # noqa: ASYNC110 - the loopback sets no event
                    await asyncio.sleep(0.05)
                return True
        return False

    async def ask(self, patience: float = 1.0) -> bool:
        """Type /brief; tell whether it was answered with a brief."""
        with suppress(TimeoutError, ConnectionError, aiohttp.ClientError):
            asked = await self.slack.typed("/brief", "7d", user=f"U{next(self.people)}")
            said = json.dumps(await asked.answer(patience))
            well = "Holder" in said
            self.questions["answered" if well else "told so"] += 1
            return well
        self.questions["not answered"] += 1
        return False


if __name__ == "__main__":
    be_a_bot(sys.argv[1], Path(sys.argv[2]))
