"""Are two names those of one paper, however they are written?

Names in one alphabet are compared by their letters, those in two by what they sound like: 경향신문 is the Kyunghyang
Shinmun, and «Трибюн» the Tribune.

Refuses to do: no list of papers, no translation; 매일경제 and "Maeil Business" stay two names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLE = re.compile(r"^the\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_ENDING = re.compile(
    r"(?<=[\u0400-\u04ff]{4})"
    r"(?:ого|ому|ої|ою|ими|ыми|ами|ях|ах|ая|яя|ой|ей|ую|ое|ее|ые|ие|ый|ий|ых|их|[аяоеёыиіїуюйь])$"
)
"""A Cyrillic name stands in any case: «Коммерсант», «Коммерсанта»."""

_TELLING = 3
"""Consonants by which a name is told from most others."""
_HANGUL = re.compile("[가-힣]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ONSETS = "ggnddrmbbss*jjjgdb*"
_CODAS = ("", *"gggnnndrrrrrrrrmbbddnjjgdb", "")
"""Of a Hangul syllable, by number; * is none. What is alike to some ears is one: k and g, p and b and f, l and r."""
_TOGETHER = re.compile(r"[csz]h|ph|th|kh|ck|ng|t[sz]|c(?=[eiy])")
_AS_ONE = {"ch": "j", "sh": "s", "zh": "j", "ph": "b", "th": "d", "kh": "g", "ng": "n", "ts": "j", "tz": "j", "c": "s"}
_UNHEARD = re.compile("[rр](?![aeiouyаеёиоуыэюяєіїh])")
"""An r that many do not speak: 저널 is a journal."""
_SOUNDS = {
    **dict.fromkeys("gkqcгґкх", "g"),
    **dict.fromkeys("dtдт", "d"),
    **dict.fromkeys("bpvfбпвф", "b"),
    **dict.fromkeys("sсшщ", "s"),
    **dict.fromkeys("jzжзцч", "j"),
    **dict.fromkeys("lrлр", "r"),
    **dict.fromkeys("mм", "m"),
    **dict.fromkeys("nн", "n"),
    **dict.fromkeys("hwьъ", ""),
    "x": "gs",
}
_DOUBLED = re.compile(r"([^*])\1")


@lru_cache(maxsize=4096)
def paper_name(written: str) -> str:
    """Return what a paper's name is known by: small letters without article, spaces, marks and Cyrillic endings."""
    plain = _ARTICLE.sub("", unicodedata.normalize("NFKC", written).casefold().strip())
    return "".join(_ENDING.sub("", word) for word in _NOT_WORD.split(plain))


def paper_letters(name: str) -> str:
    """Return the alphabet that a name is written in."""
    return "hangul" if _HANGUL.search(name) else "cyrillic" if _CYRILLIC.search(name) else "latin"


@lru_cache(maxsize=4096)
def paper_sound(name: str) -> str:
    """Return the consonants by which a name is known in any alphabet, behind a * where it begins with none.

    "" for one that has too few, and for an acronym without a vowel: it is spoken letter by letter.

    Args:
        name: as `paper_name` has it.
    """
    plain = _TOGETHER.sub(lambda found: _AS_ONE.get(found.group(), "g"), _UNHEARD.sub("", name))
    heard = "".join(_syllable(c) if _HANGUL.match(c) else _SOUNDS.get(c, "*") for c in plain)
    told = _DOUBLED.sub(r"\1", heard).replace("*", "")
    if len(told) < _TELLING or "*" not in heard:
        return ""
    return f"*{told}" if heard.startswith("*") else told


def _syllable(c: str) -> str:
    """Return a Hangul syllable's consonants around its vowel."""
    number = ord(c) - ord("가")
    return f"{_ONSETS[number // 588]}*{_CODAS[number % 28]}"
