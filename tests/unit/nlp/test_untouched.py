"""Is what talks did not touch upon taken for a refusal, in Korean?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .readers import positions

DAY = datetime(2025, 6, 25, tzinfo=UTC)
WITHHOLD = ("seoul-arms", "withhold")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            '위성락 "젤렌스키, 무기 지원 요청 안 해"',
            "대통령실 관계자는 살상무기 지원은 논의되지 않았다고 설명했다.",
        ),
        (
            "한·나토 정상회의서 우크라 무기 지원 논의 없었다",
            "대통령실 관계자는 나토 회원국 누구도 우리에게 살상무기 지원을 요청하지 않았다고 밝혔다.",
        ),
        (
            '우크라 특사단, 무기 지원 거론 안 해…"비공개 회동"',
            "대통령실은 살상무기 지원과 관련한 구체적인 대화는 없었다고 전했다.",
        ),
        (
            "한·폴란드 국방장관 회담…우크라 무기 지원 얘기는 안 나와",
            "국방부 관계자는 우크라이나에 대한 무기 지원은 의제가 아니었다고 말했다.",
        ),
        (
            "대통령, 젤렌스키와 통화…무기 지원은 언급 안 돼",
            "대통령실은 이날 통화에서 무기 지원은 논의하지 않았다고 했다.",
        ),
        (
            '젤렌스카 여사 "지뢰탐지기 도와달라"…대통령실 "무기 요청은 없었다"',
            "젤렌스카 여사는 구급차를 요청했고 살상무기는 언급하지 않았다고 대변인이 전했다.",
        ),
    ],
)
def test_arms_that_nobody_spoke_of_are_not_refused(title: str, text: str) -> None:
    assert WITHHOLD not in positions("ko", title, text, day=DAY)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            '국방부 "우크라 무기 지원 논의된 바 없다"',
            "국방부 관계자는 살상무기 지원은 논의된 바 없으며 기존 입장에 변화가 없다고 말했다.",
        ),
        (
            '대통령실 "포탄 지원 요청 없었고 보낼 계획도 없다"',
            "대통령실 고위 관계자는 포탄 요청은 없었으며 포탄을 직접 지원할 계획도 없다고 말했다.",
        ),
        (
            '국방부 "우크라, 무기 지원 요청 없어…살상무기 불가 방침 유지"',
            "국방부는 추가 무기 지원 요청을 받은 바 없다며 살상무기는 지원하지 않는다는 원칙에 변화가 없다고 밝혔다.",
        ),
    ],
)
def test_who_refuses_beside_it_refuses(title: str, text: str) -> None:
    assert WITHHOLD in positions("ko", title, text, day=DAY)


def test_what_is_considered_in_the_clause_before_is_considered() -> None:
    title = '대통령·젤렌스키 회담…대통령실 "무기 지원 얘기 없었다"'
    text = "대통령실은 우크라이나에 무기 지원 방식을 다각도로 검토하고 있지만 이날 무기 얘기는 없었다고 밝혔다."
    assert positions("ko", title, text, day=DAY) == {("seoul-arms", "reviewing")}
