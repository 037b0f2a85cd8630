"""How is a row of Korean morphemes searched with patterns?

As one string "lemma/TAG lemma/TAG ", with the way back to the tokens.

Refuses to do: no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from bot.nlp.analysis import Token

QUOTATIVE = re.compile(
    r"(?:다고|ㄴ다고|는다고|라고|이라고|으라고|자고|냐고|느냐고|다며|ㄴ다며|는다며|라며"
    r"|이라며|으라며|자며|다면서|ㄴ다면서|는다면서|라면서|이라면서|고도|다고도)/(?:E\w+"
    r"|JKQ) |(?:고|며)/JKQ |\S+/JKQ "
)
COORDINATE = re.compile(
    r"고/EC (?!있다/VX|계시다/VX|(?:\S+/JX )?(?:않다|싶다)/VX)|(?:며|으며|면서|으면서|지만"
    r"|으나|나|는데|ㄴ데|은데|되|어서|아서|니까|으니|므로)/EC |(?:다|ㄴ다|는다|습니다"
    r"|ㅂ니다|음|ㅁ|어|아|지|나)/EF |…/\S+ |\.{2,}/\S+ |[;|.?!]/\S+ "
)


class Line:
    """Tokens `first` to before `last` of a sentence as one string; `places` says where each begins."""

    def __init__(self, tokens: Sequence[Token], first: int, last: int | None = None) -> None:
        self.tokens = tuple(tokens[first:last])
        parts = [f"{token.lemma}/{token.pos} " for token in self.tokens]
        self.text = "".join(parts)
        self.places = tuple(accumulate(map(len, parts), initial=0))[:-1]

    def clause(self) -> str:
        """Return what stands after the last verb of saying: the clause that the end belongs to."""
        start = 0
        for found in QUOTATIVE.finditer(self.text):
            start = found.end()
        return self.text[start:]

    def words(self, start: int, end: int) -> str:
        """Return the text of the tokens that begin between two places of the string."""
        chosen = [t for place, t in zip(self.places, self.tokens, strict=True) if start <= place < end]
        return " ".join(token.text for token in chosen)
