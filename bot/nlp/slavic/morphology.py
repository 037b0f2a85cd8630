"""Which dictionary word is this form, and in which case, number and tense may it stand?

With the `slavic` extra the answer comes from pymorphy3 and its dictionaries; without it from stems and endings.
A form that is ambiguous keeps the cases of every analysis of the lemma that was taken: the callers ask whether a
form *may* be nominative, not whether it is.

Refuses to do: no disambiguation by context; a form has one answer wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_KNOWN = re.compile(r"[\u0020-\u024f\u0400-\u052f\u2010-\u2027]*")
"""Latin, Cyrillic and punctuation; letters of other scripts may have no Unicode name."""

_FORMS_KEPT = 60_000
_POS = {
    "NOUN": "NOUN",
    "ADJF": "ADJ",
    "ADJS": "ADJ",
    "COMP": "ADJ",
    "VERB": "VERB",
    "INFN": "VERB",
    "PRTF": "VERB",
    "PRTS": "VERB",
    "GRND": "VERB",
    "NUMR": "NUM",
    "NUMB": "NUM",
    "ADVB": "ADV",
    "NPRO": "PRON",
    "PRED": "ADV",
    "PREP": "ADP",
    "CONJ": "CCONJ",
    "PRCL": "PART",
}
_KEPT = ("pssv", "past", "pres", "futr", "1per", "2per", "3per", "sing", "plur", "masc", "femn", "neut", "impr")
_RARE = frozenset({"Name", "Surn", "Patr", "Slng", "Arch"})
_FINITE = frozenset({"past", "pres", "futr", "impr", "1per", "2per", "3per"})
_CLOSED = ("PREP", "CONJ", "PRCL", "NPRO", "PRED")
_ABBREVIATION = re.compile(r"^([А-ЯЁІЇЄҐA-Z]{2,})([а-яёіїє]{1,2})?$")
_NAME_ENDING = re.compile(
    r"(?<=ск)(ий|ого|ому|им|ом|ая|ой|ую|а|у)$|(?<=ськ)(ий|ого|ому|им|ій|а|ої|у|ою)$"
    r"|(?<=..)(ами|ові|еві|єві|ым|им|ім|ом|ем|ём|єм|ою|ею|єю|ой|ей|ей|а|у|е|і|и|ы|ю|я|ь|й)$"
)


class _Tag(Protocol):
    """What is used of pymorphy3's OpencorporaTag."""

    POS: str | None
    grammemes: frozenset[str]


class _Parse(Protocol):
    """What is used of one of pymorphy3's analyses of a form."""

    tag: _Tag
    normal_form: str


class Word(NamedTuple):
    """What is known of a form: its lemma, universal part of speech, and grammemes joined by commas.

    The grammemes are cases and those of `_KEPT`, and beside them one of inf, fin, prtf (full participle), prts (short
    participle or impersonal passive) and grnd for verbs, `name` for people, `fixd` for words that do not decline.
    """

    lemma: str
    pos: str
    morph: str


class Morphology(Protocol):
    """Answers for one form at a time, by form alone."""

    @property
    def analyser(self) -> str:
        """Name and version of the dictionary, "" where there is none."""
        ...

    def word(self, form: str) -> Word:
        """Return what is known of a form as it is written, capitals included."""
        ...


def plain(text: str) -> str:
    """Return text in lower case with ё as е and one kind of apostrophe."""
    return text.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'").replace("\u0301", "")


def stem_name(form: str) -> str:
    """Return the part of a name that declension leaves alone: "Ёлем" and "Ёль" give "ел"."""
    return _NAME_ENDING.sub("", plain(form))


