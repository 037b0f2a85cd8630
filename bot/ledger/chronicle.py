"""How did a ledger come to stand where it stands?

Every move of both registers with the readings that carried it, why it was believed, and what undid it; and the ledger
rebuilt from all readings that are stored, which must equal the one that was kept.

Refuses to do: no I/O; whoever shows it fetches opening and evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import Evidence, Register, Standing, Storyline
from bot.ledger.deciding import folded, opened
from bot.ledger.reasons import Reason
from bot.ledger.turns import Turn


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a register.

    Args:
        came_from: rung that it was measured from, "" where the register stood nowhere.
        reason: why it was believed; None for baseline and history, which `note` explains.
        undone: when another move of the same register took its place; None while it stands.
        undone_by: the rung of that move.
    """

    at: datetime
    register: Register
    rung: str
    came_from: str
    reason: Reason | None
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    undone: datetime | None = None
    undone_by: str = ""


def chronicle(storyline: Storyline, start: Standing, evidence: Sequence[Evidence]) -> tuple[Move, ...]:
    """Return every move of a ledger, by time: of baseline and history, then of the evidence.

    Args:
        start: what the ledger was opened with, before anything was settled.
        evidence: of the holder and of the voices for it, all that is stored, in any order.
    """
    moves = _before(storyline, start)
    moves += [_move(turn) for turn in folded(storyline, start, evidence).turns if turn.carrier]
    return _undone(moves)


def rebuilt(storyline: Storyline, start: Standing, evidence: Sequence[Evidence]) -> Standing:
    """Return the ledger as all stored readings make it, from what it was opened with."""
    return folded(storyline, start, evidence).standing


def _before(storyline: Storyline, start: Standing) -> list[Move]:
    """Return the moves of baseline and history that the opening rests on."""
    track = storyline.track(start.track)
    until = max((p.since for p in (start.word, start.deed) if p), default=None)
    standing = Standing(start.track, start.holder, baseline=start.baseline)
    moves = []
    for past in storyline.past:
        if (past.track, past.holder) != (start.track, start.holder):
            continue
        before, standing = standing, opened(track, standing, past)
        register = track.rung(past.rung).register
        was, now = (before.deed, standing.deed) if register is Register.DEED else (before.word, standing.word)
        if now and until and now.since <= until and now.rung != (was.rung if was else ""):
            moves.append(Move(now.since, register, now.rung, now.before, None, note=past.note))
    return moves


def _move(turn: Turn) -> Move:
    assert turn.carrier is not None
    evidence = tuple(turn.development.labelled)
    return Move(turn.carrier.dated, turn.register, turn.rung, turn.came_from or "", turn.reason, evidence)


def _undone(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Say of each move which later one of its register took its place."""
    told: list[Move] = []
    next_of: dict[Register, Move] = {}
    for move in sorted(moves, key=lambda move: move.at, reverse=True):
        later = next_of.get(move.register)
        told.append(replace(move, undone=later.at, undone_by=later.rung) if later else move)
        # A nearer deed is told beside the furthest, and takes nobody's place.
        if move.reason is not Reason.NEARER_DEED:
            next_of[move.register] = move
    return tuple(reversed(told))
