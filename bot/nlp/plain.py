"""How is a text cut up without knowing its grammar?

Rough sentences for the gate, and a mask that blanks out markup without moving a character.

Refuses to do: no words, no lemma and no parse.
"""

from __future__ import annotations

import re

_END = re.compile(
    r"(?<=[^\W\d_]{2}[.!?…])[\"'”’»)\]]*\s+(?=[^\s.,;])|(?<=[\"'”’»)\d][.!?…])\s+|(?<=[.!?…][\"”’»])\s+|[。！？]\s*|(?<!\s)\s*\n\s*"
)
"""A break of lines is looked for from the first blank of a run only; from each, a megabyte of blanks takes hours."""
_SHORT = 20
_ABBREVIATED = frozenset(
    """
    mr mrs ms dr gen brig lt col sgt maj adm capt cmdr amb gov sen rep prof st vs jan feb aug sept oct nov dec
    ст ім ул вул просп див проф акад ген напр ок гл
    """.split()
)
"""Words that are followed by a full stop within a sentence far more often than at its end: "Mr. Kim", "ст. 4"."""
_BEFORE_SMALL = frozenset("jr sr долл дол руб грн гг рр обл им см полк зам".split())
"""Words that also end sentences, shortened where a small letter follows: "100 грн. Россия осудила", "руб. в год"."""
_BEFORE_FIGURES = frozenset("approx est nos art para pp vol fig пп рис табл чел экз тыс тис млн млрд трлн".split())
"""Words that are shortened where a figure follows, and else may end a sentence: "est. 20,000", "5 p.m. EST. Seoul"."""
_DOLLARS = frozenset({"долл", "дол"})
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATED | _BEFORE_SMALL | _BEFORE_FIGURES))
_NEXT = re.compile(r"\S{1,100}")
_ADDRESS = re.compile(r"://|\.\w\w")
"""A web address; "т.е." and "p.m." are none."""
_SMALL = 400
"""Characters after which a full stop ends a sentence though small letters follow: some texts have no capitals."""
_BLANK = re.compile(
    r"<[^<>]{0,400}>|[\x00-\x08\x0b-\x1f\x7f\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]"
)

NOTHING = re.compile(r"(?!)")
"""What a language has no wording for: it is found nowhere."""

Stretch = tuple[int, int]


def mask(text: str) -> str:
    """Return the text with tags, control, invisible and half characters as spaces; every offset stays."""
    if "<" not in text and text.isprintable():
        return text  # none of what is blanked out is printable; most titles and many texts end here
    return _BLANK.sub(lambda found: " " * len(found.group()), text)


def stretches(text: str) -> tuple[Stretch, ...]:
    """Return (start, end) of rough sentences; very short ones are joined to the next."""
    found: list[Stretch] = []
    start = 0
    for gap in _END.finditer(text):
        if gap.start() - start >= _SHORT and not goes_on(text, gap.start(), gap.end(), start):
            found.append((start, gap.start()))
            start = gap.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)


def goes_on(text: str, end: int, after: int, start: int) -> bool:
    """Tell whether a sentence goes on over a full stop, for a small letter follows or it is an abbreviation's.

    Args:
        end: one past the full stop.
        after: where the text goes on.
        start: of the sentence.
    """
    if text[end - 1 : end] != "." or "\n" in text[end:after]:
        return False
    small = _small(text, after)
    if small and after - start < _SMALL:
        return True
    first = end - 1
    while first > 0 and end - first <= _LONGEST_ABBREVIATION and text[first - 1].isalpha():
        first -= 1
    word = text[first : end - 1].lower()
    if word in _BEFORE_FIGURES and text[after : after + 1].isdigit():
        return True
    if word in _BEFORE_SMALL | _BEFORE_FIGURES:
        return small or (word in _DOLLARS and text.startswith("США", after))
    return word in _ABBREVIATED


def _small(text: str, after: int) -> bool:
    """Tell whether a word wholly in small letters follows: neither "iPhones" nor "www.example.com"."""
    found = _NEXT.match(text, after)
    word = found.group() if found else ""
    return word[:1].islower() and word.islower() and not _ADDRESS.search(word)
