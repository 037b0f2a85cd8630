"""Has who no longer denies or rules something out, or never did, denied nothing?"""

from datetime import UTC, datetime
from functools import partial

import pytest

from .readers import positions

read = partial(positions, "en", day=datetime(2024, 11, 12, tzinfo=UTC))


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("South Korea no longer ruling out weapons for Ukraine", ""),
        ("South Korea no longer rules out arming Ukraine, presidential office says", ""),
        ("Seoul no longer rules out lethal aid to Kyiv", "Weapons could be sent, the presidential office said."),
        ("Seoul stops ruling out arms for Ukraine", ""),
        ("South Korea no longer excludes lethal aid for Kyiv", ""),
        ("Aid", "South Korea can no longer rule out supplying Ukraine with weapons, a senior official in Seoul said."),
    ],
)
def test_what_is_no_longer_ruled_out_is_considered(title: str, text: str, learned: bool) -> None:
    found = read(title, text, learned=learned)
    assert ("seoul-arms", "reviewing") in found
    assert ("seoul-arms", "withhold") not in found


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    "title",
    [
        "Moscow no longer denies giving North Korea missile technology",
        "Kremlin does not deny giving technology to North Korea",
        "Putin does not deny that North Korean troops are in Kursk",
        "Kremlin neither confirms nor denies North Korean troops are in Russia",
        "North Korea no longer denies sending troops to Russia",
        "Pyongyang stops denying it has troops in Russia",
        "Russian envoy declines to deny that North Korean soldiers fight in Kursk",
        "Peskov doesn't dispute that North Korean troops are in Russia",
    ],
)
def test_what_is_not_denied_any_more_is_no_denial(title: str, learned: bool) -> None:
    assert "denied" not in {rung for _, rung in read(title, learned=learned)}


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("title", "text", "rung"),
    [
        ("The Kremlin has not commented on it but denied having North Korean troops in Kursk", "", "denied"),
        ("Moscow not only denied giving North Korea missile technology, it mocked the claim", "", "denied"),
        (
            "Aid",
            "Russia does not dispute its ties with Pyongyang but denies it gave North Korea missile technology.",
            "denied",
        ),
        ("Pyongyang denies sending troops to Russia", "", "denied"),
        ("Seoul rules out sending weapons to Ukraine", "", "withhold"),
    ],
)
def test_what_is_denied_beside_it_is_denied(title: str, text: str, rung: str, learned: bool) -> None:
    assert rung in {found for _, found in read(title, text, learned=learned)}


def test_who_no_longer_rules_arms_out_but_sends_none_now_has_said_no() -> None:
    assert ("seoul-arms", "withhold") in read("Seoul no longer rules out arms for Ukraine but will not send them now")


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("South Korea sees no reason not to supply Ukraine with shells.", "reviewing"),
        ("There are no grounds to refuse weapons to Ukraine, South Korea's minister says.", "reviewing"),
        ("Seoul refused to rule out ending its ban on lethal weapons for Ukraine.", "reviewing"),
        ("No reason for Seoul not to arm Ukraine, its defence minister said.", "reviewing"),
        ("South Korea sees no reason to supply Ukraine with shells.", "withhold"),
        ("Seoul has ruled out ending its ban on lethal weapons for Ukraine.", "withhold"),
    ],
)
def test_two_denials_are_none(text: str, rung: str) -> None:
    assert {found for track, found in read("Briefing", text) if track == "seoul-arms"} == {rung}
