"""Which parts stand behind the ports?

The one composition root: settings and YAML in, a bot that runs out. Commands ask here for what they need and
know no part by its own name.

Refuses to do: no decision; a branch here chooses a part, never a behaviour.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

import handlers
from bot import deliver
from bot.clock import SystemClock
from bot.desk import ChatDesk
from bot.digests import Digests
from bot.domain import Route, Source, Storyline
from bot.doubts import PATIENCE, Patience
from bot.errors import ConfigError
from bot.finding import FeedFinder
from bot.front import is_front, stay_front, take_over
from bot.fulltext import FullText
from bot.health import Health, Pulse, served
from bot.ingest import Ingest
from bot.ledgers import open_ledgers
from bot.metrics import Metrics
from bot.nlp.building import build_reader
from bot.nlp.pool import ReaderPool
from bot.permissions import opened
from bot.polling import Polling
from bot.ports import Clock, Desk, Finder, Notifier, Pages, Reader, Watcher
from bot.retention import Retention
from bot.routebook import RouteBook
from bot.schedule import CATCH_UP, CatchUp, Schedule
from bot.sourcetroubles import SourceTroubles
from bot.store import SqlStore, open_store
from bot.store.examining import left_to_start
from config import Settings, load_routes, load_sources, load_storyline
from config import load_settings as settings_of
from watchers import Fetcher, Limits, open_watching, unwatched

log = structlog.get_logger()


def load_settings(*, config: Path | None = None, database: str | None = None, console: str | None = None) -> Settings:
    """Return the settings of the environment, with what the command line says on top."""
    return settings_of(config_dir=config, database_url=database, console=console)


def reader_factory(settings: Settings) -> Callable[[], Reader]:
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


@contextmanager
def opened_as_it_is(settings: Settings) -> Iterator[SqlStore | None]:
    """Open the store for a look, None where a start would have to make or upgrade it first; close it at the end."""
    if left_to_start(settings.database_url):
        yield None
        return
    with opened_store(settings) as store:
        yield store


def opened_fetcher(settings: Settings, clock: Clock) -> Fetcher:
    """Return what fetches addresses by the manners and within the limits of the settings; open it as a context."""
    return Fetcher(clock, contact=settings.contact, allow_private=settings.allow_private, limits=_limits(settings))


def _limits(settings: Settings) -> Limits:
    return Limits(max_bytes=settings.fetch_max_bytes, seconds=settings.fetch_timeout)


@asynccontextmanager
async def opened_watchers(settings: Settings, clock: Clock) -> AsyncIterator[tuple[Mapping[str, Watcher], Pages]]:
    """Open everything that watching needs; yield kind → watcher, and what reads the pages of articles."""
    async with open_watching(
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
    for route in routes:
        if what := handlers.unserved(route.platform):
            raise ConfigError(f"route {route.name}: {what}")
    built: dict[str, Notifier] = {}
    for name, platform in handlers.load(name for name in handlers.names() if settings.of_platform(name)).items():
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
        patience: how long the outcome of a post is waited for.
    """

    store: SqlStore
    clock: Clock
    schedule: Schedule
    notifiers: Mapping[str, Notifier]
    wake: asyncio.Event
    routes: Callable[[], Sequence[Route]]
    watching: int
    patience: Patience = PATIENCE

    async def run(self, stop: asyncio.Event) -> None:
        """Watch and tell until `stop` is set."""
        self.schedule.start()
        telling = deliver.run(
            self.store, self.notifiers, self.clock, self.wake, routes=self.routes, patience=self.patience
        )
        delivery = asyncio.create_task(telling, name="delivery")
        front = asyncio.create_task(stay_front(self.store), name="front")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        try:
            # The person stops us, another bot has taken over, or delivery ends with a fault that must be seen.
            await asyncio.wait({delivery, front, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            # What another bot has taken over is its own to remember.
            await self.schedule.stop(remember=not front.done())
            delivery.cancel()
            front.cancel()
            for outcome in await asyncio.gather(delivery, front, return_exceptions=True):
                if isinstance(outcome, Exception):
                    raise outcome

    async def once(self) -> None:
        """Poll every source once, tell what there is to tell, and return."""
        await deliver.resume(self.store, self.notifiers, self.clock, self.patience)
        await self.schedule.once()
        while await deliver.drain(self.store, self.notifiers, self.clock, routes=self.routes, patience=self.patience):
            pass


@asynccontextmanager
async def opened_bot(
    settings: Settings,
    clock: Clock | None = None,
    readers: ReaderPool | None = None,
    metrics: Metrics | None = None,
    *,
    standby: bool = False,
) -> AsyncIterator[Bot]:
    """Put a bot together, with its ledgers opened; take it apart at the end.

    Args:
        readers: a pool that is shared and stays open; by default one of the bot's own.
        metrics: what /metrics tells; by default the bot's own.
        standby: wait for another bot that works with a database that machines share, then take over.

    Raises:
        ConfigError: the YAML or the settings are wrong.
        StoreError: the database is in use by another bot, or of another version.
    """
    metrics, clock, pulse = metrics or Metrics(), clock or SystemClock(), Pulse()
    storyline = load_storyline(settings.config_dir)
    sources, routes = load_sources(settings.config_dir, unwatched), load_routes(settings.config_dir, handlers.unserved)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(_front(settings, clock, metrics, pulse, standby=standby))
        await asyncio.to_thread(store.seed_sources, sources)
        watchers, pages = await stack.enter_async_context(opened_watchers(settings, clock))
        if readers is None:
            readers = ReaderPool(reader_factory(settings), settings.workers)
            stack.callback(readers.close)
        book = await asyncio.to_thread(RouteBook, storyline, store, routes)
        parts = Parts(settings, storyline, store, clock, book, metrics, asyncio.Event())
        fetcher = await stack.enter_async_context(opened_fetcher(settings, clock))
        desk = _desk(parts, FeedFinder(fetcher, watchers, readers.read, clock))
        notifiers = notifiers_for(book.all(), storyline, settings, desk)
        bot = await _assembled(parts, watchers, readers, notifiers, pages)
        for notifier in notifiers.values():
            stack.push_async_callback(notifier.close)
            await notifier.start()
        pulse.begin(bot.schedule.last_tick, notifiers)
        yield bot


@dataclass(frozen=True, slots=True)
class Parts:
    """What nearly every other part is given."""

    settings: Settings
    storyline: Storyline
    store: SqlStore
    clock: Clock
    book: RouteBook
    metrics: Metrics
    wake: asyncio.Event


def _desk(parts: Parts, finder: Finder) -> ChatDesk:
    allowed = opened(parts.settings.members_may)
    return ChatDesk(parts.storyline, parts.store, parts.clock, parts.book, finder, allowed, parts.wake.set)


@asynccontextmanager
async def _front(
    settings: Settings, clock: Clock, metrics: Metrics, pulse: Pulse, *, standby: bool
) -> AsyncIterator[SqlStore]:
    """Yield the store once this is the one bot on it; the pages for whoever hosts it answer before that."""
    store = await asyncio.to_thread(open_store, settings.database_url)
    try:
        at_once = await is_front(store, wait=standby)
        metrics.watch(store, clock, pulse.last_tick)
        health = Health(store, clock, pulse.last_tick, metrics, pulse.platforms)
        async with served(health, settings.health_host, settings.health_port):
            if not at_once:
                await take_over(store)
            yield store
    finally:
        await asyncio.to_thread(store.close)


async def _assembled(
    parts: Parts,
    watchers: Mapping[str, Watcher],
    readers: ReaderPool,
    notifiers: Mapping[str, Notifier],
    pages: Pages,
) -> Bot:
    settings, storyline, store, clock, book = parts.settings, parts.storyline, parts.store, parts.clock, parts.book
    metrics, wake = parts.metrics, parts.wake
    watched = [pair for pair in await asyncio.to_thread(store.sources) if pair[0].enabled and not pair[1].retired]
    sources = [source for source, _ in watched]
    _check_kinds(sources, watchers)
    read = metrics.counting_reads(readers.read)
    ingest = Ingest(storyline, read, store, book.all, sources, wake.set, pages=settings.full_text)
    await ingest.open_ledgers(clock.now())
    waiting = frozenset(source.key for source, state in watched if not state.baselined)
    delay = timedelta(seconds=settings.catch_up_delay)
    if waiting:
        await asyncio.to_thread(store.doubts.owe, CATCH_UP, clock.now())
    owed = await asyncio.to_thread(store.doubts.owes, CATCH_UP)
    catch_up = CatchUp(storyline, store, book.all, waiting, clock.now(), delay, owed=owed)
    troubles = SourceTroubles(store, clock, book.all, wake.set)
    polling = Polling(metrics.counting_polls(watchers), ingest, store, clock, random.random, troubles=troubles)
    full_text = FullText(pages, ingest, read, store, clock) if settings.full_text else None
    retention = Retention(store, settings.keep_days) if settings.keep_days else None
    schedule = Schedule(polling, catch_up, wake.set, Digests(storyline, store, book.all), retention, full_text)
    return Bot(store, clock, schedule, notifiers, wake, book.all, len(watched))


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
