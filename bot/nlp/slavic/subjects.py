"""Who or what is the subject of a clause?

By case, number and gender: the nominative that agrees with the predicate, before it rather than behind it; the place,
where people without a name act ("в Сеуле рассматривают"). A clause without a subject takes over that of the clause
before it which agrees.

Refuses to do: a subject that is no holder is a stranger, not nobody: what it does is done by somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Mention
from bot.nlp.slavic.clauses import Clause, Opening, is_predicate
from bot.nlp.slavic.nouns import NounPhrase, noun_phrases
from bot.nlp.slavic.reading import Parsed

_GENDERS = ("masc", "femn", "neut")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause.

    Args:
        mention: the holder it names, one without a holder for a stranger, None for a word that stands for one
            named elsewhere ("the ministry").
    """

    phrase: NounPhrase
    mention: Mention | None


class Cast:
    """Everybody and everything named in one sentence."""

    def __init__(self, parsed: Parsed, mentions: Sequence[Mention]) -> None:
        self.parsed = parsed
        self.mentions = mentions
        self.phrases = noun_phrases(parsed.tokens, mentions)

    def inside(self, clause: Clause) -> list[NounPhrase]:
        """Return the noun phrases of a clause."""
        return [p for p in self.phrases if clause.first <= p.first and p.last <= clause.last]

    def subject(self, at: int) -> Subject | None:
        """Return the subject of clause `at`; None where it has none of its own."""
        predicate = self._predicate(at)
        nominative = self._nominative(at, predicate)
        sure = [p for p in nominative if "accs" not in p.cases]
        named = [p for p in nominative if p.mention(self.mentions)]
        ranked = (
            [p for p in sure if p in named and p.first < predicate],
            [p for p in sure if p in named],
            [p for p in sure if p.first < predicate],
            [p for p in named if p.first < predicate],
            [*named, *sure, *self._places(at, predicate)],
        )
        chosen = next((phrases[0] for phrases in ranked if phrases), None)
        return Subject(chosen, self._named(chosen)) if chosen else None

    def inherited(self, at: int) -> Subject | None:
        """Return the subject that clause `at` takes over from a clause before it."""
        predicate = self._predicate(at)
        for before in range(at - 1, -1, -1):
            subject = self.subject(before)
            if subject and (subject.phrase.before or self._agrees(subject.phrase, predicate)):
                return subject
        return None

    def pronoun(self, at: int) -> int:
        """Return the index of the pronoun that is the subject of clause `at`, -1 for none."""
        span = range(self.parsed.clauses[at].first, self.parsed.clauses[at].last + 1)
        return next((i for i in span if self.parsed.tokens[i].text.lower() in self.parsed.words.pronouns), -1)

    def meant(self, at: int, pronoun: int) -> Mention | None:
        """Return whom the pronoun of clause `at` stands for; a person is known by the verb alone.

        Who says that "she" does something speaks of herself, if that agrees; else it is the last named that agrees:
        "Рютте обвинил Москву в том, что она …" is Moscow's doing, whoever says it.
        """
        tokens = self.parsed.tokens
        before = [m for m in reversed(self.mentions) if 0 <= m.last < pronoun]
        agreeing = [m for m in before if _stands_for(tokens[pronoun].morph, tokens[m.last].morph)]
        clause = self.parsed.clauses[at]
        own = clause.opening is Opening.THAT and clause.parent >= 0 and not self._accused(clause)
        subject = self.subject(clause.parent) if own else None
        return subject.mention if subject and subject.mention in agreeing else next(iter(agreeing), None)

    def _accused(self, clause: Clause) -> bool:
        """Tell whether a clause says what somebody is accused of: "в том, что"."""
        before = self.parsed.tokens[: clause.first]
        return any(token.text.lower() in self.parsed.words.charges for token in before[-2:])

    def speaker(self, at: int) -> NounPhrase | None:
        """Return whoever speaks in clause `at`: its subject, even one that may be its object too."""
        subject = self.subject(at)
        if subject:
            return subject.phrase
        return next(iter(self._nominative(at, self._predicate(at))), None)

    def _predicate(self, at: int) -> int:
        clause = self.parsed.clauses[at]
        span = range(clause.first, clause.last + 1)
        return next((i for i in span if is_predicate(self.parsed.tokens[i])), -1)

    def _nominative(self, at: int, predicate: int) -> list[NounPhrase]:
        clause = self.parsed.clauses[at]
        found = [p for p in self.inside(clause) if not p.before and "nomn" in p.cases]
        return [p for p in found if self._agrees(p, predicate) and not self._is_object(p, predicate, clause)]

    def _places(self, at: int, predicate: int) -> list[NounPhrase]:
        """Return the places of "в Сеуле рассматривают": a plural without a subject."""
        morph = self.parsed.tokens[predicate].morph if predicate >= 0 else "plur"
        if "plur" not in morph and "prts" not in morph:
            return []
        inside = self.inside(self.parsed.clauses[at])
        places = [p for p in inside if p.before in self.parsed.words.sources_in and "loct" in p.cases]
        return [p for p in places if p.mention(self.mentions)]

    def _is_object(self, phrase: NounPhrase, predicate: int, clause: Clause) -> bool:
        """Tell whether a name without cases is rather the object: "заявил, что передаст КНДР …"."""
        undeclined = "fixd" in self.parsed.tokens[phrase.head].morph
        return clause.opening is Opening.THAT and phrase.first == predicate + 1 and undeclined

    def _named(self, phrase: NounPhrase) -> Mention | None:
        mention = phrase.mention(self.mentions)
        if mention or self.parsed.tokens[phrase.head].lemma in self.parsed.words.anaphors:
            return mention
        return Mention("", "", phrase.first, phrase.last)

    def _agrees(self, phrase: NounPhrase, predicate: int) -> bool:
        """Tell whether a phrase may be the subject of a predicate by number and, in the past, by gender."""
        if predicate < 0:
            return True
        noun, verb = self.parsed.tokens[phrase.head].morph, self.parsed.tokens[predicate].morph
        if "fixd" in noun or "name" in noun:
            return True
        if "plur" in verb and "plur" not in noun:
            return self._joined(phrase)
        if "sing" in verb and "sing" not in noun:
            return False
        return "past" not in verb or "plur" in verb or self._is_person(phrase) or _same_gender(noun, verb)

    def _is_person(self, phrase: NounPhrase) -> bool:
        """A person's verb goes by the person, not by the office: "представитель Захарова заявила"."""
        inside = self.parsed.tokens[phrase.first : phrase.last + 1]
        return any("name" in t.morph for t in inside) or inside[phrase.head - phrase.first].lemma in (
            self.parsed.words.anaphors
        )

    def _joined(self, phrase: NounPhrase) -> bool:
        """Tell whether a phrase is one of several: "Москва и Пхеньян подписали"."""
        tokens = self.parsed.tokens
        beside = tokens[max(0, phrase.first - 1) : phrase.first] + tokens[phrase.last + 1 : phrase.last + 2]
        return any(t.lemma in self.parsed.words.coordinators or t.text == "," for t in beside)


def _same_gender(noun: str, verb: str) -> bool:
    genders = [gender for gender in _GENDERS if gender in noun]
    return not genders or any(gender in verb for gender in genders)


def _stands_for(pronoun: str, name: str) -> bool:
    """Tell whether a pronoun may stand for a name by its gender; a name without one is not taken up."""
    return "sing" in pronoun and "sing" in name and any(gender in pronoun and gender in name for gender in _GENDERS)
