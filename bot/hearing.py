"""Does anybody answer?

Where source after source fails and none is well in between, it is not the sources that fail but the bot's own network,
and hundreds of notices would say nothing of it.

Refuses to do: nobody is told here (bot/sourcetroubles.py), and nothing is remembered beyond the program's life.
"""

from __future__ import annotations

from datetime import datetime, timedelta

_FEW = 3
"""Sources that may fail with no answer between them."""

DEAF = timedelta(hours=3)
"""After so long without any answer it is told."""


class Hearing:
    """What polls say of the bot's own network.

    Args:
        now: the bot begins.
    """

    def __init__(self, now: datetime) -> None:
        self._since = now
        self._failed: set[str] = set()
        self._first = True

    def answered(self, now: datetime) -> bool:
        """Note that a source answered; return whether it is the first to do so, or the first for long."""
        first, self._first = self._first or self.deaf(now), False
        self._failed.clear()
        self._since = now
        return first

    def failed(self, source: str) -> None:
        """Note that a source did not answer."""
        self._failed.add(source)

    @property
    def doubtful(self) -> bool:
        """Whether so many have failed since one answered that no source is to blame."""
        return len(self._failed) > _FEW

    def deaf(self, now: datetime) -> bool:
        """Tell whether it has gone on for so long that a person should look."""
        return self.doubtful and now - self._since > DEAF

    def said(self) -> str:
        """Return in one line what is wrong and what to do about it."""
        return (
            f"none of {len(self._failed)} sources has answered since {self._since:%Y-%m-%d %H:%M} UTC; "
            "look at this machine's network, name service and proxy"
        )
