"""How are notices shown where no chat platform is set up: on standard output?

For people as drawn cards, for programs as one JSON line per alert event. An edit is a new card or line below: a
terminal cannot change what it has printed.

Refuses to do: nothing of a feed acts on the terminal; no log line is written here.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

from bot.domain import Alert, AlertEventKind, Bundle, Delivery, News, Notice, Storyline
from bot.errors import ConfigError, DeliveryError, UndeliverableError
from bot.ports import Desk
from handlers.card import card_of
from handlers.console.lines import brief_line, event_line, json_line, line_of
from handlers.console.people import render, render_growth
from handlers.moments import zone_of

__all__ = [
    "MODES",
    "PLATFORM",
    "ConsoleNotifier",
    "brief_line",
    "build",
    "event_line",
    "json_line",
    "line_of",
    "terminal_width",
]

PLATFORM = "console"
MODES = ("people", "json")
GROWTH = "more-origins"
"""Reason of an edit that brings more origins or outlets and nothing else."""

_NARROWEST = 40
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class ConsoleNotifier:
    """Shows notices on a text stream.

    Args:
        as_json: JSON lines instead of cards.
        width: columns; 0 to ask the terminal each time.
    """

    storyline: Storyline
    out: TextIO
    as_json: bool = False
    width: int = 0
    color: bool = False
    platform: str = PLATFORM
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        """Print a notice; the reference is that of the notice, as a terminal gives none."""
        await self._write(self._first(delivery, notice))
        return f"{notice.id}.{notice.version}"

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        """Print what has become of a notice; of several alerts, those that bring something new."""
        await self._write(self._again(delivery, notice))
        return True

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:  # noqa: ARG002 - there is no history
        """Find nothing: what was printed cannot be read back."""
        raise UndeliverableError("console: what was printed cannot be read back")

    async def remove(self, delivery: Delivery, ref: str) -> None:  # noqa: ARG002 - as above
        """Leave what was printed as it is."""
        raise UndeliverableError("console: what was printed stays")

    async def start(self) -> None:
        """Standard output is open already."""

    async def problems(self) -> tuple[str, ...]:
        """Return nothing: a console has no tokens and no rights."""
        return ()

    async def setup(self) -> tuple[str, ...]:
        """Return nothing: a console is there."""
        return ()

    async def tell(self, delivery: Delivery, news: News) -> str:  # noqa: ARG002 - as above
        """Say nothing: a terminal has no threads, and every edit is printed."""
        return ""

    async def close(self) -> None:
        """Leave the stream open: it belongs to the process."""

    def _first(self, delivery: Delivery, notice: Notice) -> str:
        if isinstance(notice, Bundle) and self.as_json:
            return self._each(delivery, notice)
        if self.as_json:
            # A channel's first sight of an alert is its posting, even when more has happened to it since.
            return self._json(line_of(notice, AlertEventKind.POSTED))
        return self._drawn(delivery, notice, first=True)

    def _again(self, delivery: Delivery, notice: Notice) -> str:
        if isinstance(notice, Bundle):
            return self._each(delivery, notice)
        if self.as_json:
            return self._json(line_of(notice))
        return self._drawn(delivery, notice, first=False)

    def _each(self, delivery: Delivery, bundle: Bundle) -> str:
        """Return what is new in a bundle, alert by alert: a program reads events, and a terminal edits nothing."""
        pairs = zip(bundle.alerts, bundle.shown, strict=True)
        fresh = [(alert, shown) for alert, shown in pairs if alert.version > shown]
        return "".join((self._again if shown else self._first)(delivery, alert) for alert, shown in fresh)

    def _drawn(self, delivery: Delivery, notice: Notice, *, first: bool) -> str:
        card = card_of(notice, self.storyline, delivery.language)
        draw = render_growth if not first and _only_grew(notice) else render
        width = self.width or terminal_width()
        return draw(card, width=width, zone=zone_of(delivery.timezone), color=self.color)

    def _json(self, line: Mapping[str, object]) -> str:
        return json_line(line, ascii_only=not _writes_any_letter(self.out)) + "\n"

    async def _write(self, text: str) -> None:
        # Off the loop: a pipe that nobody reads blocks the writer. One at a time: two cards must not mix.
        async with self._turn:
            await asyncio.to_thread(_print, self.out, text)


def build(storyline: Storyline, options: Mapping[str, str], desk: Desk | None = None) -> ConsoleNotifier:  # noqa: ARG001 - nobody asks anything of a console
    """Return the notifier of this platform.

    Args:
        desk: not asked; whoever sits at a console types commands.
        options: `mode` is "people" (default) or "json"; `width` in columns, the terminal's by default.

    Raises:
        ConfigError: for another mode or a width that is no number.
    """
    mode = options.get("mode", "people")
    if mode not in MODES:
        raise ConfigError(f"console: mode {mode!r} is unknown; choose one of: {', '.join(MODES)}")
    width = options.get("width", "0")
    if not width.isdecimal():
        raise ConfigError(f"console: width {width!r} is no number of columns")
    columns = max(_NARROWEST, int(width)) if int(width) else 0
    color = sys.stdout.isatty() and not options.get("no_color")
    return ConsoleNotifier(storyline, sys.stdout, as_json=mode == "json", width=columns, color=color)


def _only_grew(notice: Notice) -> bool:
    """Tell an edit that only brings more outlets from one that changes what is said."""
    return isinstance(notice, Alert) and notice.event is AlertEventKind.UPDATED and notice.reason == GROWTH


def terminal_width() -> int:
    """Return the columns that people are written for: those of the terminal, within bounds."""
    return min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns))


def _writes_any_letter(out: TextIO) -> bool:
    return (out.encoding or "utf-8").lower().replace("-", "").startswith("utf")


def _print(out: TextIO, text: str) -> None:
    encoding = out.encoding or "utf-8"
    try:
        out.write(text.encode(encoding, "replace").decode(encoding))
        out.flush()
    except (BrokenPipeError, ValueError) as error:
        raise UndeliverableError("console: standard output is closed; nobody reads what is told") from error
    except OSError as error:
        raise DeliveryError(f"console: standard output cannot be written: {error.strerror or error}") from error
