"""Which chat platforms can notices be shown on?

One module or folder a platform, found by name: it has `PLATFORM`, its own name, and `build(storyline, options, desk)`,
which returns a Notifier. Nothing else is edited to add one.

Refuses to do: no dotted path from a configuration file is ever imported; names only, and only those found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Protocol, cast

from bot.domain import Storyline
from bot.errors import ConfigError
from bot.ports import Desk, Notifier


class Platform(Protocol):
    """What a platform's module offers."""

    PLATFORM: str

    def build(self, storyline: Storyline, options: Mapping[str, str], desk: Desk | None = None) -> Notifier:
        """Return its notifier; ConfigError when an option is wrong or missing.

        Args:
            desk: answers what people ask; without one the platform only shows notices.
        """
        ...


def names() -> tuple[str, ...]:
    """Return the names of this package's modules, platforms among them, without importing any."""
    return tuple(module.name for module in iter_modules(__path__))


def load(wanted: Iterable[str] | None = None) -> dict[str, Platform]:
    """Return platforms by name.

    Args:
        wanted: names of those wanted, so that no other is imported; None for all that are found.

    Raises:
        ConfigError: for a name that is no platform of this package.
    """
    found = names()
    asked = found if wanted is None else tuple(dict.fromkeys(wanted))
    platforms = {name: platform for name in asked if name in found and (platform := _platform(name))}
    for name in asked:
        if wanted is not None and name not in platforms:
            raise ConfigError(unknown(name))
    return platforms


def unserved(name: str) -> str:
    """Return what is wrong with the name of a platform; "" for nothing. Imports no platform unless it is wrong."""
    return "" if name in names() and _offers(name) else unknown(name)


def unknown(name: str) -> str:
    """Return the words for a name that is no platform."""
    return f"no platform is called {name!r}; there are: {', '.join(load())}"


def _offers(name: str) -> bool:
    """Tell by its text whether a module of this package is a platform: one that is not used takes seconds to import."""
    spec = find_spec(f"{__name__}.{name}")
    found = spec.loader.get_source(spec.name) if spec and isinstance(spec.loader, InspectLoader) else None
    return found is None or "PLATFORM" in found


def _platform(name: str) -> Platform | None:
    module = import_module(f"{__name__}.{name}")
    return cast("Platform", module) if getattr(module, "PLATFORM", "") == name else None
