"""Which short forms of countries does Korean join into one word?

북러 is North Korea and Russia, 방북 a visit to the North, 대러 toward Russia: each syllable is a word of its own
here, under the one form (its hanja, where headlines use it) by which a name can be found.

Refuses to do: which holder a form stands for is the storyline's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORT = {"북": "北", "조": "北", "한": "韓", "미": "美", "중": "中", "일": "日", "러": "러", "우": "우크라"}
"""Syllable of a short form → lemma."""

_COUNTRIES = (
    "북러", "러북", "조러", "한러", "한미", "미한", "한미일", "미한일", "한일", "한중", "한중일", "북중", "중북",
    "북중러", "중러", "러중", "미러", "미중", "러우", "남북러", "한북러", "북한러", "한중러", "북러중",
)  # fmt: skip
_PREFIXED = ("대러", "대북", "방러", "방북", "방한", "주러", "주북", "친러", "반러", "대우크라")
_PAIR = re.compile(rf"(?:{'|'.join(sorted((*_COUNTRIES, *_PREFIXED), key=len, reverse=True))})(?<!북중(?=미))")
_DOTS = "·ㆍ・"
_PARTICLES = ("", "은", "는", "이", "가", "의", "에", "와", "과", "도", "로", "에서", "에게", "에도", "측", "군")


def pair_parts(form: str) -> tuple[tuple[str, str], ...]:
    """Return (syllables, lemma) of the parts that a joined short form falls into; () when `form` starts with none."""
    found = _PAIR.match(form)
    if not found:
        return ()
    word = found.group()
    if word in _PREFIXED:
        return (word[0], word[0]), (word[1:], SHORT.get(word[1:], word[1:]))
    return tuple((syllable, SHORT.get(syllable, syllable)) for syllable in word)


def raw_forms(lemma: str) -> Iterator[str]:
    """Yield the gate forms in which a short form shows in raw text: alone, with a particle, or joined."""
    for syllable in (syllable for syllable, short in SHORT.items() if short == lemma):
        if lemma != "우크라" and syllable not in "조한일중":
            yield from (syllable + particle for particle in _PARTICLES)
        for word in (*_COUNTRIES, *_PREFIXED):
            if syllable in word:
                yield f"{word}*"
        for word in _COUNTRIES:
            if syllable in word:
                yield from (f"{dot.join(word)}*" for dot in _DOTS)
