"""How much does an alert matter?

Refuses to do: who is told is another question (bot/routing.py).
"""

from __future__ import annotations

from bot.domain import By, Register, Severity, Track


def severity(track: Track, came_from: str | None, rung_id: str, by: By, *, confirmed: bool) -> Severity:
    """Weigh a move by what it is, how far it goes and how well it is known.

    A confirmed deed is high, and so is a confirmed word of the holder itself that goes two steps or more; any other
    confirmed word is medium. What is not confirmed weighs one grade less.

    Args:
        came_from: rung that it is measured from, None where the register stood nowhere.
    """
    deed = track.rung(rung_id).register is Register.DEED
    far = came_from is not None and abs(track.step(rung_id) - track.step(came_from)) >= 2
    grade = Severity.HIGH if deed or (far and by is By.OFFICIAL) else Severity.MEDIUM
    return grade if confirmed else Severity(grade - 1)
