"""Where does everything on the picture of a timeline stand?

A title and what the signs mean; the ladder with its rungs as rows, the top one first, and one lane a holder; below it
the moves by number, with date, rung and outlet. As wide as a phone.

Refuses to do: no colour and no markup; pure: the same values give the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain import Change, Course, Register, Rung, Storyline, Timeline
from handlers.card import names
from handlers.moments import When, day, month
from handlers.picture.axes import Rows, Span, ordered, ticks
from handlers.picture.lettering import drawable, fitting, width, wrapped
from handlers.picture.shapes import Box, Ink, Marker, Plan, Rule, Shape, Stroke, Tag, Text
from handlers.picture.theme import MOST_LINES
from handlers.plain import NAME_LIMIT, plain
from handlers.texts import count, say, word

WIDTH = 400
MARGIN = 14.0
MOST_NUMBERED = 10
"""Moves that are listed below the picture; earlier ones are small marks."""

_LABEL = 11.5
_SMALL = 10.0
_LANE = 19.0
_LEAST_ROW = 32.0
_LONGEST_LABEL = 104.0
_LETTERS = "ABCDEF"


def layout(timeline: Timeline, storyline: Storyline, language: str, zone: ZoneInfo) -> Plan:
    """Return where everything stands. Pure."""
    return _Page(timeline, storyline, language, zone).plan()


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A change with its holder's place and its number, 0 for one that is not listed."""

    change: Change
    line: int
    number: int


