"""Which unit of an item is quoted?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import By
from bot.nlp.analysis import Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.learned.opinion import Opinion, Unit
from bot.nlp.learned.quoting import FEATURES, features, unit_of

TITLE = "Seoul weighs arms for Kyiv"


def opinion(*texts: str, rungs: object = None) -> Opinion:
    """Return an opinion of a title and of the sentences below it, of two rungs."""
    units, at = [Unit(texts[0], 0, title=True)], 0
    for text in texts[1:]:
        units.append(Unit(text, at, title=False))
        at += len(text) + 1
    odds = np.zeros((len(units), 2)) if rungs is None else np.array(rungs)
    nobody = np.zeros((len(units), 1), dtype=np.float32)
    return Opinion(tuple(units), odds.astype(np.float32), nobody[..., None], nobody, relevance=2.0)


def known(of: Opinion, unit: int, settled=(), every=()) -> dict[str, float]:
    return dict(zip(FEATURES, features(0, of, settled, every)[unit].tolist(), strict=True))


def ruled(of: Opinion, unit: int) -> Candidate:
    found = of.units[unit]
    place = Sentence(found.text, found.start, (), title=found.title)
    return Candidate("seoul-arms", "f", "reviewing", "south-korea", By.REPORTED, "", 0.9, place, (0, 0), ())


def test_sentence_that_says_what_the_title_says_is_told_from_one_that_does_not():
    of = opinion(TITLE, "Seoul weighs more arms for Kyiv, it said.", "Rain fell on the island.")
    assert known(of, 1)["retold"] > 0.8
    assert known(of, 2)["retold"] < 0.1
    assert known(of, 0)["retold"] == 0.0


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Сеул переглядає допомогу зброєю", "Допомога зброї Сеулом переглядається"),
        ("무기 지원 재검토", "무기 지원을 재검토한다"),
    ],
)
def test_stems_are_compared_whatever_their_endings(title, body):
    assert known(opinion(title, body, "…"), 1)["retold"] > 0.4


def test_sentence_of_a_rule_counts_and_so_does_one_that_the_rules_passed_over():
    of = opinion(TITLE, "It may send shells.", "It is weighing that.")
    settled, passed = ruled(of, 0), ruled(of, 2)
    marks = [(known(of, n, [settled], [settled, passed])) for n in range(3)]
    assert [(m["settled"], m["passed_over"]) for m in marks] == [(1, 1), (0, 0), (0, 1)]


def test_another_rung_that_is_surer_in_a_unit_is_known_there():
    of = opinion(TITLE, "It may send shells.", rungs=[[1.0, -3.0], [0.5, 4.0]])
    assert [known(of, n)["other"] for n in (0, 1)] == [-3.0, 4.0]


def test_title_above_many_sentences_is_told_from_one_above_a_single_one():
    short, long = opinion(TITLE, "One."), opinion(TITLE, "One.", "Two.", "Three.", "Four.")
    assert known(short, 0)["long"] == 0.0
    assert known(long, 0)["long"] > 1.0
    assert known(long, 1)["long"] == 0.0


def test_candidate_outside_every_unit_is_counted_for_the_first():
    of = opinion(TITLE)
    assert unit_of(ruled(opinion("Other", "Somewhere else."), 1), of) == 0


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=5))
def test_any_text_has_finite_features(title, texts):
    found = features(0, opinion(title, *texts), (), ())
    assert found.shape == (1 + len(texts), len(FEATURES))
    assert np.isfinite(found).all()
