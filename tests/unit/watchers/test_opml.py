"""Do lists of sources go out and come back the same, and come in from elsewhere in good order?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain import Source, Tier
from bot.errors import InputError
from watchers.opml import _MOST_NAMES, _outlines, read_opml, source_key, write_opml

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


def test_a_news_search_of_another_reader_is_known_for_one():
    feed = '<outline text="Arms" type="rss" xmlUrl="https://news.google.com/rss/search?q=arms"/>'
    (source,) = read_opml(f"<opml><body><outline text='Agency'>{feed}</outline></body></opml>".encode(), "x.opml")
    assert (source.kind, source.tier) == ("search", Tier.SEARCH)


def test_a_tower_of_groups_costs_no_more_than_its_length():
    deep = "<outline text='x'>" * 60_000 + "<outline xmlUrl='https://y.example/'/>" + "</outline>" * 60_000
    assert max(len(groups) for _, groups in _outlines(ET.fromstring(f"<body>{deep}</body>"))) == _MOST_NAMES
    (source,) = read_opml(f"<opml><body>{deep}</body></opml>".encode(), "x.opml")
    assert source.folders == ("/".join("x" * 10),)


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
        folders=("News/Official/Korean",),
    )
    assert loose.folders == nameless.folders == ()
    assert (loose.name, loose.language, loose.tier) == ("Loose", "ru", Tier.OUTLET)
    assert nameless.name == nameless.publisher == "nameless.example"


def test_groups_of_another_reader_go_out_as_they_came_in():
    came = read_opml(FOREIGN.encode(), "feedly.opml")
    text = write_opml(came)
    for name in ("News", "Official", "Korean"):
        assert text.count(f'<outline text="{name}"') == 1
    assert read_opml(text.encode(), "x.opml") == came


def test_feed_in_several_groups_is_one_source_and_stands_in_all_of_them():
    feed = '<outline text="Wire" xmlUrl="https://wire.example/"/>'
    text = f"""<opml><body><outline text="Asia">{feed}<outline text="Seoul, TV/Radio">{feed}</outline></outline>
    <outline text="agency">{feed}</outline>{feed}</body></opml>"""
    (source,) = read_opml(text.encode(), "x.opml")
    assert source.folders == ("Asia", "Asia/Seoul, TV\\/Radio", "agency")
    written = write_opml([source])
    assert written.count("https://wire.example/") == 3
    assert written.count('<outline text="Asia"') == 1
    assert read_opml(written.encode(), "x.opml") == (source,)


def test_folders_that_are_named_in_the_configuration_go_out():
    text = write_opml([replace(YONHAP, folders=("Korea/Wires", "/", "Korea"))])
    assert text.count('<outline text="Korea"') == text.count('<outline text="Wires"') == 1
    assert text.count(YONHAP.name.replace("&", "&amp;")) == 4  # text and title, twice
    assert '<outline text="agency"' not in text


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


FOLDER_NAMES = st.text('ab/\\ .,한&<"agency', min_size=1, max_size=8).map(lambda s: " ".join(s.split())).filter(bool)
FEEDS = st.integers(0, 5).map(lambda n: ("feed", n))
TREES = st.lists(
    st.recursive(
        FEEDS,
        lambda inner: st.tuples(st.one_of(FOLDER_NAMES, st.sampled_from(list(Tier))), st.lists(inner, max_size=4)),
        max_leaves=12,
    ),
    min_size=1,
)


def standing(tree, path=()):
    """Yield (feed, names of its groups)."""
    for name, inside in tree:
        if name == "feed":
            yield inside, path
        else:
            yield from standing(inside, (*path, str(name)))


def as_opml(tree):
    parts = []
    for name, inside in tree:
        if name == "feed":
            parts.append(f"<outline text='F{inside}' xmlUrl='https://f.example/{inside}'/>")
        else:
            parts.append(f"<outline text={quoteattr(str(name))}>{as_opml(inside)}</outline>")
    return "".join(parts)


@given(TREES)
def test_any_tree_of_groups_survives_import_and_export(tree):
    places = {}
    for feed, path in standing(tree):
        places.setdefault(f"https://f.example/{feed}", set()).add(path)
    assume(places)
    came = read_opml(f"<opml><body>{as_opml(tree)}</body></opml>".encode(), "x.opml")
    again = read_opml(write_opml(came).encode(), "x.opml")
    assert {source.url for source in came} == set(places)
    for source in came:
        grouped = {path for path in places[source.url] if path}
        if grouped != {(source.tier.value,)}:
            assert len(source.folders) == len(grouped)
    assert {(s.key, s.name, s.tier, frozenset(s.folders)) for s in again} == {
        (s.key, s.name, s.tier, frozenset(s.folders)) for s in came
    }
    assert {s.url: len(s.folders) for s in again} == {s.url: len(s.folders) for s in came}
