"""How does the bot say it in a channel's language?

One catalogue a language: a file of this folder named by the language's code, `en.po`, `ko.po`, found by name and read
by Babel at the first word. Its ids are keys, the same in every language; a key that counts something has as many
forms as the language has plurals. Names of languages, numbers, dates and how long ago come from Babel's CLDR data. To
add a language, translate a copy of en.po; a test holds that no catalogue lacks a key or a field.

Refuses to do: nothing about the storyline is worded here; holders, tracks and rungs bring their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from string import Template

from babel import Locale
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

FALLBACK = "en"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language.

    Args:
        forms: key → its forms; one for a key that counts nothing.
        plural: returns which form a number takes, from the catalogue's own Plural-Forms.
    """

    forms: Mapping[str, tuple[Template, ...]]
    plural: Callable[[int], int]


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the bot speaks."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.po")))


@cache
def catalogue(language: str) -> Catalogue:
    """Return the texts of one language, those of English for a language without a catalogue."""
    code = spoken(language)
    with (_FOLDER / f"{code}.po").open("rb") as file:
        read = read_po(file, locale=code, abort_invalid=True)
    forms: dict[str, tuple[Template, ...]] = {}
    for message in read:
        if message.id:
            key, texts = message.id, message.string or ""
            forms[key if isinstance(key, str) else key[0]] = tuple(
                Template(text) for text in ((texts,) if isinstance(texts, str) else texts)
            )
    return Catalogue(forms, c2py(read.plural_expr))


def spoken(language: str) -> str:
    """Return the code of the catalogue that speaks a language: its own, else that of English."""
    return language if language in languages() else FALLBACK


@cache
def locale(language: str) -> Locale:
    """Return what CLDR knows of a language: its names, dates and numbers."""
    return Locale.parse(spoken(language))


def say(language: str, key: str, **fields: object) -> str:
    """Return a text of the catalogue with its fields filled in; KeyError for an unknown key or a missing field."""
    return catalogue(language).forms[key][0].substitute(fields)


def count(language: str, key: str, number: int, **fields: object) -> str:
    """Return "1 outlet", "9 outlets": the form of a key that a number takes, with the number as `$n`."""
    known = catalogue(language)
    form = known.forms[key][known.plural(abs(number))]
    return form.substitute(fields, n=format_decimal(number, locale=locale(language)))


def listed(language: str, parts: Iterable[str]) -> str:
    """Return "a, b, and c", as the language joins them."""
    return format_list(list(parts), locale=locale(language))


def tongue(language: str, code: str) -> str:
    """Return what a language is called in another, "Korean", "한국어"; its code where CLDR has no name for it."""
    return locale(language).languages.get(code) or code.upper()


def word(language: str, forms: Mapping[str, str], default: str = "") -> str:
    """Return the storyline's own word in a language, else in English, else any, else `default`."""
    return forms.get(language) or forms.get(FALLBACK) or next(iter(forms.values()), default)
