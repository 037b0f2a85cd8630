"""Does the thread of a message say what became of its alert, whatever people have done to it?"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord
import pytest
import simcord

from bot.domain import AlertState, Delivery, News, Notice
from bot.errors import DeliveryError, PermanentError, UndeliverableError
from handlers.discord import DiscordNotifier

Tell = Callable[..., Awaitable[None]]
THREAD_POST = "/channels/*/messages"


@pytest.fixture
def channel(env: simcord.Env):
    return env.create_guild("Desk").create_text_channel("alerts")


@pytest.fixture
async def tell(
    channel, notifier: DiscordNotifier, notices: dict[str, Notice], delivery: Callable[..., Delivery]
) -> Tell:
    """Return what tells of the confirmation of a signal that was posted."""
    signal = notices["signal"]
    ref = await notifier.send(delivery(signal, channel), signal)

    async def told(mention: str = "", version: int = 2, **other: object) -> str:
        grown = replace(notices["confirmed"], id=signal.id, version=version)
        news = News(grown, AlertState.SIGNAL, mention, 1)
        return await notifier.tell(delivery(news, channel, **({"thread": ref} | other)), news)

    return told


def _messages(env: simcord.Env, number: int) -> list:
    """Return what was said in a channel, without Discord's own line that a thread was made."""
    said = env.backend.messages.get(number, {}).values()
    return [message for message in said if message.type != discord.MessageType.thread_created.value]


async def test_news_comes_into_a_thread_below_the_message(env, channel, tell: Tell) -> None:
    await tell()
    (message,) = _messages(env, channel.id)
    (thread,) = channel.threads
    (said,) = _messages(env, thread.id)
    assert thread.id == message.id
    assert "Confirmed · official" in str(said.components)
    assert thread.name.startswith("South Korea")


async def test_further_news_comes_into_the_same_thread(env, channel, tell: Tell) -> None:
    await tell()
    await tell(version=3)
    (thread,) = channel.threads
    assert len(_messages(env, thread.id)) == 2


async def test_the_role_is_woken_by_the_news_that_names_it(env, channel, tell: Tell) -> None:
    role = env.guild.create_role("chiefs", mentionable=True)
    await tell(role.mention)
    (said,) = _messages(env, channel.threads[0].id)
    assert said.ping_role_ids == [role.id]


async def test_nobody_is_woken_by_news_that_names_nobody(env, channel, tell: Tell) -> None:
    await tell("@everyone")
    (said,) = _messages(env, channel.threads[0].id)
    assert not said.mention_everyone
    assert not said.ping_role_ids


async def test_a_thread_that_somebody_deleted_is_made_anew(env, channel, tell: Tell) -> None:
    await tell()
    await env.bot.http.delete_channel(channel.threads[0].id)
    await tell(version=3)
    (thread,) = channel.threads
    assert len(_messages(env, thread.id)) == 1


async def test_a_thread_that_was_put_away_is_brought_back(env, channel, tell: Tell) -> None:
    await tell()
    thread = channel.threads[0].id
    await env.bot.http.edit_channel(thread, archived=True)
    env.inject_error("POST", THREAD_POST, status=400, code=50083, message="Thread is archived")
    await tell(version=3)
    assert len(_messages(env, thread)) == 2
    assert not env.backend.channels[thread].thread_metadata.archived


@pytest.mark.parametrize(("status", "code"), [(400, 160005), (403, 50013), (403, 50001)])
async def test_where_the_thread_is_closed_to_us_the_news_is_a_reply(
    env, channel, tell: Tell, status: int, code: int
) -> None:
    env.inject_error("POST", THREAD_POST, status=status, code=code)
    env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004, message="There already")
    await tell()
    posted, reply = _messages(env, channel.id)
    assert int(reply.reference["message_id"]) == posted.id
    assert "Confirmed · official" in str(reply.components)


async def test_a_thread_that_discord_has_made_without_saying_so_is_used(env, channel, tell: Tell) -> None:
    (message,) = _messages(env, channel.id)
    await env.bot.http.start_thread_with_message(channel.id, message.id, name="made", auto_archive_duration=60)
    env.inject_error("POST", THREAD_POST, status=404, code=10003, message="Unknown Channel")
    env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004, message="There already")
    await tell()
    assert len(_messages(env, channel.threads[0].id)) == 1
    assert len(_messages(env, channel.id)) == 1


async def test_without_the_right_to_make_threads_the_news_is_a_reply(env, channel, tell: Tell) -> None:
    env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013, message="Missing Permissions")
    await tell()
    assert len(_messages(env, channel.id)) == 2
    assert channel.threads == []


async def test_a_message_that_somebody_deleted_is_told_of_nothing(env, channel, tell: Tell) -> None:
    (message,) = _messages(env, channel.id)
    await env.bot.http.delete_message(channel.id, message.id)
    await tell()
    assert _messages(env, channel.id) == []
    assert channel.threads == []


async def test_a_channel_that_is_gone_is_said(env, channel, tell: Tell) -> None:
    await env.bot.http.delete_channel(channel.id)
    with pytest.raises(UndeliverableError, match="the channel is gone"):
        await tell()


async def test_an_outage_passes(env, channel, tell: Tell) -> None:
    env.inject_error("POST", THREAD_POST, status=500)
    with pytest.raises(DeliveryError):
        await tell()


async def test_news_of_no_message_of_ours_is_refused(tell: Tell) -> None:
    with pytest.raises(PermanentError, match="no reference"):
        await tell(thread="other:1:2")


async def test_a_channel_that_was_renamed_is_still_told(env, channel, tell: Tell) -> None:
    await env.bot.http.edit_channel(channel.id, name="other")
    await tell()
    assert len(channel.threads) == 1


async def test_in_direct_messages_the_news_is_a_reply(env, notifier, notices, delivery) -> None:
    guild = env.create_guild("Desk")
    ann = guild.add_member(env.create_user("ann"))
    direct = (await ann.send_dm("hello")).channel
    signal = notices["signal"]
    ref = await notifier.send(delivery(signal, direct.id), signal)
    news = News(replace(notices["confirmed"], id=signal.id, version=2), AlertState.SIGNAL)
    await notifier.tell(delivery(news, direct.id, thread=ref), news)
    *_, reply = _messages(env, direct.id)
    assert "Confirmed · official" in str(reply.components)


async def test_a_card_in_a_thread_that_was_put_away_is_still_edited(env, notifier, notices, delivery) -> None:
    channel = env.create_guild("Desk").create_text_channel("alerts")
    starter = await env.bot.get_channel(channel.id).send("here")
    thread = await starter.create_thread(name="desk")
    signal = notices["signal"]
    ref = await notifier.send(delivery(signal, thread.id), signal)
    await env.bot.http.edit_channel(thread.id, archived=True)
    env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083, message="Thread is archived")
    grown = replace(notices["confirmed"], id=signal.id, version=2)
    assert await notifier.edit(delivery(grown, thread.id, ref=ref), grown)
    assert "Confirmed · official" in str(_messages(env, thread.id)[-1].components)
    assert isinstance(thread, discord.Thread)
