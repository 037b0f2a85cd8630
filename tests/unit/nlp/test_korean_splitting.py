"""A Korean field falls into the sentences that a reader would see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlp.languages.ko.splitting import spans


def pieces(text: str, *, title: bool = False) -> list[str]:
    return [text[start:end] for start, end in spans(text, title=title)]


@given(st.text('가나다 .\n“”"□[]=()…', max_size=80), st.booleans())
def test_sentences_come_in_order_and_without_blanks(text: str, title: bool) -> None:
    last = 0
    for start, end in spans(text, title=title):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("정부는 규탄했다. 러시아는 반발했다.", ["정부는 규탄했다.", "러시아는 반발했다."]),
        ("(서울=연합뉴스) 홍길동 기자 = 정부가 규탄했다.", ["(서울=연합뉴스) 홍길동 기자 =", "정부가 규탄했다."]),
        ("[서울=뉴시스] 정부가 규탄했다.", ["[서울=뉴시스]", "정부가 규탄했다."]),
        ("□ 정부는 제재함. □ 명단은 별첨함.", ["정부는 제재함.", "명단은 별첨함."]),
        ("그는 “무기는 없다. 포탄도 없다”고 말했다.", ["그는 “무기는 없다. 포탄도 없다”고 말했다."]),
        ("조약은 2024.6.19 체결됐다. 발효됐다.", ["조약은 2024.6.19 체결됐다.", "발효됐다."]),
        ("정부, 조약 규탄  가나일보", ["정부, 조약 규탄", "가나일보"]),
    ],
)
def test_a_text_falls_into_these_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_title_is_one_sentence_without_its_publisher() -> None:
    assert pieces('정부 "지원 안 해. 검토도 안 해"…선 그어 - 가나일보', title=True) == [
        '정부 "지원 안 해. 검토도 안 해"…선 그어',
        "가나일보",
    ]


def test_a_sentence_without_an_end_is_cut_between_words_and_loses_none() -> None:
    text = "정부는 규탄했고 " * 500
    found = pieces(text)
    assert max(map(len, found)) <= 800
    assert " ".join(found).split() == text.split()
    assert pieces("가" * 2_000) == ["가" * 800, "가" * 800, "가" * 400]


def test_a_sentence_as_long_as_newspapers_print_them_is_not_cut() -> None:
    text = "정부는 규탄했고 " * 80 + "끝."
    assert pieces(text) == [text]
