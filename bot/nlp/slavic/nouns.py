"""Which words make one noun phrase, in which case does it stand, and who is named in it?

A phrase is a head with its adjectives before it and its genitives and appositions behind it: "глава МИД РФ Лавров",
"солдаты КНДР". A name that declines into another case than the head opens a phrase of its own: "Сеул | Киеву".

Refuses to do: no attachment of prepositional phrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Mention, Token
from bot.nlp.slavic.morphology import CASES

_ALL = frozenset(CASES)
_INSIDE = frozenset({"NOUN", "ADJ", "NUM", "X"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase: token indices, inclusive.

    Args:
        head: index of its first noun.
        before: lemma of the preposition before it, "" for none.
        cases: in which its head may stand.
    """

    first: int
    last: int
    head: int
    before: str
    cases: frozenset[str]

    def mention(self, mentions: Sequence[Mention]) -> Mention | None:
        """Return who is named in it: at its head, else first."""
        inside = [m for m in mentions if m.first <= self.last and self.first <= m.last]
        return next((m for m in inside if m.first <= self.head <= m.last), inside[0] if inside else None)


def cases_of(token: Token) -> frozenset[str]:
    """Return the cases a token may stand in; all of them where the analyser knows none."""
    known = frozenset(token.morph.split(",")) & _ALL
    return known or _ALL


def noun_phrases(tokens: Sequence[Token], mentions: Sequence[Mention] = ()) -> tuple[NounPhrase, ...]:
    """Return the noun phrases of a sentence in text order; two holders side by side are two phrases."""
    return tuple(part for phrase in _phrases(tokens) for part in _apart(phrase, tokens, mentions))


def _apart(phrase: NounPhrase, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[NounPhrase]:
    inside = [m for m in mentions if phrase.first <= m.first and m.last <= phrase.last]
    first = next((m for m in inside if m.first <= phrase.head <= m.last), None)
    other = next((m for m in inside if first and m.first > first.last and m.holder != first.holder), None)
    if other is None:
        yield phrase
        return
    yield NounPhrase(phrase.first, other.first - 1, phrase.head, phrase.before, phrase.cases)
    yield NounPhrase(other.first, phrase.last, other.last, "", cases_of(tokens[other.last]))


def _phrases(tokens: Sequence[Token]) -> Iterator[NounPhrase]:
    i = 0
    while i < len(tokens):
        if not _belongs(tokens[i]):
            i += 1
            continue
        first = i
        while i < len(tokens) and _belongs(tokens[i]) and tokens[i].pos != "NOUN":
            i += 1
        if i == len(tokens) or tokens[i].pos != "NOUN":
            continue
        head, cases = i, _agreed(tokens, first, i)
        i += 1
        while i < len(tokens) and _continues(tokens, i, cases):
            i += 1
        before = tokens[first - 1].lemma if first and tokens[first - 1].pos == "ADP" else ""
        yield NounPhrase(first, i - 1, head, before, cases)


def _belongs(token: Token) -> bool:
    return token.pos in _INSIDE or "prtf" in token.morph


def _agreed(tokens: Sequence[Token], first: int, head: int) -> frozenset[str]:
    """Return the cases that adjectives and noun share; the noun's where they share none."""
    cases = cases_of(tokens[head])
    for token in tokens[first:head]:
        if token.pos == "ADJ" and cases & cases_of(token):
            cases &= cases_of(token)
    return cases


def _continues(tokens: Sequence[Token], i: int, cases: frozenset[str]) -> bool:
    token = tokens[i]
    if token.text in {"«", "»", '"'} and i + 1 < len(tokens):
        return tokens[i + 1].pos == "NOUN" if token.text != "»" else True
    if not _belongs(token):
        return False
    own = cases_of(token)
    apposition = "name" in token.morph or (token.text[:1].isupper() and token.pos == "NOUN")
    return "gent" in own or (apposition and bool(own & cases))
