"""Do the routes load, and do they speak of tracks and holders that there are?"""

from pathlib import Path

import pytest

from bot.domain import Route, Severity
from bot.errors import ConfigError
from config import load_routes


def test_the_shipped_route_tells_the_console_everything() -> None:
    assert load_routes() == (Route("console", "console", "-"),)


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
    ],
)
def test_a_mistake_in_the_routes_is_told_with_its_line(
    edit, folder: Path, old: str, new: str, line: int, told: str
) -> None:
    path = edit("routes.yml", old, new)
    with pytest.raises(ConfigError) as caught:
        load_routes(folder)
    assert any(p.startswith(f"{path}:{line}: ") and told in p for p in str(caught.value).splitlines()), caught.value
