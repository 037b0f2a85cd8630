"""Whose position is it, where several holders are named in one sentence?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader

DAY = datetime(2024, 10, 6, tzinfo=UTC)


def holders(language: str, text: str, *, title: str = "", learned: bool = False) -> set[str]:
    return {r.holder for r in reader(learned=learned).read(Item("x", title, text, language, DAY)).readings}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The State Duma ratified the comprehensive strategic partnership treaty between Russia and North Korea.",
        ),
        ("en", "Russia's parliament ratified the treaty between Moscow and Pyongyang."),
        ("ru", "Государственная дума ратифицировала договор о партнёрстве между Россией и КНДР."),
        ("ru", "Путин подписал договор о партнёрстве между Россией и КНДР."),
        ("uk", "Державна дума ратифікувала договір про стратегічне партнерство між Росією та КНДР."),
    ],
)
def test_what_one_party_does_with_a_treaty_between_two_is_its_own_act(language: str, text: str) -> None:
    assert holders(language, text) == {"russia"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia and North Korea have ratified the comprehensive strategic partnership treaty."),
        ("ru", "Москва и Пхеньян ратифицировали договор о партнёрстве."),
        ("ko", "러시아와 북한이 포괄적 전략동반자 조약을 비준했다."),
    ],
)
def test_what_two_do_in_one_breath_both_do(language: str, text: str) -> None:
    assert holders(language, text) == {"russia", "north-korea"}


def test_a_page_that_repeats_its_headline_makes_no_second_holder_of_the_treatys_other_party() -> None:
    title = "Госдума ратифицировала договор с КНДР"
    lead = "Государственная дума ратифицировала договор о стратегическом партнёрстве между Россией и КНДР."
    assert holders("ru", f"{title}\n\n{lead}", title=title, learned=True) == {"russia"}
