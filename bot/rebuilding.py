"""How did every ledger come to stand where it stands, and is that what its readings make of it?

    first opening + every stored reading → bot/ledger/chronicle.py → the moves, and the standing as it ought to be

Refuses to do: no alert is made or changed here; a repaired ledger is told of by the next decision, if by any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain import Evidence, Position, Standing, Storyline
from bot.ledger import ALWAYS, voices_in
from bot.ledger.chronicle import Move, chronicle, rebuilt
from bot.ports import Store

REGISTERS = ("word", "deed", "last_word")


class Readings(Protocol):
    """What a store and a unit of it both can: give what one ledger was made of."""

    def first_opening(self, track: str, holder: str) -> tuple[Standing, datetime] | None:
        """Return what the ledger was opened with and when."""
        ...

    def evidence(self, track: str, holder: str, since: datetime) -> tuple[Evidence, ...]:
        """Return the evidence on one ledger."""
        ...


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One ledger as it is stored and as its readings make it.

    Args:
        readings: how many it was folded from.
        differs: the registers that are not the same: word, deed, last_word.
    """

    stored: Standing
    made: Standing
    readings: int
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Every move of one ledger, by time."""

    track: str
    holder: str
    moves: tuple[Move, ...]


def history(store: Store, storyline: Storyline, track: str = "", holder: str = "") -> tuple[History, ...]:
    """Return the moves of every ledger, or of those of one track or holder, in the storyline's order. Blocks."""
    found = []
    for ledger in _ledgers(storyline):
        if track in {"", ledger[0]} and holder in {"", ledger[1]} and (first := store.first_opening(*ledger)):
            moves = chronicle(storyline, first[0], _evidence(store, storyline, *ledger))
            found.append(History(*ledger, moves))
    return tuple(found)


def compared(store: Store, storyline: Storyline) -> tuple[Rebuilt, ...]:
    """Rebuild every ledger from its stored readings, and hold it beside the stored one. Blocks."""
    stored = {(standing.track, standing.holder): standing for standing in store.standings()}
    ledgers = [ledger for ledger in _ledgers(storyline) if ledger in stored]
    found = (_rebuilt(store, storyline, stored[ledger]) for ledger in ledgers)
    return tuple(ledger for ledger in found if ledger)


def repair(store: Store, storyline: Storyline, wrong: Iterable[Rebuilt]) -> None:
    """Put what the readings make of these ledgers in the place of what is stored, in one transaction. Blocks.

    Their settled openings go back to the first ones, so that the next decision folds everything again.
    """
    with store.unit() as unit:
        for ledger in wrong:
            track, holder = ledger.stored.track, ledger.stored.holder
            again = _rebuilt(unit, storyline, ledger.stored)
            first = unit.first_opening(track, holder)
            if again and first:
                unit.save_opening(*first)
                unit.save_standing(again.made)


def _rebuilt(store: Readings, storyline: Storyline, stored: Standing) -> Rebuilt | None:
    first = store.first_opening(stored.track, stored.holder)
    if first is None:
        return None
    evidence = _evidence(store, storyline, stored.track, stored.holder)
    made = rebuilt(storyline, first[0], evidence)
    differs = tuple(name for name in REGISTERS if not _same(getattr(stored, name), getattr(made, name)))
    return Rebuilt(stored, made, len(evidence), differs)


def _same(one: Position | None, other: Position | None) -> bool:
    """Tell whether two positions are one: the same rung since the same moment, on the same readings."""
    if one is None or other is None:
        return one is other
    facts = [(p.rung, p.since, p.before, p.note, [e.id for e in p.evidence]) for p in (one, other)]
    return facts[0] == facts[1]


def _ledgers(storyline: Storyline) -> Iterable[tuple[str, str]]:
    return ((track.id, holder) for track in storyline.tracks for holder in track.holders)


def _evidence(store: Readings, storyline: Storyline, track: str, holder: str) -> list[Evidence]:
    return [e for voice in voices_in(storyline, track, holder) for e in store.evidence(track, voice, ALWAYS)]
