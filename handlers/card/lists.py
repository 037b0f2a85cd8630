"""How does a list on a card say that it is not whole?

Refuses to do: which entries are shown first, and how many there is room for, is decided by who makes or shows the list.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.card.model import Entries, Entry
from handlers.texts import count, say


def listed(
    title: str,
    entries: tuple[Entry, ...],
    total: int,
    language: str,
    *,
    detail: bool = False,
    latest_from: int | None = None,
) -> Entries:
    """Return a list of entries that tells how many of all are left out.

    Args:
        total: how many there are with those that are left out.
        latest_from: see Entries.
    """
    left = total - len(entries)
    return _leaving_out(Entries(title, entries, detail=detail, latest_from=latest_from), left, language)


def fitting(entries: Entries, most: int, language: str) -> Entries:
    """Return a list with no more entries than there is room for, that tells how many are left out now."""
    over = len(entries.entries) - most
    if over <= 0:
        return entries
    end = len(entries.entries) if entries.latest_from is None else min(entries.latest_from + over, len(entries.entries))
    shown = entries.entries[: end - over] + entries.entries[end:]
    return _leaving_out(replace(entries, entries=shown), entries.left + over, language)


def earlier(left: int, language: str) -> str:
    """Say how many moves before those that are told are left out."""
    return count(language, "timeline.earlier", left)


def _leaving_out(entries: Entries, left: int, language: str) -> Entries:
    if not left:
        return entries
    more = say(language, "more", n=left) if entries.latest_from is None else earlier(left, language)
    return replace(entries, more=more, left=left)
