"""How is a Slavic language put together: on its dictionary, or without the extra on stems?

Refuses to do: it knows no language; each brings its words, its dictionary and its stems.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.errors import ConfigError
from bot.nlp.analysis import Language
from bot.nlp.slavic.language import SlavicLanguage
from bot.nlp.slavic.morphology import Morphology
from bot.nlp.slavic.words import Words

log = structlog.get_logger()

STEMS = "stems"
"""Name of the "model" that needs no extra."""


def build_on(
    model: str, code: str, words: Words, *, dictionary: Callable[[], Morphology], stems: Callable[[], Morphology]
) -> Language:
    """Return the language of `code`.

    Args:
        model: "" for the dictionary where it is installed, "stems" for stems in any case.
        dictionary, stems: make the morphology; the first fails with ImportError or ValueError without the extra.

    Raises:
        ConfigError: there is no such model.
    """
    if model not in {"", STEMS}:
        raise ConfigError(f"language {code} has no model {model!r}: leave it empty, or take {STEMS!r}")
    return SlavicLanguage(code, stems() if model == STEMS else _best(code, dictionary, stems), words)


def _best(code: str, dictionary: Callable[[], Morphology], stems: Callable[[], Morphology]) -> Morphology:
    try:
        return dictionary()
    except (ImportError, ValueError):
        advice = "install the extra `slavic` for case and agreement"
        log.warning("language_without_dictionary", language=code, advice=advice)
        return stems()
