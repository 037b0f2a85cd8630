"""What do delivery, digests and the looks at pages ask of what keeps everything, to finish what was begun?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain import Brief, Delivery
from bot.ports.pages import PageStore


class StoreDoubts(PageStore, Protocol):
    """The part of the store that remembers what was begun. All methods block: call them off the event loop."""

    def claim(self, posts: Sequence[tuple[Delivery, int]], now: datetime, until: datetime) -> bool:
        """Note that one message is about to be posted for these, under the name of the first.

        False, and nothing noted, when one of them is no longer as it was seen.

        Args:
            posts: each with the version that the message shows.
            until: from then on the message cannot show up any more, whatever became of whoever posts it.
        """
        ...

    def resume(self, now: datetime, until: datetime | None) -> None:
        """Let what a bot before this one has left in doubt be looked for at once.

        Args:
            until: from then on it cannot show up any more; None where that bot may still be posting.
        """
        ...

    def unseen(self, posts: Sequence[Delivery], again: datetime) -> None:
        """Record when to look again for what a channel does not show so far."""
        ...

    def joining(self, delivery: Delivery, version: int, ref: str, now: datetime) -> None:
        """Record that a message will show this too, in this version, by an edit, which is due."""
        ...

    def found(self, posts: Sequence[Delivery], ref: str, now: datetime, look: datetime) -> None:
        """Record which message shows these, in the versions that it was posted with; an edit of it is due.

        Args:
            look: when the channel is looked through for surplus copies of it, under the name of the first.
        """
        ...

    def apart(self, posts: Sequence[Delivery], now: datetime) -> None:
        """Record that a message does not show these, and cannot: each needs one of its own."""
        ...

    def to_look_at(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return the deliveries whose channels are to be looked through for surplus copies, the longest due first."""
        ...

    def looked(self, delivery: Delivery, again: datetime | None) -> None:
        """Record that a channel was looked through, and when to do so again; None for never."""
        ...

    def briefs_told(self, platform: str, channel: str, since: datetime) -> tuple[Brief, ...]:
        """Return the briefs made since then that a channel was told, or is about to be, the first one first."""
        ...

    def unsaid(self, shown: Delivery) -> tuple[str, ...]:
        """Return the ids of the news of an alert that its thread in a channel is still to be told, and that wait."""
        ...

    def owe(self, name: str, since: datetime) -> None:
        """Note that something has to be done, whatever happens until then; `Unit.done` ends it."""
        ...

    def owes(self, name: str) -> bool:
        """Tell whether that is still to be done."""
        ...
