"""How is a ladder drawn with characters alone?

The top rung comes first, as on a real ladder; a full dot is where the register stands, and an arrow runs from where
it stood. A signal's arrow is dotted, since nothing has moved yet; a report that fell away has none.

Refuses to do: nothing is told by colour alone.
"""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from bot.domain import AlertState, Register
from handlers.card import Ladder, Mark, Step

_DROPPED = {AlertState.WITHDRAWN, AlertState.EXPIRED}
_UNMOVED = {AlertState.SIGNAL, *_DROPPED}
_NEW_RUNG: dict[AlertState | None, str] = {
    AlertState.SIGNAL: "◐",
    AlertState.WITHDRAWN: "×",
    AlertState.EXPIRED: "×",
}


def grid_of(columns: int) -> Table:
    """Return an empty grid that folds what is too long and cuts nothing."""
    grid = Table.grid(padding=(0, 1))
    for _ in range(columns):
        # Left to itself the library ends a full line of wide letters with an ellipsis.
        grid.add_column(overflow="fold")
    return grid


def drawn_ladder(ladder: Ladder, state: AlertState | None) -> Table:
    """Return a ladder as three columns: arrow and dot, the rung, what it is in this message.

    Args:
        state: of the alert, which decides where the full dot stands.
    """
    grid = grid_of(3)
    climbing = [step for step in ladder.steps if not step.aside]
    arrows = _arrows(climbing, state)
    for step, arrow in reversed(list(zip(climbing, arrows, strict=True))):
        _add(grid, step, arrow, state)
    for step in ladder.steps:
        if step.aside:
            _add(grid, step, "⤺", state)
    return grid


def _add(grid: Table, step: Step, arrow: str, state: AlertState | None) -> None:
    here = Mark.TO in step.marks
    style = "bold" if here else "" if step.marks else "dim"
    label = f"{step.label} ({step.kind})" if step.register is Register.DEED else step.label
    said = f"◀ {' · '.join(step.said)}" if step.said else ""
    grid.add_row(Text(f" {arrow} {_sign(step, state)}", style), Text(label, style), Text(said, style))


def _sign(step: Step, state: AlertState | None) -> str:
    if Mark.TO in step.marks:
        return _NEW_RUNG.get(state, "●")
    if Mark.FROM in step.marks:
        return "●" if state in _UNMOVED else "◌"
    return "○"


def _arrows(climbing: list[Step], state: AlertState | None) -> list[str]:
    """Return what stands left of each step, from the foot up: a line from before to now with its head at now."""
    start = next((i for i, step in enumerate(climbing) if Mark.FROM in step.marks), None)
    end = next((i for i, step in enumerate(climbing) if Mark.TO in step.marks), None)
    arrows = [" "] * len(climbing)
    if start is None or end is None or start == end or state in _DROPPED:
        return arrows
    up, dotted = start < end, state is AlertState.SIGNAL
    for i in range(min(start, end), max(start, end) + 1):
        arrows[i] = "┊" if dotted else "│"
    arrows[start] = " " if dotted else "╵" if up else "╷"
    arrows[end] = ("△" if up else "▽") if dotted else ("▲" if up else "▼")
    return arrows
