"""Does a wrong clock show?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.skew import TOLERATED, clock_note, judged
from bot.clock import VirtualClock
from bot.errors import PermanentError
from config import Settings

NOW = datetime(2024, 7, 10, tzinfo=UTC)


@pytest.mark.parametrize("off", [timedelta(), TOLERATED, -TOLERATED])
def test_a_clock_that_is_right_to_the_minute_is_well(off: timedelta) -> None:
    assert "right" in judged(off, "now")


@pytest.mark.parametrize(("off", "way"), [(timedelta(minutes=5), "300 s fast"), (timedelta(minutes=-2), "120 s slow")])
def test_a_clock_that_is_off_says_by_how_much_and_which_way(off: timedelta, way: str) -> None:
    with pytest.raises(PermanentError, match=f"{way}; let the machine set it by NTP"):
        judged(off, "now")


def settings(folder: Path, url: str) -> Settings:
    source = f"sources:\n  s: {{name: S, url: '{url}', publisher: S, origin_group: s, tier: outlet}}\n"
    (folder / "sources.yml").write_text(source, encoding="utf-8")
    return Settings(config_dir=folder, allow_private=("127.0.0.1",), fetch_timeout=2.0)


async def test_the_clock_is_compared_with_what_a_server_says(publisher: Any, tmp_path: Path) -> None:
    url = publisher.serve("/feed", "<rss/>", headers={"Date": "Wed, 10 Jul 2024 00:10:00 GMT"})
    with pytest.raises(PermanentError, match="600 s slow"):
        await clock_note(settings(tmp_path, url), VirtualClock(NOW))


async def test_without_an_answer_the_clock_is_compared_with_nobody(publisher: Any, tmp_path: Path) -> None:
    assert "nobody" in await clock_note(settings(tmp_path, publisher.url("/missing")), VirtualClock(NOW))
