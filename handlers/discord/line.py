"""How does the bot stay connected to Discord?

One client for everything: messages go out by REST and need no gateway, commands come in by the gateway, which is kept
open in the background. A token that is refused is said once, and tried again now and then: everything else of
Stancewatch goes on without Discord.

Refuses to do: no privileged intent is asked for; the library resumes sessions and waits out rate limits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import discord
import structlog

from bot.errors import DeliveryError, StancewatchError, UndeliverableError
from handlers.discord.faults import REFUSED, translated

log = structlog.get_logger()

REFUSED_PAUSE = 600.0
"""Seconds before a token that was refused is tried again: Discord locks out those who keep on."""

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
LONGEST_WAIT = 30.0
"""Seconds of a rate limit that the library waits out; a longer one goes back to whoever delivers."""

_AUTHENTICATION_FAILED = 4004


class Line:
    """The connection.

    Args:
        token: of the bot.
        dress: gives a new client its commands and listeners.
    """

    def __init__(self, token: str, dress: Callable[[discord.Client], None]) -> None:
        self._token = token
        self._dress = dress
        self._turn = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None
        self._ask_again = 0.0
        self.client = self._new()

    def open(self) -> None:
        """Begin to keep the gateway open."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep(), name="discord gateway")

    async def ready(self) -> discord.Client:
        """Return the client, logged in.

        Raises:
            UndeliverableError: the token is refused.
            DeliveryError: Discord is out of reach.
        """
        async with self._turn:
            if self.client.is_closed():
                self.client = self._new()
            if self.client.user is None:
                await self._login()
            return self.client

    async def close(self) -> None:
        """Let go of the gateway and of all connections."""
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None
        if self.client.user is not None and not self.client.is_closed():
            await self.client.close()

    def _new(self) -> discord.Client:
        client = discord.Client(
            intents=discord.Intents(guilds=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            # Nothing here needs to know every server before the first command is heard.
            guild_ready_timeout=0.2,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self._dress(client)
        return client

    async def _login(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() < self._ask_again:
            raise UndeliverableError(REFUSED)
        try:
            with translated("-"):
                await self.client.login(self._token)
        except discord.LoginFailure as error:
            self._ask_again = loop.time() + REFUSED_PAUSE
            await self._drop()
            raise UndeliverableError(REFUSED) from error
        except BaseException:
            await self._drop()
            raise

    async def _drop(self) -> None:
        """Let go of a client that could not log in, and of its connections."""
        await self.client.http.close()
        self.client = self._new()

    async def _keep(self) -> None:
        pause, told = FIRST_PAUSE, ""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            trouble = await self._connected()
            if trouble is None:
                return
            if loop.time() - began > LONGEST_PAUSE:
                # A connection that stood for a while begins the waits, and the telling, anew.
                pause, told = FIRST_PAUSE, ""
            if str(trouble) != told:
                told = str(trouble)
                log.error("discord_not_connected", error=told)
            refused = isinstance(trouble, UndeliverableError)
            await asyncio.sleep(REFUSED_PAUSE if refused else pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _connected(self) -> StancewatchError | None:
        """Hold the gateway open for as long as that works; return why it ended, None when it was closed by us."""
        try:
            client = await self.ready()
            await client.connect(reconnect=True)
        except StancewatchError as error:
            return error
        except discord.ConnectionClosed as error:
            if error.code == _AUTHENTICATION_FAILED:
                return UndeliverableError(REFUSED)
            return DeliveryError(f"discord: the gateway closed with {error.code}; connecting again")
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, AttributeError) as error:
            # AttributeError: the library's own, when the very first connection is refused.
            return DeliveryError(f"discord: the gateway is out of reach ({type(error).__name__}); connecting again")
        except Exception as error:
            # A fault of the library's, or an answer that is not Discord's, must not cost the commands for good.
            log.exception("discord_gateway_crashed")
            await self.client.close()
            return DeliveryError(f"discord: the gateway failed ({type(error).__name__}); connecting again")
        return None


class _OneLine(logging.Filter):
    """Keeps the library's word that it reconnects, and drops the stack below it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR and str(record.msg).startswith("Attempting a reconnect"):
            record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        return True


logging.getLogger("discord.client").addFilter(_OneLine())
# No voice is wanted, so nobody needs to hear of the libraries that it lacks.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False
