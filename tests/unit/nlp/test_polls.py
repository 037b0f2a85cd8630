"""Is a poll one origin, whoever prints it?"""

from datetime import UTC, datetime

import pytest

from bot.domain import Item
from bot.nlp import languages

from .readers import origins, reader

DAY = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "en",
            "66% of South Koreans oppose sending weapons to Ukraine: poll",
            "A Gallup Korea survey of 1,002 adults found that 66 percent were against sending weapons to Ukraine.",
        ),
        (
            "en",
            "",
            "Two-thirds of South Koreans oppose sending weapons to Ukraine, Yonhap reported, citing Gallup Korea.",
        ),
        (
            "ko",
            '국민 66% "우크라에 무기 지원 반대"',
            "한국갤럽이 전국 성인 1001명에게 물은 결과 우크라이나에 무기를 지원해서는 안 된다는 응답이 66%였다.",
        ),
        ("ru", "", "Две трети южнокорейцев выступают против поставок оружия Украине, показал опрос Gallup Korea."),
        ("uk", "", "Дві третини південнокорейців проти постачання зброї Україні, свідчить опитування Gallup Korea."),
    ],
)
def test_what_a_poll_finds_has_its_pollster_as_origin_in_every_language(language, title, text, learned):
    assert origins(language, title, text, learned=learned) == {"gallup-korea"}


def test_the_pollster_may_be_named_in_another_sentence_than_the_answer():
    text = "A majority are against it, a poll showed on Monday. Realmeter asked 1,003 adults."
    assert origins("en", "Most South Koreans oppose sending weapons to Ukraine", text) == {"realmeter"}


@pytest.mark.parametrize(
    ("language", "text", "pollster"),
    [
        ("en", "A poll by Embrain Public found that most were against it.", "embrainpublic"),
        ("en", "In a survey conducted by Jowon Research, most were against it.", "jowonresearch"),
        ("en", "A Jowon Research poll found that most were against it.", "jowonresearch"),
        ("en", "Pollster Jowon asked a thousand people.", "jowon"),
        ("ko", "여론조사기관 알앤써치가 실시한 조사에서 다수가 반대했다.", "알앤써치"),
        ("ko", "여론조사 전문업체 알앤써치에 따르면 다수가 반대했다.", "알앤써치"),
        ("ko", "알앤써치가 지난 22일 전국 성인을 대상으로 실시한 여론조사에서 다수가 반대했다.", "알앤써치"),
        ("ru", "Большинство против, показал опрос, проведённый компанией Jowon.", "jowon"),
        ("ru", "Большинство против, следует из опроса «Чосон ресерч».", "чосонресерч"),
        ("uk", "Більшість проти, свідчить опитування компанії Jowon.", "jowon"),
        ("en", "A South Korean poll found that most were against it.", ""),
        ("en", "A new poll found that most were against it.", ""),
        ("en", "A Friday survey found that most were against it.", ""),
        ("ko", "최근 여론조사에서 다수가 반대했다.", ""),
        ("ko", "정부가 발표한 여론조사에서 다수가 반대했다.", ""),
        ("ru", "Опрос показал, что большинство против.", ""),
        ("uk", "Опитування показало, що більшість проти.", ""),
    ],
)
def test_a_pollster_whom_nobody_listed_is_known_by_its_poll(language: str, text: str, pollster: str):
    assert languages.crediting(language).pollster(text) == pollster


def test_a_poll_is_no_origin_of_what_a_party_says_of_itself():
    text = "The Democratic Party said it opposes sending weapons to Ukraine, citing a Gallup Korea poll."
    found = reader(learned=True).read(Item("x", "", text, "en", DAY)).readings
    assert {(r.holder, r.origin) for r in found} == {("opposition", "opposition")}


def test_a_poll_in_an_item_on_troops_is_not_where_they_are_known_from():
    text = (
        "North Korea has sent 3,000 more troops to Russia, the NIS said. A Gallup Korea poll on the president is due."
    )
    assert origins("en", "", text) == {"nis"}
