"""A day in the life of a channel in Discord, from a quiet morning to the digest at six in the evening in Seoul."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .chats import Chats, opened_chats
from .conftest import Newsroom
from .stories import DENIED, SEEN, TOLD

MORNING = datetime(2024, 7, 9, 23, 0, tzinfo=UTC)
"""08:00 in Seoul, two days after the President said that arms were under review."""
SIX = datetime(2024, 7, 10, 9, 0, tzinfo=UTC)
"""18:00 in Seoul."""
HOUR = timedelta(hours=1)


@pytest.fixture
def weather(newsroom: Newsroom) -> Newsroom:
    """Two outlets that so far wrote about other things."""
    newsroom.print_weather(MORNING - HOUR, "courier", "gazette")
    return newsroom


def _posted(chats: Chats, number: int) -> list[Any]:
    """Return what the bot itself posted in a channel or thread: no answers, no lines of Discord's own."""
    kept = chats.discord.backend.messages.get(number, {}).values()
    return [message for message in kept if message.components and not message.interaction_metadata]


def _woken(messages: list[Any]) -> int:
    return sum(bool(message.ping_role_ids or message.ping_user_ids) for message in messages)


def _option(components: list[dict[str, Any]], words: str) -> str:
    """Return the value of a choice."""
    for component in components:
        for option in component.get("options", []):
            if option["label"] == words:
                return str(option["value"])
        if found := _option(component.get("components", []), words):
            return found
    return ""


async def test_a_day_in_the_life_of_a_channel(
    weather: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_chats(open_desk, monkeypatch, at=MORNING) as chats:
        channel, chief = chats.channel, chats.chief
        role = chats.discord.guild.create_role("desk", mentionable=True)
        wish = {"tracks": "seoul-arms", "mention": role, "mention_from": "medium"}
        said = await chief.slash(channel, "subscribe", **wish, timezone="Asia/Seoul", digest="18:00")
        assert "digests at 18:00 Asia/Seoul" in str(said.response.components)
        await chats.round(HOUR)
        assert _woken(_posted(chats, channel.id)) == 0

        quiet = len(_posted(chats, channel.id))
        weather.print("courier", *TOLD, MORNING + HOUR)
        await chats.round(HOUR)  # 10:00: one outlet, on unnamed people
        (alert,) = _posted(chats, channel.id)[quiet:]
        assert "Signal · not confirmed" in str(alert.components)
        assert _woken([alert]) == 0
        assert channel.threads == []

        weather.print("gazette", *SEEN, MORNING + 3 * HOUR)
        await chats.round(HOUR)  # 11:00: another house has it from its own sources
        (alert,) = _posted(chats, channel.id)[quiet:]
        (thread,) = channel.threads
        (note,) = _posted(chats, thread.id)
        assert "Confirmed" in str(alert.components)
        assert "Confirmed" in str(note.components)
        assert (_woken([alert]), note.ping_role_ids) == (0, [role.id])

        (shown,) = [message for message in channel.history() if message.id == alert.id]
        menu = await chief.click(shown, label="Mute…")
        muted = await chief.select(menu.response, [_option(menu.response.components, "for 24 hours")])
        assert not muted.ephemeral

        weather.print("courier", *DENIED, MORNING + 5 * HOUR)
        await chats.round(2 * HOUR)  # 13:00: the presidential office says otherwise
        (alert,) = _posted(chats, channel.id)[quiet:]
        assert "Disputed" in str(alert.components)
        assert len(_posted(chats, thread.id)) == 1, "what is muted is kept right, and wakes nobody"

        await chats.round(5 * HOUR)  # 18:00
        digest = str(_posted(chats, channel.id)[-1].components)
        assert "Digest" in digest
        assert f"<t:{int(SIX.timestamp())}:f>" in digest
        assert (
            "Disputed: Courier and 1 other origin reported that South Korea says it has decided to send arms to Ukraine"
            in digest
        )
        assert f"by <@{chief.id}>" in digest
        assert "Muted" in digest
        assert _woken([*_posted(chats, channel.id), *_posted(chats, thread.id)]) == 1
        told = str((await chief.slash(channel, "audit")).response.components)
        assert "muted: seoul-arms" in told
        assert "subscribed: seoul-arms" in told
