"""Which operators govern a trigger?

Those of its own clause, where a finite verb is reached only by adverbs, and those of the clauses that report it: the
one above "that", or the short one behind it: ", отрицает он".

Refuses to do: what an operator does to the event is said in factuality.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlp.analysis import Trigger
from bot.nlp.slavic.clauses import Opening, clause_at, is_predicate
from bot.nlp.slavic.reading import Operating, Parsed
from bot.nlp.slavic.words import Operator

_OF_FINITE = frozenset({Operator.MAYBE, Operator.DOUBT})
"""Operators that reach a finite verb from within its own clause; the others govern nouns and infinitives."""
_OF_CLAUSE = frozenset(Operator) - {Operator.CONSIDER, Operator.ASSERT, Operator.END, Operator.REACT}
"""Operators that govern a whole clause through "that"; so does "did not confirm", "sees no proof"."""
_BEHIND = frozenset({Operator.DENY, Operator.ALLOW, Operator.FEAR})
"""Operators that a short clause behind may hold."""


def governor(parsed: Parsed, head: int) -> int:
    """Return the predicate of the clause for a trigger that is no event itself ("на основании"), else `head`."""
    if parsed.tokens[head].pos in {"NOUN", "VERB", "ADJ"}:
        return head
    clause = parsed.clauses[clause_at(parsed.clauses, head)]
    return next((i for i in range(clause.first, clause.last + 1) if is_predicate(parsed.tokens[i])), head)


def governing(parsed: Parsed, trigger: Trigger, head: int, *, moved: bool) -> Iterator[Operating]:
    """Yield the operators over a trigger, the nearest first: of its clause, then of those that report it.

    Args:
        head: the word that is judged.
        moved: it is the governor of the trigger, not the trigger itself.
    """
    at = clause_at(parsed.clauses, head)
    finite = is_predicate(parsed.tokens[head]) and not moved and not _has_modal(parsed, head, at)
    own = [
        m
        for m in parsed.operators
        if _within(parsed, m, at) and not (overlaps(m, trigger) and m.first >= trigger.first)
    ]
    for m in sorted(own, key=lambda m: head - m.last if m.last < head else m.first - head + 1):
        if (not finite or m.operator in _OF_FINITE) and _reaches(parsed, m, head):
            yield m
    for over in _reporting(parsed, at):
        for m in (m for m in parsed.operators if m.first in parsed.clauses[over]):
            if m.operator in _OF_CLAUSE or (m.operator is Operator.ASSERT and m.negated):
                yield m


def _has_modal(parsed: Parsed, head: int, at: int) -> bool:
    """Tell whether a short participle depends on another verb: "может быть подписан"."""
    if "prts" not in parsed.tokens[head].morph:
        return False
    before = parsed.tokens[max(parsed.clauses[at].first, head - 4) : head]
    return any("inf" in t.morph and t.lemma in parsed.words.will for t in before)


def overlaps(operating: Operating, trigger: Trigger) -> bool:
    """Tell whether an operator shares words with the trigger."""
    return operating.first <= trigger.last and trigger.first <= operating.last


def _within(parsed: Parsed, operating: Operating, at: int) -> bool:
    return operating.first in parsed.clauses[at] and operating.last in parsed.clauses[at]


def _reaches(parsed: Parsed, m: Operating, head: int) -> bool:
    """Tell what governs from what stands beside: "после поставок" and objects behind, "не будет" of another verb."""
    if parsed.tokens[head].pos == "VERB" and m.first > head and parsed.tokens[m.first].pos == "NOUN":
        return False
    if m.operator is Operator.REACT:
        return m.last < head or parsed.tokens[m.first].pos == "VERB"
    if m.operator is not Operator.REFUSE or parsed.tokens[m.last].lemma not in parsed.words.will or m.last > head:
        return True
    verb = next((i for i in range(m.last + 1, head) if "inf" in parsed.tokens[i].morph), -1)
    return verb < 0 or any(other.first <= verb <= other.last for other in parsed.operators)


def _reporting(parsed: Parsed, at: int) -> Iterator[int]:
    seen = at
    while parsed.clauses[seen].opening is Opening.THAT and parsed.clauses[seen].parent >= 0:
        seen = parsed.clauses[seen].parent
        yield seen
    behind = at + 1
    if behind < len(parsed.clauses):
        clause = parsed.clauses[behind]
        if clause.opening is Opening.PLAIN and clause.finite:
            early = [m for m in parsed.operators if m.first in clause and m.first - clause.first <= 1]
            if any(m.operator in _BEHIND for m in early):
                yield behind
