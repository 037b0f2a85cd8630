"""Where does a register stand, and what moved it or would move it?

The pieces that bot/ledger/standing.py folds evidence with: the stand of one register, a turn (one development that
moves a register, or is waiting for the second origin that would) and the contest of words within 48 hours.

Refuses to do: no rule of the ladder; these only keep count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.developments import NEVER, Development
from bot.domain import By, Evidence, Position, Register, Tier
from bot.ledger.reasons import Reason

ALERT_LIFE = timedelta(days=14)
"""How long an alert takes in what corroborates it, and edits that a word returned."""

CONTEST = timedelta(hours=48)
"""Within which different words of one holder are mixed signals."""

KEPT_EVIDENCE = 12
"""Readings that a position keeps for the brief; one of each origin first."""


class Kind(Enum):
    """What a turn would do."""

    SHIFT = auto()
    AFRESH = auto()
    """The rung stands already, on one origin alone, and is told again."""
    NEARER = auto()
    """A deed short of a further one that stands on one origin alone."""
    ECHO = auto()
    """A deed that a reversal of the last 48 hours undid."""
    OUTLOOK = auto()
    """A word below the deed reached: moves its register, is never told."""
    FIRST = auto()
    """The first word of a register: taken, never told."""


@dataclass(slots=True)
class Turn:
    """One development that moves a register, or waits for confirmation.

    Args:
        came_from: rung that it is measured from, None where the register stood nowhere.
        before: the position of that rung, where the ledger still has it.
        carrier: the reading that moved the register; None while it waits.
        denials: what the holder, or a voice for it, says against it.
        overtaken: a further deed was confirmed before this one.
    """

    register: Register
    rung: str
    kind: Kind
    came_from: str | None
    before: Past | None
    development: Development
    carrier: Evidence | None = None
    reason: Reason = Reason.REPORTED_ONCE
    denials: list[Evidence] = field(default_factory=list)
    overtaken: bool = False

    @property
    def previous(self) -> Position | None:
        """The position that it is measured from, with the evidence that it rested on."""
        return self.before.settled() if self.before else None

    @property
    def started(self) -> datetime:
        """Date of its first reading."""
        return self.development.start

    @property
    def moved(self) -> bool:
        """Whether the register has moved on it, or past it."""
        return self.carrier is not None or self.overtaken

    @property
    def order(self) -> tuple[datetime, str]:
        """Its place in the tale: when it moved the register, else when it began."""
        return self.lead.dated, self.lead.id

    @property
    def lead(self) -> Evidence:
        """The reading that moved the register, else the one that it began with."""
        return self.carrier or self.development.evidence[0]

    @property
    def official(self) -> bool:
        """Whether the holder itself carries it."""
        return any(e.by is By.OFFICIAL for e in self.development.evidence)


@dataclass(slots=True)
class Stand:
    """Where one register stands while evidence is folded."""

    position: Position | None = None
    development: Development | None = None
    turn: Turn | None = None

    @classmethod
    def opened(cls, position: Position | None, bodies: Mapping[str, str]) -> Stand:
        """Return the stand that a ledger was opened with."""
        if position is None or not position.evidence:
            return cls(position)
        development = Development(position.evidence[0].dated, bodies)
        for e in position.evidence:
            development.add(e)
        return cls(position, development)

    @property
    def rung(self) -> str | None:
        """The rung, None where the register stands nowhere."""
        return self.position.rung if self.position else None

    @property
    def lone(self) -> bool:
        """Whether one house alone has heard of it, and that not from the holder's own pages."""
        if self.position is None or self.development is None:
            return False
        return self.development.witnesses == 1 and not any(e.tier is Tier.OFFICIAL for e in self.development.evidence)

    @property
    def witnesses(self) -> int:
        """How many houses or origins carry it; none for baseline and history."""
        return self.development.witnesses if self.development else 0

    def take(self, turn: Turn, position: Position) -> None:
        """Move to a new position."""
        self.position, self.development, self.turn = position, turn.development, turn

    def past(self) -> Past | None:
        """Return the position as it is at this moment of the fold."""
        if self.position is None:
            return None
        return Past(self.position, self.development, len(self.development.evidence) if self.development else 0)

    def settled(self) -> Position | None:
        """Return the position with the evidence that it rests on, one of each origin first."""
        past = self.past()
        return past.settled() if past else None


@dataclass(frozen=True, slots=True)
class Past:
    """A position at one moment of a fold; most are never asked for, so its evidence is picked when it is.

    Args:
        heard: how many readings of the development had come in.
    """

    position: Position
    development: Development | None
    heard: int

    def settled(self) -> Position:
        """Return the position with the evidence that it rested on, one of each origin first."""
        if self.development is None:
            return self.position
        seen: set[str] = set()
        first: list[Evidence] = []
        rest: list[Evidence] = []
        for e in self.development.evidence[: self.heard]:
            origin = self.development.label[e.id]
            (rest if origin in seen else first).append(e)
            seen.add(origin)
        return replace(self.position, evidence=tuple((first + rest)[:KEPT_EVIDENCE]))


class Contest:
    """Different words of one holder within 48 hours: the first answer counts at once, then the majority does."""

    def __init__(self, bodies: Mapping[str, str]) -> None:
        self._bodies = bodies
        self._until: datetime | None = None
        self._moves = 0
        self._stood: set[str | None] = set()
        self._heard: dict[str, Development] = {}
        # Words are heard far oftener than they are counted.
        self._uncounted: dict[str, list[Evidence]] = {}

    def open_at(self, at: datetime) -> bool:
        """Tell whether a word of that date falls into it."""
        return self._until is not None and at <= self._until

    def hear(self, rung: str, e: Evidence) -> None:
        """Count a word, whether or not it moves the register."""
        if self._until is not None and e.dated <= self._until:
            self._uncounted.setdefault(rung, []).append(e)

    def holds(self, standing: str | None, rung: str, at: datetime) -> bool:
        """Tell whether the register stays where it is, though `rung` is confirmed."""
        if not self.open_at(at) or self._moves < 2:
            return False
        return self._witnesses(rung) <= self._witnesses(standing or "")

    def is_between(self, rung: str) -> bool:
        """Tell whether it is one of the words that are contested; what nobody has said so far is none."""
        return rung in self._stood

    def moved(self, turn: Turn, at: datetime) -> None:
        """Note a move; the first one opens a contest."""
        if self.open_at(at):
            self._moves += 1
            self._stood.add(turn.rung)
            return
        self._stood = {turn.came_from, turn.rung}
        self._until, self._moves, self._heard = at + CONTEST, 1, {}
        self._uncounted = {turn.rung: list(turn.development.evidence)}

    def _witnesses(self, rung: str) -> int:
        heard = self._heard.setdefault(rung, Development(NEVER, self._bodies))
        for e in self._uncounted.pop(rung, ()):
            heard.add(e)
        return heard.witnesses
