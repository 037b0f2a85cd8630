"""Does what is wrong on one platform stay there: one clear line, the others told, and all of it well once mended?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.attempts import FIRST_PAUSE

from .chats import Chats, opened_chats, slack_kit
from .conftest import START, Newsroom

MINUTES = timedelta(minutes=30)
REST = timedelta(seconds=FIRST_PAUSE)
RULED_OUT = "South Korea will not supply lethal weapons to Ukraine, the presidential office said on Wednesday."
STORY = ("Seoul rules out lethal arms for Ukraine", f"{RULED_OUT} The principle stands, a spokesperson told reporters.")
POST = ("POST", "/channels/*/messages")


@dataclass(frozen=True)
class Break:
    """Something that goes wrong on one platform while the bot runs.

    Args:
        advice: what the log says of it.
        mend: undoes it; None where a single answer of the platform was wrong.
    """

    platform: str
    happen: Callable[[Chats], None]
    advice: str
    mend: Callable[[Chats], object] | None = None


def _scopes(chats: Chats, *lacking: str) -> None:
    kit = slack_kit()
    chats.slack.tokens[kit.BOT_TOKEN] = kit.BOT_SCOPES - set(lacking)


def _discord_answers(status: int, code: int) -> Callable[[Chats], None]:
    return lambda chats: chats.discord.inject_error(*POST, status=status, code=code)


def _member(chats: Chats, *, joined: bool) -> None:
    chats.slack.channels["C1"]["is_member"] = joined


BREAKS = {
    "slack-token-revoked": Break(
        "slack", lambda chats: chats.slack.tokens.pop(slack_kit().BOT_TOKEN), "the token is wrong", _scopes
    ),
    "slack-scope-missing": Break(
        "slack", lambda chats: _scopes(chats, "chat:write"), "the app lacks chat:write", _scopes
    ),
    "slack-not-in-channel": Break(
        "slack",
        lambda chats: _member(chats, joined=False),
        "type /invite @stancewatch",
        lambda chats: _member(chats, joined=True),
    ),
    "slack-channel-deleted": Break(
        "slack",
        lambda chats: chats.slack.channels.pop("C1"),
        "there is no such channel",
        lambda chats: chats.slack.channel("C1"),
    ),
    "discord-token-revoked": Break("discord", _discord_answers(401, 0), "the token is refused"),
    "discord-right-missing": Break("discord", _discord_answers(403, 50013), "allow it Send Messages"),
    "discord-not-in-server": Break("discord", _discord_answers(403, 50001), "the bot cannot see the channel"),
    "discord-channel-deleted": Break("discord", _discord_answers(404, 10003), "the channel is gone"),
}


@pytest.fixture
def courier(newsroom: Newsroom) -> Newsroom:
    newsroom.print_weather(START - MINUTES, "courier")
    return newsroom


@pytest.mark.parametrize("name", BREAKS)
async def test_what_breaks_on_one_platform_is_told_on_the_others_and_resumes_by_itself(
    courier: Newsroom, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    broken = BREAKS[name]
    async with opened_chats(open_desk, monkeypatch) as chats:
        await chats.round()
        await chats.subscribe()
        broken.happen(chats)
        courier.print("courier", *STORY, START + MINUTES)
        with capture_logs() as log:
            told = await chats.round(2 * MINUTES)
        (line,) = [entry for entry in log if entry["log_level"] in {"warning", "error"}]
        assert (line["event"], line["platform"]) == ("channel_paused", broken.platform)
        assert broken.advice in line["error"]
        assert [line["event"] for line in told] == ["posted", "trouble"]
        shown = {"discord": chats.on_discord, "slack": chats.on_slack}
        here, there = shown.pop(broken.platform), next(iter(shown.values()))
        assert here() == []
        alert, trouble = there()
        assert "South Korea now rules out lethal arms" in alert
        assert "Channel closed to the bot" in trouble
        assert broken.advice[:20] in trouble

        if broken.mend:
            broken.mend(chats)
        with capture_logs() as log:
            (over,) = await chats.round(REST)
        assert "channel_resumed" in {entry["event"] for entry in log}
        assert over["event"] == "trouble"
        assert over["resumed"]
        assert "South Korea now rules out lethal arms" in here()[0]
        assert len(there()) == 2
        assert "Channel works again" in there()[1]


@pytest.mark.parametrize(
    ("changes", "event", "advice"),
    [
        ({"slack_bot_token": "", "slack_app_token": ""}, "delivery_put_off", "nothing serves slack; set its token"),
        ({"slack_bot_token": ""}, "channel_paused", "set STANCEWATCH_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xoxb-wrong"}, "channel_paused", "the token is wrong"),
        ({"slack_bot_token": "xapp-the-other-kind"}, "channel_paused", "token"),
    ],
    ids=["none", "half", "wrong", "of the other kind"],
)
async def test_a_slack_that_never_worked_stops_nothing_else(
    courier: Newsroom,
    open_desk: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    changes: dict[str, str],
    event: str,
    advice: str,
) -> None:
    routes = "routes:\n  screen: {platform: console, channel: '-'}\n  team: {platform: slack, channel: C1}\n"
    folder = courier.write_sources(tmp_path / "config")
    (folder / "routes.yml").write_text(routes, encoding="utf-8")
    async with opened_chats(open_desk, monkeypatch, **changes) as chats:
        with capture_logs() as log:
            assert "brief" in {line["event"] for line in await chats.round()}
        (line,) = [entry for entry in log if entry.get("platform") == "slack" and entry["event"] == event]
        assert advice in line["error"]
        await chats.chief.slash(chats.channel, "subscribe", severity="low")
        courier.print("courier", *STORY, START + MINUTES)
        assert "posted" in {line["event"] for line in await chats.round(2 * MINUTES)}
        assert "South Korea now rules out lethal arms" in chats.on_discord()[0]
