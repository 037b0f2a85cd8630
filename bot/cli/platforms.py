"""How is each chat platform, and what does a person need to set it up?

Refuses to do: nothing is posted, and no platform is started.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import handlers
from bot.clock import SystemClock
from bot.desk import ChatDesk
from bot.domain import Route, Storyline
from bot.errors import ConfigError, StancewatchError
from bot.ports import Desk
from bot.routebook import RouteBook
from bot.store import SqlStore, open_store
from bot.wiring import opened_as_it_is
from config import Settings, load_routes, load_storyline

PATIENCE = 60.0
"""Seconds that one platform may take to answer."""


@dataclass(frozen=True, slots=True)
class PlatformReport:
    """One platform.

    Args:
        used: its settings are given.
        problems: what is wrong, a line each with what to do.
        setup: what a person needs to set it up, such as the address of an invitation.
    """

    name: str
    used: bool
    problems: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()


async def platform_reports(settings: Settings) -> tuple[PlatformReport, ...]:
    """Look at every platform there is, those that are not in use too.

    Without a database that can be opened as it is, the routes of YAML alone are known; why is for others to say.

    Raises:
        ConfigError: storyline or routes are wrong.
    """
    storyline, routes = load_storyline(settings.config_dir), load_routes(settings.config_dir)
    with ExitStack() as stack:
        store, book = _opened(settings, storyline, routes, stack)
        return await _all(settings, storyline, book.all(), ChatDesk(storyline, store, SystemClock(), book))


def _opened(
    settings: Settings, storyline: Storyline, routes: Sequence[Route], stack: ExitStack
) -> tuple[SqlStore, RouteBook]:
    """Return what a desk answers from: a database that is empty and thrown away where there is no other."""
    with suppress(StancewatchError):
        if store := stack.enter_context(opened_as_it_is(settings)):
            return store, RouteBook(storyline, store, routes)
    folder = stack.enter_context(TemporaryDirectory(prefix="stancewatch-"))
    empty = open_store(f"sqlite:///{folder}/empty.db", durable=False)
    stack.callback(empty.close)
    return empty, RouteBook(storyline, empty, routes)


async def _all(
    settings: Settings, storyline: Storyline, routes: Sequence[Route], desk: Desk
) -> tuple[PlatformReport, ...]:
    names = sorted(handlers.load())
    return tuple(await asyncio.gather(*(_report(name, settings, storyline, routes, desk) for name in names)))


async def _report(
    name: str, settings: Settings, storyline: Storyline, routes: Sequence[Route], desk: Desk
) -> PlatformReport:
    options = settings.of_platform(name)
    leading = [route for route in routes if route.platform == name]
    channels = ",".join(dict.fromkeys(route.channel for route in leading))
    # What leads to a platform that is not in use waits for ever.
    problems: tuple[str, ...] = tuple(
        f"route {route.name} leads here, and {name} is not set up; give its token, or remove the route"
        for route in (() if options else leading)
    )
    setup: tuple[str, ...] = ()
    platform = handlers.load([name])[name]
    try:
        notifier = platform.build(storyline, options | {"channels": channels}, desk)
    except ConfigError as error:
        said = (str(error),)
        return PlatformReport(name, True, said) if options else PlatformReport(name, False, problems, said)
    try:
        async with asyncio.timeout(PATIENCE):
            setup = await notifier.setup()
            problems = await notifier.problems() if options else problems
    except StancewatchError as error:
        problems = (str(error),)
    except TimeoutError:
        problems = (f"{name} did not answer within {PATIENCE:.0f} s; check the network, and try again",)
    finally:
        await notifier.close()
    return PlatformReport(name, bool(options), problems, setup)
