"""Are XML's own weapons taken away?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAFeedError
from watchers.entities import refuse_entities
from watchers.parsing import Document
from watchers.rss import read_feed

URL = "https://news.example/feed"
FEED = "<rss version='2.0'><channel><item><title>{}</title></item></channel></rss>"
ATTACKS = {
    "nested": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
    "nested on many lines": '<!DOCTYPE r [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">\n]>',
    "nested by reference": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&#38;a;">]>',
    "external file": '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "external address": '<!DOCTYPE r [<!ENTITY a PUBLIC "x" "http://127.0.0.1/">]>',
    "parameter": '<!DOCTYPE r [<!ENTITY % p "x">]>',
    "external parameter": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
    "long": f'<!DOCTYPE r [<!ENTITY a "{"x" * 1000}">]>',
    "many": "<!DOCTYPE r [" + "".join(f'<!ENTITY a{i} "x">' for i in range(400)) + "]>",
    "markup": '<!DOCTYPE r [<!ENTITY a "<item/>">]>',
    "after a comment that looks like an element": '<!-- <a> --><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;">]>',
    "unparsed": '<!DOCTYPE r [<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "x" NDATA n>]>',
    "malformed": "<!DOCTYPE r [<!ENTITY a >]>",
    "without end": '<!DOCTYPE r [<!ENTITY a "ha">',
}


@pytest.mark.parametrize("prolog", ATTACKS.values(), ids=ATTACKS)
def test_attack_is_refused_in_one_line(prolog):
    with pytest.raises(NotAFeedError, match=r"^https://news\.example/feed: .*entities.*not read$"):
        refuse_entities(f'<?xml version="1.0"?>{prolog}{FEED.format("&a;")}', URL)


@pytest.mark.parametrize(
    "prolog",
    [
        "",
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY copy "(C)">]>',
    ],
)
def test_harmless_declarations_pass_and_the_feed_is_read(prolog):
    text = prolog + FEED.format("Seoul <![CDATA[ on <!ENTITY a SYSTEM 'x'> ]]> says")
    refuse_entities(text, URL)
    (entry,) = read_feed(Document(URL, text.encode()))
    assert entry.title.startswith("Seoul")


def test_declaration_within_an_article_is_only_text():
    refuse_entities("<rss>&lt;!ENTITY a> <![CDATA[<!ENTITY a 'b'>]]></rss>", URL)


def test_external_document_type_is_never_fetched(publisher):
    publisher.serve("/x.dtd", '<!ENTITY a "ha">')
    text = f'<!DOCTYPE rss SYSTEM "{publisher.url("/x.dtd")}">' + FEED.format("&a;")
    read_feed(Document(URL, text.encode()))
    assert not publisher.requests


@given(st.text(alphabet="<!ENTITYDOCTYPE[]>%&;\"'ab \n", max_size=200))
def test_no_prolog_makes_it_stumble(text):
    try:
        refuse_entities(f"<!DOCTYPE a [<!ENTITY {text}", URL)
    except NotAFeedError as error:
        assert URL in str(error)  # noqa: PT017 -- either outcome is right; any other exception fails the test
