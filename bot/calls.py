"""How is a chat platform asked, so that whatever goes wrong there is one of our errors?

Refuses to do: nothing is stored or tried again here (bot/serving.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from bot.bundling import speaker
from bot.domain import Alert, Bundle, Delivery, News, Notice
from bot.errors import DeliveryError, StancewatchError
from bot.ports import Notifier

log = structlog.get_logger()

T = TypeVar("T")

Shown = tuple[Delivery, Notice]
"""A delivery with the notice that its message shows."""

SEND_SECONDS = 60.0
"""How long one call may take; the platforms' own clients give up before."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Asks the platforms. Every method raises what bot.ports.Notifier says, and DeliveryError for anything else.

    Args:
        notifiers: by platform.
    """

    notifiers: Mapping[str, Notifier]

    async def send(self, shown: Sequence[Shown]) -> str:
        """Post one message that shows these; return its reference."""
        delivery = speaker([one for one, _ in shown])
        return await _guarded(delivery, self._notifier(delivery).send(delivery, _as_one(shown)))

    async def edit(self, shown: Sequence[Shown]) -> bool:
        """Let the message of the first show these; return False where somebody has deleted it."""
        delivery = speaker([one for one, _ in shown])
        return await _guarded(delivery, self._notifier(delivery).edit(delivery, _as_one(shown)))

    async def tell(self, delivery: Delivery, news: News) -> str:
        """Say in the thread of a message what has become of its alert; return the reference, "" for no thread."""
        return await _guarded(delivery, self._notifier(delivery).tell(delivery, news))

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the references of the messages that were posted under a delivery's name, the oldest first."""
        return await _guarded(delivery, self._notifier(delivery).find(delivery, since, until))

    async def remove(self, delivery: Delivery, ref: str) -> None:
        """Delete a message of ours."""
        await _guarded(delivery, self._notifier(delivery).remove(delivery, ref))

    def _notifier(self, delivery: Delivery) -> Notifier:
        notifier = self.notifiers.get(delivery.platform)
        if notifier is None:
            advice = f"set its token, or remove route {delivery.route}"
            raise DeliveryError(f"nothing serves {delivery.platform}; {advice}", refused=True)
        return notifier


def names(delivery: Delivery) -> dict[str, object]:
    """Return what a log line says of a delivery."""
    named = {"delivery": delivery.id, delivery.kind.value: delivery.subject}
    return named | {"platform": delivery.platform, "channel": delivery.channel, "route": delivery.route}


async def _guarded(delivery: Delivery, call: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(SEND_SECONDS):
            return await call
    except StancewatchError:
        raise
    except TimeoutError as error:
        raise DeliveryError(f"{delivery.platform} did not answer within {SEND_SECONDS:.0f} s") from error
    except Exception as error:
        # A fault of ours in one message must not cost the others their delivery.
        log.exception("notifier_crashed", **names(delivery))
        raise DeliveryError(f"internal error, {type(error).__name__}: {error}; please report it") from error


def _as_one(shown: Sequence[Shown]) -> Notice:
    """Return what one message shows: a notice, or several alerts that share it."""
    alerts = [(one, notice) for one, notice in shown if isinstance(notice, Alert)]
    if len(shown) == 1 or len(alerts) < len(shown):
        return shown[0][1]
    return Bundle(tuple(alert for _, alert in alerts), tuple(one.sent for one, _ in alerts))
