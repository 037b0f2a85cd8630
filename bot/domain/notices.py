"""What is told, to whom, and has it arrived?

Refuses to do: no rendering; each platform makes its own message of a Notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.decisions import Alert, Standing
from bot.domain.scales import DeliveryState, NoticeKind, Severity


@dataclass(frozen=True, slots=True)
class Route:
    """Which alerts a channel gets.

    Args:
        platform: console, discord, slack: the folder of `handlers/` that serves it.
        channel: the platform's id of the channel; "-" for the console.
        tracks, holders: ids; empty means all.
        mention: whom to wake, in the platform's own notation; "" for nobody.
        language: of the card: en or ko.
        timezone: IANA zone of quiet hours and digests.
    """

    name: str
    platform: str
    channel: str
    tracks: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    min_severity: Severity = Severity.LOW
    signals: bool = True
    mention: str = ""
    mention_from: Severity = Severity.HIGH
    language: str = "en"
    timezone: str = "UTC"
    author: str = "yaml"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice to one channel.

    Args:
        wanted: version of the notice that the channel should show; `sent` the one it shows (0: none).
        ref: the platform's own reference of the message, "" before it is sent.
        due: when to try next.
        mention: whom to wake when it is first sent.
        timezone: IANA zone of the route, for dates in the message.
    """

    id: int
    kind: NoticeKind
    subject: str
    route: str
    platform: str
    channel: str
    language: str
    mention: str
    state: DeliveryState
    wanted: int
    sent: int
    ref: str
    attempts: int
    due: datetime
    error: str = ""
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """A channel that takes nothing at present.

    Args:
        error: why, and what to do about it.
        due: when it is tried again.
        waiting: deliveries that wait for it.
    """

    platform: str
    channel: str
    error: str
    due: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class SilentSource:
    """A source that the brief should warn of."""

    name: str
    last_success: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Where everybody stands, and what moved in the window.

    Args:
        id: stable, so that it is delivered once.
        catch_up: told after the first polls of a start, instead of alerts on what was already there.
        since: start of the window.
        standings: in the storyline's order; holders without any position are left out.
        moved: alerts of the window whose register moved.
        signals: alerts of the window not yet confirmed.
        sources: number watched.
    """

    id: str
    as_of: datetime
    since: datetime
    standings: tuple[Standing, ...]
    moved: tuple[Alert, ...] = ()
    signals: tuple[Alert, ...] = ()
    silent: tuple[SilentSource, ...] = ()
    sources: int = 0
    catch_up: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Trouble:
    """A channel that takes nothing until a person mends it; told on the other platforms.

    Args:
        id: stable, so that one pause is told once.
        route: the one whose delivery met it.
        error: what is wrong and what to do about it.
        at: since when.
        resumed: when the channel worked again; None while it does not.
    """

    id: str
    platform: str
    channel: str
    route: str
    error: str
    at: datetime
    resumed: datetime | None = None
    version: int = 1


Notice = Alert | Brief | Trouble
