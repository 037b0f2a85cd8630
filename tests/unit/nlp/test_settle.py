"""Of several candidates, which does an item report?"""

from dataclasses import replace

from bot.domain import By, Register, Rung, Track
from bot.nlp.analysis import Mention, Sentence
from bot.nlp.candidates import Candidate
from bot.nlp.resolve import take_up_names
from bot.nlp.settle import settle

from .wording import sentence_of


def rung(name: str, register: Register, *, reversal: bool = False) -> Rung:
    return Rung(name, register, {}, {}, {}, reversal=reversal)


WORDS = Track("words", {}, {}, ("a",), (rung("no", Register.WORD), rung("yes", Register.WORD)), ())
DEEDS = Track(
    "deeds",
    {},
    {},
    ("a",),
    (rung("feared", Register.WORD), rung("sent", Register.DEED), rung("fought", Register.DEED)),
    (),
    deeds_outrank_words=True,
)
TITLE = Sentence("Title", 0, (), title=True)
LEAD = Sentence("Lead", 0, ())
LATER = Sentence("Later", 40, (), index=1)


def candidate(track: str, rung_id: str, sentence: Sentence, *, confidence: float = 0.9, frame: str = "f") -> Candidate:
    return Candidate(track, frame, rung_id, "a", By.OFFICIAL, "", confidence, sentence, (0, 0), ())


def settled(*candidates: Candidate) -> list[tuple[str, str]]:
    return [(c.rung, c.sentence.text) for c in settle(candidates, (WORDS, DEEDS))]


def test_body_carries_what_the_title_says_too():
    assert settled(candidate("words", "no", TITLE), candidate("words", "no", LEAD)) == [("no", "Lead")]


def test_earlier_of_two_equal_sentences_is_quoted():
    assert settled(candidate("words", "no", LATER), candidate("words", "no", LEAD)) == [("no", "Lead")]


def test_surer_answer_of_one_sentence_wins():
    sure, less = candidate("words", "no", LEAD), candidate("words", "yes", LEAD, confidence=0.7)
    assert settled(less, sure) == [("no", "Lead")]


def test_body_overrules_a_title_that_says_otherwise():
    assert settled(candidate("words", "no", TITLE), candidate("words", "yes", LEAD)) == [("yes", "Lead")]


def test_word_beside_a_deed_stays():
    assert settled(candidate("deeds", "feared", LATER), candidate("deeds", "sent", LEAD)) == [
        ("feared", "Later"),
        ("sent", "Lead"),
    ]


def test_furthest_deed_implies_those_before_it():
    assert settled(candidate("deeds", "sent", LEAD), candidate("deeds", "fought", LATER)) == [("fought", "Later")]


def test_aside_gives_way_to_what_is_said_outright():
    aside = candidate("words", "yes", LATER, confidence=0.55)
    assert settled(aside, candidate("words", "no", LEAD)) == [("no", "Lead")]
    assert settled(aside) == [("yes", "Later")]


def test_order_of_candidates_does_not_matter():
    candidates = [candidate("words", "no", LEAD), candidate("words", "yes", LATER), candidate("deeds", "sent", TITLE)]
    assert settled(*candidates) == settled(*reversed(candidates))


def test_surname_takes_up_a_full_name():
    full = sentence_of("Ada Lovelace spoke there first.", title=False)
    short = sentence_of("Lovelace left the room early.", title=False)
    full = replace(full, tokens=tuple(replace(token, pos="PROPN") for token in full.tokens))
    named = Mention("a", "", 0, 1, voice=True)
    assert take_up_names((full, short), ((named,), ())) == [(named,), (Mention("a", "", 0, 0, voice=True),)]


def test_office_is_not_taken_up_as_a_name():
    full = sentence_of("Blue Palace spoke there first.", title=False)
    short = sentence_of("Blue skies over the town today.", title=False)
    assert take_up_names((full, short), ((Mention("a", "", 0, 1, voice=True),), ()))[1] == ()
