"""How do we stay connected to Slack, and say it once when we are not?

    who am I? ─ refused ─→ one line; try again in minutes: the token may be mended in Slack
        └─ yes ─→ hear: Socket Mode, or signed HTTP ─ lost ─→ from the start

A socket that Slack asks to renew is renewed by the SDK; one that is closed, answers no ping, or hears nothing (ear.py)
is closed and opened anew from here, with a new address. A token that is revoked while we hear is found within minutes.

Refuses to do: sending needs no connection and waits for none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.errors import DeliveryError, PermanentError
from handlers.crowd import AT_ONCE
from handlers.slack.asked import at_once
from handlers.slack.ear import Ear, Hearing, hearing
from handlers.slack.signed import Gate, serve
from handlers.slack.web import Pace, Web, quiet_logger

log = structlog.get_logger()

Hear = Callable[[Callable[[], None]], Awaitable[None]]
"""Connects, calls back when it hears, and returns when the connection is lost; raises when there is none to be had."""

_OPENING = 30.0
"""Seconds that a socket may take to open."""


@dataclass(slots=True)
class Connection:
    """Keeps one way of hearing open.

    Args:
        hear: None where nothing is to be heard: then the token is tried, once, for the log.
    """

    web: Web
    hear: Hear | None
    pace: Pace
    _task: asyncio.Task[None] | None = field(default=None, repr=False)
    _said: str = ""
    _tries: int = 0

    def start(self) -> None:
        """Begin; returns at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep(), name="slack")

    async def close(self) -> None:
        """Let go."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep(self) -> None:
        while True:
            try:
                await self._hear_once()
                if self.hear is None:
                    return
                wait = 0.0
            except PermanentError as error:
                self._say("slack_refused", str(error))
                wait = self.pace.refused
            except DeliveryError as error:
                self._say("slack_unreachable", str(error))
                wait = max(
                    min(self.pace.retry * 2.0 ** min(self._tries, 16), self.pace.refused), error.retry_after or 0
                )
                self._tries += 1
            except Exception:
                # Whatever breaks here must not end hearing for good.
                log.exception("slack_connection_crashed")
                wait = self.pace.refused
            await asyncio.sleep(wait)

    async def _hear_once(self) -> None:
        me = await self.web.who_am_i()
        log.info("slack_authorised", team=me.get("team"), bot=me.get("user"))
        if self.hear is not None:
            await self.hear(self._heard)

    def _heard(self) -> None:
        """Begin anew with short waits and with telling: we hear."""
        self._tries, self._said = 0, ""

    def _say(self, event: str, what: str) -> None:
        """Write a line to the log unless it was the last one."""
        if what != self._said:
            log.error(event, error=what)
        self._said = what


def _dispatching(app: AsyncApp) -> Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]:
    """Return what hands an envelope to a Bolt app."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def heard(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if at_once(request.payload):
            # Before anything else: behind a crowd, Bolt alone would take longer than Slack waits.
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            async with turn:
                await run_async_bolt_app(app, request)
            return
        answer = await run_async_bolt_app(app, request)
        await send_async_response(client, request, answer, 0.0)

    return heard


def by_socket(app: AsyncApp, web: Web, app_token: str, pace: Pace) -> Hear:
    """Return what hears over Socket Mode."""

    heard = _dispatching(app)

    async def hear(heard_from: Callable[[], None]) -> None:
        address = await web.socket_address(app_token)
        client = SocketModeClient(
            app_token, quiet_logger(), web.client, auto_reconnect_enabled=False, ping_interval=pace.ping
        )
        now = asyncio.get_running_loop().time
        ear = Ear(now(), now())

        async def listened(_: AsyncBaseSocketModeClient, message: dict[str, Any], __: str | None = None) -> None:
            ear.hear(now(), str(message.get("type", "")))

        client.message_listeners.append(listened)
        client.socket_mode_request_listeners.append(heard)
        client.wss_uri = address
        try:
            async with asyncio.timeout(_OPENING):
                await client.connect()  # type: ignore[no-untyped-call]  # the SDK's own lack
            log.info("slack_listening", by="socket")
            heard_from()
            lost = await _until_deaf(client, ear, web, pace)
            log.warning("slack_socket_lost", reason=lost.value)
        except TimeoutError as error:
            raise DeliveryError("slack: the socket did not open in time") from error
        finally:
            await client.close()  # type: ignore[no-untyped-call]  # the SDK's own lack

    return hear


async def _until_deaf(client: SocketModeClient, ear: Ear, web: Web, pace: Pace) -> Hearing:
    """Wait until a socket hears no more; return why. Raises as `Web.who_am_i` once the token no longer holds."""
    now = asyncio.get_running_loop().time
    asked = now()
    while True:
        await asyncio.sleep(pace.pulse)
        ear.missed = 0 if await client.is_connected() else ear.missed + 1
        found = hearing(ear, pace, now())
        if found is not Hearing.WELL:
            return found
        if now() - asked > pace.token:
            asked = now()
            await _still_ours(web)


async def _still_ours(web: Web) -> None:
    """Raise when Slack no longer takes the token; that Slack is out of reach for a moment ends nothing."""
    try:
        await web.who_am_i()
    except DeliveryError as error:
        log.info("slack_token_not_tried", error=str(error))


def by_http(app: AsyncApp, signing_secret: str, host: str, port: int) -> Hear:
    """Return what hears over HTTP, signed."""
    gate = Gate(signing_secret)

    async def hear(heard_from: Callable[[], None]) -> None:
        runner = await serve(app, gate, host, port)
        log.info("slack_listening", by="http", host=host, port=port)
        heard_from()
        try:
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    return hear
