"""Does any item, in any of the languages and however broken, get a result?

With the learned part, as the bot reads; benchmarks/fuzz_reader.py does the same for as long as one likes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import Item

from .readers import reader

NEWS = {
    "en": "Seoul may send arms to Ukraine after North Korea sent troops to Russia, an official said. ",
    "ko": "정부는 북한의 러시아 파병에 우크라이나 무기 지원을 재검토하겠다고 밝혔다. ",
    "ru": "Сеул не исключил поставок оружия Украине после отправки войск КНДР в Россию. ",
    "uk": "Сеул не виключив постачання зброї Україні після відправлення військ КНДР до Росії. ",
}
STRANGE = (
    "\x00", "\u200b\ufeff", "<p class='x'>", "<br/>" * 20, "<![CDATA[", "&lt;b&gt;&amp;nbsp;", "🔥🇰🇵➡️🇷🇺", "İﬃ﷽",
    "\u0301" * 40, "\r\n", "\ud83d", "Ð¡ÐµÐ²ÐµÑ€Ð½Ð°Ñ ÐšÐ¾Ñ€ÐµÑ", "ºÏÇÑ", "\x1b[31m", "(((((",
    '"“„«', "...!!!???", "北 露 韓", "\u2028\u0085",
)  # fmt: skip


pieces = st.one_of(st.sampled_from(tuple(NEWS.values())), st.sampled_from(STRANGE), st.text(max_size=30))
texts = st.lists(pieces, max_size=6).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts, st.sampled_from(("", "en", "ko", "ru", "uk", "xx", "EN-us")))
def test_any_item_gets_a_result_whose_quotes_stand_in_it(title, text, language):
    item = Item("x", title, text, language)
    result = reader(learned=True).read(item)
    assert result.id == "x"
    for reading in (*result.readings, *result.doubtful):
        assert 0.0 <= reading.confidence <= 1.0
        assert reading.quote in title or reading.quote in text


@pytest.mark.parametrize("code", sorted(NEWS))
@pytest.mark.parametrize("wrong", ["", "xx", "en", "ko", "ru", "uk"])
def test_wrong_language_does_not_hide_what_is_read(code, wrong):
    result = reader(learned=True).read(Item("x", "", NEWS[code], wrong))
    assert result.relevant
    if {code, wrong} != {"ru", "uk"}:  # two languages of one script: what the item says may decide
        assert result.language == code


@pytest.mark.parametrize("code", sorted(NEWS))
def test_markup_and_null_bytes_between_words_change_no_reading(code):
    plain = reader(learned=True).read(Item("x", "", NEWS[code], code))
    marked = reader(learned=True).read(Item("x", "", f"<p>\x00{NEWS[code]}</p>\x00", code))
    assert [(r.track, r.rung, r.holder) for r in marked.readings] == [
        (r.track, r.rung, r.holder) for r in plain.readings
    ]


def test_half_a_character_is_borne():
    assert reader(learned=True).read(Item("x", f"\ud83d{NEWS['en']}", f"{NEWS['en']}\udc00", "en")).relevant
