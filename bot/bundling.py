"""Which alerts share one message?

Several shifts within a minute are one post for whoever reads the channel. The first is posted at once, together with
what else is pending there; what follows within a minute joins it by an edit. Each alert keeps its own delivery.

Refuses to do: nothing is sent or stored (bot/deliver.py); how several alerts look in one message is for handlers/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import Delivery, NoticeKind

TOGETHER = timedelta(seconds=60)
"""How long a post is open to those that follow."""

MOST_TOGETHER = 5
"""Alerts in one message: each with its sentence and its quote, they fit a message of every platform."""


class Joining(StrEnum):
    """Why an alert comes into a message, or does not."""

    JOINS = "joins"
    NO_POST = "no-post"
    FULL = "full"
    TOO_LATE = "too-late"
    WAKES_ANOTHER = "wakes-another"
    OTHER_LANGUAGE = "other-language"
    FAILED_BEFORE = "failed-before"


def joining(newcomer: Delivery, message: Sequence[Delivery], now: datetime) -> Joining:
    """Return whether an alert that is not shown yet joins a message that is. Pure.

    An edit wakes nobody: whoever must wake somebody whom the message did not is a post of its own.

    Args:
        message: the deliveries that share it, in the order in which they came into it; empty where there is none.
    """
    if not message:
        return Joining.NO_POST
    if newcomer.attempts:
        return Joining.FAILED_BEFORE
    if len(message) >= MOST_TOGETHER:
        return Joining.FULL
    # Posted in the future it was by a clock that was ahead, and nobody knows how long ago.
    if not timedelta() <= now - min(d.posted for d in message if d.posted) <= TOGETHER:
        return Joining.TOO_LATE
    if newcomer.mention not in {"", mention_of(message)}:
        return Joining.WAKES_ANOTHER
    return Joining.JOINS if _same_look(newcomer, message[0]) else Joining.OTHER_LANGUAGE


def companions(first: Delivery, behind: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """Return who of those behind it in the queue may share the first post of an alert. Pure.

    The message wakes whom the first of them that wakes anybody asks for. What failed once goes alone, so that a
    message which cannot be shown holds up no other.
    """
    if first.kind is not NoticeKind.ALERT or first.attempts:
        return ()
    chosen = [first]
    for delivery in behind:
        fresh = delivery.kind is NoticeKind.ALERT and not delivery.ref and not delivery.attempts
        # Whose own last post is in doubt is looked for first.
        fresh = fresh and (delivery.tried is None or delivery.key == first.key)
        agreed = delivery.mention in {"", mention_of(chosen)} or not mention_of(chosen)
        if fresh and agreed and _same_look(delivery, first) and len(chosen) < MOST_TOGETHER:
            chosen.append(delivery)
    return tuple(chosen[1:])


def mention_of(message: Sequence[Delivery]) -> str:
    """Return whom a message wakes; "" for nobody."""
    return next((delivery.mention for delivery in message if delivery.mention), "")


def speaker(message: Sequence[Delivery]) -> Delivery:
    """Return the delivery under whose name a message is posted and edited."""
    return replace(message[0], mention=mention_of(message))


def _same_look(one: Delivery, other: Delivery) -> bool:
    return (one.language, one.timezone) == (other.language, other.timezone)
