"""Who is believed where rules and the learned part differ?"""

from dataclasses import replace

import numpy as np
import pytest

from bot.domain import By
from bot.nlp.analysis import Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.learned.joining import Evidence, Joiner, Weights
from bot.nlp.learned.opinion import Opinion, Unit
from config import load_storyline

STORYLINE = load_storyline()
RUNGS = [(track.id, rung.id) for track in STORYLINE.tracks for rung in track.rungs]
TRACKS = [track.id for track in STORYLINE.tracks]
HOLDERS = sorted({holder for track in STORYLINE.tracks for holder in track.holders})
BYS = [By.OFFICIAL, By.REPORTED, By.ANALYST]
WEIGHTS = Weights(
    join=[0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    rung=[0.0] * len(RUNGS),
    relevance=[0.0, 1.0, 0.0, 0.0],
    quote=[1.0, 2.0, 0.0, -0.5, 0.0, 0.0, 0.0],
    holder=4.0,
    by=2.0,
    together=0.5,
)
UNITS = (Unit("Seoul weighs arms", 0, title=True), Unit("It may send shells.", 0, title=False))


def opinion(**odds: float) -> Opinion:
    """Return an opinion in which the second unit carries what is named, as track__rung."""
    rungs = np.full((2, len(RUNGS)), -8.0, dtype=np.float32)
    for name, value in odds.items():
        track, _, rung = name.replace("_", "-").partition("--")
        rungs[1, RUNGS.index((track, rung))] = value
    return Opinion(
        UNITS,
        rungs,
        np.zeros((2, len(TRACKS), 3), dtype=np.float32),
        np.zeros((2, len(HOLDERS)), dtype=np.float32),
        relevance=2.0,
    )


def ruled(rung: str, sentence: Sentence, confidence: float = 0.9) -> Candidate:
    return Candidate(
        "seoul-arms", "f", rung, "south-korea", By.REPORTED, "yonhap", confidence, sentence, (0, 0), ("rule",)
    )


TITLE = Sentence("Seoul weighs arms", 0, (), title=True)
JOINER = Joiner(STORYLINE, WEIGHTS, RUNGS, HOLDERS, BYS)


def test_wording_that_no_rule_knows_is_read_where_it_stands():
    (found,) = JOINER.join(opinion(seoul_arms__reviewing=2.0), (), ())
    assert (found.track, found.rung, found.holder) == ("seoul-arms", "reviewing", "south-korea")
    assert found.sentence.text == "It may send shells."
    assert found.confidence == pytest.approx(0.88, abs=0.01)
    assert "no rule found it" in found.trace[-1]


def test_reversal_is_not_believed_where_the_rules_read_something_else_in_its_sentence():
    fought = replace(ruled("fighting", TITLE), track="pyongyang-war", holder="north-korea")
    there, elsewhere = replace(fought, sentence=Sentence("It may send shells.", 0, ())), fought
    heard = opinion(pyongyang_war__withdrawing=4.0)
    sure = {
        name: {c.rung: c.confidence for c in JOINER.join(heard, (candidate,), (candidate,))}.get("withdrawing", 0.0)
        for name, candidate in (("there", there), ("elsewhere", elsewhere))
    }
    assert sure["there"] < 0.2 < 0.9 < sure["elsewhere"]


def test_reversal_that_a_rule_finds_is_believed_beside_another_rung():
    sentence = Sentence("It may send shells.", 0, ())
    fought, left = (
        replace(ruled(rung, sentence), track="pyongyang-war", holder="north-korea")
        for rung in ("fighting", "withdrawing")
    )
    found = JOINER.join(opinion(pyongyang_war__withdrawing=4.0), (fought, left), (fought, left))
    assert {c.rung for c in found if c.confidence > 0.9} == {"withdrawing"}


def test_reading_of_the_rules_that_nothing_supports_becomes_doubtful_and_says_why():
    (found,) = JOINER.join(opinion(), (ruled("reviewing", TITLE),), ())
    assert found.confidence < 0.1
    assert found.trace[0] == "rule"
    assert "learned 0.00" in found.trace[-1]


def test_rule_and_learned_part_together_are_surer_than_either():
    alone = JOINER.join(opinion(seoul_arms__reviewing=1.0), (), ())[0].confidence
    both = JOINER.join(opinion(seoul_arms__reviewing=1.0), (ruled("reviewing", TITLE),), ())[0].confidence
    assert both > alone


def test_sentence_and_origin_of_the_rule_are_kept():
    (found,) = JOINER.join(opinion(seoul_arms__reviewing=-7.0), (ruled("reviewing", TITLE),), ())
    assert (found.sentence, found.origin, found.by) == (TITLE, "yonhap", By.REPORTED)


def test_holder_comes_from_the_learned_part_where_a_track_has_several():
    view = opinion(allies_arms__requesting=3.0)
    view.holders[1, HOLDERS.index("poland")] = 5.0
    assert [c.holder for c in JOINER.join(view, (), ())] == ["poland"]


def test_two_holders_are_named_where_neither_stands_out():
    view = opinion(pact__signed=3.0)
    view.holders[1, [HOLDERS.index("russia"), HOLDERS.index("north-korea")]] = 5.0
    assert {c.holder for c in JOINER.join(view, (), ())} == {"russia", "north-korea"}


def asked_by(holder: str, sentence: Sentence) -> Candidate:
    return replace(ruled("requesting", sentence), track="allies-arms", holder=holder, by=By.OFFICIAL)


def test_holder_that_the_rules_find_in_another_sentence_is_not_the_chosen_ones():
    view = opinion(allies_arms__requesting=3.0)
    view.holders[1, HOLDERS.index("poland")] = 3.0
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rules = [asked_by("nato", TITLE), asked_by("poland", body)]
    assert [c.holder for c in JOINER.join(view, rules, rules)] == ["poland"]


def test_another_holder_of_the_rung_is_told_with_its_own_sentence_where_both_hear_it():
    view = opinion(allies_arms__requesting=3.0)
    view.holders[1, HOLDERS.index("poland")] = 3.0
    view.rungs[0, RUNGS.index(("allies-arms", "requesting"))] = 1.0
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rules = [asked_by("nato", TITLE), asked_by("poland", body), asked_by("nato", TITLE)]
    found = JOINER.join(view, rules, rules)
    assert {c.holder: c.sentence.text for c in found} == {"nato": TITLE.text, "poland": body.text}
    assert len(found) == 2


def signed_by(holder: str, sentence: Sentence) -> Candidate:
    return replace(ruled("signed", sentence), track="pact", holder=holder, by=By.OFFICIAL)


@pytest.mark.parametrize(
    ("lean", "named", "holders"),
    [
        (1.5, ("russia", "north-korea"), {"russia", "north-korea"}),
        (1.5, ("russia",), {"russia"}),
        (3.0, ("russia", "north-korea"), {"russia"}),
    ],
)
def test_both_are_named_of_a_joint_statement_though_the_learned_part_leans_to_one(
    lean: float, named: tuple[str, ...], holders: set[str]
):
    view = opinion(pact__signed=3.0)
    view.holders[1, [HOLDERS.index("russia"), HOLDERS.index("north-korea")]] = (5.0, 5.0 - lean)
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rules = [signed_by(holder, body) for holder in named]
    assert {c.holder for c in JOINER.join(view, rules, rules)} == holders


def test_holders_that_the_learned_part_does_not_know_are_the_rules():
    joiner = Joiner(STORYLINE, WEIGHTS, RUNGS, ["nobody"], BYS)
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rules = [asked_by("poland", body)]
    assert [c.holder for c in joiner.join(opinion(allies_arms__requesting=3.0), rules, rules)] == ["poland"]


def test_evidence_has_a_weight_each():
    evidence = Evidence(0.0, 0.0, 0.0, 0.0, rule_rival=False, relevance=0.0)
    assert len(evidence.features()) == len(replace(WEIGHTS).join)


def test_who_says_so_is_heard_from_every_unit_as_far_as_it_carries_the_rung():
    found = opinion(pyongyang_war__fighting=2.0)
    found.bys[0, TRACKS.index("pyongyang-war")] = (9.0, 0.0, 0.0)
    found.bys[1, TRACKS.index("pyongyang-war")] = (0.0, 1.0, 0.0)
    column = RUNGS.index(("pyongyang-war", "fighting"))
    assert JOINER.by(column, 1, found, ()) is By.REPORTED
    found.rungs[0, column] = 2.0
    assert JOINER.by(column, 1, found, ()) is By.OFFICIAL


def test_rung_that_only_its_holder_can_take_is_taken_to_be_official():
    column = RUNGS.index(("pyongyang-war", "denied"))
    usual = [[0.0, 0.0, 0.0] for _ in RUNGS]
    usual[column] = [1.5, -2.0, -2.0]
    joiner = Joiner(STORYLINE, replace(WEIGHTS, usual=usual), RUNGS, HOLDERS, BYS)
    found = opinion(pyongyang_war__denied=2.0)
    found.bys[1, TRACKS.index("pyongyang-war")] = (0.0, 1.0, 0.0)
    assert JOINER.by(column, 1, found, ()) is By.REPORTED
    assert joiner.by(column, 1, found, ()) is By.OFFICIAL


@pytest.mark.parametrize(
    ("origin", "sure", "by"),
    [
        ("russia", 2.0, By.REPORTED),
        ("south-korea", 2.0, By.OFFICIAL),
        ("yonhap", 2.0, By.OFFICIAL),
        ("japan", 6.0, By.OFFICIAL),
    ],
)
def test_what_a_third_party_says_of_the_holder_is_not_its_own_word_unless_the_learned_part_is_sure(origin, sure, by):
    found = opinion(seoul_arms__withhold=2.0)
    found.bys[1, TRACKS.index("seoul-arms")] = (sure, 0.0, 0.0)
    joiner = Joiner(STORYLINE, replace(WEIGHTS, by=1.0), RUNGS, HOLDERS, BYS)
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rule = replace(ruled("withhold", body), origin=origin)
    assert joiner.by(RUNGS.index(("seoul-arms", "withhold")), 1, found, [rule]) is by


def test_rule_in_the_chosen_sentence_is_heard_before_rules_elsewhere():
    found = opinion(seoul_arms__withhold=2.0)
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rules = [ruled("withhold", TITLE), replace(ruled("withhold", body), by=By.OFFICIAL)]
    column = RUNGS.index(("seoul-arms", "withhold"))
    assert JOINER.by(column, 1, found, rules) is By.OFFICIAL
    assert JOINER.by(column, 0, found, rules) is By.REPORTED


def test_trace_tells_the_rule_that_was_weighed_though_it_reads_another_sentence_than_the_quote():
    (found,) = JOINER.join(opinion(seoul_arms__reviewing=3.0), (ruled("reviewing", TITLE),), ())
    assert found.sentence.text == UNITS[1].text
    assert "rules find it in another sentence: 'Seoul weighs arms'" in found.trace


def test_trace_tells_where_the_rule_named_another_speaker_than_all_together():
    view = opinion(seoul_arms__reviewing=3.0)
    view.bys[:, TRACKS.index("seoul-arms"), BYS.index(By.OFFICIAL)] = 9.0
    body = Sentence(UNITS[1].text, 0, (), title=False)
    (found,) = JOINER.join(view, (ruled("reviewing", body),), ())
    assert found.by is By.OFFICIAL
    assert "by: official, all weighed; the rule said reported" in found.trace


def test_trace_tells_where_the_rule_named_another_holder_than_all_together():
    view = opinion(allies_arms__requesting=3.0)
    view.holders[1, HOLDERS.index("poland")] = 9.0
    body = Sentence(UNITS[1].text, 0, (), title=False)
    rules = [asked_by("nato", body)]
    (found,) = JOINER.join(view, rules, rules)
    assert (found.holder, "holder: poland, all weighed; the rule said nato" in found.trace) == ("poland", True)
