"""Is the bot set up well on Discord?

Asked by REST alone, so that it works beside a bot that runs and without one: the token, how the application is set
up, and for every channel of a route whether the bot sees it, may write there and can wake whom the route names.

Refuses to do: nothing is posted and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import discord

from bot.domain import Route
from bot.errors import StancewatchError
from handlers.discord import mentions
from handlers.discord.faults import translated
from handlers.discord.line import Line

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    # What a channel shows is looked up before anything is sent a second time.
    read_message_history=True,
    # What becomes of an alert is told in its thread.
    create_public_threads=True,
)
"""Everything that the bot does needs no more than this."""

SCOPES = ("bot", "applications.commands")

_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History (without it a message may come twice after a crash)",
    "create_public_threads": "Create Public Threads (without it news of an alert is a reply)",
}


def invite(application: int) -> str:
    """Return the address that adds the bot to a server with exactly the rights it uses."""
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=SCOPES)


def lacking(held: discord.Permissions, *, thread: bool) -> tuple[str, ...]:
    """Return the names of the rights that the bot uses in a channel and that are not held."""
    spare = {"send_messages", "create_public_threads"} if thread else set()
    return tuple(name for flag, name in _NAMES.items() if flag not in spare and not getattr(held, flag))


def closed(held: discord.Permissions, *, thread: bool) -> tuple[str, ...]:
    """Return the names of the rights that are not held and without which nothing can be posted at all."""
    vital = ("view_channel", "send_messages_in_threads" if thread else "send_messages", "embed_links")
    return tuple(_NAMES[flag] for flag in vital if not getattr(held, flag))


async def problems(line: Line, routes: Sequence[Route]) -> tuple[str, ...]:
    """Return what is wrong, a line each with what to do.

    Args:
        routes: those that lead to Discord.
    """
    try:
        client = await line.ready()
    except StancewatchError as error:
        return (str(error),)
    found = list(_application(client))
    by_channel: dict[str, list[Route]] = {}
    for route in routes:
        by_channel.setdefault(route.channel, []).append(route)
    for channel, leading in by_channel.items():
        try:
            found += await _channel(client, channel, leading)
        except StancewatchError as error:
            found.append(f"{error} (route {leading[0].name}; invite: {invite(client.application_id or 0)})")
    return tuple(found)


def _application(client: discord.Client) -> Iterator[str]:
    application = client.application
    if application is None:
        return
    if application.interactions_endpoint_url:
        yield (
            "discord: the application sends commands to an address of its own; clear Interactions Endpoint URL in the "
            "Developer Portal (General Information), or no command reaches the bot"
        )
    if application.bot_require_code_grant:
        yield (
            "discord: the application asks for a code grant, so nobody can invite the bot; switch Requires OAuth2 Code "
            "Grant off in the Developer Portal (Bot)"
        )


async def _channel(client: discord.Client, channel: str, routes: Iterable[Route]) -> list[str]:
    """Return what is wrong with one channel; StancewatchError when it cannot be looked at."""
    if not channel.isdecimal():
        return [f"discord: {channel!r} is no channel; a route names it by its number (Copy Channel ID)"]
    with translated(channel):
        seen = await client.fetch_channel(int(channel))
        if isinstance(seen, discord.abc.PrivateChannel):
            return []
        guild = await client.fetch_guild(seen.guild.id)
        # Once more, now that the server and its roles are known: rights are reckoned from them.
        place = await guild.fetch_channel(seen.id)
        parent = await guild.fetch_channel(place.parent_id) if isinstance(place, discord.Thread) else place
        me = await guild.fetch_member(client.user.id if client.user else 0)
    held = parent.permissions_for(me)
    missing = lacking(held, thread=isinstance(place, discord.Thread))
    found = [f"discord: channel {channel} (#{place.name}): allow the bot {', '.join(missing)}"] if missing else []
    if isinstance(place, discord.Thread) and place.locked:
        found.append(f"discord: channel {channel} (#{place.name}): the thread is locked; unlock it, or name another")
    if isinstance(place, discord.CategoryChannel | discord.ForumChannel):
        found.append(f"discord: channel {channel} (#{place.name}): no messages can be sent here; name a text channel")
    for route in routes:
        found += _mention(route, guild, held)
    return found


def _mention(route: Route, guild: discord.Guild, held: discord.Permissions) -> list[str]:
    if not route.mention:
        return []
    where = f"discord: route {route.name} wakes {route.mention!r}:"
    if not mentions.written(route.mention):
        return [f"{where} write a role as <@&ID> or a person as <@ID>; @everyone and @here are never woken"]
    number = mentions.role_of(route.mention)
    if not number:
        return []
    role = guild.get_role(number)
    if role is None:
        return [f"{where} the server has no such role; name one by its number (Copy Role ID)"]
    if not role.mentionable and not held.mention_everyone:
        return [f"{where} let anyone mention @{role.name} in the server's role settings, or nobody is woken"]
    return []
