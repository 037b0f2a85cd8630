"""What is a word, beside how it is bound to others: its dictionary form, part of speech and features?

spaCy's attribute ruler and lemmatizer tell by patterns. Those of one word say the same of it each time, whatever stands
beside it, so what they said is remembered; a text that holds a pattern of several words ("ain't", "there is") goes
through both in full.

Refuses to do: it has no rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

_TOLD: list[int | str] = ["ORTH", "TAG", "DEP", "POS", "MORPH", "LEMMA"]
"""All that a pattern of one word may ask of it once the network has had its say."""

_REMEMBERED = 50_000
"""Words, with their tags and relations, that are remembered."""

_Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordForm:
    """A word without its place.

    Args:
        blank: it is no word but blanks.
        lemma: in small letters.
        morph: the fine tag, then the features.
    """

    text: str
    blank: bool
    lemma: str
    pos: str
    dep: str
    morph: str


def is_rule(step: object) -> bool:
    """Tell whether a component of a pipeline works by patterns and tables, without a network."""
    return isinstance(step, AttributeRuler | Lemmatizer) and not hasattr(step, "predict")


class WordForms:
    """The words that were met so far.

    Args:
        rules: components that complete what the networks said, in their order.
    """

    def __init__(self, vocab: Vocab, rules: Sequence[Callable[[Doc], Doc]]) -> None:
        self._vocab = vocab
        self._rules = rules
        self._known: dict[_Key, WordForm] = {}
        self._begin: set[_Key] = set()
        self._phrases, self._beginnings = Matcher(vocab), Matcher(vocab)
        for number, pattern in enumerate(_of_several_words(rules)):
            self._phrases.add(str(number), [pattern])
            self._beginnings.add(str(number), [[{} if any("OP" in part for part in pattern) else pattern[0]]])

    def __call__(self, docs: Sequence[Doc]) -> list[Sequence[WordForm]]:
        """Return the form of each token of each text."""
        keys: list[list[_Key]] = [[tuple(row) for row in doc.to_array(_TOLD).tolist()] for doc in docs]
        self._learn({key for row in keys for key in row})
        return [
            [_form(token) for token in self._ruled(doc)]
            if not self._begin.isdisjoint(row) and self._holds_phrase(doc)
            else [self._known[key] for key in row]
            for doc, row in zip(docs, keys, strict=True)
        ]

    def _holds_phrase(self, doc: Doc) -> bool:
        return len(self._phrases) > 0 and bool(self._phrases(doc, allow_missing=True))

    def _ruled(self, doc: Doc) -> Doc:
        for rule in self._rules:
            doc = rule(doc)
        return doc

    def _learn(self, keys: set[_Key]) -> None:
        """Ask the rules about words that are not known yet, all at once."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
            self._begin.clear()
        # a set less a dictionary's keys would walk through all that is known
        new = [key for key in keys if key not in self._known]
        if not new:
            return
        row = self._row(new)
        if len(self._beginnings):
            self._begin.update(new[at] for _, at, _ in self._beginnings(row, allow_missing=True))
        # words that make a phrase only because they happen to stand in one row are asked about one by one
        rows = [([key], self._row([key])) for key in new] if self._holds_phrase(row) else [(new, row)]
        for asked, doc in rows:
            self._known.update(zip(asked, map(_form, self._ruled(doc)), strict=True))

    def _row(self, keys: Sequence[_Key]) -> Doc:
        """Return a text of words as the networks left them."""
        doc = Doc(self._vocab, words=[self._vocab.strings[key[0]] for key in keys])
        told: Any = np.array([key[1:] for key in keys], dtype=np.uint64)
        return doc.from_array(_TOLD[1:], told) if keys else doc


def _of_several_words(rules: Sequence[object]) -> Iterator[list[dict[str, Any]]]:
    """Yield the patterns that look at more than one word."""
    for ruler in (rule for rule in rules if isinstance(rule, AttributeRuler)):
        patterns: Sequence[Any] = ruler.patterns
        for told in patterns:
            yield from (p for p in told["patterns"] if len(p) > 1 or any("OP" in part for part in p))


def _form(token: Token) -> WordForm:
    lemma = token.lemma_.lower() or token.lower_
    if token.lower_ == "given" and token.dep_ == "prep":
        lemma = "given"  # before a noun it is a preposition: nobody gives anything there
    return WordForm(token.text, token.is_space, lemma, token.pos_, token.dep_, f"{token.tag_}|{token.morph}")
