"""Is a text cut into sentences where they end?"""

import pytest

from bot.nlp.plain import stretches


@pytest.mark.parametrize(
    "text",
    [
        "A delegation went to Russia by train to plan for Mr. Kim's visit this month, officials say.",
        "The Pentagon's press secretary, Brig. Gen. Pat Ryder, said that thousands had been sent to Kursk.",
        "Солдаты были направлены в Россию на основании ст. 4 договора, сообщило агентство.",
        "The report says that it was signed on Sept. 13 at the cosmodrome in the Far East.",
    ],
)
def test_abbreviation_does_not_end_a_sentence(text):
    assert stretches(text) == ((0, len(text)),)


def test_full_stop_ends_a_sentence():
    text = "Seoul has condemned the pact with Moscow. It will look again at arms for Ukraine."
    assert [text[start:end] for start, end in stretches(text)] == [
        "Seoul has condemned the pact with Moscow.",
        "It will look again at arms for Ukraine.",
    ]


def test_short_word_before_a_full_stop_is_no_abbreviation_in_the_middle_of_a_longer_one():
    text = "The two leaders met at the port of Olgastrost. They spoke about arms for the war."
    assert len(stretches(text)) == 2
