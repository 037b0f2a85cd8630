"""Does what a search found count for the paper that printed it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.parsing import Document
from watchers.search import read_search, unwrap, without_publisher


def found(item: str, url: str = "https://search.example/rss", namespaces: str = ""):
    body = f'<?xml version="1.0"?><rss version="2.0" {namespaces}><channel><item>{item}</item></channel></rss>'
    (entry,) = read_search(Document(url, body.encode()))
    return entry


def test_google_news_names_the_publisher_and_its_headlines_are_no_text():
    entry = found(
        "<title>Seoul may arm Kyiv - The Korea Herald</title>"
        "<link>https://news.google.com/rss/articles/CBMiAbc?oc=5</link><guid isPermaLink='false'>CBMiAbc</guid>"
        "<description>&lt;ol&gt;&lt;li&gt;&lt;a href='https://news.google.com/x'&gt;Another headline&lt;/a&gt;"
        "&lt;font&gt;Another Paper&lt;/font&gt;&lt;/li&gt;&lt;/ol&gt;</description>"
        "<source url='https://www.koreaherald.com'>The Korea Herald</source>"
    )
    assert entry.title == "Seoul may arm Kyiv"
    assert entry.publisher == "The Korea Herald"
    assert entry.publisher_url == "https://www.koreaherald.com"
    assert entry.text == ""
    assert entry.guid == "CBMiAbc"


def test_bing_news_is_unwrapped_and_keeps_its_snippet():
    entry = found(
        "<title>Seoul may arm Kyiv</title><link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;aid=&amp;tid=1"
        "&amp;url=https%3a%2f%2fwww.reuters.com%2fworld%2f1%3fa%3db&amp;c=1&amp;mkt=en-us</link>"
        "<description>The office said it would review.</description><News:Source>Reuters</News:Source>",
        namespaces='xmlns:News="https://www.bing.com/news/search?q=x"',
    )
    assert entry.url == "https://www.reuters.com/world/1?a=b"
    assert entry.publisher == "Reuters"
    assert entry.publisher_url == "https://www.reuters.com/"
    assert entry.text == "The office said it would review."


def test_site_stands_in_for_a_publisher_that_is_not_named():
    entry = found("<title>Seoul may arm Kyiv</title><link>https://www.paper.example/2024/1</link>")
    assert entry.publisher == "paper.example"
    assert entry.publisher_url == "https://www.paper.example/"


def test_unnamed_publisher_behind_a_hidden_address_stays_unnamed():
    entry = found("<title>Seoul may arm Kyiv</title><link>https://news.google.com/rss/articles/CBMiAbc</link>")
    assert (entry.publisher, entry.publisher_url) == ("", "")


@pytest.mark.parametrize(
    ("wrapped", "address"),
    [
        ("https://www.google.com/url?rct=j&sa=t&url=https://a.example/1&ct=ga", "https://a.example/1"),
        ("https://www.google.com/url?q=https://a.example/1&sa=U", "https://a.example/1"),
        ("https://bing.com/news/apiclick.aspx?url=https%3a%2f%2fa.example%2f1", "https://a.example/1"),
        (
            "https://bing.com/news/apiclick.aspx?url=javascript:x",
            "https://bing.com/news/apiclick.aspx?url=javascript:x",
        ),
        ("https://bing.com/news/apiclick.aspx", "https://bing.com/news/apiclick.aspx"),
        (
            "https://notbing.com/news/apiclick?url=https://a.example/",
            "https://notbing.com/news/apiclick?url=https://a.example/",
        ),
        ("https://a.example/url?url=https://b.example/", "https://a.example/url?url=https://b.example/"),
        ("", ""),
    ],
)
def test_redirects_of_searches_are_unwrapped_and_others_left(wrapped, address):
    assert unwrap(wrapped) == address


@pytest.mark.parametrize(
    ("title", "publisher", "bare"),
    [
        ("A - B - The Korea Times", "The Korea Times", "A - B"),
        ("A – yonhap", "Yonhap", "A"),
        ("А | Новости", "Новости", "А"),
        ("A - B", "C", "A - B"),
        ("A - ", "", "A - "),
        (" - Yonhap", "Yonhap", " - Yonhap"),
        ("Yonhap", "Yonhap", "Yonhap"),
    ],
)
def test_publisher_is_taken_off_the_title(title, publisher, bare):
    assert without_publisher(title, publisher) == bare


@given(st.text(max_size=40), st.text(max_size=20))
def test_title_is_only_ever_shortened(title, publisher):
    assert title.startswith(without_publisher(title, publisher))
