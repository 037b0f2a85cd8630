"""What can be said of a form without a dictionary?

Used where the `slavic` extra is not installed: a stem stands for the lemma and the ending hints at the part of speech.

Refuses to do: no cases; a word of unknown case may stand in any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import snowballstemmer

from bot.nlp.slavic.morphology import CASES, Word, plain, stem_name

_FORMS_KEPT = 60_000
_STEMS_KEPT = 10_000
"""Words whose stems are remembered: snowball is slow, and the names of a storyline share most of theirs."""
_LONGEST = 6
"""Longer stems are cut to this: "поставки", "поставок" and "поставить" then share one, which cues can live with."""
_UNKNOWN_CASE = ",".join(CASES)
_UKRAINIAN_ENDINGS = re.compile(
    r"(?<=...)(уватиме|юватиме|ування|ювання|ськими|ського|ському|ською|ським|ськими|ських|ський|ська|ське|ські|ську"
    r"|ення|іння|ання|ють|уть|ить|ять|ать|ати|яти|ити|іти|ала|ала|али|ило|или|ила|іла|іли|ував|увала|ували"
    r"|ами|ями|ові|еві|єві|ого|ому|ими|ими|ої|ою|ею|єю|ах|ях|ам|ям|ом|ем|єм|ів|їв|ий|ій|их|им|ті|ти"
    r"|ав|ив|ів|ла|ло|ли|а|я|у|ю|е|є|и|і|ї|о|ь|й)$"
)
_VERB_ENDINGS = (
    (re.compile(r"(ть|ти|ться|тися|чь)$"), "inf"),
    (re.compile(r"(л|ла|ло|ли|лся|лась|лись|в|вся|лася|лися)$"), "past,fin"),
    (re.compile(r"(ет|ёт|ит|ут|ют|ат|ят|ется|ится|утся|ються|уть|ють|ить|ять|є|не)$"), "pres,3per,fin"),
    (re.compile(r"(ано|ено|ято|ито|аны|ены|ана|ена|ан|ен)$"), "pssv,past,prts"),
)


class Stems:
    """Morphology by stems and endings.

    Args:
        algorithm: snowball's name of the language; "" for Ukrainian, which snowball does not have.
        names: stems of people's names, kept whole.
        closed: words that never change, such as prepositions and particles, which must not be cut.
    """

    analyser = ""

    def __init__(self, algorithm: str, *, names: Iterable[str], closed: Iterable[str]) -> None:
        self._cut = snowball(algorithm) if algorithm else cut_ukrainian
        self._names = frozenset(names)
        self._closed = frozenset(closed)
        self.word = lru_cache(maxsize=_FORMS_KEPT)(self._word)

    def _word(self, form: str) -> Word:
        low = plain(form)
        if low in self._closed:
            return Word(low, "PART", "")
        if form[:1].isupper() and stem_name(form) in self._names:
            return Word(stem_name(form), "NOUN", _UNKNOWN_CASE)
        if form.isupper():
            return Word(low, "NOUN", _UNKNOWN_CASE)
        if form[:1].isupper():
            return Word(stem_name(form)[:_LONGEST], "NOUN", _UNKNOWN_CASE)
        stem = self._cut(low)[:_LONGEST]
        verb = next((morph for pattern, morph in _VERB_ENDINGS if pattern.search(low)), "")
        return Word(stem, "VERB", verb) if verb else Word(stem, "NOUN", _UNKNOWN_CASE)


@lru_cache(maxsize=2)
def snowball(algorithm: str) -> Callable[[str], str]:
    """Return the function that cuts a word of snowball's language to its stem."""
    cut: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return lru_cache(maxsize=_STEMS_KEPT)(cut)


def cut_ukrainian(low: str) -> str:
    """Return a Ukrainian word in lower case without its ending; snowball knows no Ukrainian."""
    return _UKRAINIAN_ENDINGS.sub("", low)
