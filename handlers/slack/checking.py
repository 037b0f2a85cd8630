"""What is wrong with tokens, scopes and channels, and what mends it?

Refuses to do: nothing is posted.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.errors import StancewatchError
from handlers.slack.web import Web

MANIFEST = Path(__file__).with_name("manifest.yml")
"""The Slack app to create: its scopes are exactly those that are used."""


def wanted_scopes() -> frozenset[str]:
    """Return the scopes of the bot token, as the manifest has them."""
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


async def problems(web: Web, app_token: str, channels: Iterable[str], *, by_http: bool) -> tuple[str, ...]:
    """Return what is wrong, a line each with what to do; no line when all is well.

    Args:
        app_token: for Socket Mode; not tried where requests come over HTTP.
        channels: ids of the channels that routes lead to.
    """
    try:
        me = await web.who_am_i()
    except StancewatchError as error:
        return (str(error),)
    granted = str(me.headers.get("x-oauth-scopes", ""))
    found = _scope_problems(granted)
    if not by_http:
        found += await _socket_problems(web, app_token)
    for channel in dict.fromkeys(channels):
        found += await _channel_problems(web, channel, look=not _histories(_lacking(granted)))
    return tuple(found)


def _scope_problems(granted: str) -> list[str]:
    """Compare the scopes that Slack names in the header of every answer with those of the manifest."""
    lacking = _lacking(granted)
    if not lacking:
        return []
    names, cost = ", ".join(lacking), f" ({UNSURE})" if _histories(lacking) else ""
    todo = f"add under OAuth & Permissions what {MANIFEST} lists, and reinstall it"
    return [f"slack: the app lacks {names}{cost}; {todo}"]


def _lacking(granted: str) -> list[str]:
    return sorted(wanted_scopes() - {scope.strip() for scope in granted.split(",")})


def _histories(scopes: Iterable[str]) -> list[str]:
    return [scope for scope in scopes if scope.endswith(":history")]


async def _socket_problems(web: Web, app_token: str) -> list[str]:
    if not app_token:
        return [NO_WAY_TO_HEAR]
    try:
        await web.socket_address(app_token)
    except StancewatchError as error:
        return [
            f"{error}; STANCEWATCH_SLACK_APP_TOKEN needs an app-level token with connections:write, and Socket Mode on"
        ]
    return []


async def _channel_problems(web: Web, channel: str, *, look: bool) -> list[str]:
    """Return what is wrong with one channel.

    Args:
        look: whether to try if its history can be read.
    """
    try:
        found = await web.channel(channel)
    except StancewatchError as error:
        return [str(error)]
    name = f"#{found.get('name', channel)} ({channel})"
    if found.get("is_archived"):
        return [f"slack {name}: the channel is archived; unarchive it or name another"]
    if not found.get("is_member") and not found.get("is_im"):
        return [f"slack {name}: the bot is not in the channel; type /invite @stancewatch in it"]
    try:
        if look:
            await web.history(channel, time.time() - 1, time.time())
    except StancewatchError as error:
        return [f"{error} ({UNSURE})"]
    return []


UNSURE = "without the history of a channel a message may come twice after a crash"
"""What a channel is looked through for: whether it shows already what was sent and never answered."""

NO_WAY_TO_HEAR = (
    "slack: commands are not heard; set STANCEWATCH_SLACK_APP_TOKEN (xapp-, for Socket Mode), or "
    "STANCEWATCH_SLACK_SIGNING_SECRET and STANCEWATCH_SLACK_HTTP_PORT"
)
