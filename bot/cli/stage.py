"""On what does a replay or the demo run? A throw-away database, a virtual clock and the real pipeline.

Refuses to do: no file outlives it, and no network is used.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from bot import deliver
from bot.clock import VirtualClock
from bot.domain import Alert, Entry, Route, Source
from bot.ingest import Ingest
from bot.ledger import ALWAYS
from bot.ports import Read
from bot.replay import Arrival, play
from bot.store import open_store
from bot.wiring import notifiers_for
from config import Settings, load_routes, load_storyline

CONSOLE = Route("console", "console", "-")


def _own_id(_: Source, entry: Entry) -> str:
    return entry.guid


class Stage:
    """Everything between an arrival and the console; a context, because its database is a temporary file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = TemporaryDirectory(prefix="stancewatch-")
        self._store = open_store(f"sqlite:///{Path(self._folder.name) / 'replay.db'}", durable=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()
        self._folder.cleanup()

    def events(self) -> tuple[Alert, ...]:
        """Return every alert event so far, each as the alert in the state it left, in the order they were decided."""
        told = [event for alert in self._store.alerts(ALWAYS) for event in self._store.alert_history(alert.id)]
        return tuple(sorted(told, key=lambda event: (event.at, event.posted, event.id, event.version)))

    async def play(self, coming: Sequence[Arrival], read: Read, pause: Callable[[Arrival], Awaitable[None]]) -> None:
        """Let every arrival through the pipeline and onto the console.

        Args:
            pause: awaited before each arrival.
        """
        if not coming:
            return
        settings = self._settings
        storyline = load_storyline(settings.config_dir)
        # A team that is told in chat only still sees a replay here.
        routes = [r for r in load_routes(settings.config_dir) if r.platform == "console"] or [CONSOLE]
        clock = VirtualClock(coming[0].at)
        notifiers = notifiers_for(routes, storyline, settings)
        sources = [arrival.source for arrival in coming]
        ingest = Ingest(storyline, read, self._store, lambda: routes, sources, lambda: None, key=_own_id)
        await play(coming, ingest, clock, lambda: deliver.drain(self._store, notifiers, clock), pause)
