"""Is what Pyongyang threatens Seoul with told as Moscow's warning?

It is worded alike; only who speaks tells. What Moscow says itself, or is said to do, is read as ever.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .readers import positions

_PYONGYANGS = [
    '북 "한국, 우크라에 무기 주면 파국적 결과 맞을 것" 경고',
    '北 "한국 우크라 무기 지원은 러에 대한 적대행위…가만있지 않을 것"',
    '[속보] 北 "한국, 우크라에 포탄 지원시 상응 조치"',
]
_MOSCOWS = [
    '北 이어 러도 "한국, 우크라에 무기 주면 대가 치를 것"',
    '러 외무부 "한국, 우크라에 무기 주면 파국적 결과 맞을 것" 경고',
    '러, 北과 회담서 "한국, 우크라에 포탄 지원시 상응 조치"',
    '美 "러, 한국에 우크라 무기 지원시 보복 경고"',
]


def read(title: str, text: str = "") -> set[tuple[str, str]]:
    return positions("ko", title, text, day=datetime(2024, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize("title", _PYONGYANGS)
def test_a_threat_of_pyongyang_is_no_warning_of_moscow(title: str) -> None:
    assert ("moscow-seoul", "warning") not in read(title)


@pytest.mark.parametrize("title", _MOSCOWS)
def test_a_warning_of_moscow_is_read_whoever_is_named_beside_it(title: str) -> None:
    assert ("moscow-seoul", "warning") in read(title)


def test_moscows_envoy_who_answers_seoul_is_heard() -> None:
    text = '외교부가 초치한 러시아 대사는 "한국이 우크라이나에 무기를 주면 대가를 치를 것"이라고 경고했다.'
    assert ("moscow-seoul", "warning") in read("외교부, 러 대사 초치", text)
