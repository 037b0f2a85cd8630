"""Do troops that return to the front fight on, and those that return home leave, in any language?"""

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader

BACK_TO_THE_FRONT = [
    ("en", "North Korean troops have returned to fighting in Kursk, Kyiv says"),
    ("en", "After a lull, North Korea's troops rejoin combat alongside Russian forces in Kursk"),
    ("en", "Pyongyang's soldiers return to combat in western Russia after heavy losses, Kyiv says"),
    ("en", "North Korean soldiers return to the front line in Russia's Kursk region after weeks of absence"),
    ("en", "North Korean soldiers had been brought back to the front line in Kursk, Zelenskyy said"),
    ("en", "North Korean troops were moved back to the front in Kursk after a pause, Kyiv says"),
    ("ru", "Солдаты КНДР вернулись на передовую в Курской области, заявили в Киеве"),
    ("ru", "Северокорейские подразделения возвращаются на линию фронта после перегруппировки"),
    ("ru", "Пхеньян вернул своих спецназовцев на линию фронта - разведка Южной Кореи"),
    ("ru", "Бойцы КНДР возвратились на передовую под Курском, утверждает ВСУ"),
    ("uk", "Солдати КНДР повернулися на передову в Курській області, каже розвідка"),
    ("uk", "КНДР повернула своїх солдатів на передову в Росії, кажуть у Сеулі"),
    ("uk", "Спецназівці КНДР повертаються на передову після втрат – Зеленський"),
    ("uk", "Після перерви підрозділи КНДР повернулися до боїв на Курщині – Генштаб"),
    ("ko", "북한군 한 달 휴식 뒤 쿠르스크 전투 복귀…우크라군 발표"),
    ("ko", '우크라 "파병 북한군 최전선으로 복귀"'),
    ("ko", '젤렌스키 "북한군 쿠르스크 전선 복귀…새로운 공격"'),
]
HOME = [
    ("en", "North Korean engineers return from Russia's Kursk to a hero's welcome"),
    ("en", "North Korean soldiers have been brought back from the front line in Kursk, Kyiv says"),
    ("en", "North Korean troops leave the Kursk front and return to North Korea, intelligence shows"),
    ("ru", "Военные КНДР вернулись на родину после боев на курском фронте"),
    ("ru", "КНДР вернула домой саперов, разминировавших Курскую область"),
    ("ru", "Часть военных КНДР вернулась из России на родину - Сеул"),
    ("uk", "Солдати КНДР повернулися з фронту додому – розвідка Південної Кореї"),
    ("uk", "КНДР повернула додому частину військових із Курської області – NIS"),
    ("ko", "쿠르스크 파병 북한 공병부대 복귀…김정은 환영식"),
]


def read(language: str, title: str, *, learned: bool) -> set[str]:
    item = Item("x", title, "", language, datetime(2025, 2, 14, tzinfo=UTC))
    return {reading.rung for reading in reader(learned=learned).read(item).readings}


@pytest.mark.parametrize(("language", "title"), BACK_TO_THE_FRONT)
def test_the_rules_read_a_return_to_the_front_as_fighting(language: str, title: str):
    assert read(language, title, learned=False) == {"fighting"}


@pytest.mark.parametrize(("language", "title"), BACK_TO_THE_FRONT)
def test_a_return_to_the_front_is_never_told_as_a_withdrawal(language: str, title: str):
    assert "withdrawing" not in read(language, title, learned=True)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(("language", "title"), HOME)
def test_a_return_home_is_a_withdrawal(language: str, title: str, learned: bool):
    assert "withdrawing" in read(language, title, learned=learned)


STAYING = [
    "North Korea has not withdrawn its troops from Kursk, Seoul says",
    "North Korean troops have not left Russia, NIS says",
    "North Korean troops will not be withdrawn from Kursk, Kremlin says",
    "North Korea refuses to withdraw its soldiers from Russia",
    "North Korea has yet to withdraw any troops from Russia, NIS says",
    "Kim: our troops will not leave Kursk until victory",
]
GONE = [
    "North Korean soldiers no longer seen at the front, Ukraine says",
    "North Korean soldiers gone from the front, Ukraine says",
    "North Korean troops have not been at the front line in Kursk for two weeks, Kyiv says",
    "North Korean units absent from the Kursk front for weeks, Ukrainian general says",
]


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize("title", STAYING)
def test_troops_that_have_not_left_are_not_told_as_withdrawn(title: str, learned: bool):
    assert "withdrawing" not in read("en", title, learned=learned)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize("title", GONE)
def test_troops_that_are_no_longer_there_have_left(title: str, learned: bool):
    assert "withdrawing" in read("en", title, learned=learned)


def test_troops_that_have_not_left_are_there():
    assert "deploying" in read("en", "North Korean troops have not left Russia, NIS says", learned=True)
