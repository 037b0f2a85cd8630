"""Who is told of an alert, and how much does it matter?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain import AlertState, By, Route, Severity
from bot.ledger.reasons import Reason
from bot.routing import routes_for, unwaking
from bot.severity import severity


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
