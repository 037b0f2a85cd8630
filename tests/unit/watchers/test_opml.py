"""Do lists of sources go out and come back the same, and come in from elsewhere in good order?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Source, Tier
from bot.errors import InputError
from watchers.opml import read_opml, source_key, write_opml

YONHAP = Source(
    "yonhap-en", "Yonhap & Co", "https://y.example/rss?a=1&b=2", "rss", "en", "Yonhap", "yonhap", Tier.AGENCY
)
SEARCH = replace(
    YONHAP, key="s", name="검색", url="https://s.example/", kind="search", tier=Tier.SEARCH, enabled=False, interval=900
)
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?><opml version="1.0"><head><title>x</title></head><body>
<outline text="News"><outline title="Official"><outline text="Korean">
  <outline text="Ministry" type="rss" xmlUrl="https://www.ministry.example/rss" htmlUrl="https://ministry.example"/>
</outline></outline></outline>
<outline text="Loose" xmlUrl="https://loose.example/feed" language="ru-RU"/>
<outline text="Again" xmlUrl="https://loose.example/feed"/>
<outline text="No feed" htmlUrl="https://x.example"/><outline text="Bad" xmlUrl="javascript:alert(1)"/>
<outline text="Worse" xmlUrl="http://[broken"/><outline xmlUrl="https://nameless.example/"/>
</body></opml>"""


def test_export_comes_back_the_same():
    assert set(read_opml(write_opml([YONHAP, SEARCH]).encode(), "x.opml")) == {YONHAP, SEARCH}


def test_export_has_one_group_a_tier():
    text = write_opml([YONHAP, SEARCH, replace(YONHAP, key="k2", url="https://k.example/")])
    assert text.count('<outline text="agency"') == 1
    assert text.count('<outline text="search"') == 1


def test_foreign_list_is_filled_in_and_its_groups_are_understood():
    ministry, loose, nameless = read_opml(FOREIGN.encode(), "feedly.opml", author="Kim")
    assert ministry == Source(
        key="ministry-example-rss",
        name="Ministry",
        url="https://www.ministry.example/rss",
        kind="rss",
        language="ko",
        publisher="Ministry",
        origin_group="ministry.example",
        tier=Tier.OFFICIAL,
        confidence="medium",
        author="Kim",
    )
    assert (loose.name, loose.language, loose.tier) == ("Loose", "ru", Tier.OUTLET)
    assert nameless.name == nameless.publisher == "nameless.example"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no well-formed XML"),
        ("words", "no well-formed XML"),
        ("<opml><body><outline>", "no well-formed XML"),
        ("<rss/>", "is no OPML"),
        ("<opml/>", "is no OPML"),
        ("<opml><body/></opml>", "names no feed"),
        ('<!DOCTYPE o [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><opml><body>&b;</body></opml>', "entities"),
        ('<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml><body>&a;</body></opml>', "entities"),
        ("x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_list_of_feeds_is_one_clear_line(content, words):
    with pytest.raises(InputError, match=rf"^x\.opml: .*{words}"):
        read_opml(content.encode(), "x.opml")


def test_deep_nesting_is_no_trouble():
    deep = "<outline text='g'>" * 20_000 + "<outline xmlUrl='https://a.example/'/>" + "</outline>" * 20_000
    (source,) = read_opml(f"<opml><body>{deep}</body></opml>".encode(), "x.opml")
    assert source.url == "https://a.example/"


def test_charset_of_the_file_may_be_any():
    text = FOREIGN.replace("UTF-8", "windows-1251").replace("Loose", "Новости")
    assert read_opml(text.encode("cp1251"), "x.opml")[1].name == "Новости"


def test_two_addresses_never_share_a_key():
    sources = [replace(YONHAP, key="same", url=f"https://a.example/{number}") for number in range(3)]
    keys = [source.key for source in read_opml(write_opml(sources).encode(), "x.opml")]
    assert keys == ["same", "same-2", "same-3"]
    long = "https://news.example/rss/search?q=" + "%ed%95%9c" * 20
    assert source_key(long + "a") != source_key(long + "b")


@given(st.text(max_size=100))
def test_keys_are_plain_whatever_the_address(text):
    for url in (f"https://a.example/{text}", "https://a.example/?" + text):
        try:
            key = source_key(url)
        except ValueError:  # urlsplit's own complaint about brackets
            continue
        assert key
        assert key.strip("-") == key
        assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


NAMES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)


@given(
    NAMES, NAMES, st.sampled_from(list(Tier)), st.sampled_from(["", "ko", "uk"]), st.booleans(), st.integers(60, 9999)
)
def test_any_source_survives_the_round_trip(name, publisher, tier, language, enabled, interval):
    source = replace(
        YONHAP, name=name, publisher=publisher, tier=tier, language=language, enabled=enabled, interval=interval
    )
    assert read_opml(write_opml([source]).encode(), "x.opml") == (source,)
