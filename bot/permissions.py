"""Who may change what from a chat?

What a channel is told is for whoever may manage it; what the whole bot watches is for admins; a verdict is anybody's.
A setting (STANCEWATCH_MEMBERS_MAY) opens some of it to every member. The platform says what somebody is.

Refuses to do: nothing is looked up here, and asking is free to everybody: only changes need a rank.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from bot.domain import Act, Asker, Rank
from bot.errors import NotAllowedError


class Leave(StrEnum):
    """Why somebody may change something, or may not."""

    ANYBODY = "anybody"
    OPENED = "opened-to-members"
    RANK = "rank"
    RANK_TOO_LOW = "rank-too-low"

    @property
    def given(self) -> bool:
        """Whether they may."""
        return self is not Leave.RANK_TOO_LOW


NEEDED: Mapping[Act, Rank] = {
    Act.SUBSCRIBE: Rank.MANAGER,
    Act.UNSUBSCRIBE: Rank.MANAGER,
    Act.DIGEST: Rank.MANAGER,
    Act.MUTE: Rank.MANAGER,
    Act.UNMUTE: Rank.MANAGER,
    Act.JUDGE: Rank.MEMBER,
    Act.ADD_FEED: Rank.ADMIN,
    Act.REMOVE_FEED: Rank.ADMIN,
}

AREAS: Mapping[str, frozenset[Act]] = {
    "subscribe": frozenset({Act.SUBSCRIBE, Act.UNSUBSCRIBE, Act.DIGEST}),
    "mute": frozenset({Act.MUTE, Act.UNMUTE}),
    "feeds": frozenset({Act.ADD_FEED, Act.REMOVE_FEED}),
}
"""What the setting can open to members, by the word for it."""


def opened(areas: Collection[str]) -> frozenset[Act]:
    """Return what words of the setting open to every member; words that open nothing are left out."""
    return frozenset(act for area in areas for act in AREAS.get(area, ()))


def needed(act: Act, open_to_members: Collection[Act] = ()) -> Rank:
    """Return the least rank that may make a change. Pure."""
    return Rank.MEMBER if act in open_to_members else NEEDED[act]


def leave(act: Act, rank: Rank, open_to_members: Collection[Act] = ()) -> Leave:
    """Return whether somebody of a rank may make a change, and why. Pure."""
    if NEEDED[act] is Rank.MEMBER:
        return Leave.ANYBODY
    if act in open_to_members:
        return Leave.OPENED
    return Leave.RANK if rank >= NEEDED[act] else Leave.RANK_TOO_LOW


def require(act: Act, asker: Asker, open_to_members: Collection[Act] = ()) -> None:
    """Raise NotAllowedError when somebody may not make a change."""
    if not leave(act, asker.rank, open_to_members).given:
        least = NEEDED[act]
        raise NotAllowedError(
            f"{act.value} needs {least.name.lower()}; ask one to do it", act.value, least.name.lower()
        )
