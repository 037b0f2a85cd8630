"""Is what comes out of markup what a person would read?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.cleaning import TEXT_CAP, absolute, plain, plain_all, text_of, title_of, words_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("a  b\t c\u00a0d", "a b c d"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        ("<p>wrapped\nin the\r\nsource</p>", "wrapped in the source"),
        ("hard\nwrapped words\n\nnext paragraph", "hard wrapped words\nnext paragraph"),
        ("<b>Se</b>oul", "Seoul"),
        ("Seoul&nbsp;says &quot;no&quot; &#8212; again", 'Seoul says "no" — again'),
        ("&lt;p&gt;twice escaped&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", "twice escaped\ntwo"),
        ("<![CDATA[Seoul says no]]>", "Seoul says no"),
        ("<![CDATA[<p>One.</p><p>Two &amp; three.</p>]]> Four.", "One.\nTwo & three.\nFour."),
        ("&lt;![CDATA[&lt;b&gt;Bold&lt;/b&gt; words]]&gt;", "Bold words"),
        ("<![CDATA[cut", "cut"),
        ("a[b[1]]>0", "a[b[1]]>0"),
        ("AT&amp;amp;T", "AT&T"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("Q&A with R&D", "Q&A with R&D"),
        ("<script>alert('x')</script>seen<style>p{}</style>", "seen"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<td>a</td><td>b</td>", "a\nb"),
        ("unclosed <a href='x", "unclosed"),
        ("zero\u200bwidth\ufeff so\u00adft \u202eright\u202c", "zerowidth soft right"),
        ("nul\x00l \x07bell", "null bell"),
        ("\ud800lone", "lone"),
        (unicodedata.normalize("NFD", "대한민국"), "대한민국"),
        ("Київ — це столиця", "Київ — це столиця"),
        ("line\u2028separated\u2029text", "line\nseparated\ntext"),
    ],
)
def test_markup_becomes_plain_text(markup, text):
    assert plain(markup) == text


@given(st.text(max_size=300) | st.text(alphabet="<>&;/ap!-\"'#x1 \n", max_size=200))
def test_any_text_comes_out_clean(markup):
    text = plain(markup)
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n" not in text
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in text)
    text.encode()


@given(st.lists(st.text(alphabet="абвгде가나다라abc.,!?", min_size=1, max_size=12), max_size=20))
def test_words_are_never_lost_or_changed(words):
    markup = " ".join(f"<b>{word}</b>" for word in words)
    assert plain(markup).split() == [unicodedata.normalize("NFC", word) for word in words]


_PIECES = (
    *("<p>", "</p>", "<B>", "<br/>", "<a href='x>y'>", "<a ", "'", '"', ">", "<", "<!-- x -->", "<script>x</script>"),
    *("&amp;", "&lt;p&gt;", "&nbsp;", "&#8212;", "&am", "p;", "&", "word", " ", "\n", "\n\n", "\0", "\u00a0", "한국"),
    *("\x85", "\u2028", "\u2029", "\x1e", "&#133;", "&#0;", "&T", "<p", "&amp;lt;b&amp;gt;"),
)


@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join), max_size=6))
def test_texts_that_are_cleaned_together_do_not_touch_each_other(markups):
    assert plain_all(markups) == [plain(markup) for markup in markups]


def test_the_words_of_a_feed_are_those_of_its_entries():
    entries = [
        ("<b>One</b>", ("short", "<p>A longer</p><p>text</p>")),
        ("", ()),
        ("Two\nlines", ("&lt;i&gt;x&lt;/i&gt;",)),
    ]
    assert words_of(entries) == [(title_of(title), text_of(*texts)) for title, texts in entries]


def test_title_is_one_line():
    assert title_of("<p>One</p>\n<p>Two</p>") == "One Two"


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join) | st.text(max_size=100))
def test_a_title_is_parted_by_single_blanks_whatever_parted_it(markup):
    title = title_of(markup)
    assert title == " ".join(title.split())


def test_longer_text_is_chosen_by_what_can_be_read_of_it():
    assert text_of("<div class='very-long-attribute-indeed'>short</div>", "a longer text") == "a longer text"
    assert text_of() == ""


def test_long_text_is_cut_at_a_blank_below_the_cap():
    text = text_of("word " * 10_000)
    assert TEXT_CAP - 200 <= len(text) <= TEXT_CAP
    assert text.endswith("word")
    assert len(text_of("x" * 50_000)) <= TEXT_CAP


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/1", "https://a.example/1"),
        ("/1?x=y", "https://base.example/1?x=y"),
        ("2", "https://base.example/dir/2"),
        ("//b.example/1", "https://b.example/1"),
        (" https://a.example/a b \n", "https://a.example/a%20b"),
        ("https://a.exam\u200bple/1", "https://a.example/1"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@b.example", ""),
        ("http://[broken", ""),
        ("http:///nohost", ""),
    ],
)
def test_links_become_absolute_web_addresses_or_nothing(link, address):
    assert absolute(link, "https://base.example/dir/feed") == address


@given(st.text(max_size=60))
def test_no_link_makes_it_stumble(link):
    assert absolute(link, "https://base.example/") == "" or absolute(link, "https://base.example/").startswith("http")


@pytest.mark.parametrize("markup", ["a&#{};b", "<p>a&#{};b", "<!-- x -->a&#{};b", "a&amp;#{};b"])
def test_a_number_too_long_to_read_ends_nothing(markup: str) -> None:
    """However the text is taken apart."""
    assert plain(markup.format("9" * 5_000)).startswith("a")


@pytest.mark.usefixtures("hang_guard")
@pytest.mark.parametrize("between", ["", "\u200d"])
def test_marks_piled_upon_a_letter_hold_nothing_up(between):
    """To put so many in order takes a second each time, in the process that answers people."""
    pile = f"\u0316\u0301{between}" * 20_000
    for _ in range(100):
        text = plain(f"a{pile}")
        assert len(text) <= 31
        assert text == unicodedata.normalize("NFC", text)


@pytest.mark.usefixtures("hang_guard")
@pytest.mark.parametrize("mark", ["\u0f73", "\u0f75", "\u0f81"])
def test_marks_that_are_taken_apart_into_others_hold_nothing_up_either(mark):
    text = plain(f"a{mark * 150_000}")
    assert len(text) <= 61
    assert text == unicodedata.normalize("NFC", text)


def test_as_many_marks_as_a_language_has_stay():
    letter = "\u05d1\u05bc\u05b0\u0591"
    assert plain(letter) == unicodedata.normalize("NFC", letter)
