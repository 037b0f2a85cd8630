"""Which items of a feed were there, word for word, when it was last polled?

A feed that changes has one new item and thirty old ones. What is taken in already, and has not changed since in any
letter, need not be compared with the store again; this remembers as much, in eight bytes an item.

Refuses to do: nothing is known here after a start, and then the store is asked; it is never wrong, only forgetful.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from bot.domain import Entry


class Seen:
    """What was taken in of each source at its last poll."""

    def __init__(self) -> None:
        self._prints: dict[str, array[int]] = {}

    def unseen(self, source: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return the entries that were not there, or read otherwise, at the last poll that was taken in."""
        prints = frozenset(self._prints.get(source, ()))
        return tuple(entry for entry in entries if hash(entry) not in prints) if prints else tuple(entries)

    def taken_in(self, source: str, entries: Sequence[Entry]) -> None:
        """Note that all of `entries` is stored, or was judged not to be."""
        self._prints[source] = array("q", (hash(entry) for entry in entries))
