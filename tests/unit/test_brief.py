"""Where does everybody stand now, and what has moved?"""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.brief import Scope, brief_json, compose, make_brief, silent_sources
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    PollState,
    Position,
    Source,
    Standing,
    Storyline,
    Tier,
)
from bot.store import open_store
from handlers.samples import samples

NOW = datetime(2024, 10, 24, 9, 0, tzinfo=UTC)
WEEK = Scope(NOW - timedelta(days=7))


def _source(name: str, **changes: Any) -> Source:
    source = Source(name, name, f"https://{name}.example.org/feed", "rss", "en", name, name, Tier.OUTLET)
    return replace(source, **changes)


def _polled(ago: timedelta | None, **changes: Any) -> PollState:
    polled = NOW - ago if ago is not None else None
    return replace(PollState(polled or NOW), last_success=polled, **changes)


def _alert(storyline: Storyline, name: str, **changes: Any) -> Alert:
    alert = samples(storyline)[name]
    assert isinstance(alert, Alert)
    return replace(alert, **changes)


def _word(track: str, holder: str, rung: str, since: datetime = NOW) -> Standing:
    return Standing(track, holder, word=Position(rung, since))


def test_everybody_who_holds_a_position_stands_in_the_storylines_order(small_storyline: Storyline) -> None:
    standings = [
        _word("allies-arms", "united-states", "requesting"),
        _word("allies-arms", "atlantis", "requesting"),
        _word("allies-arms", "aaa", "requesting"),
        Standing("pyongyang-war", "north-korea"),
        _word("dropped-track", "south-korea", "x"),
        _word("seoul-arms", "south-korea", "reviewing"),
    ]
    random.shuffle(standings)
    brief = compose(WEEK, small_storyline, NOW, standings, (), ())
    assert [(s.track, s.holder) for s in brief.standings] == [
        ("seoul-arms", "south-korea"),
        ("allies-arms", "united-states"),
        ("allies-arms", "aaa"),
        ("allies-arms", "atlantis"),
    ]


def test_a_quiet_word_alone_is_a_position(small_storyline: Storyline) -> None:
    quiet = Standing("allies-arms", "united-states", last_word=Position("neutral", NOW))
    assert compose(WEEK, small_storyline, NOW, [quiet], (), ()).standings == (quiet,)


def test_what_moved_and_what_is_not_confirmed_are_told_apart(small_storyline: Storyline) -> None:
    told = [_alert(small_storyline, name) for name in ("signal", "confirmed", "disputed", "expired", "withdrawn")]
    brief = compose(WEEK, small_storyline, NOW, (), told, ())
    assert [alert.state for alert in brief.moved] == [AlertState.DISPUTED, AlertState.CONFIRMED]
    assert [alert.state for alert in brief.signals] == [AlertState.SIGNAL]


def test_the_newest_comes_first(small_storyline: Storyline) -> None:
    old = _alert(small_storyline, "confirmed", id="old", at=NOW - timedelta(days=2), posted=NOW - timedelta(days=2))
    new = _alert(small_storyline, "confirmed", id="new", at=NOW - timedelta(days=1))
    assert [a.id for a in compose(WEEK, small_storyline, NOW, (), [old, new], ()).moved] == ["new", "old"]


def test_an_old_move_that_only_grew_in_the_window_did_not_move_in_it(small_storyline: Storyline) -> None:
    long_ago = NOW - timedelta(days=12)
    grown = _alert(small_storyline, "grown", posted=long_ago, at=NOW - timedelta(hours=1), event=AlertEventKind.UPDATED)
    standing = _word("seoul-arms", "south-korea", "reviewing", since=long_ago)
    assert not compose(WEEK, small_storyline, NOW, [standing], [grown], ()).moved
    assert not compose(WEEK, small_storyline, NOW, (), [grown], ()).moved


def test_an_old_signal_that_was_confirmed_in_the_window_moved_in_it(small_storyline: Storyline) -> None:
    long_ago = NOW - timedelta(days=8)
    grown = _alert(small_storyline, "grown", posted=long_ago, at=NOW, event=AlertEventKind.UPDATED)
    standing = _word("seoul-arms", "south-korea", "reviewing", since=NOW - timedelta(days=6))
    assert compose(WEEK, small_storyline, NOW, [standing], [grown], ()).moved == (grown,)
    confirmed = replace(grown, event=AlertEventKind.CONFIRMED)
    assert compose(WEEK, small_storyline, NOW, (), [confirmed], ()).moved == (confirmed,)


def test_a_word_that_swung_back_in_the_window_moved_in_it(small_storyline: Storyline) -> None:
    back = _alert(small_storyline, "back", posted=NOW - timedelta(days=9), at=NOW)
    assert compose(WEEK, small_storyline, NOW, (), [back], ()).moved == (back,)


def test_an_open_signal_is_shown_however_short_the_window(small_storyline: Storyline) -> None:
    signal = _alert(small_storyline, "signal", at=NOW - timedelta(hours=30), posted=NOW - timedelta(hours=30))
    confirmed = _alert(small_storyline, "confirmed", at=NOW - timedelta(hours=30), posted=NOW - timedelta(hours=30))
    brief = compose(Scope(NOW - timedelta(hours=24)), small_storyline, NOW, (), [signal, confirmed], ())
    assert brief.signals == (signal,)
    assert brief.moved == ()


