"""How are notices shown in Slack, and questions asked there answered?

Notices as Block Kit messages that are edited in place; `/brief`, `/stancewatch …` and buttons over Socket Mode, or
over signed HTTP. manifest.yml is the Slack app that a team creates for it.

Refuses to do: nothing of a feed formats, mentions or links in a channel; see escape.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain import Storyline
from bot.errors import ConfigError
from bot.ports import Desk
from handlers.slack.asked import PLATFORM
from handlers.slack.checking import MANIFEST
from handlers.slack.notifier import ANY_HOST, Access, SlackNotifier
from handlers.slack.web import DEFAULT_API

__all__ = ["MANIFEST", "PLATFORM", "Access", "SlackNotifier", "build"]


def build(storyline: Storyline, options: Mapping[str, str], desk: Desk | None = None) -> SlackNotifier:
    """Return the notifier of this platform; it opens nothing before it is started or sends.

    Args:
        desk: answers what people ask; None to show notices only.
        options: `bot_token`; `app_token` for Socket Mode, or `signing_secret` with `http_port` (and `http_host`) for
            signed HTTP; `admins` and `channels`, ids separated by commas; `api_url`, of another Slack than slack.com.

    Raises:
        ConfigError: a port that is none, or an address that is none. A missing or wrong token is no such error: the
            rest of the bot goes on without Slack, and `start` and `problems` say so.
    """
    port = options.get("http_port", "") or "0"
    if not port.isdecimal() or int(port) > 65_535:
        raise ConfigError(f"slack: http_port {port!r} is no port; give a number up to 65535")
    api = options.get("api_url", "") or DEFAULT_API
    if not re.match(r"https?://[^/]", api):
        raise ConfigError(f"slack: api_url {api!r} is no web address; leave it out for slack.com")
    access = Access(
        bot_token=options.get("bot_token", "").strip(),
        app_token=options.get("app_token", "").strip(),
        signing_secret=options.get("signing_secret", "").strip(),
        http_host=options.get("http_host", "") or ANY_HOST,
        http_port=int(port),
        api=api.rstrip("/") + "/",
    )
    return SlackNotifier(storyline, access, desk, frozenset(_listed(options, "admins")), _listed(options, "channels"))


def _listed(options: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,\s]+", options.get(name, "")) if part)
