"""What of a stranger's text may reach a screen?"""

import unicodedata
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.plain import plain, plain_url, shorten

NASTY = st.text(st.characters(), max_size=400) | st.text(
    st.sampled_from("a é\u0301\u202e\u200b\u2066\x1b[31m\n\t\u00ad\U0001f1f0\U0001f1f7👍🏽\ufe0f한글\ud800"),
    max_size=200,
)


@given(NASTY, st.integers(1, 80))
@example("\u202eevil", 10)
@example("e" + "\u0301" * 10_000, 20)
def test_a_clean_line_holds_nothing_that_acts_or_hides(text: str, limit: int) -> None:
    clean = plain(text, limit)
    assert len(clean) <= limit
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in clean)
    assert "  " not in clean
    assert clean == clean.strip()
    clean.encode("utf-8")


@given(NASTY, st.integers(1, 80))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    assert plain(plain(text, limit), limit) == plain(text, limit)


def test_ordinary_text_of_four_languages_stays_as_it_is() -> None:
    for text in (
        "Seoul “reviews” arms — again",
        "한국은 검토한다고 밝혔다",
        "Сеул пересмотрит решение",
        "Сеул їх розглядає",
    ):
        assert plain(text, 100) == text


def test_decomposed_korean_is_composed() -> None:
    assert plain(unicodedata.normalize("NFD", "한국"), 10) == "한국"


def test_text_hidden_behind_many_invisible_characters_does_not_cost_time_or_space() -> None:
    assert len(plain("a" + "\u200b" * 5_000_000 + "b", 100)) <= 100


def test_a_cut_falls_at_the_end_of_a_word() -> None:
    assert shorten("South Korea reviews arms for Ukraine", 27) == "South Korea reviews arms…"


def test_a_cut_never_splits_a_character() -> None:
    assert shorten("ab👍🏽cd", 5) == "ab👍🏽…"
    assert shorten("ab👍🏽cd", 4) == "ab…"
    assert shorten("a🇰🇷🇺🇦b", 5) == "a🇰🇷…"
    assert shorten("a🇰🇷🇺🇦b", 4) == "a🇰🇷…"


def test_stacked_accents_are_thinned() -> None:
    assert len(plain("Z" + "\u0335" * 60, 100)) == 4


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/path",
        "ftp://host/x",
        "https://",
        "https://user:secret@host/",
        "https://host/a b",
        "https://host/\x1b[31m",
        "https://host/\u202egpj.exe",
        "http://[::1",
        "https://host/" + "a" * 3000,
        "",
    ],
)
def test_what_is_no_web_address_is_not_linked(url: str) -> None:
    assert plain_url(url) == ""


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=60))
def test_an_address_has_no_character_that_markup_reads(path: str) -> None:
    url = plain_url("https://example.org/" + path)
    assert not set(url) & set("<>|()[]{}`\"'*\\^ ")
    if url and "%" not in path:
        assert unquote(url) == "https://example.org/" + path


def test_an_address_keeps_its_query_and_its_escapes() -> None:
    url = "https://example.org/a%20b/%ED%95%9C?id=1&x=2#part"
    assert plain_url(f" {url}\n") == url


def test_letters_outside_ascii_are_percent_encoded() -> None:
    url = plain_url("https://example.org/뉴스")
    assert url.isascii()
    assert unquote(urlsplit(url).path) == "/뉴스"
