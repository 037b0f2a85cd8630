"""Does a cue hold exactly where its line says?"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import EventFrame, Factuality, Holder, Storyline, Track
from bot.errors import ConfigError
from bot.nlp.analysis import Token
from bot.nlp.cues import CueBook, parse_cue, parse_topic
from bot.nlp.phrases import PhraseIndex

from .wording import sentence_of


def storyline(*cues: str) -> Storyline:
    frame = EventFrame("give", ("a",), {Factuality.DONE: "done"}, {"en": cues})
    track = Track("t", {}, {}, ("a",), (), (frame,))
    holders = (Holder("a", "state", {}, {"en": ("Aland",)}), Holder("b", "state", {}, {"en": ("Bland",)}))
    return Storyline("s", {}, date(2024, 1, 1), (track,), holders, (), {"en": {"arms": ("shells", "guns")}})


def agents(
    cue: str, text: str, mentions: dict[str, tuple[tuple[int, int], ...]] | None = None, item: tuple[str, ...] = ()
):
    book = CueBook(storyline(cue), "en", lambda term: tuple(term.split()))
    sentence = sentence_of(text)
    here = {**PhraseIndex(book.phrases).find(sentence.tokens), **(mentions or {})}
    return [hit.agent for hit in book.hits(sentence.tokens, here, frozenset(item))]


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("send|give + $arms", "we give guns"),
        ("send + >$arms", "we send guns"),
        ("send + <$arms", "guns we send"),
        ("send + ~guns", "we send them the guns"),
        ("send + !butter", "we send guns"),
        ("send + !send back", "we send guns back"),
        ("send + ^butter|$arms", "we send guns"),
        ("$arms + send", "we send guns"),
    ],
)
def test_cue_holds(cue, text):
    assert agents(cue, text) == [""]


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("send|give + $arms", "we take guns"),
        ("send + >$arms", "guns we send"),
        ("send + <$arms", "we send guns"),
        ("send + ~guns", "we send one two three four five six guns"),
        ("send + !$arms", "we send guns"),
        ("send + !send back", "we send back guns"),
        ("in + !not in", "not in arms"),
        ("send + ^butter", "we send guns"),
        ("send + send", "we send guns"),
    ],
)
def test_cue_does_not_hold(cue, text):
    assert agents(cue, text) == []


def test_condition_may_be_met_anywhere_in_the_item():
    assert agents("send + ^$arms", "we send them", item=("$arms",)) == [""]


def test_cue_names_the_agent_whoever_the_subject_is():
    assert agents("hit + &@a", "bland hit aland", {"@a": ((2, 2),), "@b": ((0, 0),)}) == ["a"]


def test_bound_word_hangs_on_the_trigger_in_the_parse():
    book = CueBook(storyline("send + /$arms"), "en", lambda term: tuple(term.split()))
    sentence = sentence_of("guns fell when we send troops")
    heads = {"guns": 1, "fell": 1, "when": 4, "we": 4, "send": 1, "troops": 4}
    tokens = tuple(replace(token, head=heads[token.text], dep="x") for token in sentence.tokens)
    assert not list(book.hits(tokens, PhraseIndex(book.phrases).find(tokens)))
    near = tuple(Token(t.text, t.lemma, t.start, t.end) for t in tokens)
    assert list(book.hits(near, PhraseIndex(book.phrases).find(near)))


def test_idiom_counts_only_unqualified_and_a_fixed_one_always():
    idiom, fixed = parse_cue("door open -> possible"), parse_cue("door open => possible")
    assert idiom.read_as(Factuality.DONE) is Factuality.POSSIBLE
    assert idiom.read_as(Factuality.REFUSED) is Factuality.REFUSED
    assert fixed.read_as(Factuality.REFUSED) is Factuality.POSSIBLE
    plain = parse_cue("door open ==> possible")
    assert plain.read_as(Factuality.REFUSED) is Factuality.POSSIBLE
    assert (idiom.plain, fixed.plain, plain.plain) == (False, False, True)


@pytest.mark.parametrize(
    ("cue", "complaint"),
    [
        ("send + ", "a part is empty"),
        ("^send + guns", "the trigger takes no sign"),
        ("send => soon", "'soon' is no factuality"),
        ("send + &guns", "& stands only before @holder"),
        ("send + $butter", "is neither in terms.en nor a holder"),
        ("send + @nobody", "is neither in terms.en nor a holder"),
        ("send + a|", "empty alternative"),
    ],
)
def test_bad_cue_is_one_clear_line_that_names_it(cue, complaint):
    with pytest.raises(ConfigError) as error:
        CueBook(storyline(cue), "en", lambda term: tuple(term.split()))
    assert complaint in str(error.value)
    assert "track t, event give, cues.en" in str(error.value)
    assert "\n" not in str(error.value)


def test_topic_takes_no_literal_words():
    with pytest.raises(ValueError, match="a topic takes only"):
        parse_topic("@a + guns")


@given(st.text(max_size=40))
def test_any_line_is_a_cue_or_a_value_error(text):
    try:
        cue = parse_cue(text)
    except ValueError:
        return
    assert cue.triggers
