"""Does the desk answer from what is stored, let only those change things who may, and record it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.clock import VirtualClock
from bot.desk import ChatDesk
from bot.domain import Act, Asker, FeedPreview, NoticeKind, QuietHours, Rank, Route, Source, Tier, Verdict
from bot.errors import InputError, NotAllowedError
from bot.permissions import opened
from bot.routebook import RouteBook
from bot.store import SqlStore
from config import load_storyline
from handlers.samples import samples

NOW = datetime(2024, 10, 24, 9, tzinfo=UTC)
STORYLINE = load_storyline()
MEMBER = Asker("slack", "U1", "C1")
MANAGER = replace(MEMBER, rank=Rank.MANAGER)
ADMIN = replace(MEMBER, rank=Rank.ADMIN)
HERALD = Source("herald", "Herald", "https://herald.example/rss", "rss", "en", "Herald", "herald", Tier.OUTLET)
MADE = Route("slack-C1", "slack", "C1", tracks=("pact",))
HOUR = timedelta(hours=1)


class Found:
    """Finds the same feed behind every address."""

    async def find(self, url: str, author: str, selector: str = "") -> FeedPreview:
        return FeedPreview(replace(HERALD, url=url, author=author, selector=selector), 3, ())


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    with store.unit() as unit:
        unit.save_alert(samples(STORYLINE)["confirmed"])  # type: ignore[arg-type]  # an alert, by its name
    return store


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def desk(store: SqlStore, woken: list[str]) -> ChatDesk:
    book = RouteBook(STORYLINE, store, (Route("yaml-desk", "slack", "C9"),))
    clock = VirtualClock(NOW)
    return ChatDesk(STORYLINE, store, clock, book, Found(), woken=lambda: woken.append("now"))


async def test_every_change_is_recorded_with_who_and_when_and_is_visible_in_its_channel(desk: ChatDesk) -> None:
    await desk.subscribe(MANAGER, MADE)
    await desk.set_digest(MANAGER, [time(18)], timezone="Asia/Seoul")
    await desk.mute(MANAGER, track="pact", span=HOUR)
    await desk.unmute(MANAGER)
    await desk.add_feed(ADMIN, HERALD)
    await desk.remove_feed(ADMIN, "herald")
    assert await desk.unsubscribe(MANAGER)
    entries = await desk.audit("slack", "C1")
    assert [entry.act for entry in reversed(entries)] == [
        Act.SUBSCRIBE, Act.DIGEST, Act.MUTE, Act.UNMUTE, Act.ADD_FEED, Act.REMOVE_FEED, Act.UNSUBSCRIBE,
    ]  # fmt: skip
    assert {(entry.author, entry.at) for entry in entries} == {("slack:U1", NOW)}
    assert [entry.act for entry in await desk.audit("slack", "C2")] == [Act.REMOVE_FEED, Act.ADD_FEED]
    assert len(await desk.audit("", "")) == 7


async def test_a_member_changes_nothing_and_nothing_is_recorded(desk: ChatDesk) -> None:
    for refused in (
        desk.subscribe(MEMBER, MADE),
        desk.unsubscribe(MEMBER),
        desk.set_digest(MEMBER, [time(9)]),
        desk.mute(MEMBER, track="pact", span=HOUR),
        desk.unmute(MEMBER),
        desk.find_feed(MANAGER, "https://herald.example"),
        desk.add_feed(MANAGER, HERALD),
        desk.remove_feed(MANAGER, "herald"),
    ):
        with pytest.raises(NotAllowedError):
            await refused
    assert await desk.audit("", "") == ()
    assert await desk.routes("slack", "C1") == ()


async def test_what_a_setting_opens_every_member_may_change(desk: ChatDesk) -> None:
    wide = replace(desk, opened=opened(["mute"]))
    assert (await wide.mute(MEMBER, track="pact", span=HOUR)).author == "slack:U1"
    assert wide.needed(Act.MUTE) is Rank.MEMBER
    with pytest.raises(NotAllowedError):
        await wide.subscribe(MEMBER, MADE)


async def test_a_change_that_fails_is_not_recorded(desk: ChatDesk) -> None:
    await desk.add_feed(ADMIN, HERALD)
    with pytest.raises(InputError, match="is there already"):
        await desk.add_feed(ADMIN, HERALD)
    with pytest.raises(InputError, match="no source"):
        await desk.remove_feed(ADMIN, "nobody")
    with pytest.raises(InputError):
        await desk.mute(MANAGER, track="no-such-track", span=HOUR)
    assert [entry.act for entry in await desk.audit("", "")] == [Act.ADD_FEED]


async def test_a_mute_holds_in_its_channel_and_what_waited_is_looked_at_once_it_ends(
    desk: ChatDesk, woken: list[str]
) -> None:
    made = await desk.mute(MANAGER, track="pact", span=HOUR)
    assert await desk.muted("slack", "C1") == (made,)
    assert await desk.muted("slack", "C2") == ()
    assert (await desk.brief(since=HOUR, channel=("slack", "C1"))).mutes == (made,)
    assert (await desk.brief(since=HOUR, channel=("slack", "C2"))).mutes == ()
    woken.clear()
    assert [mute.ended for mute in await desk.unmute(MANAGER, "pact")] == [NOW]
    assert woken == ["now"]
    with pytest.raises(InputError, match="nothing is muted"):
        await desk.unmute(MANAGER)


async def test_digests_are_set_where_somebody_subscribed_and_nowhere_else(desk: ChatDesk) -> None:
    with pytest.raises(InputError, match="subscribe it first"):
        await desk.set_digest(MANAGER, [time(9)])
    with pytest.raises(InputError, match=r"routes\.yml"):
        await desk.set_digest(replace(MANAGER, channel="C9"), [time(9)])
    await desk.subscribe(MANAGER, replace(MADE, quiet=QuietHours(time(22), time(7))))
    with pytest.raises(InputError, match="quiet hours"):
        await desk.set_digest(MANAGER, [time(23)])
    route = await desk.set_digest(MANAGER, [time(18), time(9)], days=[4, 0], timezone="Asia/Seoul")
    assert (route.digest, route.digest_days, route.timezone) == ((time(9), time(18)), (0, 4), "Asia/Seoul")
    off = await desk.set_digest(MANAGER, [])
    assert (off.digest, off.digest_days, off.digest_only) == ((), (), False)


async def test_a_digest_can_be_asked_for_where_none_is_told(desk: ChatDesk) -> None:
    digest = await desk.digest("slack", "C1")
    assert (digest.as_of, digest.since) == (NOW, NOW - timedelta(days=1))


async def test_a_verdict_is_anybodys_and_the_last_one_holds(desk: ChatDesk, store: SqlStore) -> None:
    (alert,) = store.alerts(datetime(2024, 1, 1, tzinfo=UTC))
    await desk.judge(MEMBER, alert.id, Verdict.USEFUL)
    kept = await desk.judge(MEMBER, alert.id, Verdict.NOT_A_SHIFT)
    assert store.feedback(alert.id) == (kept,)
    assert (await desk.alert(alert.id)).id == alert.id
    with pytest.raises(InputError, match="no alert"):
        await desk.judge(MEMBER, "nonsense", Verdict.USEFUL)
    with pytest.raises(InputError, match="no alert"):
        await desk.alert("nonsense")


async def test_a_feed_is_tried_before_it_is_added(desk: ChatDesk, store: SqlStore) -> None:
    preview = await desk.find_feed(ADMIN, "https://herald.example/feed")
    added = await desk.add_feed(ADMIN, preview.source)
    assert added.author == "slack:U1"
    assert (await desk.find_feed(ADMIN, "https://herald.example/news", "li.item")).source.selector == "li.item"
    assert [source.key for source, _ in await desk.sources()] == ["herald"]
    with pytest.raises(InputError, match="the running bot does that"):
        await replace(desk, finder=None).find_feed(ADMIN, "https://herald.example")
    assert store.deliveries(NoticeKind.BRIEF, "none") == ()


async def test_a_feed_of_yaml_that_was_removed_is_watched_again_under_its_own_name(
    desk: ChatDesk, store: SqlStore
) -> None:
    store.seed_sources([replace(HERALD, author="yaml")])
    await desk.remove_feed(ADMIN, "herald")
    again = await desk.add_feed(ADMIN, replace(HERALD, key="herald-example-rss", name="herald.example"))
    assert (again.key, again.name) == ("herald", "Herald")
    entry = (await desk.audit("", ""))[0]
    assert (entry.act, entry.about) == (Act.ADD_FEED, "herald https://herald.example/rss")


async def test_who_names_a_key_that_is_taken_is_not_told_the_token_of_its_address(
    desk: ChatDesk, store: SqlStore
) -> None:
    store.seed_sources([replace(HERALD, url="https://herald.example/rss?token=s3cr3t")])
    with pytest.raises(InputError) as refused:
        await desk.add_feed(ADMIN, HERALD)
    assert "s3cr3t" not in str(refused.value)


async def test_stance_and_timeline_are_of_the_track_that_is_asked_for(desk: ChatDesk) -> None:
    brief, timeline = await desk.stance("pact")
    assert timeline.track == "pact"
    assert {standing.track for standing in brief.standings} <= {"pact"}
    assert (await desk.timeline("pact", since=HOUR)).since == NOW - HOUR
    with pytest.raises(InputError, match="no track"):
        await desk.timeline("nonsense")
