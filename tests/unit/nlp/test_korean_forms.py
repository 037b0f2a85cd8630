"""The gate finds a Korean term in whatever form it stands in raw text."""

import re

import pytest

from bot.nlp.languages.ko import gate_forms


def reveals(term: str, text: str) -> bool:
    """Match as the gate does: * is anything, an end without * is a word's end."""
    for form in gate_forms(term):
        body = re.escape(form.strip("*"))
        left = "" if form.startswith("*") else r"(?<!\w)"
        right = "" if form.endswith("*") else r"(?!\w)"
        if re.search(left + body + right, text):
            return True
    return False


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("파병", "북한의 재파병설"),
        ("보내다", "포탄을 보낸 것으로"),
        ("보내다", "포탄을 보냈다"),
        ("돕다", "우크라이나를 도울 것"),
        ("싣다", "포탄을 실어 보냈다"),
        ("지원하다", "무기지원 재검토"),
        ("우회 지원", "포탄 우회지원"),
        ("우회 지원", "포탄 우회 지원"),
        ("北", "북러 밀착"),
        ("北", "北파병"),
        ("北", "푸틴 방북"),
        ("러", "러에 포탄"),
        ("러", "한·러 관계"),
        ("서울", "서울은 무기를 주지 않는다"),
        ("정부", "정부가 밝혔다"),
        ("WSJ", "wsj 보도"),
    ],
)
def test_a_term_shows(term: str, text: str) -> None:
    assert reveals(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("北", "경기북부에 폭우"),
        ("北", "북미 시장 공략"),
        ("러", "이러한 흐름"),
        ("우", "우리 경제"),
        ("서울", "(서울=연합뉴스) 폭우"),
        ("정부", "미정부"),
        ("러 정부", "정부 대책"),
    ],
)
def test_a_term_does_not_show(term: str, text: str) -> None:
    assert not reveals(term, text)
