"""How is the installation, as whoever hosts it asks?

Refuses to do: no values of the storyline; counts and times only, so that no secret and no text can be among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the store says of the work that is done and that waits.

    Args:
        deliveries: number by state.
        alerts: number by state.
        waiting_since: since when the longest waiting delivery has been due; None when none is.
        overdue_since: since when the longest overdue source has been due, 1970 while none was ever polled; None when
            none is.
        sources: number that are enabled.
        failing: how many of them failed when last polled.
    """

    deliveries: Mapping[str, int]
    alerts: Mapping[str, int]
    waiting_since: datetime | None = None
    overdue_since: datetime | None = None
    sources: int = 0
    failing: int = 0