def test_a_brief_on_one_track_or_holder_holds_nothing_else(small_storyline: Storyline) -> None:
    standings = [
        _word("seoul-arms", "south-korea", "reviewing"),
        _word("allies-arms", "united-states", "requesting"),
    ]
    told = [_alert(small_storyline, "confirmed"), _alert(small_storyline, "disputed")]
    brief = compose(Scope(WEEK.since, tracks=("seoul-arms",)), small_storyline, NOW, standings, told, ())
    assert [s.track for s in brief.standings] == ["seoul-arms"]
    assert [a.track for a in brief.moved] == ["seoul-arms"]
    ally = compose(Scope(WEEK.since, holders=("united-states",)), small_storyline, NOW, standings, told, ())
    assert [s.holder for s in ally.standings] == ["united-states"]
    assert not ally.moved


@pytest.mark.parametrize(
    ("state", "silent"),
    [
        (_polled(timedelta(minutes=5)), False),
        (_polled(timedelta(hours=5, minutes=59)), False),
        (_polled(timedelta(hours=7)), True),
        (_polled(None, last_error="no answer"), True),
        (_polled(timedelta(minutes=1), gone=True), True),
        (_polled(timedelta(minutes=1), quiet=True), True),
        (_polled(timedelta(hours=30), next_due=NOW + timedelta(hours=18)), False),
        (_polled(timedelta(hours=30), next_due=NOW + timedelta(hours=18), failures=5), True),
    ],
)
def test_a_source_is_silent_when_it_has_not_answered_for_long(state: PollState, silent: bool) -> None:
    assert bool(silent_sources([(_source("herald"), state)], NOW)) is silent


def test_a_source_that_is_polled_seldom_is_given_more_time() -> None:
    daily = _source("weekly-review", interval=86_400)
    assert not silent_sources([(daily, _polled(timedelta(days=5)))], NOW)
    assert silent_sources([(daily, _polled(timedelta(days=7)))], NOW)


def test_silent_sources_come_longest_first_with_what_is_wrong() -> None:
    watched = [
        (_source("b"), _polled(timedelta(days=1), last_error="answered 503")),
        (_source("a"), _polled(timedelta(days=3))),
        (_source("c"), _polled(None)),
    ]
    silent = silent_sources(watched, NOW)
    assert [source.name for source in silent] == ["c", "a", "b"]
    assert silent[-1].error == "answered 503"


def test_a_source_that_is_switched_off_is_not_counted(small_storyline: Storyline) -> None:
    sources = [(_source("on"), _polled(timedelta())), (_source("off", enabled=False), _polled(None))]
    brief = compose(WEEK, small_storyline, NOW, (), (), sources)
    assert brief.sources == 1
    assert not brief.silent


def test_the_same_question_at_the_same_moment_is_the_same_brief(small_storyline: Storyline) -> None:
    def asked(scope: Scope, now: datetime = NOW) -> str:
        return compose(scope, small_storyline, now, (), (), ()).id

    assert asked(WEEK) == asked(replace(WEEK))
    others = [replace(WEEK, tracks=("pact",)), replace(WEEK, holders=("russia",)), replace(WEEK, catch_up=True)]
    assert len({asked(WEEK), asked(WEEK, NOW + timedelta(seconds=1)), *(asked(scope) for scope in others)}) == 5


def test_the_json_form_holds_positions_moves_and_links(small_storyline: Storyline) -> None:
    standing = replace(
        _word("seoul-arms", "south-korea", "reviewing"),
        deed=Position("indirect", NOW, note="of the history"),
        baseline="reviewing",
    )
    told = [_alert(small_storyline, "confirmed"), _alert(small_storyline, "signal")]
    sources = [(_source("herald"), _polled(None, last_error="answered 503"))]
    brief = compose(WEEK, small_storyline, NOW, [standing], told, sources)
    found: Any = json.loads(json.dumps(brief_json(brief, small_storyline)))
    assert found["as_of"] == "2024-10-24T09:00:00+00:00"
    position = found["positions"][0]
    assert (position["title"], position["word"]["rung"], position["deed"]["note"]) == (
        "Arms",
        "reviewing",
        "of the history",
    )
    assert position["last_word"] is None
    assert found["moved"][0]["evidence"][0]["url"].startswith("https://")
    assert found["signals"][0]["state"] == "signal"
    assert found["silent"] == [{"source": "herald", "last_success": None, "error": "answered 503"}]


def test_a_brief_is_made_of_what_is_stored(small_storyline: Storyline, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'stancewatch.db'}")
    standing = _word("seoul-arms", "south-korea", "reviewing")
    signal = _alert(small_storyline, "signal", at=NOW - timedelta(hours=30))
    try:
        store.seed_sources([_source("herald")])
        with store.unit() as unit:
            unit.save_standing(standing)
            unit.save_alert(_alert(small_storyline, "confirmed"))
            unit.save_alert(signal)
        brief = make_brief(store, small_storyline, NOW, NOW - timedelta(hours=24), catch_up=True)
    finally:
        store.close()
    assert brief.standings == (standing,)
    assert [alert.id for alert in brief.moved] == ["sample-confirmed"]
    assert [alert.id for alert in brief.signals] == ["sample-signal"]
    assert [source.name for source in brief.silent] == ["herald"]
    assert brief.catch_up
