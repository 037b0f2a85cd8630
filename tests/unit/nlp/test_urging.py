"""Is what an ally says that Seoul should do its call for arms, and what others hope for no decision of Seoul's?"""

from datetime import UTC, datetime

import pytest

from .readers import readings


def read(title: str, text: str = "", *, learned: bool = True) -> set[tuple[str, str, str]]:
    return {
        (r.track, r.rung, r.holder)
        for r in readings("en", title, text, day=datetime(2024, 11, 12, tzinfo=UTC), learned=learned)
    }


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("title", "text", "holder"),
    [
        ("Estonian minister: South Korea should arm Ukraine", "", "estonia"),
        ("EU's Borrell: Seoul should do more for Kyiv's defence", "", "eu"),
        ("Seoul should send weapons to Ukraine, Polish president says", "", "poland"),
        ("Zelenskyy: Time for South Korea to move from words to weapons", "", "ukraine"),
        ("South Korea has to send shells to Ukraine, Kyiv's envoy says", "", "ukraine"),
        ("Aid", "Japan said South Korea should do more for Ukraine, including weapons.", "japan"),
    ],
)
def test_what_an_ally_says_seoul_should_send_is_a_request(title: str, text: str, holder: str, learned: bool) -> None:
    assert ("allies-arms", "requesting", holder) in read(title, text, learned=learned)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    "title",
    [
        "Think tank: Seoul should arm Ukraine",
        "Analyst: South Korea should send weapons to Ukraine",
        "South Korea must send weapons to Ukraine, protesters say",
        "South Korea should not arm Ukraine, Russian ambassador says",
        "Seoul should not send weapons to Ukraine, Hungarian minister says",
        "Seoul must decide itself on weapons for Ukraine, NATO chief says",
        "South Korea needs to decide whether to send weapons to Ukraine",
        "Kremlin: Seoul must understand consequences of arming Ukraine",
    ],
)
def test_what_others_say_or_what_it_should_not_send_is_none(title: str, learned: bool) -> None:
    assert "requesting" not in {rung for _, rung, _ in read(title, learned=learned)}


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    "title",
    [
        "Seoul to send shells to Ukraine, hopes Kyiv",
        "Seoul to send shells, hope in Kyiv",
        "Seoul will send shells to Ukraine, Zelenskiy believes",
        "South Korea will supply shells to Ukraine, expert predicts",
        "South Korea will send weapons to Ukraine, officials in Kyiv hope",
        "South Korea ought to give Ukraine air defence, Latvia's president says",
        "Seoul needs to supply Ukraine with shells, says Lithuanian minister",
    ],
)
def test_what_others_hope_for_or_call_for_is_no_decision(title: str, learned: bool) -> None:
    assert "committed" not in {rung for _, rung, _ in read(title, learned=learned)}


@pytest.mark.parametrize("learned", [True, False])
def test_what_is_announced_is_a_decision_still(learned: bool) -> None:
    found = read("Seoul to send shells to Ukraine, presidential office says", learned=learned)
    assert ("seoul-arms", "committed", "south-korea") in found
