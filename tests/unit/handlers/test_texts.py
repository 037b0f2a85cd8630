"""How does the bot say it in a channel's language?"""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest
from babel.messages.pofile import read_po

import handlers
from handlers import texts
from handlers.texts import catalogue, count, languages, listed, locale, say, tongue, word

ALL = languages()
FOLDER = Path(texts.__file__).parent
# The opening sentence is built differently in each language; its own tests fill in every frame.
FRAMES = ("claim", "open.", "lead.", "tail.")
KOREAN_FORMS = re.compile("_(topic|subject|but|placed)$")


def _fields(forms: tuple[Template, ...]) -> list[set[str]]:
    return [{KOREAN_FORMS.sub("", name) for name in form.get_identifiers()} for form in forms]


def _counted(language: str) -> set[str]:
    """Return the keys that count something: those with plural forms in the file itself."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return {message.id[0] for message in read_po(file) if not isinstance(message.id, str)}


def test_english_and_korean_are_spoken() -> None:
    assert set(ALL) >= {"en", "ko"}


@pytest.mark.parametrize("language", ALL)
def test_no_catalogue_lacks_a_key(language: str) -> None:
    assert set(catalogue(language).forms) == set(catalogue("en").forms)
    assert _counted(language) == _counted("en")


@pytest.mark.parametrize("language", ALL)
def test_a_file_names_each_key_once_and_is_marked_neither_fuzzy_nor_obsolete(language: str) -> None:
    text = (FOLDER / f"{language}.po").read_text("utf-8")
    keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(catalogue(language).forms)
    assert not re.search(r"^#(~|,.*fuzzy)", text, re.MULTILINE)


@pytest.mark.parametrize("language", ALL)
def test_texts_ask_for_the_fields_that_the_english_ones_ask_for(language: str) -> None:
    counted = _counted("en")
    for key, forms in catalogue(language).forms.items():
        if key.startswith(FRAMES):
            continue
        wanted = set().union(*_fields(catalogue("en").forms[key]))
        for fields in _fields(forms):
            # One thing may be said with or without its number: "hour", "1시간".
            spared = {"n"} if key in counted else set()
            assert fields - spared == wanted - spared, key


@pytest.mark.parametrize("language", ALL)
def test_a_text_is_empty_only_where_the_opening_sentence_leaves_a_part_out(language: str) -> None:
    empty = [key for key, forms in catalogue(language).forms.items() if not all(form.template for form in forms)]
    assert all(key.startswith(("lead.", "tail.")) for key in empty), empty


@pytest.mark.parametrize("language", ALL)
def test_every_template_is_well_formed(language: str) -> None:
    assert all(form.is_valid() for forms in catalogue(language).forms.values() for form in forms)


@pytest.mark.parametrize("language", ALL)
def test_there_is_a_form_for_every_number(language: str) -> None:
    known = catalogue(language)
    for key in _counted(language):
        assert {known.plural(number) for number in range(200)} == set(range(len(known.forms[key]))), key


def test_every_key_of_the_catalogue_is_used() -> None:
    code = "".join(p.read_text("utf-8") for p in Path(handlers.__file__).parent.rglob("*.py"))
    for key in catalogue("en").forms:
        stem = re.sub(r"\.signals$", "", re.sub("^(lead|tail)", "{part}", key))
        used = f'"{stem}"' in code or any(f'"{prefix}{{' in code for prefix in _prefixes(stem))
        assert used, f"nothing says {key}"


def _prefixes(key: str) -> Iterator[str]:
    parts = key.split(".")
    return (".".join(parts[:n]) + "." for n in range(1, len(parts)))


def test_a_language_without_a_catalogue_is_spoken_to_in_english() -> None:
    assert say("tlh", "badge.disputed") == "Disputed"
    assert say("../en", "badge.disputed") == "Disputed"
    assert locale("tlh").language == "en"


def test_an_unknown_key_or_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("en", "no.such.key")
    with pytest.raises(KeyError):
        say("en", "since")


def test_one_and_many() -> None:
    assert count("en", "outlets", 1) == "1 outlet"
    assert count("en", "outlets", 0) == "0 outlets"
    assert count("en", "outlets", 1200) == "1,200 outlets"
    assert count("ko", "origins", 3) == "출처 3곳"


RUSSIAN = r"""
msgid ""
msgstr ""
"Language: ru\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 "
": n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "outlets"
msgid_plural "outlets"
msgstr[0] "$n издание"
msgstr[1] "$n издания"
msgstr[2] "$n изданий"
"""


def test_a_language_is_added_as_one_file_with_its_own_plurals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ru.po").write_text(RUSSIAN, "utf-8")
    monkeypatch.setattr(texts, "_FOLDER", tmp_path)
    for kept in (languages, catalogue, locale):
        kept.cache_clear()
    try:
        assert languages() == ("ru",)
        assert [count("ru", "outlets", n) for n in (1, 3, 5, 21)] == [
            "1 издание",
            "3 издания",
            "5 изданий",
            "21 издание",
        ]
        assert tongue("ru", "ko") == "корейский"
    finally:
        for kept in (languages, catalogue, locale):
            kept.cache_clear()


def test_languages_and_lists_are_worded_by_cldr() -> None:
    assert tongue("en", "uk") == "Ukrainian"
    assert tongue("ko", "ru") == "러시아어"
    assert tongue("en", "xx") == "XX"
    assert listed("en", ["a", "b", "c"]) == "a, b, and c"
    assert listed("ko", ["가", "나"]) == "가 및 나"
    assert listed("en", []) == ""


def test_the_storylines_own_word_falls_back_to_english_then_to_any() -> None:
    assert word("ko", {"en": "x", "ko": "y"}) == "y"
    assert word("ru", {"en": "x", "ko": "y"}) == "x"
    assert word("ru", {"ko": "y"}) == "y"
    assert word("ru", {}, "id") == "id"
