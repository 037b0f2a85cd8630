"""How are notices shown on standard output?"""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import handlers
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Brief,
    Bundle,
    Delivery,
    DeliveryState,
    NoticeKind,
    Position,
    Standing,
    Storyline,
)
from bot.errors import ConfigError, DeliveryError, UndeliverableError
from bot.ledger.reasons import Reason
from config import load_storyline
from handlers.card import card_of, card_of_alert, card_of_brief
from handlers.console import GROWTH, ConsoleNotifier, build
from handlers.console.people import render
from handlers.samples import NOW, samples
from handlers.texts import languages

SEOUL = ZoneInfo("Asia/Seoul")


def _delivery(language: str = "en", timezone: str = "UTC") -> Delivery:
    now = datetime(2024, 10, 24, tzinfo=UTC)
    return Delivery(
        1,
        NoticeKind.ALERT,
        "x",
        "console",
        "console",
        "-",
        language,
        "",
        DeliveryState.PENDING,
        1,
        0,
        "",
        0,
        now,
        timezone=timezone,
    )


def _alert(storyline: Storyline, name: str) -> Alert:
    alert = samples(storyline)[name]
    assert isinstance(alert, Alert)
    return alert


def _drawn(storyline: Storyline, name: str, language: str, width: int, *, color: bool = False) -> str:
    card = card_of(samples(storyline)[name], storyline, language)
    return render(card, width=width, zone=SEOUL, color=color)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_but_an_address_is_wider_than_the_terminal(
    small_storyline: Storyline, language: str, width: int
) -> None:
    for name in samples(small_storyline):
        for line in _drawn(small_storyline, name, language, width).splitlines():
            assert cell_len(line) <= width or line.lstrip().startswith("https://")


@pytest.mark.parametrize("language", languages())
def test_no_word_is_lost_on_a_narrow_terminal(language: str) -> None:
    storyline = load_storyline()
    moves = [
        Standing(m.track, m.holder, word=Position(m.rung, NOW), deed=Position(m.rung, NOW)) for m in storyline.past
    ]
    brief = samples(storyline)["brief-still"]
    assert isinstance(brief, Brief)
    card = card_of_brief(replace(brief, standings=tuple(moves)), storyline, language)
    wide = re.sub(r"[\s─]", "", render(card, width=400, zone=SEOUL))
    for width in range(40, 60):
        assert re.sub(r"[\s─]", "", render(card, width=width, zone=SEOUL)) == wide


def test_the_ladder_shows_before_and_now_without_colour(small_storyline: Storyline) -> None:
    lines = _drawn(small_storyline, "confirmed", "en", 80).splitlines()
    assert " ▲ ● reviewing             ◀ now · baseline" in lines
    assert " ╵ ◌ rules out             ◀ before" in lines


def test_a_signal_leaves_the_full_dot_where_the_register_stands(small_storyline: Storyline) -> None:
    lines = _drawn(small_storyline, "signal", "en", 80).splitlines()
    assert any(line.startswith(" △ ◐ reviewing") for line in lines)
    assert any(line.startswith("   ● rules out") for line in lines)


def test_a_step_down_points_down(small_storyline: Storyline) -> None:
    alert = replace(_alert(small_storyline, "confirmed"), from_rung="reviewing", to_rung="withhold")
    drawn = render(card_of_alert(alert, small_storyline, "en"), width=80, zone=SEOUL)
    assert " ▼ ● rules out" in drawn
    assert " ╷ ◌ reviewing" in drawn


def test_an_address_is_never_broken_over_lines(small_storyline: Storyline) -> None:
    assert "\nhttps://news1.example.org/world/2024/10/24/position-reviewed?id=1\n" in _drawn(
        small_storyline, "confirmed", "en", 40
    )


def test_colour_adds_sequences_and_changes_nothing_else(small_storyline: Storyline) -> None:
    colored = _drawn(small_storyline, "disputed", "en", 80, color=True)
    bare = _drawn(small_storyline, "disputed", "en", 80)
    assert "\x1b[" in colored
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == bare.splitlines()


NASTY = st.text(st.characters(), max_size=80) | st.sampled_from(
    ["\x1b[31mred\x1b]8;;http://x\x07", "[bold]b[/bold]", "[/]", ":smile:", "\u202eabc", "한" * 900, "\n\n", "[link=x]"]
)


@settings(max_examples=60)
@given(NASTY, NASTY, NASTY, st.integers(40, 120))
def test_hostile_text_is_shown_and_acts_on_nothing(
    small_storyline: Storyline, quote: str, publisher: str, title: str, width: int
) -> None:
    alert = _alert(small_storyline, "grown")
    evidence = tuple(replace(e, quote=quote, publisher=f"{publisher}{e.id}", title=title) for e in alert.evidence)
    card = card_of_alert(replace(alert, evidence=evidence, against=evidence[:1]), small_storyline, "en")
    drawn = render(card, width=width, zone=SEOUL)
    assert all(line.isprintable() for line in drawn.splitlines())
    assert len(drawn) < 8_000


def test_markup_of_the_terminal_library_is_printed_as_it_is(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "confirmed")
    lead = replace(alert.lead, quote="[bold red]x[/] :smile: [link=https://evil]y[/link]")
    drawn = render(card_of_alert(replace(alert, evidence=(lead,)), small_storyline, "en"), width=80, zone=SEOUL)
    assert "[bold red]x[/] :smile: [link=https://evil]y[/link]" in drawn


