"""Which words does a Slavic language bring to the shared mechanism?

Refuses to do: no mechanism, only the shape of the lists that the language folders fill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    """What a phrase does to the event that it governs."""

    DENY = "deny"
    """опроверг, назвал фейком: it is said to be untrue."""
    REFUSE = "refuse"
    """отказался, исключил, против: it will not be done."""
    CONSIDER = "consider"
    """рассматривает, пересмотрит: it is being thought about."""
    ALLOW = "allow"
    """может, не исключает, допустил, готов: it is possible."""
    READY = "ready"
    """готов: possible, and on a condition it is a promise."""
    MAYBE = "maybe"
    """вероятно, возможно: an adverb; of what is past it says that it is believed."""
    PLAN = "plan"
    """намерен, решил, пообещал: it will be done."""
    UNDECIDED = "undecided"
    """не решил, нет решения: it is open."""
    ASSERT = "assert"
    """сообщил о, подтвердил, начал: it is so."""
    END = "end"
    """прекратил, вывел: it has stopped."""
    FEAR = "fear"
    """опасается: somebody thinks it possible and does not want it."""
    URGE = "urge"
    """попросил, потребовал: somebody wants it of another."""
    REACT = "react"
    """осудил, прокомментировал: the news is the reaction, the event is known."""
    DOUBT = "doubt"
    """якобы: told without belief."""


def listed(text: str) -> tuple[str, ...]:
    """Return the phrases of a list that is written with commas."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def bag(text: str) -> frozenset[str]:
    """Return the words of such a list as a set."""
    return frozenset(listed(text))


def starts(text: str) -> tuple[tuple[str, ...], ...]:
    """Return word sequences, marks included, that are written with slashes between them."""
    return tuple(tuple(sequence.split()) for sequence in text.split("/"))


def dated(years: tuple[str, ...], months: tuple[str, ...], names: str) -> tuple[str, ...]:
    """Return phrases that date something: a news text names the year, or only the month, of what is past.

    Args:
        years, months: patterns with {} in place of the year or of the month's name.
        names: the months, as `listed` reads them.
    """
    return (
        *(pattern.format(year) for pattern in years for year in range(2000, 2036)),
        *(pattern.format(name) for pattern in months for name in listed(names)),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of one language; phrases are in the notation of bot/nlp/phrases.py, other words are lemmas.

    Args:
        operators: phrases by what they do; the longest phrase wins where two overlap.
        history: phrases that put a clause into the past.
        recent: phrases that keep a clause current although a phrase of `history` stands in it.
        conditions: phrases that state a condition without a clause of their own: "in the case of".
        dependent: phrases of a choice left open: "depending on".
        so_far: words that make "has not" a matter of background.
        copulas: marks and words between a subject and the noun said of it: "поставки — ошибка".
        absences: "there is no".
        negations: particles of negation.
        whether: particles of an indirect question.
        would: particles of the conditional mood.
        will: auxiliaries of the future tense.
        openings: name of an Opening → word sequences a clause may begin with, as written.
        relatives: forms of "which".
        coordinators: conjunctions that may join two clauses.
        predicates: words that are predicates without being verbs: "there is no", "it is necessary".
        speech: verbs of saying.
        thanking: verbs of thanks and honours: who thanks for a deed says that it was done.
        according: phrases before a source: "according to".
        unnamed: nouns for a source that is not named.
        media: nouns for papers and channels, whose report it then is.
        analysts: nouns for experts and what they write.
        opinion: verbs of opinion, which make an unnamed subject an analyst's.
        offices: nouns for a government body: its unnamed people speak for it.
        persons: nouns for somebody who was named before: "the diplomat".
        anaphors: nouns for an office or a country that is named elsewhere: "the ministry", "the president".
        event_endings: how nouns of action end; other nouns are things, of which nothing is said to happen.
        pronouns: personal pronouns that may stand for a speaker named before.
        charges: the pronoun before "that" which tells what somebody is accused of: "в том, что".
        sources_in: prepositions before the place that speaks: "в Кремле заявили".
        origins_of: prepositions before the place something comes from.
    """

    operators: Mapping[Operator, tuple[str, ...]]
    history: tuple[str, ...]
    recent: tuple[str, ...]
    conditions: tuple[str, ...]
    dependent: tuple[str, ...]
    so_far: tuple[str, ...]
    copulas: frozenset[str]
    absences: frozenset[str]
    negations: frozenset[str]
    whether: frozenset[str]
    would: frozenset[str]
    will: frozenset[str]
    openings: Mapping[str, tuple[tuple[str, ...], ...]]
    relatives: frozenset[str]
    coordinators: frozenset[str]
    predicates: frozenset[str]
    speech: tuple[str, ...]
    thanking: tuple[str, ...]
    according: tuple[str, ...]
    unnamed: tuple[str, ...]
    media: tuple[str, ...]
    analysts: tuple[str, ...]
    opinion: tuple[str, ...]
    offices: frozenset[str]
    persons: frozenset[str]
    anaphors: frozenset[str]
    event_endings: tuple[str, ...]
    pronouns: frozenset[str]
    charges: frozenset[str]
    sources_in: frozenset[str]
    origins_of: frozenset[str]
