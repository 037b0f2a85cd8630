"""How has one track moved over time, as a value that can be drawn?

Refuses to do: nothing is drawn or worded here, and nothing is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.decisions import Evidence
from bot.domain.scales import Register


@dataclass(frozen=True, slots=True)
class Change:
    """One move of a register, or a report that would be one.

    Args:
        before: rung that it was measured from, "" where the register stood nowhere.
        evidence: whose sentence carries it; None for baseline and history, of which no more than the day is known
            and which `note` explains.
        outlets, origins: how many carry it.
        open: it is reported and not confirmed; the register has not moved.
        disputed: it is denied, or its report changed.
        aside: a deed nearer than the furthest, which takes nobody's place.
        alert: id of the alert that told it, "" for none.
    """

    at: datetime
    register: Register
    rung: str
    before: str = ""
    evidence: Evidence | None = None
    outlets: int = 0
    origins: int = 0
    note: str = ""
    open: bool = False
    disputed: bool = False
    aside: bool = False
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How one holder moved.

    Args:
        baseline: its rung at the storyline's baseline, "" for none.
        entered: where its registers stood when the window opens, by register; empty where nowhere.
        changes: within the window, by time.
    """

    holder: str
    baseline: str
    entered: tuple[Change, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """How everybody moved on one track.

    Args:
        since, as_of: the window.
        courses: in the track's order of holders; those that never stood anywhere are left out.
    """

    track: str
    since: datetime
    as_of: datetime
    courses: tuple[Course, ...]
