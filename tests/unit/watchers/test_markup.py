"""Is markup taken apart right, and never slowly?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.markup import Tag, tokens


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
    "piece", ["<", "<!--", "<a ", "<a b='", "</", "<![", "<?", "<script>", "<!doctype ", "--", "<a/"]
)
def test_hostile_repetition_takes_no_longer_than_honest_text(piece):
    started = time.process_time()
    for _ in tokens("<x" + piece * 40_000):
        pass
    assert time.process_time() - started < 2
