"""Which beginnings of words reveal a phrase in raw text?

Names of several words are told whole, in all the forms their first word takes ("южной коре*"), so that one of them
alone reveals nothing; of other phrases the most telling word.

Refuses to do: no dictionary is loaded; the gate looks at every article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from bot.nlp.slavic.stems import cut_ukrainian, snowball
from bot.nlp.slavic.words import listed

_NOTATION = re.compile(r"/[A-Z]+\b|(?<!\S)_(?!\S)")
_ADJECTIVE = re.compile(r"(ый|ий|ой|ая|яя|ое|ее|ые|ие|ій|на|ка|ва|ська|ський|ські|не|ні|нє|ві|кі)$")
_ADJECTIVE_ENDINGS = {
    "russian": listed(
        "ый, ий, ой, ая, яя, ое, ее, ые, ие, ого, его, ому, ему, ым, им, ом, ем, ую, юю, ых, их, ыми, ими"
    ),
    "": listed("ий, ій, а, я, е, є, і, ого, ому, им, ім, ої, у, ю, ою, их, ими"),
}
_NOUN_ENDINGS = {
    "russian": ("", *listed("а, я, у, ю, ом, ем, ём, е, и, ы, ой, ей, ь, ью, о, й, ия, ии, ию, ией, ие, ием")),
    "": ("", *listed("а, я, у, ю, ом, ем, єм, ові, еві, і, ї, и, ою, ею, єю, ь, о, е, й, ня, ню, ням, ння, нню, нням")),
}
_FLEETING = (("еец*", "ейц*"), ("єєць*", "єйц*"), ("єєц*", "єйц*"), ("реєц*", "рейц*"), ("реєць*", "рейц*"))
"""Stems whose vowel goes when they are declined: "южнокореец", "южнокорейцев"."""

_FLEETING_VOWEL = re.compile(r"(.{2,}[^аеиоуыэюяєії])[оеє]([лкнц])ь?\*$")
"""The same of nouns such as "посол", "посла" and "список", "списка"."""

_VERBS = {
    ending: listed(beginnings)
    for ending, beginnings in {
        "слать": "сла*, шл*",
        "мочь": "моч*, мог*, мож*",
        "вести": "вест*, вел*, вед*",
        "везти": "вез*, віз*",
        "нести": "нес*, ніс*",
        "взять": "взя*, возьм*",
        "йти": "йт*, йд*, ш*",
        "овать": "ова*, у*",
        "евать": "ева*, ю*",
        "стичь": "сти*",
        "стеречь": "сте*",
        "дать": "да*",
        "нять": "ня*, ним*, м*",
        "нуть": "ну*, н*",
        "слати": "сла*, шл*",
        "могти": "мог*, мож*",
        "увати": "ув*, ую*, ує*",
        "ювати": "юв*, юю*, ює*",
        "дати": "да*",
        "регти": "рег*, реж*, ріг*",
        "сти": "с*, д*, в*",
        "зяти": "зя*, ізьм*",
        "няти": "ня*, нім*, ме*",
        "ігти": "іг*, іж*, ож*",
    }.items()
}
"""Verbs whose stem changes: ending → the beginnings of what may follow what stands before it."""

_TERMS_KEPT = 16_384
"""Several cues name the same lexicon; each of its terms is cut once."""

_SHORTEST = 3
"""A stem shorter than this would reveal half the dictionary."""


@lru_cache(maxsize=_TERMS_KEPT)
def gate_stems(term: str, algorithm: str) -> tuple[str, ...]:
    """Return the beginnings of words ("санкци*"), or whole words, that reveal a phrase.

    Args:
        term: a phrase in the notation of bot/nlp/phrases.py.
        algorithm: snowball's name of the language, "" for Ukrainian.
    """
    words = _NOTATION.sub(" ", term).split()
    if not words:
        return ()
    if len(words) > 1 and _is_name(words):
        return tuple(dict.fromkeys(_with_yo(_name_forms(words, algorithm))))
    word = max(words, key=lambda word: len(_form(word, algorithm)))
    forms = (*_alternating(_form(word, algorithm), algorithm), *_verb_forms(word.lower()))
    return tuple(dict.fromkeys(_with_yo(forms)))


def _is_name(words: list[str]) -> bool:
    return any(word[:1].isupper() for word in words) and not any(word.endswith("*") for word in words)


def _name_forms(words: list[str], algorithm: str) -> Iterator[str]:
    """Yield a name with its first word declined, and the second too behind an adjective."""
    low = [word.lower() for word in words]
    declined = 2 if _ADJECTIVE.search(low[0]) and not words[0].isupper() and len(words) > 2 else 1
    last = _stem(low[-1], algorithm) if not words[-1].isupper() else low[-1]
    tail = last + ("" if words[-1].isupper() else "*")
    ends = [" ".join([*low[declined:-1], end]) for end in _alternating(tail, algorithm)]
    for front in product(*(_forms_of(word, algorithm) for word in words[:declined])):
        for end in ends:
            yield " ".join([*front, end])


def _forms_of(word: str, algorithm: str) -> tuple[str, ...]:
    low = word.lower()
    if word.isupper():
        return (low,)
    stem = _stem(low, algorithm)
    endings = _ADJECTIVE_ENDINGS if _ADJECTIVE.search(low) else _NOUN_ENDINGS
    return tuple(dict.fromkeys((low, *(stem + ending for ending in endings[algorithm]))))


def _form(word: str, algorithm: str) -> str:
    low = word.lower()
    if word.endswith("*"):
        return low
    if word.isupper() and len(word) <= 6:
        return low
    stem = _stem(low, algorithm)
    if len(stem) < _SHORTEST:
        return low + "*" if len(low) >= _SHORTEST else low
    return stem + "*"


def _stem(low: str, algorithm: str) -> str:
    if not algorithm:
        return cut_ukrainian(low)
    return low[: len(snowball(algorithm)(low))]


def _alternating(form: str, algorithm: str) -> Iterator[str]:
    """Yield a Ukrainian stem with the vowels its last "і" turns into: "київ*", "києв*"; others as they are."""
    yield form
    for whole, cut in _FLEETING:
        if form.endswith(whole):
            yield form.removesuffix(whole) + cut
    if fleeting := _FLEETING_VOWEL.match(form):
        yield fleeting[1] + fleeting[2] + "*"
    at = max(form.rfind("і"), form.rfind("ї"))
    if not algorithm and form.endswith("*") and at >= len(form) - 4 and at > 0:
        for vowel in "оеє":
            yield form[:at] + vowel + form[at + 1 :]


def _verb_forms(low: str) -> Iterator[str]:
    """Yield the beginnings of a verb whose stem changes; of a reflexive one too."""
    verb = low.removesuffix("ся").removesuffix("сь")
    for ending, beginnings in _VERBS.items():
        if verb.endswith(ending) and len(verb) - len(ending) > 1:
            yield from (verb.removesuffix(ending) + beginning for beginning in beginnings)


def _with_yo(forms: Iterable[str]) -> Iterator[str]:
    """Yield each form as written, and with е for ё, as papers print it."""
    for form in forms:
        yield form
        if "ё" in form:
            yield form.replace("ё", "е")
