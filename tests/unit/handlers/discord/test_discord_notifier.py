"""Do notices reach Discord's channels, and what is said when they cannot?"""

from collections.abc import Callable
from dataclasses import replace

import discord
import pytest
import simcord
from structlog.testing import capture_logs

from bot.domain import Delivery, Notice, Route
from bot.errors import ConfigError, DeliveryError, PermanentError, UndeliverableError
from handlers.discord import DiscordNotifier, build

POST = ("POST", "/channels/*/messages")
Made = Callable[..., Delivery]


@pytest.fixture
def channel(env: simcord.Env):
    return env.create_guild("Desk").create_text_channel("alerts")


def _sent(env: simcord.Env, channel) -> list:
    return list(env.backend.messages[channel.id].values())


async def test_an_alert_is_posted_and_edited_in_place(
    env, channel, notifier: DiscordNotifier, notices: dict[str, Notice], delivery: Made
) -> None:
    ref = await notifier.send(delivery(notices["signal"], channel), notices["signal"])
    grown = replace(notices["confirmed"], id="sample-signal", version=2)
    await notifier.edit(delivery(grown, channel, ref=ref), grown)
    (message,) = _sent(env, channel)
    assert ref == f"layout:{channel.id}:{message.id}"
    assert "Confirmed · official" in str(message.components)
    assert "not confirmed" not in str(message.components)


async def test_the_message_carries_its_delivery(env, channel, notifier, notices, delivery) -> None:
    await notifier.send(delivery(notices["signal"], channel, id=4711), notices["signal"])
    assert "'custom_id': 'sw|why|sample-signal|4711|1'" in str(_sent(env, channel)[0].components)


@pytest.mark.parametrize("who", ["role", "person"])
async def test_whom_the_route_names_is_woken_once(env, channel, notifier, notices, delivery, who: str) -> None:
    role = env.guild.create_role("chiefs", mentionable=True)
    person = env.guild.add_member(env.create_user("ann"))
    mention = role.mention if who == "role" else person.mention
    ref = await notifier.send(delivery(notices["signal"], channel, mention=mention), notices["signal"])
    (message,) = _sent(env, channel)
    assert message.ping_role_ids == ([role.id] if who == "role" else [])
    assert message.ping_user_ids == ([] if who == "role" else [person.id])
    await notifier.edit(delivery(notices["signal"], channel, mention=mention, ref=ref), notices["signal"])
    assert env.http_requests[-1].json["allowed_mentions"] == {"parse": []}
    assert mention in str(_sent(env, channel)[0].components)


@pytest.mark.parametrize("mention", ["@everyone", "@here", "<#5>", "everyone", "<@&5> <@&6>", "<@&x>", "*bold*"])
async def test_nobody_else_is_ever_woken(env, channel, notifier, notices, delivery, mention: str) -> None:
    await notifier.send(delivery(notices["signal"], channel, mention=mention), notices["signal"])
    assert env.http_requests[-1].json["allowed_mentions"] == {"parse": []}
    assert mention not in str(_sent(env, channel)[0].components)


async def test_a_feed_wakes_nobody(env, channel, notifier, notices, delivery) -> None:
    person = env.guild.add_member(env.create_user("ann"))
    text = f"@everyone @here {person.mention} <@&{env.guild.default_role.id}>"
    evidence = tuple(replace(e, quote=text, title=text, publisher=text) for e in notices["grown"].evidence)
    hostile = replace(notices["grown"], evidence=evidence)
    await notifier.send(delivery(hostile, channel), hostile)
    (message,) = _sent(env, channel)
    assert not message.ping_user_ids
    assert not message.ping_role_ids
    assert not message.mention_everyone


