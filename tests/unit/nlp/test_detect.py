"""Is the language known from a title?"""

import pytest

from bot.nlp.detect import detect


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Seoul weighs arms for Kyiv", "en"),
        ("정부, 우크라 무기 지원 검토", "ko"),
        ("北 파병 NATO 확인", "ko"),
        ("Сеул рассмотрит поставки вооружений", "ru"),
        ("Сеул розгляне постачання зброї Україні", "uk"),
        ("", "en"),
        ("123 !?", "en"),
    ],
)
def test_script_and_letters_decide(title, code):
    assert detect(title, "") == code


def test_given_language_is_kept_where_the_script_allows_it():
    assert detect("Москва заявила протест", "", "uk") == "uk"


def test_wrong_language_is_corrected_by_the_script():
    assert detect("정부, 무기 지원 검토", "", "en") == "ko"
    assert detect("Seoul weighs arms", "", "ru") == "en"
    assert detect("Россия объявила об этом вчера, сообщили её дипломаты", "", "uk") == "ru"
