"""What time is it?

The system's clock for the bot, a virtual one for replay, the demo and tests.

Refuses to do: nothing sleeps here.
"""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the present time in UTC."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is set.

    Args:
        start: aware time it shows at first.
    """

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time it was last set to."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move it; backwards is allowed, since feeds arrive out of order."""
        self._now = moment.astimezone(UTC)
