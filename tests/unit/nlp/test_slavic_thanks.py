"""Whose word are thanks and honours for a deed in Russian and Ukrainian: Moscow's, or Pyongyang's own?"""

from datetime import UTC, datetime

import pytest

from bot.domain import By

from .readers import readings

DAY = datetime(2025, 9, 4, 3, tzinfo=UTC)


def fighting(language: str, title: str, text: str = "") -> set[tuple[str, By]]:
    found = readings(language, title, text, day=DAY)
    return {(r.holder, r.by) for r in found if (r.track, r.rung) == ("pyongyang-war", "fighting")}


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("ru", "Лавров поблагодарил солдат КНДР, воевавших под Курском", ""),
        ("ru", "Путин поблагодарил КНДР за участие в боях за Курскую область", ""),
        ("ru", "Лавров в Вонсане почтил подвиг северокорейских бойцов в Курской области", ""),
        ("ru", "Путин наградил северокорейских солдат за бои в Курской области", ""),
        (
            "ru",
            "Ким в Пекине",
            "На встрече с Ким Чен Ыном Путин поблагодарил его за помощь в освобождении Курской области.",
        ),
        ("uk", "Путін подякував військовим КНДР за бої на Курщині", ""),
        ("uk", "Шойгу вшанував загиблих на Курщині солдатів КНДР", ""),
        ("uk", "Головне", "Лавров дякує за північнокорейських солдатів, які воювали на Курщині."),
    ],
)
def test_moscow_says_itself_what_it_thanks_pyongyang_for(language: str, title: str, text: str) -> None:
    assert fighting(language, title, text) == {("russia", By.OFFICIAL)}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Ким Чен Ын поблагодарил солдат, воевавших под Курском"),
        ("ru", "Ким Чен Ын наградил солдат, воевавших в Курской области"),
        ("uk", "Кім Чен Ин подякував солдатам КНДР, які воювали на Курщині"),
    ],
)
def test_kims_thanks_to_his_own_soldiers_are_pyongyangs_word(language: str, title: str) -> None:
    assert fighting(language, title) == {("north-korea", By.OFFICIAL)}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ru", "Зеленский поблагодарил Сеул за решение передать Украине снаряды"),
        ("uk", "Столтенберг подякував Сеулу за рішення постачати зброю Україні"),
    ],
)
def test_thanks_to_seoul_are_no_word_of_seouls(language: str, title: str) -> None:
    assert not [r for r in readings(language, title, day=DAY) if r.holder == "south-korea" and r.by is By.OFFICIAL]
