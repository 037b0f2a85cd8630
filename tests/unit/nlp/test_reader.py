"""Does the reader bear any text, and answer the same twice?"""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Item
from bot.nlp.reader import CONFIDENCE_FLOOR

from .readers import reader

NEWS = "North Korea has sent troops to Russia, Seoul's spy agency said on Friday. "


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("\x00\x00", "\x00"),
        ("<b><i>", "<p>" * 1000),
        ("Ñ" * 5000, "И" * 5000),
        ("North Korea \ud83d\ude80 Russia".encode("utf-16", "surrogatepass").decode("utf-16"), "🇰🇵➡️🇷🇺 " * 50),
        ("North Korea and Russia", "İİİ North Korea sent troops to Russia. " * 3),
        ("Ð¡ÐµÐ²ÐµÑ€Ð½Ð°Ñ ÐšÐ¾Ñ€ÐµÑ North Korea Russia troops", "sent"),
        ("North Korea\r\nRussia", "troops\u2028sent\u0085to\u200bRussia"),
    ],
)
def test_strange_texts_are_read_without_complaint(title, text):
    for language in ("", "en", "ko", "ru", "uk", "xx"):
        assert reader(learned=False).read(Item("x", title, text, language)).id == "x"


@pytest.mark.parametrize("day", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "0001-01-01"])
def test_any_date_is_borne(day):
    item = Item("x", "North Korea and Russia", NEWS, "en", datetime.fromisoformat(day))
    assert reader(learned=False).read(item).readings


def test_a_megabyte_is_read_from_its_first_part():
    result = reader(learned=False).read(Item("x", "North Korea and Russia", NEWS * 14_000, "en"))
    assert {r.rung for r in result.readings} == {"deploying"}


def test_same_item_gives_the_same_result():
    item = Item("x", "North Korea sends troops to Russia", NEWS, "en")
    assert reader(learned=False).read(item) == reader(learned=False).read(item)


def test_what_is_doubtful_is_kept_apart():
    result = reader(learned=False).read(Item("x", "North Korea and Russia", NEWS, "en"))
    assert all(r.confidence >= CONFIDENCE_FLOOR for r in result.readings)
    assert all(r.confidence < CONFIDENCE_FLOOR for r in result.doubtful)


def test_what_the_gate_stops_has_no_readings():
    result = reader(learned=False).read(Item("x", "A quiet day", "Nothing happened.", "en"))
    assert (result.relevant, result.gate, result.readings) == (False, "no holder", ())


@settings(max_examples=30)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_around_the_news_is_borne(before, after):
    text = f"{before} {NEWS}{after}"
    for reading in reader(learned=False).read(Item("x", before, text, "en")).readings:
        assert reading.quote in text or reading.quote in before
