"""What does a Korean text say?

Morphemes by Kiwi; head-final negation, modality and reported speech by patterns over them.

Without kiwipiepy (the `ko` extra) stems stand in for morphemes.
"""

from __future__ import annotations

from bot.nlp.analysis import Language
from bot.nlp.languages.ko.crediting import CREDITING
from bot.nlp.languages.ko.denying import DENYING
from bot.nlp.languages.ko.former import FORMER
from bot.nlp.languages.ko.forms import gate_forms
from bot.nlp.languages.ko.retelling import RETELLING
from bot.nlp.languages.ko.strangers import STRANGERS
from bot.nlp.languages.ko.wishing import WISHING

__all__ = ["CREDITING", "DENYING", "EXTRA", "FORMER", "RETELLING", "STRANGERS", "WISHING", "build", "gate_forms"]

EXTRA = ("kiwipiepy",)


def build(model: str = "") -> Language:
    """Return the language; Kiwi's model is loaded with the first text.

    Args:
        model: not used; Kiwi has one model.
    """
    from bot.nlp.languages.ko.korean import Korean  # noqa: PLC0415 - the gate imports this package and needs no analyser

    del model
    return Korean()
