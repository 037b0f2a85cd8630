"""How is Slack's Web API called?

Through the SDK's client and its own retry handlers: a short Retry-After is waited out inside the call; a longer one
goes back to the outbox, so that nothing sleeps while it holds a channel. What Slack answers with an error comes out
as one of our errors (faults.py).

Refuses to do: no token is ever logged; the client's own log goes to ours at debug.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator
from slack_sdk.http_retry.jitter import RandomJitter
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import DeliveryError, UndeliverableError
from handlers.slack.blocks import Message
from handlers.slack.faults import TOKEN_ADVICE, asked

log = structlog.get_logger()

DEFAULT_API = "https://slack.com/api/"
PAGE = 200
MOST_PAGES = 10
"""Of a channel's history, between two moments that are minutes apart."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient we are, in seconds.

    Args:
        call: for one call.
        wait: longest Retry-After that is waited out inside a call.
        backoff: before the first of the SDK's own second tries; each further wait is twice as long.
        ping: between two pings on the socket; four without an answer make a new one.
        pulse: between two looks at whether the socket lives.
        retry: before the second try to connect; each further wait is twice as long, up to `refused`.
        refused: before the next try once Slack has refused the token.
        hello: for Slack to greet us on a new socket.
        token: between two looks at whether the token still holds while we hear.
        silence: without a word from Slack before a socket is taken for deaf and made anew.
    """

    call: float = 15.0
    wait: int = 10
    backoff: float = 0.5
    ping: float = 10.0
    pulse: float = 1.0
    retry: float = 2.0
    refused: float = 300.0
    hello: float = 15.0
    token: float = 300.0
    silence: float = 1_800.0


class _ShortWaits(AsyncRateLimitErrorRetryHandler):
    """The SDK's handler, for waits that a call may spend."""

    def __init__(self, longest: int) -> None:
        super().__init__(max_retry_count=2)
        self._longest = longest

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the SDK calls it so
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        headers = {name.lower(): value for name, value in response.headers.items()}
        asked_for = "".join(headers.get("retry-after", ""))
        return asked_for.isdecimal() and int(asked_for) <= self._longest


class _ToOurLog(logging.Handler):
    """Passes what the SDK logs on to our log, where it is rarely wanted."""

    def emit(self, record: logging.LogRecord) -> None:
        log.debug("slack_sdk", message=record.getMessage()[:500])


def quiet_logger() -> logging.Logger:
    """Return the logger for the SDK and for Bolt: our own lines say what matters, once."""
    logger = logging.getLogger("stancewatch.slack")
    if not logger.handlers:
        logger.addHandler(_ToOurLog())
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    return logger


