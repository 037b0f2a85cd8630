"""Do rules read what Russian headlines say of offers, of the treaty as a ground, and of soldiers who are made use of?

Look-alikes stand beside them: what is offered but no technology, what somebody else is offered, what is refused.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from .readers import readings

_READ = [
    ("Москва предложила Пхеньяну истребители в обмен на солдат", "moscow-tech/reported"),
    ("Россия предложила Северной Корее космические технологии", "moscow-tech/reported"),
    ("Кремль посулил Пхеньяну реактор для подводной лодки", "moscow-tech/reported"),
    ("Россия предлагает КНДР помощь с разведывательным спутником", "moscow-tech/reported"),
    ("Пхеньян сослался на договор с Россией, признав отправку солдат", "pact/invoked"),
    ("КНДР: отправка солдат в Россию опирается на договор о партнерстве", "pact/invoked"),
    ("Москва ссылается на статью договора с КНДР, говоря об участии солдат в боях", "pact/invoked"),
    ("Россия применяет северокорейскую пехоту в боях под Суджей, солдаты КНДР несут потери", "pyongyang-war/fighting"),
    ("Российское командование применило солдат КНДР под Курском", "pyongyang-war/fighting"),
]
_SILENT = [
    ("Путин предложил КНДР развивать туризм", "moscow-tech"),
    ("Путин предложил Ким Чен Ыну приехать в Москву", "moscow-tech"),
    ("Ким Чен Ын предложил Путину снаряды", "moscow-tech"),
    ("Россия предложила Индии истребители", "moscow-tech"),
    ("Сеул сослался на закон о внешней торговле", "pact"),
    ("КНДР применила дроны на учениях", "pyongyang-war"),
]


def read(title: str) -> set[str]:
    return {f"{r.track}/{r.rung}" for r in readings("ru", title, day=datetime(2024, 11, 12, tzinfo=UTC), learned=False)}


@pytest.mark.parametrize(("title", "position"), _READ)
def test_it_is_read(title: str, position: str) -> None:
    assert position in read(title)


@pytest.mark.parametrize(("title", "track"), _SILENT)
def test_its_look_alikes_are_not(title: str, track: str) -> None:
    assert not {found for found in read(title) if found.startswith(track)}
