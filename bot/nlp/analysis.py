"""What does a language say about a text, in terms that no language owns?

A language folder (bot/nlp/languages/<code>/) turns text into Sentences of Tokens and answers three questions
about a trigger (the word that names an event): how factual is it, whose act is it, and who says so. Everything
else (which cues, which rung, which holder an alias belongs to) is shared and lives beside this file.

Refuses to do: no language is named here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain import Factuality


@dataclass(frozen=True, slots=True)
class Token:
    """One word or morpheme.

    Args:
        lemma: lower-case dictionary form; what cue terms are compared with.
        start, end: character offsets in the field (title or text) the sentence comes from.
        pos: universal part of speech where the analyser knows it, else the analyser's own tag.
        head: index of the governing token within the sentence (itself at the root); -1 where there is no parse.
        dep: relation to the head, "" where there is no parse.
        morph: further features in the analyser's own words, such as case or tense.
    """

    text: str
    lemma: str
    start: int
    end: int
    pos: str = ""
    head: int = -1
    dep: str = ""
    morph: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the place it stands in.

    Args:
        text: exact span of the field; it is what a reading quotes.
        start: character offset of the span in the field.
        title: it is (part of) the title, where headline grammar holds.
        index: 0 for the first sentence of its field.
    """

    text: str
    start: int
    tokens: tuple[Token, ...]
    title: bool = False
    index: int = 0


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words of a sentence that name an event: token indices, `first` to `last` inclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A holder, an office, a person or a speaker named in a sentence.

    Args:
        holder: id of the holder it stands for, "" for a speaker that belongs to none.
        speaker: id of the speaker (a spy agency, a news agency), "" for a plain holder.
        first, last: token indices, inclusive.
        voice: the mention can speak for its holder (an office, a person, a capital), not only lie there.
    """

    holder: str
    speaker: str
    first: int
    last: int
    voice: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """How factual a sentence makes an event.

    Args:
        current: False for history, background and hypotheses: then it gives no reading.
        certainty: 0..1, how sure the operators are of it.
        steps: the operators found, for the trace: "negation: not", "condition: if … crosses the line".
        plain: words that allow no other answer turn it: "next month", "will not refuse".
    """

    factuality: Factuality
    current: bool = True
    certainty: float = 0.9
    steps: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what a sentence reports.

    Args:
        mention: the speaker where one is named, None for the article's own voice.
        unnamed: "sources", "officials", "media reports": somebody who is not named.
        analyst: an expert, a think tank, a columnist.
        named_before: the speaker is a pronoun or "the ministry": whoever spoke last in the item.
        steps: for the trace.
    """

    mention: Mention | None = None
    unnamed: bool = False
    analyst: bool = False
    named_before: bool = False
    steps: tuple[str, ...] = ()


Field = tuple[str, bool]
"""A text, or a part of one, and whether it is a title."""


class Language(Protocol):
    """What one language folder offers; found by name, built once per worker process, lazily."""

    @property
    def code(self) -> str:
        """ISO 639-1 code."""
        ...

    @property
    def analyser(self) -> str:
        """Name and version of what cuts its words; "" where that tells nothing of how they are cut."""
        ...

    def analyse(self, text: str, *, title: bool) -> tuple[Sentence, ...]:
        """Split a field into sentences of tokens; never raises for any text."""
        ...

    def analyse_all(self, fields: Sequence[Field]) -> tuple[tuple[Sentence, ...], ...]:
        """Return what `analyse` says of each field; together, where that costs less."""
        ...

    def lemmas(self, term: str) -> tuple[str, ...]:
        """Return the lemma sequence that a cue term or an alias has in this language's tokens."""
        ...

    def judge(self, sentence: Sentence, trigger: Trigger) -> Judgement:
        """Return how factual the sentence makes the event that the trigger names."""
        ...

    def agent(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
        """Return whose act the event is; None where the sentence does not say.

        A mention without a holder says that it is the act of somebody else, who is no holder.
        """
        ...

    def attribution(self, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
        """Return who says so."""
        ...
