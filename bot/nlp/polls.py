"""Whose poll does an item tell of?

What people think is known by asking them, and many papers print one pollster's answer: it is the origin, whichever
paper or agency carries it and whichever sentence names it.

Refuses to do: a poll is no origin of what a government or a party says; a poll without a pollster is the publisher's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain import POLLSTER, Storyline
from bot.nlp.candidates import Candidate
from bot.nlp.papers import Crediting, known_papers
from bot.nlp.plain import NOTHING

_READ = 2000
"""Characters of a text that are looked at."""


class Polls:
    """The pollsters of one storyline, and those that an item tells of in passing."""

    def __init__(self, storyline: Storyline) -> None:
        self._publics = {holder.id for holder in storyline.holders if holder.kind == "public"}
        self._known = known_papers(storyline)
        pollsters = [speaker for speaker in storyline.speakers if speaker.kind == POLLSTER]
        self._forms = {form: p.id for p in pollsters for forms in p.aliases.values() for form in forms}
        longest = "|".join(re.escape(form) for form in sorted(self._forms, key=len, reverse=True))
        self._listed = re.compile(rf"(?<!\w)(?:{longest or NOTHING.pattern})")

    def credited(
        self, candidates: Iterable[Candidate], crediting: Crediting, title: str, text: str
    ) -> tuple[Candidate, ...]:
        """Return the candidates, those of what people think with whoever has asked them."""
        every = tuple(candidates)
        if not any(c.holder in self._publics for c in every):
            return every
        pollster = self._pollster(crediting, f"{title}\n{text[:_READ]}")
        return tuple(self._asked(c, pollster) if c.holder in self._publics else c for c in every)

    def _asked(self, c: Candidate, pollster: str) -> Candidate:
        if not pollster:
            return c
        return replace(c, origin=pollster, trace=(*c.trace, f"origin: {pollster}, who has asked"))

    def _pollster(self, crediting: Crediting, text: str) -> str:
        if listed := self._listed.search(text):
            return self._forms[listed.group()]
        name = crediting.pollster(text)
        return self._known.get(name, name)
