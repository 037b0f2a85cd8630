"""What is found in a sentence before any question is asked of it?

Clauses, operators, phrases of time and condition: found once, kept for the few sentences that are asked about
several times.

Refuses to do: no answer; factuality.py, agents.py and attribution.py answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.nlp.analysis import Sentence, Token
from bot.nlp.phrases import PhraseIndex, Span, parse_phrase
from bot.nlp.slavic.clauses import Clause, Opening, clause_at, split_clauses
from bot.nlp.slavic.words import Operator, Words, listed

_LISTS = listed("""
    history, recent, conditions, dependent, so_far, speech, thanking, according, unnamed, media, analysts, opinion
""")
"""The lists of Words that hold phrases."""


@dataclass(frozen=True, slots=True)
class Operating:
    """An operator where it stands.

    Args:
        negated: a negation stands before it that is not part of its phrase.
    """

    operator: Operator
    first: int
    last: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with all that was found in it; spans are token indices, inclusive."""

    tokens: tuple[Token, ...]
    title: bool
    clauses: tuple[Clause, ...]
    operators: tuple[Operating, ...]
    found: Mapping[str, tuple[Span, ...]]
    words: Words

    def spans(self, name: str) -> tuple[Span, ...]:
        """Return the spans of one list of the language's words."""
        return self.found.get(name, ())

    def said(self, span: Span) -> str:
        """Return the words of a span, for the trace."""
        return " ".join(t.text for t in self.tokens[span[0] : span[1] + 1])

    def asked(self, at: int) -> bool:
        """Tell whether a clause ends in a question mark."""
        rest = self.tokens[self.clauses[at].last + 1 :]
        return next((t.text == "?" for t in rest if t.text in {"?", ".", ";", ":", "—", "–"}), False)

    def whether(self, head: int) -> bool:
        """Tell whether the word at `head` stands in an indirect question."""
        first = self.clauses[clause_at(self.clauses, head)].first
        opening = first if head - first <= 3 else head
        near = {i for i in (opening, head - 1, head + 1) if first <= i < len(self.tokens)}
        return any(self.tokens[i].text.lower() in self.words.whether and self.tokens[i].pos != "NOUN" for i in near)


class Finder:
    """Finds everything that a language's words name.

    Args:
        lemmas: how the language cuts plain words into lemmas.
    """

    def __init__(self, words: Words, lemmas: Callable[[str], tuple[str, ...]]) -> None:
        self._words = words
        self._index = PhraseIndex((key, parse_phrase(text, lemmas)) for key, texts in _keyed(words) for text in texts)

    def parse(self, sentence: Sentence) -> Parsed:
        """Return the sentence with all that was found in it."""
        tokens = sentence.tokens
        found = self._index.find(tokens)
        operators = tuple(self._operating(tokens, found))
        return Parsed(
            tokens,
            sentence.title,
            split_clauses(tokens, self._words) or (Clause(0, 0, Opening.PLAIN),),
            operators,
            found,
            self._words,
        )

    def _operating(self, tokens: tuple[Token, ...], found: Mapping[str, tuple[Span, ...]]) -> Iterator[Operating]:
        """Yield operators, the longest of those that overlap, in text order."""
        spans = [(first, last, Operator(key)) for key in found if key in set(Operator) for first, last in found[key]]
        taken: set[int] = set()
        kept: list[tuple[int, int, Operator]] = []
        for first, last, operator in sorted(spans, key=lambda s: (s[0] - s[1], s[0], s[2])):
            if not taken & set(range(first, last + 1)):
                taken |= set(range(first, last + 1))
                kept.append((first, last, operator))
        for first, last, operator in sorted(kept):
            before = [t.lemma for t in tokens[max(0, first - 2) : first]]
            close = before[-1:] if not (before and tokens[first - 1].pos in {"ADV", "VERB"}) else before
            negated = any(lemma in self._words.negations for lemma in close)
            yield Operating(operator, first, last, negated)


def _keyed(words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    for operator, phrases in words.operators.items():
        yield operator.value, phrases
    for name in _LISTS:
        yield name, getattr(words, name)
