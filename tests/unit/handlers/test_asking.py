"""What do the words that somebody types after a command mean?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Severity, Storyline
from bot.errors import InputError
from config import load_storyline
from handlers import asking
from handlers.asking import Wish
from handlers.texts import languages

SHIPPED = load_storyline()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", timedelta(days=7)),
        ("24h", timedelta(hours=24)),
        (" 7D ", timedelta(days=7)),
        ("2 weeks", timedelta(days=14)),
        ("90m", timedelta(minutes=90)),
        ("3일", timedelta(days=3)),
        ("2주", timedelta(days=14)),
        ("365d", timedelta(days=365)),
    ],
)
def test_a_window_is_understood(typed: str, meant: timedelta) -> None:
    assert asking.window(typed, "en") == meant


@pytest.mark.parametrize("typed", ["0d", "366d", "7", "d", "7y", "-3d", "7d 3h", "9999999d", "٣d7", "soon"])
def test_what_is_no_window_says_what_would_be(typed: str) -> None:
    with pytest.raises(InputError, match="24h, 7d or 2w"):
        asking.window(typed, "en")


@given(st.text())
def test_any_window_is_understood_or_refused_in_one_line(typed: str) -> None:
    try:
        meant = asking.window(typed, "ko")
    except InputError as error:
        said, meant = str(error), asking.WEEK
    else:
        said = "understood"
    assert timedelta() < meant <= asking.LONGEST
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "apart"),
    [
        ("pact 30d", ("pact", "30d")),
        ("2 weeks seoul arms", ("seoul arms", "2 weeks")),
        ("seoul arms", ("seoul arms", "")),
        ("", ("", "")),
        ("track 3 arms", ("track 3 arms", "")),
    ],
)
def test_a_window_is_found_among_the_words(typed: str, apart: tuple[str, str]) -> None:
    assert asking.split_window(typed) == apart


@pytest.mark.parametrize("language", languages())
def test_every_track_and_holder_is_found_by_its_id_and_by_its_title(language: str) -> None:
    for ident, title in asking.track_choices(SHIPPED, language):
        assert asking.track_id(SHIPPED, ident, language) == ident
        assert asking.track_id(SHIPPED, f"  {title.upper()} ", language) == ident
    for ident, name in asking.holder_choices(SHIPPED, language):
        assert asking.holder_id(SHIPPED, ident, language) == ident
        assert asking.holder_id(SHIPPED, name, language) == ident


def test_a_part_that_fits_one_is_enough_and_one_that_fits_several_names_them(small_storyline: Storyline) -> None:
    assert asking.track_id(small_storyline, "pyong", "en") == "pyongyang-war"
    assert asking.track_id(small_storyline, "참전", "en") == "pyongyang-war"
    with pytest.raises(InputError, match="seoul-arms, allies-arms"):
        asking.track_id(small_storyline, "-arms", "en")
    with pytest.raises(InputError, match="try one of: pyongyang-war"):
        asking.track_id(small_storyline, "pyongyang-wra", "en")
    assert asking.track_id(small_storyline, " ", "en") == ""


def test_choices_are_narrowed_by_what_is_typed_so_far(small_storyline: Storyline) -> None:
    choices = asking.track_choices(small_storyline, "en")
    assert asking.matching(choices, "") == choices
    assert asking.matching(choices, "WAR") == (("pyongyang-war", "The war"),)


def test_a_wish_becomes_a_route(small_storyline: Storyline) -> None:
    wish = Wish(
        tracks="arms, the war", holders="north", severity="보통", signals="off", mention="@x", timezone="Asia/Seoul"
    )
    with pytest.raises(InputError, match="no single track"):
        asking.route_of(Wish(tracks="nothing like it"), small_storyline, platform="p", channel="c", author="a")
    route = asking.route_of(wish, small_storyline, platform="p", channel="c", author="a")
    assert (route.name, route.platform, route.channel, route.author) == ("p-c", "p", "c", "a")
    assert (route.tracks, route.holders) == (("seoul-arms", "pyongyang-war"), ("north-korea",))
    assert (route.min_severity, route.mention_from, route.signals) == (Severity.MEDIUM, Severity.HIGH, False)
    assert (route.mention, route.timezone, route.language) == ("@x", "Asia/Seoul", "en")


@pytest.mark.parametrize(
    "wish",
    [
        Wish(severity="extreme"),
        Wish(signals="maybe"),
        Wish(language="tlh"),
        Wish(timezone="Mars/Olympus"),
        Wish(timezone="../../etc/passwd"),
        Wish(holders="nobody at all"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_in_one_line(small_storyline: Storyline, wish: Wish) -> None:
    with pytest.raises(InputError) as raised:
        asking.route_of(wish, small_storyline, platform="p", channel="c", author="a")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("language", languages())
def test_a_route_is_described_in_one_line(small_storyline: Storyline, language: str) -> None:
    bare = asking.route_of(Wish(language=language), small_storyline, platform="p", channel="c", author="a")
    line = asking.described(bare, small_storyline, language)
    assert "UTC" in line
    assert "\n" not in line
