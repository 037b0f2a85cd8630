"""Which baseline is proposed from what articles state?"""

from __future__ import annotations

from bot.cli.baseline import propose, together
from bot.domain import By, Reading
from config.storyline import load_storyline

STORYLINE = load_storyline()


def reading(track: str, holder: str, rung: str, confidence: float, *trace: str) -> tuple[str, Reading]:
    return "article", Reading(track, holder, rung, By.REPORTED, f"{rung} at {confidence}", confidence, trace=trace)


def chosen(*read: tuple[str, Reading], doubtful: tuple[tuple[str, Reading], ...] = ()) -> dict[tuple[str, str], str]:
    return {(p.chosen.track, p.chosen.holder): p.chosen.rung for p in propose(STORYLINE, read, doubtful=doubtful)}


def test_word_that_is_stated_most_strongly_is_proposed():
    arms = "seoul-arms", "south-korea"
    read = (reading(*arms, "withhold", 0.9), reading(*arms, "reviewing", 0.6), reading(*arms, "reviewing", 0.7))
    assert chosen(*read) == {arms: "reviewing"}


def test_what_is_less_likely_than_not_is_no_baseline():
    war = "pyongyang-war", "north-korea"
    assert chosen(reading(*war, "arming", 0.41), reading(*war, "feared", 0.6)) == {war: "feared"}


def test_two_sentences_together_may_be_likely_enough():
    war = "pyongyang-war", "north-korea"
    assert chosen(reading(*war, "feared", 0.4), reading(*war, "feared", 0.4)) == {war: "feared"}


def test_quiet_rung_gives_way_to_what_is_said_aloud():
    ties = "seoul-moscow", "south-korea"
    assert chosen(reading(*ties, "managing", 0.95), reading(*ties, "condemning", 0.7)) == {ties: "condemning"}
    assert chosen(reading(*ties, "managing", 0.95)) == {ties: "managing"}


def test_many_voices_told_to_think_two_things_are_divided():
    experts = "expert-depth", "experts"
    both = (reading(*experts, "symbolic", 0.6), reading(*experts, "transformative", 0.9))
    (proposal,) = propose(STORYLINE, both)
    assert proposal.chosen.rung == "divided"
    assert len(proposal.chosen.readings) == 2
    assert "transformative" in {other.rung for other in proposal.others}
    assert chosen(reading(*experts, "divided", 0.6), reading(*experts, "transformative", 0.9)) == {experts: "divided"}
    assert chosen(reading(*experts, "transformative", 0.9)) == {experts: "transformative"}


def test_one_voice_is_never_divided():
    ties = "seoul-moscow", "south-korea"
    assert chosen(reading(*ties, "mending", 0.9), reading(*ties, "condemning", 0.8)) == {ties: "mending"}


def test_unsure_word_of_a_rule_is_proposed_as_such_where_nothing_is_sure():
    public = "seoul-opinion", "public"
    doubtful = (reading(*public, "divided", 0.25, "event: split-on-arming ('divided', cue 'divide')"),)
    (proposal,) = propose(STORYLINE, (), doubtful=doubtful)
    assert (proposal.chosen.rung, proposal.unsure) == ("divided", True)
    assert chosen(reading(*public, "opposed", 0.8), doubtful=doubtful) == {public: "opposed"}


def test_faint_feeling_without_a_rule_and_faint_deed_are_not_proposed():
    felt = reading("moscow-seoul", "russia", "warning", 0.25, "learned part: 0.10 that the item reports it")
    faint = reading("moscow-seoul", "russia", "warning", 0.1, "event: warn-seoul ('War', cue 'warn')")
    deed = reading("pact", "russia", "ratified", 0.25, "event: ratify ('ratified', cue 'ratify')")
    assert chosen(doubtful=(felt, faint, deed)) == {}


def test_deed_that_a_rule_found_is_proposed_as_unsure_from_one_in_three_on():
    deed = reading("pact", "russia", "ratified", 0.36, "event: ratify ('ratified', cue 'ratify')")
    assert chosen(doubtful=(deed,)) == {("pact", "russia"): "ratified"}


def test_what_is_known_counts_only_where_nothing_of_its_track_is_read():
    war = "pyongyang-war", "north-korea"
    known = (reading(*war, "feared", 0.8), reading("pact", "russia", "signed", 0.8))
    (news, pact) = propose(STORYLINE, (reading(*war, "arming", 0.9),), known)
    assert {news.chosen.rung, pact.chosen.rung} == {"arming", "signed"}
    assert not pact.unsure


def test_rung_that_rules_and_reader_find_is_told_by_the_rules_sentence():
    pact = "pact", "russia", "signed"
    _, sentence = reading(*pact, 0.6)
    _, aside = reading(*pact, 0.48)
    _, news = reading(*pact, 0.4)
    (first, second) = together([aside, sentence], [news], [])
    assert (first.quote, first.confidence) == (sentence.quote, 0.76)
    assert second == aside


def test_doubt_of_the_reader_adds_to_a_sentence_and_makes_none_of_its_own():
    _, sentence = reading("seoul-opinion", "public", "divided", 0.48)
    _, same = reading("seoul-opinion", "public", "divided", 0.24)
    _, other = reading("seoul-opinion", "public", "opposed", 0.3)
    (only,) = together([sentence], [], [same, other])
    assert only.confidence > 0.6
