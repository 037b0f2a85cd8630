"""What do Ukrainian sentences say of an event? Each row is a sentence with the word that names the event."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain import Factuality
from bot.nlp.analysis import Language, Mention, Sentence, Trigger
from bot.nlp.languages import uk

F = Factuality


@cache
def ukrainian() -> Language:
    return uk.build("")


def parsed(text: str, *, title: bool = False) -> Sentence:
    return ukrainian().analyse(text, title=title)[0]


def place(sentence: Sentence, word: str) -> Trigger:
    at = next(i for i, token in enumerate(sentence.tokens) if token.text == word)
    return Trigger(at, at)


def named(sentence: Sentence, **holders: str) -> tuple[Mention, ...]:
    """Mentions by the lemma that names them, in text order."""
    return tuple(
        Mention(holder, "", i, i)
        for i, token in enumerate(sentence.tokens)
        for holder, lemma in holders.items()
        if token.lemma == lemma
    )


@pytest.mark.parametrize(
    ("text", "word", "factuality"),
    [
        ("Сеул передав Києву снаряди", "передав", F.DONE),
        ("Сеул передасть Києву снаряди", "передасть", F.DECIDED),
        ("Сеул не передавав Києву снаряди", "передавав", F.NEGATED),
        ("Сеул не буде передавати Києву снаряди", "передавати", F.REFUSED),
        ("Сеул не має наміру передавати Києву снаряди", "передавати", F.REFUSED),
        ("Сеул відмовився передавати Києву снаряди", "передавати", F.REFUSED),
        ("Сеул розгляне постачання снарядів Києву", "постачання", F.CONSIDERED),
        ("Сеул перегляне заборону на постачання снарядів", "постачання", F.CONSIDERED),
        ("Сеул не виключає постачання снарядів Києву", "постачання", F.POSSIBLE),
        ("Сеул не виключив, що передасть Києву снаряди", "передасть", F.POSSIBLE),
        ("Сеул може передати Києву снаряди", "передати", F.POSSIBLE),
        ("Сеул вирішив передати Києву снаряди", "передати", F.DECIDED),
        ("Сеул почав передавати Києву снаряди", "передавати", F.DONE),
        ("Сеул припинив постачання снарядів Києву", "постачання", F.ENDED),
        ("Сеул спростував постачання снарядів Києву", "постачання", F.DENIED),
        ("Сеул передасть снаряди, якщо Пхеньян відправить війська", "передасть", F.CONDITIONAL),
        ("Сеул передасть снаряди за умови, що війська залишаться", "передасть", F.CONDITIONAL),
        ("У разі відправлення військ Сеул передасть снаряди", "передасть", F.CONDITIONAL),
        ("Снаряди відправлено Києву", "відправлено", F.DONE),
        ("Снаряди буде відправлено Києву", "відправлено", F.DECIDED),
        ("Сеул побоюється відправлення військ Пхеньяном", "відправлення", F.POSSIBLE),
    ],
)
def test_words_around_an_event_say_how_factual_it_is(text: str, word: str, factuality: F) -> None:
    sentence = parsed(text)
    assert ukrainian().judge(sentence, place(sentence, word)).factuality is factuality


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Раніше Сеул передавав Києву каски", "передавав"),
        ("Торік Сеул передав Києву каски", "передав"),
        ("Якщо Сеул передасть зброю, Москва відповість", "передасть"),
        ("Чи передасть Сеул зброю Києву?", "передасть"),
        ("Київ попросив Сеул передати снаряди", "передати"),
        ("Сеул поки снарядів не передавав", "передавав"),
    ],
)
def test_history_questions_wishes_and_hypotheses_are_not_news(text: str, word: str) -> None:
    sentence = parsed(text)
    assert not ukrainian().judge(sentence, place(sentence, word)).current


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Сеул засудив відправлення військ до Росії", "відправлення"),
        ("Відправлення військ до Росії", "Відправлення"),
        ("Питання зброї для Києва", "зброї"),
    ],
)
def test_an_event_that_is_only_named_is_hardly_certain(text: str, word: str) -> None:
    sentence = parsed(text)
    assert ukrainian().judge(sentence, place(sentence, word)).certainty < 0.5


@pytest.mark.parametrize(
    ("text", "word", "agent"),
    [
        ("Сеул передасть Києву снаряди", "передасть", "korea"),
        ("Києву Сеул снарядів не передасть", "передасть", "korea"),
        ("Снаряди передано Сеулом Києву", "передано", "korea"),
        ("У Сеулі розглядають постачання Києву", "розглядають", "korea"),
        ("Сеул запровадив санкції й зажадав вивести війська", "зажадав", "korea"),
        ("Сеул заявив, що не передаватиме Києву снаряди", "передаватиме", "korea"),
        ("Київ попросив Сеул про допомогу", "попросив", "ukraine"),
    ],
)
def test_case_and_agreement_say_whose_act_it_is(text: str, word: str, agent: str) -> None:
    sentence = parsed(text)
    mentions = named(sentence, korea="сеул", ukraine="київ")
    found = ukrainian().agent(sentence, place(sentence, word), mentions)
    assert found is not None
    assert found.holder == agent


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Джерело повідомило, що снаряди доставлено", "доставлено", "unnamed"),
        ("Снаряди доставлено, пише газета", "доставлено", "unnamed"),
        ("Сеул нібито передав снаряди", "передав", "unnamed"),
        ("На думку аналітиків, снаряди доставлено", "доставлено", "analyst"),
        ("Снаряди доставлено, сказав він", "доставлено", "named_before"),
    ],
)
def test_sources_without_a_name_are_told_apart(text: str, word: str, kind: str) -> None:
    sentence = parsed(text)
    source = ukrainian().attribution(sentence, place(sentence, word), ())
    assert source.mention is None
    assert [name for name in ("unnamed", "analyst", "named_before") if getattr(source, name)] == [kind]


@pytest.mark.parametrize(
    ("participle", "infinitive"),
    [
        ("надіслані", "надіслати"),
        ("відправлена", "відправити"),
        ("запроваджені", "запровадити"),
        ("спрямовані", "спрямувати"),
        ("підписану", "підписати"),
    ],
)
def test_a_participle_counts_as_its_verb(participle: str, infinitive: str) -> None:
    assert ukrainian().lemmas(participle) == (infinitive,)


@pytest.mark.parametrize("form", ["Україна", "Україні", "Україною"])
def test_a_country_is_the_same_in_every_case(form: str) -> None:
    assert ukrainian().lemmas(form) == ukrainian().lemmas("Україна")


@pytest.mark.parametrize("form", ["український", "українська", "українську", "українських"])
def test_an_adjective_is_the_same_in_every_gender(form: str) -> None:
    assert ukrainian().lemmas(form) == ("український",)
