"""Where in a sentence does a phrase stand?

A phrase is written in dictionary forms: `rule out`, with `_` for up to three words in between (`rule _ out`),
`deploy*` for any word that starts so, `arm/VERB` for one part of speech. A word of a phrase matches a token by its
lemma or by its own lower-case form. All phrases of a language share one index, so that a sentence is walked once.

Refuses to do: no meaning; a phrase is a key, what it stands for is the caller's business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.nlp.analysis import Token

Span = tuple[int, int]
_GAP = 3
_SHORTEST_PREFIX = 2
_FORMS = 20_000
"""Words of which it is remembered what may begin with them."""


@dataclass(frozen=True, slots=True)
class Word:
    """One element of a phrase.

    Args:
        text: lower-case lemma, surface form or prefix; "" for a gap of up to three tokens.
        pos: part of speech the token must have, "" for any.
        prefix: `text` is only the beginning of the word.
    """

    text: str
    pos: str = ""
    prefix: bool = False

    def fits(self, token: Token, surface: str) -> bool:
        """Tell whether a token, with this lower-case form, is this word."""
        if self.pos and token.pos != self.pos:
            return False
        if self.prefix:
            return token.lemma.startswith(self.text) or surface.startswith(self.text)
        return self.text == token.lemma or self.text == surface  # noqa: PLR1714 -- no tuple is made in a hot loop


Phrase = tuple[Word, ...]


def parse_phrase(text: str, lemmas: Callable[[str], tuple[str, ...]]) -> Phrase:
    """Turn the notation into a phrase.

    Args:
        lemmas: how a language cuts plain words into lemmas.

    Raises:
        ValueError: the phrase is empty, starts with a gap, or its prefix is shorter than two letters.
    """
    words: list[Word] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            words.extend(Word(lemma.lower()) for lemma in lemmas(" ".join(plain)))
            plain.clear()

    for piece in text.split():
        special = _special(piece)
        if special is None:
            plain.append(piece)
            continue
        flush()
        words.append(special)
    flush()
    if not words or not words[0].text:
        raise ValueError(f"phrase {text!r} needs a word to start with")
    return tuple(words)


def _special(piece: str) -> Word | None:
    if piece == "_":
        return Word("")
    body, slash, pos = piece.rpartition("/")
    if not slash:
        body, pos = piece, ""
    elif not body or not (pos.isupper() or "-" in pos):
        return None
    prefix = body.endswith("*")
    if not slash and not prefix:
        return None
    text = body.rstrip("*").lower()
    if prefix and len(text) < _SHORTEST_PREFIX:
        raise ValueError(f"prefix {piece!r} is shorter than {_SHORTEST_PREFIX} letters")
    return Word(text, pos, prefix)


_Longer = tuple[str, Phrase, str]
"""A key, its phrase, and one word that must stand in the sentence, "" where none can be told beforehand."""


class PhraseIndex:
    """All phrases of one language under their keys; built once, then only read."""

    def __init__(self, phrases: Iterable[tuple[str, Phrase]]) -> None:
        self._plain: dict[str, list[str]] = defaultdict(list)
        self._exact: dict[str, list[_Longer]] = defaultdict(list)
        self._prefix: dict[str, list[_Longer]] = defaultdict(list)
        for key, phrase in dict.fromkeys(phrases):
            first = phrase[0]
            if phrase == (Word(first.text),):
                self._plain[first.text].append(key)
            else:
                needed = next((word.text for word in phrase[:0:-1] if word.text and not word.prefix), "")
                (self._prefix if first.prefix else self._exact)[first.text].append((key, phrase, needed))
        self._lengths = sorted({len(text) for text in self._prefix})
        self._beginning = lru_cache(maxsize=_FORMS)(self._that_begin)

    def find(self, tokens: Sequence[Token]) -> Mapping[str, tuple[Span, ...]]:
        """Return for every key that occurs its spans of token indices, inclusive, in text order."""
        found: dict[str, dict[Span, None]] = defaultdict(dict)
        surfaces = [token.text.lower() for token in tokens]
        lemmas = [token.lemma for token in tokens]
        present = {"", *surfaces, *lemmas}
        for i, (lemma, surface) in enumerate(zip(lemmas, surfaces, strict=True)):
            for form in (lemma,) if lemma == surface else (lemma, surface):
                plain, longer = self._beginning(form)
                for key in plain:
                    found[key][i, i] = None
                for key, phrase, needed in longer:
                    if needed in present and (last := _match(phrase, tokens, surfaces, i)) >= 0:
                        found[key][i, last] = None
        return {key: tuple(spans) for key, spans in found.items()}

    def _that_begin(self, form: str) -> tuple[Sequence[str], Sequence[_Longer]]:
        """Return the keys of one plain word, and the longer phrases, that may begin with a form."""
        longer = list(self._exact.get(form, ()))
        for length in self._lengths:
            if length > len(form):
                break
            longer.extend(self._prefix.get(form[:length], ()))
        return self._plain.get(form, ()), longer


def _match(phrase: Phrase, tokens: Sequence[Token], surfaces: Sequence[str], start: int) -> int:
    """Return the index of the last token of a phrase that starts at `start`, -1 where it does not."""
    i, slack, end = start, 0, len(tokens)
    for word in phrase:
        if not word.text:
            slack = _GAP
            continue
        for j in range(i, min(i + slack + 1, end)):
            if word.fits(tokens[j], surfaces[j]):
                break
        else:
            return -1
        i, slack = j + 1, 0
    return i - 1
