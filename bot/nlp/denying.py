"""Which report does a sentence deny, and who denies it?

"Seoul dismisses a report that it has decided to send shells" repeats it word for word, and is its contrary. What is
denied is told apart from the rest of the sentence, which may say more ("… but will review it"). Who "dismisses
criticism of its decision to send shells" denies no report: the words that brush the objection aside are told apart.

Refuses to do: no word of a language stands here; which positions follow is decided elsewhere. Who "did not deny" has
denied nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Mention, Sentence
from bot.nlp.phrases import Span
from bot.nlp.plain import NOTHING, Stretch
from bot.nlp.scene import Scene

_READ = 600
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is denied, by its characters in the sentence.

    Args:
        turned: it is itself a "no", or said of something that it takes for granted.
        aside: the words that brush an objection aside, where it is no report: "dismisses criticism of".
        pondered: what is denied is said to be considered, in the rest of the sentence: "… but is considering it".
        lifted: it is no longer denied, or was not: "no longer rules out".
    """

    start: int
    end: int
    turned: bool
    aside: Stretch | None = None
    pondered: bool = False
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class Denying:
    """How one language denies a report.

    Args:
        hint: a wording without which nothing is denied.
        reports: wordings that deny; what is denied stands in their group `claim`.
        undenied: wordings of a sentence that denies nothing: "did not deny".
        turned: wordings of a claim that something is not done; or that takes it for granted and says something of it.
        office: somebody who speaks for a government, without its name.
        objections: wordings that brush an objection aside; those words stand in their group `aside`, with what is
            objected to in their group `claim`.
        pondered: wordings that take up what was denied as something to consider: "is considering it".
        lifted: wordings of a denial that is none, or none any more; the "no" stands in the sentence all the same.
        no: words of negation.
    """

    hint: re.Pattern[str]
    reports: Sequence[re.Pattern[str]]
    undenied: re.Pattern[str]
    turned: re.Pattern[str]
    office: re.Pattern[str]
    objections: re.Pattern[str]
    pondered: re.Pattern[str]
    lifted: re.Pattern[str] = NOTHING
    no: re.Pattern[str] = NOTHING

    def __call__(self, sentence: str) -> Claim | None:
        """Return what a sentence denies."""
        text = sentence[:_READ]
        if (found := self.lifted.search(text)) and self._only(text[: found.start()] + text[found.end() :]):
            return Claim(found.start(), len(text), turned=True, lifted=True)
        if not self.hint.search(text) or self.undenied.search(text):
            return None
        if objection := self.objections.search(text):
            return Claim(*objection.span("claim"), turned=False, aside=objection.span("aside"))
        for report in self.reports:
            found = report.search(text)
            if found:
                turned, rest = self.turned.search(found["claim"]), text[found.end("claim") :]
                return Claim(*found.span("claim"), bool(turned), pondered=bool(self.pondered.search(rest)))
        return None

    def _only(self, rest: str) -> bool:
        """Tell whether the rest of a sentence denies nothing."""
        return not self.hint.search(rest) and not self.no.search(rest)


@dataclass(frozen=True, slots=True)
class Denial:
    """A claim that a sentence denies.

    Args:
        start, end: characters of the field in which the sentence stands.
        turned, pondered, lifted: as of its `Claim`.
        aside: characters of the field that brush an objection aside; None of a report.
        deniers: holders who deny it; none where the sentence names nobody.
        named: somebody denies it, be it a holder or an office without a name.
    """

    sentence: Sentence
    start: int
    end: int
    turned: bool
    deniers: frozenset[str]
    named: bool
    aside: Stretch | None = None
    pondered: bool = False
    lifted: bool = False

    @property
    def words(self) -> Stretch:
        """The characters of the field without which the sentence denies nothing."""
        return self.aside or (self.start, self.end)

    def holds(self, sentence: Sentence, trigger: Span) -> bool:
        """Tell whether an event of a sentence is part of what is denied."""
        return sentence is self.sentence and self.start <= sentence.tokens[trigger[0]].start < self.end

    def by(self, holders: Sequence[str]) -> tuple[str, ...]:
        """Return who of a track's holders denies it; where nobody is named, the only one whose it can be."""
        if self.deniers or len(holders) > 1:
            return tuple(holder for holder in holders if holder in self.deniers)
        return tuple(holders)


def denials(denying: Denying, scenes: Sequence[Scene]) -> Iterator[Denial]:
    """Yield what the sentences of an item deny."""
    for scene in scenes:
        sentence = scene.sentence
        claim = denying(sentence.text)
        if claim:
            rest = f"{sentence.text[: claim.start]} {sentence.text[claim.end :]}"
            start, end = claim.start + sentence.start, claim.end + sentence.start
            deniers = frozenset(m.holder for m in _outside(scene, start, end) if m.holder)
            office = bool(denying.office.search(rest))
            if not deniers and not office and scene.before is not None:
                deniers = frozenset({scene.before.holder})
            named = bool(deniers) or office
            aside = claim.aside and (claim.aside[0] + sentence.start, claim.aside[1] + sentence.start)
            yield Denial(sentence, start, end, claim.turned, deniers, named, aside, claim.pondered, claim.lifted)


def _outside(scene: Scene, start: int, end: int) -> Iterator[Mention]:
    tokens = scene.sentence.tokens
    for m in scene.mentions:
        if tokens[m.last].end <= start or tokens[m.first].start >= end:
            yield m
