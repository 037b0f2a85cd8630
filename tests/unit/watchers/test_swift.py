"""Does the fast way read what feedparser reads, and leave everything else to it?"""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Wishes
from bot.errors import StancewatchError
from watchers import search
from watchers.parsing import Document
from watchers.rss import EXAMPLE, read_feed, read_thoroughly
from watchers.swift import LONGEST, read_swiftly

URL = "https://news.example/rss"
SHARED = Path(__file__).parents[4] / "shared/feeds"


def document(body: str | bytes) -> Document:
    return Document(URL, body.encode() if isinstance(body, str) else body)


def rss(items: str, head: str = "", start: str = '<rss version="2.0">') -> str:
    return f"<?xml version='1.0' encoding='utf-8'?>{start}<channel><title>T</title>{head}{items}</channel></rss>"


def item(
    extra: str = "", title: str = "A title", link: str = "/a", date: str = "Thu, 20 Jun 2024 12:00:00 +0900"
) -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid>g</guid><pubDate>{date}</pubDate>{extra}</item>"


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:f</id><updated>2024-06-20T03:00:00Z</updated>
<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link rel="alternate" href="/1"/>
<updated>2024-06-20T03:00:00Z</updated><published>2024-06-19T03:00:00+09:00</published>
<summary>Lead.</summary><content type="html">&lt;p&gt;Body of it.&lt;/p&gt;</content></entry></feed>"""

PLAIN = {
    "example": EXAMPLE.decode(),
    "atom": ATOM,
    "no items": rss(""),
    "cdata": rss(item("<description><![CDATA[<p>One</p><p>Two &amp; <b>three</b></p>]]></description>")),
    "cdata within cdata": rss(
        item("<description>&lt;![CDATA[Lead.]]&gt;</description>", title="<![CDATA[<![CDATA[A]]]]><![CDATA[>]]>")
    ),
    "content": rss(
        item("<description>Lead</description><content:encoded>&lt;p&gt;Long body&lt;/p&gt;</content:encoded>"),
        start='<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">',
    ),
    "no guid": rss("<item><title>T</title><link>https://news.example/1</link></item>"),
    "korean": rss(item("<description>정부는 무기 지원을 검토한다</description>", title="한국 정부")),
    "space before": "\n " + rss(item()),
    "other prefixes": rss(
        item("<x:encoded>Body</x:encoded>"),
        start='<rss version="2.0" xmlns:x="http://purl.org/rss/1.0/modules/content/">',
    ),
    "comments and instructions": "<?xml version='1.0'?><?xml-stylesheet href='x'?>" + rss(item("<!-- x -->"))[38:],
    "an image and an author": rss(item("<author>x</author>"), head="<image><url>u</url><title>t</title></image>"),
    "no date": rss("<item><title>T</title><link>/1</link><guid isPermaLink='false'>1</guid></item>"),
}

ODD = {
    "a document type": "<!DOCTYPE rss>" + rss(item()).partition("?>")[2],
    "an unknown element": rss(item("<media:group/>")),
    "two titles": rss(item("<title>Another</title>")),
    "markup in a title": rss(item(title="A <b>bold</b> one")),
    "an xml:base": rss(item("<description xml:base='https://x.example/'>x</description>")),
    "another charset": rss(item()).replace("utf-8", "windows-1251"),
    "Windows letters": rss(item(title="A &#146;quote&#146;")),
    "no letter": rss(item(title="<![CDATA[A ]]&#0;></title><title>]]>")),
    "no letter, in hexadecimal": rss(item(title="<![CDATA[A ]]&#x1F></title><title>]]>")),
    "a letter in many digits": rss(item(title=f"<![CDATA[A ]]&#{'0' * 5000};></title><title>]]>")),
    "a letter in many digits, in hexadecimal": rss(item(title=f"&#x{'0' * 5000}85;")),
    "half a letter": rss(item(title="<![CDATA[A ]]&#xD800;></title><title>]]>")),
    "a letter beyond all": rss(item(title=f"<![CDATA[A ]]&#{'9' * 5000};></title><title>]]>")),
    "raw Windows letters": rss(item(title="A \x92quote")),
    "a date in words": rss(item(date="20 июня 2024")),
    "no date in the date": rss(item(date="yesterday")),
    "no link": rss("<item><title>T</title><guid isPermaLink='false'>1</guid></item>"),
    "another namespace": rss(item(), start='<rss version="2.0" xmlns="http://backend.userland.com/rss2">'),
    "a forged prefix": rss(item("<dc:creator>x</dc:creator>"), start='<rss version="2.0" xmlns:dc="urn:x">'),
    "a reference left in a link": rss(item(link="<![CDATA[https://news.example/view?no=1&amp;page=2]]>")),
    "an address beside that of a link": rss(item()).replace("<link>", "<link href='https://news.example/b'>"),
    "a link to no page": ATOM.replace('href="/1"', 'href="/1" type="image/png"'),
    "RDF": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item><title>T</title></item></rdf:RDF>",
    "a page": "<html><body>no feed</body></html>",
    "broken": rss(item())[:-20],
    "nothing": "",
    "no Unicode": b"\xff\xfe\x00rss",
    "too long": rss(item()) + " " * LONGEST,
    "two channels": rss(item()).replace("</rss>", "<channel>" + item() + "</channel></rss>"),
    "elements within a text": rss(item("<description><p>x</p></description>")),
    "an unknown element in an image": rss(item(), head="<image><x/></image>"),
    "an unknown attribute": rss(item("<category x='y'>z</category>")),
    "another charset behind a mark": "\ufeff" + rss(item()).replace("utf-8", "koi8-r"),
    "an undeclared prefix": rss(item("<dc:creator>x</dc:creator>")),
    "XHTML": ATOM.replace('type="html">&lt;p', 'type="xhtml">&lt;p'),
    "very deep": rss(item("<category>" * 20_000 + "</category>" * 20_000)),
    "items outside a channel": "<rss version='2.0'>" + item() + "</rss>",
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain_feeds_are_read_as_feedparser_reads_them(name):
    content = read_swiftly(document(PLAIN[name]))
    assert content is not None
    assert content.entries == read_thoroughly(document(PLAIN[name]))


@pytest.mark.parametrize("name", ODD)
def test_odd_feeds_are_left_to_feedparser(name):
    assert read_swiftly(document(ODD[name])) is None


def test_an_address_whose_ampersands_are_escaped_twice_is_the_one_that_a_person_would_click_on():
    link = "https://news.example/view?no=1&amp;page=2"
    for printed in (f"<![CDATA[{link}]]>", link.replace("&", "&amp;")):
        (entry,) = read_feed(document(rss(item(link=printed))))
        assert entry.url == "https://news.example/view?no=1&page=2"


_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=80)
_marked = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<br/>", "&amp;", "&nbsp;", "&#8217;", "a > b", "1 &lt; 2", " word ", "\n"]
    ),
    max_size=12,
).map("".join)
_dates = st.datetimes().map(lambda d: d.strftime("%a, %d %b ") + f"{d.year:04}" + d.strftime(" %H:%M:%S +0300"))


@given(st.lists(st.tuples(_texts, _marked, _texts, _dates), max_size=5), st.booleans())
def test_made_up_feeds_are_read_alike_or_not_at_all(rows, cdata):
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://news.example/{n}?a=1&amp;b=2</link>"
        f"<guid isPermaLink='false'>{escape(guid)}{n}</guid><pubDate>{date}</pubDate>"
        + (
            f"<description><![CDATA[{text}]]></description></item>"
            if cdata
            else f"<description>{escape(text)}</description></item>"
        )
        for n, (title, text, guid, date) in enumerate(rows)
    )
    body = document(rss(items))
    content = read_swiftly(body)
    if content is not None:
        assert content.entries == read_thoroughly(body)


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_no_bytes_make_it_stumble(junk, start, end):
    read_swiftly(document(EXAMPLE[:start] + junk + EXAMPLE[end:]))


def test_what_a_feed_wishes_comes_with_it():
    content = read_swiftly(document(rss(item(), head="<ttl>60</ttl>")))
    assert content is not None
    assert content.wishes == Wishes(least=3600)


def test_what_a_feed_wishes_behind_its_items_comes_with_it():
    content = read_swiftly(document(rss(item() + "<ttl>60</ttl><skipDays><day>Sunday</day></skipDays>")))
    assert content is not None
    assert content.wishes == Wishes(least=3600, skip_days=(6,))


def test_a_search_keeps_its_own_way():
    assert search.build.__module__ == "watchers.search"
    assert read_swiftly(document(search.EXAMPLE)) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with feeds of the world is not here")
def test_feeds_of_the_world_are_read_alike():
    taken = 0
    for path in sorted(SHARED.glob("*")):
        if path.suffix in {".json", ".csv"}:
            continue
        body = document(path.read_bytes())
        content = read_swiftly(body)
        if content is None:
            continue
        taken += 1
        try:
            thorough = read_thoroughly(body)
        except StancewatchError:
            thorough = ()
        assert content.entries == thorough, path.name
    assert taken >= 15