@dataclass(slots=True)
class Web:
    """Calls Slack.

    Args:
        token: of the bot (xoxb-), "" when none was set.
        api: address of the Web API, with a slash at its end.
    """

    token: str = field(repr=False)
    pace: Pace
    api: str = DEFAULT_API
    _session: aiohttp.ClientSession | None = field(default=None, repr=False)
    _client: AsyncWebClient | None = field(default=None, repr=False)

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client; the first use has to be on the event loop."""
        if self._client is None:
            self._client = self._made(self._handlers())
        return self._client

    @property
    def _poster(self) -> AsyncWebClient:
        """A client that posts once: Slack has no key by which it would know a second try of the SDK's again."""
        return self._made([_ShortWaits(self.pace.wait)])

    def _made(self, handlers: list[AsyncRetryHandler]) -> AsyncWebClient:
        return AsyncWebClient(
            token=self.token, base_url=self.api, session=self.session, logger=quiet_logger(), retry_handlers=handlers
        )

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections of every call; the first use has to be on the event loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.pace.call))
            self._client = None
        return self._session

    def require_token(self) -> None:
        """Raise UndeliverableError when no token was set, or one of another kind."""
        if not self.token:
            raise UndeliverableError(f"slack: {TOKEN_ADVICE['not_authed']}; docs/setup-slack.md tells where to find it")
        if not self.token.startswith("xox"):
            raise UndeliverableError(
                "slack: STANCEWATCH_SLACK_BOT_TOKEN is no bot token; it begins with xoxb- and stands in the app's page "
                "under OAuth & Permissions"
            )

    async def who_am_i(self) -> AsyncSlackResponse:
        """Return the answer of auth.test; its headers hold the scopes."""
        self.require_token()
        return await asked(self.client.auth_test())

    async def socket_address(self, app_token: str) -> str:
        """Return a new address for Socket Mode."""
        answer = await asked(self.client.apps_connections_open(app_token=app_token), "Socket Mode")
        return str(answer["url"])

    async def channel(self, channel: str) -> dict[str, Any]:
        """Return what Slack says of a channel."""
        answer = await asked(self.client.conversations_info(channel=channel), channel)
        found: dict[str, Any] = answer["channel"]
        return found

    async def is_admin(self, user: str) -> bool:
        """Tell whether somebody is an admin or an owner of the workspace."""
        answer = await asked(self.client.users_info(user=user), user)
        person: dict[str, Any] = answer["user"]
        return bool(person.get("is_admin") or person.get("is_owner"))

    async def open_form(self, number: str, view: dict[str, Any]) -> None:
        """Open a form for whoever typed or pressed.

        Args:
            number: Slack's own of the interaction; it opens a form for three seconds.
        """
        await asked(self.client.views_open(trigger_id=number, view=view), "form")

    async def upload(self, channel: str, content: bytes, name: str, title: str, alt: str) -> None:
        """Show a picture in a channel.

        Args:
            alt: its words, for those who cannot see it.
        """
        self.require_token()
        call = self.client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt)
        place = await asked(call, channel)
        # A temporary address of Slack's own, which asks for no token.
        sent = await asked(self.session.post(str(place["upload_url"]), data=content), channel)
        sent.release()
        if sent.status >= 400:
            raise DeliveryError(f"slack {channel}: the picture was refused ({sent.status})")
        files: list[dict[str, str | None]] = [{"id": str(place["file_id"]), "title": title}]
        await asked(self.client.files_completeUploadExternal(files=files, channel_id=channel), channel)

    async def post(self, channel: str, message: Message, metadata: dict[str, Any], thread: str = "") -> tuple[str, str]:
        """Post a message; return its channel and its time, which together name it.

        Args:
            thread: time of the message that it is said below; "" for a message of its own.
        """
        self.require_token()
        answer = await asked(
            self._poster.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=list(message.blocks),
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
                mrkdwn=False,
                thread_ts=thread or None,
            ),
            channel,
        )
        return str(answer["channel"]), str(answer["ts"])

    async def update(self, channel: str, ts: str, message: Message, metadata: dict[str, Any]) -> None:
        """Replace a message."""
        self.require_token()
        blocks = list(message.blocks)
        call = self.client.chat_update(channel=channel, ts=ts, text=message.text, blocks=blocks, metadata=metadata)
        await asked(call, channel)

    async def history(self, channel: str, since: float, until: float, thread: str = "") -> list[dict[str, Any]]:
        """Return the messages of a channel, or of a thread, between two moments, with their metadata.

        Args:
            since, until: in seconds since 1970.
            thread: time of the message that it hangs below.
        """
        self.require_token()
        found: list[dict[str, Any]] = []
        asking: dict[str, Any] = {"channel": channel, "oldest": f"{since:.6f}", "latest": f"{until:.6f}"}
        asking |= {"include_all_metadata": True, "limit": PAGE}
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            if thread:
                answer = await asked(self.client.conversations_replies(ts=thread, cursor=cursor, **asking), channel)
            else:
                answer = await asked(self.client.conversations_history(cursor=cursor, **asking), channel)
            found += answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                break
        return found

    async def delete(self, channel: str, ts: str) -> None:
        """Delete a message of ours."""
        await asked(self.client.chat_delete(channel=channel, ts=ts), channel)

    async def answer(self, address: str, message: Message, *, public: bool = False, replace: bool = False) -> None:
        """Answer a command or a press at the address that came with it."""
        hook = AsyncWebhookClient(address, session=self.session, logger=quiet_logger(), retry_handlers=self._handlers())
        body = {
            "text": message.text,
            "blocks": list(message.blocks),
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        answered = await asked(hook.send_dict(body))
        if answered.status_code >= 500:
            # The SDK's handlers know a server's error from the Web API's answers only.
            await asyncio.sleep(self.pace.backoff)
            answered = await asked(hook.send_dict(body))
        if answered.status_code >= 400:
            raise DeliveryError(f"slack: the answer to a command was refused ({answered.status_code})")

    async def close(self) -> None:
        """Close every connection; a later call opens new ones."""
        session, self._session, self._client = self._session, None, None
        if session is not None:
            await session.close()

    def _handlers(self) -> list[AsyncRetryHandler]:
        waits = BackoffRetryIntervalCalculator(self.pace.backoff, RandomJitter())
        return [
            AsyncConnectionErrorRetryHandler(max_retry_count=1, interval_calculator=waits),
            _ShortWaits(self.pace.wait),
            AsyncServerErrorRetryHandler(max_retry_count=2, interval_calculator=waits),
        ]
