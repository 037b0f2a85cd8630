"""Which paper does a sentence credit with what it tells: "…, the Tribune reported", "according to the Kyiv Post"?

The speakers of a storyline are names, found by resolve.py; the world has more papers than anybody lists. One of them
is known here by what is plainly said: that it reported, that it is a newspaper, or that something is according to a
single name ("Axios"), and that is no surname of somebody whom the item names in full.

Refuses to do: nobody is a paper for being named; ministries, media without a name and people are none. No word of a
language stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from bot.domain import Storyline, paper_name
from bot.nlp.analysis import Mention, Sentence

_READ = 600
"""Characters of a sentence that are looked at."""
_NEAR = 40
"""Characters beside a speaker in which it is said that it is cited."""
_WORD = re.compile(r"\w+")
_BEHIND = 240
"""Characters behind a sentence in which the next may say who reported it."""


class Credit(NamedTuple):
    """A paper that is credited: its name as written, and where that stands in the text."""

    written: str
    start: int
    end: int


def _nobody(_: Credit) -> bool:
    """Tell of a name in a sentence that nobody has analysed that it may be a person's."""
    return False


@dataclass(frozen=True, slots=True)
class Crediting:
    """How newsrooms of one language credit a paper.

    Args:
        hint: stands in every sentence that credits one; saves the rest of the time in the others.
        plain: wordings whose group `name` is a paper, whatever it is called.
        likely: wordings whose group `name` is one if it is called like a paper.
        headline: likewise, in titles alone.
        single: wordings whose group `name` is one name that a report is from, unless it is a person's.
        person: names that are people's.
        full: wording of a fuller name, in which a NUL stands for a part of it.
        proper: what the language's analyser calls the words of a name; none where capitals tell.
        polls: wordings whose group `name` has asked people what they think.
        called: what papers are called, anywhere in the name.
        nobody: names that are none: "Media", "Defense Ministry", "Friday".
        citing: wording around a speaker (written as a NUL) whom the paper cites in turn.
        again: head of a sentence that speaks of the one before: "This was first reported by …".
    """

    hint: re.Pattern[str]
    plain: Sequence[re.Pattern[str]]
    likely: Sequence[re.Pattern[str]]
    headline: Sequence[re.Pattern[str]]
    single: Sequence[re.Pattern[str]]
    person: re.Pattern[str]
    full: re.Pattern[str]
    proper: frozenset[str]
    polls: Sequence[re.Pattern[str]]
    called: re.Pattern[str]
    nobody: re.Pattern[str]
    again: re.Pattern[str]
    citing: re.Pattern[str]

    def __call__(self, text: str, *, title: bool = False, alone: Callable[[Credit], bool] = _nobody) -> Credit | None:
        """Return the paper that a sentence credits, None where it names none.

        Args:
            alone: tells whether what is credited by a single name is one.
        """
        some = text[:_READ]
        return next(self._credits(some, title=title), None) or next(filter(alone, self._singles(some)), None)

    def behind(self, text: str, end: int) -> Credit | None:
        """Return the paper that the sentence behind a place credits with what stands before it."""
        after = text[end : end + _BEHIND].lstrip()
        return self(after) if self.again.match(after) else None

    def pollster(self, text: str) -> str:
        """Return who has made the poll that a text tells of, as `paper_name` has it; "" for none."""
        named = (found["name"].strip(" .,") for pattern in self.polls for found in pattern.finditer(text))
        names = (paper_name(written) for written in named if not self.nobody.search(written))
        return next((name for name in names if len(name) > 1), "")

    def _credits(self, text: str, *, title: bool) -> Iterator[Credit]:
        if not (title or self.hint.search(text)):
            return
        sure = [(pattern, False) for pattern in self.plain]
        doubtful = [(pattern, True) for pattern in (*self.likely, *(self.headline if title else ()))]
        for pattern, asked in (*sure, *doubtful):
            for found in pattern.finditer(text):
                written = found["name"].strip(" .,")
                named = len(paper_name(written)) > 1 and not self.nobody.search(written)
                if named and (self.called.search(written) or not asked):
                    start = text.index(written, found.start("name"))
                    yield Credit(written, start, start + len(written))

    def _singles(self, text: str) -> Iterator[Credit]:
        for pattern in self.single if self.hint.search(text) else ():
            for found in pattern.finditer(text):
                written = found["name"]
                if len(written) > 1 and not (self.nobody.search(written) or self.person.search(written)):
                    yield Credit(written, found.start("name"), found.end("name"))


