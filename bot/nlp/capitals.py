"""What does a text say that is written in capitals throughout?

Encoder and grammars know names by their capitals; where every word has them, no word stands out. Such a text is read
from a copy in small letters, names apart, of the same length, so that a quote is still the item's own.

Refuses to do: a text with as much as a fifth of small letters stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain import Storyline
from bot.nlp.languages import codes
from bot.nlp.resolve import aliases

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…:\n])[\s\"'“‘«„(\[]*$")
_WORDS = 3
"""Words that a text in capitals has at least; "NATO" and "US, UK" are no such text."""
_SHARE = 0.8
"""Of letters that have capitals."""
_JUDGED = 200
"""Characters of a text by which it is judged."""
_GLANCE = 64
"""Characters of them in which nearly every text has as many small letters as tell that it is in no capitals."""
_STEM = 5
"""Letters by which a name is known whatever its ending; a shorter one may have two letters of ending."""
_SHORT = 2
"""Letters of a name's word that says nothing."""


class Capitals:
    """Writes texts in capitals as others are written.

    Args:
        names: forms of names; their acronyms stay, their other words keep a capital.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        words = {word for form in names for word in _WORD.findall(form)}
        self._acronyms = frozenset(word for word in words if word.isupper())
        self._names = frozenset(
            word[:_STEM].lower() for word in words - self._acronyms if word[0].isupper() and len(word) > _SHORT
        )

    @classmethod
    def of(cls, storyline: Storyline) -> Capitals:
        """Return it with all names of a storyline."""
        return cls(alias.form for code in codes() for alias in aliases(storyline, code))

    def __call__(self, text: str) -> str:
        """Return a copy of the same length; the text itself where it is not in capitals."""
        if not _shouts(text[:_JUDGED]):
            return text
        return _WORD.sub(self._calm, text)

    def _calm(self, found: re.Match[str]) -> str:
        word = found[0]
        calm = word.lower()
        if not word.isupper() or word in self._acronyms or len(calm) != len(word):
            return word
        opens = _OPENS.search(found.string, max(0, found.start() - _SHORT), found.start())
        if opens or not self._names.isdisjoint({calm[:_STEM], calm[:-1], calm[:-2]}):
            return word[0] + calm[1:]
        return calm


def _shouts(text: str) -> bool:
    """Tell whether a text is in capitals throughout."""
    if sum(map(str.islower, text[:_GLANCE])) >= (1 - _SHARE) * len(text):
        return False
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    if capitals <= _SHARE * (capitals + small) or 2 * capitals < sum(map(str.isalpha, text)):
        return False
    return sum(map(str.isupper, _WORD.findall(text))) >= _WORDS
