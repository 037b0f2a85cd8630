"""Do Russian and Ukrainian still work where the `slavic` extra is not installed?"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Factuality
from bot.errors import ConfigError
from bot.nlp.analysis import Language, Mention, Trigger
from bot.nlp.languages import ru, uk

FOLDERS = (ru, uk)

F = Factuality


@cache
def built(folder: Any, model: str) -> Language:
    language: Language = folder.build(model)
    return language


@pytest.fixture
def without_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pymorphy3"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.usefixtures("without_dictionary")
def test_a_language_without_its_dictionary_says_so_once_and_works(folder: Any) -> None:
    with structlog.testing.capture_logs() as logs:
        language = folder.build("")
    assert [line["event"] for line in logs] == ["language_without_dictionary"]
    assert language.analyse("Сеул", title=True)


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_unknown_model_is_refused(folder: Any) -> None:
    with pytest.raises(ConfigError, match="no model 'large'"):
        folder.build("large")


@pytest.mark.parametrize(
    ("folder", "one", "other"),
    [
        (ru, "поставки", "поставок"),
        (ru, "Сеула", "Сеулу"),
        (ru, "снаряды", "снарядов"),
        (uk, "снаряди", "снарядів"),
        (uk, "постачання", "постачанням"),
        (uk, "Сеула", "Сеулу"),
    ],
)
def test_forms_of_one_word_share_a_stem(folder: Any, one: str, other: str) -> None:
    language = built(folder, "stems")
    assert language.lemmas(one) == language.lemmas(other)


@pytest.mark.parametrize(
    ("folder", "text", "word", "factuality"),
    [
        (ru, "Сеул не исключает поставок снарядов Киеву", "поставок", F.POSSIBLE),
        (ru, "Сеул рассматривает поставки снарядов Киеву", "поставки", F.CONSIDERED),
        (ru, "Сеул опроверг поставки снарядов Киеву", "поставки", F.DENIED),
        (uk, "Сеул не виключає постачання снарядів Києву", "постачання", F.POSSIBLE),
        (uk, "Сеул розглядає постачання снарядів Києву", "постачання", F.CONSIDERED),
        (uk, "Сеул спростував постачання снарядів Києву", "постачання", F.DENIED),
    ],
)
def test_operators_are_found_by_stems(folder: Any, text: str, word: str, factuality: F) -> None:
    language = built(folder, "stems")
    sentence = language.analyse(text, title=False)[0]
    at = next(i for i, token in enumerate(sentence.tokens) if token.text == word)
    assert language.judge(sentence, Trigger(at, at)).factuality is factuality


@pytest.mark.parametrize("model", ["", "stems"])
@pytest.mark.parametrize("folder", FOLDERS)
@given(text=st.text(alphabet="абвгї ёєҐЮн.,:;—«»?!-\n'’0123КНДР🇰🇷\x00\u0301a", max_size=200))
@settings(max_examples=40, deadline=None)
def test_no_text_is_too_odd_to_be_asked_about(folder: Any, model: str, text: str) -> None:
    language = built(folder, model)
    for sentence in language.analyse(text, title=False):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        last = len(sentence.tokens) - 1
        if last < 0:
            continue
        mentions = (Mention("somebody", "", 0, 0),)
        for trigger in (Trigger(0, 0), Trigger(last, last)):
            assert 0.0 < language.judge(sentence, trigger).certainty <= 1.0
            language.agent(sentence, trigger, mentions)
            language.attribution(sentence, trigger, mentions)


def test_cost_grows_with_length_and_not_faster() -> None:
    language = built(ru, "")
    text = "Сеул передаст Киеву снаряды, если Пхеньян отправит войска, " * 2000
    assert sum(len(sentence.text) for sentence in language.analyse(text, title=False)) > len(text) * 0.9


@pytest.mark.parametrize(
    ("folder", "term", "text"),
    [
        (ru, "Южная Корея", "президент южной кореи заявил"),
        (ru, "южнокореец", "большинство южнокорейцев против"),
        (ru, "посол", "вызвали посла"),
        (ru, "послать", "пошлет снаряды"),
        (ru, "помочь", "россия поможет"),
        (ru, "Юн Сок Ёль", "юна сок ёля"),
        (uk, "Київ", "передали києву"),
        (uk, "Південна Корея", "уряд південної кореї"),
        (uk, "воювати", "солдати воюють"),
        (uk, "договір", "умови договору"),
        (uk, "список", "до списку внесли"),
    ],
)
def test_the_gate_knows_every_form_of_a_term(folder: Any, term: str, text: str) -> None:
    forms = folder.gate_forms(term)
    words = [text[i:] for i in range(len(text)) if i == 0 or text[i - 1] == " "]
    assert any(word.startswith(form.strip("*")) for form in forms for word in words)


def test_a_country_of_two_words_is_not_revealed_by_one_of_them() -> None:
    forms = ru.gate_forms("Южная Корея")
    assert not any("южный фронт".startswith(form.strip("*")) for form in forms)
