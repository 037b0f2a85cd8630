"""Is Pyongyang's backing of Moscow with arms read as arming it, and backing in words alone as none?"""

from datetime import UTC, datetime

import pytest

from .readers import positions

DAY = datetime(2024, 10, 18, 3, tzinfo=UTC)
ARMING = ("pyongyang-war", "arming")


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("uk", "КНДР підтримує Росію озброєнням, каже генсек НАТО", ""),
        ("uk", "Північна Корея підтримує Росію постачанням озброєнь", "Про це сказав Рютте."),
        ("ru", "КНДР поддерживает войну России поставками оружия - Рютте", ""),
        ("ru", "КНДР поддерживает Россию снарядами и ракетами, заявил генсек НАТО", ""),
    ],
)
def test_backing_with_arms_is_arming(language: str, title: str, text: str, learned: bool) -> None:
    assert ARMING in positions(language, title, text, day=DAY, learned=learned)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Пхеньян поддержал Россию и осудил ракеты США в Европе"),
        ("ru", "КНДР поддерживает Россию и осуждает ракеты в Европе"),
        ("ru", "КНДР поддерживает право России применять ядерное оружие"),
        ("ru", "КНДР не поддерживает Россию оружием, заявил Песков"),
        ("uk", "КНДР підтримує право Росії на ядерну зброю"),
    ],
)
def test_backing_in_words_is_none(language: str, title: str, learned: bool) -> None:
    assert ARMING not in positions(language, title, day=DAY, learned=learned)
