"""What does a track look like over time?"""

import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Change, Course, Register, Storyline, Timeline
from bot.errors import TransientError
from config import load_storyline
from handlers.card.timeline import alt_text
from handlers.picture import SCALE, WIDTH, drawn, raster
from handlers.picture.axes import MOST_TICKS, Span, ticks
from handlers.picture.layout import MOST_NUMBERED, layout
from handlers.picture.lettering import drawable, fitting, width, wrapped
from handlers.picture.shapes import Marker, Plan, Rule, Stroke, Tag, Text
from handlers.picture.svg import written
from handlers.picture.theme import DARK, LIGHT, MOST_LINES
from handlers.sample_answers import sample_timeline
from handlers.samples import NOW
from handlers.texts import languages

SEOUL = ZoneInfo("Asia/Seoul")
SHIPPED = load_storyline()
TRACKS = {track.id: track for track in SHIPPED.tracks}


def _plan(timeline: Timeline, storyline: Storyline = SHIPPED, language: str = "en") -> Plan:
    return layout(timeline, storyline, language, SEOUL)


def _all(plan: Plan, kind: type) -> list:
    return [shape for shape in plan.shapes if isinstance(shape, kind)]


def _words(plan: Plan) -> list[str]:
    return [text.words for text in _all(plan, Text)]


