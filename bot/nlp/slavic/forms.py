"""What does the form of a trigger say by itself?

A past tense says that it happened, a future one that it will, an infinitive that somebody may; a noun of action only
names it, and a noun that is no action says nothing at all.

Refuses to do: nothing around the trigger is looked at but its negation, its auxiliaries and the mood of its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain import Factuality
from bot.nlp.analysis import Token, Trigger
from bot.nlp.slavic.clauses import Clause, is_predicate
from bot.nlp.slavic.reading import Parsed
from bot.nlp.slavic.words import Words

_NEGATED = {
    Factuality.DONE: Factuality.NEGATED,
    Factuality.DECIDED: Factuality.REFUSED,
    Factuality.POSSIBLE: Factuality.REFUSED,
}


@dataclass(slots=True)
class Verdict:
    """A judgement in the making.

    Args:
        noun: the trigger is a noun, an infinitive or a participle: something else says what becomes of it.
        bare: it is only named so far.
        thing: a noun that names no action, or an action in the conditional mood: no report makes it happen.
        coming: the trigger itself stands in the future tense.
        infinitive: it is one.
        reacted: the sentence tells of a reaction to it.
        ready: somebody is ready for it: on a condition this is a promise.
    """

    factuality: Factuality
    certainty: float
    steps: list[str] = field(default_factory=list)
    current: bool = True
    noun: bool = False
    bare: bool = False
    thing: bool = False
    coming: bool = False
    infinitive: bool = False
    reacted: bool = False
    ready: bool = False

    def note(self, what: str, said: str) -> None:
        """Add a step to the trace."""
        self.steps.append(f"{what}: {said}")


def trigger_head(tokens: Sequence[Token], trigger: Trigger) -> int:
    """Return the index of the word of a trigger that carries its grammar: its verb, its noun, else its first word."""
    if tokens[trigger.first].pos == "ADP":
        return trigger.first
    span = range(trigger.first, trigger.last + 1)
    if tokens[trigger.first].pos == "ADJ" and trigger.last > trigger.first and tokens[trigger.first + 1].pos == "ADP":
        return trigger.first
    ranked = (
        [i for i in span if is_predicate(tokens[i])],
        [i for i in span if tokens[i].pos == "VERB"],
        [i for i in span if tokens[i].pos == "NOUN"],
    )
    return next((found[0] for found in ranked if found), trigger.first)


def verdict_of_form(parsed: Parsed, head: int, clause: Clause) -> Verdict:
    """Return what the word at `head` says by its form, its negation and the mood of its clause."""
    if parsed.tokens[head].pos == "VERB":
        return _of_verb(parsed, head, clause)
    return _of_noun(parsed, head, clause)


def _of_noun(parsed: Parsed, head: int, clause: Clause) -> Verdict:
    token, words = parsed.tokens[head], parsed.words
    around = parsed.tokens[clause.first : clause.last + 1]
    absent = _is_negated(parsed, head, clause) or any(t.text.lower() in words.absences for t in around)
    copula = any(t.text.lower() in words.copulas for t in parsed.tokens[max(0, clause.first - 1) : head])
    named = token.pos == "NOUN" and not absent and not copula
    return Verdict(
        Factuality.NEGATED if absent else Factuality.DONE,
        0.6 if named else 0.8,
        [f"noun: {token.text}"],
        noun=token.pos == "NOUN",
        bare=named,
        thing=any(t.lemma in words.would for t in around) or not token.lemma.endswith(words.event_endings),
    )


def _of_verb(parsed: Parsed, head: int, clause: Clause) -> Verdict:
    token, words = parsed.tokens[head], parsed.words
    around = parsed.tokens[clause.first : clause.last + 1]
    verdict = Verdict(*_tense(token, around, words), [f"form: {token.text}"])
    verdict.infinitive = "inf" in token.morph
    verdict.noun = verdict.infinitive or "prtf" in token.morph
    negated = _is_negated(parsed, head, clause)
    auxiliary = _auxiliary(parsed, head, clause) if verdict.infinitive else -1
    if auxiliary >= 0:
        verdict.factuality, verdict.certainty = Factuality.DECIDED, 0.85
        negated = negated or _is_negated(parsed, auxiliary, clause)
    verdict.coming = verdict.factuality is Factuality.DECIDED
    if any(t.lemma in words.would for t in around):
        verdict.factuality = Factuality.POSSIBLE
        verdict.note("mood", "would")
    if negated:
        verdict.factuality = _NEGATED.get(verdict.factuality, Factuality.NEGATED)
        verdict.note("negation", f"не {token.text}")
    return verdict


def _auxiliary(parsed: Parsed, head: int, clause: Clause) -> int:
    """Return the index of the future auxiliary shortly before an infinitive, -1 for none."""
    near = range(max(clause.first, head - 3), head)
    return next((i for i in near if parsed.tokens[i].lemma in parsed.words.will), -1)


def _is_negated(parsed: Parsed, at: int, clause: Clause) -> bool:
    """Tell whether a negation stands directly before a word, or before the adverb before it."""
    tokens, negations = parsed.tokens, parsed.words.negations
    if at - 1 >= clause.first and tokens[at - 1].lemma in negations:
        return True
    return at - 2 >= clause.first and tokens[at - 2].lemma in negations and tokens[at - 1].pos == "ADV"


def _tense(token: Token, around: Sequence[Token], words: Words) -> tuple[Factuality, float]:
    if "inf" in token.morph:
        return Factuality.POSSIBLE, 0.6
    if "prtf" in token.morph or "grnd" in token.morph:
        return Factuality.DONE, 0.45
    passive_future = "prts" in token.morph and any("futr" in t.morph and t.lemma in words.will for t in around)
    if passive_future or is_coming(token):
        return Factuality.DECIDED, 0.85
    return Factuality.DONE, 0.85


def is_coming(token: Token) -> bool:
    """Tell whether a form is of the future tense and of no other."""
    return "futr" in token.morph and "pres" not in token.morph
