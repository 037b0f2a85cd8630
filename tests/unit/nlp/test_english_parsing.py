"""Is English parsed as spaCy parses it, however much is remembered?"""

from __future__ import annotations

import importlib
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import Linear

from bot.nlp.languages.en.parsing import MODEL, Parse, Parser, load
from bot.nlp.languages.en.wordforms import WordForms
from bot.nlp.languages.en.wordvectors import WordVectors

SENTENCES = (
    "South Korea's government said it won't send shells to Ukraine, given what Moscow told it.",
    "There is no decision; there are doubts. Russia ain't saying, but Kim's gonna ask, and they've got ta wait.",
    "North Korean troops have been sent to Kursk by Pyongyang, which hasn't denied it.",
    "Seoul mulls arms for Kyiv",
    "The 2,000 men do what they did: they do, had done and will do it.",
)


@cache
def pipeline() -> Pipeline:
    return load()


@cache
def parser() -> Parser:
    return Parser(pipeline())


def told(parse: Parse) -> list[tuple[str, str, str, str, int, int]]:
    return [
        (form.lemma, form.pos, form.dep, form.morph, place, head)
        for form, place, head in zip(parse.forms, parse.places, parse.heads, strict=True)
        if not form.blank
    ]


def as_spacy(text: str) -> list[tuple[str, str, str, str, int, int]]:
    return [
        (
            "given" if (token.lower_, token.dep_) == ("given", "prep") else token.lemma_.lower() or token.lower_,
            token.pos_,
            token.dep_,
            f"{token.tag_}|{token.morph}",
            token.idx,
            token.head.i,
        )
        for token in pipeline()(text)
        if not token.is_space
    ]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_parsed_as_spacy_parses_it_first_and_again(text: str):
    assert told(parser()([text])[0]) == told(parser()([text])[0]) == as_spacy(text)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(" ".join(SENTENCES).split()), min_size=1, max_size=12).map(" ".join))
def test_any_row_of_words_is_parsed_as_spacy_parses_it(text: str):
    assert told(parser()([text])[0]) == as_spacy(text)


def test_sentences_end_where_spacy_ends_them():
    (parse,) = parser()([SENTENCES[1]])
    assert parse.sentences == [(span.start, span.end) for span in pipeline()(SENTENCES[1]).sents]


def test_vectors_are_those_of_the_network_word_for_word():
    network = pipeline().get_pipe("tok2vec").model
    vectors = WordVectors.of(network)
    assert vectors is not None
    docs = [pipeline().make_doc(text) for text in SENTENCES]
    for mine, theirs in zip(vectors(docs), network.predict(docs), strict=True):
        assert np.allclose(mine, theirs, atol=1e-4)


def test_network_of_another_make_is_left_alone():
    assert WordVectors.of(Linear(2, 2)) is None


def test_a_phrase_is_looked_for_only_where_a_word_stands_that_may_begin_one(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, phrase = "Seoul mulls arms for Kyiv", "There is no decision, Seoul says"
    parser()([plain, phrase])  # its words are known now
    looked: list[str] = []
    holds = WordForms._holds_phrase

    def counted(self: WordForms, doc: Doc) -> bool:
        looked.append(doc.text)
        return holds(self, doc)

    monkeypatch.setattr(WordForms, "_holds_phrase", counted)
    assert told(parser()([plain])[0]) == as_spacy(plain)
    assert told(parser()([phrase])[0]) == as_spacy(phrase)
    assert looked == [phrase]


def test_the_tokenizer_has_every_rule_of_the_model_that_ships() -> None:
    plain = importlib.import_module(MODEL).load().tokenizer
    assert pipeline().tokenizer.to_bytes(exclude=["vocab"]) == plain.to_bytes(exclude=["vocab"])
    assert pipeline().tokenizer.rules == plain.rules


def test_english_comes_without_the_commands_of_spacy_which_come_when_asked_for() -> None:
    asked = """
import sys
from bot.nlp import languages
languages.load("en")
assert not {"spacy.cli", "spacy.cli.info", "weasel", "jinja2", "requests"} & set(sys.modules), "commands were loaded"
from spacy.cli import download
assert download.__module__ == "spacy.cli.download"
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
