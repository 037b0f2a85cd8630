"""Is a text in capitals read as others are, and quoted as it stands?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Item
from bot.nlp.capitals import Capitals
from config import load_storyline

from .readers import reader

CAPITALS = Capitals.of(load_storyline())


@pytest.mark.parametrize(
    ("shouted", "calm"),
    [
        ("SEOUL RULES OUT ARMS FOR UKRAINE, NIS SAYS", "Seoul rules out arms for Ukraine, NIS says"),
        ("КРЕМЛЬ ПРЕДУПРЕДИЛ СЕУЛ: КНДР НЕ ОДНА", "Кремль предупредил Сеул: КНДР не одна"),
        ("THE PACT STANDS. IT WILL HOLD.", "The pact stands. It will hold."),
    ],
)
def test_small_letters_come_back_but_for_names(shouted, calm):
    assert CAPITALS(shouted) == calm


@pytest.mark.parametrize(
    "text",
    [
        "Seoul rules out arms for Ukraine",
        "NATO: AID",
        "FT·WSJ·NYT 북한 파병 보도에 정부 입장 밝혀",
        "서울 정부 입장 발표",
    ],
)
def test_text_that_is_not_in_capitals_stays(text):
    assert CAPITALS(text) == text


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(("small", "shouts"), [(39, True), (40, False)])
def test_a_fifth_of_small_letters_is_told_from_less_wherever_they_stand(small, shouts, first):
    loud = " ".join(("S" * 53, "O" * 52, "U" * (92 - small)))
    text = " ".join(("s" * small, loud) if first else (loud, "s" * small))
    assert len(text) == 200
    assert (CAPITALS(text) != text) is shouts


@given(st.text(max_size=80))
def test_no_character_moves(text):
    for given_text in (text, text.upper(), f"{text} SEOUL SAYS NOTHING YET ".upper()):
        assert len(CAPITALS(given_text)) == len(given_text)


def test_title_in_capitals_is_read_by_rules_and_quoted_as_it_stands():
    title = "NORTH KOREA HAS SENT TROOPS TO RUSSIA, NIS SAYS"
    (found,) = reader(learned=False).read(Item("x", title, "", "en")).readings
    assert (found.rung, found.origin, found.quote) == ("deploying", "nis", title)
