"""Who polls which kind of source?

One module a kind. A module of this package with these three is found by itself, so adding a kind is one file:

    KINDS: tuple[str, ...]                         the names that sources.yml uses
    build(fetcher: Fetcher, parser: Parser)        → Watcher
    EXAMPLE: bytes                                 a small body with two items; the contract suite serves it

Refuses to do: no module is named by configuration; a kind is only looked up among those found here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from types import ModuleType

from bot.ports import Clock, Watcher
from watchers.fulltext import PageReader
from watchers.http import Fetcher
from watchers.manners import Limits
from watchers.parsing import Parser

__all__ = ["Fetcher", "Limits", "Parser", "kind_modules", "load", "open_watching", "unwatched"]


def load(fetcher: Fetcher, parser: Parser) -> Mapping[str, Watcher]:
    """Return kind → watcher for every kind that this package holds.

    Args:
        fetcher, parser: shared by all; open while the watchers are used.
    """
    found: dict[str, Watcher] = {}
    for module in kind_modules():
        watcher: Watcher = module.build(fetcher, parser)
        found.update(dict.fromkeys(module.KINDS, watcher))
    return found


@cache
def kind_modules() -> tuple[ModuleType, ...]:
    """Return the modules of this package that watch a kind of source."""
    names = [info.name for info in pkgutil.iter_modules(__path__)]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(module for module in modules if hasattr(module, "KINDS"))


def unwatched(kind: str, watched: Iterable[str] | None = None) -> str:
    """Return what is wrong with a kind of source; "" for nothing.

    Args:
        watched: the kinds that are; None for all of this package.
    """
    every = {known for module in kind_modules() for known in module.KINDS} if watched is None else watched
    kinds = sorted(every)
    return "" if kind in kinds else f"nothing watches kind {kind!r}; the kinds are {', '.join(kinds)}"


@asynccontextmanager
async def open_watching(
    clock: Clock,
    *,
    contact: str = "",
    allow_private: Iterable[str] = (),
    limits: Limits | None = None,
    workers: int = 2,
) -> AsyncIterator[tuple[Mapping[str, Watcher], PageReader]]:
    """Open everything that watching needs; yield kind → watcher, and what reads the pages of articles.

    Args:
        contact: where a publisher reaches who runs this bot.
        allow_private: hosts, addresses or networks that may be fetched although they are private.
        workers: processes that read feeds.

    Raises:
        ConfigError: an entry of `allow_private` is no host, address or network.
    """
    fetcher = Fetcher(clock, contact=contact, allow_private=allow_private, limits=limits)
    async with fetcher, Parser(workers=workers) as parser:
        yield load(fetcher, parser), PageReader(fetcher, parser, clock)