@dataclass(slots=True)
class _Page:
    """One picture on its way."""

    timeline: Timeline
    storyline: Storyline
    language: str
    zone: ZoneInfo
    shapes: list[Shape] = field(default_factory=list)
    y: float = MARGIN

    def plan(self) -> Plan:
        title = names.track_title(self.storyline, self.timeline.track, self.language)
        courses = _shown(self.timeline.courses)
        numbered, unlisted = _numbered(courses)
        self._head(title, courses)
        self._key(courses)
        self._chart(courses, numbered)
        self._list(numbered, unlisted, len(courses) > 1)
        return Plan(WIDTH, round(self.y + MARGIN / 2), title, tuple(self.shapes))

    def _head(self, title: str, courses: Sequence[Course]) -> None:
        for line in wrapped(title, 17, WIDTH - 2 * MARGIN, 2, bold=True):
            self.y += 17
            self.shapes.append(Text(MARGIN, self.y, line, 17, bold=True))
            self.y += 4
        fields = {
            "since": day(self.timeline.since, self.language, self.zone),
            "until": day(self.timeline.as_of, self.language, self.zone),
        }
        said = say(self.language, "timeline.window", **fields)
        if len(courses) == 1:
            said = f"{self._holder(courses[0].holder)} · {said}"
        self.y += 12
        self.shapes.append(Text(MARGIN, self.y, fitting(said, 11.5, WIDTH - 2 * MARGIN), 11.5, Ink.DIM))
        self.y += 8

    def _key(self, courses: Sequence[Course]) -> None:
        """Say what the letters, the shapes and the strokes mean."""
        pieces: list[tuple[float, list[Shape]]] = []
        if len(courses) > 1:
            for line, course in enumerate(courses):
                name = fitting(self._holder(course.holder), _LABEL, 150)
                tag = Tag(0, -4, _LETTERS[line], line)
                pieces.append((19 + width(name, _LABEL), [tag, Text(19, 0, name, _LABEL)]))
        pieces += self._signs(courses)
        x = MARGIN
        self.y += 14
        for wide, shapes in pieces:
            if x > MARGIN and x + wide > WIDTH - MARGIN:
                x, self.y = MARGIN, self.y + 18
            self.shapes += [_moved(shape, x, self.y) for shape in shapes]
            x += wide + 14
        left = len(self.timeline.courses) - len(courses)
        if left:
            self.y += 16
            self.shapes.append(Text(MARGIN, self.y, count(self.language, "timeline.others", left), _SMALL, Ink.DIM))
        self.y += 10

    def _signs(self, courses: Sequence[Course]) -> list[tuple[float, list[Shape]]]:
        every = [change for course in courses for change in (*course.entered, *course.changes)]
        signs: list[tuple[str, list[Shape]]] = []
        for register in Register:
            if any(change.register is register for change in every):
                stroke = Stroke(((0, -4), (26, -4)), register, 0)
                signs.append((f"register.{register}", [stroke, Marker(13, -4, register, 0, small=True)]))
        if any(change.open for change in every):
            signs.append(("timeline.open", [Marker(13, -4, Register.WORD, 0, hollow=True, small=True)]))
        if any(change.disputed for change in every):
            signs.append(("timeline.disputed", [Marker(13, -4, Register.WORD, 0, crossed=True, small=True)]))
        told = [(say(self.language, key), shapes) for key, shapes in signs]
        return [(31 + width(said, _LABEL), [*shapes, Text(31, 0, said, _LABEL)]) for said, shapes in told]

    def _chart(self, courses: Sequence[Course], numbered: Sequence[_Numbered]) -> None:
        track = self.storyline.track(self.timeline.track)
        lanes = max(1, len(courses))
        height = max(_LEAST_ROW, _LANE * lanes + 8)
        rows = Rows(ordered(track.rungs), self.y + 12, height, lanes)
        labels = [word(self.language, rung.label, rung.id) for rung in rows.rungs]
        wide = min(_LONGEST_LABEL, max(width(label, _LABEL) for label in labels))
        left = MARGIN + wide + 8
        span = Span(self.timeline.since, self.timeline.as_of, left + 10, WIDTH - MARGIN - 10)
        based = {course.baseline for course in courses if course.baseline}
        for row, (rung, label) in enumerate(zip(rows.rungs, labels, strict=True)):
            self._row(rows, row, rung, label, wide, based=rung.id in based)
        self._dates(rows, span)
        if not courses:
            middle = (span.left + span.right) / 2
            nothing = say(self.language, "chat.nothing")
            self.shapes.append(Text(middle, (rows.top + rows.bottom) / 2, nothing, _LABEL, Ink.DIM, anchor="middle"))
        for line, course in enumerate(courses):
            own = [one for one in numbered if one.line == line]
            self._course(course, own, rows, span, line)
        self.y = rows.bottom + 22

    def _row(self, rows: Rows, row: int, rung: Rung, label: str, wide: float, *, based: bool) -> None:
        edge, height = rows.edge(row), rows.height
        if based:
            self.shapes.append(Box(MARGIN + wide + 8, edge, WIDTH - 2 * MARGIN - wide - 8, height))
        self.shapes.append(Rule(MARGIN, edge + height, WIDTH - MARGIN, edge + height))
        kinds = [say(self.language, "register.deed")] if rung.register is Register.DEED else []
        kinds += [say(self.language, "mark.baseline")] if based else []
        kinds += [say(self.language, "ladder.aside")] if rung.reversal else []
        lines = wrapped(label, _LABEL, wide, 1 if kinds else 2)
        middle = edge + height / 2
        first = middle + 4 - 6.5 * (len(lines) - 1 + bool(kinds))
        for number, line in enumerate(lines):
            self.shapes.append(Text(MARGIN, first + 13 * number, line, _LABEL))
        if kinds:
            said = fitting(" · ".join(kinds), 9, wide + 6)
            self.shapes.append(Text(MARGIN, first + 12.5 * len(lines), said, 9, Ink.DIM))

    def _dates(self, rows: Rows, span: Span) -> None:
        """Name some days below the ladder, and draw the day of the baseline through it."""
        since, until = (moment.astimezone(self.zone).date() for moment in (span.since, span.until))
        short = (until - since).days < 60
        for tick in ticks(since, until):
            x = span.at(_midnight(tick))
            self.shapes.append(Rule(x, rows.top, x, rows.bottom + 4))
            said = day(tick, self.language, self.zone) if short else month(tick, self.language)
            half = width(said, 9.5) / 2
            x = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
            self.shapes.append(Text(x, rows.bottom + 15, said, 9.5, Ink.DIM, anchor="middle"))
        if since < self.storyline.baseline_day <= until:
            x = span.at(_midnight(self.storyline.baseline_day))
            said = say(self.language, "mark.baseline")
            self.shapes.append(Rule(x, rows.top - 2, x, rows.bottom, dotted=True))
            x = min(max(x, span.left + width(said, 9) / 2 - 8), WIDTH - MARGIN - width(said, 9) / 2)
            self.shapes.append(Text(x, rows.top - 4, said, 9, Ink.DIM, anchor="middle"))

    def _course(self, course: Course, own: Sequence[_Numbered], rows: Rows, span: Span, line: int) -> None:
        places = span.apart([one.change.at for one in own])
        for register in Register:
            points: list[tuple[float, float]] = []
            for change, x in (
                *((change, span.left - 8) for change in course.entered if change.register is register),
                *((one.change, x) for one, x in zip(own, places, strict=True) if one.change.register is register),
            ):
                y = rows.at(change.rung, line)
                if y is None or change.open or change.aside:
                    continue
                points += [(x, points[-1][1])] if points else []
                points.append((x, y))
            if points:
                points.append((WIDTH - MARGIN - 2, points[-1][1]))
                self.shapes.append(Stroke(tuple(points), register, line))
        for one, x in zip(own, places, strict=True):
            y = rows.at(one.change.rung, line)
            if y is not None:
                self.shapes.append(replace(_marker(one), x=x, y=y))
        self._letter(course, rows, line)

    def _letter(self, course: Course, rows: Rows, line: int) -> None:
        """Put a holder's letter where its lines end, as colour alone must not tell who it is."""
        if len(self.timeline.courses) < 2:
            return
        last = {change.register: change for change in (*course.entered, *course.changes) if not change.open}
        for change in last.values():
            y = rows.at(change.rung, line)
            if y is not None:
                self.shapes.append(Tag(WIDTH - MARGIN - 6, y, _LETTERS[line], line))

    def _list(self, numbered: Sequence[_Numbered], unlisted: int, several: bool) -> None:
        """List the moves by number, with date, rung and outlet."""
        listed = sorted((one for one in numbered if one.number), key=lambda one: one.number)
        dates = [day(_when(one.change), self.language, self.zone) for one in listed]
        wide = max((width(said, _LABEL) for said in dates), default=0)
        for one, said in zip(listed, dates, strict=True):
            self.y += 19
            self.shapes.append(replace(_marker(one), x=MARGIN + 8, y=self.y - 4))
            x = MARGIN + 24
            self.shapes.append(Text(x, self.y, said, _LABEL, Ink.DIM))
            x += wide + 6
            if several:
                self.shapes.append(Tag(x, self.y - 4, _LETTERS[one.line], one.line))
                x += 20
            label = names.rung_label(self.storyline, self.timeline.track, one.change.rung, self.language)
            label = fitting(label, _LABEL, WIDTH - MARGIN - x, bold=True)
            self.shapes.append(Text(x, self.y, label, _LABEL, bold=True))
            x += width(label, _LABEL, bold=True) + 8
            outlet = fitting(self._outlet(one.change), _LABEL, WIDTH - MARGIN - x)
            self.shapes.append(Text(x, self.y, outlet, _LABEL, Ink.DIM))
        if unlisted:
            self.y += 18
            earlier = count(self.language, "timeline.unlisted", unlisted)
            self.shapes.append(Text(MARGIN, self.y, earlier, _SMALL, Ink.DIM))
        self.y += 8

    def _outlet(self, change: Change) -> str:
        """Return who printed it, in letters that the fonts have."""
        evidence = change.evidence
        if evidence is None:
            return say(self.language, "timeline.record")
        outlet = names.outlet(evidence, self.language)
        if not drawable(outlet):
            outlet = plain(evidence.url.partition("://")[2].partition("/")[0], NAME_LIMIT)
        others = change.outlets - 1
        return f"{outlet} +{others}" if others > 0 else outlet

    def _holder(self, holder: str) -> str:
        return names.holder_name(self.storyline, holder, self.language)


