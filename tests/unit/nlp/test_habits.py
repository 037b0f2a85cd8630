"""Is what somebody has done again and again, or held to so far, background behind an item's first sentence?"""

from datetime import UTC, date, datetime

import pytest

from bot.domain import Item
from bot.nlp import languages

from .readers import reader

DAY = date(2025, 11, 18)
_LEAD = "Cho Hyun and Andrii Sybiha discussed rebuilding on Tuesday, Seoul's foreign ministry said. "
_BACKGROUND = [
    "Seoul has a long-standing policy of not sending lethal weapons to countries at war.",
    "South Korea, a major arms exporter, has a longstanding policy of not supplying weapons to countries in conflict.",
    "The government has long maintained a policy of not arming countries at war.",
    "South Korea has maintained its policy of providing no lethal arms to Ukraine.",
    "Seoul has so far provided only non-lethal aid, including gas masks and medical supplies.",
    "South Korea has thus far limited its support to humanitarian aid.",
    "To date, Seoul has refrained from sending arms directly to Kyiv.",
    "Until now the country has ruled out lethal weapons for Ukraine.",
    "Russia has repeatedly warned Seoul against arming Ukraine.",
    "Russia has repeatedly told Seoul not to cross the line.",
    "Moscow has often threatened consequences if South Korea arms Ukraine.",
    "The Kremlin has in the past warned that arms for Ukraine would ruin relations.",
    "Kyiv has repeatedly asked South Korea for weapons.",
    "President Zelenskyy has on several occasions urged Seoul to send air defence systems.",
    "Both Moscow and Pyongyang have consistently denied the arms deals.",
    "Seoul has repeatedly called on Russia to stop its military cooperation with the North.",
    "He had repeatedly refused to send shells to Kyiv.",
    "North Korea and Russia have denied arms transfers in the past.",
]
_NEWS = [
    "Russia has warned Seoul against arming Ukraine.",
    "Seoul has decided to send shells to Ukraine.",
    "North Korea has so far sent 15,000 troops to Russia.",
    "It has so far lost 600 soldiers in Kursk.",
    "Seoul has never sent lethal weapons to Ukraine.",
    "Russia has repeatedly warned Seoul against arming Ukraine, foreign ministry spokeswoman Maria Zakharova said.",
    "According to the envoy, Seoul has repeatedly ruled out arms.",
    "South Korea has repeatedly ruled out arms for Ukraine but is now reviewing that.",
    "Seoul has so far provided only non-lethal aid, but said on Tuesday that it may send weapons.",
    "Moscow has long denied it, and today it admitted that the troops were there.",
    "Yoon has repeatedly warned Moscow, again on Friday, to end its ties with Pyongyang.",
    '"We have repeatedly said that we will not send lethal weapons to Ukraine."',
    "We have always ruled out lethal arms, and we have repeatedly told Kyiv so.",
    "South Korea will send its long-range missiles to Ukraine.",
    "Seoul is to drop its long-standing policy of not sending weapons to countries at war.",
    "Seoul has changed its long-standing policy of not sending weapons to countries at war.",
    "The ministry said that Seoul had repeatedly asked Moscow to stop.",
]


@pytest.mark.parametrize("sentence", _BACKGROUND)
def test_what_is_done_again_and_again_or_held_to_so_far_is_background(sentence: str) -> None:
    assert languages.retelling("en")(sentence, DAY, follows=True)


@pytest.mark.parametrize("sentence", _BACKGROUND)
def test_in_a_headline_or_a_lead_it_may_be_the_news(sentence: str) -> None:
    assert not languages.retelling("en")(sentence, DAY)


@pytest.mark.parametrize("sentence", _NEWS)
def test_what_is_said_now_or_turns_from_it_is_news(sentence: str) -> None:
    assert not languages.retelling("en")(sentence, DAY, follows=True)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize("sentence", _BACKGROUND)
def test_background_gives_no_position(sentence: str, learned: bool) -> None:
    item = Item(
        "x",
        "South Korea, Ukraine foreign ministers speak by phone",
        f"{_LEAD}{sentence} The call lasted an hour.",
        "en",
        datetime(2025, 11, 18, tzinfo=UTC),
    )
    assert reader(learned=learned).read(item).readings == ()
