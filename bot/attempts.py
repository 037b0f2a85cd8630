"""What does a delivery need next, and when is it tried again?

Pure: the delivery, the notice or the error, the clock and a jitter in; a named step or a time out.

Refuses to do: nothing is sent, stored or waited for (bot/deliver.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import Alert, Delivery, Notice, Trouble
from bot.errors import DeliveryError, PermanentError, StancewatchError, TransientError, UndeliverableError

FIRST_WAIT = 2.0
"""Seconds before the second try, halved at most by the jitter; each further wait is twice as long."""

CEILING = 600.0
"""Seconds that our own waits grow to; a platform may ask for more."""

LONGEST_ASKED = 24 * 3600.0
"""Seconds that a platform's own request is honoured to."""

FIRST_PAUSE = 300.0
LONGEST_PAUSE = 3600.0
"""Seconds that a closed channel rests before it is tried again; each further rest is twice as long, up to an hour."""

PATIENCE = 5
"""Tries after which one delivery no longer holds up the ones behind it in its channel."""


class Step(StrEnum):
    """What a delivery needs next."""

    SEND = "send"
    EDIT = "edit"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Retry:
    """When a delivery is tried again.

    Args:
        hold: the other deliveries of its channel wait as long.
        told: other platforms have just been told of it, so that something is due there.
    """

    due: datetime
    hold: bool
    told: bool = False


def next_step(delivery: Delivery, notice: Notice) -> Step:
    """Return what brings a channel to a notice's present state. Pure."""
    if delivery.ref:
        return Step.EDIT
    if isinstance(notice, Alert) and notice.ended:
        return Step.NOTHING
    if isinstance(notice, Trouble) and notice.resumed is not None:
        return Step.NOTHING
    return Step.SEND


def in_doubt(error: StancewatchError) -> bool:
    """Tell whether a platform may have done what it was asked although it did not say so. Pure."""
    return isinstance(error, TransientError) and not (isinstance(error, DeliveryError) and error.refused)


def retry_after(delivery: Delivery, error: StancewatchError, now: datetime, jitter: float) -> Retry | None:
    """Return when to try a failed delivery again; None when that is of no use. Pure.

    A channel that is gone or closed to us is paused, not given up: it is tried now and then, and what waits for it is
    posted once a person has mended it.

    Args:
        jitter: 0..1, spreads the tries of many channels after one outage.
    """
    if isinstance(error, UndeliverableError):
        return Retry(now + timedelta(seconds=min(FIRST_PAUSE * 2.0 ** min(delivery.attempts, 32), LONGEST_PAUSE)), True)
    if isinstance(error, PermanentError):
        return None
    wait = min(FIRST_WAIT * 2.0 ** min(delivery.attempts, 32), CEILING) * (0.5 + 0.5 * jitter)
    asked = error.retry_after if isinstance(error, TransientError) else None
    if asked is not None:
        wait = max(wait, min(asked, LONGEST_ASKED))
    # A wait that the platform asked for is the channel's. An error that stays may lie in this one message.
    hold = asked is not None or delivery.attempts < PATIENCE
    return Retry(now + timedelta(seconds=wait), hold)
