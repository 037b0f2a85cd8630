"""What does each Korean operator do to a factuality?

Operators come from the inside out: 지원하 + 지 않 = not happening, + 겠 = refused; 지원 + 검토 = considered,
+ 지 않 = refused.

Refuses to do: operators.py says which words they are, factuality.py finds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import Factuality

_NOT = {
    Factuality.DONE: Factuality.NEGATED,
    Factuality.DECIDED: Factuality.REFUSED,
    Factuality.CONDITIONAL: Factuality.REFUSED,
    Factuality.CONSIDERED: Factuality.REFUSED,
    Factuality.POSSIBLE: Factuality.REFUSED,
    Factuality.DENIED: Factuality.POSSIBLE,
    Factuality.ENDED: Factuality.DONE,
}
_WILL = {Factuality.DONE: Factuality.DECIDED, Factuality.NEGATED: Factuality.REFUSED}
_MAYBE = {Factuality.DONE: Factuality.POSSIBLE, Factuality.DECIDED: Factuality.POSSIBLE}
_OPEN = dict.fromkeys(Factuality, Factuality.POSSIBLE) | {Factuality.CONSIDERED: Factuality.CONSIDERED}
_TURNS: Mapping[str, Mapping[Factuality, Factuality]] = {
    "deny": {
        Factuality.DONE: Factuality.DENIED,
        Factuality.DECIDED: Factuality.DENIED,
        Factuality.POSSIBLE: Factuality.DENIED,
        Factuality.CONSIDERED: Factuality.DENIED,
    },
    "open": _OPEN,
    "unrefused": _OPEN,
    "only_way": dict.fromkeys(Factuality, Factuality.DECIDED),
    "never": {
        **_NOT,
        Factuality.DECIDED: Factuality.CONSIDERED,
        Factuality.NEGATED: Factuality.POSSIBLE,
        Factuality.REFUSED: Factuality.POSSIBLE,
    },
    "no_plan": {f: Factuality.REFUSED for f in Factuality if f not in {Factuality.NEGATED, Factuality.DENIED}},
    "cannot": dict.fromkeys(Factuality, Factuality.REFUSED),
    "forbidden": dict.fromkeys(Factuality, Factuality.REFUSED),
    "refuse": {f: Factuality.REFUSED for f in Factuality if f is not Factuality.DENIED},
    "can": {
        Factuality.DONE: Factuality.POSSIBLE,
        Factuality.DECIDED: Factuality.POSSIBLE,
        Factuality.NEGATED: Factuality.POSSIBLE,
    },
    "maybe": _MAYBE,
    "hint": {Factuality.DONE: Factuality.POSSIBLE},
    "worry": _MAYBE,
    "undecided": dict.fromkeys(Factuality, Factuality.CONSIDERED),
    "consider": {f: Factuality.CONSIDERED for f in Factuality if f is not Factuality.DENIED},
    "will": _WILL,
    "staged": {Factuality.DONE: Factuality.CONDITIONAL, Factuality.DECIDED: Factuality.CONDITIONAL},
    "stop": {Factuality.DONE: Factuality.ENDED},
    "not": _NOT,
}
_SILENT = frozenset({"deny_not", "neither", "forbidden", "whether", "asked", "must", "reacted", "left_to", "about"})
"""Operators after which the event is not what the sentence tells."""
_VOICED = frozenset(
    {"consider", "refuse", "open", "unrefused", "never", "no_plan", "cannot", "deny", "unchanged", "undecided"}
)
"""Operators that make news of an event after all, where it was only the topic: 무기 지원에 대해 검토하지 않는다."""
_PLAIN = frozenset({"unrefused", "owned"})
"""Operators that allow one answer only."""
_FIRM = frozenset({"confirm", "owned"})
"""Operators after which an event is a fact, whatever else is hedged."""
_SURENESS = {"likely": 0.8, "claimed": 0.8, "maybe": 0.8, "unchanged": 0.95, "confirm": 0.95}


@dataclass(frozen=True, slots=True)
class State:
    """What the operators so far make of an event."""

    factuality: Factuality = Factuality.DONE
    current: bool = True
    certainty: float = 0.9
    topic: bool = False
    firm: bool = False
    plain: bool = False


def turned(state: State, name: str, *, title: bool, said: bool) -> State:
    """Return the state after one more operator.

    Args:
        title: headlines tell habits as news.
        said: the operator stands after the verb of saying that the event is told with.
    """
    if (said and name == "deny") or (state.firm and name in {"can", "will", "maybe", "likely"}):
        return state
    factuality = _TURNS.get(name, {}).get(state.factuality, state.factuality)
    silent = name in _SILENT or (name == "habit" and not title)
    silent |= name == "concern" and state.factuality is Factuality.DONE
    current = (state.current or (state.topic and name in _VOICED)) and not silent
    topic = name in {"about", "asked", "whether"} and (state.current or state.topic)
    certainty = min(state.certainty, _SURENESS.get(name, 1.0))
    plain = name in _PLAIN or (state.plain and factuality is state.factuality)
    return State(factuality, current, certainty, topic, state.firm or name in _FIRM, plain)
