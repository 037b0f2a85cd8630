"""Is a team that could not be told for a while told the word that holds, once, and not the one before it as news?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .chats import opened_chats
from .conftest import Newsroom

MORNING = datetime(2024, 7, 9, 23, 0, tzinfo=UTC)  # 08:00 in Seoul
HOUR = timedelta(hours=1)
TIED = (
    "Seoul will send artillery shells to Ukraine if Russia gives North Korea missile technology, office says",
    "South Korea will supply lethal weapons to Ukraine if Russia transfers precision weapons to North Korea, \
the presidential office said on Tuesday.",
)
DECIDED = (
    "South Korea decides to supply artillery shells to Ukraine",
    "South Korea has decided to supply lethal weapons directly to Ukraine, the presidential office said on Friday.",
)


@pytest.mark.parametrize(
    ("wishes", "down"),
    [("", False), ("quiet=08:00-23:00", False), ("quiet=08:00-23:00 quiet_except=high", False), ("", True)],
    ids=["downtime", "quiet", "quiet-but-for-the-later", "chat-down"],
)
async def test_a_word_that_was_replaced_before_it_could_be_told_is_not_told_as_now(
    newsroom: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, wishes: str, *, down: bool
) -> None:
    newsroom.print_weather(MORNING - HOUR, "courier", "gazette")
    async with opened_chats(open_desk, monkeypatch, at=MORNING) as chats:
        slack, apart = chats.slack, bool(wishes) or down
        wish = f"subscribe mention=here from=high timezone=Asia/Seoul {wishes}"
        await (await slack.typed("/stancewatch", wish, user="U0ADMIN")).words()
        await chats.chief.slash(chats.channel, "subscribe", severity="low")
        await chats.round(HOUR)
        slack.channels["C1"]["is_member"] = not down
        newsroom.print("courier", *TIED, MORNING + 2 * HOUR)
        if apart:  # else the bot is down, and finds both at once
            await chats.round(1.1 * HOUR)
        newsroom.print("gazette", *DECIDED, MORNING + 5 * HOUR)
        await chats.round(3 * HOUR)
        slack.channels["C1"]["is_member"] = True
        await chats.round(13 * HOUR)
        await chats.round(HOUR)
        told = {"slack": [words for words in chats.on_slack() if "Confirmed" in words]}
        if not apart:
            told["discord"] = [words for words in chats.on_discord() if "Confirmed" in words]
        for words in told.values():
            assert len(words) == 1
            assert "now says it has decided to send arms" in words[0]
            assert "it tied arms to a condition before" in words[0]
            assert "now says it will send arms to Ukraine if" not in words[0]
