"""What is told, to whom, and has it arrived?

Refuses to do: no rendering; each platform makes its own message of a Notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from bot.domain.decisions import Alert, Standing
from bot.domain.people import Mute
from bot.domain.scales import AlertState, DeliveryState, NoticeKind, Severity
from bot.domain.watched import YAML


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A stretch of a channel's local clock in which nothing new is posted.

    Args:
        start, end: without a zone; from `start` until just before `end`, over midnight where `end` is the earlier.
    """

    start: time
    end: time

    def covers(self, clock: time) -> bool:
        """Tell whether a clock that shows this time is within them."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class Route:
    """Which alerts a channel gets, and when.

    Args:
        platform: console, discord, slack: the folder of `handlers/` that serves it.
        channel: the platform's id of the channel; "-" for the console.
        tracks, holders: ids; empty means all.
        mention: whom to wake, in the platform's own notation; "" for nobody.
        language: of the card: en or ko.
        timezone: IANA zone of quiet hours and digests.
        quiet: when nothing new is posted; None for never.
        quiet_except: from this severity on it is posted all the same; None for nothing.
        digest: local times at which a digest is told.
        digest_days: weekdays on which, Monday is 0; empty means every day.
        digest_only: there are no single alerts.
        digest_empty: a digest is told even when nothing has moved.
        admin: whoever runs the bot reads it: it is told of sources that need a look.
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
    author: str = YAML
    quiet: QuietHours | None = None
    quiet_except: Severity | None = None
    digest: tuple[time, ...] = ()
    digest_days: tuple[int, ...] = ()
    digest_only: bool = False
    digest_empty: bool = True
    admin: bool = False

    def contradictions(self) -> tuple[tuple[str, str], ...]:
        """Return which of its times contradict each other: the field, and what to do about it."""
        at_night = [time for time in self.digest if self.quiet and self.quiet.covers(time)]
        found = [("digest", f"{time:%H:%M} falls into the quiet hours; move one of the two") for time in at_night]
        times = 'needs the times of a digest; write digest: ["09:00"]'
        if self.digest_only and not self.digest:
            found.append(("digest_only", times))
        if self.digest_days and not self.digest:
            found.append(("digest_days", times))
        if self.quiet_except is not None and self.quiet is None:
            found.append(("quiet_except", 'needs quiet hours; write quiet: "22:00-07:00"'))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class DigestMark:
    """How far the digests of a route have come.

    Args:
        plan: times, days and zone that it counts for; other ones begin afresh.
        slot: the latest time of a digest that is settled.
        since: up to when the last one told; the next begins there.
    """

    route: str
    plan: str
    slot: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice to one channel.

    Args:
        wanted: version of the notice that the channel should show; `sent` the one it shows (0: none).
        ref: the platform's own reference of the message, "" before it is sent.
        due: when to try next.
        mention: whom to wake when it is first sent.
        timezone: IANA zone of the route, for dates in the message.
        held: why the first post waits until `due`, in words; "" when it does not.
        posted: when the notice came into the message that shows it; alerts in one message have the same `ref`.
        tried: when a first post began whose outcome nobody knows; None when there is no such doubt.
        key: id of the delivery under whose name that post went out; 0 when there is no doubt.
        unsure_until: from when on a platform that does not show it will not show it any more.
        look: when the channel is looked through for surplus copies of its message.
        thread: reference of the message in whose thread it is said; "" for a message of its own.
        showing: version that a post in doubt, or the edit by which it joins a message, shows; 0 for neither.
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
    held: str = ""
    posted: datetime | None = None
    tried: datetime | None = None
    key: int = 0
    unsure_until: datetime | None = None
    look: datetime | None = None
    thread: str = ""
    showing: int = 0


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
        digest: the time that a digest was asked for; None for any other brief.
        ended: alerts that an earlier digest told, withdrawn or expired since.
        mutes: what the channel is spared at present, by end; those without one last.
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
    digest: datetime | None = None
    mutes: tuple[Mute, ...] = ()
    ended: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A channel that takes nothing until a person mends it, told on the other platforms; or a source that needs a look.

    Args:
        id: stable, so that one pause is told once.
        platform: of the channel; OF_SOURCE when it is a source, whose key then stands in `channel`, OF_ALL when none
            of them answers.
        route: the one whose delivery met it; the name of the source.
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

    OF_SOURCE: ClassVar[str] = "source"
    OF_ALL: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several alerts that share one message, in the order in which they came into it.

    Args:
        shown: version of each that the message shows so far, 0 for one that is new in it.
    """

    alerts: tuple[Alert, ...]
    shown: tuple[int, ...]

    @property
    def id(self) -> str:
        """The id of the first alert, under which the message was posted."""
        return self.alerts[0].id

    @property
    def version(self) -> int:
        """A number that grows with every version of every alert and with every alert that joins."""
        return sum(alert.version for alert in self.alerts)


@dataclass(frozen=True, slots=True)
class News:
    """What has become of an alert since a channel was told of it.

    Args:
        was: the state that the channel knew it in.
        mention: whom to wake, in the platform's own notation; "" for nobody.
        known: the version that the channel knew.
    """

    alert: Alert
    was: AlertState
    mention: str = ""
    known: int = 0

    @property
    def id(self) -> str:
        """Names it: the same step of the same alert has the same id."""
        return f"{self.alert.id}/{self.known}-{self.version}"

    @property
    def version(self) -> int:
        """That of the alert it tells of."""
        return self.alert.version

    @staticmethod
    def read(ident: str) -> tuple[str, int, int]:
        """Return what an id names: the alert, the version known and the one told; ValueError for any other text."""
        alert, _, span = ident.rpartition("/")
        known, _, version = span.partition("-")
        return alert, int(known), int(version)


Notice = Alert | Brief | Bundle | Trouble
