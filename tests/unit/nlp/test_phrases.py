"""Are phrases found where they stand, and nowhere else?"""

import pytest

from bot.nlp.phrases import PhraseIndex, parse_phrase

from .wording import sentence_of


def words(term: str) -> tuple[str, ...]:
    return tuple(term.split())


def found(phrase: str, text: str) -> tuple[tuple[int, int], ...]:
    sentence = sentence_of(text)
    return PhraseIndex([("it", parse_phrase(phrase, words))]).find(sentence.tokens).get("it", ())


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("rule out", "we rule out nothing", ((1, 2),)),
        ("rule out", "we rule it out", ()),
        ("rule _ out", "we rule it out", ((1, 3),)),
        ("rule _ out", "we rule one two three four out", ()),
        ("deploy*", "troops deployed, deploying", ((1, 1), (3, 3))),
        ("Seoul", "SEOUL and seoul", ((0, 0), (2, 2))),
        ("rule out", "the rule", ()),
    ],
)
def test_phrase_is_found_exactly_where_it_stands(phrase, text, places):
    assert found(phrase, text) == places


def test_part_of_speech_must_fit():
    sentence = sentence_of("they arm")
    assert not PhraseIndex([("it", parse_phrase("arm/VERB", words))]).find(sentence.tokens)


@pytest.mark.parametrize("phrase", ["", "   ", "_ out", "d*"])
def test_phrase_without_a_word_to_start_with_is_refused(phrase):
    with pytest.raises(ValueError, match=r"phrase|prefix"):
        parse_phrase(phrase, words)


def test_slash_inside_a_word_is_no_part_of_speech():
    assert [word.text for word in parse_phrase("and/or", words)] == ["and/or"]