async def test_where_layouts_are_refused_an_embed_is_posted_and_edited(
    env, channel, notifier, notices, delivery
) -> None:
    env.inject_error(*POST, status=400, code=50035, message="Invalid Form Body")
    with capture_logs() as logs:
        ref = await notifier.send(delivery(notices["signal"], channel, mention="<@&5>"), notices["signal"])
    assert [line["event"] for line in logs] == ["discord_layout_refused"]
    assert ref.startswith("embed:")
    grown = replace(notices["confirmed"], id="sample-signal", version=2)
    await notifier.edit(delivery(grown, channel, ref=ref, mention="<@&5>"), grown)
    (message,) = _sent(env, channel)
    assert "Confirmed · official" in message.embeds[0]["description"]
    assert message.content == "<@&5>"
    labels = [button["label"] for button in message.components[0]["components"]]
    assert labels == ["Why?", "Useful", "Not right?", "Mute…", "Sources"]


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [
        (403, 50001, "allow it View Channel"),
        (403, 50013, "allow it Send Messages"),
        (404, 10003, "the channel is gone"),
        (403, 160005, "the thread is locked"),
        (401, 0, "the token is refused"),
    ],
)
async def test_what_needs_a_person_is_said_with_what_to_do(
    env, channel, notifier, notices, delivery, status: int, code: int, advice: str
) -> None:
    env.inject_error(*POST, status=status, code=code)
    with pytest.raises(UndeliverableError, match=advice):
        await notifier.send(delivery(notices["signal"], channel), notices["signal"])


@pytest.mark.parametrize(("status", "code"), [(500, 0), (403, 0), (404, 0), (429, 20016)])
async def test_what_passes_is_tried_again(env, channel, notifier, notices, delivery, status: int, code: int) -> None:
    env.inject_error(*POST, status=status, code=code)
    with pytest.raises(DeliveryError):
        await notifier.send(delivery(notices["signal"], channel), notices["signal"])


async def test_a_message_that_is_at_fault_does_not_cost_the_channel(env, channel, notifier, notices, delivery) -> None:
    env.inject_error(*POST, status=400, code=50035, times=2)
    with pytest.raises(PermanentError) as told:
        await notifier.send(delivery(notices["signal"], channel), notices["signal"])
    assert not isinstance(told.value, UndeliverableError)


async def test_a_real_channel_that_is_closed_or_gone_is_told_apart(env, notifier, notices, delivery) -> None:
    guild = env.create_guild("Desk")
    denied = discord.PermissionOverwrite(send_messages=False)
    closed = guild.create_text_channel("closed", overwrites={env.bot.user: denied})
    with pytest.raises(UndeliverableError, match="Send Messages"):
        await notifier.send(delivery(notices["signal"], closed), notices["signal"])
    with pytest.raises(UndeliverableError, match="gone"):
        await notifier.send(delivery(notices["signal"], 123456789), notices["signal"])


@pytest.mark.parametrize("channel", ["", "alerts", "#alerts", "<#5>", "٣", "-5", "9" * 30])
async def test_a_channel_that_is_no_number_is_said(notifier, env, notices, delivery, channel: str) -> None:
    with pytest.raises(UndeliverableError, match="Copy Channel ID"):
        await notifier.send(delivery(notices["signal"], channel), notices["signal"])


async def test_a_message_that_somebody_deleted_stays_deleted(env, channel, notifier, notices, delivery) -> None:
    ref = await notifier.send(delivery(notices["signal"], channel), notices["signal"])
    env.backend.delete_message(channel.id, int(ref.rsplit(":")[-1]))
    with capture_logs() as logs:
        await notifier.edit(delivery(notices["signal"], channel, ref=ref), notices["signal"])
    assert [line["event"] for line in logs] == ["discord_message_deleted"]
    assert _sent(env, channel) == []


async def test_a_channel_deleted_since_is_told_from_a_deleted_message(
    env, channel, notifier, notices, delivery
) -> None:
    ref = await notifier.send(delivery(notices["signal"], channel), notices["signal"])
    env.backend.delete_channel(channel.id)
    with pytest.raises(UndeliverableError, match="gone"):
        await notifier.edit(delivery(notices["signal"], channel, ref=ref), notices["signal"])


