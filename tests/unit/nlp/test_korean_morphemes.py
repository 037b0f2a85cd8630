"""Korean text falls into morphemes that stand where they stand in the text, the same way in every sentence."""

import sys
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.nlp.languages import ko
from bot.nlp.languages.ko import morphemes as module
from bot.nlp.languages.ko.morphemes import morphemes
from bot.nlp.languages.ko.pairs import pair_parts
from bot.nlp.languages.ko.stems import stem_tokens
from bot.nlp.lemmas import cutter

_TEXT = st.text(
    st.sampled_from("한국은우크라이나에살상무기를지원하지않겠다고밝혔다北러美·…\"'“”()[]3천1,. \n🙂abcÉ"), max_size=60
)


def lemmas(text: str) -> list[str]:
    return [token.lemma for token in morphemes(text)]


@given(_TEXT)
@settings(max_examples=60, deadline=None)
def test_every_morpheme_is_the_text_between_its_offsets(text: str) -> None:
    for token in morphemes(text):
        assert text[token.start : token.end] == token.text


@given(_TEXT)
def test_every_stem_is_the_text_between_its_offsets(text: str) -> None:
    for token in stem_tokens(text):
        assert text[token.start : token.end] == token.text


def test_a_contracted_verb_shares_its_characters_with_its_ending() -> None:
    text = "포탄을 보냈다"
    verb, past = morphemes(text)[2:4]
    assert (verb.lemma, verb.text, past.lemma, past.text) == ("보내다", "보냈", "었", "냈")


@pytest.mark.parametrize(
    ("joined", "parts"),
    [
        ("북러 조약", ["北", "러", "조약"]),
        ("북·러 조약", ["北", "러", "조약"]),
        ("한미일 정상", ["韓", "美", "日", "정상"]),
        ("대러 제재", ["대", "러", "제재"]),
        ("北파병", ["北", "파병"]),
        ("북한군 철수", ["북한", "군", "철수"]),
        ("우크라이나군 발표", ["우크라이나", "군", "발표"]),
        ("한러관계 복원", ["韓", "러", "관계", "복원"]),
        ("미 국방부 발표", ["美", "국방부", "발표"]),
        ("살상무기 지원", ["살상", "무기", "지원"]),
    ],
)
def test_countries_part_from_what_is_written_on_to_them(joined: str, parts: list[str]) -> None:
    assert lemmas(joined) == parts


def test_a_headline_country_before_a_comma_is_no_ending() -> None:
    assert [token.pos for token in morphemes('"러, 北에 기술 이전"') if token.text == "러"] == ["NNP"]


@pytest.mark.parametrize("word", ["이러한", "그러면", "부드러운", "북중미"])
def test_a_word_that_only_looks_like_two_countries_is_none(word: str) -> None:
    assert pair_parts(word) == ()


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("보내다", ("보내다",)),
        ("지원하다", ("지원", "하다")),
        ("북러 조약", ("北", "러", "조약")),
        ("우회 지원", ("우회", "지원")),
        ("Reuters", ("reuters",)),
    ],
)
def test_a_cue_term_has_the_lemmas_of_the_text(term: str, expected: tuple[str, ...]) -> None:
    assert ko.build().lemmas(term) == expected


@pytest.fixture
def without_kiwi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read Korean as on a machine where the `ko` extra is not installed; the loaded model stays for other tests."""
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    monkeypatch.setattr(module, "_kiwi", lru_cache(module._kiwi.__wrapped__))


@pytest.mark.usefixtures("without_kiwi")
def test_stems_stand_in_for_morphemes_where_kiwi_is_missing() -> None:
    expected = "한국 은 우크라이나 에 살상 무기 를 지원 하다 지 않다 겠 다고 밝히다 었 다 .".split()
    assert lemmas("한국은 우크라이나에 살상무기를 지원하지 않겠다고 밝혔다.") == expected


@pytest.mark.usefixtures("without_kiwi")
def test_a_missing_kiwi_is_told_once() -> None:
    with capture_logs() as logs:
        lemmas("조약")
        lemmas("파병")
    assert [entry["event"] for entry in logs] == ["korean_model_missing"]


@pytest.mark.usefixtures("without_kiwi")
def test_terms_are_cut_as_texts_are_where_kiwi_is_installed_and_cannot_be_imported() -> None:
    korean = ko.build()
    assert korean.analyser == ""
    assert cutter(korean)("건설적 역할") == korean.lemmas("건설적 역할")


@pytest.mark.usefixtures("without_kiwi")
@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("북한이 파병됐다", ["파병", "되다", "었", "다"]),
        ("무기를 보내기로 했다", ["보내다", "기", "로", "하다", "었", "다"]),
        ("러시아가 기술을 넘긴다면", ["넘기다", "ㄴ다면"]),
        ("무기 지원을 검토할 수 있다", ["검토", "하다", "ㄹ", "수", "있다", "다"]),
    ],
)
def test_stems_know_the_common_endings(text: str, tail: list[str]) -> None:
    assert lemmas(text)[-len(tail) :] == tail
