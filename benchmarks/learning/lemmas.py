"""Write the tables of lemmas anew: after terms of the storyline, a language's words or an analyser changed.

    make lemmas

Refuses to do: it judges no table; tests/unit/nlp/test_lemmas.py does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.domain import Storyline
from bot.nlp import languages, lemmas
from bot.nlp.analysis import Language
from bot.nlp.cues import CueBook
from bot.nlp.resolve import Resolver
from config import load_storyline

_BETWEEN = frozenset(" \t\n")
"""What stands between terms and lemmas."""


def cut(storyline: Storyline, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every term of a storyline in one language, with the lemmas that the language itself cuts it into."""
    terms: dict[str, tuple[str, ...]] = {}

    def noted(term: str) -> tuple[str, ...]:
        return terms.setdefault(term, language.lemmas(term))

    CueBook(storyline, language.code, noted)
    Resolver(storyline, language.code, noted)
    yield from terms.items()


def write(path: Path, analyser: str, terms: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Write a table; what a table cannot hold is left out of it."""
    rows = [
        f"{term}\t{' '.join(found)}"
        for term, found in terms
        if found and not _BETWEEN & set("".join(found) + term.replace(" ", ""))
    ]
    path.write_text("\n".join((analyser, *sorted(rows), "")), encoding="utf-8")


def main() -> None:
    """Write one table a language."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    for code in languages.codes():
        language = languages.load(code)
        write(lemmas.table(code), language.analyser, cut(load_storyline(), language))
        print(f"{lemmas.table(code)}: {language.analyser}")


if __name__ == "__main__":
    main()
