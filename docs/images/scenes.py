"""What do the pictures beside this file show? The news and the outlets in it are made up.

One day at one desk: a report that is not confirmed, one that is, one that is denied, where everybody stands, and how
one track moved.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.brief import make_brief
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    By,
    Change,
    Evidence,
    Position,
    Register,
    Severity,
    SilentSource,
    Storyline,
    Tier,
    Timeline,
)
from bot.ledgers import open_ledgers
from bot.store import open_store
from bot.timeline import make_timeline

NOW = datetime(2024, 10, 24, 9, 4, tzinfo=UTC)
OUTLETS = ("Example Wire", "The Daily Sample", "Example Herald", "예시일보", "Sample Tribune")
SAID = "“If the other side goes further, we will take steps of our own, and weapons may be among them,” he said."
IN_KOREAN = "고위 관계자는 “상대가 더 나아가면 우리도 단계적으로 조치를 취할 것이며 무기도 포함될 수 있다”고 말했다."


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown.

    Args:
        alerts: by name of the picture.
        week: the brief of that week; `track` the same of one track.
        timeline: of that track.
    """

    storyline: Storyline
    alerts: dict[str, Alert]
    week: Brief
    track: Brief
    timeline: Timeline


def scene(storyline: Storyline) -> Scene:
    """Return what all pictures show."""
    told = alerts(storyline)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/picture.db")
        try:
            open_ledgers(store, storyline, NOW)
            made = make_brief(store, storyline, NOW, NOW - timedelta(days=7), "", "")
            moves = make_timeline(store, storyline, NOW, "seoul-arms", datetime(2024, 5, 1, tzinfo=UTC))
        finally:
            store.close()
    silent = (SilentSource("Sample Gazette", NOW - timedelta(days=2), "timed out after 20 s"),)
    week = replace(made, moved=(told["alert"],), signals=(told["signal"],), silent=silent, sources=124)
    own = tuple(standing for standing in week.standings if standing.track == "seoul-arms")
    return Scene(storyline, told, week, replace(week, standings=own, signals=()), _with_outlets(moves))


def evidence(number: int, **other: object) -> Evidence:
    """Return the report of one outlet that is not there."""
    made = Evidence(
        id=f"e{number}",
        article=f"a{number}",
        track="seoul-arms",
        holder="south-korea",
        rung="conditional",
        by=By.OFFICIAL,
        quote=SAID,
        confidence=0.91,
        origin=f"o{number % 3}",
        dated=NOW - timedelta(minutes=23 - 4 * number),
        seen=NOW,
        title="Seoul names a condition",
        url=f"https://outlet{number}.example/2024/10/24/seoul",
        publisher=OUTLETS[number % len(OUTLETS)],
        origin_group=f"o{number}",
        tier=Tier.AGENCY,
        language="en",
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields come by name from this module


def alerts(storyline: Storyline) -> dict[str, Alert]:
    """Return an alert that is confirmed, one that is not, one that is denied, and one from a foreign source."""
    past = next(move for move in storyline.past if move.track == "seoul-arms" and move.baseline)
    confirmed = Alert(
        id="7f3a2c91e0",
        version=4,
        state=AlertState.CONFIRMED,
        event=AlertEventKind.UPDATED,
        at=NOW,
        posted=NOW - timedelta(minutes=20),
        track="seoul-arms",
        holder="south-korea",
        register=Register.WORD,
        from_rung="reviewing",
        to_rung="conditional",
        by=By.OFFICIAL,
        severity=Severity.HIGH,
        evidence=tuple(evidence(n) for n in range(5)),
        previous=Position("reviewing", datetime.combine(past.day, datetime.min.time(), UTC), note=past.note),
        baseline="reviewing",
        reason="more-origins",
    )
    signal = _of_the_war(confirmed)
    lead = evidence(3, quote=IN_KOREAN, language="ko")
    denial = replace(
        signal.lead, rung="denied", by=By.OFFICIAL, quote="“There is not one soldier of ours there,” the ministry said."
    )
    denied = {"state": AlertState.DISPUTED, "event": AlertEventKind.DISPUTED, "version": 3, "against": (denial,)}
    return {
        "alert": confirmed,
        "signal": signal,
        "disputed": replace(signal, id="c41f0d92ab", reason="denied", **denied),  # type: ignore[arg-type]  # by name
        "foreign": replace(confirmed, id="d9b2077ce4", evidence=(lead, *confirmed.evidence[:3])),
    }


def _of_the_war(confirmed: Alert) -> Alert:
    told = evidence(
        2,
        track="pyongyang-war",
        holder="north-korea",
        rung="fighting",
        by=By.REPORTED,
        quote="The first units have been seen near the front, a spy agency told lawmakers.",
        confidence=0.72,
        origin="o2",
    )
    return replace(
        confirmed,
        id="b2d90c4415",
        version=1,
        state=AlertState.SIGNAL,
        event=AlertEventKind.POSTED,
        track="pyongyang-war",
        holder="north-korea",
        register=Register.DEED,
        from_rung="deploying",
        to_rung="fighting",
        by=By.REPORTED,
        evidence=(told,),
        previous=Position("deploying", NOW - timedelta(days=6), note="a parliament was told of a first brigade"),
        baseline="",
        reason="signal",
    )


def _with_outlets(timeline: Timeline) -> Timeline:
    """Return the timeline with made-up outlets behind its latest moves, and a report that is not confirmed."""
    course = timeline.courses[0]
    shown = [
        replace(change, evidence=evidence(n, dated=change.at), outlets=n + 1, origins=1)
        if change.at > datetime(2024, 10, 1, tzinfo=UTC)
        else change
        for n, change in enumerate(course.changes)
    ]
    signal = Change(NOW, Register.WORD, "committed", "reviewing", evidence(4, by=By.REPORTED), 1, 1, open=True)
    return replace(timeline, courses=(replace(course, changes=(*shown, signal)),))
