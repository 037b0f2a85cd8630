"""Does an article go from a feed to the console as the team was promised?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import Source, Tier

from .conftest import START, Newsroom

MINUTES = timedelta(minutes=30)
RULED_OUT = "South Korea will not supply lethal weapons to Ukraine, the presidential office said on Wednesday."
LEAD = f"{RULED_OUT} A spokesperson told reporters in Seoul that the principle stands."


def alerts(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["event"] != "brief"]


@pytest.fixture
def weather(newsroom: Newsroom) -> Newsroom:
    """Three outlets that so far wrote about other things, and once about the storyline."""
    newsroom.print_weather(START - MINUTES, "courier", "gazette", "tribune")
    newsroom.print(
        "courier",
        "South Korea says it is reviewing arms for Ukraine",
        "The government in Seoul is considering supplying weapons to Ukraine, an official said.",
        START - MINUTES,
    )
    return newsroom


async def test_the_first_round_tells_one_catch_up_brief_and_nothing_else(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk() as desk:
        told = await desk.round()
        assert [line["event"] for line in told] == ["brief"]
        assert told[0]["catch_up"]
        assert await desk.round(MINUTES) == []


async def test_three_copies_of_one_development_are_one_alert_with_its_sentence(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print("courier", "Seoul rules out lethal arms for Ukraine", LEAD, START + MINUTES)
        weather.print("gazette", "Seoul rules out lethal arms for Ukraine", LEAD, START + MINUTES)
        weather.print("tribune", "Seoul: no lethal arms for Ukraine", LEAD, START + MINUTES)
        (alert,) = await desk.round(2 * MINUTES)
    assert (alert["event"], alert["track"], alert["holder"]) == ("posted", "seoul-arms", "south-korea")
    assert (alert["from"], alert["to"], alert["confirmed"]) == ("reviewing", "withhold", True)
    assert len(alert["articles"]) == 3
    assert alert["quote"] in {RULED_OUT, "Seoul rules out lethal arms for Ukraine", "Seoul: no lethal arms for Ukraine"}


async def test_a_copy_that_comes_later_edits_the_alert_and_posts_none(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print("courier", "Seoul rules out lethal arms for Ukraine", LEAD, START + MINUTES)
        (posted,) = await desk.round(2 * MINUTES)
        weather.print("gazette", "No lethal arms for Kyiv, Seoul says", LEAD, START + 3 * MINUTES)
        later = await desk.round(2 * MINUTES)
    assert {line["event"] for line in later} <= {"updated"}
    assert {line["alert"] for line in later} <= {posted["alert"]}


async def test_a_restart_tells_nothing_again(weather: Newsroom, open_desk: Callable[..., Any]) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print("courier", "Seoul rules out lethal arms for Ukraine", LEAD, START + MINUTES)
        assert len(await desk.round(2 * MINUTES)) == 1
    async with open_desk(at=START + 4 * MINUTES) as desk:
        assert await desk.round() == []


async def test_an_alert_decided_while_the_bot_was_down_is_told_after_the_start(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk() as desk:
        await desk.round()
    weather.print("courier", "Seoul rules out lethal arms for Ukraine", LEAD, START + MINUTES)
    async with open_desk(at=START + 2 * MINUTES) as desk:
        assert [line["event"] for line in await desk.round()] == ["posted"]


async def test_a_report_is_a_signal_until_a_second_origin_confirms_it(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print(
            "courier",
            "Seoul decides to send artillery shells to Ukraine, sources say",
            "South Korea has decided to supply artillery shells directly to Ukraine, people familiar with it said.",
            START + MINUTES,
        )
        (signal,) = await desk.round(2 * MINUTES)
        assert (signal["event"], signal["to"], signal["confirmed"]) == ("posted", "committed", False)
        weather.print(
            "gazette",
            "Ukraine to get South Korean shells in policy reversal",
            "The Gazette has learned that the government in Seoul decided to provide Kyiv with 155mm shells.",
            START + 3 * MINUTES,
        )
        events = alerts(await desk.round(2 * MINUTES))
    assert [line["event"] for line in events] == ["confirmed"]
    assert events[0]["alert"] == signal["alert"]
    assert events[0]["origins"] == 2


async def test_a_signal_that_nobody_confirms_expires_visibly(weather: Newsroom, open_desk: Callable[..., Any]) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print(
            "courier",
            "Seoul decides to send artillery shells to Ukraine, sources say",
            "South Korea has decided to supply artillery shells directly to Ukraine, people familiar with it said.",
            START + MINUTES,
        )
        (signal,) = await desk.round(2 * MINUTES)
        told = await desk.round(timedelta(days=4))
    (expired,) = [line for line in told if line["event"] != "trouble"]  # the papers have fallen silent
    assert (expired["event"], expired["alert"]) == ("expired", signal["alert"])


async def test_old_news_fills_the_ledger_and_is_not_told(weather: Newsroom, open_desk: Callable[..., Any]) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print("courier", "Seoul rules out lethal arms for Ukraine", LEAD, START - timedelta(days=9))
        assert await desk.round(MINUTES) == []


async def test_a_source_that_is_added_while_the_bot_runs_is_first_taken_silently(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk() as desk:
        await desk.round()
        weather.print("herald", "Seoul rules out lethal arms for Ukraine", LEAD, START + MINUTES)
        url = weather.url("herald")
        desk.bot.store.add_source(Source("herald", "Herald", url, "rss", "en", "Herald", "herald", Tier.OUTLET))
        assert await desk.round(2 * MINUTES) == []
        weather.print(
            "herald",
            "South Korea decides to supply shells to Ukraine",
            "South Korea will supply artillery shells directly to Ukraine, Defence Minister Shin Won-sik said.",
            START + 3 * MINUTES,
        )
        assert [line["to"] for line in await desk.round(2 * MINUTES)] == ["committed"]


async def test_a_report_that_outlets_have_from_one_unlisted_paper_stays_a_signal_until_another_says_so(
    weather: Newsroom, open_desk: Callable[..., Any]
) -> None:
    weather.print_weather(START - MINUTES, "sentinel")
    async with open_desk() as desk:
        await desk.round()
        retold = "South Korea has decided to supply lethal weapons to Ukraine, the Tribune reported, citing officials."
        weather.print("courier", "Seoul decides to arm Ukraine, Tribune reports", retold, START + MINUTES)
        (posted,) = await desk.round(2 * MINUTES)
        again = "According to the Tribune, Seoul will send lethal weapons to Kyiv; the decision was taken last week."
        weather.print("gazette", "Report: South Korea to send weapons to Ukraine", again, START + 3 * MINUTES)
        own = "The government in Seoul has decided to deliver lethal weapons to Ukraine, two officials told this paper."
        weather.print("tribune", "Exclusive: Seoul has taken the decision to arm Ukraine", own, START + 3 * MINUTES)
        assert {line["confirmed"] for line in await desk.round(2 * MINUTES)} <= {False}
        second = (
            "South Korea has decided to send lethal weapons to Ukraine, sources in the government told the Sentinel."
        )
        weather.print("sentinel", "South Korea decides on weapons for Ukraine", second, START + 5 * MINUTES)
        confirmed = await desk.round(2 * MINUTES)
    assert (posted["to"], posted["confirmed"], posted["origins"]) == ("committed", False, 1)
    assert [(line["event"], line["origins"]) for line in confirmed] == [("confirmed", 2)]
