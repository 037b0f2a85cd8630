"""How a ledger came to stand where it stands."""

from __future__ import annotations

from bot.domain import By
from bot.ledger.chronicle import chronicle, rebuilt


def told(moves) -> list[str]:
    return [f"{move.came_from or 'nowhere'}→{move.rung} until {move.undone_by or 'now'}" for move in moves]


def test_every_move_is_told_with_its_evidence_and_what_undid_it(war):
    war.reports("deploying", 1, "A")
    war.reports("deploying", 2, "B")
    war.says("fighting", 300, "C")
    war.says("withdrawing", 700, "D")
    moves = chronicle(war.storyline, war.opened[0], list(war.evidence.values()))
    assert told(moves) == [
        "nowhere→arming until deploying",
        "nowhere→feared until now",
        "arming→deploying until fighting",
        "deploying→fighting until withdrawing",
        "fighting→withdrawing until now",
    ]
    assert [e.publisher for e in moves[2].evidence] == ["A", "B"]
    assert [move.reason for move in moves] == [None, None, "second-origin", "official", "official"]
    assert moves[0].note == "Shells go to Russia."


def test_a_move_that_was_told_silently_counts_a_paper_and_who_retells_it_as_one_origin(war):
    war.says("deploying", 1, "The Tribune", silent=True)
    war.reports("deploying", 2, "Gazette", origin="tribune", silent=True)
    *_, move = chronicle(war.storyline, war.opened[0], list(war.evidence.values()))
    assert [e.publisher for e in move.evidence] == ["The Tribune", "Gazette"]
    assert len({e.origin for e in move.evidence}) == 1


def test_what_waits_or_reaffirms_is_no_move(arms):
    arms.reports("conditional", 1)
    arms.says("reviewing", 2)
    arms.says("withhold", 3, by=By.ANALYST)
    moves = chronicle(arms.storyline, arms.opened[0], list(arms.evidence.values()))
    assert told(moves) == ["nowhere→reviewing until now"]


def test_the_ledger_rebuilt_from_stored_readings_is_the_one_that_was_kept(desk):
    kept = desk("war", "pyongyang", keep=False)
    first = kept.opened[0]
    for n, rung in enumerate(("deploying", "fighting", "withdrawing", "fighting")):
        kept.says(rung, n * 400, "A")
        kept.says(rung, n * 400 + 20, "B")
    assert kept.opened[0] != first
    assert rebuilt(kept.storyline, first, list(kept.evidence.values())) == kept.standing
