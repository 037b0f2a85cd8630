"""Is technology that Moscow itself promises or offers told as reported, and not as feared only?

What others fear that it may promise stays feared, and what it says that it has not promised stays denied.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.nlp.cues import parse_cue

from .readers import positions

_PROMISED = [
    ("en", "Putin says he will help Kim build satellites as pair meet at space centre", ""),
    ("en", "Russia offers Pyongyang space technology", ""),
    ("en", "Putin vows to help North Korea develop satellites", ""),
    ("en", "Morning briefing", "Vladimir Putin told Kim Jong Un that Russia would help North Korea build satellites."),
    ("ru", "Путин пообещал помочь КНДР в создании спутников", ""),
    ("ru", "Россия предложила Пхеньяну космические технологии", ""),
    ("ru", "Москва пообещала Ким Чен Ыну технологии подводных лодок", ""),
    ("ru", "Путин заявил, что Россия поможет КНДР строить спутники", ""),
    ("en", "Russia to help North Korea build satellites, Putin says", ""),
    ("ru", "Путин предложил КНДР помощь в создании спутников", ""),
    ("ko", "푸틴, 김정은에 위성 기술 지원 약속", ""),
    ("uk", "Росія пообіцяла Пхеньяну космічні технології", ""),
    ("uk", "Путін заявив, що Росія допоможе КНДР будувати супутники", ""),
]
_NOT_PROMISED = [
    ("ko", '"러, 북에 핵잠 기술 이전 약속 가능성" 국정원', "feared"),
    ("ko", '러 "북한에 미사일 기술 제공 약속한 적 없다"', "denied"),
    ("en", "Russia may offer Kim missile technology, Seoul fears", "feared"),
    ("en", "Russia expected to offer nuclear submarine technology to North Korea", "feared"),
    ("en", "Putin could promise Kim submarine technology in return for troops", "feared"),
    ("en", "Russia did not promise North Korea satellite technology, Peskov says", "denied"),
    ("en", "Russia denies offering North Korea missile technology", "denied"),
    ("ru", "Песков: Россия не обещала КНДР ракетные технологии", "denied"),
    ("ru", "Россия может предложить КНДР ракетные технологии, опасаются в Сеуле", "feared"),
    ("uk", "Росія не обіцяла КНДР ракетні технології - Пєсков", "denied"),
    ("uk", "Росія може запропонувати КНДР технології підводних човнів, кажуть у Сеулі", "feared"),
]


def read(language: str, title: str, text: str = "") -> set[str]:
    found = positions(language, title, text, day=datetime(2023, 9, 14, tzinfo=UTC))
    return {rung for track, rung in found if track == "moscow-tech"}


@pytest.mark.parametrize(("language", "title", "text"), _PROMISED)
def test_what_moscow_promises_is_reported(language: str, title: str, text: str) -> None:
    assert read(language, title, text) == {"reported"}


@pytest.mark.parametrize(("language", "title", "rung"), _NOT_PROMISED)
def test_what_it_may_or_did_not_promise_is_not(language: str, title: str, rung: str) -> None:
    assert read(language, title) == {rung}


def test_a_long_thin_arrow_stands_for_a_plain_assertion_only_and_outweighs_the_learned_part() -> None:
    cue = parse_cue("offer + $technology --> done")
    assert (cue.fixed, cue.plain) == (False, True)
