"""What is one alert event, or one brief, as a line of JSON?"""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Alert, AlertEventKind, Brief, Storyline
from handlers.console import brief_line, event_line, json_line
from handlers.samples import samples

KEYS = [
    "at",
    "event",
    "alert",
    "track",
    "holder",
    "register",
    "from",
    "to",
    "confirmed",
    "origins",
    "articles",
    "quote",
]


def _alert(storyline: Storyline, name: str) -> Alert:
    alert = samples(storyline)[name]
    assert isinstance(alert, Alert)
    return alert


def test_an_event_line_has_exactly_the_keys_of_the_contract(small_storyline: Storyline) -> None:
    assert list(event_line(_alert(small_storyline, "grown"))) == KEYS


def test_an_event_line_tells_the_move_and_its_proof(small_storyline: Storyline) -> None:
    assert event_line(_alert(small_storyline, "confirmed-reported")) == {
        "at": "2024-10-24T09:00:00+00:00",
        "event": "confirmed",
        "alert": "sample-confirmed-reported",
        "track": "pyongyang-war",
        "holder": "north-korea",
        "register": "deed",
        "from": "arming",
        "to": "deploying",
        "confirmed": True,
        "origins": 2,
        "articles": ["sample-article-1", "sample-article-2"],
        "quote": "A spy agency says that it has seen it happen.",
    }


def test_a_register_that_stood_nowhere_has_no_from(small_storyline: Storyline) -> None:
    line = event_line(_alert(small_storyline, "first-deed"))
    assert line["from"] is None
    assert line["confirmed"] is False


def test_an_article_with_two_readings_is_named_once(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "confirmed")
    twice = replace(alert, evidence=alert.evidence * 2)
    assert event_line(twice)["articles"] == ["sample-article-1"]


def test_the_event_can_be_that_of_the_readers_first_sight(small_storyline: Storyline) -> None:
    assert event_line(_alert(small_storyline, "grown"), AlertEventKind.POSTED)["event"] == "posted"


@given(st.text(st.characters()), st.booleans())
def test_a_line_is_json_that_keeps_every_character_and_moves_no_terminal(quote: str, ascii_only: bool) -> None:
    line = json_line({"quote": quote}, ascii_only=ascii_only)
    assert json.loads(line) == {"quote": quote}
    assert line.isascii() or not ascii_only
    assert not set(line) & set("\x1b\x9b\x07\r\n\u202e\u2066\u200b\u2028\x7f")
    line.encode("utf-8")


def test_readable_letters_stay_readable() -> None:
    assert "한국" in json_line({"quote": "한국"})
    assert "한국" not in json_line({"quote": "한국"}, ascii_only=True)


@pytest.mark.parametrize("name", ["brief", "brief-still", "catch-up"])
def test_a_brief_is_one_line(small_storyline: Storyline, name: str) -> None:
    brief = samples(small_storyline)[name]
    assert isinstance(brief, Brief)
    line = json.loads(json_line(brief_line(brief)))
    assert (line["event"], line["at"], line["since"]) == (
        "brief",
        "2024-10-24T09:00:00+00:00",
        "2024-10-17T09:00:00+00:00",
    )
    assert line["catch_up"] is (name == "catch-up")
    assert line["moved"] == [alert.id for alert in brief.moved]
    assert line["positions"][0] == {
        "track": "seoul-arms",
        "holder": "south-korea",
        "word": "reviewing",
        "deed": None,
        "baseline": "reviewing",
    }
