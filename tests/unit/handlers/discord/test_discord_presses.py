"""What happens when somebody presses a button below an alert, or chooses from its menus?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import simcord

from bot.domain import Act, Delivery, Notice, Route, Verdict
from handlers.discord import DiscordNotifier, build
from handlers.discord.idents import OfAlert, Step, Watch, of_alert, read, watch

from .places import Place, choices, made, texts


@pytest.fixture
async def place(
    env: simcord.Env, notifier: DiscordNotifier, notices: dict[str, Notice], delivery: Callable[..., Delivery]
) -> Place:
    place = made(env)
    await notifier.send(delivery(notices["signal"], place.channel), notices["signal"])
    return place


def _by(person) -> str:
    return f"discord:{person.id}"


async def test_an_alert_has_five_buttons(place: Place) -> None:
    row = place.channel.last_message.components[0].children[-1]
    assert [button.label for button in row.children] == ["Why?", "Useful", "Not right?", "Mute…", "Sources"]


async def test_who_finds_an_alert_useful_says_so_with_one_press(place: Place, desk) -> None:
    result = await place.ann.click(place.channel.last_message, label="Useful")
    assert result.ephemeral
    assert "Noted: useful" in texts(result)
    assert desk.changes == [(Act.JUDGE, _by(place.ann), "sample-signal", Verdict.USEFUL, "")]


async def test_what_is_not_right_is_chosen_from_a_menu(place: Place, desk) -> None:
    asked = await place.ann.click(place.channel.last_message, label="Not right?")
    offered = choices(asked.response.components)
    assert asked.ephemeral
    assert "Not a shift" in offered
    assert len(offered) > 2
    await place.ann.select(asked.response, [offered["Not a shift"]])
    other = next(words for words in offered if words.startswith("Should be"))
    told = await place.ann.select(asked.response, [offered[other]])
    assert told.ephemeral
    assert "Noted: it should be" in texts(told)
    assert [change[3] for change in desk.changes] == [Verdict.NOT_A_SHIFT, Verdict.WRONG_RUNG]
    assert desk.changes[1][4] == offered[other].partition(":")[2]


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("for 1 hour", timedelta(hours=1)),
        ("for 24 hours", timedelta(hours=24)),
        ("for 7 days", timedelta(days=7)),
        ("until it moves", None),
    ],
)
async def test_an_alert_is_muted_from_a_menu_and_the_channel_is_told(place: Place, desk, words, span) -> None:
    asked = await place.chief.click(place.channel.last_message, label="Mute…")
    assert asked.ephemeral
    told = await place.chief.select(asked.response, [choices(asked.response.components)[words]])
    assert not told.ephemeral
    assert f"<@{place.chief.id}> muted for this channel" in texts(told)
    assert desk.changes == [(Act.MUTE, _by(place.chief), "sample-signal", span)]


async def test_who_may_not_mute_is_told_alone_and_before_any_menu(place: Place, desk) -> None:
    refused = await place.ann.click(place.channel.last_message, label="Mute…")
    assert refused.ephemeral
    assert "Only those who may manage this channel" in texts(refused)
    assert desk.changes == []


async def test_a_menu_that_was_opened_does_not_outlive_the_right_to_it(place: Place, desk, env: simcord.Env) -> None:
    desk.opened.add(Act.MUTE)
    asked = await place.ann.click(place.channel.last_message, label="Mute…")
    desk.opened.clear()
    refused = await place.ann.select(asked.response, ["1h"])
    assert refused.ephemeral
    assert desk.changes == []


async def test_every_article_is_on_a_button(place: Place) -> None:
    result = await place.ann.click(place.channel.last_message, label="Sources")
    assert result.ephemeral
    assert "Who carries it" in texts(result)


async def test_the_answer_to_why_offers_the_same_for_messages_that_had_no_room(place: Place, desk) -> None:
    why = await place.ann.click(place.channel.last_message, label="Why?")
    told = await place.ann.click(why.response, label="Useful")
    assert "Noted: useful" in texts(told)
    assert desk.changes[0][2] == "sample-signal"


async def test_every_button_works_after_a_restart(place: Place, env: simcord.Env, notifier, desk) -> None:
    message = place.channel.last_message
    fresh = build(notifier.storyline, {"token": "another"}, desk)
    await env.restart_bot(fresh.line.client)
    await env.settle()
    for label in ("Why?", "Useful", "Not right?", "Mute…", "Sources"):
        result = await place.chief.click(message, label=label)
        assert result.ephemeral
        assert texts(result)


async def test_buttons_answer_in_the_language_of_the_channel(place: Place, desk) -> None:
    desk.made.append(Route("r", "discord", str(place.channel.id), language="ko"))
    result = await place.ann.click(place.channel.last_message, label="Useful")
    assert "기록" in texts(result)


async def test_an_alert_that_is_no_more_is_said(place: Place, desk, notices) -> None:
    async def gone(_: str):
        raise KeyError

    desk.alert = gone
    result = await place.ann.click(place.channel.last_message, label="Sources")
    assert "failed on our side" in texts(result)


async def test_an_interaction_that_arrives_twice_is_answered_once(place: Place, desk, env: simcord.Env) -> None:
    seen = []
    env.bot.event(_heard_into(env.bot.on_interaction, seen))
    await place.ann.click(place.channel.last_message, label="Useful")
    before = len(env.http_requests)
    await env.bot.on_interaction(seen[0])
    assert len(env.http_requests) == before
    assert len(desk.changes) == 1


def _heard_into(original, seen):
    async def on_interaction(asked) -> None:
        seen.append(asked)
        await original(asked)

    return on_interaction


async def test_a_double_click_has_one_effect_and_one_answer(place: Place, desk) -> None:
    alert = place.channel.last_message
    first, second = [await place.ann.click(alert, label="Useful") for _ in range(2)]
    assert "Noted" in texts(first)
    assert second.acknowledged
    assert "Noted" not in texts(second)
    assert len(desk.changes) == 1
    assert "Noted" in texts(await place.chief.click(alert, label="Useful")), "another person's press is their own"


async def test_choosing_twice_mutes_once_and_says_so_once(place: Place, desk) -> None:
    menu = await place.chief.click(place.channel.last_message, label="Mute…")
    day = choices(menu.response.components)["for 24 hours"]
    first, second = [await place.chief.select(menu.response, [day]) for _ in range(2)]
    assert "muted" in texts(first)
    assert "muted" not in texts(second)
    assert len(desk.mutes) == 1


async def test_nobody_keeps_the_bot_busy_alone(place: Place, desk) -> None:
    results = [await place.ann.slash(place.channel, "why", what="a1") for _ in range(22)]
    refused = [texts(result) for result in results if "wait a minute" in texts(result)]
    assert all(result.acknowledged for result in results)
    assert len(refused) == 2
    assert "Noted" in texts(await place.chief.click(place.channel.last_message, label="Useful"))


@pytest.mark.parametrize("step", list(Step))
def test_what_a_button_carries_is_read_again(step: Step) -> None:
    assert read(of_alert(step, "a1b2", 3)) == OfAlert(step, "a1b2", 3)


def test_an_address_is_carried_whole() -> None:
    assert read(watch("https://a.example/?x=1|2")) == Watch("https://a.example/?x=1%7C2")


@pytest.mark.parametrize(
    "ident", ["", "sw", "sw|useful|a|x", "sw|useful||1", "sw|other|a|1", "x|useful|a|1", "sw|watch|"]
)
def test_what_was_made_by_somebody_else_is_read_as_nothing(ident: str) -> None:
    assert read(ident) is None
