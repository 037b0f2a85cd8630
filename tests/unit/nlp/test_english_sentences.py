"""What do English sentences say of an event? Each row is a sentence with the word that names it in [brackets]."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bot.domain import Factuality
from bot.nlp.analysis import Language, Mention, Sentence, Trigger
from bot.nlp.languages import load

F = Factuality


@cache
def english() -> Language:
    return load("en")


def parsed(marked: str, *, title: bool = False) -> tuple[Sentence, Trigger]:
    """Return the sentence and the place of the bracketed words."""
    found = re.search(r"\[(.+?)\]", marked)
    assert found
    text = marked.replace("[", "").replace("]", "")
    start, end = found.start(), found.end() - 2
    sentence = next(s for s in english().analyse(text, title=title) if s.start <= start < s.start + len(s.text))
    inside = [i for i, token in enumerate(sentence.tokens) if start <= token.start < end]
    return sentence, Trigger(inside[0], inside[-1])


def named(sentence: Sentence, *words: str) -> tuple[Mention, ...]:
    return tuple(
        Mention(token.text.lower(), "", i, i, voice=True)
        for i, token in enumerate(sentence.tokens)
        if token.text in words
    )


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        ("Seoul [sent] shells to Kyiv.", F.DONE),
        ("Seoul has [sent] shells to Kyiv.", F.DONE),
        ("Seoul is [sending] shells to Kyiv.", F.DONE),
        ("The shells were [delivered] last week.", F.DONE),
        ("Seoul will [send] shells to Kyiv.", F.DECIDED),
        ("Seoul has decided to [send] shells to Kyiv.", F.DECIDED),
        ("Seoul plans to [send] shells to Kyiv.", F.DECIDED),
        ("Seoul agreed to [supply] Kyiv with shells.", F.DECIDED),
        ("Seoul pledged [arms] for Kyiv.", F.DECIDED),
        ("The minister said Seoul would [send] shells.", F.DECIDED),
        ("Seoul may [send] shells to Kyiv.", F.POSSIBLE),
        ("Seoul could [send] shells to Kyiv, officials said.", F.POSSIBLE),
        ("Seoul is likely to [send] shells.", F.POSSIBLE),
        ("Seoul is expected to [send] shells.", F.POSSIBLE),
        ("Seoul did not rule out [sending] shells to Kyiv.", F.POSSIBLE),
        ("Seoul declined to rule out [sending] shells.", F.POSSIBLE),
        ("Seoul is considering [sending] shells to Kyiv.", F.CONSIDERED),
        ("Seoul is weighing whether to [send] shells.", F.CONSIDERED),
        ("Seoul mulls [arms] for Kyiv.", F.CONSIDERED),
        ("Seoul would consider [sending] shells if the line is crossed.", F.CONSIDERED),
        ("Seoul is reconsidering its refusal to [send] shells.", F.CONSIDERED),
        ("Arms [supplies] are on the table.", F.CONSIDERED),
        ("Seoul will [send] shells if Moscow crosses the line.", F.CONDITIONAL),
        ("If Moscow crosses the line, Seoul will [send] shells.", F.CONDITIONAL),
        ("Seoul would [send] shells should Moscow cross the line.", F.CONDITIONAL),
        ("Seoul will not [send] shells to Kyiv.", F.REFUSED),
        ("Seoul ruled out [sending] shells to Kyiv.", F.REFUSED),
        ("Seoul refused to [send] shells.", F.REFUSED),
        ("Seoul has no plans to [send] shells.", F.REFUSED),
        ("Seoul is not considering [sending] shells.", F.REFUSED),
        ("Seoul has not [sent] shells to Kyiv.", F.NEGATED),
        ("Seoul has never [sent] shells to Kyiv.", F.NEGATED),
        ("Not a single shell was [sent] to Kyiv.", F.NEGATED),
        ("Seoul [sent] no shells to Kyiv.", F.NEGATED),
        ("Seoul denied [sending] shells to Kyiv.", F.DENIED),
        ("Seoul dismissed claims that it [sent] shells to Kyiv.", F.DENIED),
        ("Seoul rejects the claim that it [sends] shells to Kyiv.", F.DENIED),
        ("Seoul has rejected reports of [sending] shells to Kyiv.", F.DENIED),
        ("Seoul rejects plans to [send] shells to Kyiv.", F.REFUSED),
        ("Seoul no longer [sends] shells to Kyiv.", F.NEGATED),
        ("Seoul ought to [send] shells to Kyiv, Moscow said.", F.POSSIBLE),
        ("Seoul needs to [send] shells to Kyiv, Moscow said.", F.POSSIBLE),
        ("Seoul has to [send] shells to Kyiv, Moscow said.", F.POSSIBLE),
        ("Seoul no longer rules out [sending] shells to Kyiv.", F.POSSIBLE),
        ("Seoul has yet to decide whether to [send] shells to Kyiv.", F.CONSIDERED),
        ("Seoul stopped [sending] shells.", F.ENDED),
    ],
)
def test_factuality_follows_the_operators_over_the_event(sentence, factuality):
    judgement = english().judge(*parsed(sentence))
    assert judgement.factuality is factuality, judgement.steps
    assert judgement.current


@pytest.mark.parametrize(
    ("headline", "factuality"),
    [
        ("Seoul to [send] shells to Kyiv", F.DECIDED),
        ("Seoul mulls [arms] for Kyiv", F.CONSIDERED),
        ("Seoul denies [sending] shells to Kyiv", F.DENIED),
        ("Seoul to [send] shells, hopes Kyiv", F.POSSIBLE),
        ("Seoul will [send] shells - hope in Kyiv", F.POSSIBLE),
        ("Seoul will [send] shells, Ukrainian officials hope", F.POSSIBLE),
        ("Seoul will [send] shells to Kyiv, expert predicts", F.POSSIBLE),
        ("Seoul will [send] shells, hopes for peace fade", F.DECIDED),
        ("Seoul to [send] shells, Kyiv says", F.DECIDED),
        ("Seoul won't [send] shells to Kyiv, says minister", F.REFUSED),
        ("Troops [sent] to Kursk, Kyiv says", F.DONE),
    ],
)
def test_headlines_have_a_grammar_of_their_own(headline, factuality):
    judgement = english().judge(*parsed(headline, title=True))
    assert judgement.factuality is factuality, judgement.steps


@pytest.mark.parametrize(
    "sentence",
    [
        "If Seoul [sends] shells, Moscow will respond.",
        "Arms [deliveries] would be a mistake.",
        "Will Seoul [send] shells?",
        "Seoul has long [refused] such requests.",
        "Seoul has yet to [send] shells to Kyiv.",
        "Until now Seoul has [sent] helmets.",
        "Kyiv urged Seoul to [send] shells.",
        "Analysts [debated] the pact in the past.",
    ],
)
def test_hypotheses_questions_requests_and_history_are_no_news(sentence):
    assert not english().judge(*parsed(sentence)).current


@pytest.mark.parametrize(
    "sentence",
    [
        "Analysts [debate] the depth of the commitment in the past.",
        "The possibility of Moscow [sending] jets to the North could alarm Seoul.",
    ],
)
def test_what_is_said_now_of_the_past_and_what_may_come_are_current(sentence):
    assert english().judge(*parsed(sentence)).current


@pytest.mark.parametrize(
    "sentence",
    [
        "The row over [arms] went on.",
        "He spoke after the [delivery] of a letter.",
        "The shells that Seoul [sent] were old.",
    ],
)
def test_a_mere_mention_is_below_the_floor(sentence):
    assert english().judge(*parsed(sentence)).certainty < 0.5


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Seoul [sent] shells to Kyiv.", "seoul"),
        ("Seoul's government [sent] shells to Kyiv.", "seoul"),
        ("Shells were [sent] to Kyiv by Seoul.", "seoul"),
        ("Seoul wants to [send] shells to Kyiv.", "seoul"),
        ("Seoul said it would [send] shells to Kyiv.", "seoul"),
        ("Moscow, which [sent] rockets, smiled at Seoul.", "moscow"),
        ("Kyiv welcomed Seoul's [decision].", "seoul"),
        ("A [warning] by Moscow reached Seoul.", "moscow"),
        ("Kyiv's request [declined] by Seoul, official says.", "seoul"),
        ("Kyiv's plea for rockets [turned] down by Moscow.", "moscow"),
    ],
)
def test_agent_is_found_by_grammar(sentence, who):
    parse, trigger = parsed(sentence)
    agent = english().agent(parse, trigger, named(parse, "Seoul", "Kyiv", "Moscow"))
    assert agent is not None
    assert agent.holder == who


def test_somebody_else_is_nobody_of_ours():
    parse, trigger = parsed("Brokers [sent] shells to Kyiv.")
    agent = english().agent(parse, trigger, named(parse, "Kyiv"))
    assert agent is not None
    assert agent.holder == ""


def test_passive_without_an_agent_has_none():
    parse, trigger = parsed("Shells were [sent] to Kyiv.")
    assert english().agent(parse, trigger, named(parse, "Kyiv")) is None


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Troops were [sent], Seoul said on Monday.", "seoul"),
        ("Seoul says troops were [sent].", "seoul"),
        ("Troops were [sent], according to Kyiv.", "kyiv"),
        ("Kyiv rejects the claim that Seoul [sends] shells.", "kyiv"),
        ("Kyiv rejected Moscow's allegation that Seoul had [sent] shells.", "kyiv"),
    ],
)
def test_source_is_who_says_so(sentence, who):
    parse, trigger = parsed(sentence)
    source = english().attribution(parse, trigger, named(parse, "Seoul", "Kyiv"))
    assert source.mention is not None
    assert source.mention.holder == who


@pytest.mark.parametrize(
    ("headline", "who"), [("Seoul: troops [sent] to Russia", "seoul"), ("Troops [sent] to Russia - Kyiv", "kyiv")]
)
def test_source_stands_at_either_end_of_a_headline(headline, who):
    parse, trigger = parsed(headline, title=True)
    source = english().attribution(parse, trigger, named(parse, "Seoul", "Kyiv"))
    assert source.mention is not None
    assert source.mention.holder == who


def test_unnamed_and_learned_sources_are_told_apart():
    parse, trigger = parsed("Troops were [sent], two sources said.")
    assert english().attribution(parse, trigger, ()).unnamed
    parse, trigger = parsed("Troops were [sent], an analyst said.")
    assert english().attribution(parse, trigger, ()).analyst
    parse, trigger = parsed("Troops are believed to have been [sent].")
    assert english().attribution(parse, trigger, ()).unnamed
    parse, trigger = parsed("Troops were [sent], he said.")
    assert english().attribution(parse, trigger, ()).named_before


def test_hyphen_inside_a_name_is_no_mark_of_a_source():
    parse, trigger = parsed("Kyiv-Seoul talks [begin]", title=True)
    assert english().attribution(parse, trigger, named(parse, "Seoul")).mention is None


def test_missing_model_says_what_to_install():
    from bot.errors import ConfigError  # noqa: PLC0415 -- beside its use

    with pytest.raises(ConfigError, match="pip install en-other"):
        load("en", "en_other")
