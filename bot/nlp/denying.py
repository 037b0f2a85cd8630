"""Which report does a sentence deny, and who denies it?

"Seoul dismisses a report that it has decided to send shells" repeats it word for word, and is its contrary. What is
denied is told apart from the rest of the sentence, which may say more ("… but will review it").

Refuses to do: no word of a language stands here; which positions follow is decided elsewhere. Who "did not deny" has
denied nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Mention, Sentence
from bot.nlp.phrases import Span
from bot.nlp.scene import Scene

_READ = 600
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is denied, by its characters in the sentence.

    Args:
        turned: it is itself a "no", or said of something that it takes for granted.
    """

    start: int
    end: int
    turned: bool


@dataclass(frozen=True, slots=True)
class Denying:
    """How one language denies a report.

    Args:
        hint: a wording without which nothing is denied.
        reports: wordings that deny; what is denied stands in their group `claim`.
        undenied: wordings of a sentence that denies nothing: "did not deny".
        turned: wordings of a claim that something is not done; or that takes it for granted and says something of it.
        office: somebody who speaks for a government, without its name.
    """

    hint: re.Pattern[str]
    reports: Sequence[re.Pattern[str]]
    undenied: re.Pattern[str]
    turned: re.Pattern[str]
    office: re.Pattern[str]

    def __call__(self, sentence: str) -> Claim | None:
        """Return what a sentence denies."""
        text = sentence[:_READ]
        if not self.hint.search(text) or self.undenied.search(text):
            return None
        for report in self.reports:
            found = report.search(text)
            if found:
                return Claim(*found.span("claim"), turned=bool(self.turned.search(found["claim"])))
        return None


@dataclass(frozen=True, slots=True)
class Denial:
    """A claim that a sentence denies.

    Args:
        start, end: characters of the field in which the sentence stands.
        turned: the claim is itself a "no", or said of something that it takes for granted.
        deniers: holders who deny it; none where the sentence names nobody.
        named: somebody denies it, be it a holder or an office without a name.
        around: holders named in the item.
    """

    sentence: Sentence
    start: int
    end: int
    turned: bool
    deniers: frozenset[str]
    named: bool
    around: frozenset[str]

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
            yield Denial(sentence, start, end, claim.turned, deniers, named, frozenset(scene.around))


def _outside(scene: Scene, start: int, end: int) -> Iterator[Mention]:
    tokens = scene.sentence.tokens
    for m in scene.mentions:
        if tokens[m.last].end <= start or tokens[m.first].start >= end:
            yield m
