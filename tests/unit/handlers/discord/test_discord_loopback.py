"""What happens when Discord itself stumbles, over real HTTP and a real gateway?"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.domain import Delivery, Notice
from bot.errors import DeliveryError, UndeliverableError
from handlers.discord import DiscordNotifier
from handlers.discord.faults import REFUSED

LIMITED = {"Via": "1.1 loopback", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0.05"}


@pytest.fixture
async def connected(notifier: DiscordNotifier, loopback: object) -> AsyncIterator[DiscordNotifier]:
    yield notifier
    await notifier.close()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what is waited for happens inside the library
            await asyncio.sleep(0.01)


async def test_a_rate_limit_is_waited_out(connected, loopback, notices, delivery) -> None:
    loopback.answers.append((429, LIMITED, {"message": "slow down", "retry_after": 0.05, "global": False}))
    ref = await connected.send(delivery(notices["signal"], 5), notices["signal"])
    assert ref == "layout:5:1"
    assert loopback.count("POST /channels/5/messages") == 2
    assert len(loopback.messages) == 1


async def test_a_long_rate_limit_goes_back_to_whoever_delivers(connected, loopback, notices, delivery) -> None:
    loopback.answers.append((429, LIMITED, {"message": "slow down", "retry_after": 120.0, "global": False}))
    with pytest.raises(DeliveryError) as told:
        await connected.send(delivery(notices["signal"], 5), notices["signal"])
    assert told.value.retry_after == 120.0


@pytest.mark.parametrize("status", [503, 520])
async def test_an_outage_passes(connected, loopback, notices, delivery, status: int) -> None:
    loopback.answers.append((status, {}, {"code": 0, "message": "out of order"}))
    with pytest.raises(DeliveryError, match=str(status)):
        await connected.send(delivery(notices["signal"], 5), notices["signal"])


async def test_a_ban_of_the_address_is_waited_for(connected, loopback, notices, delivery) -> None:
    # Without the Via header it is no rate limit of one route, but the guard before Discord.
    loopback.answers.append((429, {}, {"code": 0, "message": "banned"}))
    with pytest.raises(DeliveryError) as told:
        await connected.send(delivery(notices["signal"], 5), notices["signal"])
    assert told.value.retry_after == 60.0


async def test_a_post_that_was_taken_unheard_is_not_posted_twice(connected, loopback, notices, delivery) -> None:
    wanted = delivery(notices["signal"], 5)
    loopback.taken_unheard = 1
    with pytest.raises(DeliveryError, match="out of reach"):
        await connected.send(wanted, notices["signal"])
    assert await connected.send(wanted, notices["signal"]) == "layout:5:1"
    assert len(loopback.messages) == 1
    assert not [call for call in loopback.calls if call.startswith("PATCH")]


async def test_what_was_taken_unheard_is_brought_up_to_date(connected, loopback, notices, delivery) -> None:
    old, new = notices["signal"], replace(notices["signal"], version=2)
    loopback.taken_unheard = 1
    with pytest.raises(DeliveryError):
        await connected.send(delivery(old, 5, mention="<@&9>"), old)
    await connected.send(delivery(new, 5, mention="<@&9>"), new)
    assert len(loopback.messages) == 1
    assert "signal · v2 ·" in str(loopback.messages[1]["components"])
    assert loopback.messages[1]["allowed_mentions"] == {"parse": []}


async def test_a_wrong_token_is_one_line_and_is_not_tried_over_and_over(
    connected: DiscordNotifier, loopback, notices: dict[str, Notice], delivery: Callable[..., Delivery]
) -> None:
    loopback.refuse = True
    with capture_logs() as logs:
        await connected.start()
        for _ in range(3):
            with pytest.raises(UndeliverableError, match="token is refused"):
                await connected.send(delivery(notices["signal"], 5), notices["signal"])
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["discord_not_connected"]
    assert loopback.count("GET /users/@me") == 1
    assert await connected.problems() == (REFUSED,)
    assert await connected.setup() == ()


async def test_a_token_revoked_while_running_is_said_by_the_next_post(connected, loopback, notices, delivery) -> None:
    await connected.send(delivery(notices["signal"], 5), notices["signal"])
    loopback.refuse = True
    with pytest.raises(UndeliverableError, match="token is refused"):
        await connected.send(delivery(notices["confirmed"], 5), notices["confirmed"])


async def test_a_gateway_that_refuses_the_token_is_left_alone(connected, loopback, notices, delivery) -> None:
    await connected.send(delivery(notices["signal"], 5), notices["signal"])
    loopback.refuse = True
    with capture_logs() as logs:
        await connected.start()
        await _until(lambda: any(line["event"] == "discord_not_connected" for line in logs))
    assert len(loopback.opened) == 1


async def test_a_broken_gateway_is_resumed(connected, loopback) -> None:
    await connected.start()
    await _until(lambda: len(loopback.commands) > 0)
    await loopback.sockets[0].close(code=4000)
    await _until(lambda: len(loopback.opened) == 2)
    identified, resumed = loopback.opened
    assert identified["op"] == 2
    assert resumed["op"] == 6
    assert resumed["d"]["session_id"] == "s1"
    assert resumed["d"]["seq"] == 1


async def test_no_privileged_intent_is_asked_for(connected, loopback) -> None:
    await connected.start()
    await _until(lambda: bool(loopback.opened))
    guilds = 1 << 0
    assert loopback.opened[0]["d"]["intents"] == guilds


async def test_commands_are_written_once_a_version(connected, loopback, small_storyline, desk) -> None:
    await connected.start()
    await _until(lambda: len(loopback.commands) > 0)
    await connected.close()
    again = type(connected)(small_storyline, connected.line, desk)
    await again.start()
    await _until(lambda: loopback.count("GET /applications/1000/commands") == 2)
    await asyncio.sleep(0.05)
    assert loopback.count("PUT /applications/1000/commands") == 1
    loopback.commands[0]["description"] = "of an older version"
    await again.close()
    await again.start()
    await _until(lambda: loopback.count("PUT /applications/1000/commands") == 2)
    assert loopback.commands[0]["description"] != "of an older version"


async def test_a_command_is_acknowledged_and_then_answered(connected, loopback) -> None:
    await connected.start()
    await _until(lambda: len(loopback.commands) > 0)
    await loopback.ask("brief")
    await _until(lambda: len(loopback.answered) > 0)
    assert loopback.acknowledged == [{"type": 5}]
    assert "2 moves in the last 7 days" in str(loopback.answered)


async def test_a_gateway_that_talks_nonsense_is_left_for_a_new_one(connected, loopback, monkeypatch) -> None:
    monkeypatch.setattr("handlers.discord.line.FIRST_PAUSE", 0.01)
    await connected.start()
    await _until(lambda: len(loopback.commands) > 0)
    await loopback._say(loopback.sockets[0], {"op": 0, "t": "INTERACTION_CREATE", "s": 2, "d": {"id": "x"}})
    await _until(lambda: len(loopback.opened) == 2)
    assert loopback.opened[1]["op"] == 2
    await loopback.ask("brief")
    await _until(lambda: len(loopback.answered) > 0)


async def test_a_trouble_that_comes_back_after_a_connection_that_stood_is_said_again(
    connected, loopback, monkeypatch
) -> None:
    monkeypatch.setattr("handlers.discord.line.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("handlers.discord.line.LONGEST_PAUSE", 0.02)
    await connected.start()
    with capture_logs() as logs:
        for number in (1, 2):
            await _until(lambda: [line["event"] for line in logs].count("discord_connected") == number)  # noqa: B023 - awaited at once
            await loopback._say(loopback.sockets[-1], {"op": 0, "t": "INTERACTION_CREATE", "s": 2, "d": {"id": "x"}})
        await _until(lambda: len(loopback.opened) == 3)
        await loopback.ask("brief")
        await _until(lambda: len(loopback.answered) > 0)
    assert [line["event"] for line in logs].count("discord_not_connected") == 2


async def test_a_command_whose_acknowledgement_breaks_costs_nothing_else(connected, loopback, desk) -> None:
    await connected.start()
    await _until(lambda: len(loopback.commands) > 0)
    loopback.deaf = True
    with capture_logs() as logs:
        await loopback.ask("brief")
        await _until(lambda: any(line["event"] == "discord_not_acknowledged" for line in logs))
    assert desk.asked == []
    loopback.deaf = False
    await loopback.ask("brief", 71)
    await _until(lambda: len(loopback.answered) > 0)


async def test_start_returns_at_once_while_discord_is_out_of_reach(notifier, monkeypatch, unused_tcp_port) -> None:
    monkeypatch.setattr("discord.http.Route.BASE", f"http://127.0.0.1:{unused_tcp_port}/api/v10")
    with capture_logs() as logs:
        async with asyncio.timeout(5):
            await notifier.start()
        assert not logs  # it has not even tried yet
        await _until(lambda: any(line["event"] == "discord_not_connected" for line in logs))
    await notifier.close()
