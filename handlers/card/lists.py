"""How does a list on a card say that it is not whole?

Refuses to do: which entries are shown, and how many, is decided by who makes the list.
"""

from __future__ import annotations

from handlers.card.model import Entries, Entry
from handlers.texts import say


def listed(title: str, entries: tuple[Entry, ...], total: int, language: str, *, detail: bool = False) -> Entries:
    """Return a list of entries that tells how many of all are left out.

    Args:
        total: how many there are with those that are left out.
    """
    left = total - len(entries)
    return Entries(title, entries, say(language, "more", n=left) if left else "", detail, left)
