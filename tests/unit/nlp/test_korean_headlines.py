"""Are Korean headlines read that leave the half unsaid: the verb, the object, who is meant?"""

from datetime import UTC, datetime

import pytest

from .readers import readings


def rungs(title: str, track: str = "seoul-arms") -> set[str]:
    """Return the rungs of a track that a headline alone reports surely enough."""
    return {r.rung for r in readings("ko", title, day=datetime(2024, 10, 28, tzinfo=UTC)) if r.track == track}


@pytest.mark.parametrize(
    "title",
    [
        '우크라 "대공무기 달라" 용산에 전화…정부 "어렵다"',
        '우크라 국방 "K방공무기 달라"…신원식 "살상무기는 곤란"',
        '우크라 "포탄 보내 달라"…한국 국방부 "곤란"',
        '국방장관 "우크라 지원, 인도적 범위 안에서"',
    ],
)
def test_a_short_answer_refuses_what_was_asked_for_before(title: str) -> None:
    assert rungs(title) == {"withhold"}


@pytest.mark.parametrize(
    "title",
    [
        '국방부 "무기 지원 여부, 언급 부적절"',
        '대통령실 "우크라 무기 지원 얘기, 확인 곤란"',
        '이재명 "살상무기 지원 어렵다…민주당 반대"',
    ],
)
def test_who_will_not_talk_or_is_not_the_government_refuses_nothing(title: str) -> None:
    assert "withhold" not in rungs(title)


@pytest.mark.parametrize(
    "title",
    [
        '한국산 자주포, 우크라 가나… 국방부 "공격용 무기도 선택지"',
        "정부, 우크라 살상무기 불가 방침 뒤집는다",
        "우크라 전황 악화…尹, '살상무기 금지' 원칙 손본다",
        '대통령실 "우크라 살상무기 지원 배제하기 어려워"',
        '정부 "우크라 포탄 지원 배제 힘들다"',
        '대통령실 "우크라의 포탄 요청, 마다하지 않을 것"',
        '조태열 "우크라 무기 요청 뿌리치지 않겠다"',
        '대통령실 "북한군 따라 살상무기 지원 폭 조정"',
    ],
)
def test_a_choice_on_the_table_or_a_rule_that_falls_is_a_review(title: str) -> None:
    assert rungs(title) == {"reviewing"}


@pytest.mark.parametrize(
    "title",
    [
        "정부, 우크라 살상무기 카드 접었다",
        '국방부 "살상무기는 선택지에 없다"',
        '정부 "살상무기 불가 원칙 흔들림 없다"',
        "북한, 러 파병 요청 뿌리치지 않을 것",
    ],
)
def test_a_choice_that_is_off_the_table_is_none(title: str) -> None:
    assert "reviewing" not in rungs(title)


def test_who_leans_to_an_act_has_not_done_it() -> None:
    assert "supplying" not in rungs("정부, 살상무기 지원으로 무게추 이동")


@pytest.mark.parametrize(
    ("title", "track", "rung"),
    [
        ('"北 신형 미사일에 러 기술 적용된 듯" 합참', "moscow-tech", "reported"),
        ("북 정찰위성에 러 엔진 기술 들어간 정황", "moscow-tech", "reported"),
        ('국정원 "북, 러 핵잠 기술 넘겨받을 것"', "moscow-tech", "feared"),
        ('野, 우크라 포탄 지원에 "불장난" 맹공', "seoul-opinion", "opposed"),
        ('美의회 "韓, 우크라에 포탄 줘야"', "allies-arms", "requesting"),
        ('전문가 "북러 조약, 단순 거래 뛰어넘었다"', "expert-depth", "transformative"),
        ('전문가 "북러 조약, 상징 수준 넘지 못해"', "expert-depth", "symbolic"),
        ("폴란드 K9 차체 자주포, 우크라로…정부 재수출 승인", "seoul-arms", "indirect"),
    ],
)
def test_what_a_headline_says_in_nouns_alone_is_read(title: str, track: str, rung: str) -> None:
    assert rungs(title, track) == {rung}


@pytest.mark.parametrize(
    ("title", "track", "rung"),
    [
        ('尹 "북러 야합 좌시 안해"', "seoul-moscow", "condemning"),
        ("북한군 300명 전사…국정원", "pyongyang-war", "fighting"),
        ('정부 "북러 군사협력 묵과 안해"', "seoul-moscow", "condemning"),
    ],
)
def test_a_headline_that_belongs_to_the_storyline_is_read_though_no_topic_was_met(
    title: str, track: str, rung: str
) -> None:
    assert rungs(title, track) == {rung}


@pytest.mark.parametrize(
    ("title", "track"),
    [
        ("북, 러에 핵잠 기술 요구…받을지 미지수", "moscow-tech"),
        ("美, 한국에 방위비 분담 정책 재고 압박", "allies-arms"),
        ('국힘 "민주당, 北 파병에 침묵…끌려가나"', "seoul-opinion"),
    ],
)
def test_the_same_words_of_something_else_are_not_taken_for_it(title: str, track: str) -> None:
    assert rungs(title, track) <= {"feared"}


def test_a_treaty_whose_draft_is_approved_is_not_signed_yet() -> None:
    assert "signed" not in rungs("[속보] 푸틴, 북한과 동반자 협정 체결안 승인", "pact")