async def test_a_sent_card_opens_with_its_sentence_in_the_routes_language_and_zone(small_storyline: Storyline) -> None:
    out = io.StringIO()
    notifier = ConsoleNotifier(small_storyline, out, width=80)
    ref = await notifier.send(_delivery("ko", "Asia/Seoul"), _alert(small_storyline, "confirmed"))
    lines = out.getvalue().splitlines()
    assert ref
    assert lines[0].startswith("확인 · 공식")
    assert lines[1] == "한국은 이전에는 배제했으나 이제 검토한다고 한다."
    assert lines[-2].endswith("2024년 10월 24일 18:00 KST")


async def test_an_edit_that_only_brings_outlets_is_short(small_storyline: Storyline) -> None:
    out = io.StringIO()
    notifier = ConsoleNotifier(small_storyline, out, width=80)
    await notifier.edit(_delivery(), _alert(small_storyline, "grown"))
    assert len(out.getvalue().strip().splitlines()) <= 4
    assert "◀" not in out.getvalue()
    assert Reason.MORE_ORIGINS == GROWTH
    assert "9 outlets, 3 origins" in out.getvalue()


@pytest.mark.parametrize(
    "name", ["disputed", "signal-denied", "withdrawn", "expired", "back", "mixed", "confirmed-reported"]
)
async def test_an_edit_that_changes_what_is_said_is_drawn_in_full(small_storyline: Storyline, name: str) -> None:
    out = io.StringIO()
    await ConsoleNotifier(small_storyline, out, width=80).edit(_delivery(), _alert(small_storyline, name))
    assert "│ " in out.getvalue()
    assert "◀" in out.getvalue()


async def test_json_tells_one_line_an_event(small_storyline: Storyline) -> None:
    out = io.StringIO()
    notifier = ConsoleNotifier(small_storyline, out, as_json=True)
    grown = _alert(small_storyline, "grown")
    await notifier.send(_delivery(), grown)
    await notifier.edit(_delivery(), replace(grown, event=AlertEventKind.DISPUTED, state=AlertState.DISPUTED))
    await notifier.send(_delivery(), samples(small_storyline)["catch-up"])
    events = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
    assert events == ["posted", "disputed", "brief"]


async def test_an_output_that_writes_only_ascii_still_gets_everything(small_storyline: Storyline) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    await ConsoleNotifier(small_storyline, out, as_json=True).send(_delivery(), _alert(small_storyline, "foreign"))
    assert "검토해" in json.loads(raw.getvalue())["quote"]
    await ConsoleNotifier(small_storyline, out, width=80).send(_delivery(), _alert(small_storyline, "foreign"))
    assert b"South Korea now says it is reviewing arms" in raw.getvalue()


class _Full(io.StringIO):
    def write(self, text: str, /) -> int:
        raise OSError(28, "No space left on device")


class _Gone(io.StringIO):
    def write(self, text: str, /) -> int:
        raise BrokenPipeError(32, "Broken pipe")


async def test_an_output_that_is_gone_is_a_permanent_error(small_storyline: Storyline) -> None:
    closed = io.StringIO()
    closed.close()
    for out in (closed, _Gone()):
        with pytest.raises(UndeliverableError, match="standard output is closed"):
            await ConsoleNotifier(small_storyline, out).send(_delivery(), _alert(small_storyline, "signal"))


async def test_an_output_that_is_full_is_tried_again(small_storyline: Storyline) -> None:
    with pytest.raises(DeliveryError, match="No space left"):
        await ConsoleNotifier(small_storyline, _Full()).send(_delivery(), _alert(small_storyline, "signal"))


def test_an_unknown_mode_or_width_is_told_in_one_line(small_storyline: Storyline) -> None:
    with pytest.raises(ConfigError, match="mode 'xml' is unknown; choose one of: people, json"):
        build(small_storyline, {"mode": "xml"})
    with pytest.raises(ConfigError, match="width 'wide'"):
        build(small_storyline, {"width": "wide"})


def test_platforms_are_found_by_name() -> None:
    assert "console" in handlers.load()
    assert list(handlers.load(["console"])) == ["console"]


@pytest.mark.parametrize("name", ["telegram", "card", "os.path", ""])
def test_a_name_that_is_no_platform_is_told(name: str) -> None:
    with pytest.raises(ConfigError, match=r"there are: .*console"):
        handlers.load([name])


async def test_several_alerts_in_one_message_are_a_line_each_for_programs(small_storyline: Storyline) -> None:
    out = io.StringIO()
    console = ConsoleNotifier(small_storyline, out, as_json=True)
    shown = samples(small_storyline)
    one, two, three = (shown[name] for name in ("grown", "signal-deed", "confirmed-reported"))
    assert isinstance(one, Alert)
    assert isinstance(two, Alert)
    assert isinstance(three, Alert)
    await console.send(_delivery(), Bundle((one, two), (0, 0)))
    await console.edit(_delivery(), Bundle((one, replace(two, version=9), three), (one.version, 1, 0)))
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["alert"], line["event"]) for line in lines] == [
        (one.id, "posted"),
        (two.id, "posted"),
        (two.id, str(two.event)),
        (three.id, "posted"),
    ]


async def test_an_alert_that_joins_a_message_is_printed_below_it_for_people(small_storyline: Storyline) -> None:
    out = io.StringIO()
    console = ConsoleNotifier(small_storyline, out, width=80)
    one, two = (samples(small_storyline)[name] for name in ("confirmed", "signal-deed"))
    assert isinstance(one, Alert)
    assert isinstance(two, Alert)
    await console.send(_delivery(), one)
    before = out.getvalue()
    await console.edit(_delivery(), Bundle((one, two), (one.version, 0)))
    added = out.getvalue().removeprefix(before)
    assert two.id in added
    assert one.id not in added
