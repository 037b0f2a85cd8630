"""What does the core ask of clocks, sources, readers and chat platforms, and they of it?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain import Brief, Delivery, Item, Notice, Poll, PollState, ReadResult, Route, Source, Storyline


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


class Desk(Protocol):
    """Answers what people ask in a chat, from what is stored: no fetch, no model. Safe to call on the event loop."""

    @property
    def storyline(self) -> Storyline:
        """What is watched."""
        ...

    async def brief(self, *, since: timedelta, track: str = "", holder: str = "") -> Brief:
        """Return where everybody stands and what moved in the window; InputError for an unknown track or holder."""
        ...

    async def explain(self, what: str) -> tuple[str, ...]:
        """Return why an address, an article or an alert was told or not, a step a line; InputError when unknown."""
        ...

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        """Return the routes that lead to a channel, those of YAML and those of people; to "", those to any channel."""
        ...

    async def subscribe(self, route: Route) -> None:
        """Add or replace a person's route; InputError when YAML holds its name or an id in it is unknown."""
        ...

    async def unsubscribe(self, platform: str, channel: str, author: str) -> bool:
        """Remove people's routes to a channel; False when there was none. InputError when only YAML can."""
        ...


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

    async def edit(self, delivery: Delivery, notice: Notice) -> None:
        """Bring a message that was sent up to date. Raises as `send` does."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
