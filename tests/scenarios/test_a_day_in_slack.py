"""A day in the life of a channel in Slack, from a quiet morning to the digest at six in the evening in Seoul."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .chats import opened_chats, slack_kit
from .conftest import Newsroom
from .stories import DENIED, SEEN, TOLD

MORNING = datetime(2024, 7, 9, 23, 0, tzinfo=UTC)
"""08:00 in Seoul, two days after the President said that arms were under review."""
HOUR = timedelta(hours=1)
DISPUTED = "Disputed: Courier and 1 other origin reported that South Korea says it has decided to send arms to Ukraine;"
WISH = "seoul-arms mention=here from=medium timezone=Asia/Seoul digest=18:00"


@pytest.fixture
def weather(newsroom: Newsroom) -> Newsroom:
    """Two outlets that so far wrote about other things."""
    newsroom.print_weather(MORNING - HOUR, "courier", "gazette")
    return newsroom


def _woken(messages: list[dict[str, Any]]) -> int:
    return sum("<!here>" in str(message["blocks"]) for message in messages)


def _menu(message: dict[str, Any], action: str) -> dict[str, Any]:
    elements = [e for block in message["blocks"] if block["type"] == "actions" for e in block["elements"]]
    (found,) = [element for element in elements if element["action_id"] == action]
    return found


async def test_a_day_in_the_life_of_a_channel(
    weather: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_chats(open_desk, monkeypatch, at=MORNING) as chats:
        slack = chats.slack
        said = await (await slack.typed("/stancewatch", f"subscribe {WISH}", user="U0ADMIN")).words()
        assert "digests at 18:00 Asia/Seoul" in said
        await chats.round(HOUR)
        assert slack.shown("C1") == [] or _woken(slack.shown("C1")) == 0

        quiet = len(slack.shown("C1"))
        weather.print("courier", *TOLD, MORNING + HOUR)
        await chats.round(HOUR)  # 10:00: one outlet, on unnamed people
        (alert,) = slack.shown("C1")[quiet:]
        assert alert["text"].startswith("Reported, not confirmed: ")
        assert _woken(slack.shown("C1")) == 0
        assert slack.thread("C1") == []

        weather.print("gazette", *SEEN, MORNING + 3 * HOUR)
        await chats.round(HOUR)  # 11:00: another house has it from its own sources
        (alert,) = slack.shown("C1")[quiet:]
        (note,) = slack.thread("C1")
        assert alert["text"].startswith("Confirmed")
        assert note["text"].startswith("Confirmed")
        assert (_woken(slack.shown("C1")), _woken(slack.thread("C1"))) == (0, 1)

        menu = _menu(alert, "stancewatch_mute")
        (day,) = [option["value"] for option in menu["options"] if option["value"].endswith("|24h")]
        muted = await (await slack.pressed("stancewatch_mute", day, user="U0ADMIN", chosen=True)).answer()
        assert muted["response_type"] == "in_channel"

        weather.print("courier", *DENIED, MORNING + 5 * HOUR)
        await chats.round(2 * HOUR)  # 13:00: the presidential office says otherwise
        (alert,) = slack.shown("C1")[quiet:]
        assert alert["text"].startswith(DISPUTED)
        assert len(slack.thread("C1")) == 1, "what is muted is kept right, and wakes nobody"

        await chats.round(5 * HOUR)  # 18:00
        *_, digest = slack.shown("C1")
        words = " ".join(slack_kit().payloads.words(digest["blocks"]))
        assert "18:00" in words
        assert DISPUTED in words
        assert "Muted" in words
        assert _woken([*slack.shown("C1"), *slack.thread("C1")]) == 1
        told = await (await slack.typed("/stancewatch", "audit")).words()
        assert "muted: seoul-arms" in told
        assert "subscribed: seoul-arms" in told


async def test_a_signal_that_the_holder_denies_is_said_in_the_thread_of_its_message(
    weather: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_chats(open_desk, monkeypatch, at=MORNING) as chats:
        slack = chats.slack
        await (await slack.typed("/stancewatch", f"subscribe {WISH}", user="U0ADMIN")).words()
        await chats.round(HOUR)
        quiet = len(slack.shown("C1"))
        weather.print("courier", *TOLD, MORNING + HOUR)
        await chats.round(HOUR)
        weather.print("gazette", *DENIED, MORNING + 2 * HOUR)
        await chats.round(HOUR)
        alert, *_ = slack.shown("C1")[quiet:]
        (note,) = slack.thread("C1")
        assert alert["text"].startswith("Reported and denied, not confirmed: ")
        assert note["text"].startswith("Reported and denied, not confirmed: ")
        assert "will not supply lethal weapons" in str(note["blocks"])
        assert _woken(slack.thread("C1")) == 0
