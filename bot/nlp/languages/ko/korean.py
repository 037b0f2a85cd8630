"""Which sentences and words does a Korean text have, and what do they say of an event?

Refuses to do: it only hands on; splitting.py, morphemes.py, factuality.py and voices.py do the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.nlp.analysis import Attribution, Field, Judgement, Mention, Sentence, Token, Trigger
from bot.nlp.languages.ko import agents, factuality, voices
from bot.nlp.languages.ko.morphemes import installed, morphemes
from bot.nlp.languages.ko.splitting import spans


class Korean:
    """Implements bot.nlp.analysis.Language for Korean."""

    code = "ko"

    def __init__(self) -> None:
        self.analyser = installed()
        self._last: tuple[Sentence, factuality.Found] | None = None

    def analyse(self, text: str, *, title: bool) -> tuple[Sentence, ...]:
        """Split a field into sentences of morphemes."""
        return tuple(
            Sentence(text[start:end], start, _moved(_undated(morphemes(text[start:end])), start), title, index)
            for index, (start, end) in enumerate(spans(text, title=title))
        )

    def analyse_all(self, fields: Sequence[Field]) -> tuple[tuple[Sentence, ...], ...]:
        """Split several fields, one after another."""
        return tuple(self.analyse(text, title=title) for text, title in fields)

    def lemmas(self, term: str) -> tuple[str, ...]:
        """Return the lemmas of a cue term or an alias; a verb is written in its dictionary form."""
        tokens = morphemes(term)
        if len(tokens) > 1 and tokens[-1].lemma == "다" and tokens[-2].lemma.endswith("다"):
            tokens = tokens[:-1]
        return tuple(token.lemma for token in tokens)

    def judge(self, sentence: Sentence, trigger: Trigger) -> Judgement:
        """Return how factual the sentence makes the event."""
        if self._last is None or self._last[0] is not sentence:  # all that is asked of one is asked in a row
            self._last = (sentence, {})
        return factuality.judge(sentence, trigger, self._last[1])

    def agent(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
        """Return whose act the event is."""
        return agents.agent(sentence, trigger, mentions)

    def attribution(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
        """Return who says so."""
        return voices.attribution(sentence, trigger, mentions)


def _undated(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Leave the city out of a dateline: (서울=연합뉴스) tells who writes, not of whom."""
    if len(tokens) > 1 and tokens[0].text in {"(", "["}:
        sign = next((i for i, token in enumerate(tokens[:_CITY]) if token.text in {"=", "＝"}), 0)
        return tokens[sign:]
    return tokens


_CITY = 8
"""Morphemes within which a dateline has told its city."""


def _moved(tokens: tuple[Token, ...], by: int) -> tuple[Token, ...]:
    return tuple(replace(token, start=token.start + by, end=token.end + by) for token in tokens) if by else tokens
