"""What does the core ask of clocks, sources, readers and chat platforms, and they of it?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Delivery, Item, News, Notice, Poll, PollState, ReadResult, Source


class Clock(Protocol):
    """Tells the time; tests and replay inject a virtual one."""

    def now(self) -> datetime:
        """Return the present time, aware, in UTC."""
        ...


class Watcher(Protocol):
    """Polls one kind of source."""

    @property
    def kind(self) -> str:
        """The name it goes by in messages."""
        ...

    async def poll(self, source: Source, state: PollState) -> Poll:
        """Poll `source` once.

        Raises:
            PermanentError: with one line that says what is wrong and what to do.
            TransientError: when a later poll may work.
        """
        ...


class Reader(Protocol):
    """Reads which positions an item reports. Pure: the same item gives the same result."""

    def read(self, item: Item) -> ReadResult:
        """Return relevance and readings of one item; never raises for any text."""
        ...


Read = Callable[[Sequence[Item]], Awaitable[list[ReadResult]]]
"""Reads items as a Reader does, off the event loop, and keeps their order."""


class Notifier(Protocol):
    """Shows notices in channels of one platform, and hears what people ask there."""

    platform: str

    async def start(self) -> None:
        """Connect and begin to hear; returns at once, and keeps trying in the background."""
        ...

    async def problems(self) -> tuple[str, ...]:
        """Return what is wrong with tokens, rights or channels, a line each with what to do; for `check`."""
        ...

    async def setup(self) -> tuple[str, ...]:
        """Return what a person needs to set the platform up, a line each, such as the address of an invitation.

        What is wrong is for `problems`: nothing is raised for a token that is refused.
        """
        ...

    async def send(self, delivery: Delivery, notice: Notice) -> str:
        """Post a notice and return the platform's reference of the message.

        Raises:
            UndeliverableError: the channel is gone or closed to us.
            DeliveryError: it may work later.
        """
        ...

    async def edit(self, delivery: Delivery, notice: Notice) -> bool:
        """Bring a message that was sent up to date; return False when somebody has deleted it. Raises as `send` does.

        A message may come to show several alerts, a Bundle, which it did not when it was sent.
        """
        ...

    async def tell(self, delivery: Delivery, news: News) -> str:
        """Say in the thread of the message `delivery.thread` what has become of its alert. Raises as `send` does.

        Returns the reference of what was said; "" where there is no thread to say it in, as that of a message that
        somebody has deleted. A thread that is closed is opened again.
        """
        ...

    async def find(self, delivery: Delivery, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the references of messages that `send` or `tell` posted under this delivery's id, as they are shown.

        The oldest first. Whether the delivery's own record names any of them plays no part.

        Args:
            since, until: when they were posted, by the platform's clock.

        Raises:
            UndeliverableError: the channel, or its history, is closed to us, or the platform keeps none.
            DeliveryError: it may work later.
        """
        ...

    async def remove(self, delivery: Delivery, ref: str) -> None:
        """Delete a message of ours in a delivery's channel; one that is gone already is no error. Raises as `find`."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
