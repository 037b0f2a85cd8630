"""Does a request over HTTP come from Slack, now, and for the first time?

Refuses to do: a request whose signature is wrong, whose time is more than five minutes off, or that was taken
before is answered 401 and goes no further.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.errors import ConfigError
from handlers.crowd import AT_ONCE, Underway
from handlers.slack.asked import at_once

PATH = "/slack/events"
REMEMBERED = 601.0
"""Seconds that a signature is remembered: as long as its time may still pass, before and after."""
_LARGEST = 1_000_000


class _Now(Clock):
    """The verifier's clock, from a function."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()


@dataclass(slots=True)
class Gate:
    """Lets in what Slack signed.

    Args:
        secret: the app's signing secret.
        now: seconds since 1970.
    """

    secret: str = field(repr=False)
    now: Callable[[], float] = time.time
    _taken: dict[str, float] = field(default_factory=dict, repr=False)

    def admits(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Tell whether a request is let in; the same one never is again."""
        try:
            genuine = SignatureVerifier(self.secret, _Now(self.now)).is_valid_request(body, headers)
        except (ValueError, TypeError):
            # A time that is no number, a body or a signature that is no text: nothing that Slack sends.
            return False
        signature = headers.get("X-Slack-Signature", "")
        if not genuine or signature in self._taken:
            return False
        now = self.now()
        # Insertion is in the order of time, so that the oldest come first.
        while self._taken and now - next(iter(self._taken.values())) > REMEMBERED:
            self._taken.pop(next(iter(self._taken)))
        self._taken[signature] = now
        return True


async def serve(app: AsyncApp, gate: Gate, host: str, port: int) -> web.AppRunner:
    """Hear what Slack posts, until the returned runner is cleaned up.

    Raises:
        ConfigError: the port cannot be listened on.
    """
    turn, underway = asyncio.Semaphore(AT_ONCE), Underway()

    async def dispatched(asked: AsyncBoltRequest) -> None:
        async with turn:
            await app.async_dispatch(asked)

    async def handed_on(_: web.Application) -> None:
        await underway.finish()

    async def heard(request: web.Request) -> web.Response:
        if not gate.admits(await request.read(), request.headers):
            return web.Response(status=401)
        asked = await to_bolt_request(request)
        if at_once(asked.body):
            # Before anything else: behind a crowd, Bolt alone would take longer than Slack waits.
            underway.add(asyncio.create_task(dispatched(asked)))
            return web.Response()
        return await to_aiohttp_response(await app.async_dispatch(asked))

    site = web.Application(client_max_size=_LARGEST)
    site.on_cleanup.append(handed_on)
    site.router.add_post(PATH, heard)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise ConfigError(
            f"slack: {host} port {port} cannot be listened on ({error.strerror or error}); free it, or set another "
            "STANCEWATCH_SLACK_HTTP_PORT"
        ) from error
    return runner
