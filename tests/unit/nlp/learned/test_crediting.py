"""Whom does a report come from that no rule traced to anybody?"""

from dataclasses import replace

import numpy as np
import pytest

from bot.domain import By
from bot.nlp.analysis import Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.learned.crediting import Creditor
from bot.nlp.learned.opinion import Opinion, Unit

RUNGS = [("pyongyang-war", "deploying"), ("pyongyang-war", "fighting")]
CREDITOR = Creditor(RUNGS, {"nis": "south-korea", "state-kp": "north-korea", "north-korea": "north-korea"})
TITLE = "NIS: North sends troops"
BODY = "Some 1,500 are in Vladivostok."
UNITS = (Unit(TITLE, 0, title=True), Unit(BODY, 0, title=False))
REPORT = Candidate(
    "pyongyang-war",
    "",
    "deploying",
    "north-korea",
    By.REPORTED,
    "",
    0.9,
    Sentence(BODY, 0, ()),
    (0, 0),
    ("sentence",),
)


def opinion(title: float) -> Opinion:
    """Return an opinion in which the title carries `deploying` as strongly as told, and the body surely."""
    rungs = np.array([[title, -8.0], [4.0, -8.0]], dtype=np.float32)
    return Opinion(UNITS, rungs, np.zeros((2, 1, 3), np.float32), np.zeros((2, 1), np.float32), 2.0)


def hearing(title: str = "", text: str = ""):
    return lambda titled, start, end: title if titled else text


def credited(candidate: Candidate, heard, *, title: float = 3.0, every=()) -> str:
    (found,) = CREDITOR.credit([candidate], opinion(title), every, heard)
    return found.origin


def test_who_is_heard_in_the_sentence_is_the_origin():
    assert credited(REPORT, hearing("ukraine", "nis")) == "nis"


def test_who_says_the_same_in_another_sentence_is_the_origin():
    other = replace(REPORT, sentence=Sentence("NIS says so.", 50, ()), origin="nis")
    assert credited(REPORT, hearing("ukraine", ""), every=[other]) == "nis"
    assert credited(REPORT, hearing("", ""), every=[replace(other, rung="fighting")]) == ""


def test_who_speaks_in_a_headline_that_says_the_same_is_the_origin():
    assert credited(REPORT, hearing("nis", "")) == "nis"
    assert credited(REPORT, hearing("nis", ""), title=-6.0) == ""


@pytest.mark.parametrize("own", ["north-korea", "state-kp"])
def test_a_report_does_not_come_from_its_holder(own: str):
    assert credited(REPORT, hearing("", own)) == ""


def test_an_origin_that_a_rule_found_and_an_own_word_stay_as_they_are():
    assert credited(replace(REPORT, origin="hur"), hearing("nis", "nis")) == "hur"
    assert credited(replace(REPORT, by=By.OFFICIAL), hearing("nis", "nis")) == ""
