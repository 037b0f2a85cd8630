"""How is a ladder drawn in Slack?

One line a rung, the top one first, each with a dot that says by shape and colour what the words beside it say too; a
screen reader reads the name of the dot, the rung and the words.

Refuses to do: nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import AlertState, Register
from handlers.card import Card, Ladder, Mark, Step
from handlers.slack.blocks import Piece, emoji, text

SIGNS: dict[AlertState | None, str] = {
    AlertState.SIGNAL: "large_yellow_circle",
    AlertState.CONFIRMED: "large_green_circle",
    AlertState.DISPUTED: "large_purple_circle",
    AlertState.WITHDRAWN: "no_entry_sign",
    AlertState.EXPIRED: "hourglass",
    None: "compass",
}
"""State of an alert → Slack's name of its emoji; None for a brief."""

_DROPPED = {AlertState.WITHDRAWN, AlertState.EXPIRED}
_BEFORE = "radio_button"
_OTHER = "large_orange_circle"
_EMPTY = "white_small_square"
_REVERSAL = "leftwards_arrow_with_hook"


def drawn_ladder(ladder: Ladder, state: AlertState | None) -> Iterator[Piece]:
    """Yield the rungs as pieces of rich text, reversals last.

    Args:
        state: of the alert, whose sign marks the new rung.
    """
    climbing = [step for step in reversed(ladder.steps) if not step.aside]
    steps = [*climbing, *(step for step in ladder.steps if step.aside)]
    for number, step in enumerate(steps):
        here = Mark.TO in step.marks
        dropped = here and state in _DROPPED
        kind = f" ({step.kind})" if step.register is Register.DEED else ""
        yield emoji(_dot(step, state))
        yield text("  ")
        yield text(f"{step.label}{kind}", bold=here and not dropped, strike=dropped)
        if step.said:
            yield text(f"  ← {' · '.join(step.said)}", bold=here, italic=not here)
        if number < len(steps) - 1:
            yield text("\n")


def spoken(card: Card) -> Iterator[str]:
    """Yield what a notification shows and a screen reader reads: the sentence first, then the ladder in words."""
    # Every other state begins its sentence with what it is: "Disputed: …".
    said_first = card.badge.state is AlertState.CONFIRMED
    yield f"{card.badge.text}: {card.headline}" if said_first else card.headline
    yield from (block.spoken for block in card.blocks if isinstance(block, Ladder))


def _dot(step: Step, state: AlertState | None) -> str:
    if Mark.TO in step.marks:
        return SIGNS[state]
    if Mark.FROM in step.marks:
        return _BEFORE
    if Mark.OTHER in step.marks:
        return _OTHER
    return _REVERSAL if step.aside else _EMPTY
