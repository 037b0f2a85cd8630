"""What does each kind of message look like, before anything has happened?

Made-up notices in every state, worded from a storyline's own ladder: for the contract suite that every platform
passes, for golden files, and to try a channel out. All of it is marked as a sample by its ids.

Refuses to do: nothing here is news; no sample is ever stored or decided from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    Bundle,
    By,
    Evidence,
    Mute,
    Notice,
    Position,
    Register,
    Severity,
    SilentSource,
    Standing,
    Storyline,
    Tier,
    Track,
    Trouble,
)

NOW = datetime(2024, 10, 24, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Ladder:
    """Two neighbouring rungs of one register."""

    track: Track
    holder: str
    low: str
    high: str
    register: Register


def samples(storyline: Storyline) -> dict[str, Notice]:
    """Return a notice of every kind and state, by name.

    Args:
        storyline: has at least one track with two words, and one with two deeds, that alert.

    Raises:
        ValueError: when it has not.
    """
    word = _ladder(storyline, Register.WORD)
    deed = _ladder(storyline, Register.DEED, other_than=word.track)
    alerts = _words(word) | _deeds(deed)
    return {**alerts, **_briefs(word, deed, alerts), **_bundles(alerts), **_troubles()}


def _ladder(storyline: Storyline, register: Register, other_than: Track | None = None) -> _Ladder:
    for track in sorted(storyline.tracks, key=lambda track: track is other_than):
        rungs = [r for r in track.rungs if r.register is register and not r.quiet and not r.reversal]
        if track.alerts and len(rungs) > 1:
            return _Ladder(track, track.holders[0], rungs[0].id, rungs[1].id, register)
    raise ValueError(f"the storyline has no track with two {register}s that alerts")


def _evidence(on: _Ladder, number: int, *, rung: str = "", by: By = By.OFFICIAL, **other: object) -> Evidence:
    made = Evidence(
        id=f"sample-{number}",
        article=f"sample-article-{number}",
        track=on.track.id,
        holder=on.holder,
        rung=rung or on.high,
        by=by,
        quote="“Depending on what they do, we will review our position step by step,” a senior official said.",
        confidence=0.86,
        origin=f"group-{number}",
        dated=NOW - timedelta(hours=number),
        seen=NOW - timedelta(hours=number) + timedelta(minutes=2),
        title=f"Senior official says position will be reviewed step by step ({number})",
        url=f"https://news{number}.example.org/world/2024/10/24/position-reviewed?id={number}",
        publisher=f"Example Herald {number}",
        origin_group=f"group-{number}",
        tier=Tier.OUTLET,
        language="en",
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields come by name from this module


def _alert(on: _Ladder, name: str, state: AlertState, evidence: tuple[Evidence, ...], **other: object) -> Alert:
    made = Alert(
        id=f"sample-{name}",
        version=1,
        state=state,
        event=AlertEventKind.POSTED,
        at=NOW,
        posted=NOW,
        track=on.track.id,
        holder=on.holder,
        register=on.register,
        from_rung=on.low,
        to_rung=on.high,
        by=evidence[0].by,
        severity=Severity.HIGH,
        evidence=evidence,
        previous=Position(on.low, datetime(2022, 4, 8, tzinfo=UTC), note="sample of the history"),
        baseline=on.track.baseline.get(on.holder, ""),
        reason="sample",
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields come by name from this module


def _words(on: _Ladder) -> dict[str, Alert]:
    """Return alerts of a register of words."""
    said = _evidence(on, 1)
    korean = replace(
        said,
        language="ko",
        publisher="예시일보",
        title="대통령실 “단계적으로 입장 검토할 것”",
        quote="대통령실 고위 관계자는 “상대의 행동에 따라 단계적으로 입장을 검토해 나갈 것”이라고 말했다.",
    )
    many = tuple(_evidence(on, n, origin=f"group-{n % 3}") for n in range(1, 10))
    told = _evidence(on, 2, by=By.REPORTED)
    other = _evidence(on, 3, rung=on.low, quote="“Nothing has changed,” the minister told reporters.")
    updated = {"event": AlertEventKind.UPDATED, "version": 5}
    return {
        "confirmed": _alert(on, "confirmed", AlertState.CONFIRMED, (said,)),
        "foreign": _alert(on, "foreign", AlertState.CONFIRMED, (korean, *many[1:])),
        "grown": _alert(on, "grown", AlertState.CONFIRMED, many, reason="more-origins", **updated),
        "signal": _alert(on, "signal", AlertState.SIGNAL, (told,), severity=Severity.MEDIUM),
        "first-word": _alert(
            on, "first-word", AlertState.CONFIRMED, (said,), from_rung=None, previous=None, baseline=""
        ),
        "mixed": _alert(on, "mixed", AlertState.DISPUTED, (said,), against=(other,), reason="mixed-signals", **updated),
        "back": _alert(
            on,
            "back",
            AlertState.CONFIRMED,
            (replace(said, rung=on.low),),
            to_rung=on.low,
            against=(replace(other, rung=on.high),),
            reason="swing",
            **updated,
        ),
        "contradicted": _contradicted(on, said),
    }


def _contradicted(on: _Ladder, said: Evidence) -> Alert:
    """Return the holder's own word against what others reported of it."""
    reported = _evidence(
        on, 2, by=By.REPORTED, rung=on.high, quote="It is as good as settled, a person close to it said."
    )
    own = replace(said, rung=on.low, quote="“There is no such plan,” the spokesman said.")
    against = {"to_rung": on.low, "against": (reported,), "reason": "denial"}
    return _alert(on, "contradicted", AlertState.DISPUTED, (own,), **against, event=AlertEventKind.DISPUTED, version=2)


