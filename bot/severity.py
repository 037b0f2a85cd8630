"""How much does an alert matter, and why so much?

Word or deed, how many steps on the ladder and in which direction, who says so and how well it is known: each of them
is named in the answer.

Refuses to do: who is told is another question (bot/routing.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain import By, Register, Severity, Track

FAR = 2
"""Steps from which on a word has gone far."""


class Direction(StrEnum):
    """Which way a register went on its ladder."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    ASIDE = "reversed"
    FIRST = "first"


class Weighing(StrEnum):
    """Why an alert has the grade that it would have when confirmed."""

    DEED = "deed"
    FAR_WORD = "far-word"
    NEAR_WORD = "near-word"
    FIRST_WORD = "first-word"
    REPORTED_WORD = "reported-word"

    @property
    def line(self) -> str:
        """The reason as one plain English clause."""
        return _LINES[self]


_LINES = {
    Weighing.DEED: "a deed, and deeds weigh most",
    Weighing.FAR_WORD: "the holder's own word goes two steps or more",
    Weighing.NEAR_WORD: "the holder's own word goes less than two steps",
    Weighing.FIRST_WORD: "a first word, measured from nothing",
    Weighing.REPORTED_WORD: "a word that others report of the holder",
}


@dataclass(frozen=True, slots=True)
class Weight:
    """How much an alert matters, and what made it so.

    Args:
        steps: how many rungs lie between before and now, 0 where there is no before.
        confirmed: what is not weighs one grade less.
    """

    severity: Severity
    reason: Weighing
    direction: Direction
    steps: int
    confirmed: bool

    @property
    def line(self) -> str:
        """All of it in one plain English sentence."""
        way = {
            Direction.FIRST: "first on record",
            Direction.SAME: "back where it stood",
            Direction.ASIDE: "a named reversal",
        }.get(self.direction, f"{self.steps} step{'s' * (self.steps != 1)} {self.direction.value} the ladder")
        sure = "" if self.confirmed else "; not confirmed, so one grade less"
        return f"{self.reason.line}; {way}{sure}."


def weigh(track: Track, came_from: str | None, rung_id: str, by: By, *, confirmed: bool) -> Weight:
    """Weigh a move by what it is, how far it goes and how well it is known. Pure.

    A confirmed deed is high, and so is a confirmed word of the holder itself that goes two steps or more, up or down;
    any other confirmed word is medium. What is not confirmed weighs one grade less.

    Args:
        came_from: rung that it is measured from, None where the register stood nowhere.
    """
    way = track.step(rung_id) - track.step(came_from) if came_from is not None else 0
    reason = _reason(track, came_from, rung_id, by, abs(way))
    grade = Severity.HIGH if reason in {Weighing.DEED, Weighing.FAR_WORD} else Severity.MEDIUM
    return Weight(
        severity=grade if confirmed else Severity(grade - 1),
        reason=reason,
        direction=_direction(track, came_from, rung_id, way),
        steps=abs(way),
        confirmed=confirmed,
    )


def severity(track: Track, came_from: str | None, rung_id: str, by: By, *, confirmed: bool) -> Severity:
    """Return the grade alone; see `weigh`."""
    return weigh(track, came_from, rung_id, by, confirmed=confirmed).severity


def _reason(track: Track, came_from: str | None, rung_id: str, by: By, steps: int) -> Weighing:
    if track.rung(rung_id).register is Register.DEED:
        return Weighing.DEED
    if by is not By.OFFICIAL:
        return Weighing.REPORTED_WORD
    if came_from is None:
        return Weighing.FIRST_WORD
    return Weighing.FAR_WORD if steps >= FAR else Weighing.NEAR_WORD


def _direction(track: Track, came_from: str | None, rung_id: str, way: int) -> Direction:
    if track.rung(rung_id).reversal:
        return Direction.ASIDE
    if came_from is None:
        return Direction.FIRST
    if way == 0:
        return Direction.SAME
    return Direction.UP if way > 0 else Direction.DOWN
