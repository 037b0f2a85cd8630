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
from datetime import datetime
from typing import TypedDict

import discord
import structlog

from bot.domain import Alert, Brief, Bundle, Delivery, News, Notice, Storyline, Trouble
from bot.errors import PermanentError, StancewatchError, UndeliverableError
from bot.ports import Desk
from handlers.card import card_of, card_of_news
from handlers.discord import checking, history, mentions, threads
from handlers.discord.faults import INVALID_FORM, UNKNOWN_MESSAGE, translated
from handlers.discord.history import EMBED, LAYOUT
from handlers.discord.layout import embed, layout, row
from handlers.discord.line import Line
from handlers.discord.render import alert_sheet, brief_sheet, bundle_sheet, news_sheet, trouble_sheet
from handlers.discord.sheet import Sheet

log = structlog.get_logger()

PLATFORM = "discord"
_REF = re.compile(rf"({LAYOUT}|{EMBED}):(\d+):(\d+)")


class _Given(TypedDict, total=False):
    """What every form of a message is sent with."""

    allowed_mentions: discord.AllowedMentions
    nonce: str
    reference: discord.MessageReference


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
        post = _Post(sheet, delivery.mention, _nonce(delivery), delivery.id)
        with translated(delivery.channel):
            message, form = await post.to(channel)
        ref = f"{form}:{channel.id}:{message.id}"
        if form == LAYOUT and _shows_other(message, sheet):
            await self.edit(replace(delivery, ref=ref), notice)
        return ref

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
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

        async def change() -> None:
            if found[1] == LAYOUT:
                view = layout(sheet, named, history.number_of(delivery.id))
                await message.edit(view=view, allowed_mentions=nobody)
            else:
                marked = embed(sheet, history.mark_of(delivery.id))
                await message.edit(content=named or None, embed=marked, view=row(sheet), allowed_mentions=nobody)

        with translated(delivery.channel):
            try:
                await threads.reopening(client, channel.id, change)
            except discord.NotFound as error:
                if error.code != UNKNOWN_MESSAGE:
                    raise
                log.info("discord_message_deleted", alert=notice.id, channel=delivery.channel)
                return False
        return True

    async def tell(self, delivery: Delivery, news: News) -> str:
        """Say in the thread of a message what has become of its alert, and wake whom the news names."""
        found = _REF.fullmatch(delivery.thread)
        if found is None:
            raise PermanentError(f"discord: {delivery.thread!r} is no reference of a message of ours")
        spot = threads.Spot(await self.line.ready(), int(found[2]), int(found[3]))
        sheet = news_sheet(card_of_news(news, self.storyline, delivery.language))
        alert = news.alert
        post = _Post(sheet, news.mention, _nonce(delivery), delivery.id)
        with translated(delivery.channel):
            told = await threads.tell(spot, sheet.title, post.below)
        if not told:
            log.info("discord_message_deleted", alert=alert.id, channel=delivery.channel)
        return told

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the references of a delivery's messages, as its channel shows them."""
        client = await self.line.ready()
        places = [client.get_partial_messageable(_number(delivery.channel))]
        if below := _REF.fullmatch(delivery.thread):
            # A thread has the number of its message; where there is none, the news is a reply in the channel.
            places.append(client.get_partial_messageable(int(below[3])))
        refs = [ref for place in places for ref in await history.found(client, place, delivery, since, until)]
        return tuple(refs)

    async def remove(self, delivery: Delivery, ref: str) -> None:
        """Delete a message of ours."""
        found = _REF.fullmatch(ref)
        if found is None:
            raise PermanentError(f"discord: {ref!r} is no reference of a message of ours")
        client = await self.line.ready()
        await history.removed(client.get_partial_messageable(int(found[2])), delivery, int(found[3]))

    def _sheet(self, delivery: Delivery, notice: Notice) -> Sheet:
        card = card_of(notice, self.storyline, delivery.language)
        match notice:
            case Alert():
                return alert_sheet(card, delivery.id)
            case Brief():
                return brief_sheet(card, notice.as_of - notice.since)
            case Bundle():
                return bundle_sheet(card, delivery.id)
            case Trouble():
                return trouble_sheet(card)


@dataclass(frozen=True, slots=True)
class _Post:
    """A message that may be posted as often as it takes.

    Args:
        nonce: under which Discord takes it once.
        delivery: id by which it is known again.
    """

    sheet: Sheet
    mention: str
    nonce: str
    delivery: int

    async def to(
        self, place: discord.abc.Messageable, answering: discord.MessageReference | None = None
    ) -> tuple[discord.Message, str]:
        """Post it and return in which form it was taken; as an embed where layouts are refused."""
        named = mentions.written(self.mention)
        given: _Given = {"allowed_mentions": mentions.allowed(self.mention), "nonce": self.nonce}
        if answering is not None:
            given["reference"] = answering
        number, mark = history.number_of(self.delivery), history.mark_of(self.delivery)
        try:
            return await place.send(view=layout(self.sheet, named, number), **given), LAYOUT
        except discord.HTTPException as error:
            if error.code != INVALID_FORM:
                raise
            log.warning("discord_layout_refused", error=error.text, message=self.sheet.title)
        return await place.send(named or None, embed=embed(self.sheet, mark), view=row(self.sheet), **given), EMBED

    async def below(self, place: discord.abc.Messageable, answering: discord.MessageReference | None) -> str:
        """Post it in a thread, or as a reply; return its reference."""
        message, _ = await self.to(place, answering)
        return history.reference(message)


def _number(channel: str) -> int:
    if not (channel.isascii() and channel.isdecimal()) or len(channel) > 20:
        raise UndeliverableError(
            f"discord: {channel!r} is no channel; a route names it by its number (Developer Mode, Copy Channel ID)"
        )
    return int(channel)


def _nonce(delivery: Delivery) -> str:
    """Return a name of the first post of a delivery, of at most 25 characters."""
    return _hashed(f"{delivery.kind} {delivery.subject} {delivery.channel} {delivery.id}")


def _hashed(told: str) -> str:
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
