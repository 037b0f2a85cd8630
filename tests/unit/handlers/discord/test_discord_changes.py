"""What becomes of what people in Discord want changed, and who may want it?"""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest
import simcord

from bot.domain import Act, AuditEntry, Route
from bot.errors import TransientError
from handlers.discord import DiscordNotifier, build
from handlers.samples import NOW

from .places import Place, made, texts


@pytest.fixture
def place(env: simcord.Env) -> Place:
    return made(env)


def _by(person) -> str:
    return f"discord:{person.id}"


async def test_a_channel_is_subscribed_with_hours_and_digests(place: Place, desk) -> None:
    result = await place.chief.slash(
        place.channel,
        "subscribe",
        timezone="Asia/Seoul",
        quiet="22:00-07:00",
        quiet_except="high",
        digest="09:00, 18:00",
        digest_days="mon-fri",
        digest_empty=False,
    )
    (route,) = desk.made
    assert (route.timezone, route.digest, route.digest_days) == ("Asia/Seoul", (time(9), time(18)), (0, 1, 2, 3, 4))
    assert (route.quiet.start, route.quiet_except.name, route.digest_empty) == (time(22), "HIGH", False)
    assert "quiet" in texts(result)


async def test_words_of_a_subscription_that_make_no_sense_are_refused_for_the_asker_alone(place: Place, desk) -> None:
    result = await place.chief.slash(place.channel, "subscribe", quiet="at night")
    assert result.ephemeral
    assert "at night" in texts(result)
    assert desk.made == []


@pytest.mark.parametrize(
    ("what", "span", "meant", "back"),
    [
        ("seoul-arms", "", "seoul-arms", timedelta(hours=24)),
        ("North Korea", "7d", "north-korea", timedelta(days=7)),
        ("sample-signal", "moves", "sample-signal", None),
    ],
)
async def test_a_track_a_holder_or_an_alert_is_muted(place: Place, desk, what, span, meant, back) -> None:
    result = await place.chief.slash(place.channel, "mute", what=what, span=span)
    assert not result.ephemeral
    assert "muted for this channel" in texts(result)
    assert desk.changes == [(Act.MUTE, _by(place.chief), meant, back)]


async def test_what_cannot_be_muted_is_said(place: Place, desk) -> None:
    assert "no single track" in texts(await place.chief.slash(place.channel, "mute", what="the weather"))
    assert "is no window" in texts(await place.chief.slash(place.channel, "mute", what="seoul-arms", span="soon"))
    assert desk.changes == []


async def test_mutes_are_listed_offered_and_ended(place: Place, desk) -> None:
    await place.chief.slash(place.channel, "mute", what="seoul-arms")
    assert "Arms" in texts(await place.ann.slash(place.channel, "muted"))
    offers = await place.chief.autocomplete(place.channel, "unmute", "what", "arm")
    assert [offer["value"] for offer in offers] == ["m1"]
    result = await place.chief.slash(place.channel, "unmute", what="m1")
    assert not result.ephemeral
    assert desk.changes[-1] == (Act.UNMUTE, _by(place.chief), "m1")
    assert desk.mutes == []


async def test_what_is_opened_to_members_is_offered_to_them(place: Place, desk, small_storyline, env) -> None:
    assert "mute" not in place.ann.available_commands(place.channel)
    desk.opened.add(Act.MUTE)
    await env.restart_bot(build(small_storyline, {"token": "another"}, desk).line.client)
    await env.settle()
    result = await place.ann.slash(place.channel, "mute", what="seoul-arms")
    assert "muted for this channel" in texts(result)
    assert desk.changes[0][1] == _by(place.ann)


async def test_the_digest_of_now_is_for_the_asker_alone(place: Place) -> None:
    result = await place.ann.slash(place.channel, "digest")
    assert result.ephemeral
    assert "2 moves" in texts(result)


async def test_digests_are_set_by_those_who_manage_the_channel(place: Place, desk) -> None:
    none = await place.chief.slash(place.channel, "digest", times="18:00")
    assert "subscribe it first" in texts(none)
    desk.made.append(Route("r", "discord", str(place.channel.id)))
    refused = await place.ann.slash(place.channel, "digest", times="18:00")
    assert refused.ephemeral
    assert "Only those who may manage" in texts(refused)
    told = await place.chief.slash(place.channel, "digest", times="18:00", timezone="Asia/Seoul")
    assert "18:00 Asia/Seoul" in texts(told)
    assert "switched the digests" in texts(await place.chief.slash(place.channel, "digest", times="off"))


async def test_a_feed_is_shown_before_it_is_watched(place: Place, desk) -> None:
    shown = await place.admin.slash(place.channel, "feeds add", url="https://paper.example")
    assert shown.ephemeral
    assert "New Paper holds 2 items" in texts(shown)
    assert "Seoul \\*decides\\*" in texts(shown)
    assert desk.changes == []
    added = await place.admin.click(shown.response, label="Watch it")
    assert not added.ephemeral
    assert desk.changes == [(Act.ADD_FEED, _by(place.admin), "https://paper.example")]


async def test_a_feed_that_lies_elsewhere_is_watched_as_that_of_the_site_it_was_found_at(place: Place, desk) -> None:
    shown = await place.admin.slash(place.channel, "feeds add", url="https://site.example")
    await place.admin.click(shown.response, label="Watch it")
    assert [asked for asked in desk.asked if asked[0] == "find"] == [("find", "https://site.example")] * 2
    assert desk.changes == [(Act.ADD_FEED, _by(place.admin), "https://feeds.example/paper")]


