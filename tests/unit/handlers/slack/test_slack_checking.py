"""What does `check` say of Slack, and does the manifest ask for what is used and no more?"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

import handlers.slack
from bot.domain import Route
from bot.errors import ConfigError
from handlers.slack import MANIFEST, build
from handlers.slack.checking import wanted_scopes
from handlers.texts import say


async def test_nothing_is_wrong_where_all_is_well(open_notifier: Any) -> None:
    async with open_notifier(channels=("C1",)) as notifier:
        assert await notifier.problems() == ()


async def test_each_problem_says_what_to_do(open_notifier: Any, slack: Any, kit: Any) -> None:
    slack.channel("C2", is_member=False)
    slack.channel("C3", is_archived=True)
    slack.tokens[kit.BOT_TOKEN] = kit.BOT_SCOPES - {"users:read", "commands"}
    async with open_notifier(app_token="xapp-wrong", channels=("C1", "C2", "C3", "C4")) as notifier:
        scopes, app, away, archived, unknown = await notifier.problems()
    assert "lacks commands, users:read" in scopes
    assert str(MANIFEST) in scopes
    assert "connections:write" in app
    assert "#c2 (C2): the bot is not in the channel; type /invite @stancewatch" in away
    assert "#c3 (C3): the channel is archived" in archived
    assert "C4: channel_not_found" in unknown


async def test_scopes_without_which_a_message_may_come_twice_are_told_with_that(
    open_notifier: Any, slack: Any, kit: Any
) -> None:
    slack.tokens[kit.BOT_TOKEN] = kit.BOT_SCOPES - {"channels:history", "groups:history", "im:history"}
    async with open_notifier(channels=("C1",)) as notifier:
        (scopes,) = await notifier.problems()
    assert "lacks channels:history, groups:history, im:history" in scopes
    assert "a message may come twice after a crash" in scopes


async def test_a_channel_that_denies_its_history_is_told(open_notifier: Any, slack: Any, kit: Any) -> None:
    slack.next("conversations.history", kit.Fault(error="no_permission"))
    async with open_notifier(channels=("C1",)) as notifier:
        (line,) = await notifier.problems()
    assert "C1: no_permission" in line
    assert "a message may come twice after a crash" in line


async def test_the_channels_of_routes_are_looked_at(open_notifier: Any, desk: Any) -> None:
    desk.kept["night"] = Route("night", "slack", "C0GONE")
    async with open_notifier() as notifier:
        (line,) = await notifier.problems()
    assert "C0GONE: channel_not_found" in line


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bot_token": ""}, "set STANCEWATCH_SLACK_BOT_TOKEN"),
        ({"bot_token": "xapp-swapped"}, "begins with xoxb-"),
        ({"bot_token": "xoxb-wrong"}, "invalid_auth"),
        ({"app_token": ""}, "STANCEWATCH_SLACK_SIGNING_SECRET"),
        ({"api": "http://127.0.0.1:9/api/"}, "cannot be reached"),
    ],
)
async def test_a_wrong_token_is_one_line(open_notifier: Any, changes: dict[str, str], said: str) -> None:
    async with open_notifier(**changes) as notifier:
        (line,) = await notifier.problems()
    assert said in line
    assert "\n" not in line
    for token in ("xapp-swapped", "xoxb-wrong"):
        assert token not in line


async def test_where_slack_posts_to_us_no_app_token_is_missed(open_notifier: Any, kit: Any) -> None:
    async with open_notifier(app_token="", signing_secret=kit.SIGNING_SECRET, http_port=3000) as notifier:
        assert await notifier.problems() == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"http_port": "many"}, "http_port 'many' is no port"),
        ({"http_port": "70000"}, "http_port '70000' is no port"),
        ({"api_url": "slack"}, "api_url 'slack' is no web address"),
    ],
)
def test_an_option_that_makes_no_sense_is_told_when_it_is_built(
    small_storyline: Any, options: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        build(small_storyline, options)


def test_options_are_read(small_storyline: Any) -> None:
    options = {
        "admins": "U1, U2",
        "channels": "C1 C2",
        "signing_secret": "s",
        "http_port": "3000",
        "api_url": "https://a/api",
    }
    notifier = build(small_storyline, options)
    assert notifier.admins == {"U1", "U2"}
    assert notifier.channels == ("C1", "C2")
    assert notifier.access.by_http
    assert notifier.access.api == "https://a/api/"
    assert not build(small_storyline, {"signing_secret": "s"}).access.by_http


def _called_methods() -> set[str]:
    """Return the methods of the Web API that the code calls, by the names of the SDK's client."""
    called = set()
    for file in Path(handlers.slack.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                holder = node.func.value
                if isinstance(holder, ast.Attribute) and holder.attr in {"client", "_poster"}:
                    called.add(node.func.attr)
    return called


def test_the_manifest_asks_for_exactly_the_scopes_that_are_used(kit: Any) -> None:
    methods = {method.replace(".", "_"): scopes for method, scopes in kit.SCOPES.items()}
    called = _called_methods()
    assert called == set(methods)
    used = set().union(*(methods[method] for method in called - {"apps_connections_open"}))
    assert wanted_scopes() == used | {"commands"} == kit.BOT_SCOPES


def test_the_manifest_has_the_commands_that_are_heard_and_help_names_them() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    commands = {command["command"]: command for command in manifest["features"]["slash_commands"]}
    source = Path(handlers.slack.__file__).with_name("commands.py").read_text("utf-8")
    for name, command in commands.items():
        assert f'app.command("{name}")' in source
        assert command["should_escape"] is True
        assert any(name in say("en", f"slack.help.{key}") for key in ("brief", "stance"))
    assert source.count("app.command(") == len(commands)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
