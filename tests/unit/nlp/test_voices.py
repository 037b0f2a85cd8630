"""Who is heard in an item, whatever is said there?"""

from datetime import UTC, datetime
from functools import cache

import pytest

from bot.domain import Item
from bot.nlp.learned.advisor import advisor_for
from bot.nlp.reader import StorylineReader
from config import load_storyline


@cache
def reader() -> StorylineReader:
    storyline = load_storyline()
    return StorylineReader(storyline, advisor=advisor_for(storyline))


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
    assert {r.origin for r in reader().read(Item("x", title, text, language, day)).readings} == {origin}
