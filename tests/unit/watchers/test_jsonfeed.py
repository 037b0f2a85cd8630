"""Are JSON feeds read in the shapes that sites serve?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAFeedError
from watchers.jsonfeed import read_json
from watchers.parsing import Document

URL = "https://news.example/feed.json"
NOON = datetime(2024, 6, 20, 12, tzinfo=UTC)


def read(content: object) -> tuple:
    return read_json(Document(URL, json.dumps(content).encode(), "text/plain"))


def test_json_feed_is_read():
    (entry,) = read(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [
                {
                    "id": 7,
                    "url": "/1",
                    "title": "Seoul <b>says</b>",
                    "summary": "Short.",
                    "content_html": "<p>Longer one.</p>",
                    "date_published": "2024-06-20T21:00:00+09:00",
                }
            ],
        }
    )
    assert (entry.guid, entry.url, entry.title) == ("7", "https://news.example/1", "Seoul says")
    assert entry.text == "Longer one."
    assert entry.published == NOON


def test_external_address_stands_in_for_a_missing_one():
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "external_url": "https://a.example/"}]}
    assert read(feed)[0].url == "https://a.example/"


def test_posts_of_a_content_system_are_read():
    (entry,) = read(
        [
            {
                "id": 12,
                "date": "2024-06-20T12:00:00",
                "link": "https://news.example/12",
                "title": {"rendered": "Assessment, June&nbsp;20"},
                "excerpt": {"rendered": "<p>Toplines.</p>", "protected": False},
            }
        ]
    )
    assert (entry.guid, entry.title, entry.text) == ("12", "Assessment, June 20", "Toplines.")
    assert entry.published == NOON


def test_list_below_the_top_is_found():
    (entry,) = read({"channel": {"tags": ["a"], "item": [{"title": "T", "link": "/1", "pubDate": "1718884800000"}]}})
    assert entry.title == "T"
    assert entry.published == NOON


@pytest.mark.parametrize(
    "name",
    [
        "publishedAt",
        "published_at",
        "pubDate",
        "PubDate",
        "datePublished",
        "publish_date",
        "publicationDate",
        "createdAt",
    ],
)
@pytest.mark.parametrize("printed", ["2024-06-20T12:00:00Z", 1718884800, 1718884800000, 1718884800.0])
def test_a_date_is_read_under_whatever_name_and_in_whatever_form_sites_give_it(name, printed):
    (entry,) = read({"articles": [{"title": "T", "url": "/1", name: printed}]})
    assert entry.published == NOON


def test_a_date_that_is_no_number_or_the_longest_one_is_none():
    (entry,) = read({"articles": [{"title": "T", "url": "/1", "publishedAt": 1e308, "created": {}, "date": []}]})
    assert entry.published is None


def test_empty_feed_is_a_feed():
    assert read({"version": "https://jsonfeed.org/version/1.1", "items": []}) == ()
    assert read([]) == ()


def test_a_list_of_posts_that_holds_none_at_present_is_a_feed():
    assert read({"status": "ok", "totalResults": 0, "articles": []}) == ()
    assert read({"data": {"items": [], "tags": ["a"]}, "errors": []}) == ()
    with pytest.raises(NotAFeedError):
        read({"error": "no such key", "articles": []})
    with pytest.raises(NotAFeedError):
        read({"warnings": [], "people": [{"name": "x"}]})


@pytest.mark.parametrize(
    "content", [{}, {"error": "no"}, 7, None, "x", {"items": {}}, [1, 2], {"names": [{"name": "x"}]}]
)
def test_json_without_items_is_no_feed(content):
    with pytest.raises(NotAFeedError, match=r"feed\.json: "):
        read(content)


def test_malformed_json_says_where():
    with pytest.raises(NotAFeedError, match=r"malformed.*line 1"):
        read_json(Document(URL, b'{"items": ['))


def test_xml_is_answered_with_its_kind():
    with pytest.raises(NotAFeedError, match="set kind: rss"):
        read_json(Document(URL, b"<rss><channel></channel></rss>", "application/json"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "title", "url", "date", "items", "content", "rendered"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_read_or_refused_and_nothing_else(content):
    try:
        entries = read(content)
    except NotAFeedError:
        return
    assert all(entry.published is None or entry.published.utcoffset() is not None for entry in entries)


@given(st.lists(JSON.filter(lambda value: isinstance(value, dict)), max_size=5))
def test_no_item_of_a_json_feed_is_lost(items):
    assert len(read({"version": "https://jsonfeed.org/version/1.1", "items": items})) == len(items)
