"""In which order did a feed's entries come about?

Refuses to do: no entry is dropped, except beyond a cap that no honest feed reaches.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import Entry

MOST_ENTRIES = 5_000


def oldest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return a feed's entries, oldest first.

    Feeds print the newest first, so the order is turned round; where every entry is dated, the dates decide.
    """
    turned = list(reversed(entries[:MOST_ENTRIES]))
    dates = [entry.published for entry in turned]
    if all(date is not None for date in dates):
        turned.sort(key=lambda entry: entry.published or entry)  # type: ignore[arg-type,return-value]
    return tuple(turned)
