"""What is answered to commands and buttons in Slack?"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import Route, Severity
from bot.errors import InputError, StoreBusyError

pytestmark = pytest.mark.usefixtures("listening")


async def test_a_brief_is_short_first_and_all_of_it_is_behind_a_button(slack: Any, desk: Any, payloads: Any) -> None:
    short = await (await slack.typed("/brief")).answer()
    assert short["response_type"] == "ephemeral"
    (button,) = [e for b in short["blocks"] if b["type"] == "actions" for e in b["elements"]]
    pressed = await slack.pressed(button["action_id"], button["value"], ephemeral=True)
    whole = await pressed.answer()
    assert whole["replace_original"] is True
    assert [block["type"] for block in whole["blocks"]].count("actions") == 0
    assert "Example Gazette" in " ".join(payloads.words(whole["blocks"]))
    assert "Example Gazette" not in " ".join(payloads.words(short["blocks"]))
    assert [asked for _, asked in desk.asked] == [(timedelta(days=7), "", "")] * 2


async def test_the_button_of_a_brief_in_the_channel_answers_whoever_pressed_it_alone(slack: Any) -> None:
    answer = await (await slack.pressed("stancewatch_more", "1440  ")).answer()
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False


@pytest.mark.parametrize(
    ("typed", "window", "track", "holder"),
    [
        ("", 7, "", ""),
        ("24h", 1, "", ""),
        ("seoul-arms", 7, "seoul-arms", ""),
        ("Arms 30d", 30, "seoul-arms", ""),
        ("2 weeks allies-arms", 14, "allies-arms", ""),
        ("무기 지원 3일", 3, "seoul-arms", ""),
        ("the war", 7, "pyongyang-war", ""),
        ("north korea 7d", 7, "", "north-korea"),
    ],
)
async def test_a_brief_takes_a_track_or_a_holder_and_a_window(
    slack: Any, desk: Any, typed: str, window: int, track: str, holder: str
) -> None:
    await (await slack.typed("/brief", typed)).answer()
    assert desk.asked == [("brief", (timedelta(days=window), track, holder))]


async def test_stancewatch_brief_is_the_same(slack: Any, desk: Any) -> None:
    await (await slack.typed("/stancewatch", "brief seoul-arms 24h")).answer()
    assert desk.asked == [("brief", (timedelta(days=1), "seoul-arms", ""))]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("brief nonsense", "try one of: seoul-arms"),
        ("brief 999999d", "no window"),
        ("stance", "name a track"),
        ("stance rms", "pyongyang"),
        ("why", "name an address"),
        ("why unknown", "neither an address nor an alert"),
        ("dance", "there is no “dance”"),
        ("subscribe colour=red", "there are: tracks, holders"),
        ("subscribe mention=bob", "nobody that Slack can wake"),
        ("subscribe timezone=Mars/Olympus", "no time zone"),
        ("subscribe severity=extreme", "choose low, medium or high"),
        ("subscribe language=tlh", "choose one of: en, ko"),
        ("subscribe signals=maybe", "neither on nor off"),
    ],
)
async def test_what_cannot_be_understood_is_answered_in_one_line(slack: Any, typed: str, said: str) -> None:
    if said == "pyongyang":
        typed, said = "stance ar", "try one of: seoul-arms"
    answer = await slack.typed("/stancewatch", typed, user="U0ADMIN")
    assert said in await answer.words()
    assert (await answer.answer())["response_type"] == "ephemeral"


@pytest.mark.parametrize("typed", ["", "help", "HELP"])
async def test_help_names_every_command_and_every_track(slack: Any, typed: str) -> None:
    words = await (await slack.typed("/stancewatch", typed)).words()
    for named in ("/brief", "stance", "why", "subscribe", "unsubscribe", "seoul-arms", "pyongyang-war"):
        assert named in words


async def test_stance_shows_one_track(slack: Any, desk: Any) -> None:
    words = await (await slack.typed("/stancewatch", "stance arms for")).words()
    assert "no single track" in words
    words = await (await slack.typed("/stancewatch", "stance Arms")).words()
    assert desk.asked[-1][1][1] == "seoul-arms"
    assert "South Korea" in words


async def test_why_takes_an_address_as_slack_writes_it(slack: Any, desk: Any) -> None:
    answer = await slack.typed("/stancewatch", "why <https://news.example/a?b=1&amp;c=2|news.example>")
    assert "gate" in await answer.words()
    assert desk.asked == [("explain", "https://news.example/a?b=1&c=2")]


async def test_the_button_under_an_alert_explains_it(slack: Any, desk: Any) -> None:
    words = await (await slack.pressed("stancewatch_why", "a1b2c3")).words()
    assert desk.asked == [("explain", "a1b2c3")]
    assert "a <!channel> quote" in words


@pytest.mark.parametrize("user", ["U0ADMIN", "U0LISTED"])
async def test_an_admin_or_a_listed_person_subscribes_the_channel_for_all_to_see(
    slack: Any, desk: Any, user: str
) -> None:
    typed = (
        "subscribe seoul-arms, the war holders=south-korea severity=medium signals=off "
        "mention=<!subteam^S01ABC|@on call> from=high language=ko timezone=Asia/Seoul"
    )
    answer = await (await slack.typed("/stancewatch", typed, user=user)).answer()
    assert desk.kept["slack-C1"] == Route(
        name="slack-C1",
        platform="slack",
        channel="C1",
        tracks=("seoul-arms", "pyongyang-war"),
        holders=("south-korea",),
        min_severity=Severity.MEDIUM,
        signals=False,
        mention="<!subteam^S01ABC>",
        mention_from=Severity.HIGH,
        language="ko",
        timezone="Asia/Seoul",
        author=user,
    )
    assert answer["response_type"] == "in_channel"
    assert "<!subteam" not in str(answer), "saying whom it will wake must not wake them"


async def test_somebody_without_the_right_changes_nothing(slack: Any, desk: Any) -> None:
    desk.kept["slack-C1"] = Route("slack-C1", "slack", "C1")
    for typed in ("subscribe", "subscribe seoul-arms", "unsubscribe"):
        assert (
            "Only those who may manage this channel"
            in await (await slack.typed("/stancewatch", typed, user="U1")).words()
        )
    assert desk.kept["slack-C1"].tracks == ()


async def test_whoever_cannot_be_looked_up_is_not_let_through(slack: Any, kit: Any, desk: Any) -> None:
    slack.tokens[kit.BOT_TOKEN] = frozenset({"commands"})
    assert (
        "lacks users:read" in await (await slack.typed("/stancewatch", "subscribe seoul-arms", user="U0ADMIN")).words()
    )
    assert desk.kept == {}


async def test_a_channel_that_the_bot_is_not_in_is_not_subscribed(slack: Any, desk: Any) -> None:
    slack.channel("C9", is_member=False)
    for channel in ("C9", "C0PRIVATE"):
        answer = await slack.typed("/stancewatch", "subscribe seoul-arms", user="U0ADMIN", channel=channel)
        assert "/invite @stancewatch" in await answer.words()
    answer = await slack.typed("/stancewatch", "subscribe seoul-arms", channel="D1", name="directmessage")
    assert "no conversation with me" in await answer.words()
    assert desk.kept == {}


async def test_unsubscribing_says_whether_there_was_anything_to_end(slack: Any, desk: Any) -> None:
    desk.kept["slack-C1"] = Route("slack-C1", "slack", "C1")
    first = await (await slack.typed("/stancewatch", "unsubscribe", user="U0ADMIN")).answer()
    assert first["response_type"] == "in_channel"
    assert desk.asked == [("unsubscribe", "U0ADMIN")]
    assert "Nobody has" in await (await slack.typed("/stancewatch", "unsubscribe", user="U0ADMIN")).words()


async def test_answers_are_in_the_language_and_the_zone_of_the_channel(slack: Any, desk: Any) -> None:
    desk.kept["x"] = Route("x", "slack", "C1", language="ko", timezone="Asia/Seoul")
    assert "기준" in await (await slack.typed("/brief")).words()
    assert "KST" in await (await slack.typed("/brief")).words()
    assert "사용법" in await (await slack.typed("/stancewatch")).words()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (StoreBusyError("locked"), "try again in a minute"),
        (InputError("no such <!channel> thing"), "no such <!channel> thing"),
        (RuntimeError("a fault of ours"), "Something went wrong on my side"),
    ],
)
async def test_whoever_asks_is_answered_whatever_breaks(slack: Any, desk: Any, fault: Exception, said: str) -> None:
    desk.fault = fault
    answer = await slack.typed("/brief")
    assert said in await answer.words()
    assert "<!channel>" not in (await answer.answer())["text"]


async def test_an_answer_that_slack_refuses_costs_that_answer_alone(slack: Any, kit: Any) -> None:
    slack.next("answer", *[kit.Fault(status=404)] * 2)
    lost = await slack.typed("/brief")
    await lost.acknowledged
    while slack.faults["answer"]:
        await (await slack.typed("/brief")).acknowledged
        await asyncio.sleep(0.01)
    assert await (await slack.typed("/brief")).words()


async def test_an_answer_that_the_server_fails_is_sent_again(slack: Any, kit: Any) -> None:
    slack.next("answer", kit.Fault(status=500))
    answer = await slack.typed("/brief")
    assert await answer.words()
    assert len(answer.answers) == 1


async def test_a_question_is_acknowledged_before_it_is_looked_up(slack: Any, desk: Any) -> None:
    gate = asyncio.Event()
    plain = desk.brief

    async def slow(**scope: Any) -> Any:
        await gate.wait()
        return await plain(**scope)

    desk.brief = slow
    question = await slack.typed("/brief")
    await question.acknowledged
    assert question.answers == []
    gate.set()
    assert await question.answer()


async def test_many_questions_at_once_are_each_acknowledged_and_answered_once(slack: Any) -> None:
    questions = [await slack.typed("/brief", user=f"U{number}") for number in range(100)]
    for question in questions:
        await asyncio.wait_for(question.answered.wait(), 10)
        await question.acknowledged
    assert {(q.acknowledgements, len(q.answers)) for q in questions} == {(1, 1)}
