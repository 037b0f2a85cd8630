"""Does every language folder keep the promises of bot.nlp.analysis.Language?

A new folder is picked up by itself.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Factuality
from bot.nlp import languages
from bot.nlp.analysis import Language, Mention, Sentence, Trigger
from config.storyline import load_storyline

CODES = languages.codes()
TEXTS = (
    "",
    "   ",
    "Seoul said on Monday that it would not send shells. Kyiv asked again!\nMoscow warned it?",
    "정부는 우크라이나에 무기를 지원하지 않겠다고 밝혔다. 러시아는 경고했다.",
    "Сеул заявил, что не будет поставлять оружие. Москва предупредила.",
    "Сеул заявив, що не постачатиме зброю. Москва попередила.",
    "<p>tags &amp; 🇰🇵 \x00 emoji… \u200b</p>",
)


@pytest.fixture(params=CODES)
def language(request: pytest.FixtureRequest) -> Language:
    return languages.load(request.param)


def check_places(text: str, sentences: tuple[Sentence, ...]) -> None:
    for sentence in sentences:
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        for i, token in enumerate(sentence.tokens):
            assert text[token.start : token.end] == token.text
            assert sentence.start <= token.start < token.end <= sentence.start + len(sentence.text)
            assert -1 <= token.head < len(sentence.tokens), i


def test_language_bears_its_folder_name(language):
    assert language.code in CODES


@pytest.mark.parametrize("title", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_tokens_and_sentences_are_exact_spans_in_order(language, text, title):
    sentences = language.analyse(text, title=title)
    check_places(text, sentences)
    starts = [sentence.start for sentence in sentences]
    assert starts == sorted(starts)
    assert all(sentence.title is title for sentence in sentences)


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_can_be_judged_and_asked_about(language, text):
    for sentence in language.analyse(text, title=False):
        mentions = [Mention("somebody", "", i, i, voice=True) for i in range(0, len(sentence.tokens), 3)]
        for i in range(len(sentence.tokens)):
            trigger = Trigger(i, i)
            judgement = language.judge(sentence, trigger)
            assert isinstance(judgement.factuality, Factuality)
            assert 0 <= judgement.certainty <= 1
            agent = language.agent(sentence, trigger, mentions)
            assert agent is None or not agent.holder or agent in mentions
            source = language.attribution(sentence, trigger, mentions).mention
            assert source is None or not source.holder or source in mentions


@pytest.mark.parametrize("code", CODES)
def test_analysis_is_the_same_twice(code):
    language = languages.load(code)
    for text in TEXTS:
        assert language.analyse(text, title=False) == language.analyse(text, title=False)


@pytest.mark.parametrize("code", CODES)
def test_fields_analysed_together_are_analysed_as_each_by_itself(code):
    language = languages.load(code)
    fields = [(text, title) for text in TEXTS for title in (True, False)]
    assert language.analyse_all(fields) == tuple(language.analyse(text, title=title) for text, title in fields)
    assert language.analyse_all(()) == ()


@settings(max_examples=25)
@given(text=st.text(max_size=120), title=st.booleans())
@pytest.mark.parametrize("code", CODES)
def test_any_text_is_analysed(code, text, title):
    language = languages.load(code)
    sentences = language.analyse(text, title=title)
    check_places(text, sentences)
    for sentence in sentences:
        if sentence.tokens:  # a trigger names words, and "_" has none
            language.judge(sentence, Trigger(0, len(sentence.tokens) - 1))


@pytest.mark.parametrize("code", CODES)
def test_term_is_cut_into_the_words_that_the_text_is_cut_into(code):
    language = languages.load(code)
    storyline = load_storyline()
    for holder in storyline.holders:
        for alias in holder.aliases.get(code, ())[:3]:
            assert language.lemmas(alias.rstrip("?")), alias


@pytest.mark.parametrize("code", CODES)
def test_gate_knows_a_form_of_every_alias(code):
    for holder in load_storyline().holders:
        for alias in holder.aliases.get(code, ()):
            assert any(form.strip("*") for form in languages.gate_forms(code, alias.rstrip("?"))), alias


@pytest.mark.parametrize("code", CODES)
def test_plain_news_is_not_told_again(code):
    told = languages.retelling(code)
    assert not any(told(text, date(2026, 1, 1)) for text in TEXTS)


@pytest.mark.parametrize("code", CODES)
def test_plain_news_credits_no_paper(code):
    credit = languages.crediting(code)
    assert not any(credit(text, title=title) for text in TEXTS for title in (True, False))


def test_unknown_language_is_told_by_name():
    from bot.errors import ConfigError  # noqa: PLC0415 -- beside its use

    with pytest.raises(ConfigError, match="no language 'xx'"):
        languages.load("xx")
