"""Is markup taken apart right, and never slowly?"""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.markup import Tag, _usual_letter, resolved, tokens


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("", []),
        ("a &amp; b", ["a & b"]),
        ("<p>a</P>", [Tag("p", False, ""), "a", Tag("p", True, "")]),
        ("<br/>", [Tag("br", False, "/")]),
        ('<a href="x>y">z', [Tag("a", False, ' href="x>y"'), "z"]),
        ("<a title=don't>z", [Tag("a", False, " title=don't"), "z"]),
        ("a<!-- <b> -->c", ["a", "c"]),
        ("a<!-- b", ["a", " b"]),
        ("a<!DOCTYPE html>b<?php x ?>c", ["a", "b", "c"]),
        ("1 < 2 > 1", ["1 ", "<", " 2 > 1"]),
        ("a<", ["a", "<"]),
        ("cut <a href='x", ["cut ", Tag("a", False, " href='x")]),
        ("<script>if (a<b) x</script>y", [Tag("script", False, ""), Tag("script", True, ""), "y"]),
        ("<style>p", [Tag("style", False, "")]),
        ("<script/>y", [Tag("script", False, "/"), "y"]),
        ("<![CDATA[a<b>b]]>c", ["a", Tag("b", False, ""), "bc"]),
        ("<o:p>x</o:p>", [Tag("o:p", False, ""), "x", Tag("o:p", True, "")]),
    ],
)
def test_texts_and_tags_are_told_apart(markup, found):
    assert list(tokens(markup)) == found


def test_attributes_are_read_in_every_quoting():
    (tag,) = tokens("<link REL='alternate' href=\"/a?b=1&amp;c=2\" type=text/html data-x = y rel=second disabled>")
    assert tag.attributes == {"rel": "alternate", "href": "/a?b=1&c=2", "type": "text/html", "data-x": "y"}


@given(st.text(max_size=200) | st.text(alphabet="<>!-/?'\"= ascript", max_size=200))
def test_no_text_makes_it_stumble(markup):
    for token in tokens(markup):
        assert token if isinstance(token, str) else token.name


@given(st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs"]), max_size=100))
def test_text_without_markup_is_one_token(text):
    assert list(tokens(text)) == ([text] if text else [])


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<a b='", "</", "<![", "<![CDATA[", "<?", "<script>", "<!doctype ", "--", "<a/"]
)
@pytest.mark.usefixtures("hang_guard")
def test_hostile_repetition_holds_nothing_up(piece):
    """What takes the square of its length takes minutes and more."""
    for _ in tokens("<x" + piece * 400_000):
        pass


@given(st.text("&#xX0123456789abglmnopqstu;<> \t\n\u00a0é", max_size=60))
def test_references_are_resolved_as_html_has_them(text: str) -> None:
    """Each is looked up by itself; all together they come out as from the library."""
    assert resolved(text) == html.unescape(text)


@pytest.mark.parametrize("digits", [50, 3_900, 5_000, 200_000])
def test_a_number_as_long_as_an_article_is_no_letter(digits: int) -> None:
    """Python refuses to read such numbers, and nothing of them is remembered."""
    before = _usual_letter.cache_info().currsize
    assert resolved(f"a&#{'9' * digits};b &#x{'f' * digits};") == "a\ufffdb \ufffd"
    assert _usual_letter.cache_info().currsize == before
