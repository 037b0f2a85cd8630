"""Are words the same however their letters are written, and is what is quoted of them the item's own?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Item
from bot.nlp.spelling import _otherwise, spelled, written

from .readers import reader

NEWS = "정부는 북한의 러시아 파병에 우크라이나 무기 지원을 재검토하겠다고 밝혔다."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Seoul&nbsp;says &quot;no&quot;", 'Seoul\u00a0says "no"'),
        ("Korea&#39;s, Korea&#x2019;s, Korea&amp;#39;s", "Korea's, Korea’s, Korea's"),
        ("&#1057;&#1077;&#1091;&#1083;", "Сеул"),
        ("Ук\u00adраина, Се\u200bул", "Украина, Сеул"),
        (unicodedata.normalize("NFD", "정부, й, ї, é"), "정부, й, ї, é"),
        ("R&D; AT&T &unknown; & &;", "R&D; AT&T &unknown; & &;"),
        ("&#xD800;&#0;", "\ufffd\ufffd"),
    ],
)
def test_letters_are_plain_however_they_are_written(text: str, plain: str) -> None:
    assert spelled(text) == plain


@pytest.mark.parametrize(
    ("text", "said", "own"),
    [
        ("A &amp; B says", "& B", "&amp; B"),
        ("A &amp; B says", "says", "says"),
        ("Се\u00adул говорит", "Сеул", "Се\u00adул"),
        ("x&quot;no&quot;y", '"no"', "&quot;no&quot;"),
        ("plain", "lai", "lai"),
    ],
)
def test_quote_is_what_stands_in_the_item(text: str, said: str, own: str) -> None:
    start = spelled(text).index(said)
    assert written(text, start, start + len(said)) == own


@given(st.lists(st.sampled_from(["&amp;", "&#1057;", "a", "е\u0308", "\u00ad", " ", "\u1112\u1161\u11ab", "<b>"])))
def test_all_of_a_spelling_is_all_of_its_text_and_its_parts_follow_each_other(pieces: list[str]) -> None:
    text = "x" + "".join(pieces) + "x"
    size = len(spelled(text))
    assert written(text, 0, size) == text
    assert "".join(written(text, i, i + 1) for i in range(size)).replace("\u00ad", "") == text.replace("\u00ad", "")


def test_many_quotes_of_a_long_text_cost_no_more_than_one_look_at_it() -> None:
    text = "Се\u00adул говорит. " * 30_000
    _otherwise.cache_clear()
    assert {written(text, at, at + 4) for at in range(0, 14_000, 14)} == {"Се\u00adул"}
    assert _otherwise.cache_info().misses == 1


@pytest.mark.parametrize(
    "text",
    [
        NEWS.replace(" ", "&nbsp;"),
        "".join(f"&#{ord(letter)};" for letter in NEWS),
        unicodedata.normalize("NFD", NEWS),
        NEWS.replace("무기", "무\u00ad기"),
    ],
)
def test_positions_are_read_and_quoted_whatever_the_letters_are_written_in(text: str) -> None:
    plain, found = (reader(learned=False).read(Item("x", "", words, "ko")) for words in (NEWS, text))
    assert [(r.track, r.rung, r.confidence) for r in found.readings] == [
        (r.track, r.rung, r.confidence) for r in plain.readings
    ]
    assert {r.quote for r in plain.readings} == {NEWS}
    assert {r.quote for r in found.readings} == {text}
