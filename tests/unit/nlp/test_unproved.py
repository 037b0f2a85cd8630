"""Is what nobody has done or shown yet told as a deed?

A headline that asks, a plea not to do it, and "no evidence" name an event, and none of them says that it happened.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader


def positions(title: str, language: str, text: str = "") -> set[str]:
    item = Item("item", title, text, language, datetime(2024, 10, 30, tzinfo=UTC))
    return {f"{reading.track}/{reading.rung}" for reading in reader(learned=False).read(item).readings}


@pytest.mark.parametrize(
    "title",
    [
        "북한, 러시아에 병력 또 파병하나",
        "北, 러에 방사포 넘기나…화물선 포착",
        "북한, 러시아에 탄약 보냈나",
        "정부, 우크라에 포탄 지원하나",
        "푸틴·김정은, 새 조약 체결하나",
        "러시아, 북한에 정찰위성 기술 이전하나",
    ],
)
def test_a_korean_headline_that_asks_tells_no_deed(title: str) -> None:
    assert positions(title, "ko") == set()


def test_a_clause_after_the_korean_ending_is_no_question() -> None:
    text = "북한은 러시아에 포탄을 보냈으나 러시아는 말을 아꼈다."
    assert positions("", "ko", text) == {"pyongyang-war/arming"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Berlin calls on North Korea to drop plans to sell ammunition to Russia"),
        ("en", "France urges Pyongyang to refrain from arms sales to Russia"),
        ("en", "Canada warns Kim Jong Un against sending shells to Russia"),
        ("ko", "영국, 북한에 러시아에 탄약 보내지 말라고 경고"),
        ("ko", "유엔 대사, 북한에 러시아로 미사일을 수출하지 말 것을 촉구"),
        ("ru", "Лондон призвал Пхеньян не отправлять боеприпасы России"),
        ("ru", "Париж предостерег КНДР от продажи ракет Москве"),
        ("ru", "ЕС потребовал от КНДР отказаться от поставок оружия России"),
        ("uk", "Лондон закликав КНДР не надсилати боєприпаси Росії"),
        ("uk", "Париж застеріг Пхеньян від продажу ракет Москві"),
        ("uk", "ЄС вимагає від КНДР відмовитися від поставок зброї Росії"),
    ],
)
def test_a_plea_to_the_north_not_to_arm_russia_tells_what_is_feared(language: str, title: str) -> None:
    assert positions(title, language) == {"pyongyang-war/feared"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Seoul urges Russia not to send missiles to North Korea"),
        ("en", "Tokyo warns Moscow against supplying arms to Pyongyang"),
        ("ko", "정부, 러시아에 북한에 미사일 주지 말라고 경고"),
        ("ru", "Токио призвал Россию не поставлять КНДР ракеты"),
        ("uk", "Токіо закликало Росію не постачати КНДР ракети"),
    ],
)
def test_a_plea_to_moscow_not_to_arm_the_north_tells_nothing_of_the_norths_arms(language: str, title: str) -> None:
    assert not {found for found in positions(title, language) if found.startswith("pyongyang-war")}


@pytest.mark.parametrize(
    "title",
    [
        "Pentagon sees no evidence that North Korean soldiers are in Kursk",
        "Britain has no proof of North Korean soldiers fighting in Ukraine",
        "There is no indication North Korean units have been deployed to Russia, Berlin says",
        "US has not seen any evidence of North Korean troops fighting in Kursk",
    ],
)
def test_what_there_is_no_evidence_of_is_no_deed(title: str) -> None:
    assert positions(title, "en") == set()


@pytest.mark.parametrize(
    "title",
    [
        "Kyiv shows evidence that North Korean soldiers are in Kursk",
        "No evidence of a truce, and North Korean troops fight on in Kursk",
        "Not only evidence but prisoners: North Korean troops fight in Kursk, Kyiv says",
    ],
)
def test_evidence_and_what_stands_apart_from_the_missing_one_still_count(title: str) -> None:
    assert positions(title, "en") & {"pyongyang-war/deploying", "pyongyang-war/fighting"}


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("ru", "В Кремле не исключили участия саперов из КНДР в разминировании Брянской области", "feared"),
        ("uk", "Москва планує залучити саперів із КНДР до розмінування Курщини", "feared"),
        ("ru", "Саперы из КНДР приступили к разминированию Курской области России", "deploying"),
        ("uk", "Сапери з КНДР розміновують Курську область Росії", "deploying"),
    ],
)
def test_mines_that_may_be_cleared_have_not_been(language: str, title: str, expected: str) -> None:
    assert positions(title, language) == {f"pyongyang-war/{expected}"}


@pytest.mark.parametrize("title", ["북한군 수백 명, 우크라 동부 전선에 투입", '우크라 "북한군, 수미 전선 재투입"'])
def test_who_is_thrown_into_the_front_line_fights(title: str) -> None:
    assert "pyongyang-war/fighting" in positions(title, "ko")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Russia scrambles for North Korean artillery shells, Washington says"),
        ("en", "Kremlin hunts for ammunition in Pyongyang for its war in Ukraine"),
        ("ko", "러시아, 북한에 포탄 구걸"),
        ("ru", "Москва выпрашивает у КНДР ракеты, утверждает Вашингтон"),
        ("uk", "Москва випрошує в КНДР ракети, стверджує Вашингтон"),
    ],
)
def test_what_moscow_looks_for_in_the_north_is_feared_and_not_yet_there(language: str, title: str) -> None:
    assert positions(title, language) == {"pyongyang-war/feared"}


def test_an_arrest_for_spying_is_a_measure_against_seoul_only_where_it_is_called_one() -> None:
    assert positions("Russia arrests South Korean for espionage, state media say", "en") == set()
    framed = "Russia arrests South Korean for espionage as reprisal for Seoul's sanctions, experts say"
    assert "moscow-seoul/retaliating" in positions(framed, "en")
