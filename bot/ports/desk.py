"""What do chat platforms ask of the core?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Protocol

from bot.domain import (
    Act,
    Alert,
    Asker,
    AuditEntry,
    Brief,
    Feedback,
    FeedPreview,
    Mute,
    PollState,
    Rank,
    Route,
    Source,
    Storyline,
    Timeline,
    Verdict,
)


class Finder(Protocol):
    """Finds and tries a feed before it is watched."""

    async def find(self, url: str, author: str, selector: str = "") -> FeedPreview:
        """Return what stands behind an address, a feed or a web page that names one; nothing is stored.

        Args:
            selector: watch the page itself; CSS selector of its items, or USUAL_SELECTOR.

        Raises:
            PermanentError, TransientError: with one line that says why it cannot be watched.
        """
        ...


class Desk(Protocol):
    """Answers what people ask in a chat, from what is stored, and makes the changes that they may make.

    Safe to call on the event loop. What changes something takes who asks for it, raises NotAllowedError where they
    may not, and records the change. Words that make no sense are an InputError.
    """

    @property
    def storyline(self) -> Storyline:
        """What is watched."""
        ...

    def now(self) -> datetime:
        """Return the moment that answers are of."""
        ...

    async def brief(
        self, *, since: timedelta, track: str = "", holder: str = "", channel: tuple[str, str] | None = None
    ) -> Brief:
        """Return where everybody stands and what moved in the window.

        Args:
            channel: platform and channel that asks, whose mutes it shows; None for everybody's.
        """
        ...

    async def stance(self, track: str, holder: str = "") -> tuple[Brief, Timeline]:
        """Return where everybody, or one holder, stands on a track, and how they came there."""
        ...

    async def timeline(self, track: str, *, since: timedelta | None = None, holder: str = "") -> Timeline:
        """Return how a track moved, in a window or with None from a little before the baseline on."""
        ...

    async def explain(self, what: str) -> tuple[str, ...]:
        """Return why an address, an article or an alert was told or not, a step a line; InputError when unknown."""
        ...

    async def alert(self, ident: str) -> Alert:
        """Return an alert in its present state; InputError when there is none."""
        ...

    async def sources(self) -> tuple[tuple[Source, PollState], ...]:
        """Return every source with its state."""
        ...

    async def source_counts(self) -> Mapping[str, tuple[int, int, int]]:
        """Return by source the articles of the last 30 days: all, those of the storyline, those with a position."""
        ...

    async def routes(self, platform: str, channel: str) -> tuple[Route, ...]:
        """Return the routes that lead to a channel, those of YAML and those of people; to "", those to any channel."""
        ...

    async def muted(self, platform: str, channel: str) -> tuple[Mute, ...]:
        """Return the mutes that hold in a channel, by the time they were asked for."""
        ...

    async def digest(self, platform: str, channel: str) -> Brief:
        """Return the digest that a channel would be told now: what moved since the last one, or in the last day."""
        ...

    async def audit(self, platform: str, channel: str) -> tuple[AuditEntry, ...]:
        """Return the latest changes that people made in a channel or for everybody, newest first."""
        ...

    def needed(self, act: Act) -> Rank:
        """Return the least rank that may make a change, so that a rank is looked up only where it matters."""
        ...

    async def subscribe(self, asker: Asker, route: Route) -> None:
        """Add or replace a person's route; InputError when YAML holds its name or an id in it is unknown."""
        ...

    async def unsubscribe(self, asker: Asker) -> bool:
        """Remove people's routes to a channel; False when there was none. InputError when only YAML can."""
        ...

    async def set_digest(
        self, asker: Asker, times: Sequence[time], *, days: Sequence[int] = (), timezone: str = ""
    ) -> Route:
        """Change when a channel gets its digests, and return the route that brings them.

        Args:
            times: local; empty for no digests.
            days: weekdays, Monday is 0; empty for every day.
            timezone: IANA name; "" for the one that the route has.

        Raises:
            InputError: nobody has subscribed the channel, or only YAML has; or the times contradict its quiet hours.
        """
        ...

    async def mute(
        self, asker: Asker, *, track: str = "", holder: str = "", alert: str = "", span: timedelta | None = None
    ) -> Mute:
        """Keep something from a channel for a while.

        Args:
            track, holder, alert: ids; at least one. An alert means its development.
            span: for how long; None until it moves.
        """
        ...

    async def unmute(self, asker: Asker, what: str = "") -> tuple[Mute, ...]:
        """End mutes of a channel before their time; return those that were ended. InputError when nothing is meant.

        Args:
            what: id of a mute, an alert, a track or a holder; "" for all of them.
        """
        ...

    async def judge(self, asker: Asker, alert: str, verdict: Verdict, rung: str = "") -> Feedback:
        """Keep what somebody thinks of an alert; a second verdict takes the place of the first.

        Args:
            rung: the right one, with WRONG_RUNG.
        """
        ...

    async def find_feed(self, asker: Asker, url: str, selector: str = "") -> FeedPreview:
        """Return what would be added for an address, with a selector for the page itself; nothing is stored."""
        ...

    async def add_feed(self, asker: Asker, source: Source) -> Source:
        """Watch a source from now on; InputError when it is watched already."""
        ...

    async def remove_feed(self, asker: Asker, key: str) -> None:
        """Watch a source no longer; InputError when there is none."""
        ...
