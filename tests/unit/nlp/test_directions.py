"""Who does it to whom: whose request is turned down by whom, and who summons whose ambassador?"""

from datetime import UTC, datetime
from functools import partial

import pytest

from .readers import positions

read = partial(positions, "en", day=datetime(2024, 11, 12, tzinfo=UTC))


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Ukraine's request for Korean shells turned down by Seoul", ""),
        ("Zelenskiy's request for air defence declined by Seoul, official says", ""),
        ("Aid", "A Ukrainian request for shells was declined by the South Korean defence ministry, Yonhap reported."),
        ("South Korea turns down Zelenskiy's request for shells", ""),
        ("South Korea rejects Kyiv's plea for shells", ""),
    ],
)
def test_a_request_that_seoul_turns_down_is_a_no(title: str, text: str, learned: bool) -> None:
    assert ("seoul-arms", "withhold") in read(title, text, learned=learned)


@pytest.mark.parametrize("learned", [True, False])
def test_a_request_that_somebody_else_turns_down_is_not_seouls_no(learned: bool) -> None:
    title, text = "Zelenskiy's request for tanks turned down by Germany", "South Korea was asked, too."
    assert ("seoul-arms", "withhold") not in read(title, text, learned=learned)


@pytest.mark.parametrize(
    "title",
    [
        "Russia summons South Korean ambassador over arms remarks",
        "South Korean ambassador summoned in Moscow over remarks on arms",
        "Seoul's envoy summoned to Russian foreign ministry over arms",
        "South Korea's ambassador summoned by Russian foreign ministry over arms",
    ],
)
def test_the_rules_hear_moscow_where_seouls_ambassador_is_summoned(title: str) -> None:
    assert read(title, learned=False) == {("moscow-seoul", "warning")}


@pytest.mark.parametrize(
    "title",
    [
        "Russian ambassador summoned in Seoul over North Korea troops",
        "South Korea summons Russian ambassador over troops",
        "Seoul calls in Russian envoy over pact with North",
        "Russia's ambassador called in by Seoul over North Korean deployment",
    ],
)
@pytest.mark.parametrize("learned", [True, False])
def test_seoul_condemns_where_it_summons_moscows(title: str, learned: bool) -> None:
    found = read(title, learned=learned)
    assert ("seoul-moscow", "condemning") in found
    assert ("moscow-seoul", "warning") not in found


def test_an_ambassador_whom_russia_summons_is_not_taken_for_one_summoned_by_seoul() -> None:
    found = read("Russia summons South Korean ambassador over arms remarks")
    assert found == {("moscow-seoul", "warning")}
