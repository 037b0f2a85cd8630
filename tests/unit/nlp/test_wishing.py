"""Is what a column, a scholar or an envoy of once wishes of Seoul taken for Seoul's own position, in Korean?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.nlp import languages

from .readers import positions

DAY = datetime(2025, 11, 25, tzinfo=UTC)
MENDING = ("seoul-moscow", "mending")
_WISHES = [
    ("[사설] 한·러 관계 복원, 더 늦출 이유 없다", "정부는 종전을 내다보고 러시아와 대화 채널을 복원해야 한다."),
    ("[사설] 대러 외교 서둘러야", "러시아와의 관계를 되살릴 때다. 한국 기업들이 돌아갈 길도 열어야 한다."),
    ("[사설] 한·러 관계 회복의 조건", "우리 정부도 러시아와 소통 채널을 다시 열 필요가 있다."),
    ("[오피니언] 지금이 골든타임", "한국 정부는 러시아와의 소통을 늘리고 관계를 회복하는 데 힘써야 한다."),
    ("[사설] 북·러 밀착에 맞서야", "정부는 북·러의 불법 군사협력을 강력히 규탄하고 중단을 요구해야 한다."),
    ("미·우크라, 제네바서 종전 협상", "정부는 러시아와의 관계를 되살릴 준비를 해야 한다."),
    (
        '조태용 전 실장 "한러 관계 복원 나서야"',
        "조태용 전 국가안보실장은 정부가 러시아와의 관계를 개선해야 한다고 말했다.",
    ),
    (
        '"한러 관계 복원, 지금 준비해야"…전문가 토론회',
        "장덕준 국민대 교수는 한국이 러시아와의 대화 채널을 복원할 필요가 있다고 주장했다.",
    ),
    ('재계 "러시아와 관계 회복 절실"', "대한상공회의소는 정부에 한러 관계 회복을 위한 노력을 건의했다."),
]


@pytest.mark.parametrize(("title", "text"), _WISHES)
def test_what_others_wish_of_seoul_is_no_position_of_it(title: str, text: str) -> None:
    assert positions("ko", title, text, day=DAY) == set()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('위성락 "러와 관계 복원해야"', "위성락 국가안보실장은 정부가 러시아와의 관계를 복원해야 한다고 말했다."),
        ('정동영 "한러 관계 복원 필요"', "정동영 통일부 장관은 한국은 러시아와의 관계를 복원해야 한다고 강조했다."),
        (
            "외교부 국감…한러 관계 복원 질의",
            "[조현/외교부 장관 : 정부는 러시아와의 관계를 복원해야 합니다.] 질의에 대한 답입니다.",
        ),
        (
            "이 대통령, 대러 외교 언급",
            '이재명 대통령은 "전쟁은 끝난다. 우리 정부는 러시아와의 관계를 회복해야 한다. 기업들이 기다린다"고 말했다.',
        ),
    ],
)
def test_what_seoul_says_that_it_should_do_is_its_position(title: str, text: str) -> None:
    assert positions("ko", title, text, day=DAY) == {MENDING}


@pytest.mark.parametrize(
    "text",
    [
        "김건 국민의힘 의원이 대러 외교 방침을 묻자 조현 장관은 러시아와의 관계를 복원해야 한다고 답했다.",
        "출국 전 위성락 국가안보실장은 기자들과 만나 러시아와의 관계를 복원해야 한다고 말했다.",
        "전문가들은 러시아와의 관계를 복원해야 한다고 하지만 외교부는 러시아와의 관계 개선을 추진하겠다고 밝혔다.",
    ],
)
def test_what_a_minister_says_beside_an_outsider_is_seoul_s_position(text: str) -> None:
    assert positions("ko", "한러 관계", text, day=DAY) == {MENDING}


@pytest.mark.parametrize(
    "title",
    [
        '"한러 관계 복원 필요"…조현 장관, 국민의힘 의원 질의에 답변',
        '"대러 관계 복원해야"…李대통령, 재계 총수들과 회동',
        '"러와 관계 복원해야"…위성락, 전문가 간담회서',
    ],
)
def test_a_headline_that_quotes_an_office_is_no_wish_of_whom_it_met(title: str) -> None:
    wishing = languages.wishing("ko")
    assert wishing is not None
    assert wishing(title, column=False) == ""


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        (
            "민주당은 지원해서는 안 된다며 반발했지만 대통령실은 우크라이나에 살상무기 지원을 검토하겠다고 밝혔다.",
            "reviewing",
        ),
        (
            "유용원 의원이 지원해야 한다고 하자 국방부 장관은 우크라이나에 살상무기를 지원하지 않는다고 말했다.",
            "withhold",
        ),
    ],
)
def test_what_seoul_answers_an_outsider_is_read(text: str, rung: str) -> None:
    assert ("seoul-arms", rung) in positions("ko", "우크라 무기 지원 논란", text, day=DAY, learned=False)


def test_what_a_party_wishes_stays_the_party_s() -> None:
    title = '민주 "정부, 북한군 파병 빌미로 무기 지원 나서선 안 돼"'
    text = "박찬대 원내대표는 정부는 우크라이나에 살상무기를 지원해서는 안 된다고 말했다."
    assert positions("ko", title, text, day=DAY) == {("seoul-opinion", "opposed")}


def test_what_a_column_tells_of_seoul_is_read() -> None:
    title = "[동아광장/이정은]북한군 파병과 레드라인"
    text = "윤석열 대통령은 살상무기 지원 카드를 유연하게 검토하겠다고 했다. 그러나 말만 앞세워서는 안 된다."
    assert positions("ko", title, text, day=datetime(2024, 11, 1, tzinfo=UTC)) == {("seoul-arms", "reviewing")}


def test_rules_alone_take_no_wish_for_a_position() -> None:
    assert positions("ko", *_WISHES[3], day=DAY, learned=False) == set()


def test_who_is_meant_where_nobody_is_named_is_the_government() -> None:
    wishing = languages.wishing("ko")
    assert wishing is not None
    assert wishing("러시아와의 관계를 되살릴 때다.", column=True) == "정부"
    assert wishing("러시아와의 관계를 되살릴 때다.", column=False) == ""
    assert wishing("이제 한국은 러시아와 마주 앉아야 한다.", column=False) == "한국"