def _course(holder: str, track: str, number: int, apart: timedelta = timedelta(days=9)) -> Course:
    """Return a holder that moves from rung to rung, back and forth."""
    rungs = TRACKS[track].rungs
    made = []
    for n in range(number):
        rung = rungs[n % len(rungs)]
        made.append(
            Change(NOW - apart * (number - n), rung.register, rung.id, rungs[(n - 1) % len(rungs)].id if n else "")
        )
    return Course(holder, "", (), tuple(made))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    track = draw(st.sampled_from(SHIPPED.tracks))
    moments = st.datetimes(datetime(2022, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
    since, until = sorted([draw(moments), draw(moments)])
    courses = []
    for holder in draw(st.lists(st.sampled_from([*track.holders, "gone"]), max_size=9, unique=True)):
        changes = []
        for at in sorted(
            draw(
                st.lists(
                    st.datetimes(since.replace(tzinfo=None), until.replace(tzinfo=None), timezones=st.just(UTC)),
                    max_size=14,
                )
            )
        ):
            rung = draw(st.sampled_from([*(r.id for r in track.rungs), "dropped"]))
            register = next((r.register for r in track.rungs if r.id == rung), Register.WORD)
            flags = {"open": draw(st.booleans()), "disputed": draw(st.booleans()), "aside": draw(st.booleans())}
            changes.append(Change(at, register, rung, **flags))
        courses.append(
            Course(
                holder, draw(st.sampled_from(["", track.rungs[0].id, "dropped"])), tuple(changes[:1]), tuple(changes)
            )
        )
    return Timeline(track.id, since, until, tuple(courses))


@settings(max_examples=80)
@given(timelines(), st.sampled_from(languages()), st.booleans())
def test_any_timeline_is_drawn_within_its_page(timeline: Timeline, language: str, dark: bool) -> None:
    plan = _plan(timeline, language=language)
    for shape in plan.shapes:
        points = (
            shape.points
            if isinstance(shape, Stroke)
            else [(shape.x1, shape.y2)]
            if isinstance(shape, Rule)
            else [(shape.x, shape.y)]
        )
        assert all(0 <= x <= plan.width and 0 <= y <= plan.height for x, y in points), shape
        if isinstance(shape, Text) and shape.anchor == "start":
            assert shape.x + width(shape.words, shape.size, bold=shape.bold) <= plan.width + 1, shape.words
    ET.fromstring(written(plan, dark=dark))
    assert len([m for m in _all(plan, Marker) if m.label]) <= 2 * MOST_NUMBERED


@given(st.text(max_size=300))
def test_nothing_that_a_stranger_wrote_is_markup(small_storyline: Storyline, hostile: str) -> None:
    timeline = sample_timeline(small_storyline)
    course = timeline.courses[0]
    changes = tuple(
        replace(c, evidence=replace(c.evidence, publisher=hostile, url=hostile)) if c.evidence else c
        for c in course.changes
    )
    plan = _plan(replace(timeline, courses=(replace(course, changes=changes),)), small_storyline)
    drawn_ = ET.fromstring(written(plan, dark=False))
    assert {element.tag.rpartition("}")[2] for element in drawn_.iter()} <= {
        "svg",
        "rect",
        "path",
        "text",
        "tspan",
        "circle",
    }


def test_words_and_deeds_are_told_apart_by_shape_and_stroke_not_by_colour() -> None:
    timeline = Timeline("seoul-arms", NOW - timedelta(days=90), NOW, (_course("south-korea", "seoul-arms", 6),))
    svg = written(_plan(timeline), dark=False)
    strokes = {shape.register for shape in _all(_plan(timeline), Stroke)}
    assert strokes == {Register.WORD, Register.DEED}
    dashed, whole = (re.findall(rf'stroke-width="{size}"( stroke-dasharray)?', svg) for size in ("2.0", "3.2"))
    assert all(dashed)
    assert not any(whole)
    assert "<circle" in svg


def test_every_move_has_a_number_a_date_and_who_printed_it(small_storyline: Storyline) -> None:
    plan = _plan(sample_timeline(small_storyline), small_storyline)
    words = _words(plan)
    assert [m.label for m in _all(plan, Marker) if m.label].count("3") == 2  # on the line and in the list
    assert {"20 Jun 2024", "14 Sep 2024", "history", "Example Herald 1 +8"} <= set(words)
    assert "baseline" in words
    assert any(rule.dotted for rule in _all(plan, Rule))


def test_what_is_not_confirmed_is_hollow_and_what_is_disputed_is_crossed(small_storyline: Storyline) -> None:
    plan = _plan(sample_timeline(small_storyline), small_storyline)
    markers = {m.label: m for m in reversed(_all(plan, Marker)) if m.label}  # the one on the line comes first
    assert markers["5"].hollow
    assert markers["4"].crossed
    assert not markers["3"].hollow
    assert {"not confirmed", "disputed"} <= set(_words(plan))
    # A signal moves no line: it ends where the last move left it.
    stroke = _all(plan, Stroke)[-1]
    assert stroke.points[-1][1] == markers["4"].y


def test_older_moves_are_marks_without_a_number_and_counted() -> None:
    timeline = Timeline("seoul-arms", NOW - timedelta(days=900), NOW, (_course("south-korea", "seoul-arms", 30),))
    plan = _plan(timeline)
    assert sum(m.small for m in _all(plan, Marker)) >= 20
    assert "20 earlier moves are marks without numbers" in _words(plan)


def test_numbers_of_one_holder_do_not_cover_each_other() -> None:
    course = _course("south-korea", "seoul-arms", 10, timedelta(minutes=1))
    plan = _plan(Timeline("seoul-arms", NOW - timedelta(days=900), NOW, (course,)))
    on_line = [m for m in _all(plan, Marker) if m.label and m.x > 100]
    for one, other in pairwise(on_line):
        assert abs(one.x - other.x) + abs(one.y - other.y) >= 16


def test_holders_have_letters_and_lanes_of_their_own() -> None:
    track = TRACKS["allies-arms"]
    courses = tuple(_course(holder, track.id, 3) for holder in track.holders[:9])
    plan = _plan(Timeline(track.id, NOW - timedelta(days=90), NOW, courses))
    assert {tag.letter for tag in _all(plan, Tag)} == set("ABCDEF"[:MOST_LINES])
    assert "and 3 other holders, in the words below" in _words(plan)
    ends = [tag.y for tag in _all(plan, Tag) if tag.x > WIDTH - 30]
    assert len(set(ends)) == len(ends)


def test_a_track_without_any_position_is_drawn_and_says_so() -> None:
    plan = _plan(Timeline("seoul-arms", NOW - timedelta(days=9), NOW, ()))
    assert "No position on record." in _words(plan)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_line_stands_out_from_its_page(theme) -> None:
    for colour in (*theme.lines, theme.dim):
        assert _contrast(colour, theme.page) >= 3.0
        assert _contrast(colour, theme.band) >= 3.0
    for colour in theme.lines:
        assert _contrast(theme.on_line, colour) >= 4.5
    assert _contrast(theme.text, theme.page) >= 7
    assert _contrast(theme.dim, theme.page) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("language", languages())
async def test_a_picture_is_sharp_on_a_phone_and_drawn_off_the_loop(small_storyline: Storyline, language: str) -> None:
    picture = await drawn(sample_timeline(small_storyline), small_storyline, language, SEOUL, dark=True)
    assert picture.png.startswith(b"\x89PNG\r\n")
    size = (int.from_bytes(picture.png[16:20], "big"), int.from_bytes(picture.png[20:24], "big"))
    assert size == (picture.width, picture.height)
    assert picture.width == WIDTH * SCALE == 800
    # The renderer keeps Python's lock for a quarter of a second: it is never to be loaded in this process.
    assert "resvg_py" not in sys.modules


async def test_a_picture_that_cannot_be_drawn_says_so() -> None:
    with pytest.raises(TransientError, match="picture: it was not drawn: "):
        await raster.rasterised("<svg", SCALE)


async def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "LONGEST", 0.001)
    with pytest.raises(TransientError, match="not drawn within"):
        await raster.rasterised("<svg/>", SCALE)


@given(timelines(), st.integers(60, 2000), st.sampled_from(languages()))
@settings(max_examples=40)
def test_the_words_fit_the_platform_and_name_everybody_where_they_can(
    timeline: Timeline, longest: int, language: str
) -> None:
    said = alt_text(timeline, SHIPPED, language, SEOUL, longest)
    assert 0 < len(said) <= longest
    assert "\n" not in said


def test_the_words_tell_the_whole_story(small_storyline: Storyline) -> None:
    said = alt_text(sample_timeline(small_storyline), small_storyline, "en", SEOUL, 1024)
    assert said == (
        "Arms, 6 Jun 2024 – 24 Oct 2024. South Korea: Baseline: reviewing; at the start: rules out (word); "
        "20 Jun 2024: rules out → reviewing (word, history); 8 Jul 2024: reviewing → rules out (word, history); "
        "14 Sep 2024: rules out → reviewing (word, Example Herald 1 +8); "
        "4 Oct 2024: reviewing → rules out (word, disputed, Example Herald 1); "
        "24 Oct 2024: rules out → reviewing (word, not confirmed, Example Herald 1)."
    )
    short = alt_text(sample_timeline(small_storyline), small_storyline, "en", SEOUL, 320)
    assert "3 earlier moves; 4 Oct 2024" in short


@given(st.dates(datetime(2000, 1, 1).date(), datetime(2030, 1, 1).date()), st.integers(0, 9000))
def test_a_few_days_are_named_below(since, days: int) -> None:
    found = ticks(since, since + timedelta(days=days))
    assert len(found) <= MOST_TICKS + 1
    assert found == sorted(set(found))
    assert all(since < day <= since + timedelta(days=days) for day in found)


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_moves_keep_their_order_and_stay_in_the_window(seconds: list[int]) -> None:
    span = Span(NOW, NOW + timedelta(seconds=1000), 100, 380)
    places = span.apart([NOW + timedelta(seconds=n) for n in sorted(seconds)])
    assert places == sorted(places)
    assert all(99 <= place <= 380 for place in places)


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.floats(30, 300))
def test_words_are_cut_to_the_room_they_have(words: str, room: float) -> None:
    assert width(fitting(words, 11, room), 11) <= max(room, width("…", 11))
    assert len(wrapped(words, 11, room, 2)) <= 2


def test_letters_that_the_fonts_lack_are_not_drawn() -> None:
    assert drawable("Reuters Правда Україна 연합뉴스 Śląsk")
    assert not drawable("朝日新聞")