async def test_a_feed_with_a_long_address_is_watched_by_the_command(place: Place, desk) -> None:
    url = f"https://paper.example/{'x' * 100}"
    assert "watch: True" in texts(await place.admin.slash(place.channel, "feeds add", url=url))
    result = await place.admin.slash(place.channel, "feeds add", url=url, watch=True)
    assert "added the source New Paper" in texts(result)
    assert desk.changes == [(Act.ADD_FEED, _by(place.admin), url)]


async def test_a_page_is_watched_by_a_selector(place: Place, desk) -> None:
    page = {"url": "https://paper.example/news", "selector": "ul.list > a[lang|=en]"}
    shown = await place.admin.slash(place.channel, "feeds add", **page)
    await place.admin.click(shown.response, label="Watch it")
    await place.admin.slash(place.channel, "feeds add", **page, watch=True)
    assert [asked for asked in desk.asked if asked[0] == "find"] == [("find", *page.values())] * 3
    assert [change[0] for change in desk.changes] == [Act.ADD_FEED] * 2


async def test_an_address_that_cannot_be_watched_says_why(place: Place) -> None:
    result = await place.admin.slash(place.channel, "feeds add", url="https://closed.example")
    assert result.ephemeral
    assert "answered 404" in texts(result)


async def test_nobody_finds_a_token_of_an_address_by_searching_for_its_letters(place: Place, desk, monkeypatch) -> None:
    (source, state), *_ = await desk.sources()
    secret = replace(source, url="https://herald.example/feed?token=s3cr3t")

    async def sources() -> tuple:
        return ((secret, state),)

    monkeypatch.setattr(desk, "sources", sources)
    assert "herald" in texts(await place.ann.slash(place.channel, "feeds list", search="herald.example/feed"))
    for guess in ("token=s", "s3cr3t"):
        assert "no source fits" in texts(await place.ann.slash(place.channel, "feeds list", search=guess))


async def test_only_admins_change_what_is_watched(place: Place, desk) -> None:
    for person in (place.ann, place.chief):
        refused = await person.slash(place.channel, "feeds add", url="https://paper.example")
        assert refused.ephemeral
        assert "Only admins" in texts(refused)
        assert "Only admins" in texts(await person.slash(place.channel, "feeds remove", key="herald"))
    assert desk.changes == []


async def test_sources_are_listed_searched_offered_and_removed(place: Place, desk) -> None:
    assert "Example Herald · herald" in texts(await place.ann.slash(place.channel, "feeds list"))
    assert "no source fits" in texts(await place.ann.slash(place.channel, "feeds list", search="nothing such"))
    offers = await place.admin.autocomplete(place.channel, "feeds remove", "key", "herald")
    assert "herald" in [offer["value"] for offer in offers]
    result = await place.admin.slash(place.channel, "feeds remove", key="herald")
    assert not result.ephemeral
    assert desk.changes == [(Act.REMOVE_FEED, _by(place.admin), "herald")]
    assert "Sources" in texts(await place.ann.slash(place.channel, "sources"))


async def test_who_changed_what_is_shown_to_everybody_who_asks(place: Place, desk) -> None:
    assert "Nobody has changed anything" in texts(await place.ann.slash(place.channel, "audit"))
    entry = AuditEntry(NOW, _by(place.chief), Act.MUTE, "discord", str(place.channel.id), "*seoul-arms*")
    desk.audited += [entry, replace(entry, author="cli:kim", channel="")]
    said = texts(await place.ann.slash(place.channel, "audit"))
    assert f"<@{place.chief.id}> · muted: \\*seoul-arms\\*" in said
    assert "cli:kim" in said
    assert "for every channel" in said


async def test_a_timeline_is_a_picture_with_its_story_in_words(place: Place, env: simcord.Env) -> None:
    result = await place.ann.slash(place.channel, "timeline", track="seoul-arms")
    assert result.ephemeral
    gallery = result.response.components[0]["components"][0]
    assert gallery["items"][0]["media"]["url"].endswith("seoul-arms.png") or "attachment" in str(gallery)
    assert "Arms" in gallery["items"][0]["description"]
    assert len(result.response.attachments) == 1
    assert "South Korea" in texts(result)


async def test_where_no_picture_can_be_drawn_the_words_stand_alone(place: Place, monkeypatch) -> None:
    async def drawn(*_: object, **__: object) -> None:
        raise TransientError("the picture was not drawn in time")

    monkeypatch.setattr("handlers.discord.questions.drawn", drawn)
    result = await place.ann.slash(place.channel, "timeline", track="seoul-arms", since="30d")
    assert result.response.attachments == []
    assert "South Korea" in texts(result)


async def test_zones_and_spans_are_offered(place: Place) -> None:
    zones = await place.chief.autocomplete(place.channel, "subscribe", "timezone", "seoul")
    assert [offer["value"] for offer in zones] == ["Asia/Seoul"]
    spans = await place.chief.autocomplete(place.channel, "mute", "span", "")
    assert [offer["value"] for offer in spans] == ["1h", "24h", "7d", "moves"]
    subjects = await place.chief.autocomplete(place.channel, "mute", "what", "korea")
    assert "north-korea" in [offer["value"] for offer in subjects]


async def test_many_who_ask_at_once_are_each_answered_once(loopback, notifier: DiscordNotifier) -> None:
    await notifier.start()
    async with asyncio.timeout(10):
        while not loopback.commands:  # noqa: ASYNC110 - what is waited for happens inside the library
            await asyncio.sleep(0.01)
        await asyncio.gather(*(loopback.ask("brief", 100 + n, 500 + n % 50) for n in range(200)))
        while len(loopback.answered) < 200:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    await notifier.close()
    assert len(loopback.acknowledged) == 200
    assert len(loopback.answered) == 200
