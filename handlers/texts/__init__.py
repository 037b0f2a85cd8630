"""How does the bot say it in a channel's language?

One catalogue a language, a module of this folder named by its ISO 639-1 code, found by name: `TEXTS` maps a key to
a template. Every catalogue has the same keys and each key the same fields; a test holds that.

Refuses to do: nothing about the storyline is worded here; holders, tracks and rungs bring their own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from string import Template

FALLBACK = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that the bot speaks."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if len(module.name) == 2))


@cache
def catalogue(language: str) -> Mapping[str, Template]:
    """Return the templates of one language, those of English for a language without a catalogue."""
    code = language if language in languages() else FALLBACK
    texts: Mapping[str, str] = import_module(f"{__name__}.{code}").TEXTS
    return {key: Template(text) for key, text in texts.items()}


def say(language: str, key: str, **fields: object) -> str:
    """Return a text of the catalogue with its fields filled in; KeyError for an unknown key or a missing field."""
    return catalogue(language)[key].substitute(fields)


def knows(language: str, key: str) -> bool:
    """Tell whether the catalogue has a key: for words that the world keeps adding to, such as language names."""
    return key in catalogue(language)


def word(language: str, forms: Mapping[str, str], default: str = "") -> str:
    """Return the storyline's own word in a language, else in English, else any, else `default`."""
    return forms.get(language) or forms.get(FALLBACK) or next(iter(forms.values()), default)


def count(language: str, key: str, number: int, **fields: object) -> str:
    """Return "1 outlet", "9 outlets": the catalogue holds `key.one` and `key.many`."""
    return say(language, f"{key}.one" if number == 1 else f"{key}.many", n=f"{number:,}", **fields)
