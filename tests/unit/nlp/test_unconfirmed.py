"""Is what somebody does not confirm, or sees no proof of, told as if it had happened?"""

from datetime import UTC, datetime

import pytest

from .readers import readings


def rungs(language: str, title: str, text: str = "", *, learned: bool = True) -> set[str]:
    return {r.rung for r in readings(language, title, text, day=datetime(2024, 11, 15, tzinfo=UTC), learned=learned)}


@pytest.mark.parametrize(
    "title",
    [
        "США поки не бачать доказів, що КНДР надіслала солдатів до Росії",
        "Пентагон не має доказів того, що КНДР відправила війська в Україну",
        "У Білому домі не підтвердили, що КНДР передала Росії балістичні ракети",
        "Наразі не підтверджено, що солдати КНДР воюють на Курщині",
        "Берлін: немає жодних доказів того, що солдати КНДР воюють проти України",
        "У Вашингтоні не змогли підтвердити, що Росія передала КНДР ракетні технології",
        "Сеул не підтвердив, що передав Україні снаряди",
        "Сеул не підтвердив, що відмовив Україні у снарядах",
    ],
)
def test_what_is_not_confirmed_is_told_by_nobody(title: str) -> None:
    assert rungs("uk", title) == set()


def test_nor_is_it_within_a_text() -> None:
    text = "Столтенберг провів зустріч із міністрами країн Альянсу. Пентагон не бачить доказів, що солдати КНДР у бою."
    assert rungs("uk", "Наради в Брюсселі", text) == set()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "США не подтвердили, что КНДР отправила войска в Россию"),
        ("ru", "Пентагон не видит доказательств, что КНДР отправила войска в Россию"),
        ("uk", "США не підтвердили, що КНДР відправила війська до Росії"),
    ],
)
def test_the_grammar_hears_it_too(language: str, title: str) -> None:
    assert rungs(language, title, learned=False) == set()


@pytest.mark.parametrize(
    ("title", "rung"),
    [
        ("НАТО отримало докази, що КНДР відправила війська до Росії", "deploying"),
        ("США підтвердили, що КНДР відправила війська до Росії", "deploying"),
        ("Пентагон не лише підтвердив, що КНДР відправила війська до Росії, а й назвав їхню кількість", "deploying"),
        ("ГУР не потребує доказів, що солдати КНДР воюють на Курщині", "fighting"),
        ("Не потрібно доказів, що КНДР відправила війська до Росії, – Зеленський", "deploying"),
        ("Це не перше підтвердження, що КНДР відправила війська до Росії", "deploying"),
        ("Немає сумнівів, що КНДР відправила війська до Росії – Рютте", "deploying"),
        ("У Сеулі не підтвердили, що передають снаряди, але наголосили: летальної зброї Україні не буде", "withhold"),
    ],
)
def test_what_is_confirmed_or_said_beside_it_is_read(title: str, rung: str) -> None:
    assert rungs("uk", title) == {rung}