class Dictionary:
    """Morphology from pymorphy3.

    Args:
        code: pymorphy3's name of the dictionary: ru or uk.
        forms: form → lemma, where the dictionary's first guess is not the one meant in news.
        names: stems of people's names that the dictionary takes for other words.
        meant: lemmas to take where a form may be of one of them.
        closed: words that are prepositions, conjunctions, particles or pronouns before anything else.
        verb_of: returns the infinitive of a participle that the dictionary keeps as an adjective, or "".
    """

    def __init__(
        self,
        code: str,
        *,
        forms: Mapping[str, str],
        names: Iterable[str],
        meant: Iterable[str] = (),
        closed: Iterable[str] = (),
        verb_of: Callable[[str, Callable[[str], bool]], str] | None = None,
    ) -> None:
        import pymorphy3  # noqa: PLC0415 - belongs to an extra, and loading takes time and memory

        self._analyser = pymorphy3.MorphAnalyzer(lang=code)
        made = self._analyser.dictionary.meta
        self.analyser = f"pymorphy3 {pymorphy3.__version__}, {code} {made['source_revision']} of {made['compiled_at']}"
        self._forms = dict(forms)
        self._names = frozenset(names)
        self._meant = frozenset(meant)
        self._closed = frozenset(closed)
        self._verb_of = verb_of
        self.word = lru_cache(maxsize=_FORMS_KEPT)(self._word)

    def _word(self, form: str) -> Word:
        low = plain(form)
        if form[0].isascii() or not _KNOWN.fullmatch(low):
            return Word(low, "NOUN", _ALL_CASES)  # the analyser asks for the Unicode name of every letter
        if abbreviation := _ABBREVIATION.match(form):
            return self._abbreviation(form, plain(abbreviation[1]))
        parses = self._analyser.parse(low)
        capital = form[:1].isupper()
        if capital and (stem_name(form) in self._names or not self._analyser.word_is_known(low)):
            name = stem_name(form)
            if name in self._names or not any("Geox" in {str(g) for g in p.tag.grammemes} for p in parses):
                return Word(name, "NOUN", _join("name", _name_cases(low, name), "sing"))
        best = self._best(low, parses, capital=capital)
        alike = [p for p in parses if p.normal_form == best.normal_form and p.tag.POS == best.tag.POS]
        lemma = self._forms.get(low) or plain(best.normal_form)
        return self._describe(lemma, best, alike)

    def _best(self, low: str, parses: Sequence[_Parse], *, capital: bool) -> _Parse:
        if low in self._forms:
            meant = self._forms[low]
            return next((p for p in parses if plain(p.normal_form) == meant), parses[0])
        if low in self._closed:
            return min(
                parses, key=lambda p: _CLOSED.index(str(p.tag.POS)) if str(p.tag.POS) in _CLOSED else len(_CLOSED)
            )
        usual = [p for p in parses if capital or not _RARE & p.tag.grammemes] or parses
        usual = [p for p in usual if "voct" not in p.tag.grammemes] or usual
        if not low.endswith(("ти", "тись", "тися")):
            usual = [p for p in usual if "infn" not in {str(g) for g in p.tag.grammemes}] or usual
        return next((p for p in (*usual, *parses) if plain(p.normal_form) in self._meant), usual[0])

    def _abbreviation(self, form: str, core: str) -> Word:
        parses = [p for p in self._analyser.parse(plain(form)) if p.tag.POS == "NOUN"]
        declined = [p for p in parses if plain(p.normal_form) == core and "Fixd" not in p.tag.grammemes]
        if declined:
            return self._describe(core, declined[0], declined)
        if form.isupper():
            return Word(core if len(core) < 7 else plain(parses[0].normal_form if parses else form), "NOUN", _ALL_CASES)
        return Word(core, "NOUN", _join(_name_cases(plain(form), core), "sing"))

    def _describe(self, lemma: str, best: _Parse, alike: Sequence[_Parse]) -> Word:
        tag = best.tag
        grammemes = {str(g) for p in alike for g in p.tag.grammemes}
        pos = _POS.get(str(tag.POS or ""), "X")
        if any("plur" not in p.tag.grammemes for p in alike):
            grammemes.add("sing")
        marks = [g for g in (*CASES, *_KEPT) if g in grammemes]
        if {"Fixd"} & grammemes and pos == "NOUN":
            marks = [*CASES, "fixd"]
        if pos == "ADJ" and "pssv" in grammemes and self._verb_of is not None:
            verb = self._verb_of(lemma, self._analyser.word_is_known)
            lemma, pos, marks = (verb, "VERB", [*marks, "prtf"]) if verb else (lemma, pos, marks)
        elif pos == "VERB":
            marks.append(_verb_form(tag))
        return Word(lemma, pos, ",".join(marks))


_ALL_CASES = ",".join((*CASES, "fixd"))


def _verb_form(tag: _Tag) -> str:
    grammemes = {str(g) for g in tag.grammemes}
    if grammemes & {"INFN", "infn"}:
        return "inf"
    if tag.POS == "PRTF":
        return "prtf"
    if tag.POS == "PRTS" or "Impe" in grammemes:
        return "prts"
    if tag.POS == "GRND":
        return "grnd"
    return "fin" if grammemes & _FINITE else "inf"


def _name_cases(low: str, stem: str) -> str:
    ending = low[len(stem) :]
    if ending in {"", "ь", "й", "ий"}:
        return "nomn,accs" if ending else "nomn"
    if ending in {"а", "я"}:
        return "nomn,gent,accs"
    return {
        "у": "datv",
        "ю": "datv",
        "е": "nomn,loct",
        "і": "nomn,loct",
        "о": "nomn",
        "и": "nomn",
        "ому": "datv",
        "ого": "gent,accs",
    }.get(ending, "ablt")


def _join(*parts: str) -> str:
    return ",".join(part for part in parts if part)
