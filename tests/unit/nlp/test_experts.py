"""Is what an expert says of somebody told as analysis, not as the holder's own word or a report?"""

from datetime import UTC, datetime

import pytest

from bot.domain import By

from .readers import readings


def by(language: str, title: str, text: str = "") -> dict[str, By]:
    """Return who says so, for each rung that an item reports surely enough to act on."""
    return {r.rung: r.by for r in readings(language, title, text, day=datetime(2024, 11, 15, tzinfo=UTC))}


@pytest.mark.parametrize(
    ("language", "title", "rung"),
    [
        ("uk", "Політолог: Москва прагне відновити відносини з Сеулом", "conciliatory"),
        ("uk", "Політолог пояснив, чому Південна Корея не дасть Україні зброю", "withhold"),
        ("uk", "Експерт: Сеул не поставить Україні снаряди", "withhold"),
        ("uk", "Сходознавець: КНДР відправить до Росії нові війська", "feared"),
        ("ru", "Политолог: Москва стремится восстановить отношения с Сеулом", "conciliatory"),
        ("ru", "Эксперт: Сеул не поставит Украине снаряды", "withhold"),
        ("en", "Seoul will not arm Ukraine, analyst says", "withhold"),
    ],
)
def test_what_an_expert_says_of_a_holder_is_analysis(language: str, title: str, rung: str) -> None:
    assert by(language, title).get(rung, By.ANALYST) is By.ANALYST


@pytest.mark.parametrize(
    ("language", "title", "text", "rung"),
    [
        ("uk", "Міноборони Південної Кореї: Сеул не поставить Україні снаряди", "Експерти чекали іншого.", "withhold"),
        ("uk", "Путін: Москва прагне відновити відносини з Сеулом", "Аналітики вагаються з оцінками.", "conciliatory"),
        ("ru", "Песков: Москва стремится восстановить отношения с Сеулом", "Эксперты осторожны.", "conciliatory"),
        ("en", "South Korea will not arm Ukraine, defence minister says", "Analysts had expected more.", "withhold"),
    ],
)
def test_what_an_official_says_stays_official_beside_experts(language: str, title: str, text: str, rung: str) -> None:
    assert by(language, title, text)[rung] is By.OFFICIAL
