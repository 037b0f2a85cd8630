"""Is a text cut into the most probable known pieces, whatever it holds?"""

from hypothesis import given
from hypothesis import strategies as st

from bot.nlp.learned.pieces import Pieces

KNOWN = ["", "", "", "", "▁", "▁arm", "s", "▁a", "r", "m", "▁arms", "▁무", "기"]
SCORES = [0, 0, 0, 0, -5, -3, -2, -4, -4, -4, -9, -3, -3]
PIECES = Pieces(KNOWN, SCORES, unknown=3)


def words(text: str) -> list[str]:
    return [KNOWN[i] or "?" for i in PIECES.encode(text)]


def test_two_probable_pieces_beat_one_that_is_rare():
    assert words("arms") == ["▁arm", "s"]


def test_what_no_piece_writes_is_unknown():
    assert words("armz") == ["▁arm", "?"]


def test_blanks_and_width_make_no_difference():
    assert words("  arms\u200b ａrms\n") == ["▁arm", "s"] * 2


def test_korean_is_cut_inside_the_word():
    assert words("무기") == ["▁무", "기"]


def test_blank_text_has_no_pieces():
    assert words(" \n\x00") == []


@given(st.text(max_size=80))
def test_any_text_is_cut(text: str):
    assert all(0 <= piece < len(KNOWN) for piece in PIECES.encode(text))


def test_capitals_throughout_are_read_as_small_letters():
    assert words("XX ARMS ARMS") == ["▁", "?", "?", *["▁arm", "s"] * 2]