async def test_messages_are_not_kept_in_memory(env, channel, notifier, notices, delivery) -> None:
    for _ in range(3):
        await notifier.send(delivery(notices["signal"], channel), notices["signal"])
    assert not env.bot.persistent_views
    assert not env.bot.cached_messages


@pytest.mark.parametrize("token", ["", "   ", "Bot abc", "ab\ncd", "ключ"])
def test_a_token_that_cannot_be_one_is_said_at_the_start(small_storyline, token: str) -> None:
    with pytest.raises(ConfigError, match="token"):
        build(small_storyline, {"token": token})


def test_the_token_is_shown_nowhere(notifier: DiscordNotifier) -> None:
    assert "a-bot-token" not in repr(notifier)
    assert "a-bot-token" not in repr(notifier.line)


async def test_the_invitation_asks_for_no_more_than_is_used(env, notifier) -> None:
    invite = await notifier.invite()
    assert await notifier.setup() == (f"invite the bot to a server: {invite}",)
    assert "scope=bot+applications.commands" in invite
    rights = {name for name, held in discord.Permissions(int(invite.rsplit("permissions=", 1)[1])) if held}
    assert rights == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "read_message_history",
        "create_public_threads",
    }


async def test_a_good_setup_has_no_problems(env, channel, notifier, desk) -> None:
    role = env.guild.create_role("chiefs", mentionable=True)
    desk.made.append(Route("desk", "discord", str(channel.id), mention=role.mention))
    assert await notifier.problems() == ()


async def test_every_problem_comes_with_what_to_do(env, notifier, desk) -> None:
    guild = env.create_guild("Desk")
    denied = discord.PermissionOverwrite(send_messages=False, embed_links=False)
    hidden = discord.PermissionOverwrite(view_channel=False)
    closed = guild.create_text_channel("closed", overwrites={env.bot.user: denied})
    unseen = guild.create_text_channel("unseen", overwrites={env.bot.user: hidden})
    forum = guild.create_forum_channel("forum")
    proud = guild.create_role("proud")
    open_ = guild.create_text_channel("open")
    me = next(role for name, role in guild.roles.items() if name == env.bot.user.name)
    held = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
    env.backend.edit_role(guild.id, me.id, {"permissions": held.value})
    for number, (channel, mention) in enumerate(
        [
            (str(closed.id), ""),
            (str(unseen.id), ""),
            ("123456789", ""),
            ("#alerts", ""),
            (str(forum.id), ""),
            (str(open_.id), "@everyone"),
            (str(open_.id), "<@&123>"),
            (str(open_.id), proud.mention),
        ]
    ):
        desk.made.append(Route(f"r{number}", "discord", channel, mention=mention))
    told = await notifier.problems()
    for line, part in zip(
        told,
        [
            "(#closed): allow the bot Send Messages, Embed Links",
            "allow it View Channel there",
            "the channel is gone",
            "Copy Channel ID",
            "(#forum): no messages can be sent here",
            "are never woken",
            "no such role",
            "let anyone mention @proud",
        ],
        strict=True,
    ):
        assert part in line
    assert all(line.startswith("discord: ") for line in told)


async def test_a_channel_that_hides_its_history_is_told_of(env, notifier, desk) -> None:
    hidden = discord.PermissionOverwrite(read_message_history=False)
    channel = env.create_guild("Desk").create_text_channel("new-eyes-only", overwrites={env.bot.user: hidden})
    desk.made.append(Route("r", "discord", str(channel.id)))
    (told,) = await notifier.problems()
    assert "allow the bot Read Message History (without it a message may come twice after a crash)" in told


async def test_a_thread_is_looked_at_as_a_thread(env, channel, notifier, desk) -> None:
    parent = env.bot.get_channel(channel.id)
    thread = await parent.create_thread(name="story", type=discord.ChannelType.public_thread)
    desk.made.append(Route("r", "discord", str(thread.id)))
    assert await notifier.problems() == ()
    await thread.edit(locked=True)
    (told,) = await notifier.problems()
    assert "the thread is locked" in told
