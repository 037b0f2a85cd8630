"""What becomes of buttons, menus, forms and changing commands in Slack, with a desk that stores?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import VirtualClock
from bot.desk import ChatDesk
from bot.domain import (
    Alert,
    Bundle,
    FeedItem,
    FeedPreview,
    Mute,
    QuietHours,
    Route,
    Severity,
    Source,
    Storyline,
    Tier,
    Verdict,
)
from bot.errors import FetchError
from bot.permissions import opened
from bot.routebook import RouteBook
from bot.store import SqlStore, open_store
from handlers.card import card_of, card_of_bundle
from handlers.crowd import Turnstile
from handlers.moments import zone_of
from handlers.samples import NOW
from handlers.slack.look import Look
from handlers.slack.render import render

HERALD = Source("herald", "Herald", "https://herald.example/rss", "rss", "en", "Herald", "herald", Tier.OUTLET)
HOSTILE = "Shells <!channel> *now*"


class Finder:
    """Finds one feed; fails at addresses that say so."""

    async def find(self, url: str, author: str, selector: str = "") -> FeedPreview:
        if "down" in url:
            raise FetchError(f"{url}: does not answer")
        item = FeedItem(HOSTILE, "https://herald.example/1", NOW, (("seoul-arms", "south-korea", "reviewing"),))
        kind = "page" if selector else "rss"
        feed = HERALD.url if url == "https://herald.example" else url
        source = replace(HERALD, url=feed, author=author, kind=kind, selector="" if selector == "usual" else selector)
        return FeedPreview(source, 2, (item, FeedItem("Rain", "", None)))


@dataclass
class Bot:
    """A desk that stores, with an alert, and Slack before it."""

    slack: Any
    store: SqlStore
    desk: ChatDesk
    alert: Alert
    notifier: Any

    @property
    def carried(self) -> str:
        return f"{self.alert.id}:{self.alert.version}"

    async def typed(self, text: str, **who: str) -> str:
        return str(await (await self.slack.typed("/stancewatch", text, **who)).words())

    async def pressed(self, action: str, value: str, *, chosen: bool = False, **who: str) -> str:
        return str(await (await self.slack.pressed(f"stancewatch_{action}", value, chosen=chosen, **who)).words())

    async def form(self) -> dict[str, Any]:
        """Return the form that was opened."""
        async with asyncio.timeout(3):
            while not self.slack.forms:  # noqa: ASYNC110 - it happens in the loopback Slack, which sets no event
                await asyncio.sleep(0.01)
        return dict(self.slack.forms[-1])

    def mutes(self) -> tuple[Mute, ...]:
        return self.store.mutes(NOW)


@pytest.fixture
async def bot(
    tmp_path: Path, slack: Any, open_notifier: Any, small_storyline: Storyline, alert: Alert
) -> AsyncIterator[Bot]:
    store = open_store(f"sqlite:///{tmp_path / 'd.db'}", durable=False)
    with store.unit() as unit:
        unit.save_alert(alert)
    book = RouteBook(small_storyline, store, ())
    desk = ChatDesk(small_storyline, store, VirtualClock(NOW), book, Finder())
    async with open_notifier(desk=desk) as notifier:
        await notifier.start()
        await slack.connected.wait()
        yield Bot(slack, store, desk, alert, notifier)
    store.close()


# --- below an alert


def test_an_alert_has_five_things_below_it_that_carry_it(small_storyline: Storyline, alert: Alert) -> None:
    message = render(card_of(alert, small_storyline, "en"), Look(zone_of("UTC")))
    (row,) = [block for block in message.blocks if block["type"] == "actions"]
    names = [element["action_id"] for element in row["elements"]]
    assert names == [f"stancewatch_{name}" for name in ("why", "useful", "wrong", "mute", "sources")]
    for element in row["elements"]:
        values = [option["value"] for option in element.get("options", ())] or [element["value"]]
        assert all(value.startswith(f"{alert.id}:{alert.version}") for value in values)


async def test_why_and_sources_are_for_whoever_pressed_alone(bot: Bot) -> None:
    for action in ("why", "sources"):
        pressed = await bot.slack.pressed(f"stancewatch_{action}", bot.carried)
        answer = await pressed.answer()
        assert answer["response_type"] == "ephemeral"
        assert bot.alert.lead.publisher in await pressed.words()


async def test_a_press_works_on_a_message_from_before_the_version_was_carried(bot: Bot) -> None:
    assert "Noted: useful" in await bot.pressed("useful", bot.alert.id)


@pytest.mark.parametrize(
    ("action", "chosen", "verdict", "rung"),
    [
        ("useful", "", Verdict.USEFUL, ""),
        ("wrong", "|not-a-shift", Verdict.NOT_A_SHIFT, ""),
        ("wrong", "|wrong-rung:withhold", Verdict.WRONG_RUNG, "withhold"),
    ],
)
async def test_everybody_may_judge_an_alert(bot: Bot, action: str, chosen: str, verdict: Verdict, rung: str) -> None:
    assert "Noted" in await bot.pressed(action, bot.carried + chosen, chosen=bool(chosen))
    (given,) = bot.store.feedback(bot.alert.id)
    assert (given.person, given.verdict, given.rung) == ("slack:U1", verdict, rung)


@pytest.mark.parametrize(
    ("span", "until"),
    [
        ("1h", timedelta(hours=1)),
        ("24h", timedelta(days=1)),
        ("7d", timedelta(days=7)),
        ("moves", None),
    ],
)
async def test_the_menu_mutes_the_development_for_the_channel_and_says_so_to_all(
    bot: Bot, span: str, until: timedelta | None
) -> None:
    pressed = await bot.slack.pressed("stancewatch_mute", f"{bot.carried}|{span}", user="U0ADMIN", chosen=True)
    answer = await pressed.answer()
    assert answer["response_type"] == "in_channel"
    assert "<@U0ADMIN> muted" in await pressed.words()
    (mute,) = bot.mutes()
    assert (mute.alert, mute.until, mute.channel, mute.author) == (
        bot.alert.id,
        NOW + until if until else None,
        "C1",
        "slack:U0ADMIN",
    )


async def test_a_member_mutes_nothing_unless_the_setting_lets_members(bot: Bot) -> None:
    assert "manage this channel" in await bot.pressed("mute", f"{bot.carried}|1h", chosen=True)
    assert bot.mutes() == ()


async def test_a_press_that_slack_sends_twice_is_answered_once(bot: Bot) -> None:
    payload = bot.slack.press("stancewatch_useful", bot.carried)
    pressed = await bot.slack.twice(payload)
    await pressed.answer()
    async with asyncio.timeout(3):
        while pressed.acknowledgements < 2:  # noqa: ASYNC110 - it happens in the loopback Slack, which sets no event
            await asyncio.sleep(0.01)
    await bot.typed("help")
    assert len(pressed.answers) == 1


async def test_each_alert_among_several_has_a_menu_of_its_own(bot: Bot, small_storyline: Storyline) -> None:
    bundle = Bundle((bot.alert, replace(bot.alert, id="another")), (0, 0))
    message = render(card_of_bundle(bundle, small_storyline, "en"), Look(zone_of("UTC")))
    menus = [block["accessory"] for block in message.blocks if block.get("accessory")]
    assert len(menus) == 2
    choices = [option["value"] for option in menus[0]["options"]]
    assert len(choices) == 5
    for choice in choices:
        assert await bot.pressed("menu", choice, chosen=True, user="U0ADMIN")
    assert [given.verdict for given in bot.store.feedback(bot.alert.id)] == [Verdict.NOT_A_SHIFT]
    assert [mute.alert for mute in bot.mutes()] == [bot.alert.id]


# --- commands that change something


@pytest.mark.parametrize(
    ("typed", "track", "holder", "until"),
    [
        ("seoul-arms", "seoul-arms", "", timedelta(days=1)),
        ("Arms 7d", "seoul-arms", "", timedelta(days=7)),
        ("north korea until it moves", "", "north-korea", None),
    ],
)
async def test_a_track_or_a_holder_is_muted_and_unmuted(
    bot: Bot, typed: str, track: str, holder: str, until: timedelta | None
) -> None:
    assert "muted for this channel" in await bot.typed(f"mute {typed}", user="U0ADMIN")
    (mute,) = bot.mutes()
    assert (mute.track, mute.holder, mute.until) == (track, holder, NOW + until if until else None)
    assert "1 thing is muted" in await bot.typed("muted")
    assert "ended the mute" in await bot.typed("unmute", user="U0ADMIN")
    assert bot.mutes() == ()
    assert "nothing is muted" in await bot.typed("unmute", user="U0ADMIN")


async def test_an_alert_is_muted_by_its_id(bot: Bot) -> None:
    assert "muted for this channel" in await bot.typed(f"mute {bot.alert.id} 1h", user="U0ADMIN")
    assert [mute.alert for mute in bot.mutes()] == [bot.alert.id]
    assert "name what to mute" in await bot.typed("mute", user="U0ADMIN")
    assert "no single track is meant" in await bot.typed("mute nonsense", user="U0ADMIN")


async def test_whoever_made_a_channel_manages_it(bot: Bot) -> None:
    bot.slack.channel("C1", creator="U7")
    assert "muted for this channel" in await bot.typed("mute seoul-arms", user="U7")
    assert "Only admins" in await bot.typed("feeds remove herald", user="U7")


async def test_a_conversation_with_the_bot_is_its_persons_own(bot: Bot) -> None:
    bot.slack.channel("D1", is_member=None, is_im=True)
    mine = {"channel": "D1", "name": "directmessage"}
    assert "subscribed" in await bot.typed("subscribe seoul-arms", **mine)
    assert "muted for this channel" in await bot.typed("mute seoul-arms", **mine)
    assert [route.channel for route in await bot.desk.routes("slack", "")] == ["D1"]
    assert "Only admins" in await bot.typed("feeds add https://herald.example", **mine)


async def test_digests_are_shown_set_and_switched_off(bot: Bot) -> None:
    assert "Nobody has subscribed" in await bot.typed("digest 18:00", user="U0ADMIN")
    await bot.typed("subscribe seoul-arms", user="U0ADMIN")
    said = await bot.typed("digest 09:00, 18:00 mon-fri Asia/Seoul", user="U0ADMIN")
    assert "09:00, 18:00 Asia/Seoul" in said
    (route,) = await bot.desk.routes("slack", "C1")
    assert (route.digest, route.digest_days, route.timezone) == ((time(9), time(18)), (0, 1, 2, 3, 4), "Asia/Seoul")
    assert "as of" in await bot.typed("digest")
    assert "switched the digests" in await bot.typed("digest off", user="U0ADMIN")
    assert "no time of day" in await bot.typed("digest 25:00", user="U0ADMIN")
    assert (await bot.desk.routes("slack", "C1"))[0].digest == ()


async def test_a_feed_is_shown_before_it_is_added_and_removed_by_its_key(bot: Bot) -> None:
    found = await (
        await bot.slack.typed("/stancewatch", "feeds add <https://herald.example/rss>", user="U0ADMIN")
    ).answer()
    assert found["response_type"] == "ephemeral"
    words = str(found["blocks"])
    assert "Herald holds 2 items" in words
    assert "reviewing" in words
    assert "<!channel>" not in found["text"]
    (button,) = [e for b in found["blocks"] if b["type"] == "actions" for e in b["elements"]]
    assert bot.store.sources() == ()
    assert "Only admins" in await bot.pressed("add_feed", button["value"])
    assert "added the source Herald" in await bot.pressed("add_feed", button["value"], user="U0ADMIN")
    assert [source.author for source, _ in bot.store.sources()] == ["slack:U0ADMIN"]
    assert "is there already" in await bot.pressed("add_feed", button["value"], user="U0ADMIN")
    assert "1 source watched" in await bot.typed("feeds list")
    assert "removed the source" in await bot.typed("feeds remove herald", user="U0ADMIN")
    assert bot.store.sources() == ()


async def test_a_feed_that_lies_elsewhere_is_watched_as_that_of_the_site_it_was_found_at(bot: Bot) -> None:
    found = await (await bot.slack.typed("/stancewatch", "feeds add <https://herald.example>", user="U0ADMIN")).answer()
    (button,) = [e for b in found["blocks"] if b["type"] == "actions" for e in b["elements"]]
    assert button["value"] == "https://herald.example"
    assert "added the source Herald" in await bot.pressed("add_feed", button["value"], user="U0ADMIN")
    assert [source.url for source, _ in bot.store.sources()] == [HERALD.url]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<https://herald.example/news|herald.example/news> table.board &gt; tr", "table.board > tr"),
        ("https://herald.example/news a[lang|=en]", "a[lang|=en]"),
        ("https://herald.example/news usual", ""),
    ],
)
async def test_a_page_is_watched_by_a_selector(bot: Bot, typed: str, kept: str) -> None:
    found = await (await bot.slack.typed("/stancewatch", f"feeds add {typed}", user="U0ADMIN")).answer()
    (button,) = [e for b in found["blocks"] if b["type"] == "actions" for e in b["elements"]]
    assert "added the source Herald" in await bot.pressed("add_feed", button["value"], user="U0ADMIN")
    ((source, _),) = bot.store.sources()
    assert (source.url, source.kind, source.selector) == ("https://herald.example/news", "page", kept)


async def test_a_preview_says_how_many_of_the_last_items_would_be_read(bot: Bot) -> None:
    assert "Of the last 2 items 1 would be read as a position" in await bot.typed(
        "feeds add https://herald.example/rss", user="U0ADMIN"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("feeds add", "name an address"),
        ("feeds remove", "name the key"),
        ("feeds dance", "there is no “feeds dance”"),
        ("feeds add https://down.example", "does not answer"),
        ("feeds remove nobody", "no source"),
    ],
)
async def test_what_cannot_be_done_with_feeds_is_said(bot: Bot, typed: str, said: str) -> None:
    assert said in await bot.typed(typed, user="U0ADMIN")


async def test_the_audit_names_who_changed_what(bot: Bot) -> None:
    assert "Nobody has changed anything" in await bot.typed("audit")
    await bot.typed("mute seoul-arms 1h", user="U0ADMIN")
    answer = await (await bot.slack.typed("/stancewatch", "audit")).answer()
    assert '"user_id": "U0ADMIN"' in str(answer).replace("'", '"')
    assert "muted: seoul-arms" in str(answer)
    assert "muted: seoul-arms" not in str(await (await bot.slack.typed("/stancewatch", "audit", channel="C2")).answer())


async def test_sources_and_timeline_are_answered_in_words_and_the_picture_has_words_too(bot: Bot) -> None:
    assert "0 sources watched" in await bot.typed("sources")
    assert await bot.typed("timeline seoul-arms 30d")
    (picture,) = bot.slack.pictures
    assert (picture["channel"], picture["title"], picture["filename"]) == ("C1", "Arms as a picture", "seoul-arms.png")
    assert picture["content"].startswith(b"\x89PNG")
    assert picture["alt_txt"].startswith("Arms")


async def test_where_no_picture_can_be_shown_the_words_stand_alone(bot: Bot, kit: Any) -> None:
    bot.slack.next("files.getUploadURLExternal", kit.Fault(error="file_uploads_disabled"))
    assert await bot.typed("timeline seoul-arms")
    assert bot.slack.pictures == []
    assert "name a track" in await bot.typed("timeline")


async def test_a_test_alert_is_posted_for_everybody_and_says_that_it_is_one(bot: Bot) -> None:
    assert "manage this channel" in await bot.typed("test")
    assert bot.slack.shown("C1") == []
    assert "made up" in await bot.typed("test", user="U0ADMIN")
    (posted,) = bot.slack.shown("C1")
    assert posted["text"].startswith("Test: an alert in this channel looks like this.")
    assert [block for block in posted["blocks"] if block["type"] == "actions"] == []


async def test_a_subscription_is_changed_and_ended_by_its_buttons(bot: Bot) -> None:
    said = await (await bot.slack.typed("/stancewatch", "subscribe severity=high", user="U0ADMIN")).answer()
    (row,) = [block for block in said["blocks"] if block["type"] == "actions"]
    change, end = [element["action_id"].removeprefix("stancewatch_") for element in row["elements"]]
    await bot.slack.pressed(f"stancewatch_{change}", change, user="U0ADMIN")
    assert (await bot.form())["callback_id"] == "stancewatch_subscribe"
    assert "manage this channel" in await bot.pressed(end, end)
    assert "ended the subscriptions" in await bot.pressed(end, end, user="U0ADMIN")
    assert await bot.desk.routes("slack", "C1") == ()


async def test_a_double_click_has_one_effect_and_one_answer(bot: Bot) -> None:
    chosen = {"chosen": True, "user": "U0ADMIN", "below": "1.5"}
    clicks = [await bot.slack.pressed("stancewatch_mute", f"{bot.carried}|24h", **chosen) for _ in range(2)]
    assert "muted" in await clicks[0].words()
    await clicks[1].acknowledged
    await bot.typed("help")
    assert clicks[1].answers == []
    assert len(bot.mutes()) == 1
    other = await bot.slack.pressed("stancewatch_mute", f"{bot.carried}|7d", **chosen)
    assert "muted" in await other.words(), "another choice is no echo"


async def test_nobody_can_keep_the_bot_busy_alone(bot: Bot, slack: Any) -> None:
    often = int(Turnstile().most) + 10
    asked = [await slack.typed("/stancewatch", "help", user="U5") for _ in range(often)]
    said = [await one.words() for one in asked]
    assert 0 < sum("please wait a minute" in words for words in said) <= 10
    assert "please wait" not in await bot.typed("help", user="U6")


# --- the form


async def test_subscribing_without_a_word_opens_a_form_and_what_is_entered_holds(bot: Bot) -> None:
    typed = await bot.slack.typed("/stancewatch", "subscribe", user="U0ADMIN")
    form = await bot.form()
    entered = {
        "tracks": {"selected_options": [{"value": "seoul-arms"}]},
        "severity": {"selected_option": {"value": "medium"}},
        "mention": {"selected_option": {"value": "here"}},
        "from": {"selected_option": {"value": "high"}},
        "language": {"selected_option": {"value": "ko"}},
        "timezone": {"value": "Asia/Seoul"},
        "quiet": {"value": "22:00-07:00"},
        "quiet_except": {"selected_option": {"value": "high"}},
        "digest": {"value": "18:00"},
        "digest_days": {"value": "mon-fri"},
        "switches": {"selected_options": [{"value": "digest_empty"}]},
    }
    sent = await bot.slack.sent(form, entered)
    await sent.answer()
    assert sent.answers[0]["response_type"] == "in_channel"
    assert typed.answers == []
    (route,) = await bot.desk.routes("slack", "C1")
    assert route == Route(
        "slack-C1", "slack", "C1", tracks=("seoul-arms",), min_severity=Severity.MEDIUM, signals=False,
        mention="<!here>", language="ko", timezone="Asia/Seoul", author="slack:U0ADMIN",
        quiet=QuietHours(time(22), time(7)), quiet_except=Severity.HIGH, digest=(time(18),),
        digest_days=(0, 1, 2, 3, 4),
    )  # fmt: skip


async def test_the_form_begins_with_what_holds_and_sent_untouched_it_changes_nothing(bot: Bot) -> None:
    wish = "seoul-arms severity=medium mention=<@U99> timezone=Asia/Seoul quiet=22:00-07:00 digest=18:00 signals=off"
    await bot.typed(f"subscribe {wish}", user="U0ADMIN")
    before = await bot.desk.routes("slack", "C1")
    await bot.slack.typed("/stancewatch", "subscribe", user="U0ADMIN")
    sent = await bot.slack.sent(await bot.form(), {})
    await sent.answer()
    assert await bot.desk.routes("slack", "C1") == before


@pytest.mark.parametrize("woken", ["<!subteam^S0ONCALL>", "<!everyone>", "<!channel>"])
async def test_a_form_that_is_sent_untouched_wakes_whom_the_channel_woke_before(bot: Bot, woken: str) -> None:
    await bot.typed(f"subscribe mention={woken}", user="U0ADMIN")
    await bot.slack.typed("/stancewatch", "subscribe", user="U0ADMIN")
    await (await bot.slack.sent(await bot.form(), {})).answer()
    (route,) = await bot.desk.routes("slack", "C1")
    assert route.mention == woken


@pytest.mark.parametrize(
    ("field", "typed", "at"),
    [
        ("timezone", "Mars/Olympus", "timezone"),
        ("quiet", "night", "quiet"),
        ("digest", "late", "digest"),
    ],
)
async def test_what_makes_no_sense_is_said_at_its_field_and_the_form_stays_open(
    bot: Bot, field: str, typed: str, at: str
) -> None:
    await bot.slack.typed("/stancewatch", "subscribe", user="U0ADMIN")
    sent = await bot.slack.sent(await bot.form(), {field: {"value": typed}})
    await sent.acknowledged
    assert sent.said["response_action"] == "errors"
    assert list(sent.said["errors"]) == [at]
    assert await bot.desk.routes("slack", "C1") == ()


async def test_a_digest_within_quiet_hours_is_said_at_the_digest(bot: Bot) -> None:
    await bot.slack.typed("/stancewatch", "subscribe", user="U0ADMIN")
    entered = {"quiet": {"value": "22:00-07:00"}, "digest": {"value": "06:00"}}
    sent = await bot.slack.sent(await bot.form(), entered)
    await sent.acknowledged
    assert "quiet hours" in sent.said["errors"]["digest"]


async def test_a_form_is_checked_again_when_it_is_sent(bot: Bot) -> None:
    await bot.slack.typed("/stancewatch", "subscribe", user="U0ADMIN")
    sent = await bot.slack.sent(await bot.form(), {}, user="U1")
    assert "manage this channel" in await sent.words()
    assert await bot.desk.routes("slack", "C1") == ()


async def test_what_the_setting_opens_a_member_may_change(bot: Bot, open_notifier: Any, slack: Any) -> None:
    wide = replace(bot.desk, opened=opened(["mute", "subscribe"]))
    await bot.notifier.close()
    slack.connected.clear()
    async with open_notifier(desk=wide) as other:
        await other.start()
        await slack.connected.wait()
        assert "muted for this channel" in await bot.typed("mute seoul-arms")
        assert len(slack.called("users.info")) == 0, "nobody is looked up where it does not matter"
