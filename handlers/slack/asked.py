"""Who asks what, where, and to which address does the answer go?

Refuses to do: nothing is looked up here: what Slack sends is read as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import Asker, Rank
from handlers.texts import say

PLATFORM = "slack"

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody's question.

    Args:
        text: what was typed after the command, or the value of the button or of the choice.
        number: Slack's own of the interaction (trigger_id): the same when it sends one twice, and opens a form.
        address: where the answer is posted.
        language, zone: of the channel's first route.
        replace: the answer takes the place of the message whose button was pressed.
        press: what was pressed, by whom, below which message: the same for a double click; "" for what was typed.
    """

    channel: str
    user: str
    text: str
    direct: bool
    number: str = ""
    address: str = ""
    language: str = "en"
    zone: ZoneInfo = _UTC
    replace: bool = False
    press: str = ""

    def say(self, key: str, **fields: object) -> str:
        """Return a text in the channel's language."""
        return say(self.language, key, **fields)

    def as_asker(self, rank: Rank) -> Asker:
        """Return who asks, with what they are here."""
        return Asker(PLATFORM, self.user, self.channel, rank)

    @property
    def who(self) -> str:
        """Who asks, in mrkdwn."""
        return f"<@{self.user}>"


def from_command(command: Mapping[str, Any]) -> Asked:
    """Return what a slash command asks."""
    channel = str(command["channel_id"])
    return Asked(
        channel=channel,
        user=command["user_id"],
        text=command.get("text") or "",
        direct=command.get("channel_name") == "directmessage" or channel.startswith("D"),
        number=str(command.get("trigger_id", "")),
        address=command["response_url"],
    )


def from_press(body: Mapping[str, Any]) -> Asked:
    """Return what a press or a choice asks; an answer to somebody's own brief takes its place, others do not."""
    channel = str((body.get("channel") or {}).get("id", ""))
    action = body["actions"][0]
    chosen = (action.get("selected_option") or {}).get("value")
    text, user = chosen or action.get("value") or "", body["user"]["id"]
    container = body.get("container") or {}
    return Asked(
        channel=channel,
        user=user,
        text=text,
        direct=channel.startswith("D"),
        number=str(body.get("trigger_id", "")),
        address=body["response_url"],
        replace=bool(container.get("is_ephemeral")),
        press=" ".join((user, channel, str(container.get("message_ts", "")), str(action.get("action_id", "")), text)),
    )


def at_once(body: Mapping[str, Any]) -> bool:
    """Tell whether what Slack sends is acknowledged whatever comes of it; a form is not: it may have to stay open."""
    return "command" in body or body.get("type") == "block_actions"
