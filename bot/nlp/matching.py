"""Do the conditions of a cue hold around its trigger?

Order, distance and, where there is a parse, dependency are looked at here.

Refuses to do: what a cue is and how it is written, stands in cues.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Token
from bot.nlp.phrases import Span

_NEAR = 6
"""Tokens between two words that are near each other."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a condition.

    Args:
        key: "@holder", "$lexicon" or "=phrase".
        signs: those of `^<>~&/` that were written before it.
    """

    key: str
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a cue: its alternatives, and whether none of them may hold."""

    alternatives: tuple[Alternative, ...]
    negated: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all alternatives."""
        return tuple(alternative.key for alternative in self.alternatives)


@dataclass(frozen=True, slots=True)
class Place:
    """A trigger in its sentence."""

    tokens: Sequence[Token]
    trigger: Span
    here: Mapping[str, Sequence[Span]]
    item: frozenset[str]

    def met(self, condition: Condition) -> Alternative | None:
        """Return the first alternative of a condition that holds, None where none does."""
        for alternative in condition.alternatives:
            for span in self.here.get(alternative.key, ()):
                if self._stands(span, alternative.signs) or (condition.negated and self._holds_more(span)):
                    return alternative
            if "^" in alternative.signs and alternative.key in self.item:
                return alternative
        return None

    def _stands(self, span: Span, signs: frozenset[str]) -> bool:
        if span[0] <= self.trigger[1] and self.trigger[0] <= span[1]:
            return False
        if "<" in signs and span[0] > self.trigger[0]:
            return False
        if ">" in signs and span[0] < self.trigger[0]:
            return False
        if "~" in signs and not self._near(span):
            return False
        return "/" not in signs or self._bound(span)

    def _holds_more(self, span: Span) -> bool:
        """Tell whether a span goes on from the trigger and says more: "not in combat" is no "in combat".

        So is "brought back to the front" no "brought back", whichever of its words the span begins with.
        """
        meets = span[0] <= self.trigger[1] and self.trigger[0] <= span[1]
        return meets and (span[0] < self.trigger[0] or self.trigger[1] < span[1])

    def _near(self, span: Span) -> bool:
        after, before = span[0] - self.trigger[1], self.trigger[0] - span[1]
        return max(after, before) <= _NEAR

    def _bound(self, span: Span) -> bool:
        """Tell whether a span depends on the trigger, or is the noun that the trigger's clause modifies."""
        top = _top(self.tokens, self.trigger)
        if self.tokens[top].head < 0:
            return self._near(span)
        above = list(_ancestors(self.tokens, _top(self.tokens, span)))
        reached = next((n for n, i in enumerate(above) if self.trigger[0] <= i <= self.trigger[1]), -1)
        if reached >= 0:
            return not any(self.tokens[i].dep in _FINITE for i in above[:reached])
        if self.tokens[top].dep not in _BINDING:
            return False
        outer = self.tokens[top].head
        return outer in above[:3] and not any(self.tokens[i].dep in _CLAUSES for i in above[: above.index(outer)])


_BINDING = frozenset({"acl", "relcl", "conj", "xcomp", "amod", "compound", "pobj", "pcomp", "dobj", "nsubj"})
"""Relations through which a trigger shares what stands at the word above it."""

_FINITE = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj"})
"""Edges that a word cannot be bound across."""

_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "parataxis"})


def _top(tokens: Sequence[Token], span: Span) -> int:
    """Return the token of a span that governs the others."""
    return next((i for i in range(span[0], span[1] + 1) if not span[0] <= tokens[i].head <= span[1]), span[1])


def _ancestors(tokens: Sequence[Token], i: int) -> Iterator[int]:
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        yield i
        seen.add(i)
        i = tokens[i].head


def named_agent(conditions: Sequence[Condition], place: Place) -> str | None:
    """Return the agent that the conditions name ("" for none), or None where one of them fails."""
    agent = ""
    for condition in conditions:
        met = place.met(condition)
        if (met is None) is not condition.negated:
            return None
        if met is not None and "&" in met.signs:
            agent = met.key[1:]
    return agent
