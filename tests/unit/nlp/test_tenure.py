"""Whose position is it when a name stands for different holders on different days?"""

from datetime import UTC, datetime

import pytest

from bot.domain import Item, Reading

from .readers import reader

OPPOSED = "더불어민주당은 16일 우크라이나에 대한 살상무기 지원에 반대한다고 밝혔다."
AGAINST = "The Democratic Party of Korea said on Tuesday that it opposes sending lethal weapons to Ukraine."


def read(language: str, day: str, text: str) -> list[Reading]:
    dated = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return list(reader(learned=True).read(Item("x", "", text, language, dated)).readings)


@pytest.mark.parametrize(("language", "text"), [("ko", OPPOSED), ("en", AGAINST)])
@pytest.mark.parametrize(("day", "holder"), [("2024-09-16", "opposition"), ("2025-09-16", "ruling-party")])
def test_a_party_speaks_as_what_it_is_on_the_day(language: str, text: str, day: str, holder: str):
    assert {(r.track, r.holder) for r in read(language, day, text)} == {("seoul-opinion", holder)}


@pytest.mark.parametrize(
    ("language", "text", "in_office", "out_of_it"),
    [
        ("en", "Joe Biden urged South Korea to supply weapons to Ukraine.", "2024-07-16", "2025-07-16"),
        ("en", "Jens Stoltenberg urged South Korea to supply weapons to Ukraine.", "2023-02-16", "2025-03-16"),
        ("ru", "Мун Чжэ Ин заявил, что Южная Корея не будет поставлять оружие Украине.", "2022-03-16", "2025-07-16"),
    ],
)
def test_who_has_a_successor_speaks_for_nobody(language: str, text: str, in_office: str, out_of_it: str):
    assert read(language, in_office, text)
    assert read(language, out_of_it, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Reversing Yoon Suk Yeol's stance, South Korea said it would not send lethal weapons to Ukraine."),
        ("en", "South Korea has ruled out sending lethal weapons to Ukraine, a break with Yoon Suk Yeol."),
        ("ko", "정부는 윤석열 정부 때와 달리 우크라이나에 살상무기를 지원하지 않겠다고 밝혔다."),
        (
            "ru",
            "Правительство Южной Кореи заявило, что, в отличие от Юн Сок Ёля, не поставит Украине летальное оружие.",
        ),
    ],
)
def test_a_former_president_who_is_only_named_changes_nothing(language: str, text: str):
    assert [r.holder for r in read(language, "2025-09-16", text) if r.track == "seoul-arms"] == ["south-korea"]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2025-07-17", "Foreign minister nominee Cho Hyun said that Seoul will not send lethal weapons to Ukraine."),
        ("2023-10-20", "Defence minister Lee Jong-sup said that Seoul will not send lethal weapons to Ukraine."),
    ],
)
def test_who_is_named_for_an_office_or_has_just_left_it_speaks_as_its_holder(day: str, text: str):
    assert [r.rung for r in read("en", day, text)] == ["withhold"]


def test_of_two_parties_in_one_sentence_each_keeps_its_own_position():
    text = (
        "The Democratic Party of Korea said it opposes sending weapons to Ukraine; the People Power Party "
        "said it wants South Korea to arm Ukraine."
    )
    found = {(r.rung, r.holder) for r in read("en", "2023-09-13", text)}
    assert ("opposed", "opposition") in found
    assert ("opposed", "ruling-party") not in found


def test_without_a_date_nobody_is_out_of_office():
    text = "Yoon Suk Yeol said South Korea would not send lethal weapons to Ukraine."
    assert [r.rung for r in reader(learned=True).read(Item("x", "", text, "en", None)).readings] == ["withhold"]