def _shown(courses: Sequence[Course]) -> tuple[Course, ...]:
    """Return the holders that there are lines for: those that moved last, in their order."""
    lately = sorted(courses, key=lambda course: course.changes[-1].at.timestamp() if course.changes else 0.0)
    kept = lately[-MOST_LINES:]
    return tuple(course for course in courses if course in kept)


def _numbered(courses: Sequence[Course]) -> tuple[tuple[_Numbered, ...], int]:
    """Number the latest moves of all holders by time; return all of them, and how many have no number."""
    every = sorted(
        ((change, line) for line, course in enumerate(courses) for change in course.changes),
        key=lambda pair: (pair[0].at, pair[1]),
    )
    unlisted = max(0, len(every) - MOST_NUMBERED)
    return tuple(_Numbered(c, line, max(0, i - unlisted)) for i, (c, line) in enumerate(every, 1)), unlisted


def _marker(one: _Numbered) -> Marker:
    change = one.change
    label = str(one.number) if one.number else ""
    flags = {"hollow": change.open, "crossed": change.disputed, "small": not label}
    return Marker(0, 0, change.register, one.line, label, **flags)


def _when(change: Change) -> When:
    """Return when it was: the day alone where no more is known."""
    return change.at if change.evidence else change.at.date()


def _midnight(when: When) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)


def _moved(shape: Shape, x: float, y: float) -> Shape:
    """Return a shape of the key at its place."""
    match shape:
        case Stroke():
            return replace(shape, points=tuple((px + x, py + y) for px, py in shape.points))
        case Text() | Marker() | Tag():
            return replace(shape, x=shape.x + x, y=shape.y + y)
        case Box() | Rule():
            raise TypeError("the key has strokes, markers, tags and words only")
