"""How does the bot say it in a channel's language?"""

import re
from pathlib import Path

import pytest

import handlers
from handlers.texts import catalogue, count, languages, say, word

ALL = languages()
KOREAN_FORMS = re.compile("_(topic|subject|but|placed)$")


def test_english_and_korean_are_spoken() -> None:
    assert set(ALL) >= {"en", "ko"}


@pytest.mark.parametrize("language", ALL)
def test_no_catalogue_lacks_a_key(language: str) -> None:
    assert set(catalogue(language)) == set(catalogue("en"))


@pytest.mark.parametrize("language", ALL)
def test_texts_ask_for_the_fields_that_the_english_ones_ask_for(language: str) -> None:
    # The opening sentence is built differently in each language; its own tests fill in every frame.
    for key, template in catalogue(language).items():
        if not key.startswith(("claim", "open.", "lead.", "tail.")):
            fields = {KOREAN_FORMS.sub("", name) for name in template.get_identifiers()}
            # One thing may be said with or without its number: "hour", "1시간".
            spared = {"n"} if key.endswith(".one") else set()
            assert fields - spared == set(catalogue("en")[key].get_identifiers()) - spared, key


@pytest.mark.parametrize("language", ALL)
def test_every_template_is_well_formed(language: str) -> None:
    assert all(template.is_valid() for template in catalogue(language).values())


def test_every_key_of_the_catalogue_is_used() -> None:
    code = "".join(
        p.read_text("utf-8") for p in Path(handlers.__file__).parent.rglob("*.py") if p.parent.name != "texts"
    )
    code += Path(handlers.__file__).with_name("texts").joinpath("__init__.py").read_text("utf-8")
    for key in catalogue("en"):
        stem = re.sub(r"\.(one|many|signals)$", "", re.sub("^(lead|tail)", "{part}", key))
        used = f'"{stem}"' in code or any(f'"{prefix}{{' in code for prefix in _prefixes(stem))
        assert used, f"nothing says {key}"


def _prefixes(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:n]) + "." for n in range(1, len(parts))]


def test_a_language_without_a_catalogue_is_spoken_to_in_english() -> None:
    assert say("tlh", "badge.disputed") == "Disputed"
    assert say("../en", "badge.disputed") == "Disputed"


def test_an_unknown_key_or_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("en", "no.such.key")
    with pytest.raises(KeyError):
        say("en", "since")


def test_one_and_many() -> None:
    assert count("en", "outlets", 1) == "1 outlet"
    assert count("en", "outlets", 9) == "9 outlets"
    assert count("en", "outlets", 1200) == "1,200 outlets"
    assert count("ko", "origins", 3) == "출처 3곳"


def test_the_storylines_own_word_falls_back_to_english_then_to_any() -> None:
    assert word("ko", {"en": "x", "ko": "y"}) == "y"
    assert word("ru", {"en": "x", "ko": "y"}) == "x"
    assert word("ru", {"ko": "y"}) == "y"
    assert word("ru", {}, "id") == "id"
