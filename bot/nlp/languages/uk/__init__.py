"""Ukrainian: the words of its news; the mechanism is bot/nlp/slavic/.

Refuses to do: without the `slavic` extra it says so once and works on stems, which know no case.
"""

from __future__ import annotations

import structlog

from bot.errors import ConfigError
from bot.nlp.analysis import Language
from bot.nlp.languages.uk.participles import verb_of
from bot.nlp.languages.uk.words import CLOSED, FORMS, MEANT, NAMES, WORDS
from bot.nlp.slavic.gating import gate_stems
from bot.nlp.slavic.language import SlavicLanguage
from bot.nlp.slavic.morphology import Dictionary, Morphology
from bot.nlp.slavic.stems import Stems

log = structlog.get_logger()

EXTRA = ("pymorphy3", "pymorphy3_dicts_uk")
STEMS = "stems"
"""Name of the "model" that needs no extra."""


def build(model: str) -> Language:
    """Return the language.

    Args:
        model: "" for the dictionary where it is installed, "stems" for stems in any case.

    Raises:
        ConfigError: there is no such model.
    """
    if model not in {"", STEMS}:
        raise ConfigError(f"Ukrainian has no model {model!r}: leave it empty, or take {STEMS!r}")
    return SlavicLanguage("uk", _morphology(model), WORDS)


def gate_forms(term: str) -> tuple[str, ...]:
    """Return the forms that reveal a phrase in raw lower-case text."""
    return gate_stems(term, "")


def _morphology(model: str) -> Morphology:
    if model != STEMS:
        try:
            return Dictionary("uk", forms=FORMS, names=NAMES, meant=MEANT, closed=CLOSED, verb_of=verb_of)
        except (ImportError, ValueError):
            log.warning(
                "language_without_dictionary", language="uk", advice="install the extra `slavic` for case and agreement"
            )
    return Stems("", names=NAMES, closed=CLOSED)
