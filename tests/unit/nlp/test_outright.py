"""Is a decision that a headline announces in the plainest words read, though the learned part has seen few such?"""

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader


def rungs(language: str, title: str, text: str = "") -> set[str]:
    """Return the rungs of arms for Ukraine that an item reports surely enough to act on."""
    item = Item("x", title, text, language, datetime(2026, 3, 10, tzinfo=UTC))
    return {r.rung for r in reader(learned=True).read(item).readings if r.track == "seoul-arms"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "South Korea will send shells to Ukraine"),
        ("ru", "Южная Корея отправит Украине снаряды"),
        ("ru", "Минобороны Южной Кореи: Сеул поставит Украине 155-мм снаряды"),
        ("ru", "Сеул проигнорировал угрозы Москвы и отправит Украине снаряды"),
        ("uk", "Південна Корея передасть Україні снаряди"),
        ("uk", "Міноборони Південної Кореї: передамо Україні 155-мм снаряди"),
        ("uk", "Сеул проігнорував погрози Москви та відправить Україні снаряди"),
    ],
)
def test_a_plain_announcement_that_arms_will_be_sent_is_a_decision(language: str, title: str) -> None:
    assert rungs(language, title) == {"committed"}


def test_the_same_announcement_with_the_ministry_s_word_below_it_is_a_decision() -> None:
    said = (
        "СЕУЛ, 10 марта. Южная Корея передаст Украине партию 155-мм артиллерийских снарядов, сообщило министерство "
        "обороны республики. По его данным, поставки начнутся в апреле."
    )
    assert "committed" in rungs("ru", "Южная Корея отправит Украине снаряды", said)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Will South Korea send weapons to Ukraine?"),
        ("en", "South Korea will send humanitarian aid and ambulances to Ukraine"),
        ("ru", "Южная Корея передаст Украине бронежилеты и каски"),
        ("ru", "Эксперт: Южная Корея отправит Украине снаряды"),
        ("ru", "Южная Корея отправит Украине технику для поиска снарядов"),
        ("ru", "Южная Корея отправит Украине генераторы и снаряды для учений"),
        ("uk", "Південна Корея відправить Україні обладнання для пошуку снарядів"),
        ("ru", "Чехия отправит Украине снаряды, купленные в Южной Корее"),
        ("ru", "Кремль ответит, когда Южная Корея передаст Украине снаряды"),
        ("uk", "Чи передасть Південна Корея Україні снаряди?"),
        ("ru", "Южная Корея отправит делегацию на Украину для обсуждения поставок оружия"),
        ("uk", "Південна Корея передасть Україні обладнання для розмінування"),
        ("uk", "Південна Корея відправить делегацію в Україну для обговорення зброї"),
    ],
)
def test_a_question_a_guess_other_goods_and_others_shells_are_no_decision(language: str, title: str) -> None:
    assert "committed" not in rungs(language, title)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "South Korea will send shells to Ukraine, says former US general", "Ben Hodges predicted it on Monday."),
        ("en", "Seoul will send arms to Ukraine, analyst predicts", ""),
        ("en", "South Korea will arm Ukraine sooner or later, expert says", ""),
        ("ru", "Захарова: Южная Корея отправит Украине снаряды", ""),
        ("ru", "Южная Корея отправит Украине снаряды", "Об этом сообщил политолог в эфире радио."),
    ],
)
def test_what_others_say_that_seoul_will_do_is_no_decision(language: str, title: str, text: str) -> None:
    assert "committed" not in rungs(language, title, text)
