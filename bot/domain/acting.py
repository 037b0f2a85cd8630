"""Who asks for something in a chat, what do they want changed, and what has been changed?

Refuses to do: who may do what is decided in bot/permissions.py; what somebody is, the platform says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.domain.watched import Source


class Rank(IntEnum):
    """What somebody is where they ask, as the platform has it."""

    MEMBER = 0
    MANAGER = 1
    """May manage the channel; everybody is that in direct messages of their own."""
    ADMIN = 2
    """May manage the whole workspace or server, or is named as an admin in the settings."""


class Act(StrEnum):
    """What a person can change."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    DIGEST = "digest"
    MUTE = "mute"
    UNMUTE = "unmute"
    JUDGE = "judge"
    ADD_FEED = "add-feed"
    REMOVE_FEED = "remove-feed"


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks for a change.

    Args:
        user: id that the platform knows them by.
        channel: where they ask.
    """

    platform: str
    user: str
    channel: str
    rank: Rank = Rank.MEMBER

    @property
    def id(self) -> str:
        """Who they are, over all platforms: "discord:42"."""
        return f"{self.platform}:{self.user}"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change that a person made.

    Args:
        author: who, such as "discord:42" or "cli:kim".
        platform, channel: where it holds; both "" for everywhere.
        about: what was changed, by its ids, in few words.
    """

    at: datetime
    author: str
    act: Act
    platform: str
    channel: str
    about: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item of a feed that is not watched yet.

    Args:
        read: what would be read in it: track, holder and rung of each position, as ids.
    """

    title: str
    url: str
    published: datetime | None
    read: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FeedPreview:
    """What stands behind an address, found and tried before it is watched.

    Args:
        source: as it would be added.
        number: items that it holds now.
        items: the last ones, newest first.
        advice: one line worth knowing, "" for none.
    """

    source: Source
    number: int
    items: tuple[FeedItem, ...]
    advice: str = ""
