"""Does the work of reading grow with the length of a text, and not faster, however odd the text is?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from bot.domain import Item
from bot.nlp import languages
from bot.nlp.analysis import Sentence, Trigger
from bot.nlp.gate import Gate
from bot.nlp.languages.ko import factuality, voices
from bot.nlp.learned.advisor import units
from bot.nlp.plain import mask, stretches
from config.storyline import load_storyline

from .readers import reader

TIMES = 8
SLACK = 3
"""A cost that grew with the square of the length would be TIMES times over."""

STATED = {
    "en": "South Korea will consider sending weapons to Ukraine if Russia crosses the line, officials said, ",
    "ko": "정부는 북한이 러시아에 파병한 데 대해 우크라이나에 살상무기 지원을 검토하겠다고 밝혔으며, ",
    "ru": "Южная Корея рассмотрит поставки оружия Украине, если Россия перейдёт черту, заявил представитель МИД, ",
    "uk": "Південна Корея розгляне постачання зброї Україні, якщо Росія перетне межу, заявив речник МЗС, ",
}


def repeated(fragment: str, size: int) -> str:
    return (fragment * (size // len(fragment) + 1))[:size]


@pytest.mark.parametrize(
    "fragment",
    [" ", "\n", " \n", "\t", "rms.", "rms. ", "....", '".', '" ', "<", "<![CDATA[North Korea]]>", "1. ", "。", "’”»)"],
)
@pytest.mark.parametrize("act", [lambda text: stretches(mask(text)), lambda text: tuple(units("", text, ()))])
@pytest.mark.usefixtures("hang_guard")
def test_a_megabyte_without_sentences_is_cut_and_holds_nothing_up(act: Callable[[str], object], fragment: str) -> None:
    """What takes the square of its length takes minutes and more."""
    act(repeated(fragment, 1_000_000))


@pytest.mark.parametrize("code", STATED)
def test_a_sentence_without_an_end_is_read_in_steps_that_grow_with_its_length(
    code: str, lines_run: Callable[[Callable[[], object]], int]
) -> None:
    def read(size: int) -> object:
        return reader(learned=False).read(Item("x", "", repeated(STATED[code], size), code))

    read(100)  # loads the language
    short, long = (lines_run(partial(read, size)) for size in (1_200, 1_200 * TIMES))
    assert long < TIMES * SLACK * short


def test_operators_are_looked_for_once_at_each_place_of_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: Counter[tuple[int, int]] = Counter()
    first = factuality._first_operator

    def counted(text: str, place: int) -> object:
        looked[len(text) - place, sum(map(ord, text[place:]))] += 1
        return first(text, place)

    monkeypatch.setattr(factuality, "_first_operator", counted)
    reader(learned=False).read(Item("x", "", STATED["ko"] + "파병 " * 200, "ko"))
    assert len(looked) > 200
    assert set(looked.values()) == {1}


def test_each_term_of_the_storyline_is_inflected_once_as_a_name_and_once_as_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: Counter[tuple[str, str]] = Counter()
    forms = languages.gate_forms

    def counted(code: str, term: str) -> tuple[str, ...]:
        asked[code, term] += 1
        return forms(code, term)

    monkeypatch.setattr(languages, "gate_forms", counted)
    Gate(load_storyline())
    assert len(asked) > 5_000
    assert max(asked.values()) <= 2


def test_each_event_is_judged_once_however_many_cues_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[str, int, Trigger]] = Counter()

    def counted(answer: Callable[..., object]) -> Callable[..., object]:
        def ask(sentence: Sentence, trigger: Trigger, *more: object) -> object:
            asked[answer.__name__, sentence.start, trigger] += 1
            return answer(sentence, trigger, *more)

        return ask

    monkeypatch.setattr(factuality, "judge", counted(factuality.judge))
    monkeypatch.setattr(voices, "attribution", counted(voices.attribution))
    reader(learned=False).read(Item("x", "", STATED["ko"] * 20, "ko"))
    assert {name for name, _, _ in asked} == {"judge", "attribution"}
    assert set(asked.values()) == {1}
