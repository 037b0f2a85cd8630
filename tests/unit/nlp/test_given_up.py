"""Is a refusal that is given up, or may be, none any more, and does one that is not remain?"""

from datetime import UTC, datetime
from functools import partial

import pytest

from .readers import positions

read = partial(positions, "en", day=datetime(2024, 11, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        "Yoon's office says it could abandon its policy of not supplying lethal weapons to Ukraine.",
        "Yoon's office says it could end its ban on supplying lethal weapons to Ukraine.",
        "South Korea may end its refusal to arm Ukraine, a presidential official said.",
        "Seoul may have to reverse its refusal to supply Ukraine with shells, the defence minister told parliament.",
        "Seoul signals it might scrap its long-standing policy against arming Ukraine after the deployment.",
        "South Korea could change its policy of not sending weapons to Ukraine, Yoon said.",
        "South Korea is reviewing its policy of not sending lethal weapons to Ukraine, the presidential office said.",
    ],
)
def test_a_refusal_that_may_be_given_up_is_under_review(text: str) -> None:
    found = read("Ukraine", text)
    assert ("seoul-arms", "reviewing") in found
    assert ("seoul-arms", "withhold") not in found


def test_a_headline_says_so_too() -> None:
    assert read("Seoul could drop its refusal to arm Ukraine") == {("seoul-arms", "reviewing")}


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "South Korea will not drop its refusal to send weapons to Ukraine, the defence minister said.",
        "Seoul will not lift its ban on sending lethal weapons to Ukraine, the presidential office said.",
        "South Korea refuses to lift its ban on sending weapons to Ukraine.",
        "South Korea maintained its policy of not sending lethal weapons to Ukraine, the ministry said.",
        "Seoul reaffirmed its principle of not supplying lethal weapons to Ukraine.",
        "South Korea will not change its policy of not sending weapons to Ukraine, Yoon said.",
        "Seoul does not plan to change its policy of not sending weapons to Ukraine, the ministry said.",
        "Seoul has no plans to change its policy of not sending weapons to Ukraine, the ministry said.",
        "South Korea sees no reason to review its ban on lethal aid for Ukraine, the security adviser said.",
        "There is no reason to lift the ban on sending weapons to Ukraine, South Korea's defence minister said.",
        "South Korea is unlikely to end its ban on sending lethal aid to Ukraine, the presidential office said.",
    ],
)
def test_a_refusal_that_is_kept_is_one(text: str, learned: bool) -> None:
    found = read("Ukraine", text, learned=learned)
    assert ("seoul-arms", "withhold") in found
    assert ("seoul-arms", "reviewing") not in found


def test_a_ban_that_is_dropped_indeed_is_a_decision() -> None:
    assert read("'Yes, we'll do it': Seoul drops its ban on arms to Kyiv") == {("seoul-arms", "committed")}


@pytest.mark.parametrize(
    "text",
    [
        "Seoul has not ruled out lifting its ban on sending weapons to Ukraine, the presidential office said.",
        "South Korea declined to rule out reviewing its refusal to send weapons to Ukraine, its government said.",
        "Seoul sees reason to review its ban on lethal aid for Ukraine, the security adviser said.",
    ],
)
def test_what_is_not_ruled_out_may_be_given_up(text: str) -> None:
    found = read("Ukraine", text)
    assert ("seoul-arms", "reviewing") in found
    assert ("seoul-arms", "withhold") not in found


def test_rules_hear_that_a_review_is_ruled_out() -> None:
    found = read("Ukraine", "South Korea has ruled out reviewing its ban on weapons for Ukraine.", learned=False)
    assert found == {("seoul-arms", "withhold")}