@dataclass(frozen=True, slots=True)
class Papers:
    """Who is credited in the sentences of one item.

    Args:
        crediting: of the item's language.
        known: what the speakers of the storyline are called, as `paper_name` has it → their ids.
        publisher: of the item; that it names itself credits nobody.
    """

    crediting: Crediting
    known: Mapping[str, str]
    publisher: str

    def credited(
        self, sentence: Sentence, mentions: Sequence[Mention], *, title: str, text: str
    ) -> tuple[str, tuple[Mention, ...]]:
        """Return the paper that a sentence credits, "" for none, and the mentions that are no part of its name.

        Args:
            title, text: of the item, for what is said beside it.
        """
        field = title if sentence.title else text
        alone = partial(self._alone, sentence, f"{title}\n{text}")
        credit = self.crediting(sentence.text, title=sentence.title, alone=alone)
        if credit is None or own(credit.written, self.publisher):
            return self._behind(sentence, field), tuple(mentions)
        start, end = sentence.start + credit.start, sentence.start + credit.end
        apart = []
        for m in mentions:
            first, last = sentence.tokens[m.first].start, sentence.tokens[m.last].end
            within = start <= first and last <= end
            known = m.speaker or (first, last) == (start, end)
            if first < end and start < last and (known or not within):
                return "", tuple(mentions)  # somebody whom the storyline knows, and the grammar finds
            if m.speaker and self._cited(field, first, last):
                return m.speaker, tuple(mentions)
            if not within:
                apart.append(m)
        return self._id(credit), tuple(apart)

    def _alone(self, sentence: Sentence, item: str, credit: Credit) -> bool:
        """Tell whether a single name is one, and not the surname of somebody whom the item names in full."""
        start, end = sentence.start + credit.start, sentence.start + credit.end
        called = {token.pos for token in sentence.tokens if start < token.end and token.start < end}
        named = not self.crediting.proper or called <= self.crediting.proper
        return named and not self.crediting.full.search(item.replace(credit.written, "\0"))

    def _behind(self, sentence: Sentence, field: str) -> str:
        credit = None if sentence.title else self.crediting.behind(field, sentence.start + len(sentence.text))
        if credit is None or own(credit.written, self.publisher):
            return ""
        return self._id(credit)

    def _id(self, credit: Credit) -> str:
        name = paper_name(credit.written)
        return self.known.get(name, name)

    def _cited(self, field: str, first: int, last: int) -> bool:
        return bool(
            self.crediting.citing.search(f"{field[max(0, first - _NEAR) : first]}\0{field[last : last + _NEAR]}")
        )


def known_papers(storyline: Storyline) -> dict[str, str]:
    """Return what the speakers of a storyline are called, in any language, as `paper_name` has it → their ids."""
    return {
        paper_name(form): speaker.id
        for speaker in storyline.speakers
        for forms in speaker.aliases.values()
        for form in forms
    }


def own(written: str, publisher: str) -> bool:
    """Tell whether a name is the publisher's own, be it shortened or drawn out: "BBC News" of the BBC."""
    one, other = paper_name(written), paper_name(publisher)
    if not (one and other):
        return False
    words, others = (set(_WORD.findall(name.casefold())) - {"the"} for name in (written, publisher))
    return one.startswith(other) or other.startswith(one) or words <= others or others <= words
