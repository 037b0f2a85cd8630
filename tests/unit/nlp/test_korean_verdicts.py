"""Is a Korean headline's last word on a deed heard: that somebody owns it, denies it, or does neither?"""

from datetime import UTC, datetime

import pytest

from .readers import readings


def rungs(title: str, track: str = "pyongyang-war", *, learned: bool = True) -> set[str]:
    """Return the rungs of a track that a headline reports surely enough."""
    read = readings("ko", title, day=datetime(2025, 4, 28, tzinfo=UTC), learned=learned)
    return {r.rung for r in read if r.track == track}


@pytest.mark.parametrize(
    ("title", "rung"),
    [
        ('페스코프, 북한군 파병 질문에 "우리 일"…사실상 시인', "deploying"),
        ('러 외무부, 북한군 파병설에 "조약대로 할 뿐"…사실상 인정', "deploying"),
        ("북한, '러 파병' 보도에 \"동맹의 의무\"…공식 인정", "deploying"),
        ('푸틴, 北 병력 투입 의혹에 "그건 우리가 정한다"…결국 시인', "deploying"),
        ("라브로프, 북한군 참전 사실상 시인", "fighting"),
    ],
)
def test_who_owns_a_deed_in_the_last_words_has_done_it(title: str, rung: str) -> None:
    assert rungs(title) == {rung}


@pytest.mark.parametrize(
    "title",
    [
        '자하로바, 북한군 파병 보도에 "또 지어낸 얘기"…일축',
        '크렘린, 북한군 파병 의혹에 "근거를 대라"…부인',
    ],
)
def test_who_denies_it_there_has_denied_it(title: str) -> None:
    assert rungs(title) == {"denied"}


@pytest.mark.parametrize(
    "title",
    [
        '페스코프, 북한군 파병 보도에 "군에 물어라"…시인도 부인도 안 해',
        "크렘린, 북한군 파병에 확인도 부인도 하지 않아",
        "크렘린, 북한군 파병 보도에 부인도 시인도 않아",
        "크렘린, 북한군 파병 부인은 안 해",
        "푸틴, 북한군 파병 부인하지는 않았다",
        '러 유엔대사 "동맹을 돕는 게 왜 문제냐"…북한군 파병 부인은 안 해',
    ],
)
@pytest.mark.parametrize("learned", [True, False])
def test_who_neither_owns_nor_denies_it_has_told_nothing(title: str, learned: bool) -> None:
    assert rungs(title, learned=learned) == set()


@pytest.mark.parametrize(
    "title",
    [
        '정부, 우크라 포탄 지원 요청에 "검토"…어려움 인정',
        '국방부, 우크라 무기 지원 보도에 "사실이라면 합법"…사실상 인정',
        '국방부, 우크라 무기 지원 보도에 "확인해 줄 수 없다"…전문가 "사실상 시인"',
    ],
)
def test_what_is_only_asked_for_supposed_or_owned_by_a_stranger_s_account_is_not_done(title: str) -> None:
    assert "supplying" not in rungs(title, "seoul-arms")
