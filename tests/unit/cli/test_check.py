"""Does `check` say of every chat platform what is wrong, and what is needed to set it up?"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from discord.http import Route as DiscordPath

from bot.cli.check import findings
from bot.cli.platforms import PlatformReport, platform_reports
from config import Settings

SLACK = Path(__file__).parents[2] / "slack" / "loopback_slack.py"


def _kit() -> Any:
    if "loopback_slack" not in sys.modules:
        spec = spec_from_file_location("loopback_slack", SLACK)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["loopback_slack"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["loopback_slack"])
    return sys.modules["loopback_slack"]


@pytest.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with _kit().opened_slack() as opened:
        monkeypatch.setattr("handlers.slack.DEFAULT_API", opened.api)
        yield opened


def settings(folder: Path, routes: str = "", **given: Any) -> Settings:
    config = folder / "config"
    config.mkdir(exist_ok=True)
    (config / "routes.yml").write_text("routes:\n  screen: {platform: console, channel: '-'}\n" + routes, "utf-8")
    return Settings(config_dir=config, database_url=f"sqlite:///{folder / 'check.db'}", **given)


async def reports(given: Settings) -> dict[str, PlatformReport]:
    return {report.name: report for report in await platform_reports(given)}


async def test_a_platform_that_is_not_in_use_says_how_to_set_it_up(tmp_path: Path) -> None:
    found = await reports(settings(tmp_path))
    assert set(found) >= {"console", "discord", "slack"}
    assert (found["console"].used, found["console"].problems, found["console"].setup) == (True, (), ())
    for name, said in (("discord", "docs/setup-discord.md"), ("slack", "handlers/slack/manifest.yml")):
        assert (found[name].used, found[name].problems) == (False, ())
        assert said in found[name].setup[0]


async def test_a_route_to_a_platform_that_is_not_in_use_is_wrong(tmp_path: Path) -> None:
    team = "  team: {platform: slack, channel: C1}\n  chiefs: {platform: discord, channel: '5'}\n"
    found = await reports(settings(tmp_path, team))
    assert "route team leads here, and slack is not set up" in found["slack"].problems[0]
    assert "route chiefs leads here, and discord is not set up" in found["discord"].problems[0]


async def test_a_platform_that_is_well_is_ready(tmp_path: Path, slack: Any) -> None:
    kit = _kit()
    tokens = {"slack_bot_token": kit.BOT_TOKEN, "slack_app_token": kit.APP_TOKEN}
    found = await reports(settings(tmp_path, "  team: {platform: slack, channel: C1}\n", **tokens))
    assert (found["slack"].used, found["slack"].problems) == (True, ())


@pytest.mark.parametrize("database", ["", "broken"])
async def test_channels_of_routes_are_looked_at_with_and_without_a_database(
    tmp_path: Path, slack: Any, database: str
) -> None:
    kit = _kit()
    slack.channel("C2", is_member=False)
    if database:
        (tmp_path / "check.db").write_text("no database, and long enough not to be taken for a new one" * 20, "utf-8")
    tokens = {"slack_bot_token": kit.BOT_TOKEN, "slack_app_token": kit.APP_TOKEN}
    found = await reports(settings(tmp_path, "  team: {platform: slack, channel: C2}\n", **tokens))
    (problem,) = found["slack"].problems
    assert "type /invite @stancewatch" in problem


async def test_a_token_that_is_refused_is_a_problem_and_hides_no_other_platform(
    tmp_path: Path, slack: Any, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiscordPath, "BASE", publisher.url("/api/v10"))
    publisher.serve("/api/v10/users/@me", '{"message": "401: Unauthorized", "code": 0}', status=401)
    found = await reports(settings(tmp_path, discord_token="a.b.c", slack_bot_token="xoxb-wrong"))
    assert "the token is refused" in found["discord"].problems[0]
    assert found["discord"].setup == ()
    assert "the token is wrong" in found["slack"].problems[0]
    assert len(found["discord"].problems) == len(found["slack"].problems) == 1


async def test_a_token_that_cannot_be_one_is_a_problem(tmp_path: Path) -> None:
    found = await reports(settings(tmp_path, discord_token="Bot a.b.c"))
    assert "without “Bot” before it" in found["discord"].problems[0]


def test_each_part_is_a_line_and_what_is_wrong_hides_no_other(tmp_path: Path) -> None:
    given = settings(tmp_path, "  team: {platform: slack, channel: C1}\n")
    told = [(finding.part, bool(finding.trouble)) for finding in findings(given)]
    assert told[:4] == [("storyline", False), ("sources", False), ("routes", False), ("database", False)]
    assert ("platform slack", True) in told
    assert ("platform console", False) in told
    assert ("language en", False) in told
