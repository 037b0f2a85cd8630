"""Is what another country does, or what is done to it, no position of those whom the storyline is about?"""

from datetime import UTC, datetime
from functools import partial

import pytest

from bot.nlp import languages
from bot.nlp.gate import Gate
from bot.nlp.strangers import Strangers
from config import load_storyline

from .readers import positions


@pytest.fixture(scope="module")
def stranger() -> Strangers:
    wording = languages.strangers("en")
    assert wording
    return Strangers(wording, Gate(load_storyline()))


read = partial(positions, "en", day=datetime(2025, 10, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Iran denies sending missiles to Russia", "Iran"),
        ("Turkey to send shells to Ukraine", "Turkey"),
        ("Belarus ratifies security treaty with Russia", "Belarus"),
        ("Iran's parliament ratifies treaty with Russia", "Iran"),
        ("Switzerland refuses to let its ammunition go to Ukraine", "Switzerland"),
        ("Laos, Russia sign pact on military training", "Laos"),
        ("MINSK (Reuters) - Belarus has decided to host Russian missiles.", "Belarus"),
        ("Russia warns Moldova over arms", "Moldova"),
        ("The Kremlin threatened Israel with consequences if it arms Ukraine.", "Israel"),
        ("Russia gives Iran missile technology, officials fear", "Iran"),
        ("Moscow will deliver air defence systems to Venezuela.", "Venezuela"),
        ("Putin signs a strategic partnership treaty with Iran", "Iran"),
        ("Russia bans officials of New Zealand from entry", "New Zealand"),
    ],
)
def test_a_sentence_is_anothers_where_a_strange_country_acts_or_suffers(
    stranger: Strangers, sentence: str, country: str
) -> None:
    assert stranger(sentence) == country


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran joins North Korea in supplying Russia with missiles",
        "Israel and South Korea turn down Zelenskiy's request for air defence",
        "Yoon asked Singapore to help stop the shipments.",
        "Speaking in Vietnam, Putin said that would be a big mistake.",
        "After talks with Mongolia's president, Putin warned of consequences.",
        "Vietnam visit: Putin says arms would be a mistake",
        "Chang told reporters in Singapore that arms were an option.",
        "It bans the export of 682 goods to Russia and Belarus.",
        "Germany to send air defence to Ukraine",
        "China urges restraint over troops",
        "Russia's ambassador was summoned on Friday.",
        "The cabinet will send shells to Ukraine.",
        "Iranian drones were shot down over Kyiv.",
    ],
)
def test_it_is_not_where_somebody_of_the_storyline_is_named_or_a_country_is_but_a_place(
    stranger: Strangers, sentence: str
) -> None:
    assert stranger(sentence) == ""


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Israel turns down Zelenskiy's request for air defence", "South Korea, too, has been asked."),
        ("Belarus ratifies security treaty with Russia", "It resembles the one that Moscow has with North Korea."),
        ("Laos to send sappers to Russia's Kursk region", "North Korean engineers were in the news before."),
        ("Pakistan denies sending weapons to Ukraine", "South Korea is not involved, an official in Islamabad said."),
        ("Bulgaria will supply ammunition to Ukraine", "Like South Korea, it is a large producer."),
        ("Serbia rejects request to sell shells for Ukraine", "Belgrade, like Seoul, has large stocks."),
    ],
)
def test_what_strangers_do_is_nobodys_position(title: str, text: str, learned: bool) -> None:
    assert read(title, text, learned=learned) == set()


@pytest.mark.parametrize("learned", [True, False])
def test_what_is_said_of_the_storyline_beside_it_is_read(learned: bool) -> None:
    text = "North Korea has sent 3,000 more troops to Russia, South Korea's spy agency said on Monday."
    assert ("pyongyang-war", "deploying") in read("Iran denies sending missiles to Russia", text, learned=learned)
