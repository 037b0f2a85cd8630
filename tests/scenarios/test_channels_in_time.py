"""Is a channel told when it wants to be told: not at night, not while it is muted, at its digests, in one message?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import mutes
from bot.mutes import Wish
from config import load_storyline

from .chats import opened_chats
from .conftest import Newsroom
from .stories import SEEN, TOLD

HOUR = timedelta(hours=1)
EVENING = datetime(2024, 7, 10, 12, 30, tzinfo=UTC)  # 21:30 in Seoul
BOTH = (
    "Seoul rules out lethal arms for Ukraine as North Korea sends troops to Russia",
    "South Korea will not supply lethal weapons to Ukraine, the presidential office said on Wednesday. \
North Korea has sent 1,500 troops to Russia, the National Intelligence Service said.",
)


@pytest.fixture
def weather(newsroom: Newsroom) -> Newsroom:
    """Two outlets that so far wrote about other things."""
    newsroom.print_weather(EVENING - HOUR, "courier", "gazette")
    return newsroom


@pytest.fixture
def route(tmp_path: Path) -> Callable[..., None]:
    """Return what writes the console's route, in Seoul's time."""

    def write(**wishes: str) -> None:
        folder = tmp_path / "config"
        folder.mkdir(exist_ok=True)
        fields = {"platform": "console", "channel": '"-"', "timezone": "Asia/Seoul", **wishes}
        lines = ["routes:", "  desk:", *(f"    {name}: {value}" for name, value in fields.items())]
        (folder / "routes.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    return write


async def test_what_happens_in_a_quiet_night_is_posted_at_seven_as_it_then_is(
    weather: Newsroom, open_desk: Callable[..., Any], route: Callable[..., None]
) -> None:
    route(quiet='"22:00-07:00"')
    async with open_desk(at=EVENING) as desk:
        (brief,) = await desk.round()
        assert brief["event"] == "brief"
        weather.print("courier", *TOLD, EVENING + HOUR)
        assert await desk.round(2 * HOUR) == []
        weather.print("gazette", *SEEN, EVENING + 3 * HOUR)
        assert await desk.round(2 * HOUR) == []
        until_six_fifty_nine = timedelta(hours=5, minutes=29)
        assert await desk.round(until_six_fifty_nine) == []
        (posted,) = await desk.round(timedelta(minutes=1))
        assert desk.clock.now() == datetime(2024, 7, 10, 22, 0, tzinfo=UTC)
    assert (posted["event"], posted["to"], posted["confirmed"], posted["origins"]) == ("posted", "committed", True, 2)


async def test_what_breaks_through_a_quiet_night_is_posted_at_once(
    weather: Newsroom, open_desk: Callable[..., Any], route: Callable[..., None]
) -> None:
    route(quiet='"22:00-07:00"', quiet_except="low")
    async with open_desk(at=EVENING) as desk:
        await desk.round()
        weather.print("courier", *TOLD, EVENING + HOUR)
        (posted,) = await desk.round(2 * HOUR)
    assert posted["event"] == "posted"


async def test_what_was_muted_stands_in_the_brief_and_is_posted_once_the_mute_has_run_out(
    weather: Newsroom, open_desk: Callable[..., Any], route: Callable[..., None]
) -> None:
    route()
    async with open_desk(at=EVENING) as desk:
        await desk.round()
        storyline = load_storyline()
        wish = Wish("console", "-", "kim", track="seoul-arms", span=3 * HOUR)
        mute = mutes.mute(desk.bot.store, storyline, wish, desk.clock.now())
        weather.print("courier", *TOLD, EVENING + HOUR / 2)
        assert await desk.round(HOUR) == []
        weather.print("gazette", *SEEN, EVENING + HOUR)
        assert await desk.round(HOUR) == []
        (alert,) = desk.bot.store.alerts(EVENING)
        (posted,) = await desk.round(HOUR)
        assert desk.clock.now() == mute.until
        assert (posted["event"], posted["alert"], posted["confirmed"]) == ("posted", alert.id, True)
        assert await desk.round(HOUR) == []


async def test_what_was_muted_until_it_moves_is_told_when_it_moves(
    weather: Newsroom, open_desk: Callable[..., Any], route: Callable[..., None]
) -> None:
    route()
    async with open_desk(at=EVENING) as desk:
        await desk.round()
        wish = Wish("console", "-", "kim", track="seoul-arms")
        mutes.mute(desk.bot.store, load_storyline(), wish, desk.clock.now())
        weather.print("courier", *TOLD, EVENING + HOUR / 2)
        assert await desk.round(HOUR) == []
        weather.print("gazette", *SEEN, EVENING + HOUR)
        (posted,) = await desk.round(HOUR)
        assert posted["confirmed"]
        assert mutes.muted(desk.bot.store, desk.clock.now()) == ()


async def test_a_digest_missed_in_downtime_is_made_up_for_once_and_tells_all_of_it(
    weather: Newsroom, open_desk: Callable[..., Any], route: Callable[..., None]
) -> None:
    route(digest='["09:00", "18:00"]', digest_only="true")
    async with open_desk(at=EVENING) as desk:
        await desk.round()
        weather.print("courier", *TOLD, EVENING + HOUR)
        weather.print("gazette", *SEEN, EVENING + HOUR)
        assert await desk.round(2 * HOUR) == []
        (alert,) = desk.bot.store.alerts(EVENING)
    three_days_later = EVENING + timedelta(days=3)
    async with open_desk(at=three_days_later) as desk:
        (digest,) = await desk.round()
        assert (digest["event"], digest["moved"]) == ("brief", [alert.id])
        assert digest["digest"] == "2024-07-13T09:00:00+00:00"
        assert datetime.fromisoformat(digest["since"]) == EVENING
        assert await desk.round(HOUR) == []
        (morning,) = await desk.round(timedelta(hours=10, minutes=30))
        assert (morning["moved"], morning["digest"]) == ([], "2024-07-14T00:00:00+00:00")


async def test_two_shifts_in_one_article_are_one_message_and_each_is_kept_right_in_it(
    weather: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_chats(open_desk, monkeypatch, at=EVENING) as chats:
        await chats.round()
        await chats.subscribe()
        weather.print("courier", *BOTH, EVENING + HOUR / 2)
        told = await chats.round(HOUR)
        assert sorted(line["to"] for line in told) == ["deploying", "withhold"]
        for shown in (chats.on_discord(), chats.on_slack()):
            (message,) = shown
            assert all(line["alert"] in message for line in told)
        weather.print("gazette", "Kyiv’s spies say Northern troops are in Russia", SPIES, EVENING + HOUR)
        (confirmed,) = await chats.round(HOUR)
        assert confirmed["event"] == "confirmed"
        for shown in (chats.on_discord(), chats.on_slack()):
            (message,) = shown
            assert all(line["alert"] in message for line in told)
            assert "Signal · not confirmed" not in message


SPIES = "North Korea has sent troops to Russia, Ukraine’s military intelligence said on Wednesday."
