"""What does the bot answer, and who sees it?

Every answer is acknowledged before anything else is done, so that no load makes Discord give up on it; the work
follows, so much of it at a time. What would fill a channel is shown to the asker alone; so are words that make no
sense. What Discord says twice is answered once, a double click too, and nobody can keep the bot busy alone.

Refuses to do: nothing is read, fetched or decided here; the desk answers from what is stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import aiohttp
import discord
import structlog
from discord import ui

from bot.errors import DeliveryError, InputError, StancewatchError, StoreBusyError
from bot.ports import Desk
from handlers.acting import refusal
from handlers.crowd import Turnstile
from handlers.discord.escape import escape
from handlers.discord.layout import files, layout
from handlers.discord.notifier import PLATFORM
from handlers.discord.sheet import Sheet
from handlers.discord.words import spoken
from handlers.moments import zone_of
from handlers.plain import plain
from handlers.texts import say

log = structlog.get_logger()

LOST = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What is raised when Discord is not there to take an answer, or no longer waits for it."""

_LONGEST_REFUSAL = 900

Asked = discord.Interaction[discord.Client]
Work = Callable[[str], Awaitable[Sequence[Sheet]]]
"""Takes the language of the answer, returns its messages."""

Question = Callable[[str], Work]
"""Takes the asker's language, returns the work; waits for nothing. InputError for words that make no sense."""


@dataclass(frozen=True, slots=True)
class Reception:
    """Takes every question once.

    Args:
        turnstile: lets each interaction in once, and each person so often.
    """

    desk: Desk
    turnstile: Turnstile = field(default_factory=Turnstile)

    async def answer(self, asked: Asked, question: Question, *, alone: bool) -> None:
        """Acknowledge, do the work, and show what came of it; never raises.

        Args:
            alone: only the asker sees the answer.
        """
        name = asked.command.qualified_name if asked.command else "button"
        if not self.turnstile.first(str(asked.id)):
            log.info("discord_interaction_repeated", command=name)
            return
        with self.turnstile.pressing(_press(asked)) as pressed:
            if pressed:
                await self._answer(asked, question, name, alone=alone)
            else:
                await _hush(asked)

    async def open(self, asked: Asked, made: Callable[[str], ui.Modal]) -> None:
        """Answer with a form; never raises.

        Args:
            made: takes the asker's language; waits for nothing. InputError where they may not have it.
        """
        own = spoken(asked.locale)
        if not self.turnstile.first(str(asked.id)):
            log.info("discord_interaction_repeated", command="form")
            return
        try:
            await self._admit(asked, own)
            await asked.response.send_modal(made(own))
        except InputError as error:
            await refuse(asked, refusal(error, own))
        except LOST as error:
            log.warning("discord_not_acknowledged", command="form", error=str(error) or type(error).__name__)
        except Exception:
            log.exception("discord_command_crashed", command="form")
            await refuse(asked, say(own, "discord.broken"))

    async def _answer(self, asked: Asked, question: Question, name: str, *, alone: bool) -> None:
        own = spoken(asked.locale)
        try:
            await self._admit(asked, own)
            work = question(own)
            await asked.response.defer(ephemeral=alone, thinking=True)
        except InputError as error:
            await refuse(asked, refusal(error, own))
        except LOST as error:
            # Too late or answered already: nothing can be shown any more.
            log.warning("discord_not_acknowledged", command=name, error=str(error) or type(error).__name__)
        except Exception:
            log.exception("discord_command_crashed", command=name)
            await refuse(asked, say(own, "discord.broken"))
        else:
            await self._work(asked, work, name, alone=alone)

    async def _admit(self, asked: Asked, own: str) -> None:
        """Raise InputError when somebody asks too often."""
        if not await self.turnstile.admits(str(asked.user.id)):
            raise InputError(say(own, "act.slow"))

    async def _work(self, asked: Asked, work: Work, name: str, *, alone: bool) -> None:
        language = spoken(asked.locale)
        try:
            async with self.turnstile.room:
                language = await tongue(asked, self.desk)
                sheets = await work(language)
            await show(asked, sheets, alone=alone)
        except InputError as error:
            await refuse(asked, refusal(error, language))
        except (DeliveryError, StoreBusyError) as error:
            log.warning("discord_command_failed", command=name, error=str(error))
            await refuse(asked, say(language, "discord.busy"))
        except StancewatchError as error:
            # An address that cannot be watched, a picture that was not drawn: one line that says why.
            log.info("discord_command_failed", command=name, error=str(error))
            await refuse(asked, str(error))
        except LOST as error:
            log.warning("discord_answer_lost", command=name, error=str(error) or type(error).__name__)
        except Exception:
            log.exception("discord_command_crashed", command=name)
            await refuse(asked, say(language, "discord.broken"))


def _press(asked: Asked) -> str:
    """Return what was pressed or chosen, by whom, below which message; "" for what was typed."""
    if asked.type is not discord.InteractionType.component or asked.message is None:
        return ""
    given: Mapping[str, object] = asked.data or {}
    return f"{asked.user.id} {asked.message.id} {given.get('custom_id')} {given.get('values')}"


async def _hush(asked: Asked) -> None:
    """Acknowledge the second half of a double click, which the answer to the first half answers."""
    try:
        await asked.response.defer()
    except LOST as error:
        log.warning("discord_not_acknowledged", command="button", error=str(error) or type(error).__name__)


async def tongue(asked: Asked, desk: Desk) -> str:
    """Return the language of a channel, that of its routes; where it has none that of the asker."""
    routes = await desk.routes(PLATFORM, channel_of(asked))
    return routes[0].language if routes else spoken(asked.locale)


async def zone(asked: Asked, desk: Desk) -> ZoneInfo:
    """Return the time zone of a channel, that of its routes; where it has none UTC."""
    routes = await desk.routes(PLATFORM, channel_of(asked))
    return zone_of(routes[0].timezone if routes else "UTC")


async def show(asked: Asked, sheets: Sequence[Sheet], *, alone: bool) -> None:
    """Send the messages of an answer; the first one takes the place of "thinking"."""
    for sheet in sheets:
        view: ui.LayoutView = layout(sheet)
        nobody = discord.AllowedMentions.none()
        await asked.followup.send(view=view, files=files(sheet), ephemeral=alone, allowed_mentions=nobody)


def channel_of(asked: Asked) -> str:
    """Return the id of the channel that a question was asked in."""
    return str(asked.channel_id or 0)


async def refuse(asked: Asked, why: str) -> None:
    """Say why there is no answer, to the asker alone as far as that is known before any work."""
    said = f"⚠️ {escape(plain(why, _LONGEST_REFUSAL))}"
    nobody = discord.AllowedMentions.none()
    try:
        if not asked.response.is_done():
            await asked.response.send_message(said, ephemeral=True, allowed_mentions=nobody)
        else:
            # It takes the place of the acknowledgement, and is seen by whom that was seen.
            await asked.followup.send(said, allowed_mentions=nobody)
    except LOST as error:
        log.warning("discord_answer_lost", error=str(error) or type(error).__name__)
