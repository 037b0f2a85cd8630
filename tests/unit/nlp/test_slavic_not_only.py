"""Are men seen where arms come with them, "not only shells but soldiers", and no men where there are none?"""

from datetime import UTC, datetime

import pytest

from .readers import positions

DAY = datetime(2024, 10, 21, 3, tzinfo=UTC)
DEPLOYING = ("pyongyang-war", "deploying")


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("ru", "Не только снаряды: Пхеньян шлет Москве солдат", "Разведка Сеула видит 12 тысяч человек."),
        ("ru", "КНДР направила в Россию не только ракеты, но и несколько тысяч военных", ""),
        ("ru", "КНДР поставляет России не только снаряды, но и солдат", "Об этом сказал Зеленский."),
        ("uk", "Пхеньян дає Москві не лише боєприпаси, а й військових", "Таку оцінку озвучили в НАТО."),
        ("uk", "КНДР не лише зброєю допомагає Росії, але й бійцями", ""),
        ("uk", "КНДР постачає Росії не тільки снаряди, а й солдатів", ""),
    ],
)
def test_men_are_seen_beside_the_arms(language: str, title: str, text: str) -> None:
    assert DEPLOYING in positions(language, title, text, day=DAY)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "КНДР поставляет российским войскам не только снаряды, но и ракеты"),
        ("ru", "КНДР передает России не только ракеты, но и инструкции для военных"),
        ("ru", "КНДР может отправить в Россию не только снаряды, но и солдат"),
        ("uk", "КНДР дає військам РФ не тільки снаряди, а й ракети"),
    ],
)
def test_arms_for_an_army_and_men_still_to_come_are_no_men_sent(language: str, title: str) -> None:
    assert DEPLOYING not in positions(language, title, day=DAY)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Россия дает КНДР не только нефть, но и советы военных"),
        ("ru", "КНДР поставляет российским войскам не только снаряды, но и ракеты"),
        ("uk", "КНДР дає військам РФ не тільки снаряди, а й ракети"),
    ],
)
def test_nor_do_the_rules_alone_see_men_in_what_the_army_gets(language: str, title: str) -> None:
    assert DEPLOYING not in positions(language, title, day=DAY, learned=False)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "uk",
            "День 849: удар по енергетиці, саміт ЄС, слова Путіна про Корею",
            "Путін не виключив постачання зброї Північній Кореї. Рішення Сеула про зброю для України ще попереду.",
        ),
        (
            "ru",
            "Удар по Одессе, слова Путина о КНДР, саммит в Южной Корее",
            "Сеул рассматривает поставки оружия Украине, а Россия может передать ракеты КНДР.",
        ),
    ],
)
def test_a_strike_in_a_digest_is_no_threat_to_seoul(language: str, title: str, text: str, learned: bool) -> None:
    assert ("moscow-seoul", "warning") not in positions(language, title, text, day=DAY, learned=learned)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Захарова: решение Сеула — удар по двусторонним отношениям с Россией"),
        ("ru", "Москва: поставки оружия Киеву будут ударом по связям России и Южной Кореи"),
        ("uk", "Зброя для Києва буде ударом по відносинах Росії та Південної Кореї – Кремль"),
    ],
)
def test_a_blow_to_ties_still_is_one_to_the_rules_too(language: str, title: str) -> None:
    assert ("moscow-seoul", "warning") in positions(language, title, day=DAY, learned=False)
