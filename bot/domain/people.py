"""What do people ask to be spared, and what do they say of what they were told?

Refuses to do: who a person is, the platform says; here it is an id that the platform can read, such as "discord:42".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Mute:
    """A wish not to be told of something for a while.

    It covers the alerts that every stated field fits; at least one of track, holder and alert is stated.

    Args:
        platform, channel: where it holds; both "" for every channel.
        alert: the alert that was pointed at when a development is muted; track, holder and rung are then its own.
        author: who asked for it.
        until: when it ends; None: when a register that it covers moves.
        ended: when it ended before its time, and `ended_by` whom or what.
    """

    id: str
    platform: str
    channel: str
    author: str
    at: datetime
    until: datetime | None
    track: str = ""
    holder: str = ""
    rung: str = ""
    alert: str = ""
    ended: datetime | None = None
    ended_by: str = ""

    def holds(self, now: datetime) -> bool:
        """Tell whether it has neither run out nor been ended."""
        return self.ended is None and (self.until is None or now < self.until)

    def reaches(self, platform: str, channel: str) -> bool:
        """Tell whether it holds in a channel."""
        return self.channel == "" or (self.platform, self.channel) == (platform, channel)


class Verdict(StrEnum):
    """What a person thinks of an alert."""

    USEFUL = "useful"
    NOT_A_SHIFT = "not-a-shift"
    WRONG_RUNG = "wrong-rung"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's verdict on one alert; a later one takes its place.

    Args:
        person: whose it is, as the platform knows them.
        rung: the right one where the verdict is WRONG_RUNG, else "".
    """

    alert: str
    person: str
    at: datetime
    verdict: Verdict
    rung: str = ""
    comment: str = ""
