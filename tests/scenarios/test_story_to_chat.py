"""Does a story reach the team where it talks, and is the team answered there?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from .chats import opened_chats
from .conftest import START, Newsroom
from .stories import SEEN, TOLD

MINUTES = timedelta(minutes=30)


@pytest.fixture
def weather(newsroom: Newsroom) -> Newsroom:
    """Three outlets that so far wrote about other things."""
    newsroom.print_weather(START - MINUTES, "courier", "gazette", "tribune")
    return newsroom


async def test_a_story_is_one_alert_in_each_chat_and_both_answer_brief(
    weather: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_chats(open_desk, monkeypatch) as chats:
        await chats.round()
        await chats.subscribe()
        assert (chats.on_discord(), chats.on_slack()) == ([], [])

        weather.print("courier", *TOLD, START + MINUTES)
        weather.print("tribune", *TOLD, START + MINUTES)
        (posted,) = await chats.round(2 * MINUTES)
        for shown in (chats.on_discord(), chats.on_slack()):
            (alert,) = shown
            assert "Signal · not confirmed" in alert
            assert "Reported, not confirmed: South Korea" in alert
            assert posted["alert"] in alert

        weather.print("gazette", *SEEN, START + 3 * MINUTES)
        (confirmed,) = await chats.round(2 * MINUTES)
        assert (confirmed["event"], confirmed["alert"]) == ("confirmed", posted["alert"])
        for shown in (chats.on_discord(), chats.on_slack()):
            (alert,) = shown
            assert "Confirmed · " in alert
            assert "not confirmed" not in alert

        asked = await chats.chief.slash(chats.channel, "brief")
        on_slack = await chats.slack.typed("/brief")
        for brief in (str(asked.response.components), await on_slack.words()):
            assert "1 move in the last 7 days." in brief
            assert confirmed["alert"] in brief
