"""Does the card of a source that needs a look say which, since when, and what to do, and that it is over?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import Storyline, Trouble
from handlers.card import Facts, card_of

NOON = datetime(2024, 7, 10, 12, tzinfo=UTC)
ONE = Trouble(
    "t1", Trouble.OF_SOURCE, "wire", "Wire <https://evil.example>", "has no such page (404); look it up", NOON
)
ALL = replace(ONE, channel=Trouble.OF_ALL, route="", error="none of 9 sources has answered")


@pytest.mark.parametrize(
    ("trouble", "language", "headline", "over"),
    [
        (ONE, "en", "Source Wire", "is well again."),
        (ONE, "ko", "출처를 확인해 주세요.", "다시 정상입니다."),
        (ALL, "en", "No source answers.", "Sources answer again."),
        (ALL, "ko", "응답하는 출처가 없습니다.", "출처가 다시 응답합니다."),
    ],
)
def test_card_names_the_source_or_all_of_them_and_says_when_it_is_over(
    small_storyline: Storyline, trouble: Trouble, language: str, headline: str, over: str
) -> None:
    card = card_of(trouble, small_storyline, language)
    assert headline in card.headline
    (facts,) = card.blocks
    assert isinstance(facts, Facts)
    (fact,) = facts.rows
    assert (fact.text, fact.since) == (trouble.error, NOON)
    assert not card.kicker.endswith("· ")
    ended = card_of(replace(trouble, resumed=NOON + timedelta(hours=1), version=2), small_storyline, language)
    assert over in ended.headline
    assert ended.at == NOON + timedelta(hours=1)
