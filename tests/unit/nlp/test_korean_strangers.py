"""Are Seoul's ties to Pyongyang, Beijing or Tokyo taken for its ties to Moscow, in Korean?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.nlp import languages
from bot.nlp.gate import Gate
from bot.nlp.strangers import Strangers
from config import load_storyline

from .readers import positions

DAY = datetime(2025, 12, 20, tzinfo=UTC)
MENDING = ("seoul-moscow", "mending")


@pytest.fixture(scope="module")
def stranger() -> Strangers:
    wording = languages.strangers("ko")
    assert wording
    return Strangers(wording, Gate(load_storyline()))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "외교부 업무보고, 북러 군사협력 대응",
            "조현 외교부 장관은 북미 대화를 재개시키고 남북 간 소통 채널을 복원하겠다고 보고했다.",
        ),
        (
            "이 대통령, 취임 한 달 회견",
            "이 대통령은 러시아와의 관계에는 말을 아꼈다. 그는 일본과의 교류를 재개하고 한일 관계를 개선하겠다고 했다.",
        ),
        (
            '이 대통령 "남북 대화 채널 복원"',
            "이재명 대통령은 끊어진 통신선을 복원하고 북한과 대화를 재개하겠다고 밝혔다. 러시아의 전쟁도 언급했다.",
        ),
        (
            '조현 "북미 대화 재개 환영"…러 파병 우려',
            "조현 외교부 장관은 북미 대화가 재개되기를 바란다며 지원하겠다고 말했다.",
        ),
    ],
)
def test_ties_to_others_are_no_ties_to_moscow(title: str, text: str) -> None:
    assert MENDING not in positions("ko", title, text, day=DAY)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            '이 대통령 "중국·러시아와 관계 신속 개선"',
            "이재명 대통령은 남북 대화를 재개하고 러시아와의 관계도 개선하겠다고 말했다.",
        ),
        ('위성락 "한중·한러 관계 복원"', "위성락 실장은 한중 관계와 한러 관계를 함께 정상화하겠다고 밝혔다."),
        (
            '조현 "한-러 소통 이어가…한중 관계도 복원"',
            "조현 장관은 모스크바와의 소통 채널을 되살리겠다고 말했다.",
        ),
    ],
)
def test_ties_to_moscow_beside_them_are(title: str, text: str) -> None:
    assert positions("ko", title, text, day=DAY) == {MENDING}


@pytest.mark.parametrize(
    ("sentence", "ties"),
    [
        ("통일부 장관은 남북 간 연락 채널을 되살리자고 했다.", True),
        ("정부는 중국과의 관계를 전면 복원하기로 했다.", True),
        ("정부는 중국, 러시아와의 관계를 복원하기로 했다.", False),
        ("북한과 대화를 재개하려면 북한군 파병부터 끝나야 한다.", False),
        ("북한과 관계를 회복한 모스크바는 답하지 않았다.", False),
        ("러북이 관계를 정상화하며 중국과의 교류도 재개했다.", False),
        ("한중 관계를 정상화하고 러 대사와 소통도 재개하겠다고 했다.", False),
        ("한중 관계 정상화·러 소통 재개", False),
        ("양국은 관계를 복원하기로 했다.", False),
    ],
)
def test_a_sentence_of_others_ties_names_nothing_of_the_storyline(
    stranger: Strangers, sentence: str, ties: bool
) -> None:
    assert bool(stranger(sentence)) is ties