def _deeds(on: _Ladder) -> dict[str, Alert]:
    """Return alerts of a register of deeds, most of them reported by others."""
    told = _evidence(on, 1, by=By.REPORTED, quote="A spy agency says that it has seen it happen.", confidence=0.7)
    second = _evidence(on, 2, by=By.REPORTED)
    denial = _evidence(on, 4, rung=on.track.rungs[0].id, quote="“This is a lie,” the ministry said.")
    confirmed = {"event": AlertEventKind.CONFIRMED, "version": 2}
    disputed = {"event": AlertEventKind.DISPUTED, "version": 3}
    lost = {"event": AlertEventKind.WITHDRAWN, "version": 2}
    late = {"event": AlertEventKind.EXPIRED, "version": 2}
    return {
        "signal-deed": _alert(on, "signal-deed", AlertState.SIGNAL, (told,)),
        "signal-denied": _alert(on, "signal-denied", AlertState.SIGNAL, (told,), against=(denial,), **disputed),
        "confirmed-reported": _alert(on, "confirmed-reported", AlertState.CONFIRMED, (told, second), **confirmed),
        "first-deed": _alert(on, "first-deed", AlertState.SIGNAL, (told,), from_rung=None, previous=None, baseline=""),
        "disputed": _alert(on, "disputed", AlertState.DISPUTED, (told,), against=(denial,), **disputed),
        "questioned": _alert(on, "questioned", AlertState.DISPUTED, (told,), **disputed),
        "withdrawn": _alert(on, "withdrawn", AlertState.WITHDRAWN, (told,), **lost),
        "expired": _alert(on, "expired", AlertState.EXPIRED, (told,), **late),
    }


def _briefs(word: _Ladder, deed: _Ladder, alerts: dict[str, Alert]) -> dict[str, Notice]:
    """Return a brief of a busy week, one of a still week, and that of a start."""
    said = Position(word.high, NOW - timedelta(hours=1), (alerts["confirmed"].lead,))
    done = Position(deed.low, datetime(2022, 11, 2, tzinfo=UTC), note="sample of the history")
    standings = (
        Standing(word.track.id, word.holder, word=said, baseline=word.track.baseline.get(word.holder, "")),
        Standing(deed.track.id, deed.holder, deed=done, baseline=deed.track.baseline.get(deed.holder, "")),
    )
    ended = (alerts["withdrawn"], alerts["expired"])
    silent = (
        SilentSource("Example Gazette", None, "the server answered 503"),
        SilentSource("Example Wire", NOW - timedelta(days=2), "timed out after 20 s"),
    )
    week = NOW - timedelta(days=7)
    busy = Brief(
        "sample-brief",
        NOW,
        week,
        standings,
        moved=(alerts["confirmed"], alerts["disputed"]),
        signals=(alerts["signal"],),
        silent=silent,
        sources=124,
    )
    still = replace(busy, id="sample-still", moved=(), signals=(), silent=())
    spared = (
        Mute("mute-1", "example", "#alerts", "kim", NOW, NOW + timedelta(hours=7), track=word.track.id),
        Mute("mute-2", "", "", "lee", NOW, None, deed.track.id, deed.holder, deed.high, alerts["signal-deed"].id),
    )
    return {
        "brief": busy,
        "digest": replace(busy, id="sample-digest", digest=NOW, silent=(), mutes=spared, ended=ended),
        "digest-late": replace(still, id="sample-late", digest=NOW - timedelta(hours=3), standings=()),
        "brief-still": still,
        "catch-up": replace(still, id="sample-catch-up", catch_up=True, silent=silent),
    }


def _bundles(alerts: dict[str, Alert]) -> dict[str, Notice]:
    """Return two alerts in one message, and as many as one holds."""
    two = ("confirmed", "signal-deed")
    full = ("foreign", "disputed", "signal-denied", "mixed", "expired")
    return {
        "together": Bundle(tuple(alerts[name] for name in two), (0, 0)),
        "together-full": Bundle(tuple(alerts[name] for name in full), (0,) * len(full)),
    }


def _troubles() -> dict[str, Notice]:
    """Return a channel elsewhere that takes nothing, and the same when it works again."""
    since = NOW - timedelta(hours=3)
    error = "example #alerts: the bot is not in the channel; invite it there"
    closed = Trouble("sample-trouble", "example", "#alerts", "analysts", error, since)
    return {
        "trouble": closed,
        "trouble-over": replace(closed, id="sample-trouble-over", resumed=NOW, version=2),
    }
