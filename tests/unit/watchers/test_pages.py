"""Does a wrong address come back with good advice?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.pages import FeedLink, advice, feed_links, is_page

URL = "https://news.example/politics/"
PAGE = """<!DOCTYPE html><html><head><title>News &amp; more</title><base href="https://cdn.example/">
<link rel="stylesheet" type="text/css" href="/x.css"><link rel="alternate" hreflang="ko" href="/ko">
<link rel="alternate" type="application/rss+xml" title="All" href="/rss.xml">
<LINK REL="alternate home" TYPE="application/feed+json; charset=utf-8" HREF="feed.json">
<link rel="alternate" type="application/atom+xml" href="javascript:alert(1)"></head><body></body></html>"""


def test_feeds_that_a_page_names_are_found():
    assert feed_links(PAGE, URL) == (
        FeedLink("https://cdn.example/rss.xml", "rss", "All"),
        FeedLink("https://cdn.example/feed.json", "json"),
    )


def test_page_is_answered_with_its_title_and_feed():
    line = advice(PAGE, URL, expected="RSS or Atom")
    assert line == f"{URL}: looks like a web page 'News & more'; try its feed https://cdn.example/rss.xml (kind rss)"


def test_page_without_feeds_says_so():
    assert "names no feed" in advice("<html><body>hi</body></html>", URL, expected="RSS or Atom")


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://consent.search.example/m?continue=https://news.search.example/rss", "Search"),
        (URL, "Before you continue"),
        (URL, "Your privacy choices | The Paper"),
        (URL, "We use cookies"),
    ],
)
def test_a_page_that_asks_for_consent_is_named_and_nobody_is_told_to_watch_it(url, title):
    line = advice(f"<!DOCTYPE html><html><title>{title}</title><p>We and 800 partners</p></html>", url, expected="RSS")
    assert "asks for consent" in line
    assert "take another feed" in line
    assert "kind: page" not in line


def test_a_page_that_is_about_consent_and_names_its_feed_is_answered_with_it():
    assert "try its feed" in advice(PAGE.replace("News &amp; more", "Consent and cookies"), URL, expected="RSS")


def test_page_that_names_only_itself_gives_no_circular_advice():
    page = f'<html><head><link rel="alternate" type="application/rss+xml" href="{URL}"></head></html>'
    assert "names no feed" in advice(page, URL, expected="RSS or Atom")


def test_other_formats_are_named():
    assert advice('{"items": []}', URL, expected="RSS or Atom").endswith("set kind: json")
    assert 'is no feed (it starts with \'{"error"' in advice('{"error": "slow down"}', URL, expected="RSS or Atom")
    assert "is a map of the site" in advice("<?xml version='1.0'?><urlset/>", URL, expected="RSS or Atom")
    assert advice("<?xml version='1.0'?><rss><channel/></rss>", URL, expected="JSON").endswith("set kind: rss")
    assert "is XML but no feed" in advice("<svg/>", URL, expected="RSS or Atom")
    assert "starts with 'once upon a time'" in advice("once upon a time", URL, expected="RSS or Atom")


@given(st.text(alphabet="<>/=\"' abhtmlinkre", max_size=200))
def test_no_page_makes_it_stumble(text):
    assert "\n" not in advice(text, URL, expected="JSON")
    assert isinstance(is_page(text), bool)
    assert isinstance(feed_links(text, URL), tuple)
