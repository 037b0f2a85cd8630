"""Ukrainian: the words of its news; the mechanism is bot/nlp/slavic/.

Refuses to do: without the `slavic` extra it says so once and works on stems, which know no case.
"""

from __future__ import annotations

from bot.nlp.analysis import Language
from bot.nlp.languages.uk.crediting import CREDITING
from bot.nlp.languages.uk.denying import DENYING
from bot.nlp.languages.uk.former import FORMER
from bot.nlp.languages.uk.participles import verb_of
from bot.nlp.languages.uk.retelling import RETELLING
from bot.nlp.languages.uk.words import CLOSED, FORMS, MEANT, NAMES, WORDS
from bot.nlp.slavic.advising import advising_by
from bot.nlp.slavic.building import build_on
from bot.nlp.slavic.gating import gate_stems
from bot.nlp.slavic.morphology import Dictionary
from bot.nlp.slavic.stems import Stems

__all__ = ["ADVISING", "CREDITING", "DENYING", "EXTRA", "FORMER", "RETELLING", "build", "gate_forms"]

EXTRA = ("pymorphy3", "pymorphy3_dicts_uk")

ADVISING = advising_by(
    needs="має|мають|мусить|мусять|повин(?:ен|на|ні|но)|слід|варто|час|потрібно|треба|необхідно",
    otherwise="і|й|та|або|що|який|яка|щоб|вона|він|вони|буде|якщо|коли|вважає|вважають|впевнений|вирішив|вирішила",
    act="(?:[аяеиоуії]ти|[сз]ти|гти|чи)(?:ся|сь)?",
)


def build(model: str) -> Language:
    """Return the language, on "" its dictionary where that is installed, on "stems" stems in any case.

    Raises:
        ConfigError: there is no such model.
    """
    return build_on(
        model,
        "uk",
        WORDS,
        dictionary=lambda: Dictionary("uk", forms=FORMS, names=NAMES, meant=MEANT, closed=CLOSED, verb_of=verb_of),
        stems=lambda: Stems("", names=NAMES, closed=CLOSED),
    )


def gate_forms(term: str) -> tuple[str, ...]:
    """Return the forms that reveal a phrase in raw lower-case text."""
    return gate_stems(term, "")
