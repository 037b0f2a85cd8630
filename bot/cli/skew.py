"""Is this machine's clock right?

Compared with what web servers say of the time: those of the chat platforms in use, else of the first sources. Slack
refuses requests whose time is five minutes off, and dates decide what is old news.

Refuses to do: it sets no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.errors import PermanentError, StancewatchError
from bot.ports import Clock
from bot.wiring import opened_fetcher
from config import Settings, load_sources

TOLERATED = timedelta(seconds=60)
TRIES = 3
"""Servers asked before the clock is left uncompared."""

_PLATFORMS = {"discord": "https://discord.com/api/v10/gateway", "slack": "https://slack.com/api/api.test"}


async def clock_note(settings: Settings, clock: Clock) -> str:
    """Return in one line how the clock stands.

    Raises:
        PermanentError: it is off by more than a minute; the message says what to do.
    """
    shown = f"{clock.now():%Y-%m-%d %H:%M:%S} UTC"
    async with opened_fetcher(settings, clock) as fetcher:
        for url in _servers(settings):
            try:
                answer = await fetcher.get(url)
            except StancewatchError:
                continue
            if answer.date is not None:
                return judged(clock.now() - answer.date, shown)
    return f"{shown}, compared with nobody as no server answered"


def judged(off: timedelta, shown: str) -> str:
    """Return the line for a clock that is `off` by so much; PermanentError when that is too much."""
    if abs(off) > TOLERATED:
        way = "fast" if off > timedelta() else "slow"
        raise PermanentError(f"{shown} is {abs(off).total_seconds():.0f} s {way}; let the machine set it by NTP")
    return f"{shown}, right to the minute"


def _servers(settings: Settings) -> Iterable[str]:
    in_use = [url for name, url in _PLATFORMS.items() if settings.of_platform(name)]
    sources = [source.url for source in load_sources(settings.config_dir) if source.enabled]
    return [*in_use, *sources[:TRIES]]
