"""Is what Moscow says to others told as said to Seoul?

It is worded alike whomever it warns, in any language; only the name tells. An item that names Seoul in any way is read
as ever.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader, readings

_TO_OTHERS = [
    ("en", "Moscow cautions Slovakia: shells for Ukraine will have consequences"),
    ("en", "Russia warns Spain against sending weapons to Ukraine"),
    ("en", "Zakharova says Canadian arms for Kyiv would wreck what is left of ties with Russia"),
    ("en", "Russia warns North Korea that there will be consequences"),
    ("ko", '러시아, 우크라에 미사일 주려는 캐나다에 "대가 치를 것" 경고'),
    ("ko", '러, 스페인에 "우크라에 무기 주면 관계 파탄" 경고'),
    ("ru", "Москва предупредила Осло о последствиях передачи Украине ракет"),
    ("ru", "МИД РФ: отправка Грецией оружия Киеву разрушит двусторонние отношения"),
    ("ru", "Лавров пообещал ответ на решение Канады передать Украине гаубицы"),
    ("ru", "Медведев: новое оружие для Киева приведет к большой войне"),
    ("ru", "Захарова назвала передачу снарядов Украине враждебным шагом"),
    ("uk", "Росія попередила Словаччину про наслідки передачі Україні снарядів"),
    ("ru", "Москва и Северная Корея предупредили Осло о последствиях передачи Украине ракет"),
    ("uk", "Росія разом із Північною Кореєю попередила Прагу про наслідки передачі Україні ракет"),
    ("uk", "Лавров: Москва відповість на рішення Іспанії надати Україні танки"),
]
_TO_SEOUL = [
    ("en", "Envoy: Moscow will respond if weapons go to Ukraine", "Georgy Zinoviev spoke in an interview."),
    ("ru", "Посол Зиновьев предупредил о последствиях поставок оружия Украине", ""),
    ("ko", '지노비예프 대사 "우크라에 무기 공급하면 관계 파탄"', ""),
    ("en", "Russia warns South Korea against sending weapons to Ukraine", ""),
    ("en", "Russia warns Korea against sending weapons to Ukraine", ""),
    ("en", "Zakharova says arms for Kyiv would wreck ties", "She was asked about Yoon's shells for Ukraine."),
    ("ko", '러시아, 우크라에 무기 주려는 한국에 "대가 치를 것" 경고', ""),
    ("ru", "Москва предупредила Сеул о последствиях передачи Украине ракет", ""),
    ("ru", "МИД РФ: отправка оружия Киеву разрушит двусторонние отношения", "Так Захарова ответила Юн Сок Ёлю."),
    ("ru", "Захарова назвала поставки снарядов Украине враждебным шагом", "О них заявили южнокорейские власти."),
    ("ru", "Москва предупредила Корею о последствиях передачи Украине ракет", ""),
    ("ru", "Захарова предупредила корейцев о последствиях поставок оружия Украине", ""),
    ("ru", "Лавров: поставки корейского оружия Киеву разрушат отношения", ""),
    ("ru", "Захарова пригрозила Юну последствиями за оружие для Украины", ""),
    (
        "ko",
        '주한 러시아 대사 "무기 지원하면 관계 파탄"',
        "대사는 우크라이나에 살상무기를 보내면 대응하겠다고 경고했다.",
    ),
    ("ko", '라브로프 "남한의 우크라 무기 지원은 적대 행위" 경고', ""),
    ("uk", "Росія попередила Сеул про наслідки передачі Україні снарядів", ""),
    ("uk", "Лавров: постачання корейської зброї Києву зруйнує відносини", ""),
    ("uk", "Кремль погрожує корейцям наслідками за зброю Україні", ""),
]


def read(language: str, title: str, text: str = "") -> set[str]:
    return {f"{r.track}/{r.rung}" for r in readings(language, title, text, day=datetime(2024, 11, 12, tzinfo=UTC))}


@pytest.mark.parametrize(("language", "title"), _TO_OTHERS)
def test_a_warning_to_somebody_else_is_none_to_seoul(language: str, title: str) -> None:
    assert not {found for found in read(language, title) if found.startswith("moscow-seoul")}


@pytest.mark.parametrize(("language", "title", "text"), _TO_SEOUL)
def test_a_warning_in_an_item_that_names_seoul_is_read(language: str, title: str, text: str) -> None:
    assert "moscow-seoul/warning" in read(language, title, text)


def test_a_plea_for_shells_to_partners_without_a_name_is_none_to_seoul() -> None:
    assert read("ru", "Кулеба: просим партнеров ускорить отправку снарядов") == set()
    assert read("ru", "Кулеба: просим Сеул ускорить отправку снарядов") == {"allies-arms/requesting"}


def test_adjectives_and_envoys_of_korea_name_it_too() -> None:
    envoy = "포노마렌코 주한 우크라이나 대사는 방공무기 지원을 요청했다."
    assert read("ko", '우크라 대사 "천궁 지원해 달라"', envoy) == {"allies-arms/requesting"}
    assert read("ko", "러, 우리 외교관 1명 추방") == {"moscow-seoul/retaliating"}
    assert "allies-arms/encouraging" in read("uk", "Литва вітала б передачу корейської зброї Україні")


def test_why_tells_that_nobody_was_named_whom_it_could_be_said_to() -> None:
    item = Item("x", _TO_OTHERS[6][1], "", "ru", datetime(2024, 11, 12, tzinfo=UTC))
    doubtful = reader(learned=True).read(item).doubtful
    assert [r.trace[-1] for r in doubtful] == ["doubtful: the item names nobody whom it could be said to"]
