"""The tables of lemmas say what each language itself says of the terms of the storyline that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlp import languages
from bot.nlp.cues import CueBook
from bot.nlp.lemmas import cutter, read, table
from bot.nlp.resolve import Resolver
from config import load_storyline

CODES = languages.codes()


@pytest.mark.parametrize("code", CODES)
def test_a_table_says_what_the_language_says(code: str) -> None:
    language = languages.load(code)
    known = read(table(code), language.analyser)
    assert known, f"another analyser made it, not {language.analyser}: make lemmas"
    assert {term: lemmas for term, lemmas in known.items() if language.lemmas(term) != lemmas} == {}, "make lemmas"


@pytest.mark.parametrize("code", CODES)
def test_nearly_all_terms_of_the_storyline_that_ships_stand_in_the_table(code: str) -> None:
    asked: set[str] = set()

    def noted(term: str) -> tuple[str, ...]:
        asked.add(term)
        return tuple(term.split())

    CueBook(load_storyline(), code, noted)
    Resolver(load_storyline(), code, noted)
    lacking = asked - set(read(table(code), languages.load(code).analyser))
    assert len(lacking) < len(asked) / 20, "make lemmas"


@pytest.mark.parametrize(
    ("code", "term"), [("en", "zorbified gunships"), ("ko", "거북선을"), ("ru", "каравеллами"), ("uk", "каравелами")]
)
def test_a_term_of_ones_own_is_cut_by_the_language(code: str, term: str) -> None:
    language = languages.load(code)
    assert term not in read(table(code), language.analyser)
    assert cutter(language)(term) == language.lemmas(term)


def test_what_another_analyser_said_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "lemmas.tsv"
    path.write_text("parser 1.0\narms\tweapon\n", encoding="utf-8")
    assert read(path, "parser 1.0") == {"arms": ("weapon",)}
    assert read(path, "parser 1.1") == read(path, "") == read(tmp_path / "none.tsv", "parser 1.0") == {}


def test_stems_name_no_analyser_and_have_no_table() -> None:
    stems = languages.load("ru", "stems")
    assert cutter(stems)("поставками") == stems.lemmas("поставками") != languages.load("ru").lemmas("поставками")
