"""How do the shared parts make one Language?

Refuses to do: no words of its own; a language folder gives morphology and words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.nlp.analysis import Attribution, Field, Judgement, Mention, Sentence, Trigger
from bot.nlp.slavic import agents, attribution, factuality
from bot.nlp.slavic.morphology import Morphology
from bot.nlp.slavic.reading import Finder, Parsed
from bot.nlp.slavic.tokens import cut, tokenise
from bot.nlp.slavic.words import Words

_PARSES_KEPT = 64
"""A sentence is asked about several times in a row, then never again."""


class SlavicLanguage:
    """Answers the questions of bot/nlp/analysis.py for one Slavic language.

    Args:
        code: ISO 639-1.
    """

    def __init__(self, code: str, morphology: Morphology, words: Words) -> None:
        self.code = code
        self.analyser = morphology.analyser
        self._morphology = morphology
        self._parse = lru_cache(maxsize=_PARSES_KEPT)(Finder(words, self.lemmas).parse)

    def analyse(self, text: str, *, title: bool) -> tuple[Sentence, ...]:
        """Split a field into sentences of tokens; never raises for any text."""
        return cut(text, self._morphology, title=title)

    def analyse_all(self, fields: Sequence[Field]) -> tuple[tuple[Sentence, ...], ...]:
        """Split several fields, one after another."""
        return tuple(self.analyse(text, title=title) for text, title in fields)

    def lemmas(self, term: str) -> tuple[str, ...]:
        """Return the lemma sequence that a cue term or an alias has in this language's tokens."""
        return tuple(token.lemma for token in tokenise(term, 0, self._morphology))

    def judge(self, sentence: Sentence, trigger: Trigger) -> Judgement:
        """Return how factual the sentence makes the event that the trigger names."""
        return factuality.judge(self._parse(sentence), trigger)

    def agent(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
        """Return whose act the event is; None where the sentence does not say."""
        return agents.agent(self._parse(sentence), trigger, mentions)

    def attribution(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
        """Return who says so."""
        return attribution.attribution(self._parse(sentence), trigger, mentions)

    def parsed(self, sentence: Sentence) -> Parsed:
        """Return clauses and operators of a sentence, for tests and explanations."""
        return self._parse(sentence)
