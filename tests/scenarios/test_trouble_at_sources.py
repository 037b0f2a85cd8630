"""Does trouble at one source cost that source alone, and say one clear line?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from .conftest import START, Newsroom

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>&d;</title></channel></rss>"""


ADMINS = """routes:
  desk:
    platform: console
    channel: "-"
    admin: true
"""


async def huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    for _ in range(50):
        try:
            await response.write(b" " * 1_000_000)
        except ConnectionError:
            break
    return response


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    await response.write(b"<rss><channel>")
    for _ in range(100):
        try:
            await response.write(b"<!-- more -->")
        except ConnectionError:
            break
        await asyncio.sleep(0.1)
    return response


def saying(body: str = "", *, kind: str = "application/rss+xml", status: int = 200) -> Any:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text=body, content_type=kind, status=status)

    return answer


@pytest.fixture
def troubled(newsroom: Newsroom) -> Newsroom:
    newsroom.print("healthy", "Rain expected", "Umbrellas are sold out.", START)
    newsroom.open("empty")
    newsroom.open("malformed", saying("<rss><channel><item>"))
    newsroom.open("page", saying("<html><title>Welcome</title></html>", kind="text/html"))
    newsroom.open("huge", huge)
    newsroom.open("laughs", saying(LAUGHS))
    newsroom.open("endless", endless)
    newsroom.open("gone", saying(status=410))
    newsroom.open("broken", saying(status=500))
    return newsroom


async def test_each_troubled_source_is_named_in_one_line_and_the_others_go_on(
    troubled: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk(fetch_timeout=1.5) as desk:
        told = await desk.round()
        states = {source.key: state for source, state in desk.bot.store.sources()}
    (gone,) = [line for line in told if line["event"] == "trouble"]
    assert (gone["channel"], "remove it" in gone["error"]) == ("gone", True)
    assert [line["event"] for line in told if line is not gone] == ["brief"]
    failed = {key for key, state in states.items() if state.last_error}
    assert failed == {"page", "huge", "laughs", "endless", "gone", "broken"}
    for key in failed:
        assert "\n" not in states[key].last_error
        assert troubled.url(key) in states[key].last_error or key.title() in states[key].last_error
    assert states["healthy"].last_success == START
    assert states["empty"].last_error == ""


async def test_a_source_that_is_gone_is_asked_no_more(troubled: Newsroom, open_desk: Callable[..., Any]) -> None:
    async with open_desk(fetch_timeout=1.5) as desk:
        await desk.round()
        await desk.round()
    assert troubled.asked("gone") == 1
    assert troubled.asked("broken") == 2


async def test_a_feed_in_a_wrongly_declared_charset_loses_no_item(
    newsroom: Newsroom, open_desk: Callable[..., Any]
) -> None:
    newsroom.print("mislabelled", "Сеул: дождь", "Зонты распроданы.", START)
    body = newsroom.feed("mislabelled").encode("windows-1251")
    newsroom.publisher.serve("/mislabelled.xml", body, headers={"Content-Type": "application/rss+xml; charset=utf-8"})
    async with open_desk() as desk:
        await desk.round()
        found = desk.bot.store.article("https://mislabelled.example/0")
    assert found is not None
    assert found[0].title == "Сеул: дождь"


async def test_private_addresses_are_refused_unless_the_settings_name_them(
    troubled: Newsroom, open_desk: Callable[..., Any]
) -> None:
    async with open_desk(allow_private=()) as desk:
        await desk.round()
        errors = [state.last_error for _, state in desk.bot.store.sources()]
    assert all("127.0.0.1" in error for error in errors)
    assert not any(troubled.asked(outlet) for outlet in troubled.outlets)


async def test_a_source_that_fails_for_days_is_told_once_over_restarts_and_once_that_it_is_well(
    newsroom: Newsroom, open_desk: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "routes.yml").write_text(ADMINS, encoding="utf-8")
    newsroom.print("healthy", "Rain expected", "Umbrellas are sold out.", START)
    newsroom.open("busy", saying(status=503))
    newsroom.open("lost", saying(status=404))
    told: list[dict[str, Any]] = []

    async def live(days: int, at: datetime) -> datetime:
        for day in range(days):
            async with open_desk(at=at + timedelta(days=day)) as desk:
                for _ in range(4):
                    told.extend(line for line in await desk.round(timedelta(hours=6)) if line["event"] == "trouble")
        return at + timedelta(days=days)

    now = await live(5, START)
    assert [line["channel"] for line in told] == ["lost", "busy"]
    since = [datetime.fromisoformat(line["at"]) - START for line in told]
    assert timedelta(days=1) < since[0] < timedelta(days=2)
    assert timedelta(days=3) < since[1] < timedelta(days=4)
    assert "404" in told[0]["error"]
    assert "503" in told[1]["error"]
    told.clear()
    newsroom.publisher.answer("/busy.xml", saying(newsroom.feed("healthy")))
    await live(2, now)
    assert [(line["channel"], bool(line["resumed"])) for line in told] == [("busy", True)]
