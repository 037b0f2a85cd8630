"""What does whoever hosts the bot ask of what keeps everything?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain import Vitals


class StoreUpkeep(Protocol):
    """The part of the store that monitoring and retention use. All but `trouble` block; call them off the loop."""

    def trouble(self) -> str:
        """Return what kept the last change from being stored; "" when it was stored."""
        ...

    def vitals(self, now: datetime) -> Vitals:
        """Return what is done and what waits; cheap however much is stored."""
        ...

    def switched_off(self) -> frozenset[str]:
        """Return the keys of YAML's sources that people have switched off, whatever YAML says of them."""
        ...

    def forget(self, before: datetime, limit: int) -> int:
        """Delete at most `limit` articles and briefs from before; return how many there were.

        What an alert or a ledger rests on stays: an article that is evidence or that an alert names is never deleted,
        and nothing that people said is.
        """
        ...
