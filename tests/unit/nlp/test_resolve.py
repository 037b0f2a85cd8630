"""Who is named, on that day?"""

from datetime import date

import pytest

from bot.domain import Holder, Person, Speaker, Storyline
from bot.nlp.phrases import PhraseIndex
from bot.nlp.resolve import Resolver, case_fits, mention_keys

from .wording import sentence_of

OFFICE = Person("lee", {"en": ("Lee",)}, "president", date(2025, 6, 4), None)
EARLIER = Person("yoon", {"en": ("Yoon",)}, "president", date(2022, 5, 10), date(2025, 4, 4))
ENVOY = Person("cho", {"en": ("Cho",)}, "envoy", date(2022, 5, 10), date(2025, 4, 4))
LEADER = Person("lee", {"en": ("Lee",)}, "leader", date(2022, 8, 28), date(2025, 4, 9))
HOLDERS = (
    Holder(
        "south",
        "state",
        {},
        {"en": ("South Aland", "Aland", "US", "South?")},
        {"en": ("Blue Palace",)},
        (OFFICE, EARLIER, ENVOY),
    ),
    Holder("opposition", "party", {}, {"en": ("opposition",)}, {}, (LEADER,)),
    Holder("north", "state", {}, {"en": ("North Aland", "North?")}),
)
SPEAKERS = (Speaker("spies", "intelligence", {"en": ("Aland spy agency",)}, "south"),)
STORY = Storyline("s", {}, date(2024, 1, 1), (), HOLDERS, SPEAKERS, {})


def named(text: str, on: date | None = None, strong: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    resolver = Resolver(STORY, "en", lambda term: tuple(term.lower().split()))
    sentence = sentence_of(text)
    found = PhraseIndex(resolver.phrases).find(sentence.tokens)
    return [(m.holder, m.speaker) for m in resolver.mentions(sentence, found, on, strong)]


def test_longest_name_wins():
    assert named("South Aland and North Aland") == [("south", ""), ("north", "")]


def test_speaker_is_more_precise_than_its_country():
    assert named("the Aland spy agency said") == [("south", "spies")]


def test_person_speaks_for_the_office_held_that_day():
    assert named("Lee said", date(2024, 1, 1)) == [("opposition", "")]
    assert named("Lee said", date(2025, 7, 1)) == [("south", "")]
    assert named("Lee said", date(2025, 5, 1)) == []
    assert named("Lee said") == [("south", "")]


@pytest.mark.parametrize(
    ("text", "on", "others"),
    [
        ("Lee said", date(2024, 1, 1), [("opposition", {"south"})]),
        ("Lee said", date(2025, 7, 1), [("south", {"opposition"})]),
        ("Yoon said", date(2025, 8, 1), [("", {"south"})]),
        ("Yoon said", date(2025, 6, 20), []),
        ("Yoon said", date(2024, 1, 1), []),
        ("Yoon said", date(2025, 5, 1), []),
        ("Cho said", date(2025, 7, 1), []),
    ],
)
def test_name_stands_for_others_once_somebody_else_holds_the_office(
    text: str, on: date, others: list[tuple[str, set[str]]]
):
    resolver = Resolver(STORY, "en", lambda term: tuple(term.lower().split()))
    sentence = sentence_of(text)
    found = PhraseIndex(resolver.phrases).find(sentence.tokens)
    assert [(o.mention.holder, set(o.holders)) for o in resolver.others(sentence, found, on)] == others


def test_weak_name_counts_only_beside_a_strong_one():
    assert named("the North said") == []
    assert named("the North said", strong=frozenset({"north"})) == [("north", "")]


def test_case_tells_names_from_words():
    assert case_fits("US", "US")
    assert not case_fits("US", "us")
    assert case_fits("Lee", "LEE")
    assert not case_fits("Rice", "rice")
    assert case_fits("opposition", "Opposition")


def test_mentions_become_keys_of_cues():
    resolver = Resolver(STORY, "en", lambda term: tuple(term.lower().split()))
    sentence = sentence_of("Aland spy agency")
    found = PhraseIndex(resolver.phrases).find(sentence.tokens)
    keys = mention_keys(resolver.mentions(sentence, found, None, frozenset()))
    assert keys == {"@south": ((0, 2),), "@spies": ((0, 2),)}
