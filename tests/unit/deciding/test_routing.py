"""Who is told of an alert, and how much does it matter?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain import AlertState, Brief, By, Mute, QuietHours, Route, Severity
from bot.ledger.reasons import Reason
from bot.routing import LOOK_AGAIN, Ruling, choose, routes_for, unwaking, waiting, wants
from bot.severity import Direction, Weighing, severity, weigh


@pytest.fixture
def alert(arms):
    arms.says("conditional", 1)
    return arms.events[0]


def route(**wishes) -> Route:
    return Route("desk", "console", "-", **wishes)


def test_a_route_without_wishes_gets_everything(alert):
    assert routes_for(alert, [route()]) == (route(),)


def test_a_route_gets_its_tracks_and_holders_only(alert):
    wanted = [route(tracks=("arms", "pact")), route(holders=("seoul",))]
    unwanted = [route(tracks=("pact",)), route(holders=("moscow",)), route(tracks=("arms",), holders=("moscow",))]
    assert routes_for(alert, wanted + unwanted) == tuple(wanted)


def test_a_route_may_ask_for_a_minimum_severity(alert):
    assert routes_for(alert, [route(min_severity=Severity.MEDIUM)])
    assert not routes_for(alert, [route(min_severity=Severity.HIGH)])


def test_a_route_without_signals_hears_of_a_development_once_it_is_confirmed(alert):
    quiet = [route(signals=False)]
    assert not routes_for(replace(alert, state=AlertState.SIGNAL), quiet)
    assert routes_for(replace(alert, state=AlertState.CONFIRMED), quiet)
    assert routes_for(replace(alert, state=AlertState.DISPUTED), quiet)


@pytest.mark.parametrize(
    ("came_from", "rung", "by", "confirmed", "weight"),
    [
        ("reviewing", "supplying", By.OFFICIAL, True, Severity.HIGH),
        ("reviewing", "supplying", By.REPORTED, False, Severity.MEDIUM),
        ("reviewing", "conditional", By.OFFICIAL, True, Severity.MEDIUM),
        ("withhold", "conditional", By.OFFICIAL, True, Severity.HIGH),
        ("withhold", "conditional", By.REPORTED, True, Severity.MEDIUM),
        ("reviewing", "conditional", By.REPORTED, False, Severity.LOW),
        (None, "conditional", By.OFFICIAL, True, Severity.MEDIUM),
    ],
)
def test_severity_weighs_deed_or_word_steps_who_says_it_and_how_sure_it_is(
    arms, came_from, rung, by, confirmed, weight
):
    track = arms.storyline.track("arms")
    assert severity(track, came_from, rung, by, confirmed=confirmed) is weight


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_one_plain_sentence(reason):
    assert reason.line.endswith(".")
    assert len(reason.line) < 130


def test_a_mention_wakes_from_its_severity_on_only(alert):
    asked = route(mention="<@7>", mention_from=Severity.HIGH)
    (quiet,) = routes_for(replace(alert, severity=Severity.MEDIUM), [asked])
    assert quiet == replace(asked, mention="")
    assert routes_for(replace(alert, severity=Severity.HIGH), [asked]) == (asked,)


def test_what_wakes_nobody_is_sent_without_a_mention():
    assert unwaking([route(mention="<@7>")]) == (route(),)


@pytest.mark.parametrize(
    ("wishes", "ruling"),
    [
        ({}, Ruling.TOLD),
        ({"tracks": ("pact",)}, Ruling.OTHER_TRACK),
        ({"holders": ("moscow",)}, Ruling.OTHER_HOLDER),
        ({"min_severity": Severity.HIGH}, Ruling.TOO_LIGHT),
        ({"digest_only": True, "digest": (time(9),)}, Ruling.DIGEST_ONLY),
    ],
)
def test_every_channel_that_is_or_is_not_told_has_a_named_reason(alert, wishes, ruling: Ruling):
    assert choose(route(**wishes), alert) is ruling


def test_a_signal_that_a_channel_does_not_want_is_named(alert):
    assert choose(route(signals=False), replace(alert, state=AlertState.SIGNAL)) is Ruling.NO_SIGNALS


def test_a_channel_of_digests_wants_what_it_does_not_get_singly(alert):
    digests = route(digest_only=True, digest=(time(9),))
    assert wants(digests, alert)
    assert not routes_for(alert, [digests])
    assert not wants(route(digest_only=True, tracks=("pact",)), alert)


@pytest.mark.parametrize("ruling", Ruling)
def test_every_ruling_has_one_plain_clause(ruling: Ruling):
    assert ruling.line
    assert not ruling.line.endswith(".")


@pytest.mark.parametrize(
    ("came_from", "rung", "by", "reason", "direction", "steps"),
    [
        ("reviewing", "supplying", By.OFFICIAL, Weighing.DEED, Direction.UP, 4),
        ("withhold", "conditional", By.OFFICIAL, Weighing.FAR_WORD, Direction.UP, 2),
        ("conditional", "withhold", By.OFFICIAL, Weighing.FAR_WORD, Direction.DOWN, 2),
        ("reviewing", "conditional", By.OFFICIAL, Weighing.NEAR_WORD, Direction.UP, 1),
        ("conditional", "withhold", By.REPORTED, Weighing.REPORTED_WORD, Direction.DOWN, 2),
        (None, "conditional", By.OFFICIAL, Weighing.FIRST_WORD, Direction.FIRST, 0),
        ("reviewing", "reviewing", By.OFFICIAL, Weighing.NEAR_WORD, Direction.SAME, 0),
    ],
)
def test_a_weight_names_what_made_it(arms, came_from, rung, by, reason, direction, steps):
    track = arms.storyline.track("arms")
    steps = abs(track.step(rung) - track.step(came_from)) if came_from else 0
    weight = weigh(track, came_from, rung, by, confirmed=True)
    assert (weight.reason, weight.direction, weight.steps) == (reason, direction, steps)
    assert weight.line.endswith(".")
    assert "one grade less" in weigh(track, came_from, rung, by, confirmed=False).line


NIGHT = datetime(2024, 10, 18, 18, tzinfo=UTC)  # 03:00 in Seoul
MORNING = datetime(2024, 10, 18, 22, tzinfo=UTC)
PLACE = ("console", "-")


def sleeper(**wishes) -> Route:
    return route(timezone="Asia/Seoul", quiet=QuietHours(time(22), time(7)), **wishes)


def a_mute(**changes) -> Mute:
    return replace(Mute("m", "", "", "kim", NIGHT, NIGHT + timedelta(hours=1), track="arms"), **changes)


def test_what_falls_into_quiet_hours_waits_for_their_end(alert):
    wait = waiting(alert, sleeper(), (), PLACE, NIGHT)
    assert (wait.ruling, wait.until) == (Ruling.QUIET, MORNING)
    assert wait.line == "quiet hours until 19 Oct 2024, 07:00 KST"
    assert waiting(alert, sleeper(), (), PLACE, MORNING) is None


def test_a_severity_that_breaks_through_does_not_wait(alert):
    sleeps = sleeper(quiet_except=Severity.HIGH)
    assert waiting(replace(alert, severity=Severity.HIGH), sleeps, (), PLACE, NIGHT) is None
    assert waiting(replace(alert, severity=Severity.MEDIUM), sleeps, (), PLACE, NIGHT)


def test_a_brief_waits_for_the_morning_too(alert):
    brief = Brief("b", NIGHT, NIGHT, ())
    assert waiting(brief, sleeper(quiet_except=Severity.LOW), (), PLACE, NIGHT).ruling is Ruling.QUIET


def test_what_is_muted_waits_for_the_end_of_the_mute_even_where_it_would_break_through(alert):
    wait = waiting(alert, sleeper(quiet_except=Severity.LOW), [a_mute()], PLACE, NIGHT)
    assert (wait.ruling, wait.until) == (Ruling.MUTED, NIGHT + timedelta(hours=1))
    assert wait.line == "muted until 19 Oct 2024, 04:00 KST by kim"


def test_what_is_muted_until_it_moves_is_looked_at_again(alert):
    wait = waiting(alert, route(), [a_mute(until=None)], PLACE, NIGHT)
    assert (wait.until, wait.line) == (NIGHT + LOOK_AGAIN, "muted until it moves by kim")


def test_a_mute_keeps_no_brief_away_and_a_channel_without_its_route_has_no_night(alert):
    assert waiting(Brief("b", NIGHT, NIGHT, ()), route(), [a_mute()], PLACE, NIGHT) is None
    assert waiting(alert, None, (), PLACE, NIGHT) is None
