"""What does each kind of answer look like, before anybody has asked?

Made-up answers, worded from a storyline's own ladder: where somebody stands, a timeline, help, sources and mutes; for
golden files, for the pages of documentation, and to try a channel out.

Refuses to do: nothing here is news; no sample is ever stored or decided from.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain import (
    Alert,
    Brief,
    Change,
    Course,
    Mute,
    PollState,
    Position,
    Source,
    Standing,
    Storyline,
    Tier,
    Timeline,
)
from handlers.card import Card, Usage
from handlers.card.pages import card_of_help, card_of_mutes, card_of_sources
from handlers.card.stance import card_of_stance
from handlers.card.timeline import card_of_timeline
from handlers.samples import NOW, samples

USAGES = (
    Usage("/brief [track] [since]", "brief", "Where everybody stands, and what moved"),
    Usage("/stance track [holder]", "stance", "Where everybody stands on one track, with sources"),
    Usage("/why what", "why", "Why an article or an alert was told, or why not"),
)


def answer_cards(storyline: Storyline, language: str) -> dict[str, Card]:
    """Return a card of every kind of answer, by name.

    Args:
        storyline: as for handlers.samples.samples.
    """
    timeline = sample_timeline(storyline)
    brief = _brief(storyline, timeline)
    gets = ("all tracks · everybody · from severity low · with signals",)
    empty = replace(timeline, courses=())
    return {
        "stance": card_of_stance(brief, timeline, storyline, language),
        "stance-unknown": card_of_stance(replace(brief, standings=()), empty, storyline, language),
        "timeline": card_of_timeline(timeline, storyline, language),
        "timeline-empty": card_of_timeline(empty, storyline, language),
        "help": card_of_help(USAGES, gets, storyline, language, NOW),
        "help-unsubscribed": card_of_help(USAGES, (), storyline, language, NOW),
        "sources": card_of_sources(sample_sources(), {"wire": (240, 29, 7)}, storyline, language, NOW),
        "sources-well": card_of_sources(sample_sources()[:1], {}, storyline, language, NOW),
        "mutes": card_of_mutes(_mutes(storyline), storyline, language, NOW),
        "mutes-none": card_of_mutes((), storyline, language, NOW),
    }


def sample_timeline(storyline: Storyline) -> Timeline:
    """Return a timeline of the first track of words: history, a move, a signal, and one that is disputed."""
    notices = samples(storyline)
    confirmed, grown, mixed = (_alert(notices[name]) for name in ("confirmed", "grown", "mixed"))
    low, high = confirmed.from_rung or "", confirmed.to_rung
    past = datetime(2024, 6, 20, tzinfo=UTC)
    changes = (
        Change(past, confirmed.register, high, low, note="sample of the history"),
        Change(past + timedelta(days=18), confirmed.register, low, high, note="sample of the history"),
        _carried(grown, NOW - timedelta(days=40)),
        replace(_carried(mixed, NOW - timedelta(days=20)), rung=low, before=high, disputed=True),
        replace(_carried(confirmed, NOW - timedelta(hours=1)), open=True),
    )
    entered = (replace(changes[0], at=past - timedelta(days=400), rung=low, before=""),)
    track = storyline.track(confirmed.track)
    baseline = track.baseline.get(confirmed.holder, "")
    course = Course(confirmed.holder, baseline, entered, changes)
    return Timeline(track.id, past - timedelta(days=14), NOW, (course,))


def _alert(notice: object) -> Alert:
    assert isinstance(notice, Alert), "this sample is an alert"
    return notice


def _carried(alert: Alert, at: datetime) -> Change:
    return Change(
        at=at,
        register=alert.register,
        rung=alert.to_rung,
        before=alert.from_rung or "",
        evidence=alert.lead,
        outlets=alert.outlets,
        origins=alert.origins,
        alert=alert.id,
    )


def _brief(storyline: Storyline, timeline: Timeline) -> Brief:
    """Return the brief of the timeline's track."""
    notices = samples(storyline)
    brief, signal = notices["brief"], _alert(notices["signal"])
    assert isinstance(brief, Brief), "this sample is a brief"
    course = timeline.courses[0]
    said = Position(course.changes[2].rung, course.changes[2].at, (signal.lead,))
    standing = Standing(timeline.track, course.holder, word=said, baseline=course.baseline)
    return replace(brief, standings=(standing,), moved=(), silent=())


def sample_sources() -> tuple[tuple[Source, PollState], ...]:
    """Return a source that is well, one that fails, one that has fallen quiet, and one that somebody added."""
    well = Source(
        "herald", "Example Herald", "https://herald.example/feed", "rss", "en", "Example Herald", "herald", Tier.OUTLET
    )
    state = PollState(NOW, last_success=NOW - timedelta(minutes=4), last_new_item=NOW - timedelta(hours=2), seconds=0.4)
    failing = replace(well, key="wire", name="Example Wire", tier=Tier.AGENCY)
    quiet = replace(well, key="daily", name="예시일보", language="ko")
    added = replace(well, key="blog", name="Example Blog", tier=Tier.SPECIALIST, language="", author="ann")
    trouble = "timed out after 20 s; it is polled again at 09:20"
    return (
        (well, state),
        (failing, replace(state, last_success=NOW - timedelta(days=2), last_error=trouble, failures=9)),
        (quiet, replace(state, last_new_item=NOW - timedelta(days=9), quiet=True)),
        (added, state),
    )


def _mutes(storyline: Storyline) -> tuple[Mute, ...]:
    """Return a mute for a while, and one until it moves."""
    alert = _alert(samples(storyline)["confirmed"])
    for_a_day = Mute(
        "5a11ad00", "example", "#alerts", "ann", NOW, NOW + timedelta(days=1), track=alert.track, holder=alert.holder
    )
    return for_a_day, replace(for_a_day, id="5a11ad01", author="ben", until=None, holder="", rung=alert.to_rung)
