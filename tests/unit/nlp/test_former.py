"""Is what somebody says who has left an office told as that office's word?

Whoever holds another office that day, or speaks beside the one who left, is heard as ever.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import By, Reading
from bot.nlp import languages

from .readers import readings

_LEFT = [
    ("en", "Former NATO chief Rasmussen urges Seoul to arm Ukraine", "", "2024-06-21"),
    ("en", "NATO's former secretary general calls on Seoul to send Ukraine artillery", "", "2025-03-02"),
    ("en", "South Korea will never send weapons to Ukraine, its former foreign minister says", "", "2024-07-02"),
    ("en", "A retired Russian general warned South Korea against supplying weapons to Ukraine.", "", "2024-07-02"),
    (
        "en",
        "Call on Seoul to arm Ukraine",
        "The former NATO secretary general, Anders Fogh Rasmussen, urged South Korea to supply shells to Ukraine.",
        "2024-07-02",
    ),
    ("ru", "Бывший генсек НАТО призвал Сеул поставлять оружие Украине", "", "2024-06-21"),
    ("ru", "Отставной генерал США Ходжес призвал Сеул передать Украине артиллерию", "", "2024-11-02"),
    ("ru", "Экс-глава Пентагона призвал Южную Корею поставить Украине снаряды", "", "2024-11-02"),
    ("uk", "Колишній міністр закордонних справ України Кулеба закликав Сеул передати ППО", "", "2025-11-02"),
    ("uk", "Експосол США закликав Сеул передати Україні ППО", "", "2024-06-21"),
    ("ko", '라스무센 전 나토 사무총장 "한국, 우크라에 무기 지원해야"', "", "2024-06-21"),
    ("ko", "나토 전 사무총장, 한국에 우크라 무기 지원 촉구", "", "2024-11-02"),
    ("ko", '예비역 미 육군 대장 "한국, 우크라에 포탄 보내야"', "", "2024-11-02"),
    ("ko", '쿨레바 전 우크라 외교장관 "한국, 방공무기 지원해달라"', "", "2025-11-02"),
]
_IN_OFFICE = [
    ("en", "Former Russian president Medvedev warns Seoul over arms for Ukraine", "2024-07-02"),
    ("en", "Russia's ex-president warns Seoul it will arm Pyongyang if weapons go to Ukraine", "2023-04-19"),
    ("en", "Ex-KGB officer Putin warns Seoul not to arm Ukraine", "2024-07-02"),
    ("en", "Ukraine's ambassador, a former defence minister, urges Seoul to send air defence", "2024-07-02"),
    ("en", "Zelensky, former US ambassador urge Seoul to send weapons", "2024-07-02"),
    ("en", "NATO chief urges Seoul to arm Ukraine as former Dutch premier takes office", "2024-10-02"),
    ("en", "NATO's Rutte, like former chief Stoltenberg, urges South Korea to arm Ukraine", "2024-11-19"),
    ("en", "US envoy Kellogg, a retired general, urges Seoul to send weapons to Ukraine", "2025-03-05"),
    ("ru", "Бывший министр обороны РФ Шойгу пригрозил Сеулу из-за оружия Украине", "2024-06-21"),
    ("ru", "Бывший президент России Медведев пригрозил Сеулу поставками оружия КНДР", "2023-04-19"),
    ("ru", "Медведев, бывший президент России, пригрозил Сеулу последствиями поставок оружия Украине", "2023-04-19"),
    ("ru", "Экс-президент России пригрозил Сеулу последствиями поставок оружия Украине", "2023-04-19"),
    ("uk", "Експрезидент Росії Медведєв пригрозив Сеулу через постачання зброї Україні", "2023-04-19"),
    ("uk", "Зеленський закликав Сеул передати ППО після розмови з колишнім генсеком НАТО", "2024-11-02"),
    ("ko", '메드베데프 전 러시아 대통령 "한국, 우크라에 무기 주면 북에 무기 공급" 경고', "2023-04-19"),
    ("ko", '회담 전 나토 사무총장 "한국, 우크라에 무기 지원해야"', "2024-01-29"),
]


def read(language: str, title: str, text: str, day: str) -> tuple[Reading, ...]:
    return readings(language, title, text, day=datetime.fromisoformat(day).replace(tzinfo=UTC))


@pytest.mark.parametrize(("language", "title", "text", "day"), _LEFT)
def test_who_has_left_an_office_has_an_opinion(language: str, title: str, text: str, day: str) -> None:
    assert {r.by for r in read(language, title, text, day)} == {By.ANALYST}


@pytest.mark.parametrize(("language", "title", "day"), _IN_OFFICE)
def test_who_holds_an_office_that_day_is_heard(language: str, title: str, day: str) -> None:
    assert By.OFFICIAL in {r.by for r in read(language, title, "", day)}


def test_a_body_that_names_who_speaks_is_believed() -> None:
    body = 'Dmitry Medvedev, deputy head of the Security Council, said Moscow might show "our partners" its new arms.'
    found = read("en", "Russia will answer South Korean arms with arms, says former president", body, "2023-04-19")
    assert ("moscow-seoul", By.OFFICIAL) in {(r.track, r.by) for r in found}


def test_what_they_say_that_a_government_does_stays_a_report() -> None:
    found = read("en", "Seoul sent 300,000 shells to Ukraine through the US, former officials say", "", "2024-11-02")
    assert [(r.rung, r.by) for r in found] == [("indirect", By.REPORTED)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The former minister, now ambassador to Moscow, said so"),
        ("en", "Ties may return to their former level"),
        ("ru", "Бывший министр, ныне посол в Москве, сказал это"),
        ("uk", "Колишній міністр, нині посол у Москві, сказав це"),
        ("uk", "Експерт сказав це"),
        ("ko", "전 장관이자 현 주러대사가 말했다"),
        ("ko", "전 세계 외교장관이 모였다"),
        ("ko", "3년 전 국방장관이 말했다"),
        ("ko", "방한 전 나토 사무총장이 말했다"),
    ],
)
def test_what_only_looks_like_a_former_office_is_none(language: str, text: str) -> None:
    wording = languages.former(language)
    assert wording is not None
    assert wording.offices(text) == []
