"""Does Discord offer the commands that this version has?

Discord itself is asked what it offers, and told only when that differs: so commands are written once a version, by
however many starts, and mend themselves when somebody deleted them.

Refuses to do: commands of single servers are left alone; these are offered everywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.http import Route

from handlers.discord.words import Translator

log = structlog.get_logger()

_COMPARED = frozenset(
    [
        "autocomplete",
        "channel_types",
        "choices",
        "contexts",
        "default_member_permissions",
        "description",
        "description_localizations",
        "max_length",
        "max_value",
        "min_length",
        "min_value",
        "name",
        "name_localizations",
        "options",
        "required",
        "type",
        "value",
    ]
)
"""What we decide; the rest Discord adds, such as ids and versions."""

_LEAVES = frozenset(["name_localizations", "description_localizations", "value"])
_CHAT_INPUT = 1
_PAUSES = (0.0, 10.0, 60.0, 300.0, 900.0)
"""Seconds before each try; the next connection begins anew."""


async def offered(tree: app_commands.CommandTree[discord.Client]) -> dict[str, int]:
    """Make Discord offer the commands of a tree, however often that takes; return their ids by name."""
    for pause in _PAUSES:
        await asyncio.sleep(pause)
        try:
            return await reconcile(tree)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("discord_commands_not_synced", error=str(error) or type(error).__name__)
    return {}


async def reconcile(tree: app_commands.CommandTree[discord.Client]) -> dict[str, int]:
    """Make Discord offer the commands of a tree; return their ids by name.

    Raises:
        discord.HTTPException: Discord does not answer, or does not take them.
    """
    translator = Translator()
    await tree.set_translator(translator)
    wanted = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    http, application = tree.client.http, tree.client.application_id
    if application is None:
        raise app_commands.MissingApplicationID
    # The library's own call leaves the translations out.
    route = Route("GET", "/applications/{application_id}/commands", application_id=application)
    present = await http.request(route, params={"with_localizations": "true"})
    if not same(wanted, present):
        present = await http.bulk_upsert_global_commands(application, payload=wanted)
        log.info("discord_commands_synced", commands=len(present))
    return {str(command["name"]): int(command["id"]) for command in present}


def same(wanted: Sequence[Mapping[str, object]], present: Sequence[Mapping[str, object]]) -> bool:
    """Tell whether what Discord offers is what is wanted, whatever Discord adds of its own. Pure."""
    return _by_name(wanted) == _by_name(present)


def _by_name(commands: Sequence[Mapping[str, object]]) -> dict[object, object]:
    return {(command.get("type") or _CHAT_INPUT, command["name"]): _bare(command) for command in commands}


def _bare(value: object) -> object:
    """Return a value without what is absent, off or Discord's own."""
    if isinstance(value, Mapping):
        kept = {
            key: part if key in _LEAVES else _bare(part)
            for key, part in value.items()
            if key in _COMPARED and part not in (None, False, [], {}, ())
        }
        if "default_member_permissions" in kept:
            kept["default_member_permissions"] = str(kept["default_member_permissions"])
        return kept
    if isinstance(value, list | tuple):
        return [_bare(part) for part in value]
    return value
