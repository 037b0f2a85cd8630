"""Which messages of a channel are a delivery's?

Every message carries metadata with the id of its delivery, which only apps see (Slack's guide to message metadata).

Refuses to do: a message without our metadata is never ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain import Delivery, News, Notice
from handlers.slack.faults import MessageGoneError
from handlers.slack.web import Web

EVENT_TYPE = "stancewatch_delivery"
"""Of the metadata by which a message of ours is known again."""


def metadata(delivery: Delivery, notice: Notice | News) -> dict[str, Any]:
    """Return what a message carries."""
    payload = {"delivery": str(delivery.id), str(delivery.kind): notice.id, "version": notice.version}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


async def found(web: Web, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
    """Return the references of a delivery's messages in its channel or thread, the oldest first.

    Raises:
        UndeliverableError: the app may not read the channel's history.
        DeliveryError: it may work later.
    """
    thread = delivery.thread.partition("/")[2]
    kept = await web.history(delivery.channel, since.timestamp(), until.timestamp(), thread)
    ours = sorted(str(message["ts"]) for message in kept if _is(message, delivery.id))
    return tuple(f"{delivery.channel}/{ts}" for ts in ours)


async def removed(web: Web, ref: str) -> None:
    """Delete a message of ours; one that is gone already is no error."""
    channel, _, ts = ref.partition("/")
    try:
        await web.delete(channel, ts)
    except MessageGoneError:
        return


def _is(message: Mapping[str, Any], delivery: int) -> bool:
    carried = message.get("metadata") or {}
    payload = carried.get("event_payload") or {}
    return carried.get("event_type") == EVENT_TYPE and payload.get("delivery") == str(delivery)
