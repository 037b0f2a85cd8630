"""A Discord with people of every rank, and what its answers show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle
from simcord.results import InteractionResult


@dataclass
class Place:
    """A channel with a member, somebody who may manage it, and an admin of the server."""

    channel: ChannelHandle
    ann: MemberActor
    chief: MemberActor
    admin: MemberActor
    role: RoleHandle


def made(env: simcord.Env) -> Place:
    """Make a server with a channel and people."""
    guild = env.create_guild("Desk")
    seeing = {"view_channel": True, "use_application_commands": True}
    chiefs = guild.create_role("chiefs", permissions=discord.Permissions(**seeing, manage_channels=True))
    admins = guild.create_role("admins", permissions=discord.Permissions(**seeing, manage_guild=True))
    chief = guild.add_member(env.create_user("chief"), roles=[chiefs])
    admin = guild.add_member(env.create_user("admin"), roles=[admins])
    channel = guild.create_text_channel("alerts")
    return Place(channel, guild.add_member(env.create_user("ann")), chief, admin, chiefs)


def texts(result: InteractionResult) -> str:
    """Return all that an answer shows."""
    shown = [message for message in (result.response, *result.followups) if message]
    return "\n".join(text for message in shown for text in (message.content, *contents(message.components)))


def contents(components: list[dict[str, Any]]) -> Iterator[str]:
    """Yield every text of a message's components."""
    for component in components:
        if "content" in component:
            yield component["content"]
        yield from contents(component.get("components", []))


def choices(components: list[dict[str, Any]]) -> dict[str, str]:
    """Return the words of a message's menu, and the value of each."""
    found: dict[str, str] = {}
    for component in components:
        found |= {option["label"]: option["value"] for option in component.get("options", [])}
        found |= choices(component.get("components", []))
    return found
