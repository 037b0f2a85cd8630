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


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Сеул поставит ATACMS, HIMARS, Patriot, Hyunmoo-2 и K239 Chunmoo", "ru"),
        ('Zelenskyy "Korea 무기 지원 필요"', "ko"),
        ("K-9, K-2, Chunmoo… Ukraine 지원하나", "ko"),
        ("Lee Jae-myung·Trump 회담서 우크라 논의", "ko"),
        ("Seoul Weighs Arms, Says Путин", "en"),
        ("Seoul Weighs Arms, Says 윤석열", "en"),
        ("South Korea (대한민국) weighs arms for Ukraine", "en"),
    ],
)
def test_names_in_latin_letters_do_not_make_a_title_english(title, code):
    assert detect(title, "") == code


@pytest.mark.parametrize(("title", "code"), [("Сеул рассмотрит поставки", "ru"), ("정부 무기 검토", "ko")])
def test_address_in_a_text_says_nothing_of_its_language(title, code):
    assert detect(title, "https://news.example.com/politics/south-korea-arms?utm_source=telegram") == code


@pytest.mark.parametrize("given", ["uk", "UK", "uk-UA", "uk_UA"])
def test_given_language_counts_with_its_country_too(given):
    assert detect("Москва передала ноту", "", given) == "uk"
