"""Whose doing is it that "she" and "he" do in Russian and Ukrainian?

The speaker's, who tells of herself; of whom somebody else speaks, or is accused, the last named that agrees.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import Item

from .readers import reader

_READ = [
    ("ru", "Рютте обвинил Россию в том, что она передает КНДР ракетные технологии", "moscow-tech/reported/russia"),
    ("ru", "Сеул уличил Москву в том, что она предоставляет технологии спутников КНДР", "moscow-tech/reported/russia"),
    ("ru", "Токио упрекнул Кремль в том, что он делится с КНДР технологиями", "moscow-tech/reported/russia"),
    ("ru", "Лондон предупредил Москву: она не должна передавать КНДР технологии", "moscow-tech/feared/russia"),
    ("ru", "Пхеньян сблизился с Москвой, он поставляет ей снаряды", "pyongyang-war/arming/north-korea"),
    ("ru", "Токио заявил о Пхеньяне, что он отправил в Россию солдат", "pyongyang-war/deploying/north-korea"),
    ("ru", "Путин сказал, что он передаст КНДР технологии", "moscow-tech/feared/russia"),
    ("ru", "Вашингтон убедил Сеул, и он отправит Украине снаряды", "seoul-arms/committed/south-korea"),
    ("ru", "Москва обвинила Южную Корею в том, что она передает Украине снаряды", "seoul-arms/supplying/south-korea"),
    ("ru", "Южная Корея сообщила Украине, что она не будет поставлять ей оружие", "seoul-arms/withhold/south-korea"),
    ("ru", "Южная Корея заверила Украину, что она поставит снаряды Киеву", "seoul-arms/committed/south-korea"),
    ("uk", "Південна Корея запевнила Росію, що вона не постачатиме Україні зброю", "seoul-arms/withhold/south-korea"),
    ("uk", "Рютте звинуватив Росію в тому, що вона передає КНДР ракетні технології", "moscow-tech/reported/russia"),
    ("uk", "Токіо дорікнув Кремлю, що він ділиться з КНДР технологіями", "moscow-tech/reported/russia"),
    ("uk", "Вашингтон переконав Сеул, і він надішле Україні снаряди", "seoul-arms/committed/south-korea"),
]


@pytest.mark.parametrize(("language", "title", "reading"), _READ)
def test_a_pronoun_does_what_the_one_does_for_whom_it_stands(language: str, title: str, reading: str) -> None:
    item = Item("x", title, "", language, datetime(2024, 11, 12, tzinfo=UTC))
    readings = reader(learned=False).read(item).readings
    track = reading.partition("/")[0]
    assert [f"{r.track}/{r.rung}/{r.holder}" for r in readings if r.track == track] == [reading]
