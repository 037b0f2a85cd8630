"""Is who turns down a plea for arms read as ruling them out, and nobody else?"""

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader, readings


def rungs(language: str, title: str, text: str = "") -> set[str]:
    """Return the rungs of arms for Ukraine that an item reports surely enough to act on."""
    return {
        r.rung
        for r in readings(language, title, text, day=datetime(2024, 11, 15, tzinfo=UTC))
        if r.track == "seoul-arms"
    }


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "Сеул відхилив прохання Зеленського про зброю"),
        ("uk", "Сеул відхилив запит Києва на поставки ракет ППО"),
        ("uk", "Уряд Південної Кореї відхилив запит Умєрова на 155-мм снаряди"),
        ("uk", "Південна Корея відкинула заклик Столтенберга озброїти Україну"),
        ("uk", "Сеул не задовольнив запит України на зенітні комплекси"),
        ("uk", "Сеул відповів Києву відмовою на запит про снаряди"),
        ("uk", "Сеул залишив без задоволення запит України щодо ракет ППО"),
        ("uk", "Сеул відмовив Києву у снарядах"),
        ("uk", "Південна Корея відмовила Україні в системах ППО"),
        ("ru", "Сеул отклонил просьбу Зеленского об оружии"),
        ("ru", "Южная Корея отвергла запрос Киева на снаряды"),
        ("en", "Seoul rejects Kyiv's plea for shells"),
        ("en", "South Korea turns down Zelenskiy's request for air defences"),
    ],
)
def test_who_turns_down_a_plea_for_arms_rules_them_out(language: str, title: str) -> None:
    assert rungs(language, title) == {"withhold"}


def test_a_plea_whose_arms_the_text_names_is_turned_down_too() -> None:
    text = "Президент України просив у Південної Кореї засоби ППО."
    assert rungs("uk", "Сеул відхилив прохання Зеленського", text) == {"withhold"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("uk", "Сеул відхилив прохання Зеленського"),
        ("uk", "Сеул не відхилив прохання Зеленського про зброю"),
        ("uk", "Чи відхилить Сеул прохання Зеленського про зброю?"),
        ("uk", "Пєсков сподівається, що Сеул відхилить прохання України про зброю"),
        ("uk", "Експерт: Сеул відхилить прохання Зеленського про зброю"),
        ("uk", "Південна Корея відкинула вимогу Росії припинити допомогу Україні"),
        ("uk", "Сеул відхилив прохання Києва про кредит"),
        ("uk", "Польща відхилила прохання Києва про корейські танки"),
        ("uk", "Сеул відхилив критику через постачання зброї Україні"),
        ("uk", "Сеул відмовився коментувати повідомлення про постачання снарядів Україні"),
        ("uk", "Сеул відмовився коментувати прохання Києва про снаряди"),
        ("uk", "Сеул відмовився обговорювати запит Києва на зброю"),
        ("uk", "Сеул відмовив Києву в екстрадиції підозрюваного"),
        ("ru", "Сеул отклонил просьбу Киева о кредите"),
        ("ru", "Сеул отказался комментировать просьбу Киева о снарядах"),
        ("ru", "Песков надеется, что Сеул отклонит просьбу Украины об оружии"),
        ("ru", "Сеул отказался сообщить, передаст ли он снаряды Украине"),
        ("ko", '정부 "러, 북에 정밀무기 주면 우크라에 무기 지원 선 없어"'),
        ("en", "Kremlin hopes Seoul will reject Kyiv's plea for shells"),
        ("en", "Poland rejects Ukraine's plea for South Korean tanks"),
        ("en", "Seoul refuses to say whether it will send shells to Ukraine"),
    ],
)
def test_other_refusals_hopes_and_questions_rule_out_nothing(language: str, title: str) -> None:
    assert "withhold" not in rungs(language, title)


def test_who_was_refused_arms_by_seoul_got_none() -> None:
    item = Item("x", "Київ отримав відмову Сеула на прохання про снаряди", "", "uk", datetime(2024, 11, 15, tzinfo=UTC))
    assert {r.rung for r in reader(learned=False).read(item).readings} == {"withhold"}
