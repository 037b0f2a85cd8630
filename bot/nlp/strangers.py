"""Does a sentence tell of a country of which the storyline does not speak, or of ties of which it does not?

"Russia warns Moldova over arms" stands in items on South Korea, too, and nothing in it but the country says that it is
not about South Korea. Where a strange country acts, or something is done to it, and nobody is named whom the storyline
is about, the sentence is another story's. So it is where it tells of ties among others alone: Seoul's to Beijing, say.

Refuses to do: a country that is a holder is no stranger; no word of a language stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlp.gate import Gate


@dataclass(frozen=True, slots=True)
class Strangers:
    """Finds such sentences with the wordings of one language.

    Args:
        wording: a strange country that acts or suffers, as one of its named groups; or, as group `among`, ties that no
            storyline with this wording is about, whoever is named in the sentence.
        gate: knows the holders, and whom the storyline is about.
    """

    wording: re.Pattern[str]
    gate: Gate

    def __call__(self, sentence: str) -> str:
        """Return the country, or the ties, that make a sentence another story's, "" for none."""
        for found in self.wording.finditer(sentence):
            if among := found.groupdict().get("among"):
                return among
            country = next(filter(None, found.groupdict().values()))
            if not self.gate.holders(country):
                return "" if self.gate.about(sentence) else country
        return ""
