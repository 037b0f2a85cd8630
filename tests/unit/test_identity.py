"""Is the same article the same, and another one another?"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Entry, Source, Tier
from bot.identity import _words_of_all, article_key, canonical_url, content_hash, content_hashes, short_id

SOURCE = Source("yonhap", "Yonhap", "https://y.example/rss", "rss", "en", "Yonhap", "yonhap", Tier.AGENCY)
ENTRY = Entry(guid="7", url="https://y.example/7", title="Seoul reviews", text="It said so.")


def test_guid_makes_the_article_whatever_else_changes():
    changed = replace(ENTRY, url="https://y.example/other", title="Seoul now reviews", text="More.")
    assert article_key(SOURCE, changed) == article_key(SOURCE, ENTRY)
    assert article_key(SOURCE, replace(ENTRY, guid="8")) != article_key(SOURCE, ENTRY)


def test_an_id_that_is_an_address_with_a_session_is_the_same_at_the_next_visit():
    first, second = (replace(ENTRY, guid=f"https://y.example/7;jsessionid={visit}") for visit in ("0A1B", "2C3D"))
    assert article_key(SOURCE, first) == article_key(SOURCE, second)
    assert article_key(SOURCE, replace(first, guid="https://y.example/8;jsessionid=0A1B")) != article_key(SOURCE, first)


def test_address_makes_the_article_where_there_is_no_guid():
    bare = replace(ENTRY, guid="")
    same = replace(bare, url="http://Y.example:80/7?utm_source=rss#top", title="Changed")
    assert article_key(SOURCE, same) == article_key(SOURCE, bare)
    assert article_key(SOURCE, replace(bare, url="https://y.example/8")) != article_key(SOURCE, bare)


def test_words_make_the_article_where_there_is_neither():
    bare = replace(ENTRY, guid="", url="")
    assert article_key(SOURCE, replace(bare, title="SEOUL  reviews!")) == article_key(SOURCE, bare)
    assert article_key(SOURCE, replace(bare, title="Seoul refuses")) != article_key(SOURCE, bare)


def test_two_sources_may_number_their_items_alike():
    assert article_key(SOURCE, ENTRY) != article_key(replace(SOURCE, key="tass"), ENTRY)


def test_guid_link_and_words_are_never_confused():
    link = "y.example/7"
    keys = {
        article_key(SOURCE, Entry(guid=f"link {link}", url="", title="", text="")),
        article_key(SOURCE, Entry(guid="", url=f"https://{link}", title="", text="")),
        article_key(SOURCE, Entry(guid="", url="", title=link, text="")),
    }
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://a.example", "https://a.example/"),
        ("HTTPS://A.Example:443/B?b=2&a=1#x", "https://a.example/B?a=1&b=2"),
        ("http://a.example:80/", "http://a.example/"),
        ("https://a.example:8443/", "https://a.example:8443/"),
        ("https://a.example/1?utm_source=x&UTM_Medium=y&id=3&fbclid=z&gclid=q", "https://a.example/1?id=3"),
        ("https://a.example/1?utm_source=x", "https://a.example/1"),
        ("https://a.example/1?at_medium=RSS&at_campaign=rss", "https://a.example/1"),
        ("https://a.example/1;jsessionid=0A1B2C.node-2?id=3", "https://a.example/1?id=3"),
        ("https://a.example/list;JSESSIONID=0A1B2C/1", "https://a.example/list/1"),
        ("https://a.example/1%3Bjsessionid%3D0A1B2C", "https://a.example/1"),
        ("https://a.example/1;v=2;jsessionid=0A1B2C", "https://a.example/1;v=2"),
        ("https://a.example/1?id=3&PHPSESSID=0a1b2c&ASPSESSIONIDQQ=X", "https://a.example/1?id=3"),
        ("https://a.example/1?sid=100", "https://a.example/1?sid=100"),
        ("https://a.example/go?b=board;jsessionid=0A1B2C&id=3", "https://a.example/go?b=board&id=3"),
        (
            "https://a.example/go?u=b.example%2Fv%3Bjsessionid%3D0A%3Fid%3D3",
            "https://a.example/go?u=b.example%2Fv%3Fid%3D3",
        ),
        ("https://a.example/1?lang=ko&id=2", "https://a.example/1?id=2&lang=ko"),
        ("https://a.example/view?idx=1&idx=2", "https://a.example/view?idx=1&idx=2"),
        ("https://a.example/%ED%95%9C?q=%ed%95%9c", "https://a.example/%ED%95%9C?q=%ED%95%9C"),
        ("https://a.example/한?q=한", "https://a.example/%ED%95%9C?q=%ED%95%9C"),
        ("https://пример.укр/1", "https://xn--e1afmkfd.xn--j1amh/1"),
        ("javascript:alert(1)", ""),
        ("", ""),
        ("not an address", ""),
        ("http://", ""),
        ("http://[broken", ""),
    ],
)
def test_address_has_one_spelling_without_tracking(url, canonical):
    assert canonical_url(url) == canonical


@given(st.text(max_size=80) | st.text(max_size=60).map(lambda text: f"https://a.example/{text}"))
def test_canonical_address_is_stable_and_nothing_makes_it_stumble(text):
    once = canonical_url(text)
    assert canonical_url(once) == once


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text("abc123", max_size=5), max_size=4))
def test_tracking_never_changes_the_article(parameters):
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    clean, tracked = f"https://a.example/1?{query}", f"https://a.example/1?utm_source=rss&{query}&fbclid=1"
    assert canonical_url(tracked) == canonical_url(clean)


def test_tracking_of_any_length_is_taken_off():
    assert canonical_url(f"https://a.example/1?utm_source={'x' * 5000}") == "https://a.example/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Seoul reviews", "It said."), ("  SEOUL   reviews ", "It said")),
        (("Café", "x"), ("Cafe\u0301", "x")),
        (("“Quoted” – text", ""), ('"Quoted" - text', "")),
    ],
)
def test_case_blanks_and_punctuation_do_not_change_the_words(one, other):
    assert content_hash(*one) == content_hash(*other)


_ITEM_TEXT = st.text(st.sampled_from("aB 1.,-\n\0\u00a0\u2014\u2019\u0301\u00e9\u0416\ud55c"), max_size=12)


@given(st.lists(st.tuples(_ITEM_TEXT, _ITEM_TEXT), max_size=5))
def test_items_taken_together_have_the_digests_of_each_alone(items):
    assert content_hashes(items) == [content_hash(title, text) for title, text in items]


def test_words_of_title_and_text_are_told_apart():
    assert content_hash("a b", "c") != content_hash("a", "b c")
    assert content_hash("a", "1") != content_hash("a", "2")


@given(st.lists(st.text(max_size=10), max_size=4), st.lists(st.text(max_size=10), max_size=4))
def test_short_ids_are_equal_only_for_equal_parts(one, other):
    if "\0" not in "".join(one + other):
        assert (short_id(*one) == short_id(*other)) == (one == other or "\0".join(one) == "\0".join(other))
    assert len(short_id(*one)) == 16


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aZ 9_.\u2014\u2019\u2026\u00ab\u00a0\u0301\u00e9")))
)
def test_the_quick_way_to_the_words_of_a_text_is_the_plain_one(text: str):
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    alone, beside = _words_of_all([text]), _words_of_all([text, "Two words"])
    assert alone[0].split() == beside[0].split() == letters.split()
    assert beside[1] == "two words"
