"""What do people in Discord get when they type a command or press a button?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
import simcord

from bot.domain import Delivery, Notice, Route, Severity
from bot.errors import StoreBusyError
from handlers.discord import DiscordNotifier, build

from .places import Place, made, texts


@pytest.fixture
def place(env: simcord.Env) -> Place:
    return made(env)


async def test_a_brief_is_short_and_for_everybody(place: Place, desk) -> None:
    result = await place.ann.slash(place.channel, "brief")
    assert not result.ephemeral
    assert "2 moves in the last 7 days; 1 signal not confirmed." in texts(result)
    assert desk.asked == [(timedelta(days=7), "", "")]


async def test_a_brief_looks_back_as_far_as_it_is_asked(place: Place, desk) -> None:
    await place.ann.slash(place.channel, "brief", track="arms", since="24h")
    assert desk.asked == [(timedelta(hours=24), "seoul-arms", "")]


async def test_the_rest_of_a_brief_is_on_a_button_for_the_asker_alone(place: Place, desk) -> None:
    brief = await place.ann.slash(place.channel, "brief", since="3d")
    more = await place.ann.click(brief.response, label="All positions")
    assert more.ephemeral
    assert "**Arms**" in texts(more)
    assert desk.asked[-1] == (timedelta(days=3), "", "")


async def test_where_everybody_stands_on_one_track(place: Place, desk) -> None:
    result = await place.ann.slash(place.channel, "stance", track="pyongyang-war", holder="North Korea")
    assert result.ephemeral
    assert desk.asked[0] == ("stance", "pyongyang-war", "north-korea")
    assert "__South Korea__" in texts(result)
    shared = await place.ann.slash(place.channel, "stance", track="pyongyang-war", share=True)
    assert not shared.ephemeral


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("brief", {"since": "yesterday"}, "is no window"),
        ("brief", {"track": "the weather"}, "no single track"),
        ("stance", {"track": "arms", "holder": "Atlantis"}, "no single holder"),
        ("why", {"what": "nothing"}, "neither an address nor an alert"),
    ],
)
async def test_words_that_make_no_sense_are_refused_for_the_asker_alone(place, command, options, said) -> None:
    result = await place.ann.slash(place.channel, command, **options)
    assert result.ephemeral
    assert said in texts(result)


async def test_why_shows_the_steps_and_formats_nothing_of_them(place: Place) -> None:
    result = await place.ann.slash(place.channel, "why", what=" https://news.example/1 ")
    assert result.ephemeral
    assert "**article** A title with \\*stars\\*" in texts(result)
    assert '-# **quote** "step by step"' in texts(result)


async def test_a_long_explanation_is_counted_where_it_ends(place: Place, desk) -> None:
    async def explain(_: str) -> tuple[str, ...]:
        return tuple(f"  step    {n} " + "*" * 500 for n in range(100))

    desk.explain = explain
    result = await place.ann.slash(place.channel, "why", what="x")
    assert 1 < 1 + len(result.followups) <= 5
    desk.explain = lambda _: _steps(70)
    assert "and 10 more" in texts(await place.ann.slash(place.channel, "why", what="x"))


async def _steps(number: int) -> tuple[str, ...]:
    return tuple(f"  step    {n}" for n in range(number))


async def test_an_alert_explains_itself_on_a_button_even_after_a_restart(
    place: Place,
    env: simcord.Env,
    notifier: DiscordNotifier,
    notices: dict[str, Notice],
    delivery: Callable[..., Delivery],
    desk,
) -> None:
    await notifier.send(delivery(notices["signal"], place.channel), notices["signal"])
    message = place.channel.last_message
    fresh = build(notifier.storyline, {"token": "another"}, desk)
    await env.restart_bot(fresh.line.client)
    await env.settle()
    result = await place.ann.click(message, label="Why?")
    assert result.ephemeral
    assert desk.asked == [("sample-signal",)]


async def test_a_press_that_is_not_ours_is_left_alone(place: Place, env: simcord.Env) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Other", custom_id="sw|of-a-later-version|1"))
    message = await env.bot.get_channel(place.channel.id).send("x", view=view)
    result = await place.ann.click(message, label="Other")
    assert not result.acknowledged


async def test_help_lists_what_the_asker_may_ask(place: Place) -> None:
    mine, theirs = [texts(await who.slash(place.channel, "help")) for who in (place.ann, place.chief)]
    assert "</brief:" in mine
    assert "</subscribe:" not in mine
    assert "</subscribe:" in theirs
    assert "This channel gets no alerts yet." in theirs


async def test_only_those_who_manage_the_channel_may_subscribe_it(place: Place) -> None:
    mine = set(place.ann.available_commands(place.channel))
    assert {"brief", "stance", "timeline", "why", "sources", "muted", "digest", "feeds list", "audit", "help"} < mine
    theirs = {"subscribe", "unsubscribe", "mute", "unmute"}
    assert not theirs & mine
    assert theirs < set(place.chief.available_commands(place.channel))


async def test_a_channel_is_subscribed_to_what_was_wished(place: Place, env: simcord.Env, desk) -> None:
    result = await place.chief.slash(
        place.channel,
        "subscribe",
        tracks="seoul-arms,allies-arms",
        holders="South Korea",
        severity="medium",
        signals=False,
        mention=place.role,
        mention_from="low",
        language="ko",
    )
    channel = str(place.channel.id)
    assert desk.made == [
        Route(
            f"discord-{channel}",
            "discord",
            channel,
            ("seoul-arms", "allies-arms"),
            ("south-korea",),
            Severity.MEDIUM,
            signals=False,
            mention=f"<@&{place.role.id}>",
            mention_from=Severity.LOW,
            language="ko",
            author=f"discord:{place.chief.id}",
        )
    ]
    assert not result.ephemeral
    assert f"<@{place.chief.id}> 님이 이 채널의 알림을 신청했다." in texts(result)
    told = env.backend.get_message(place.channel.id, result.response.id)
    assert not told.ping_user_ids
    assert not told.ping_role_ids


async def test_the_bot_says_when_it_may_not_post_where_it_is_subscribed(place: Place, env, desk) -> None:
    silenced = {env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    closed = env.guild.create_text_channel("closed", overwrites=silenced)
    result = await place.chief.slash(closed, "subscribe", severity="low")
    assert result.ephemeral
    assert "Allow it here: Send Messages" in texts(result)
    assert desk.made == []


async def test_everyone_is_never_woken(place: Place, env, desk) -> None:
    result = await place.chief.slash(place.channel, "subscribe", mention=env.guild.default_role)
    assert result.ephemeral
    assert "are never woken" in texts(result)
    assert desk.made == []


async def test_a_channel_is_unsubscribed(place: Place, desk) -> None:
    await place.chief.slash(place.channel, "subscribe", severity="low")
    result = await place.chief.slash(place.channel, "unsubscribe")
    assert desk.made == []
    assert "unsubscribed this channel" in texts(result)
    again = await place.chief.slash(place.channel, "unsubscribe")
    assert "Nobody has subscribed" in texts(again)


async def test_a_database_that_is_busy_is_said_and_not_shown(place: Place, desk) -> None:
    desk.trouble = StoreBusyError("the database is locked")
    result = await place.ann.slash(place.channel, "brief")
    assert "try again in a moment" in texts(result)
    assert "locked" not in texts(result)


async def test_a_fault_of_ours_is_said_and_costs_nothing_else(place: Place, desk) -> None:
    desk.trouble = ZeroDivisionError("a secret of ours")
    result = await place.ann.slash(place.channel, "brief")
    assert "failed on our side" in texts(result)
    assert "secret" not in texts(result)
    desk.trouble = None
    assert "2 moves" in texts(await place.ann.slash(place.channel, "brief"))


async def test_an_acknowledgement_that_comes_too_late_ends_quietly(place: Place, env: simcord.Env, desk) -> None:
    env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction")
    result = await place.ann.slash(place.channel, "brief")
    assert not result.acknowledged
    assert desk.asked == []
    assert not env.errors


async def test_an_answer_that_gets_lost_ends_quietly(place: Place, env: simcord.Env) -> None:
    env.inject_error("*", "/webhooks/*", status=500, times=None)
    result = await place.ann.slash(place.channel, "brief")
    assert result.deferred
    assert not env.errors


async def test_work_is_acknowledged_before_it_is_begun(place: Place, env: simcord.Env, desk) -> None:
    seen = []
    original = desk.routes

    async def routes(platform: str, channel: str) -> tuple[Route, ...]:
        seen.append([call.path for call in env.http_requests if call.path.endswith("/callback")])
        return await original(platform, channel)

    desk.routes = routes
    await place.ann.slash(place.channel, "brief")
    assert len(seen[0]) == 1


async def test_tracks_and_holders_are_offered_while_typing(place: Place) -> None:
    tracks = await place.ann.autocomplete(place.channel, "stance", "track", "arm")
    assert [offer["value"] for offer in tracks] == ["seoul-arms", "allies-arms"]
    holders = await place.ann.autocomplete(place.channel, "stance", "holder", "korea")
    assert [offer["value"] for offer in holders] == ["south-korea", "north-korea"]
    spans = await place.ann.autocomplete(place.channel, "brief", "since", "2")
    assert [offer["value"] for offer in spans] == ["24h", "2w"]


async def test_a_list_is_offered_word_by_word(place: Place) -> None:
    offers = await place.chief.autocomplete(place.channel, "subscribe", "tracks", "seoul-arms, the")
    assert offers == [{"name": "Arms, The war", "value": "seoul-arms,pyongyang-war"}]


async def test_a_channel_is_answered_in_the_language_of_its_route(place: Place, desk) -> None:
    desk.made.append(Route("r", "discord", str(place.channel.id), language="ko"))
    assert "지난 7일 동안 변화 2건" in texts(await place.ann.slash(place.channel, "brief"))
    desk.made[0] = replace(desk.made[0], channel="1")
    assert "2 moves" in texts(await place.ann.slash(place.channel, "brief"))


async def test_several_servers_are_served_apart(place: Place, env: simcord.Env, desk) -> None:
    other = env.create_guild("Newsroom")
    channel = other.create_text_channel("alerts")
    owner = other.add_member(env.create_user("bob"))
    assert "2 moves" in texts(await owner.slash(channel, "brief"))
    await place.chief.slash(place.channel, "subscribe", severity="low")
    assert [route.channel for route in desk.made] == [str(place.channel.id)]
