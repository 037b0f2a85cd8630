"""Which parts stand behind the ports?

The one composition root: settings and YAML in, a bot that runs out. Commands ask here for what they need and
know no part by its own name.

Refuses to do: no decision; a branch here chooses a part, never a behaviour.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

import handlers
from bot import deliver
from bot.clock import SystemClock
from bot.desk import ChatDesk
from bot.developments import origin_groups
from bot.domain import Route, Source, Storyline
from bot.errors import ConfigError
from bot.health import Health, served
from bot.ingest import Ingest, open_ledgers
from bot.nlp.pool import ReaderPool
from bot.nlp.reader import StorylineReader
from bot.ports import Clock, Desk, Notifier, Watcher
from bot.routebook import RouteBook
from bot.schedule import CatchUp, Polling, Schedule
from bot.store import SqlStore, open_store
from config import Settings, load_routes, load_sources, load_storyline
from config import load_settings as settings_of
from watchers import Fetcher, Limits, open_watchers

log = structlog.get_logger()


def load_settings(*, config: Path | None = None, database: str | None = None, console: str | None = None) -> Settings:
    """Return the settings of the environment, with what the command line says on top."""
    return settings_of(config_dir=config, database_url=database, console=console)


def build_reader(config: Path | None, english_model: str) -> StorylineReader:
    """Return a reader of the storyline in a folder; worker processes call this."""
    return StorylineReader(load_storyline(config), english_model)


def reader_factory(settings: Settings) -> Callable[[], StorylineReader]:
    """Return what makes a reader, here or in a worker process."""
    return partial(build_reader, settings.config_dir, settings.english_model)


@contextmanager
def opened_store(settings: Settings) -> Iterator[SqlStore]:
    """Open the store beside a bot that may be running; close it at the end."""
    store = open_store(settings.database_url)
    try:
        yield store
    finally:
        store.close()


def opened_fetcher(settings: Settings, clock: Clock) -> Fetcher:
    """Return what fetches addresses by the manners and within the limits of the settings; open it as a context."""
    return Fetcher(clock, contact=settings.contact, allow_private=settings.allow_private, limits=_limits(settings))


def _limits(settings: Settings) -> Limits:
    return Limits(max_bytes=settings.fetch_max_bytes, seconds=settings.fetch_timeout)


@asynccontextmanager
async def opened_watchers(settings: Settings, clock: Clock) -> AsyncIterator[Mapping[str, Watcher]]:
    """Open everything that watching needs; yield kind → watcher."""
    async with open_watchers(
        clock, contact=settings.contact, allow_private=settings.allow_private, limits=_limits(settings)
    ) as found:
        yield found


def notifiers_for(
    routes: Sequence[Route], storyline: Storyline, settings: Settings, desk: Desk | None = None
) -> dict[str, Notifier]:
    """Return a notifier for every platform that is set up.

    One whose settings are wrong is left out and named in the log: the others go on, and what waits for it stays
    pending until it is mended.

    Raises:
        ConfigError: a route names a platform that no folder of `handlers/` serves.
    """
    names = handlers.names()
    if unknown := [route for route in routes if route.platform not in names]:
        raise ConfigError(f"route {unknown[0].name}: {handlers.unknown(unknown[0].platform)}")
    built: dict[str, Notifier] = {}
    for name, platform in handlers.load(name for name in names if settings.of_platform(name)).items():
        channels = ",".join(dict.fromkeys(route.channel for route in routes if route.platform == name))
        try:
            built[name] = platform.build(storyline, settings.of_platform(name) | {"channels": channels}, desk)
        except ConfigError as error:
            log.warning("platform_left_out", platform=name, error=str(error))
    return built


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is ready to run.

    Args:
        routes: returns the routes that there are now.
        watching: number of sources that are enabled.
    """

    store: SqlStore
    clock: Clock
    schedule: Schedule
    notifiers: Mapping[str, Notifier]
    wake: asyncio.Event
    routes: Callable[[], Sequence[Route]]
    watching: int

    async def run(self, stop: asyncio.Event) -> None:
        """Watch and tell until `stop` is set."""
        self.schedule.start()
        telling = deliver.run(self.store, self.notifiers, self.clock, self.wake, routes=self.routes)
        delivery = asyncio.create_task(telling, name="delivery")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        try:
            # Either the person stops us, or the delivery loop ends with a fault that must be seen.
            await asyncio.wait({delivery, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self.schedule.stop()
            stopped.cancel()
            delivery.cancel()
            with suppress(asyncio.CancelledError):
                await delivery

    async def once(self) -> None:
        """Poll every source once, tell what there is to tell, and return."""
        await self.schedule.once()
        while await deliver.drain(self.store, self.notifiers, self.clock, routes=self.routes):
            pass


@asynccontextmanager
async def opened_bot(
    settings: Settings, clock: Clock | None = None, readers: ReaderPool | None = None
) -> AsyncIterator[Bot]:
    """Put a bot together, with its ledgers opened; take it apart at the end.

    Args:
        readers: a pool that is shared and stays open; by default one of the bot's own.

    Raises:
        ConfigError: the YAML or the settings are wrong.
        StoreError: the database is in use by another bot, or of another version.
    """
    clock = clock or SystemClock()
    storyline = load_storyline(settings.config_dir)
    sources, routes = load_sources(settings.config_dir), load_routes(settings.config_dir)
    wake = asyncio.Event()
    async with AsyncExitStack() as stack:
        store = await asyncio.to_thread(_claimed_store, settings.database_url, stack, sources)
        watched = [pair for pair in await asyncio.to_thread(store.sources) if pair[0].enabled and not pair[1].gone]
        watchers = await stack.enter_async_context(opened_watchers(settings, clock))
        _check_kinds([source for source, _ in watched], watchers)
        if readers is None:
            readers = ReaderPool(reader_factory(settings), settings.workers)
            stack.callback(readers.close)
        groups = origin_groups([source for source, _ in watched])
        book = await asyncio.to_thread(RouteBook, storyline, store, routes)
        notifiers = notifiers_for(book.all(), storyline, settings, ChatDesk(storyline, store, clock, book))
        ingest = Ingest(storyline, readers.read, store, book.all, groups, wake.set)
        now = clock.now()
        await ingest.open_ledgers(now)
        waiting = frozenset(source.key for source, state in watched if not state.baselined)
        delay = timedelta(seconds=settings.catch_up_delay)
        catch_up = CatchUp(storyline, store, book.all, waiting, now, delay)
        schedule = Schedule(Polling(watchers, ingest, store, clock, random.random), catch_up, wake.set)
        for notifier in notifiers.values():
            stack.push_async_callback(notifier.close)
            await notifier.start()
        health = Health(store, clock, schedule.last_tick)
        await stack.enter_async_context(served(health, settings.health_host, settings.health_port))
        yield Bot(store, clock, schedule, notifiers, wake, book.all, len(watched))


def _claimed_store(url: str, stack: AsyncExitStack, sources: Sequence[Source]) -> SqlStore:
    """Open the store as the one bot on it, with the YAML's sources in; `stack` closes it."""
    store = open_store(url)
    stack.callback(store.close)
    store.claim()
    store.seed_sources(sources)
    return store


def _check_kinds(sources: Sequence[Source], watchers: Mapping[str, Watcher]) -> None:
    unknown = [source for source in sources if source.kind not in watchers]
    if unknown:
        kinds = ", ".join(sorted(watchers))
        named = ", ".join(f"{source.key} ({source.kind})" for source in unknown)
        raise ConfigError(f"no watcher for the kind of: {named}; the kinds are {kinds}")


@contextmanager
def store_and_storyline(settings: Settings) -> Iterator[tuple[SqlStore, Storyline]]:
    """Open what `brief` and `why` answer from, with every ledger's standing in place."""
    storyline = load_storyline(settings.config_dir)
    with opened_store(settings) as store:
        open_ledgers(store, storyline, SystemClock().now())
        yield store, storyline
