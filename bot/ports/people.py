"""What does the core ask to be kept of what people want of their channels, and of what waits there?

Refuses to do: no implementation, no default behaviour.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain import AuditEntry, Delivery, DigestMark, Feedback, Mute, Route, Source


class PeopleUnit(Protocol):
    """The part of one transaction that people's wishes touch."""

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """Return the mutes that hold, by the time they were asked for."""
        ...

    def save_mute(self, mute: Mute) -> None:
        """Store a mute, or what has become of one."""
        ...

    def release(self, platform: str, channel: str, now: datetime) -> None:
        """Let what waits in a channel be looked at again now; with both "" in every channel."""
        ...

    def save_digest(self, mark: DigestMark) -> None:
        """Remember how far the digests of a route have come."""
        ...

    def save_feedback(self, feedback: Feedback) -> None:
        """Store a verdict; it takes the place of the person's earlier one on that alert, which is kept as history."""
        ...

    def save_route(self, route: Route) -> None:
        """Add a person's route, or replace the one of its name."""
        ...

    def remove_route(self, name: str, author: str) -> None:
        """Let a person's route hold no longer, on behalf of `author`; InputError when there is none."""
        ...

    def add_source(self, source: Source) -> Source:
        """Add a source on behalf of its author; InputError when its key or address is there already.

        Returns which is watched now: one of YAML's that was removed is as YAML has it.
        """
        ...

    def remove_source(self, key: str, author: str) -> None:
        """Remove a source; InputError when there is none. One that YAML names is disabled instead."""
        ...

    def save_audit(self, entry: AuditEntry) -> None:
        """Record a change that a person made, in the transaction that makes it."""
        ...


class PeopleStore(Protocol):
    """The part of the store that people's wishes touch."""

    def mutes(self, now: datetime) -> tuple[Mute, ...]:
        """Return the mutes that hold, by the time they were asked for."""
        ...

    def digests(self) -> tuple[DigestMark, ...]:
        """Return how far the digests of every route have come, by route."""
        ...

    def feedback(self, alert: str = "") -> tuple[Feedback, ...]:
        """Return everybody's present verdict, on one alert or on all, by time."""
        ...

    def feedback_history(self, alert: str, person: str) -> tuple[Feedback, ...]:
        """Return every verdict that a person gave on an alert, the first one first."""
        ...

    def audit(self, platform: str, channel: str, limit: int) -> tuple[AuditEntry, ...]:
        """Return the latest changes that hold in a channel or everywhere, with both "" all of them, newest first."""
        ...

    def message(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """Return the deliveries of alerts that share a message with one that was sent, itself included.

        They come in the order in which they came into it.
        """
        ...

    def last_message(self, platform: str, channel: str, since: datetime) -> tuple[Delivery, ...]:
        """Return the same for the message that last took an alert in a channel, not before `since`; empty for none."""
        ...

    def mark_held(self, delivery: Delivery, until: datetime, reason: str, *, anew: bool = False) -> None:
        """Record why a first post waits and when to look at it again; with `anew` its failed tries are forgotten."""
        ...
