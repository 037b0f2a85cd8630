"""Do all units reach the encoder, each beside the title?"""

from hypothesis import given
from hypothesis import strategies as st

from bot.nlp.learned.windows import HEAD, UNIT, WINDOW, windows

LENGTHS = st.lists(st.integers(1, UNIT), min_size=1, max_size=30)


@given(LENGTHS, st.booleans())
def test_every_unit_stands_in_one_window_with_all_its_pieces(lengths: list[int], titled: bool):
    pieces = [[10 + i] * length for i, length in enumerate(lengths)]
    titles = [titled and i == 0 for i in range(len(lengths))]
    found = list(windows(pieces, titles))
    seen = [unit for window in found for unit, _, _ in window.spans]
    assert sorted(seen) == list(range(len(lengths)))
    for window in found:
        for unit, start, end in window.spans:
            assert set(window.ids[start : end - 1]) == {10 + unit}
            assert end <= len(window.ids)


@given(LENGTHS)
def test_window_is_no_longer_than_the_encoder_was_trained_for(lengths: list[int]):
    pieces = [[10 + i] * length for i, length in enumerate(lengths)]
    assert all(
        len(window.ids) <= max(WINDOW, HEAD + UNIT + 1)
        for window in windows(pieces, [True] + [False] * (len(lengths) - 1))
    )


def test_later_window_begins_with_the_title():
    found = list(windows([[7] * 5, [8] * 100, [9] * 120], [True, False, False]))
    assert [window.ids[1:6] for window in found] == [(7,) * 5] * 2
