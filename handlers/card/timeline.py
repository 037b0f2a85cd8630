"""What does the card of a timeline show, and what are the words of its picture?

Holder by holder: where its registers stood when the window opens, then every move with date and source, the latest
last. The words of the picture tell the same story in one text, for those who cannot see it; where they are too long
for a platform, the earliest moves are counted instead of told.

Refuses to do: nothing is drawn (handlers/picture), and nothing is left out without saying so.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain import Change, Course, Storyline, Timeline
from handlers.card import names
from handlers.card.alert import article_link
from handlers.card.lists import earlier, listed
from handlers.card.model import Badge, Block, Card, Entries, Entry, Link
from handlers.moments import When, day, span
from handlers.plain import shorten
from handlers.texts import count, say

MOST_MOVES = 12
"""Of one holder, in a card; the latest."""


def card_of_timeline(timeline: Timeline, storyline: Storyline, language: str) -> Card:
    """Make the card of a timeline. Pure.

    Args:
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    blocks: tuple[Block, ...] = tuple(_course(course, timeline, storyline, language) for course in timeline.courses)
    moves = sum(not change.open for course in timeline.courses for change in course.changes)
    window = span(timeline.since, timeline.as_of, language)
    key = "brief.moved" if moves else "brief.still"
    headline = say(language, key, window=window, moves=count(language, "moves", moves))
    return Card(
        kind=None,
        subject=timeline.track,
        version=1,
        language=language,
        headline=headline if blocks else say(language, "chat.nothing"),
        badge=Badge(say(language, "badge.timeline")),
        kicker=names.track_title(storyline, timeline.track, language),
        at=timeline.as_of,
        blocks=blocks,
        footer=(timeline.track,),
    )


def moves_of(course: Course, track: str, storyline: Storyline, language: str, most: int = MOST_MOVES) -> Entries:
    """Return a holder's latest moves as a list, each with date, source and the id of its alert."""
    shown = course.changes[-most:] if most else ()
    entries = tuple(
        Entry(
            text=_moved(change, track, storyline, language),
            tag=_kind(change, language),
            at=when_of(change),
            link=_source(change, language),
            ident=change.alert,
        )
        for change in shown
    )
    name = names.holder_name(storyline, course.holder, language)
    return listed(name, entries, len(course.changes), language, latest_from=0)


def alt_text(timeline: Timeline, storyline: Storyline, language: str, zone: ZoneInfo, longest: int) -> str:
    """Return the whole story of a picture in words.

    Args:
        zone: of the dates.
        longest: characters that the platform takes.
    """
    most = max((len(course.changes) for course in timeline.courses), default=0)
    text = _told(timeline, storyline, language, zone, most)
    while most and len(text) > longest:
        most -= 1
        text = _told(timeline, storyline, language, zone, most)
    return shorten(text, longest)


def when_of(change: Change) -> When:
    """Return when a move was: the day alone where no more is known."""
    return change.at if change.evidence else change.at.date()


def _course(course: Course, timeline: Timeline, storyline: Storyline, language: str) -> Entries:
    moves = moves_of(course, timeline.track, storyline, language)
    stood = tuple(
        Entry(text=_moved(change, timeline.track, storyline, language, stood=True), tag=_kind(change, language))
        for change in course.entered
    )
    return replace(moves, entries=(*stood, *moves.entries), latest_from=len(stood))


def _moved(change: Change, track: str, storyline: Storyline, language: str, *, stood: bool = False) -> str:
    rung = names.rung_label(storyline, track, change.rung, language)
    if stood:
        return say(language, "timeline.stood", rung=rung)
    if not change.before:
        return say(language, f"timeline.first.{change.register}", rung=rung)
    before = names.rung_label(storyline, track, change.before, language)
    return say(language, "timeline.from", before=before, rung=rung)


def _kind(change: Change, language: str) -> str:
    """Return whether it was said or done, and whether that is sure."""
    parts = [say(language, f"register.{change.register}")]
    parts += [say(language, "timeline.open")] if change.open else []
    parts += [say(language, "timeline.disputed")] if change.disputed else []
    return ", ".join(parts)


def _told(timeline: Timeline, storyline: Storyline, language: str, zone: ZoneInfo, most: int) -> str:
    fields = {"since": day(timeline.since, language, zone), "until": day(timeline.as_of, language, zone)}
    window = say(language, "timeline.window", **fields)
    title = names.track_title(storyline, timeline.track, language)
    courses = [_course_told(course, timeline.track, storyline, language, zone, most) for course in timeline.courses]
    return " ".join([f"{title}, {window}.", *(courses or [say(language, "chat.nothing")])])


def _course_told(course: Course, track: str, storyline: Storyline, language: str, zone: ZoneInfo, most: int) -> str:
    clauses = []
    if course.baseline:
        rung = names.rung_label(storyline, track, course.baseline, language)
        clauses.append(f"{say(language, 'fact.baseline')}: {rung}")
    clauses += [
        f"{_moved(change, track, storyline, language, stood=True)} ({_kind(change, language)})"
        for change in course.entered
    ]
    left = len(course.changes) - most
    if left > 0:
        clauses.append(earlier(left, language))
    for change in course.changes[-most:] if most else ():
        clauses.append(_clause(change, track, storyline, language, zone))
    return f"{names.holder_name(storyline, course.holder, language)}: {'; '.join(clauses)}."


def _source(change: Change, language: str) -> Link:
    """Return who printed it and how many others, with the article."""
    if change.evidence is None:
        return Link(say(language, "timeline.record"), "")
    first = article_link(change.evidence, language)
    others = change.outlets - 1
    return replace(first, label=f"{first.label} +{others}") if others > 0 else first


def _clause(change: Change, track: str, storyline: Storyline, language: str, zone: ZoneInfo) -> str:
    said = _moved(change, track, storyline, language)
    about = f"{_kind(change, language)}, {_source(change, language).label}"
    return f"{day(when_of(change), language, zone)}: {said} ({about})"
