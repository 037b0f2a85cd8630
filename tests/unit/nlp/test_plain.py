"""Is a text cut into sentences where they end?"""

import sys

import pytest

from bot.nlp.plain import _BLANK, mask, stretches


@pytest.mark.parametrize(
    "text",
    [
        "A delegation went to Russia by train to plan for Mr. Kim's visit this month, officials say.",
        "The Pentagon's press secretary, Brig. Gen. Pat Ryder, said that thousands had been sent to Kursk.",
        "Солдаты были направлены в Россию на основании ст. 4 договора, сообщило агентство.",
        "The report says that it was signed on Sept. 13 at the cosmodrome in the Far East.",
        "Сеул выделил Киеву 100 млн. долл. США и отказался поставлять летальное оружие.",
        "Південна Корея виділила 100 млн. дол. допомоги й не постачатиме летальної зброї.",
        "Сеул запретил вывоз товаров на 5 млрд. вон в год, сообщило министерство.",
        "Сеул выделил Киеву 5 млрд. 300 млн. вон, сообщило министерство.",
        "Сеул передал бы снаряды, 100 тыс. т.е. столько, сколько просил Киев.",
        "Pyongyang has shipped approx. 20,000 containers of shells to the front.",
        "The shells were made by Hanwha Aerospace Co. and sent through a third country.",
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


@pytest.mark.parametrize(
    "text",
    [
        "The ministry will speak to the press at 5 p.m. EST. Seoul has not decided on arms yet.",
        "Помощь Киеву составит сто миллионов руб.\n\nСеул пока не решил, поставлять ли оружие.",
        "the ministry has spoken of arms.\nthe line below is another entry of the feed.",
        "В Курск прибыл северокорейский полк. Сеул осудил отправку войск.",
        "Сеул выделил Киеву 100 млн грн. Россия осудила это решение.",
        "Сеул отправил Киеву помощь на 5 млн руб. 20 стран поступили так же.",
        "Asked about arms, the minister said no. 20 countries have sent shells.",
        "No arms were sent to Kyiv, the NIS said. iPhones were not among the goods either.",
        "No arms were sent to Kyiv, the ministry said. www.example.com is a site of the ministry.",
        "No arms were sent to Kyiv, the ministry said. https://example.com has the whole text.",
    ],
)
def test_what_may_be_an_abbreviation_ends_a_sentence_where_nothing_of_its_kind_follows(text):
    assert len(stretches(text)) == 2


def test_text_without_capitals_is_cut_still():
    text = "seoul has condemned the pact with moscow and may look at arms again. " * 40
    assert len(stretches(text)) > 3


def test_every_character_that_is_blanked_out_is_blanked_out_by_itself_too():
    hidden = [char for char in map(chr, range(sys.maxunicode + 1)) if _BLANK.fullmatch(char)]
    assert len(hidden) > 2_000
    assert {mask(f"a{char}b") for char in hidden} == {"a b"}


def test_tag_in_a_text_without_hidden_characters_is_blanked_out():
    assert mask("arms <b>for</b> Kyiv < Moscow") == "arms    for     Kyiv < Moscow"
