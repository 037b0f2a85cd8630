"""Is the running bot well? Pages for whoever hosts it, people and programs.

    GET /healthz   200 while the bot lives: its clockwork ticks, or it stands by; 503 when it should be started anew
    GET /readyz    200 when it works: each dependency by name; 503 when one of them is missing
    GET /metrics   figures for Prometheus (bot/metrics.py)
    GET /health    one report for people: {"status": "ok" | "degraded" | "standby" | "down", …}; 503 when down

"degraded" means that channels are paused or that nothing can be stored, as with a full disk, and names what a person
should mend; sources that fail are counted. "down" means that the bot no longer polls or its database does not answer.
`stancewatch health` asks /health, and the container's health check asks /healthz: a database that is away is no reason
to start the bot anew.

Refuses to do: nothing is changed by asking, and no secret and no article stands in an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import StancewatchError
from bot.metrics import Metrics
from bot.ports import Clock, Store

log = structlog.get_logger()

STALE = timedelta(minutes=2)
"""The ticks come every few seconds; after this long without one the bot is down."""


class Pulse:
    """What the pages know of a bot's parts, which come up after the pages do."""

    def __init__(self) -> None:
        self._last_tick: Callable[[], datetime] | None = None
        self._platforms: tuple[str, ...] = ()

    def begin(self, last_tick: Callable[[], datetime], platforms: Iterable[str]) -> None:
        """Take note that the bot works from now on."""
        self._last_tick, self._platforms = last_tick, tuple(platforms)

    def last_tick(self) -> datetime | None:
        """Return when the schedule last looked what is due; None while the bot stands by or starts."""
        return self._last_tick() if self._last_tick else None

    def platforms(self) -> Iterable[str]:
        """Return the platforms that are served."""
        return self._platforms


@dataclass(frozen=True, slots=True)
class Health:
    """Answers how the bot is.

    Args:
        last_tick, platforms: as a Pulse has them.
        metrics: what /metrics tells.
    """

    store: Store
    clock: Clock
    last_tick: Callable[[], datetime | None]
    metrics: Metrics = field(default_factory=Metrics)
    platforms: Callable[[], Iterable[str]] = tuple

    async def page(self, _: web.Request) -> web.Response:
        """Answer /health."""
        report = await self.report()
        return web.json_response(report, status=503 if report["status"] == "down" else 200)

    async def lives(self, _: web.Request) -> web.Response:
        """Answer /healthz; the store is not asked."""
        tick = self.last_tick()
        well = tick is None or not self._stale(tick)
        return web.json_response({"status": "ok" if well else "down"}, status=200 if well else 503)

    async def ready(self, _: web.Request) -> web.Response:
        """Answer /readyz."""
        found = await self.dependencies()
        well = all(said in {"ok", "paused channels"} for said in found.values())
        return web.json_response({"ready": well, "dependencies": found}, status=200 if well else 503)

    async def figures(self, _: web.Request) -> web.Response:
        """Answer /metrics."""
        text = await asyncio.to_thread(generate_latest, self.metrics.registry)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def dependencies(self) -> dict[str, str]:
        """Return how each part that the bot needs is: "ok", or what is missing; paused channels need a person."""
        tick = self.last_tick()
        found = {"front": "ok" if tick else "stands by or starts"}
        found["schedule"] = "ok" if tick and not self._stale(tick) else f"last ticked {tick}" if tick else "not started"
        try:
            paused = {channel.platform for channel in await asyncio.to_thread(self.store.paused)}
            found["database"] = self.store.upkeep.trouble() or "ok"
        except StancewatchError as error:
            paused, found["database"] = set(), str(error)
        for name in self.platforms():
            found[f"platform {name}"] = "paused channels" if name in paused else "ok"
        return found

    async def report(self) -> dict[str, object]:
        """Return the state of the bot, for programs and people."""
        tick = self.last_tick()
        if tick is None:
            return {"status": "standby"}
        try:
            sources = await asyncio.to_thread(self.store.sources)
            paused = await asyncio.to_thread(self.store.paused)
        except StancewatchError as error:
            return {"status": "down", "last_tick": tick.isoformat(), "database": str(error)}
        failing = sum(bool(state.last_error) for source, state in sources if source.enabled)
        trouble = self.store.upkeep.trouble()
        return {
            "status": "down" if self._stale(tick) else "degraded" if paused or trouble else "ok",
            "last_tick": tick.isoformat(),
            "database": trouble or "ok",
            "sources": len(sources),
            "sources_failing": failing,
            "paused": [
                {
                    "platform": channel.platform,
                    "channel": channel.channel,
                    "why": channel.error,
                    "waiting": channel.waiting,
                    "tried_again": channel.due.isoformat(),
                }
                for channel in paused
            ],
        }

    def _stale(self, tick: datetime) -> bool:
        return abs(self.clock.now() - tick) > STALE


@asynccontextmanager
async def served(health: Health, host: str, port: int) -> AsyncIterator[None]:
    """Answer on an address while the block runs; an address that is taken is logged, and the bot runs on."""
    app = web.Application()
    pages = {"health": health.page, "healthz": health.lives, "readyz": health.ready, "metrics": health.figures}
    for name, page in pages.items():
        app.router.add_get(f"/{name}", page)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        if port:
            try:
                await web.TCPSite(runner, host, port).start()
            except OSError as error:
                log.warning("health_not_served", host=host, port=port, error=error.strerror)
        yield
    finally:
        await runner.cleanup()
