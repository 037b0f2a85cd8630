"""Which lemmas do the terms of the storyline that ships have?

To cut its nine thousand terms is a tenth of a reader's start and says the same each time, so it was done before: a
language's folder may hold a table, its first line naming the analyser that made it (`make lemmas` writes them).

Refuses to do: a term that is not in the table, as of a storyline of one's own, and every term where another analyser is
installed, is for the language to cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.nlp import languages
from bot.nlp.analysis import Language

Lemmas = Callable[[str], tuple[str, ...]]


def cutter(language: Language) -> Lemmas:
    """Return how a language's terms are cut into lemmas."""
    known = read(table(language.code), language.analyser)

    def lemmas(term: str) -> tuple[str, ...]:
        found = known.get(term)
        return language.lemmas(term) if found is None else found

    return lemmas


def table(code: str) -> Path:
    """Return where the table of a language is, or would be."""
    return Path(languages.__file__).parent / code / "lemmas.tsv"


def read(path: Path, analyser: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lemmas of each term that an analyser cut; none where there is no table, or another one's."""
    if not analyser or not path.exists():
        return {}
    maker, *rows = path.read_text(encoding="utf-8").split("\n")
    if maker != analyser:
        return {}
    return {term: tuple(cut.split(" ")) for term, _, cut in (row.partition("\t") for row in rows) if cut}
