"""How are notices shown in Discord's channels?

By REST, whether or not the gateway is open. A message is sent under a nonce that is the delivery's own, so that a
try which Discord took although we never heard of it is not posted twice.

Refuses to do: it decides neither who is told nor when to try again; whom a route wakes is woken once, by the first
message, and by nothing that a feed wrote.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

import discord
import structlog

from bot.domain import Alert, Brief, Delivery, Notice, Storyline, Trouble
from bot.errors import PermanentError, StancewatchError, UndeliverableError
from bot.ports import Desk
from handlers.card import card_of
from handlers.discord import checking, mentions
from handlers.discord.faults import INVALID_FORM, UNKNOWN_MESSAGE, translated
from handlers.discord.layout import embed, layout, row
from handlers.discord.line import Line
from handlers.discord.render import alert_sheet, brief_sheet, trouble_sheet
from handlers.discord.sheet import Sheet

log = structlog.get_logger()

PLATFORM = "discord"
_LAYOUT, _EMBED = "layout", "embed"
_REF = re.compile(rf"({_LAYOUT}|{_EMBED}):(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class DiscordNotifier:
    """Shows notices in channels, and hears commands once it is started.

    Args:
        desk: knows the routes, for `problems`; None without a store.
    """

    storyline: Storyline
    line: Line = field(repr=False)
    desk: Desk | None = field(default=None, repr=False)
    platform: str = PLATFORM

    async def start(self) -> None:
        """Connect to the gateway in the background."""
        self.line.open()

    async def close(self) -> None:
        """Let go of all connections."""
        await self.line.close()

    async def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the token, the application, the channels and the bot's rights in them."""
        routes = await self.desk.routes(PLATFORM, "") if self.desk else ()
        return await checking.problems(self.line, routes)

    async def setup(self) -> tuple[str, ...]:
        """Return the address that invites the bot; nothing while the token is refused, which `problems` says."""
        try:
            return (f"invite the bot to a server: {await self.invite()}",)
        except StancewatchError:
            return ()

    async def invite(self) -> str:
        """Return the address that adds the bot to a server with exactly the rights it uses.

        Raises:
            UndeliverableError: the token is refused.
            DeliveryError: Discord is out of reach.
        """
        client = await self.line.ready()
        return checking.invite(client.application_id or 0)

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        """Post a notice and wake whom its route names; the reference says how it was posted and where."""
        client = await self.line.ready()
        channel = client.get_partial_messageable(_number(delivery.channel))
        sheet = self._sheet(delivery, notice)
        allowed = mentions.allowed(delivery.mention)
        named = mentions.written(delivery.mention)
        nonce = _nonce(delivery)
        with translated(delivery.channel):
            try:
                message = await channel.send(view=layout(sheet, named), allowed_mentions=allowed, nonce=nonce)
            except discord.HTTPException as error:
                if error.code != INVALID_FORM:
                    raise
                log.warning("discord_layout_refused", error=error.text, alert=notice.id, channel=delivery.channel)
                message = await channel.send(
                    named or None, embed=embed(sheet), view=row(sheet), allowed_mentions=allowed, nonce=nonce
                )
                return f"{_EMBED}:{channel.id}:{message.id}"
        ref = f"{_LAYOUT}:{channel.id}:{message.id}"
        if _shows_other(message, sheet):
            await self.edit(replace(delivery, ref=ref), notice)
        return ref

    async def edit(self, delivery: Delivery, notice: Notice) -> None:
        """Bring a message up to date; nobody is woken, and one that somebody deleted stays deleted."""
        found = _REF.fullmatch(delivery.ref)
        if found is None:
            raise PermanentError(f"discord: {delivery.ref!r} is no reference of a message of ours")
        client = await self.line.ready()
        channel = client.get_partial_messageable(int(found[2]))
        message = channel.get_partial_message(int(found[3]))
        sheet = self._sheet(delivery, notice)
        named = mentions.written(delivery.mention)
        nobody = discord.AllowedMentions.none()
        with translated(delivery.channel):
            try:
                if found[1] == _LAYOUT:
                    await message.edit(view=layout(sheet, named), allowed_mentions=nobody)
                else:
                    await message.edit(
                        content=named or None, embed=embed(sheet), view=row(sheet), allowed_mentions=nobody
                    )
            except discord.NotFound as error:
                if error.code != UNKNOWN_MESSAGE:
                    raise
                log.info("discord_message_deleted", alert=notice.id, channel=delivery.channel)

    def _sheet(self, delivery: Delivery, notice: Notice) -> Sheet:
        card = card_of(notice, self.storyline, delivery.language)
        match notice:
            case Alert():
                return alert_sheet(card, delivery.id)
            case Brief():
                return brief_sheet(card, notice.as_of - notice.since)
            case Trouble():
                return trouble_sheet(card)


def _number(channel: str) -> int:
    if not (channel.isascii() and channel.isdecimal()) or len(channel) > 20:
        raise UndeliverableError(
            f"discord: {channel!r} is no channel; a route names it by its number (Developer Mode, Copy Channel ID)"
        )
    return int(channel)


def _nonce(delivery: Delivery) -> str:
    """Return a name of the first post of a delivery, of at most 25 characters."""
    told = f"{delivery.kind} {delivery.subject} {delivery.channel} {delivery.id}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _shows_other(message: discord.Message, sheet: Sheet) -> bool:
    """Tell whether Discord answered with an earlier message of this delivery, which shows another version."""
    ours = {button.ident for button in sheet.buttons if button.ident}
    shown = {ident for part in message.components for ident in _idents(part)}
    return bool(ours and shown and not ours & shown)


def _idents(component: object) -> list[str]:
    own = getattr(component, "custom_id", None)
    inner = [ident for child in getattr(component, "children", ()) for ident in _idents(child)]
    return [own, *inner] if own else inner
