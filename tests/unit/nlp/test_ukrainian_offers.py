"""Is what Moscow offers Pyongyang, and what others propose that Seoul give, read from Ukrainian?"""

from datetime import UTC, datetime

import pytest

from .readers import readings


def positions(title: str, *, learned: bool) -> set[str]:
    return {
        f"{r.track}/{r.rung}" for r in readings("uk", title, day=datetime(2024, 11, 15, tzinfo=UTC), learned=learned)
    }


@pytest.mark.parametrize(
    "title",
    [
        "Путін запропонував КНДР супутники",
        "Путін запропонував КНДР допомогу із супутниками",
        "Росія запропонувала Пхеньяну ракетні технології в обмін на снаряди",
        "Москва пропонує Кіму супутники за снаряди",
        "Росія пропонує КНДР технології для підводних човнів – розвідка Сеула",
    ],
)
def test_the_rules_read_an_offer_of_technology_as_reported(title: str) -> None:
    assert positions(title, learned=False) == {"moscow-tech/reported"}


@pytest.mark.parametrize(
    ("title", "rung"),
    [
        ("Росія може запропонувати КНДР ядерні технології", "feared"),
        ("Росія не пропонувала КНДР ядерні технології, заявив Пєсков", "denied"),
        ("Москва заперечує, що пропонувала КНДР супутникові технології", "denied"),
    ],
)
@pytest.mark.parametrize("learned", [False, True])
def test_an_offer_that_may_come_or_was_not_made_is_no_report_of_one(title: str, rung: str, learned: bool) -> None:
    assert positions(title, learned=learned) == {f"moscow-tech/{rung}"}


@pytest.mark.parametrize(
    "title",
    [
        "КНДР запропонувала Росії снаряди за супутники",
        "Росія запропонувала КНДР туристичні маршрути",
        "Сеул запропонував КНДР переговори про супутники",
        "Сеул запропонував Україні технології розмінування",
    ],
)
@pytest.mark.parametrize("learned", [False, True])
def test_other_offers_tell_nothing(title: str, learned: bool) -> None:
    assert positions(title, learned=learned) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Дуда запропонував Сеулу передати Україні снаряди",
        "Вашингтон пропонує Сеулу передати снаряди Україні",
        "США тиснуть на Південну Корею, щоб та надала снаряди Україні",
    ],
)
def test_who_proposes_that_seoul_give_arms_requests_them(title: str) -> None:
    assert positions(title, learned=True) == {"allies-arms/requesting"}


@pytest.mark.parametrize(
    "title",
    [
        "Україна запропонувала Південній Кореї спільне виробництво зброї",
        "Польща запропонувала Україні танки, куплені у Південної Кореї",
        "Сеул запропонував Україні допомогу у відбудові",
    ],
)
def test_who_proposes_something_else_requests_no_arms(title: str) -> None:
    assert positions(title, learned=True) == set()
