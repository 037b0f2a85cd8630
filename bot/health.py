"""Is the running bot well? One page of JSON for whoever hosts it.

    GET /health → 200 {"status": "ok" | "degraded", …}   or   503 {"status": "down", …}

"degraded" means that channels are paused, and names what a person should mend; sources that fail are counted. "down"
means that the bot no longer polls or its database does not answer. `stancewatch health` and the container's health
check ask it.

Refuses to do: nothing is changed by asking, and no secret and no article stands in the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from bot.errors import StancewatchError
from bot.ports import Clock, Store

log = structlog.get_logger()

STALE = timedelta(minutes=2)
"""The ticks come every few seconds; after this long without one the bot is down."""


@dataclass(frozen=True, slots=True)
class Health:
    """Answers how the bot is.

    Args:
        last_tick: returns when the schedule last looked what is due.
    """

    store: Store
    clock: Clock
    last_tick: Callable[[], datetime]

    async def page(self, _: web.Request) -> web.Response:
        """Answer one request."""
        report = await self.report()
        return web.json_response(report, status=503 if report["status"] == "down" else 200)

    async def report(self) -> dict[str, object]:
        """Return the state of the bot, for programs and people."""
        tick = self.last_tick()
        try:
            sources = await asyncio.to_thread(self.store.sources)
            paused = await asyncio.to_thread(self.store.paused)
        except StancewatchError as error:
            return {"status": "down", "last_tick": tick.isoformat(), "database": str(error)}
        failing = sum(bool(state.last_error) for source, state in sources if source.enabled)
        stale = self.clock.now() - tick > STALE
        return {
            "status": "down" if stale else "degraded" if paused else "ok",
            "last_tick": tick.isoformat(),
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


@asynccontextmanager
async def served(health: Health, host: str, port: int) -> AsyncIterator[None]:
    """Answer on an address while the block runs; an address that is taken is logged, and the bot runs on."""
    app = web.Application()
    app.router.add_get("/health", health.page)
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
