"""Is Discord told of commands only when they differ?"""

import discord
import simcord
from discord import app_commands

from bot.domain import Storyline
from handlers.discord import DiscordNotifier, build
from handlers.discord.syncing import same
from handlers.discord.words import Translator

BRIEF = {
    "name": "brief",
    "type": 1,
    "description": "Where everybody stands",
    "description_localizations": {"ko": "모두의 입장"},
    "options": [{"name": "track", "type": 3, "description": "One track", "autocomplete": True, "required": False}],
    "default_member_permissions": 16,
    "contexts": [0],
}
KEPT = BRIEF | {
    "id": "1",
    "application_id": "2",
    "version": "3",
    "nsfw": False,
    "dm_permission": False,
    "integration_types": [0],
    "name_localizations": None,
    "default_member_permissions": "16",
    "options": [{"name": "track", "type": 3, "description": "One track", "autocomplete": True}],
}


def test_what_discord_adds_makes_no_difference() -> None:
    assert same([BRIEF], [KEPT])


def test_the_order_of_commands_makes_no_difference() -> None:
    other = {"name": "help", "description": "x"}
    assert same([BRIEF, other], [other, KEPT])


def test_everything_that_we_decide_makes_a_difference() -> None:
    changes = (
        {"description": "Other"},
        {"description_localizations": {"ko": "다른"}},
        {"default_member_permissions": "32"},
        {"contexts": [0, 1]},
        {"options": []},
        {"options": [KEPT["options"][0] | {"required": True}]},
    )
    for change in changes:
        assert not same([BRIEF], [KEPT | change])
    assert not same([BRIEF], [])
    assert not same([BRIEF], [KEPT, {"name": "old", "description": "x"}])


async def test_the_same_version_writes_its_commands_once(env: simcord.Env, small_storyline: Storyline, desk) -> None:
    written = [call for call in env.http_requests if call.method == "PUT"]
    assert len(written) == 1
    await env.restart_bot(build(small_storyline, {"token": "x"}, desk).line.client)
    await env.settle()
    assert [call for call in env.http_requests if call.method == "PUT"] == written


async def test_an_outage_at_the_start_only_delays_the_commands(notifier: DiscordNotifier) -> None:
    running = simcord.Env(notifier.line.client)
    running.inject_error("GET", "/applications/*/commands", status=503)
    await running.start()
    await running.settle()
    assert [call for call in running.http_requests if call.method == "PUT"] == []
    await running.advance_time(15)
    assert len([call for call in running.http_requests if call.method == "PUT"]) == 1
    await running.shutdown()


async def test_a_command_of_an_older_version_is_answered(env: simcord.Env) -> None:
    guild = env.create_guild("Desk")
    ann, channel = guild.add_member(env.create_user("ann")), guild.create_text_channel("alerts")
    env.backend.register_commands(None, [{"name": "old", "description": "of an older version"}])
    result = await ann.slash(channel, "old")
    assert result.ephemeral
    assert "failed on our side" in result.response.content


async def test_descriptions_come_in_the_readers_language(env: simcord.Env) -> None:
    (written,) = [call.json for call in env.http_requests if call.method == "PUT"]
    brief = next(command for command in written if command["name"] == "brief")
    assert brief["description"] == "Where everybody stands, and what moved"
    assert brief["description_localizations"] == {"ko": "모두의 현재 입장과 달라진 점"}


async def test_a_text_without_a_key_is_left_to_its_default() -> None:
    where = app_commands.TranslationContextLocation.command_description
    context = app_commands.TranslationContext(location=where, data=None)
    string = app_commands.locale_str("x")
    assert await Translator().translate(string, discord.Locale.korean, context) is None
