"""Settings and the YAML that ships with the package; the loaders that check it.

Each is imported when it is first asked for: a worker that reads the storyline needs neither settings nor sources.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.routes import load_routes
    from config.settings import Settings, load_settings
    from config.sources import load_sources
    from config.storyline import load_storyline

__all__ = ["Settings", "load_routes", "load_settings", "load_sources", "load_storyline"]

_HOMES = {
    "Settings": "settings",
    "load_routes": "routes",
    "load_settings": "settings",
    "load_sources": "sources",
    "load_storyline": "storyline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
