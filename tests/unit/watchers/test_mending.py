"""Is a feed read although one of its items would make feedparser stumble?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.mending import mend
from watchers.parsing import Document
from watchers.rss import read_feed

STUMBLES = [
    "&#x110000;",
    "&#xD800;",
    "&#99999999999999999999;",
    "&#0;",
    "<gml:pos>x y</gml:pos>",
    "<georss:point>1</georss:point>",
    "</width>",
    "<psc:chapter start='x'/>",
]


@pytest.mark.parametrize("stumble", STUMBLES)
def test_one_bad_item_costs_no_other(stumble):
    # The stray mark makes the feed malformed, so that feedparser's lenient parser, which raises on these, takes it.
    feed = f"<rss version='2.0'><channel><item><title>one {stumble}</title>{stumble}</item>"
    feed += "<item><title>two & < three</title></item></channel></rss>"
    assert len(read_feed(Document("https://news.example/", feed.encode()))) == 2


@pytest.mark.parametrize("text", ["&#65;", "&#xAC00;", "&#10;", "&amp;", "&#x10FFFF;", "<p width='1'>", "<geography>"])
def test_what_is_possible_is_left(text):
    assert mend(text) == text


@given(st.text(max_size=100) | st.text(alphabet="&#x0123456789DF;<>/gml:po", max_size=60))
def test_only_marks_are_ever_taken_out(text):
    once = mend(text)
    assert len(once) <= len(text)
    assert "&" in text or "<" in text or once == text
