"""In which forms does a Korean term show in raw text?

Nouns stand anywhere in a word, as Korean writes compounds and particles together. A verb's last syllable takes
endings into itself (보내다: 보낸, 보냈, 보낼), so all of these are given.

Refuses to do: no analyser is loaded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.nlp.languages.ko.pairs import SHORT, raw_forms

_FINALS = ("\u11ab", "\u11af", "\u11b7", "\u11b8", "\u11bb")
_VOWELS = {"\u1175": "\u1167", "\u116e": "\u116f", "\u1169": "\u116a", "\u1173": "\u1165", "\u116c": "\u116b"}
_DATELINES = ("서울",)
"""Cities that stand in the dateline of half of all Korean news: they count only where a particle follows."""
_ENDS = frozenset(
    ("정부", "국방부", "외교부", "국회", "하원", "상원", "여당", "야당", "국민", "여론", "교수", "부대", "군대", "주러")
)
"""Words that end so many others that they count only where a word begins."""
_SUBJECT = ("은", "이", "의", "과", "도", "에")
_PARTICLES = frozenset(
    ("에", "을", "를", "이", "가", "은", "는", "의", "로", "만", "까지", "과", "와", "적", "지", "안", "못")
)
_LIGHT = ("하다", "되다", "시키다", "받다")


@lru_cache(maxsize=4096)
def gate_forms(term: str) -> tuple[str, ...]:
    """Return the forms that reveal `term`, each as "*form*"; see bot.nlp.languages.gate_forms."""
    gap = "_" in term.split()
    words = [word.partition("/")[0].strip("*") for word in term.lower().split() if word != "_"]
    words = [word for word in words if word]
    if not words:
        return ()
    if len(words) > 1 and not gap and not any(_bends(word) for word in words):
        start = "*" if len(words[0]) > 1 else ""
        return tuple(f"{start}{joint.join(words)}*" for joint in (" ", ""))
    word = max(words, key=lambda word: (not _bends(word), len(word)))
    return _name_forms(SHORT.get(word, word)) or _word_forms(word)


def _name_forms(word: str) -> tuple[str, ...]:
    """Return the forms of a word that counts only where it begins or where a particle follows; () for any other."""
    if word in SHORT.values():
        return (word if word == "러" else f"*{word}*", *raw_forms(word))
    if word in _DATELINES:
        return tuple(word + particle for particle in _SUBJECT)
    if word in _ENDS:
        return (f"{word}*",)
    return (word,) if re.fullmatch(r"[a-z0-9.-]+", word) else ()


def _word_forms(word: str) -> tuple[str, ...]:
    for light in _LIGHT:
        if word.endswith(light) and len(word) > len(light):
            return (f"*{word.removesuffix(light)}*",)
    if word.endswith("다") and len(word) > 1:
        return tuple(f"*{form}*" for form in _stems(word[:-1]))
    return (f"*{word}*",)


def _bends(word: str) -> bool:
    """Tell whether a word is a verb or a particle, whose form in text is another."""
    return (len(word) > 1 and word.endswith("다")) or word in _PARTICLES


def _stems(stem: str) -> tuple[str, ...]:
    """Return a verb's stem with every final that an ending may leave on its last syllable."""
    last = unicodedata.normalize("NFD", stem[-1])
    if len(last) != 2:
        return (stem, *_irregular(stem, last))
    vowels = (last[1], *([_VOWELS[last[1]]] if last[1] in _VOWELS else []))
    syllables = [last[0] + vowel + final for vowel in vowels for final in ("", *_FINALS)]
    return tuple(stem[:-1] + unicodedata.normalize("NFC", syllable) for syllable in syllables)


def _irregular(stem: str, last: str) -> tuple[str, ...]:
    """ㅂ, ㄷ and ㄹ may leave the stem before an ending: 돕 → 도우/도와, 싣 → 실, 늘 → 느."""
    bare = unicodedata.normalize("NFC", last[:2])
    if last[2:] == "\u11b8":
        return tuple(stem[:-1] + bare + ending for ending in ("우", "운", "울", "와", "왔", "워", "웠"))
    if last[2:] == "\u11ae":
        return (stem[:-1] + unicodedata.normalize("NFC", last[:2] + "\u11af"),)
    return ()
