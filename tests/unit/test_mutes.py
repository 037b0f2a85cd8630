"""Is what somebody mutes spared, for as long as they said, and then told?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import mutes
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    By,
    Evidence,
    Mute,
    NoticeKind,
    Register,
    Route,
    Severity,
    Tier,
)
from bot.errors import InputError
from bot.mutes import Wish, end_moved, moves
from bot.routing import covers, silencer, until_words
from bot.store import SqlStore
from config import load_storyline

NOW = datetime(2024, 10, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORYLINE = load_storyline()
EVERYWHERE = Mute("m1", "", "", "kim", NOW, NOW + HOUR, track="pact")
HERE = replace(EVERYWHERE, id="m2", platform="slack", channel="C1")


def an_alert(name: str = "a1", **changes: object) -> Alert:
    said = Evidence(
        "e1", "k1", "pact", "russia", "ratified", By.OFFICIAL, "ratified", 0.9, "duma", NOW, NOW,
        "Ratified", "https://paper.example/a", "Paper", "house", Tier.OUTLET, "en",
    )  # fmt: skip
    made = Alert(
        name, 1, AlertState.CONFIRMED, AlertEventKind.POSTED, NOW + HOUR, NOW, "pact", "russia", Register.DEED,
        "signed", "ratified", By.OFFICIAL, Severity.HIGH, (said,),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names any field


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    with store.unit() as unit:
        unit.save_alert(an_alert())
    return store


def wish(**changes: object) -> Wish:
    return replace(Wish("slack", "C1", "slack:U1", track="pact", span=HOUR), **changes)  # type: ignore[arg-type]  # as above


# --- what it keeps away


@pytest.mark.parametrize(
    ("of", "kept"),
    [
        ({"track": "pact"}, True),
        ({"track": "pact", "holder": "russia"}, True),
        ({"track": "", "holder": "russia"}, True),
        ({"track": "pact", "holder": "north-korea"}, False),
        ({"track": "moscow-tech"}, False),
        ({"track": "pact", "holder": "russia", "rung": "ratified", "alert": "a0"}, True),
        ({"track": "pact", "holder": "russia", "rung": "invoked", "alert": "a0"}, False),
        ({"track": "pact", "holder": "russia", "rung": "invoked", "alert": "a1"}, True),
    ],
)
def test_a_mute_covers_what_every_stated_part_fits_and_the_alert_pointed_at(of, kept: bool) -> None:
    assert covers(replace(EVERYWHERE, **of), an_alert()) is kept


def test_a_mute_of_one_channel_holds_there_alone_and_one_of_all_everywhere() -> None:
    assert silencer([HERE], an_alert(), "slack", "C1", NOW) == HERE
    assert silencer([HERE], an_alert(), "discord", "C1", NOW) is None
    assert silencer([EVERYWHERE], an_alert(), "discord", "C1", NOW) == EVERYWHERE


def test_a_mute_ceases_by_itself_at_its_end() -> None:
    assert silencer([HERE], an_alert(), "slack", "C1", NOW + HOUR - timedelta(seconds=1)) == HERE
    assert silencer([HERE], an_alert(), "slack", "C1", NOW + HOUR) is None


def test_of_several_mutes_the_one_that_lasts_longest_counts() -> None:
    longer, open_ended = replace(HERE, id="m3", until=NOW + 2 * HOUR), replace(HERE, id="m4", until=None)
    assert silencer([longer, HERE], an_alert(), "slack", "C1", NOW) == longer
    assert silencer([open_ended, longer, HERE], an_alert(), "slack", "C1", NOW) == open_ended


def test_the_end_is_said_on_the_clock_of_the_channel() -> None:
    assert until_words(HERE, "Asia/Seoul") == "until 18 Oct 2024, 22:00 KST"
    assert until_words(replace(HERE, until=None), "Asia/Seoul") == "until it moves"


# --- until it moves


@pytest.mark.parametrize(
    ("alert", "moved"),
    [
        (an_alert(), True),
        (an_alert(event=AlertEventKind.CONFIRMED), True),
        (an_alert(state=AlertState.DISPUTED, event=AlertEventKind.DISPUTED), True),
        (an_alert(state=AlertState.WITHDRAWN, event=AlertEventKind.WITHDRAWN), True),
        (an_alert(event=AlertEventKind.UPDATED, reason="swing"), True),
        (an_alert(event=AlertEventKind.UPDATED, reason="more-origins"), False),
        (an_alert(state=AlertState.SIGNAL), False),
        (an_alert(state=AlertState.EXPIRED, event=AlertEventKind.EXPIRED), False),
        (an_alert(at=NOW), False),
        (an_alert(track="moscow-tech"), False),
    ],
)
def test_it_has_moved_when_a_register_has_and_not_when_somebody_only_reports_it(alert, moved: bool) -> None:
    assert moves(replace(HERE, until=None), alert) is moved


def test_a_muted_development_has_moved_when_its_holder_takes_another_rung() -> None:
    development = replace(HERE, holder="russia", rung="ratified", alert="a1", until=None)
    assert moves(development, an_alert("a2", to_rung="invoked"))


def test_a_move_ends_the_mutes_that_wait_for_it_and_lets_what_waited_be_told(store) -> None:
    waiting = mutes.mute(store, STORYLINE, wish(span=None), NOW)
    timed = mutes.mute(store, STORYLINE, wish(holder="russia"), NOW)
    with store.unit() as unit:
        unit.enqueue(NoticeKind.ALERT, "a1", 1, [Route("desk", "slack", "C1")], NOW)
    (held,) = store.due_deliveries(NOW, 9)
    store.mark_held(held, NOW + 24 * HOUR, "muted")
    assert store.due_deliveries(NOW, 9) == ()
    with store.unit() as unit:
        end_moved(unit, an_alert("a2", to_rung="invoked"), NOW + HOUR / 2)
    assert waiting.holds(NOW)
    assert mutes.muted(store, NOW + HOUR / 2) == (timed,)
    assert len(store.due_deliveries(NOW + HOUR / 2, 9)) == 1


# --- asking for it


def test_a_mute_says_who_asked_when_and_until_when(store) -> None:
    made = mutes.mute(store, STORYLINE, wish(holder="russia"), NOW)
    assert mutes.muted(store, NOW, "slack", "C1") == (made,)
    assert mutes.muted(store, NOW, "slack", "C2") == ()
    assert (made.author, made.at, made.until, made.holder) == ("slack:U1", NOW, NOW + HOUR, "russia")
    assert mutes.muted(store, NOW + HOUR) == ()


def test_a_development_is_muted_by_its_alert(store) -> None:
    made = mutes.mute(store, STORYLINE, wish(track="", alert="a1"), NOW)
    assert (made.track, made.holder, made.rung, made.alert) == ("pact", "russia", "ratified", "a1")


def test_the_same_muted_again_lasts_as_long_as_was_said_last(store) -> None:
    mutes.mute(store, STORYLINE, wish(span=24 * HOUR), NOW)
    shorter = mutes.mute(store, STORYLINE, wish(), NOW + timedelta(minutes=1))
    assert mutes.muted(store, NOW + HOUR / 2) == (shorter,)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"track": ""}, "name what to mute"),
        ({"track": "peace"}, "no track 'peace'; there are: seoul-arms"),
        ({"holder": "mars"}, "no holder 'mars'"),
        ({"alert": "a9"}, "no alert 'a9'"),
        ({"span": timedelta(seconds=1)}, "from a minute to a year"),
        ({"span": timedelta(days=400)}, "from a minute to a year"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_in_one_line(store, asked, told: str) -> None:
    with pytest.raises(InputError, match=told):
        mutes.mute(store, STORYLINE, wish(**asked), NOW)


@pytest.mark.parametrize("what", ["", "pact", "russia"])
def test_a_mute_is_ended_by_what_it_is_of_and_remembers_by_whom(store, what: str) -> None:
    mutes.mute(store, STORYLINE, wish(holder="russia"), NOW)
    (ended,) = mutes.unmute(store, what, "slack:U2", NOW + HOUR / 2, platform="slack", channel="C1")
    assert (ended.ended, ended.ended_by) == (NOW + HOUR / 2, "slack:U2")
    assert mutes.muted(store, NOW + HOUR / 2) == ()


def test_a_channel_is_told_who_ends_what_is_muted_in_every_channel(store: SqlStore) -> None:
    made = mutes.mute(store, STORYLINE, wish(platform="", channel=""), NOW)
    for what in ("", "pact", made.id):
        with pytest.raises(InputError, match=f"muted in every channel.*stancewatch unmute {made.id}"):
            mutes.unmute(store, what, "slack:U2", NOW, platform="slack", channel="C1")
    assert mutes.muted(store, NOW, "slack", "C1") == (made,)


def test_what_is_not_muted_cannot_be_unmuted(store) -> None:
    with pytest.raises(InputError, match="nothing is muted"):
        mutes.unmute(store, "", "slack:U2", NOW)
    made = mutes.mute(store, STORYLINE, wish(), NOW)
    with pytest.raises(InputError, match=f"by 'moscow-tech'; there is: {made.id}"):
        mutes.unmute(store, "moscow-tech", "slack:U2", NOW)
    with pytest.raises(InputError, match="nothing is muted"):
        mutes.unmute(store, "", "slack:U2", NOW, platform="slack", channel="C2")
