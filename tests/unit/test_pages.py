"""What does a page say still, whatever it says over and over?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages import _occurrences, carries, still_says

FEW = st.text("ab", max_size=12)


@given(FEW, FEW)
def test_each_place_is_found_though_one_overlaps_another(letters: str, said: str) -> None:
    everywhere = [place for place in range(len(letters)) if said and letters.startswith(said, place)]
    assert list(_occurrences(letters, said)) == everywhere


def test_a_sentence_that_stands_by_itself_is_found_behind_one_that_it_overlaps() -> None:
    assert still_says("No, no.", "Yes, no. No, no.", "No, no.")
    assert not still_says("No, no.", "Yes, no, no, no, said Kim.", "No, no.")


@pytest.mark.usefixtures("hang_guard")
def test_a_page_that_says_one_word_over_and_over_is_looked_through_as_fast_as_another() -> None:
    """To look on from each place anew would take minutes."""
    page = "ha, " * 500_000
    assert carries(page, "ha " * 250_000)
    assert still_says(page, page, "ha " * 250_000)
