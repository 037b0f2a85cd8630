"""What do Russian sentences say of an event? Each row is a sentence with the word that names the event."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain import Factuality
from bot.nlp.analysis import Language, Mention, Sentence, Trigger
from bot.nlp.languages import ru

F = Factuality


@cache
def russian() -> Language:
    return ru.build("")


def parsed(text: str, *, title: bool = False) -> Sentence:
    return russian().analyse(text, title=title)[0]


def place(sentence: Sentence, word: str) -> Trigger:
    at = next(i for i, token in enumerate(sentence.tokens) if token.text == word)
    return Trigger(at, at)


def named(sentence: Sentence, **holders: str) -> tuple[Mention, ...]:
    """Mentions by the word that names them, in text order."""
    found = [
        Mention(holder, "", i, i)
        for i, token in enumerate(sentence.tokens)
        for holder, word in holders.items()
        if token.text == word
    ]
    return tuple(found)


@pytest.mark.parametrize(
    ("text", "word", "factuality"),
    [
        ("Сеул поставил Киеву снаряды", "поставил", F.DONE),
        ("Сеул поставит Киеву снаряды", "поставит", F.DECIDED),
        ("Сеул будет поставлять Киеву снаряды", "поставлять", F.DECIDED),
        ("Сеул не поставлял Киеву снаряды", "поставлял", F.NEGATED),
        ("Сеул не будет поставлять Киеву снаряды", "поставлять", F.REFUSED),
        ("Сеул не намерен поставлять Киеву снаряды", "поставлять", F.REFUSED),
        ("У Сеула нет планов поставлять Киеву снаряды", "поставлять", F.REFUSED),
        ("Сеул отказался от поставок снарядов Киеву", "поставок", F.REFUSED),
        ("Сеул не рассматривает поставки снарядов Киеву", "поставки", F.REFUSED),
        ("Сеул рассматривает поставки снарядов Киеву", "поставки", F.CONSIDERED),
        ("Сеул может рассмотреть поставки снарядов Киеву", "поставки", F.CONSIDERED),
        ("Сеул готов рассмотреть поставки снарядов Киеву", "поставки", F.CONSIDERED),
        ("Сеул пересмотрит отказ от поставок снарядов Киеву", "поставок", F.CONSIDERED),
        ("Сеул еще не решил, поставлять ли Киеву снаряды", "поставлять", F.CONSIDERED),
        ("Сеул не исключает поставок снарядов Киеву", "поставок", F.POSSIBLE),
        ("Сеул не исключил, что передаст Киеву снаряды", "передаст", F.POSSIBLE),
        ("Сеул допустил передачу снарядов Киеву", "передачу", F.POSSIBLE),
        ("Сеул может передать Киеву снаряды", "передать", F.POSSIBLE),
        ("Сеул решил передать Киеву снаряды", "передать", F.DECIDED),
        ("Сеул пообещал передать Киеву снаряды", "передать", F.DECIDED),
        ("Сеул начал передавать Киеву снаряды", "передавать", F.DONE),
        ("Сеул начнет передавать Киеву снаряды", "передавать", F.DECIDED),
        ("Сеул прекратил поставки снарядов Киеву", "поставки", F.ENDED),
        ("Сеул опроверг поставки снарядов Киеву", "поставки", F.DENIED),
        ("Сеул опроверг, что передал Киеву снаряды", "передал", F.DENIED),
        ("Сообщения о передаче снарядов в Сеуле назвали вымыслом", "передаче", F.DENIED),
        ("Снаряды были отправлены Киеву", "отправлены", F.DONE),
        ("Снаряды будут отправлены Киеву", "отправлены", F.DECIDED),
        ("Сеул поставит Киеву снаряды, если Пхеньян отправит войска", "поставит", F.CONDITIONAL),
        ("В случае отправки войск Сеул поставит Киеву снаряды", "поставит", F.CONDITIONAL),
        ("Сеул готов передать Киеву снаряды при условии, что войска останутся", "передать", F.CONDITIONAL),
        ("Сеул поставит снаряды в зависимости от действий Пхеньяна", "поставит", F.CONSIDERED),
        ("Сеул опасается отправки войск Пхеньяном", "отправки", F.POSSIBLE),
        ("Пхеньян, вероятно, отправил войска", "отправил", F.DONE),
        ("Пхеньян, вероятно, отправит войска", "отправит", F.POSSIBLE),
        ("Пхеньян готовится отправить войска", "отправить", F.DECIDED),
    ],
)
def test_words_around_an_event_say_how_factual_it_is(text: str, word: str, factuality: F) -> None:
    sentence = parsed(text)
    assert russian().judge(sentence, place(sentence, word)).factuality is factuality


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ранее Сеул отправлял Киеву каски", "отправлял"),
        ("До сих пор Сеул поставлял Киеву только каски", "поставлял"),
        ("Сеул напомнил, что в 2022 году передал Киеву каски", "передал"),
        ("В апреле Пхеньян признал, что посылал солдат", "посылал"),
        ("Если Сеул поставит оружие, Москва ответит", "поставит"),
        ("Поставит ли Сеул оружие Киеву?", "Поставит"),
        ("Киев попросил Сеул поставить снаряды", "поставить"),
        ("Вашингтон потребовал вывести войска", "вывести"),
        ("Кремль не подтвердил отправку войск", "отправку"),
        ("Пока Сеул снаряды не поставляет", "поставляет"),
    ],
)
def test_history_questions_wishes_and_hypotheses_are_not_news(text: str, word: str) -> None:
    sentence = parsed(text)
    assert not russian().judge(sentence, place(sentence, word)).current


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Сеул осудил отправку войск в Россию", "отправку"),
        ("Сеул ввел санкции из-за отправки войск в Россию", "отправки"),
        ("Отправка войск в Россию", "Отправка"),
        ("Вопрос об оружии для Киева", "оружии"),
        ("Путин назвал возможные поставки снарядов", "поставки"),
    ],
)
def test_an_event_that_is_only_named_is_hardly_certain(text: str, word: str) -> None:
    sentence = parsed(text)
    assert russian().judge(sentence, place(sentence, word)).certainty < 0.5


@pytest.mark.parametrize(
    ("text", "word", "agent"),
    [
        ("Сеул передаст Киеву снаряды", "передаст", "korea"),
        ("Киеву Сеул снаряды не передаст", "передаст", "korea"),
        ("Снаряды Киеву передаст Сеул", "передаст", "korea"),
        ("Поставки Сеулом снарядов Киеву продолжаются", "Поставки", "korea"),
        ("Снаряды переданы Сеулом Киеву", "переданы", "korea"),
        ("В Сеуле рассматривают поставки Киеву", "рассматривают", "korea"),
        ("Сеул ввел санкции и потребовал вывести войска", "потребовал", "korea"),
        ("Сеул заявил, что не будет передавать Киеву снаряды", "передавать", "korea"),
        ("Киев попросил Сеул о помощи", "попросил", "ukraine"),
    ],
)
def test_case_and_agreement_say_whose_act_it_is(text: str, word: str, agent: str) -> None:
    sentence = parsed(text)
    mentions = tuple(
        Mention("korea" if token.lemma == "сеул" else "ukraine", "", i, i)
        for i, token in enumerate(sentence.tokens)
        if token.lemma in {"сеул", "киев"}
    )
    found = russian().agent(sentence, place(sentence, word), mentions)
    assert found is not None
    assert found.holder == agent


def test_a_subject_that_is_no_holder_is_somebody_else() -> None:
    sentence = parsed("Госсекретарь предупредил Сеул о рисках")
    found = russian().agent(sentence, place(sentence, "предупредил"), named(sentence, korea="Сеул"))
    assert found is not None
    assert found.holder == ""


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("По данным Сеула, снаряды доставлены", "доставлены", "korea"),
        ("Кремль: поставки станут ошибкой", "поставки", "russia"),
        ("Снаряды доставлены, сообщили в Сеуле", "доставлены", "korea"),
        ("Сеул заявил, что снаряды доставлены", "доставлены", "korea"),
    ],
)
def test_whoever_says_so_is_found(text: str, word: str, speaker: str) -> None:
    sentence = parsed(text, title=True)
    holders = {"сеул": "korea", "кремль": "russia"}
    mentions = tuple(
        Mention(holders[token.lemma], "", i, i) for i, token in enumerate(sentence.tokens) if token.lemma in holders
    )
    source = russian().attribution(sentence, place(sentence, word), mentions)
    assert source.mention is not None
    assert source.mention.holder == speaker


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Источник сообщил, что снаряды доставлены", "доставлены", "unnamed"),
        ("Снаряды доставлены, пишет газета", "доставлены", "unnamed"),
        ("Сеул якобы передал снаряды", "передал", "unnamed"),
        ("Эксперт считает, что снаряды доставлены", "доставлены", "analyst"),
        ("По мнению аналитиков, снаряды доставлены", "доставлены", "analyst"),
        ("Снаряды доставлены, сказал он", "доставлены", "named_before"),
        ("Дипломат сообщил, что снаряды доставлены", "доставлены", "named_before"),
    ],
)
def test_sources_without_a_name_are_told_apart(text: str, word: str, kind: str) -> None:
    sentence = parsed(text)
    source = russian().attribution(sentence, place(sentence, word), ())
    assert source.mention is None
    assert [name for name in ("unnamed", "analyst", "named_before") if getattr(source, name)] == [kind]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "СЕУЛ, 20 июня. Сеул заявил протест. Москва ответила.",
            ["СЕУЛ, 20 июня.", "Сеул заявил протест.", "Москва ответила."],
        ),
        ("В. Путин прибыл. Его встретил Ким.", ["В. Путин прибыл.", "Его встретил Ким."]),
        ("Поставлено 1,5 тыс. снарядов. Еще 2 млн. в пути.", ["Поставлено 1,5 тыс. снарядов.", "Еще 2 млн. в пути."]),
        ("Одна строка\nДругая строка", ["Одна строка", "Другая строка"]),
        ("«Нет!» Так ответил Сеул.", ["«Нет!»", "Так ответил Сеул."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in russian().analyse(text, title=False)] == sentences


@pytest.mark.parametrize("name", ["Юн Сок Ёль", "Юна Сок Ёля", "Юну Сок Ёлю", "Юном Сок Ёлем"])
def test_a_korean_name_is_the_same_in_every_case(name: str) -> None:
    assert russian().lemmas(name) == russian().lemmas("Юн Сок Ёль")


@pytest.mark.parametrize(
    ("one", "other"), [("ещё", "еще"), ("Сеула", "сеул"), ("намерена", "намерены"), ("МИДа", "МИД")]
)
def test_forms_of_one_word_share_a_lemma(one: str, other: str) -> None:
    assert russian().lemmas(one) == russian().lemmas(other)


def test_tokens_stand_where_they_say() -> None:
    text = "СЕУЛ, 20 июня. Южная Корея — «за», 🇰🇷 сказал он."
    for sentence in russian().analyse(text, title=False):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
