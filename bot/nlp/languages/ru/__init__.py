"""Russian: the words of its news; the mechanism is bot/nlp/slavic/.

Refuses to do: without the `slavic` extra it says so once and works on stems, which know no case.
"""

from __future__ import annotations

from bot.nlp.analysis import Language
from bot.nlp.languages.ru.crediting import CREDITING
from bot.nlp.languages.ru.denying import DENYING
from bot.nlp.languages.ru.former import FORMER
from bot.nlp.languages.ru.retelling import RETELLING
from bot.nlp.languages.ru.words import CLOSED, FORMS, MEANT, NAMES, WORDS
from bot.nlp.slavic.advising import advising_by
from bot.nlp.slavic.building import build_on
from bot.nlp.slavic.gating import gate_stems
from bot.nlp.slavic.morphology import Dictionary
from bot.nlp.slavic.stems import Stems

__all__ = ["ADVISING", "CREDITING", "DENYING", "EXTRA", "FORMER", "RETELLING", "build", "gate_forms"]

EXTRA = ("pymorphy3", "pymorphy3_dicts_ru")

ADVISING = advising_by(
    needs="должен|должна|должны|должно|следует|следовало бы|пора|нужно|надо|необходимо|стоит",
    otherwise="и|или|что|который|которая|чтобы|она|он|они|будет|если|когда|считает|считают|уверен|уверена|решил|решила",
    act="(?:ать|ять|еть|ить|ыть|уть|оть|зть|сть|ти|чь)(?:ся|сь)?",
)


def build(model: str) -> Language:
    """Return the language, on "" its dictionary where that is installed, on "stems" stems in any case.

    Raises:
        ConfigError: there is no such model.
    """
    return build_on(
        model,
        "ru",
        WORDS,
        dictionary=lambda: Dictionary("ru", forms=FORMS, names=NAMES, meant=MEANT, closed=CLOSED),
        stems=lambda: Stems("russian", names=NAMES, closed=CLOSED),
    )


def gate_forms(term: str) -> tuple[str, ...]:
    """Return the forms that reveal a phrase in raw lower-case text."""
    return gate_stems(term, "russian")
