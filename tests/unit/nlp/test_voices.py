"""Who is heard in an item, whatever is said there?"""

from datetime import UTC, datetime

import pytest

from bot.domain import By, Item

from .readers import reader


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "text", "origin"),
    [
        ("en", "North Korea has sent 3,000 troops to Russia, NIS director Cho Tae-yong told lawmakers.", "south-korea"),
        ("en", "NIS director Cho Tae-yong told lawmakers that North Korea has sent troops to Russia.", "south-korea"),
        ("en", "North Korea has sent 3,000 troops to Russia, HUR chief Kyrylo Budanov told reporters.", "ukraine"),
        ("ko", "조태용 국정원장은 북한이 러시아에 병력 3000명을 추가 파병했다고 밝혔다.", "south-korea"),
        ("ko", "조태용 원장은 북한이 러시아에 병력 3000명을 추가 파병했다고 밝혔다.", "south-korea"),
        ("ko", "부다노우 정보총국장은 북한이 러시아에 병력 3000명을 추가 파병했다고 밝혔다.", "ukraine"),
    ],
)
def test_whoever_heads_a_body_speaks_by_name_for_its_state(language: str, text: str, origin: str, learned: bool):
    item = Item("x", "", text, language, datetime(2025, 3, 1, tzinfo=UTC))
    (reading,) = reader(learned=learned).read(item).readings
    assert (reading.by, reading.origin) == (By.REPORTED, origin)


@pytest.mark.parametrize(
    ("language", "title", "text", "origin"),
    [
        (
            "en",
            "",
            "Russia has supplied North Korea with air defence missiles, Shin Won-sik told SBS TV.",
            "south-korea",
        ),
        (
            "en",
            "NIS: North Korea sends troops to Russia",
            "About 1,500 North Korean special forces have been moved to Vladivostok.",
            "nis",
        ),
        ("ko", '국정원 "북, 특수부대 러시아 파병"', "북한군 1500여명이 블라디보스토크로 이동했다.", "nis"),
        ("uk", "", "КНДР постачила Росії мільйони снарядів, пише The Wall Street Journal.", "dowjones"),
    ],
)
def test_a_report_comes_from_whom_sentence_or_headline_name(language: str, title: str, text: str, origin: str):
    day = datetime(2024, 10, 20, tzinfo=UTC)
    assert {r.origin for r in reader(learned=True).read(Item("x", title, text, language, day)).readings} == {origin}
