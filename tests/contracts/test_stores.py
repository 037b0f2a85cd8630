"""Does every store keep what bot.ports.Store promises?

Every kind of database that is at hand runs the whole suite: an SQLite file always, PostgreSQL where there is one
(`store_url` in tests/conftest.py).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Article,
    Brief,
    By,
    Delivery,
    DeliveryState,
    DigestMark,
    Evidence,
    Feedback,
    Mute,
    NoticeKind,
    PollState,
    Position,
    Reading,
    ReadResult,
    Register,
    Route,
    Severity,
    Source,
    Standing,
    Tier,
    Trouble,
    Verdict,
)
from bot.errors import InputError, StoreError
from bot.ports import Store
from bot.store import open_store

NOON = datetime(2024, 10, 18, 12, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = "wire:1"


@pytest.fixture
def url(store_url: str) -> str:
    return store_url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


def an_article(key: str = KEY, address: str = "https://paper.example/a?id=1", **changes: object) -> Article:
    article = Article(
        key=key,
        source="wire",
        url=f"{address}&utm_source=feed",
        canonical_url=address,
        content_hash="h",
        title="North Korea sends troops",
        text="Spies in Seoul say so: 북한군 파병",
        language="en",
        published=NOON - HOUR,
        seen=NOON,
        publisher="Paper",
        origin_group="house",
        tier=Tier.OUTLET,
    )
    return replace(article, **changes)  # type: ignore[arg-type]  # a test names any field


def a_result(*, relevant: bool = True) -> ReadResult:
    reading = Reading("pyongyang-war", "north-korea", "deploying", By.REPORTED, "sends troops", 0.9, "nis", ("s", "e"))
    doubtful = replace(reading, rung="feared", confidence=0.2)
    return ReadResult(KEY, relevant, "passed: north-korea + troops", "en", (reading,), (doubtful,))


def some_evidence(name: str = "e1", article: str = KEY, **changes: object) -> Evidence:
    evidence = Evidence(
        id=name,
        article=article,
        track="pyongyang-war",
        holder="north-korea",
        rung="deploying",
        by=By.REPORTED,
        quote="sends troops",
        confidence=0.9,
        origin="nis",
        dated=NOON - HOUR,
        seen=NOON,
        title="North Korea sends troops",
        url="https://paper.example/a?id=1",
        publisher="Paper",
        origin_group="house",
        tier=Tier.OUTLET,
        language="en",
        fingerprint=(1, 2**64 - 1),
    )
    return replace(evidence, **changes)  # type: ignore[arg-type]  # a test names any field


def an_alert(name: str = "a1", version: int = 1, **changes: object) -> Alert:
    alert = Alert(
        id=name,
        version=version,
        state=AlertState.SIGNAL,
        event=AlertEventKind.POSTED,
        at=NOON,
        posted=NOON,
        track="pyongyang-war",
        holder="north-korea",
        register=Register.DEED,
        from_rung="arming",
        to_rung="deploying",
        by=By.REPORTED,
        severity=Severity.HIGH,
        evidence=(some_evidence(),),
        previous=Position("arming", NOON - 24 * HOUR, (), "shells by rail"),
        reason="one origin",
    )
    return replace(alert, **changes)  # type: ignore[arg-type]  # a test names any field


def a_source(key: str, **changes: object) -> Source:
    source = Source(key, key.title(), f"https://{key}.example/feed", "rss", "en", "Paper", "house", Tier.OUTLET)
    return replace(source, **changes)  # type: ignore[arg-type]  # a test names any field


def a_route(channel: str = "c1", **changes: object) -> Route:
    return replace(Route("desk", "discord", channel, mention="@desk"), **changes)  # type: ignore[arg-type]  # as above


def ask(store: Store, alert: Alert, *routes: Route, due: datetime = NOON) -> None:
    with store.unit() as unit:
        unit.save_alert(alert)
        unit.enqueue(NoticeKind.ALERT, alert.id, alert.version, routes, due)


def only(store: Store, name: str = "a1") -> Delivery:
    (delivery,) = store.deliveries(NoticeKind.ALERT, name)
    return delivery


# --- units


def test_unit_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit() as unit:  # noqa: PT012 - the block is the subject
        unit.add_article(an_article(), a_result(), [some_evidence()])
        unit.save_alert(an_alert())
        unit.enqueue(NoticeKind.ALERT, "a1", 1, [a_route()], NOON)
        raise ZeroDivisionError
    assert set(store.counts().values()) == {0}


def test_units_of_several_threads_take_turns(store: Store) -> None:
    def grow(_: int) -> None:
        with store.unit() as unit:
            versions = [alert.version for alert in unit.alerts()]
            unit.save_alert(an_alert(version=max(versions, default=0) + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(grow, range(40)))
    assert [alert.version for alert in store.alert_history("a1")] == list(range(1, 41))


def test_everything_survives_closing_and_opening_again(url: str) -> None:
    store = open_store(url)
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [some_evidence()])
    ask(store, an_alert(), a_route())
    before = store.counts()
    store.close()
    again = open_store(url)
    assert again.counts() == before
    assert again.notice(NoticeKind.ALERT, "a1") == an_alert()
    again.close()


def test_counts_name_what_there_is(store: Store) -> None:
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [some_evidence()])
        unit.save_brief(Brief("b1", NOON, NOON - HOUR, ()))
    store.seed_sources([a_source("wire")])
    ask(store, an_alert(), a_route("c1"), a_route("c2"))
    store.mark_failed(store.deliveries(NoticeKind.ALERT, "a1")[0], "gone")
    assert store.counts() == {
        "sources": 1,
        "articles": 1,
        "evidence": 1,
        "alerts": 1,
        "briefs": 1,
        "deliveries_pending": 1,
        "deliveries_sent": 0,
        "deliveries_failed": 1,
    }


@pytest.mark.parametrize("result", [a_result(), replace(a_result(), gate="half \ud800")])
def test_half_a_character_is_refused_and_leaves_nothing(store: Store, result: ReadResult) -> None:
    title = "half \ud800" if result == a_result() else "whole"
    with pytest.raises(InputError, match="no Unicode"), store.unit() as unit:  # noqa: PT012 - the block is the subject
        unit.add_article(an_article(), a_result(), [])
        unit.add_article(an_article("wire:2", title=title), result, [])
    assert store.counts()["articles"] == 0


# --- articles and evidence


def test_article_comes_back_equal_with_all_that_was_read_in_it(store: Store) -> None:
    undated = an_article("wire:2", "https://paper.example/b", published=None)
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [some_evidence()])
        unit.add_article(undated, ReadResult("wire:2", False, "no holder", "en"), [])
    assert store.article(KEY) == (an_article(), a_result())
    assert store.article("wire:2") == (undated, ReadResult("wire:2", False, "no holder", "en"))


@pytest.mark.parametrize(
    "address",
    [
        "https://paper.example/a?id=1",
        "https://paper.example/a?id=1&utm_source=feed",
        "http://PAPER.example/a/?id=1#part",
        "paper.example/a?id=1",
    ],
)
def test_article_is_found_by_any_form_of_its_address(store: Store, address: str) -> None:
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [])
    found = store.article(address)
    assert found is not None
    assert found[0].key == KEY


@pytest.mark.parametrize("unknown", ["", "wire:9", "https://paper.example/other", "https://", "seoul arms"])
def test_unknown_article_is_none(store: Store, unknown: str) -> None:
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [])
        unit.add_article(an_article("wire:3", canonical_url=""), a_result(), [])
    assert store.article(unknown) is None


def test_of_several_articles_at_one_address_the_relevant_one_is_found(store: Store) -> None:
    with store.unit() as unit:
        unit.add_article(an_article("a", seen=NOON - HOUR, published=None), a_result(relevant=False), [])
        unit.add_article(an_article("b"), a_result(), [])
    found = store.article("https://paper.example/a?id=1")
    assert found is not None
    assert found[0].key == "b"


def test_article_stored_again_stays_as_it_is(store: Store) -> None:
    for title, evidence in (("first", some_evidence("e1")), ("second", some_evidence("e2"))):
        with store.unit() as unit:
            unit.add_article(an_article(title=title), a_result(), [evidence])
    found = store.article(KEY)
    assert found is not None
    assert found[0].title == "first"
    assert store.counts()["evidence"] == 1


def unread(count: int, **changes: object) -> list[tuple[Article, ReadResult]]:
    keys = [f"bulk:{n}" for n in range(count)]
    return [(an_article(key, **changes), ReadResult(key, False, "no holder", "en")) for key in keys]


@pytest.mark.parametrize("count", [0, 1, 50, 51, 130])
def test_articles_stored_in_one_go_are_all_there_and_those_of_before_stay_as_they_were(
    store: Store, count: int
) -> None:
    with store.unit() as unit:
        unit.add_article(an_article("bulk:7", title="of before"), a_result(), [some_evidence(article="bulk:7")])
    brought = unread(count, title="of now")
    with store.unit() as unit:
        unit.add_articles(brought)
        unit.add_articles(brought[:3])  # twice in one transaction
    found = {key: store.article(key) for key in {"bulk:7", *(article.key for article, _ in brought)}}
    before = found.pop("bulk:7")
    assert before is not None
    assert (before[0].title, before[1]) == ("of before", a_result())
    assert found == {article.key: (article, result) for article, result in brought if article.key != "bulk:7"}
    assert store.counts() == store.counts() | {"articles": len(found) + 1, "evidence": 1}


def test_articles_stored_in_one_go_count_as_what_they_are(store: Store) -> None:
    pairs = unread(3, source="wire", published=None)
    passed = [(article, replace(result, relevant=True)) for article, result in pairs[:1]]
    with store.unit() as unit:
        unit.add_articles(passed + pairs[1:])
    assert store.source_counts(pairs[0][0].seen)["wire"] == (3, 1, 0)
    assert store.article("bulk:0") == passed[0]


def test_one_article_that_lacks_something_leaves_none_of_those_stored_with_it(store: Store) -> None:
    brought = unread(60)
    brought[55] = (replace(brought[55][0], title=None), brought[55][1])  # type: ignore[arg-type]  # what no code may do
    with pytest.raises(StoreError), store.unit() as unit:  # noqa: PT012 - the block is the subject
        unit.add_article(an_article(), a_result(), [])
        unit.add_articles(brought)
    assert store.counts()["articles"] == 0


def test_known_keys_and_addresses_are_told_from_new_ones(store: Store) -> None:
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [])
        unit.add_article(an_article("wire:3", canonical_url=""), a_result(), [])
    many = [f"new:{n}" for n in range(1200)]
    with store.unit() as unit:
        assert [a.key for a in unit.known([*many, KEY, KEY], [], [])] == [KEY]
        assert unit.known([], [], []) == ()
        (found,) = unit.known([], ["", "https://paper.example/a?id=1", "https://x.example/"], [])
        assert found == an_article()
        assert {a.key for a in unit.known([], [], ["x", an_article().content_hash])} == {KEY, "wire:3"}


def test_of_one_address_the_feeds_own_article_is_found_before_that_of_a_search(store: Store) -> None:
    address = "https://paper.example/a?id=1"
    with store.unit() as unit:
        unit.add_article(an_article("search:1", address, tier=Tier.SEARCH), a_result(), [])
        unit.add_article(an_article(KEY, address, seen=NOON + HOUR), a_result(), [])
        assert [a.key for a in unit.known([], [address], [])] == ["search:1", KEY]
    found = store.article(address)
    assert found is not None
    assert found[0].key == KEY


def test_an_edited_article_has_its_newer_words_and_evidence(store: Store) -> None:
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [some_evidence("e1"), some_evidence("e2")])
    edited = an_article(title="another", edits=1)
    with store.unit() as unit:
        unit.replace_article(edited, a_result(relevant=False), [some_evidence("e2", quote="now"), some_evidence("e3")])
    with store.unit() as unit:
        assert [(e.id, e.quote) for e in unit.article_evidence(KEY)] == [
            ("e2", "now"),
            ("e3", some_evidence("e3").quote),
        ]
    found = store.article(KEY)
    assert found is not None
    assert (found[0], found[1].relevant) == (edited, False)


def test_the_first_opening_of_a_ledger_is_kept(store: Store) -> None:
    first, later = Standing("pact", "russia"), Standing("pact", "russia", baseline="signed")
    with store.unit() as unit:
        assert unit.first_opening("pact", "russia") is None
        unit.save_opening(first, NOON)
        unit.save_opening(later, NOON + HOUR)
        assert unit.first_opening("pact", "russia") == (first, NOON)
        assert unit.opening("pact", "russia") == (later, NOON + HOUR)
    assert store.first_opening("pact", "russia") == (first, NOON)


def test_articles_in_which_a_position_was_read_come_by_time_seen(store: Store) -> None:
    result = replace(a_result(), readings=(Reading("pact", "russia", "signed", By.OFFICIAL, "Signed.", 0.9),))
    doubtful = replace(result, readings=(), doubtful=result.readings)
    with store.unit() as unit:
        unit.add_article(an_article("b", seen=NOON + HOUR), result, [])
        unit.add_article(an_article("a", seen=NOON), doubtful, [])
        unit.add_article(an_article("c", seen=NOON), replace(result, readings=(), doubtful=()), [])
        unit.add_article(an_article("d", seen=NOON - HOUR), result, [])
    assert [(article.key, read) for article, read in store.positions(NOON)] == [("a", doubtful), ("b", result)]


def test_evidence_of_a_ledger_comes_by_date_and_only_since_then(store: Store) -> None:
    old = some_evidence("old", dated=NOON - 9 * HOUR, seen=NOON - 9 * HOUR)
    late = some_evidence("late", dated=NOON - 8 * HOUR, seen=NOON)
    b = some_evidence("b", dated=NOON - HOUR)
    a = some_evidence("a", dated=NOON - HOUR)
    other = some_evidence("other", holder="russia")
    with store.unit() as unit:
        unit.add_article(an_article(), a_result(), [b, old, other, late, a])
        assert unit.evidence("pyongyang-war", "north-korea", NOON - 5 * HOUR) == (late, a, b)
        assert unit.evidence("pyongyang-war", "north-korea", datetime.min.replace(tzinfo=UTC)) == (old, late, a, b)
        assert unit.evidence("pact", "north-korea", NOON - 5 * HOUR) == ()


# --- troubles


def test_channel_in_trouble_is_found_until_it_works_again(store: Store) -> None:
    closed = Trouble("t1", "slack", "C1", "desk", "the bot is not in the channel", NOON)
    over = replace(closed, resumed=NOON + HOUR, version=2)
    with store.unit() as unit:
        assert unit.open_trouble("slack", "C1") is None
        unit.save_trouble(closed)
        assert unit.open_trouble("slack", "C1") == closed
    assert store.open_trouble("slack", "C1") == closed
    assert store.open_trouble("discord", "C1") is None
    with store.unit() as unit:
        unit.save_trouble(over)
    assert store.open_trouble("slack", "C1") is None
    assert store.notice(NoticeKind.TROUBLE, "t1") == over


def test_older_version_of_a_trouble_changes_nothing(store: Store) -> None:
    over = Trouble("t1", "slack", "C1", "desk", "closed", NOON, NOON + HOUR, version=2)
    with store.unit() as unit:
        unit.save_trouble(over)
        unit.save_trouble(replace(over, resumed=None, version=1))
    assert store.notice(NoticeKind.TROUBLE, "t1") == over
    with pytest.raises(KeyError, match="no trouble 't2'"):
        store.notice(NoticeKind.TROUBLE, "t2")


# --- ledgers


def test_standing_and_opening_are_replaced(store: Store) -> None:
    word = Position("feared", NOON, (some_evidence(),))
    first = Standing("pyongyang-war", "north-korea", deed=Position("arming", NOON, (), "note"), baseline="feared")
    second = replace(first, word=word, last_word=word)
    with store.unit() as unit:
        assert unit.opening("pyongyang-war", "north-korea") is None
        for standing in (first, second):
            unit.save_standing(standing)
            unit.save_opening(standing, NOON)
        assert unit.opening("pyongyang-war", "north-korea") == (second, NOON)
    assert store.standings() == (second,)


# --- alerts and briefs


def test_alert_keeps_every_version_and_shows_the_last(store: Store) -> None:
    first = an_alert()
    second = an_alert(version=2, state=AlertState.CONFIRMED, event=AlertEventKind.CONFIRMED, at=NOON + HOUR)
    with store.unit() as unit:
        unit.save_alert(first)
        unit.save_alert(second)
    assert store.notice(NoticeKind.ALERT, "a1") == second
    assert store.alert_history("a1") == (first, second)
    assert store.alert_history("unknown") == ()


@pytest.mark.parametrize("version", [1, 2])
def test_version_that_is_not_newer_changes_nothing(store: Store, version: int) -> None:
    with store.unit() as unit:
        unit.save_alert(an_alert(version=2))
        unit.save_alert(an_alert(version=version, state=AlertState.WITHDRAWN))
    assert store.alert_history("a1") == (an_alert(version=2),)
    assert store.notice(NoticeKind.ALERT, "a1") == an_alert(version=2)


def test_alerts_are_found_by_ledger_and_time(store: Store) -> None:
    early = an_alert("early", posted=NOON - HOUR, at=NOON + HOUR)
    late = an_alert("late", posted=NOON, at=NOON)
    russian = an_alert("russian", holder="russia", posted=NOON - 2 * HOUR, at=NOON - 2 * HOUR)
    with store.unit() as unit:
        for alert in (late, early, russian):
            unit.save_alert(alert)
        assert unit.alerts() == (russian, early, late)
        assert unit.alerts("pyongyang-war", "north-korea") == (early, late)
        assert unit.alerts(since=NOON + HOUR) == (early,)
        assert unit.alerts(holder="nobody") == ()
        assert unit.alerted(NOON) == {("pyongyang-war", "north-korea")}
        assert unit.alerted(NOON - 3 * HOUR) == {("pyongyang-war", "north-korea"), (russian.track, "russia")}
    assert store.alerts(NOON) == (early, late)


def test_alerts_of_an_article_are_those_it_carries_or_contradicts(store: Store) -> None:
    carried = an_alert("carried", evidence=(some_evidence("e1", "x"), some_evidence("e2", "y")))
    denied = an_alert("denied", against=(some_evidence("e3", "x"),), posted=NOON + HOUR)
    with store.unit() as unit:
        unit.save_alert(carried)
        unit.save_alert(denied)
    assert store.article_alerts("x") == (carried, denied)
    assert store.article_alerts("y") == (carried,)
    assert store.article_alerts("z") == ()


def test_brief_comes_back_equal(store: Store) -> None:
    brief = Brief("b1", NOON, NOON - HOUR, (Standing("pact", "russia"),), (an_alert(),), sources=3, catch_up=True)
    with store.unit() as unit:
        unit.save_brief(brief)
        unit.save_brief(replace(brief, sources=9))
    assert store.notice(NoticeKind.BRIEF, "b1") == brief


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_unknown_notice_is_a_key_error(store: Store, kind: NoticeKind) -> None:
    with pytest.raises(KeyError, match="nothing-like-it"):
        store.notice(kind, "nothing-like-it")


# --- outbox


def test_channel_reached_by_two_routes_is_asked_once(store: Store) -> None:
    ask(store, an_alert(), a_route(), a_route(name="again", mention="@other"), a_route("c2"))
    first, second = store.deliveries(NoticeKind.ALERT, "a1")
    assert (first.channel, first.route, first.mention) == ("c1", "desk", "@desk")
    assert second.channel == "c2"
    assert (first.state, first.wanted, first.sent, first.ref) == (DeliveryState.PENDING, 1, 0, "")


def test_newer_version_makes_a_sent_delivery_pending_again(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_sent([(only(store), 1)], "m7", NOON)
    assert only(store).state is DeliveryState.SENT
    assert store.due_deliveries(NOON, 10) == ()
    ask(store, an_alert(version=2), a_route(), due=NOON + HOUR)
    assert store.due_deliveries(NOON, 10) == ()
    (due,) = store.due_deliveries(NOON + HOUR, 10)
    assert (due.wanted, due.sent, due.ref) == (2, 1, "m7")


def test_channel_that_a_route_no_longer_names_is_kept_right(store: Store) -> None:
    ask(store, an_alert(), a_route())
    ask(store, an_alert(version=2))
    assert only(store).wanted == 2


def test_version_asked_for_again_changes_nothing(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_sent([(only(store), 1)], "m7", NOON)
    before = only(store)
    ask(store, an_alert(), a_route())
    assert only(store) == before


def test_version_decided_while_an_older_one_was_sent_stays_pending(store: Store) -> None:
    ask(store, an_alert(), a_route())
    under_way = only(store)
    ask(store, an_alert(version=2), a_route())
    store.mark_sent([(under_way, 1)], "m7", NOON)
    (due,) = store.due_deliveries(NOON, 10)
    assert (due.state, due.sent, due.wanted, due.ref) == (DeliveryState.PENDING, 1, 2, "m7")


def test_version_decided_while_an_older_one_failed_for_good_stays_pending(store: Store) -> None:
    ask(store, an_alert(), a_route())
    under_way = only(store)
    ask(store, an_alert(version=2), a_route())
    store.mark_failed(under_way, "too long")
    assert only(store).state is DeliveryState.PENDING


def test_failed_delivery_is_tried_again_for_a_newer_version_only(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_failed(only(store), "channel gone")
    assert (only(store).state, only(store).error) == (DeliveryState.FAILED, "channel gone")
    ask(store, an_alert(), a_route())
    assert store.due_deliveries(NOON, 10) == ()
    ask(store, an_alert(version=2), a_route())
    assert [d.wanted for d in store.due_deliveries(NOON, 10)] == [2]


def test_needless_version_is_settled_with_its_reason_and_nothing_counts_as_shown(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_needless(only(store), 1, "over before it could be told")
    settled = only(store)
    assert (settled.state, settled.sent, settled.ref) == (DeliveryState.SENT, 0, "")
    assert settled.error == "over before it could be told"


def test_what_needed_no_post_is_no_trouble_of_its_channel_when_a_newer_version_waits(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_needless(only(store), 1, "its route was removed while it waited")
    ask(store, an_alert(version=2), a_route())
    store.mark_held(only(store), NOON + HOUR, "quiet hours")
    assert store.paused() == ()
    store.mark_retry(only(store), NOON + HOUR, "500", hold=False)
    assert [channel.error for channel in store.paused()] == ["500"]


def test_what_waits_anew_after_failed_tries_is_no_trouble_of_its_channel(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_retry(only(store), NOON, "500", hold=False)
    store.mark_held(only(store), NOON + HOUR, "quiet hours")
    assert [channel.error for channel in store.paused()] == ["500"]
    store.mark_held(only(store), NOON + 2 * HOUR, "overtaken", anew=True)
    assert store.paused() == ()
    assert (only(store).attempts, only(store).held) == (0, "overtaken")


def test_retry_waits_and_counts(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_retry(only(store), NOON + HOUR, "500", hold=False)
    assert store.due_deliveries(NOON, 10) == ()
    (due,) = store.due_deliveries(NOON + HOUR, 10)
    assert (due.attempts, due.error) == (1, "500")
    store.mark_sent([(due, 1)], "m7", NOON)
    assert (only(store).attempts, only(store).error) == (0, "")


def test_held_channel_rests_for_new_deliveries_too_and_no_other_channel_does(store: Store) -> None:
    ask(store, an_alert("a1"), a_route("c1"))
    store.mark_retry(only(store), NOON + HOUR, "429", hold=True)
    ask(store, an_alert("a2"), a_route("c1"), a_route("c2"))
    ask(store, an_alert("a3"), a_route("c1", platform="slack"))
    assert [(d.subject, d.platform, d.channel) for d in store.due_deliveries(NOON, 10)] == [
        ("a2", "discord", "c2"),
        ("a3", "slack", "c1"),
    ]
    after = store.due_deliveries(NOON + HOUR, 10)
    assert [d.subject for d in after if (d.platform, d.channel) == ("discord", "c1")] == ["a1", "a2"]


def test_newer_version_does_not_shorten_a_wait(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_retry(only(store), NOON + HOUR, "429", hold=False)
    ask(store, an_alert(version=2), a_route())
    assert only(store).due == NOON + HOUR


def test_full_channel_does_not_crowd_out_another(store: Store) -> None:
    for n in range(5):
        ask(store, an_alert(f"n{n}"), a_route("full"))
    ask(store, an_alert("last"), a_route("quiet"))
    assert {d.channel for d in store.due_deliveries(NOON, 2)} == {"full", "quiet"}
    full = [d.subject for d in store.due_deliveries(NOON, 10) if d.channel == "full"]
    assert full == ["n0", "n1", "n2", "n3", "n4"]


def test_one_message_shows_several_alerts_and_is_found_by_each_of_them(store: Store) -> None:
    for name in ("a1", "a2", "a3"):
        ask(store, an_alert(name), a_route())
    first, second, third = only(store, "a1"), only(store, "a2"), only(store, "a3")
    store.mark_sent([(first, 1), (third, 1)], "m7", NOON)
    store.mark_sent([(first, 1), (third, 1), (second, 1)], "m7", NOON + HOUR)
    shown = store.message(only(store, "a3"))
    assert [(d.subject, d.posted) for d in shown] == [("a1", NOON), ("a3", NOON), ("a2", NOON + HOUR)]
    assert store.due_deliveries(NOON, 10) == ()


def test_last_message_of_a_channel_is_that_which_took_an_alert_last_and_not_before(store: Store) -> None:
    assert store.last_message("discord", "c1", NOON) == ()
    for name, ref, at in (("a1", "m1", NOON), ("a2", "m2", NOON + HOUR)):
        ask(store, an_alert(name), a_route("c1"), a_route("c2"))
        store.mark_sent([(store.deliveries(NoticeKind.ALERT, name)[0], 1)], ref, at)
    assert [d.subject for d in store.last_message("discord", "c1", NOON)] == ["a2"]
    assert store.last_message("discord", "c1", NOON + 2 * HOUR) == ()
    assert store.last_message("discord", "c2", NOON) == ()


def test_a_brief_is_no_message_of_alerts(store: Store) -> None:
    with store.unit() as unit:
        unit.save_brief(Brief("b1", NOON, NOON, ()))
        unit.enqueue(NoticeKind.BRIEF, "b1", 1, [a_route()], NOON)
    store.mark_sent([(store.deliveries(NoticeKind.BRIEF, "b1")[0], 1)], "m1", NOON)
    assert store.last_message("discord", "c1", NOON) == ()


def test_the_briefs_that_a_channel_was_told_or_is_about_to_be_are_those_made_since_then(store: Store) -> None:
    made = [("old", NOON - HOUR), ("sent", NOON), ("pending", NOON + HOUR), ("needless", NOON + 2 * HOUR)]
    briefs = {name: Brief(name, as_of, NOON - HOUR, ()) for name, as_of in made}
    with store.unit() as unit:
        for name, brief in briefs.items():
            unit.save_brief(brief)
            unit.enqueue(NoticeKind.BRIEF, name, 1, [a_route("c1")], NOON)
        unit.save_brief(replace(briefs["sent"], id="elsewhere"))
        unit.enqueue(NoticeKind.BRIEF, "elsewhere", 1, [a_route("c2")], NOON)
    store.mark_sent([(store.deliveries(NoticeKind.BRIEF, "sent")[0], 1)], "m1", NOON)
    store.mark_needless(store.deliveries(NoticeKind.BRIEF, "needless")[0], 1, "its route was removed")
    assert store.doubts.briefs_told("discord", "c1", NOON) == (briefs["sent"], briefs["pending"])


def test_held_delivery_says_why_and_is_due_at_its_time(store: Store) -> None:
    ask(store, an_alert(), a_route())
    store.mark_held(only(store), NOON + HOUR, "quiet hours")
    assert (only(store).held, store.due_deliveries(NOON, 10)) == ("quiet hours", ())
    (due,) = store.due_deliveries(NOON + HOUR, 10)
    store.mark_sent([(due, 1)], "m7", NOON + HOUR)
    assert only(store).held == ""


def test_hold_that_comes_after_a_newer_version_or_a_release_changes_nothing(store: Store) -> None:
    ask(store, an_alert(), a_route())
    looked_at = only(store)
    ask(store, an_alert(version=2), a_route())
    store.mark_held(looked_at, NOON + HOUR, "muted")
    assert [d.held for d in store.due_deliveries(NOON, 10)] == [""]
    looked_at = only(store)
    with store.unit() as unit:
        unit.release("discord", "c1", NOON - HOUR)
    store.mark_held(looked_at, NOON + HOUR, "muted")
    assert [d.held for d in store.due_deliveries(NOON, 10)] == [""]


def test_release_lets_what_is_not_shown_in_a_channel_be_looked_at_again(store: Store) -> None:
    ask(store, an_alert("a1"), a_route("c1"), a_route("c2"))
    ask(store, an_alert("failing"), a_route("c1"))
    for delivery in store.deliveries(NoticeKind.ALERT, "a1"):
        store.mark_held(delivery, NOON + 9 * HOUR, "muted")
    store.mark_retry(only(store, "failing"), NOON + HOUR, "500", hold=False)
    with store.unit() as unit:
        unit.release("discord", "c1", NOON)
    assert [(d.subject, d.channel) for d in store.due_deliveries(NOON, 10)] == [("a1", "c1")]
    with store.unit() as unit:
        unit.release("", "", NOON)
    assert len(store.due_deliveries(NOON, 10)) == 2


def test_what_is_not_shown_yet_is_shown_as_its_route_has_it_now(store: Store) -> None:
    ask(store, an_alert(), a_route(mention=""))
    ask(store, an_alert(version=2), a_route(language="ko"))
    assert (only(store).mention, only(store).language) == ("@desk", "ko")
    store.mark_sent([(only(store), 2)], "m7", NOON)
    ask(store, an_alert(version=3), a_route(mention="@other"))
    assert (only(store).mention, only(store).language) == ("@desk", "ko")


# --- people


def a_mute(name: str = "m1", **changes: object) -> Mute:
    return replace(Mute(name, "slack", "C1", "kim", NOON, NOON + HOUR, track="pact"), **changes)  # type: ignore[arg-type]  # as above


def test_mutes_hold_until_their_end_or_until_they_are_ended(store: Store) -> None:
    with store.unit() as unit:
        unit.save_mute(a_mute("short"))
        unit.save_mute(a_mute("open", until=None, at=NOON - HOUR))
        assert [mute.id for mute in unit.mutes(NOON)] == ["open", "short"]
    assert store.mutes(NOON) == (a_mute("open", until=None, at=NOON - HOUR), a_mute("short"))
    assert [mute.id for mute in store.mutes(NOON + HOUR)] == ["open"]
    with store.unit() as unit:
        unit.save_mute(a_mute("open", until=None, ended=NOON, ended_by="lee"))
    assert [mute.id for mute in store.mutes(NOON)] == ["short"]


def test_how_far_digests_have_come_is_replaced_by_route(store: Store) -> None:
    first = DigestMark("desk", "09:00 daily UTC", NOON, NOON - HOUR)
    with store.unit() as unit:
        unit.save_digest(first)
        unit.save_digest(replace(first, route="chiefs"))
        unit.save_digest(replace(first, slot=NOON + HOUR, since=NOON))
    assert store.digests() == (replace(first, route="chiefs"), replace(first, slot=NOON + HOUR, since=NOON))


def test_last_verdict_of_each_person_holds_and_the_others_are_history(store: Store) -> None:
    ask(store, an_alert("a1"))
    ask(store, an_alert("a2"))
    useful = Feedback("a1", "kim", NOON, Verdict.USEFUL)
    wrong = Feedback("a1", "kim", NOON + HOUR, Verdict.WRONG_RUNG, "arming", "no troops")
    others = replace(useful, person="lee"), replace(useful, alert="a2")
    with store.unit() as unit:
        for given in (useful, wrong, *others):
            unit.save_feedback(given)
    assert set(store.feedback()) == {wrong, *others}
    assert store.feedback("a1") == (others[0], wrong)
    assert store.feedback_history("a1", "kim") == (useful, wrong)
    assert store.feedback("a9") == ()


# --- sources


def test_seeded_sources_are_due_at_once_and_keep_their_state_when_seeded_again(store: Store) -> None:
    store.seed_sources([a_source("wire"), a_source("house")])
    assert {source.key for source, _ in store.due_sources(NOON, 10)} == {"wire", "house"}
    state = PollState(NOON + HOUR, 'W/"x"', "Fri", "hash", True, 0, NOON, NOON)
    with store.unit() as unit:
        unit.save_polls({"wire": state})
    store.seed_sources([a_source("wire", name="Renamed")])
    assert store.sources() == ((a_source("wire", name="Renamed"), state),)


def test_seeded_source_with_another_address_starts_afresh(store: Store) -> None:
    store.seed_sources([a_source("wire")])
    with store.unit() as unit:
        unit.save_polls({"wire": PollState(NOON + HOUR, "tag", baselined=True, moved_to="https://old.example")})
    store.seed_sources([a_source("wire", url="https://new.example/feed")])
    ((_, state),) = store.due_sources(NOON, 10)
    assert (state.etag, state.baselined, state.moved_to) == ("", False, "")


def test_what_yaml_has_read_otherwise_now_is_asked_for_whole_and_at_once(store: Store) -> None:
    store.seed_sources([a_source("board", kind="page"), a_source("wire")])
    known = PollState(NOON, etag='"1"', last_modified="Mon", body_hash="x", baselined=True, failures=4, last_error="no")
    with store.unit() as unit:
        unit.save_polls({"board": known, "wire": known})
    store.seed_sources([a_source("board", kind="page", selector="table.board tr"), a_source("wire")])
    states = {source.key: state for source, state in store.sources()}
    assert states["wire"] == known
    assert states["board"] == PollState(states["board"].next_due, baselined=True)
    assert [source.key for source, _ in store.due_sources(NOON - HOUR, 9)] == ["board"]


def test_due_sources_leave_out_the_later_the_gone_and_the_disabled(store: Store) -> None:
    store.seed_sources([a_source(k) for k in ("late", "first", "second", "gone")] + [a_source("off", enabled=False)])
    with store.unit() as unit:
        unit.save_polls({"late": PollState(NOON + HOUR)})
        unit.save_polls({"second": PollState(NOON)})
        unit.save_polls({"first": PollState(NOON - HOUR)})
        unit.save_polls({"gone": PollState(NOON - HOUR, gone=True)})
        unit.save_polls({"removed meanwhile": PollState(NOON)})
    assert [source.key for source, _ in store.due_sources(NOON, 10)] == ["first", "second"]
    assert [source.key for source, _ in store.due_sources(NOON, 1)] == ["first"]
    assert len(store.sources()) == 5


def test_source_of_a_person_outlives_seeding_until_yaml_names_it(store: Store) -> None:
    store.add_source(a_source("mine", author="kim"))
    store.add_source(a_source("other", author="kim"))
    store.seed_sources([a_source("wire")])
    assert [source.key for source, _ in store.sources()] == ["mine", "other", "wire"]
    store.seed_sources([a_source("mine"), a_source("wire", url="https://other.example/feed")])
    assert [(source.key, source.author) for source, _ in store.sources()] == [("mine", "yaml"), ("wire", "yaml")]


@pytest.mark.parametrize(
    "twin", [a_source("wire", url="https://else.example/"), a_source("else", url=a_source("wire").url)]
)
def test_source_with_a_known_key_or_address_is_refused(store: Store, twin: Source) -> None:
    store.seed_sources([a_source("wire")])
    with pytest.raises(InputError, match="wire"):
        store.add_source(twin)


def test_source_of_a_person_is_removed_and_one_of_yaml_stays_disabled(store: Store) -> None:
    store.seed_sources([a_source("wire")])
    store.add_source(a_source("mine", author="kim"))
    store.remove_source("mine", "lee")
    store.remove_source("wire", "lee")
    store.seed_sources([a_source("wire")])
    assert [(source.key, source.enabled) for source, _ in store.sources()] == [("wire", False)]
    assert store.due_sources(NOON, 10) == ()
    store.add_source(a_source("wire", author="kim"))
    assert [source.key for source, _ in store.due_sources(NOON, 10)] == ["wire"]


def test_source_that_was_gone_is_tried_again_when_a_person_adds_it_anew(store: Store) -> None:
    store.seed_sources([a_source("wire")])
    with store.unit() as unit:
        unit.save_polls({"wire": PollState(NOON + 9 * HOUR, baselined=True, failures=7, gone=True, last_error="410")})
    store.remove_source("wire", "lee")
    store.add_source(a_source("wire", author="kim"))
    ((_, state),) = store.due_sources(NOON, 10)
    assert state.last_error == ""
    assert (state.gone, state.failures, state.baselined) == (False, 0, True)


def test_source_that_is_not_there_cannot_be_removed(store: Store) -> None:
    store.seed_sources([a_source("wire")])
    store.remove_source("wire", "lee")
    for key in ("nothing", "wire"):
        with pytest.raises(InputError, match=key):
            store.remove_source(key, "lee")


# --- one bot


def test_second_bot_on_one_database_is_refused_until_the_first_closes(url: str) -> None:
    first, second = open_store(url), open_store(url)
    first.claim()
    first.claim()
    with pytest.raises(StoreError, match="another bot"):
        second.claim()
    assert second.standings() == ()
    first.close()
    second.claim()
    second.close()
