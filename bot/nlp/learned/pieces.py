"""How is a text cut into the pieces that the encoder knows?

The unigram model of SentencePiece (Kudo 2018, "Subword Regularization"): of all ways to write a text with known
pieces the most probable one, found by Viterbi over each word apart. Text is normalised by NFKC, blanks are one.

Refuses to do: it learns no pieces; they come with the encoder.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import lru_cache

from bot.nlp.capitals import Capitals

_WORD_START = "\u2581"
_BLANK = re.compile(r"[\s\u0000-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_UNKNOWN_COST = 10.0
"""How much less probable an unknown character is than the rarest piece; SentencePiece's own constant."""

_WORDS = 5_000
"""Words whose pieces are remembered."""

_LONGEST_WORD = 200
"""Characters of one unbroken run that are read; longer ones are no words."""


class Pieces:
    """A vocabulary with the log probability of each piece.

    Args:
        pieces: by id; those of control symbols are "".
        scores: log probabilities, by id.
        unknown: id of the piece for what no other can write.
        capitals: how texts in capitals are written, for the pieces of capitals say little.
    """

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], unknown: int, capitals: Capitals | None = None
    ) -> None:
        self._capitals = capitals or Capitals()
        self._ids = {piece: i for i, piece in enumerate(pieces) if piece}
        self._scores = array("f", scores)
        self._longest = max(map(len, self._ids))
        self._unknown = unknown
        self._worst = min(float(score) for score in scores) - _UNKNOWN_COST
        self._word = lru_cache(maxsize=_WORDS)(self._best)

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text's pieces; none for a text that is blank."""
        words = _BLANK.sub(" ", unicodedata.normalize("NFKC", self._capitals(text))).split()
        return [piece for word in words for piece in self._word(_WORD_START + word[:_LONGEST_WORD])]

    def _best(self, word: str) -> tuple[int, ...]:
        """Return the most probable pieces of one word."""
        best = [0.0] + [-float("inf")] * len(word)
        back: list[tuple[int, int]] = [(0, self._unknown)] * (len(word) + 1)
        for start in range(len(word)):
            if best[start] + self._worst > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._worst, (start, self._unknown)
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                piece = self._ids.get(word[start:end], -1)
                if piece >= 0 and best[start] + self._scores[piece] > best[end]:
                    best[end], back[end] = best[start] + self._scores[piece], (start, piece)
        found: list[int] = []
        end = len(word)
        while end:
            end, piece_id = back[end]
            found.append(piece_id)
        return tuple(reversed(found))
