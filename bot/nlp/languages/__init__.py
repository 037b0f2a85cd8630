"""One folder a language, found by name.

A folder offers `build(model) -> Language`, which may load what is heavy, and `gate_forms(term)`, which may not: the
gate looks at every article, a language only at the few that pass. `RETELLING` says how newsrooms mark what is told
again, `CREDITING` how they credit another paper, `DENYING` how reports are denied,
`STRANGERS`, if it is there, how other countries act and suffer, `WISHING` what is wished of a government,
`ADVISING` how a writer says what somebody should do, and `FORMER` who has left an office. `EXTRA` names the packages,
if any, without which it falls back to plain stems.

Refuses to do: no language is named here; adding one is adding its folder.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import lru_cache
from importlib.util import find_spec
from types import ModuleType

from bot.errors import ConfigError
from bot.nlp.analysis import Language
from bot.nlp.denying import Denying
from bot.nlp.former import Former
from bot.nlp.papers import Crediting
from bot.nlp.retelling import Retelling
from bot.nlp.wishing import Wishing


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return the codes of all languages that have a folder."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


def load(code: str, model: str = "") -> Language:
    """Return a language, built once per process and model.

    Args:
        model: name of the model package; "" for the language's own.

    Raises:
        ConfigError: there is no such language, or its model is not installed.
    """
    return _built(code, model)


@lru_cache(maxsize=16)
def _built(code: str, model: str) -> Language:
    """Return it, kept by both: kept as they are called, `load("en")` and `load("en", "")` would be two."""
    language: Language = _module(code).build(model)
    return language


def gate_forms(code: str, term: str) -> tuple[str, ...]:
    """Return the forms that reveal a phrase in raw lower-case text, without loading a model.

    `suppl*` is any word that starts so, `*파병*` stands anywhere, `seoul` is a whole word.
    """
    forms: tuple[str, ...] = _module(code).gate_forms(term)
    return forms


def retelling(code: str) -> Retelling:
    """Return how a language marks what is told again, without loading a model."""
    marks: Retelling = _module(code).RETELLING
    return marks


def crediting(code: str) -> Crediting:
    """Return how a language credits another paper, without loading a model."""
    marks: Crediting = _module(code).CREDITING
    return marks


def denying(code: str) -> Denying:
    """Return how a language denies a report, without loading a model."""
    marks: Denying = _module(code).DENYING
    return marks


def strangers(code: str) -> re.Pattern[str] | None:
    """Return how a language tells of countries that act or suffer, without loading a model; None where it cannot."""
    wording: re.Pattern[str] | None = getattr(_module(code), "STRANGERS", None)
    return wording


def wishing(code: str) -> Wishing | None:
    """Return how a language tells what is wished of a government, without loading a model; None where it cannot."""
    marks: Wishing | None = getattr(_module(code), "WISHING", None)
    return marks


def advising(code: str) -> re.Pattern[str] | None:
    """Return what follows a name that is told what it should do, without loading a model; None where it cannot."""
    wording: re.Pattern[str] | None = getattr(_module(code), "ADVISING", None)
    return wording


def former(code: str) -> Former | None:
    """Return how a language names who has left an office, without loading a model; None where it cannot."""
    wording: Former | None = getattr(_module(code), "FORMER", None)
    return wording


def lacking(code: str) -> tuple[str, ...]:
    """Return the packages without which a language is read with plain stems only; none when it is read in full."""
    wanted: tuple[str, ...] = getattr(_module(code), "EXTRA", ())
    return tuple(package for package in wanted if find_spec(package) is None)


@lru_cache(maxsize=16)
def _module(code: str) -> ModuleType:
    if code not in codes():
        raise ConfigError(
            f"no language {code!r}: there is no folder bot/nlp/languages/{code}; known: {', '.join(codes())}"
        )
    return importlib.import_module(f"{__name__}.{code}")
