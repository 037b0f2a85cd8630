"""Do the routes load, and do they speak of tracks and holders that there are?"""

from datetime import time
from pathlib import Path

import pytest

import handlers
from bot.domain import QuietHours, Route, Severity
from bot.errors import ConfigError
from config import load_routes


def test_the_shipped_route_tells_the_console_everything() -> None:
    assert load_routes() == (Route("console", "console", "-", admin=True),)


def test_what_a_route_states_is_what_it_gets(folder: Path) -> None:
    (route,) = load_routes(folder)
    assert route.name == "desk"
    assert (route.tracks, route.holders) == (("arms",), ("north",))
    assert (route.min_severity, route.mention_from) == (Severity.MEDIUM, Severity.HIGH)
    assert (route.timezone, route.language, route.signals) == ("Asia/Seoul", "ko", True)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("tracks: [arms]", "tracks: [army]", 5, "'army' is no track; did you mean 'arms'?"),
        ("holders: [north]", "holders: [west]", 6, "'west' is no holder; known are north, south"),
        ("min_severity: medium", "min_severity: huge", 7, "'low', 'medium' or 'high'"),
        ("timezone: Asia/Seoul", "timezone: Seoul", 8, "is no time zone"),
        ("timezone: Asia/Seoul", "timezone: ../../etc/passwd", 8, "is no time zone"),
        ("timezone: Asia/Seoul", "timezone: Asia", 8, "is no time zone"),
        ("language: ko", "language: fr", 9, "'fr' is no language of the storyline"),
        ("platform: console", "plattform: console", 3, "did you mean 'platform'?"),
        ('channel: "-"', "channel:", 4, "is empty"),
        ("tracks: [arms]", "tracks: arms", 5, "has to be a list"),
        ("language: ko", "quiet: 10pm-7am", 9, "is no time of day; write 09:00"),
        ("language: ko", "quiet: at night", 9, "is no stretch of the day; write 22:00-07:00"),
        ("language: ko", "quiet: 22:00-22:00", 9, "begins and ends at the same time"),
        ("language: ko", "quiet_except: high", 9, "needs quiet hours"),
        ("language: ko", "digest: [24:00]", 9, "is no time of day; write 09:00"),
        ("language: ko", 'digest: ["09:00"]\n    digest_days: mon-fun', 10, "'mon-fun' is no day of the week"),
        ("language: ko", "digest_days: mon-fri", 9, "needs the times of a digest"),
        ("language: ko", "digest_only: true", 9, "needs the times of a digest"),
        ("language: ko", 'quiet: "22:00-07:00"\n    digest: ["06:59"]', 10, "06:59 falls into the quiet hours"),
    ],
)
def test_a_mistake_in_the_routes_is_told_with_its_line(
    edit, folder: Path, old: str, new: str, line: int, told: str
) -> None:
    path = edit("routes.yml", old, new)
    with pytest.raises(ConfigError) as caught:
        load_routes(folder)
    assert any(p.startswith(f"{path}:{line}: ") and told in p for p in str(caught.value).splitlines()), caught.value


def test_a_route_that_could_bring_nothing_is_told_with_its_line(edit, folder: Path) -> None:
    west = "  west: {kind: state, names: {en: West, ko: 서}, aliases: {en: [West]}}\n"
    edit("storyline.yml", "  south:\n", f"{west}  south:\n")
    path = edit("routes.yml", "holders: [north]", "holders: [west]")
    with pytest.raises(ConfigError) as caught:
        load_routes(folder)
    assert f"{path}:6: routes.desk.holders: hold no position on any of its tracks" in str(caught.value)


def test_a_track_that_is_miswritten_is_one_mistake_and_says_nothing_of_holders(edit, folder: Path) -> None:
    edit("routes.yml", "tracks: [arms]", "tracks: [amrs]")
    with pytest.raises(ConfigError) as caught:
        load_routes(folder)
    assert "is no track" in str(caught.value)
    assert "position" not in str(caught.value)


def test_the_times_of_a_route_are_read(edit, folder: Path) -> None:
    times = [
        'quiet: "22:00-7:00"', "quiet_except: high", 'digest: ["09:00", "18:00"]', "digest_days: mon-wed, sat",
        "digest_only: true", "digest_empty: false",
    ]  # fmt: skip
    edit("routes.yml", "language: ko", "\n    ".join(times))
    (route,) = load_routes(folder)
    assert route.quiet == QuietHours(time(22), time(7))
    assert route.quiet_except is Severity.HIGH
    assert (route.digest, route.digest_days) == ((time(9), time(18)), (0, 1, 2, 5))
    assert (route.digest_only, route.digest_empty) == (True, False)


def test_a_route_of_those_who_run_the_bot_is_one(edit, folder: Path) -> None:
    edit("routes.yml", "language: ko", "admin: true")
    (route,) = load_routes(folder)
    assert route.admin


@pytest.mark.parametrize(
    ("written", "days"), [("sun", (6,)), ("fri-mon", (0, 4, 5, 6)), ("[Sat, SUN]", (5, 6)), ('""', ())]
)
def test_days_of_digests_may_be_a_list_or_a_stretch_over_the_weekend(edit, folder: Path, written, days) -> None:
    edit("routes.yml", "language: ko", f'digest: ["09:00"]\n    digest_days: {written}')
    (route,) = load_routes(folder)
    assert route.digest_days == days


def test_a_platform_that_nobody_serves_is_told_with_its_line(edit, folder: Path) -> None:
    path = edit("routes.yml", "platform: console", "platform: slak")
    with pytest.raises(ConfigError) as caught:
        load_routes(folder, handlers.unserved)
    told = "no platform is called 'slak'; there are: console, discord, slack"
    assert f"{path}:3: routes.desk.platform: {told}" in str(caught.value)


@pytest.mark.parametrize("module", ["card", "plain", "texts", "picture"])
def test_a_part_of_the_cards_is_no_platform(module: str) -> None:
    assert handlers.unserved(module) == f"no platform is called {module!r}; there are: console, discord, slack"


@pytest.mark.parametrize("platform", ["console", "discord", "slack"])
def test_every_platform_is_served(platform: str) -> None:
    assert handlers.unserved(platform) == ""
