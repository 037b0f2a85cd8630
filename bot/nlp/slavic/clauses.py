"""Which words of a sentence belong to one predicate, and under which clause does it stand?

A clause is a predicate with what depends on it: punctuation and conjunctions cut the sentence, and pieces without a
predicate go back to their neighbour. A clause that opens with "that", "if" or "which" knows it, and knows the clause
it depends on. This is less than a parse and enough for the scope of negation, modality and condition.

Refuses to do: no word order is required; who does what is asked in agents.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.nlp.analysis import Token
from bot.nlp.slavic.words import Words


class Opening(StrEnum):
    """How a clause begins."""

    PLAIN = "plain"
    THAT = "that"
    IF = "if"
    WHICH = "which"
    PARTICIPLE = "participle"
    COLON = "colon"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Clause:
    """Token indices of a clause, inclusive, and how it hangs in the sentence.

    Args:
        parent: index of the clause it depends on among those of the sentence, -1 for none.
        finite: it has a predicate of its own.
    """

    first: int
    last: int
    opening: Opening = Opening.PLAIN
    parent: int = -1
    finite: bool = False

    def __contains__(self, token: object) -> bool:
        return isinstance(token, int) and self.first <= token <= self.last


_CUT = frozenset(",;:()—–?")
_STRONG = frozenset(";:()?")


def is_predicate(token: Token) -> bool:
    """Tell whether a token can be the predicate of a clause."""
    return token.pos == "VERB" and ("fin" in token.morph or "prts" in token.morph)


def split_clauses(tokens: Sequence[Token], words: Words) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in text order."""
    pieces = _rejoin(_pieces(tokens, words), tokens)
    clauses: list[Clause] = []
    for first, last, opening in pieces:
        finite = any(is_predicate(t) or t.lemma in words.predicates for t in tokens[first : last + 1])
        clauses.append(Clause(first, last, opening, _parent(opening, clauses), finite))
    return tuple(clauses)


def _pieces(tokens: Sequence[Token], words: Words) -> list[tuple[int, int, Opening]]:
    """Cut at marks, at subordinators and at conjunctions between two predicates."""
    pieces: list[tuple[int, int, Opening]] = []
    first, opening = 0, _opening(tokens, 0, words)
    for i, token in enumerate(tokens):
        mark = token.text in _CUT or _spaced_hyphen(tokens, i)
        if not (mark or (token.lemma in words.coordinators and _between_predicates(tokens, first, i))):
            continue
        if i > first:
            pieces.append((first, i - 1, opening))
        first = i + 1
        opening = _opening(tokens, first, words)
        if token.text == ":" and opening is Opening.PLAIN:
            opening = Opening.COLON
    if first < len(tokens):
        pieces.append((first, len(tokens) - 1, opening))
    return pieces


def _spaced_hyphen(tokens: Sequence[Token], i: int) -> bool:
    return (
        tokens[i].text == "-"
        and 0 < i < len(tokens) - 1
        and tokens[i - 1].end < tokens[i].start
        and tokens[i].end < tokens[i + 1].start
    )


def _between_predicates(tokens: Sequence[Token], first: int, i: int) -> bool:
    """Tell whether a conjunction joins two predicates, not two nouns."""
    if not any(is_predicate(t) for t in tokens[first:i]):
        return False
    for token in tokens[i + 1 :]:
        if token.text in _CUT:
            return False
        if is_predicate(token):
            return True
    return False


def _opening(tokens: Sequence[Token], first: int, words: Words) -> Opening:
    head = [t.text.lower() for t in tokens[first : first + 4]]
    for opening, starts in words.openings.items():
        if any(tuple(head[: len(start)]) == start for start in starts):
            return Opening(opening)
    if any(form in words.relatives for form in head[:2]):
        return Opening.WHICH
    if first and first < len(tokens) and any(form in tokens[first].morph for form in ("prtf", "grnd")):
        return Opening.PARTICIPLE
    return Opening.PLAIN


def _rejoin(pieces: list[tuple[int, int, Opening]], tokens: Sequence[Token]) -> list[tuple[int, int, Opening]]:
    """Give pieces without a predicate back to the clause before them, where no strong mark stands between."""
    joined: list[tuple[int, int, Opening]] = []
    for first, last, opening in pieces:
        has = any(is_predicate(t) for t in tokens[first : last + 1])
        weak = first > 0 and tokens[first - 1].text == ","
        if (joined and weak and not has and opening is Opening.PLAIN) or (
            joined and weak and opening is Opening.PLAIN and _waits(joined[-1], tokens)
        ):
            before = joined.pop()
            joined.append((before[0], last, before[2]))
        else:
            joined.append((first, last, opening))
    return joined


def _waits(piece: tuple[int, int, Opening], tokens: Sequence[Token]) -> bool:
    """Tell whether a piece still lacks a predicate and is no headline topic, so that the next one completes it."""
    return piece[2] in {Opening.PLAIN, Opening.COLON, Opening.THAT, Opening.IF} and not any(
        is_predicate(t) for t in tokens[piece[0] : piece[1] + 1]
    )


def _parent(opening: Opening, clauses: Sequence[Clause]) -> int:
    if opening not in {Opening.THAT, Opening.IF, Opening.WHICH, Opening.PARTICIPLE, Opening.COLON}:
        return -1
    for i in range(len(clauses) - 1, -1, -1):
        if clauses[i].finite:
            return i
    return len(clauses) - 1


def clause_at(clauses: Sequence[Clause], token: int) -> int:
    """Return the index of the clause a token stands in; the nearest one for a mark between two."""
    for i, clause in enumerate(clauses):
        if token <= clause.last:
            return i
    return len(clauses) - 1
