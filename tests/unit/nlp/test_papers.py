"""Is a paper that nobody listed the origin of what others have from it?"""

import re
from datetime import UTC, datetime

import pytest

from bot.domain import By, Item, paper_name
from bot.nlp import languages
from bot.nlp.analysis import Mention, Sentence, Token
from bot.nlp.papers import Papers, own

from .readers import origins, reader

DAY = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "sentence", "paper"),
    [
        ("en", "Seoul has decided to send shells, the Tribune reported on Friday.", "Tribune"),
        ("en", "Seoul has decided to send shells, reports the Daily Tribune.", "Daily Tribune"),
        ("en", "Seoul will send shells, according to the Kyiv Post, which cited officials.", "Kyiv Post"),
        ("en", "Axios reported that Seoul had decided to send shells.", "Axios"),
        ("en", "The German newspaper Handelsblatt, citing officials, says Seoul will send shells.", "Handelsblatt"),
        ("en", "The Tribune first reported the decision on Friday.", "Tribune"),
        ("en", "A senior official told the Tribune that Seoul would send shells.", "Tribune"),
        ("ko", "한국 정부가 포탄을 지원하기로 결정했다고 트리뷴이 1일 보도했다.", "트리뷴"),
        ("ko", "키이우포스트에 따르면 한국은 포탄을 지원하기로 결정했다.", "키이우포스트"),
        ("ko", "한국이 포탄을 지원하기로 결정했다고 미국 매체 액시오스(AXIOS)가 보도했다.", "액시오스"),
        ("ru", "Сеул решил поставить снаряды, сообщает Tribune со ссылкой на источники.", "Tribune"),
        ("ru", "Сеул решил поставить снаряды, пишет газета «Трибюн».", "Трибюн"),
        ("ru", "Со ссылкой на издание Kyiv Tribune: Сеул решил поставить снаряды.", "Kyiv Tribune"),
        ("uk", "Сеул вирішив надати снаряди, повідомляє The Tribune з посиланням на джерела.", "The Tribune"),
        ("uk", "Сеул вирішив надати снаряди, пише видання «Трибюн».", "Трибюн"),
    ],
)
def test_a_paper_is_known_by_what_is_said_of_it(language: str, sentence: str, paper: str):
    credit = languages.crediting(language)(sentence)
    assert credit
    assert (credit.written, sentence[credit.start : credit.end]) == (paper, paper)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Seoul has decided to send shells, the Defense Ministry reported."),
        ("en", "Seoul has decided to send shells, local media reported."),
        ("en", "Media Reports: Seoul has decided to send shells."),
        ("en", "Rwanda reported eight deaths, and Seoul sent shells."),
        ("en", "According to Kim, Seoul will send shells."),
        ("en", "A Czech newspaper has reported that Seoul will send shells."),
        ("en", "The reported decision of Seoul to send shells angered Moscow."),
        ("ko", "한국이 포탄을 지원하기로 결정했다고 외신들이 보도했다."),
        ("ko", "현지 언론에 따르면 한국은 포탄을 지원하기로 결정했다."),
        ("ko", "국방부에 따르면 한국은 포탄을 지원하기로 결정했다."),
        ("ru", "Сеул решил поставить снаряды, сообщают СМИ."),
        ("ru", "Министр сообщил о поставке «Шахедов» и написал об этом в Telegram."),
        ("ru", "США передали Patriot Украине."),
        ("ru", "Глава фракции «Слуга народа» рассказал о снарядах."),
        ("uk", "Сеул вирішив надати снаряди, повідомляють ЗМІ."),
        ("uk", "Журналіст Іван Петренко розповів про снаряди."),
        ("ru", "Согласно «Договору о партнёрстве», КНДР отправила в Россию солдат."),
        ("uk", "Згідно з «Договором про партнерство», КНДР відправила до Росії солдатів."),
    ],
)
def test_ministries_media_without_a_name_and_people_are_no_papers(language: str, sentence: str):
    assert languages.crediting(language)(sentence) is None


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Breaking News: Seoul to send shells to Ukraine"),
        ("en", "Live: Seoul to send shells - World News"),
        ("en", "War in Ukraine: Seoul to send shells"),
        ("en", "Seoul to send shells: Kim"),
        ("ko", '관영통신 "한국, 우크라에 포탄 지원"'),
        ("ko", '김정은 "한국, 우크라에 포탄 지원"'),
        ("ru", "LIVE: Сеул отправит снаряды"),
        ("ru", "ATACMS: Сеул отправит ракеты"),
        ("uk", "F-16: Сеул допоможе Україні"),
    ],
)
def test_a_headlines_rubric_is_no_paper(language: str, title: str):
    assert languages.crediting(language)(title, title=True) is None


@pytest.mark.parametrize(
    ("language", "title", "paper"),
    [
        ("en", "Seoul to send shells to Ukraine – Kyiv Tribune", "Kyiv Tribune"),
        ("en", "Tribune: Seoul to send shells to Ukraine", "Tribune"),
        ("en", "Seoul to send shells, Tribune reports", "Tribune"),
        ("ko", '트리뷴 "한국, 우크라에 포탄 지원 결정"', "트리뷴"),
        ("ru", "Axios: Сеул отправит снаряды", "Axios"),
        ("uk", "Сеул надішле снаряди — The Tribune", "The Tribune"),
    ],
)
def test_a_headline_credits_a_paper_with_its_marks(language: str, title: str, paper: str):
    credit = languages.crediting(language)(title, title=True)
    assert credit
    assert credit.written == paper


@pytest.mark.parametrize("code", languages.codes())
@pytest.mark.parametrize("length", [600, 60_000])
@pytest.mark.usefixtures("hang_guard")
def test_a_text_made_to_keep_the_search_busy_holds_nothing_up(code: str, length: int):
    credit = languages.crediting(code)
    for fragment in ("A ", "A", "가 ", "가", "«А ", "the The ", "пишет "):
        credit(f"{fragment * (length // len(fragment))} reported 보도 따르면", title=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Tribune", "Tribune"),
        ("Kyiv-Post", "The Kyiv Post"),
        ("키이우 포스트", "키이우포스트"),
        ("«Коммерсант»", "Коммерсанта"),
        ("Комсомольская правда", "Комсомольской правды"),
    ],
)
def test_a_name_is_one_however_it_is_written(one: str, other: str):
    assert paper_name(one) == paper_name(other)


def test_papers_with_names_alike_are_several():
    assert len({paper_name(name) for name in ("Kyiv Post", "Washington Post", "Post", "Tribune")}) == 4


@pytest.mark.parametrize(("written", "publisher"), [("BBC News", "BBC"), ("the Times", "Korea Times"), ("KBS", "KBS")])
def test_a_paper_that_names_itself_credits_nobody(written: str, publisher: str):
    assert own(written, publisher)
    assert not own(written, "Gazette")


def credited(text: str, mentions: dict[str, tuple[str, str]]) -> tuple[str, list[str]]:
    """Return the paper that a sentence credits and the mentions left; `mentions`: words → (holder, speaker)."""
    tokens = tuple(Token(m.group(), m.group().lower(), m.start(), m.end()) for m in re.finditer(r"[\w-]+", text))
    words = [token.text for token in tokens]
    found = []
    for named, (holder, speaker) in mentions.items():
        first = words.index(named.split()[0])
        found.append(Mention(holder, speaker, first, first + len(named.split()) - 1))
    papers = Papers(languages.crediting("en"), {"bigpaper": "big"}, "Gazette")
    paper, left = papers.credited(Sentence(text, 0, tokens), found, title="", text=text)
    return paper, [m.speaker or m.holder for m in left]


@pytest.mark.parametrize(
    ("text", "mentions", "paper", "left"),
    [
        ("Shells are on their way, the Kyiv Tribune reported.", {"Kyiv": ("ukraine", "")}, "kyivtribune", []),
        ("Shells are on their way, Yonhap News TV reported.", {"Yonhap News": ("", "yonhap")}, "", ["yonhap"]),
        ("Shells are on their way, Moscow reported.", {"Moscow": ("russia", "")}, "", ["russia"]),
        ("Moscow has shells, the Tribune reported.", {"Moscow": ("russia", "")}, "tribune", ["russia"]),
        ("Shells are on their way, the Tribune reported, citing the NIS.", {"NIS": ("seoul", "nis")}, "nis", ["nis"]),
        ("Shells are on their way, the Big-Paper reported.", {}, "big", []),
        ("Shells are on their way, the Gazette reported.", {}, "", []),
    ],
)
def test_whom_the_storyline_knows_is_no_unlisted_paper(
    text: str, mentions: dict[str, tuple[str, str]], paper: str, left: list[str]
):
    assert credited(text, mentions) == (paper, left)


@pytest.mark.parametrize("learned", [True, False])
def test_two_retellings_of_one_unlisted_paper_have_one_origin(learned: bool):
    one = origins(
        "en", "", "South Korea has decided to send weapons to Ukraine, the Tribune reported.", learned=learned
    )
    other = origins(
        "en",
        "",
        "According to the Tribune, South Korea has decided to supply artillery shells to Ukraine.",
        learned=learned,
    )
    assert one == other == {"tribune"}


@pytest.mark.parametrize(
    ("language", "text", "origin"),
    [
        ("ru", "Южная Корея решила поставить Украине оружие. Об этом пишет газета «Трибюн».", "трибюн"),
        ("uk", "Південна Корея вирішила надати Україні летальну зброю. Про це пише Tribune.", "tribune"),
        ("ko", "한국 정부가 우크라이나에 살상무기를 지원하기로 결정했다고 트리뷴이 1일 보도했다.", "트리뷴"),
        ("ko", "한국 정부가 우크라이나에 포탄을 지원하기로 결정했다고 더 쿠리어(The Courier)가 보도했다.", "쿠리어"),
        (
            "ko",
            "한국 정부가 우크라이나에 포탄을 지원하기로 결정했다고 뉴욕타임스(NYT)가 보도했다.",
            "nyt",
        ),
        ("en", "North Korean soldiers have pulled out of Kursk, the Kyiv Tribune newspaper wrote.", "kyivtribune"),
        ("en", "North Korea has sent troops to Russia, the Tribune reported, citing the NIS.", "nis"),
    ],
)
def test_a_report_comes_from_the_paper_that_it_credits(language: str, text: str, origin: str):
    assert origins(language, "", text) == {origin}


@pytest.mark.parametrize(
    ("language", "text", "origin"),
    [
        ("en", "According to Axios, South Korea has decided to send artillery shells to Ukraine.", "axios"),
        ("en", "South Korea has decided to send artillery shells to Ukraine, according to Semafor.", "semafor"),
        ("en", "South Korea has decided to send artillery shells to Ukraine, per Axios.", "axios"),
        ("en", "North Korea has sent 3,000 more troops to Russia, according to an Axios report.", "axios"),
        ("en", "North Korea has sent 3,000 more troops to Russia, two officials told Semafor.", "semafor"),
        ("ko", "Axios에 따르면 한국 정부는 우크라이나에 포탄을 지원하기로 결정했다.", "axios"),
        ("ko", "액시오스에 따르면 한국 정부는 우크라이나에 포탄을 지원하기로 결정했다.", "액시오스"),
        ("ko", "액시오스는 한국 정부가 우크라이나에 포탄을 지원하기로 결정했다고 보도했다.", "액시오스"),
        ("ko", "한국 정부가 우크라이나에 포탄을 지원하기로 결정했다고 Axios가 2일 전했다.", "axios"),
        ("ru", "По данным Axios, Сеул решил поставить Украине артиллерийские снаряды.", "axios"),
        ("ru", "Согласно Axios, Сеул решил поставить Украине артиллерийские снаряды.", "axios"),
        ("ru", "Как стало известно «Трибюн», Сеул решил поставить Украине артиллерийские снаряды.", "трибюн"),
        ("uk", "За даними Axios, Сеул вирішив надати Україні артилерійські снаряди.", "axios"),
        ("uk", "Згідно з Axios, Сеул вирішив надати Україні артилерійські снаряди.", "axios"),
    ],
)
def test_a_report_comes_from_a_paper_that_only_its_name_tells_of(language: str, text: str, origin: str):
    assert origins(language, "", text, learned=False) == {origin}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "South Korea will not send arms to Ukraine, according to Naismith. Bob Naismith leads the talks."),
        ("en", "South Korea will not send arms to Ukraine, according to Yeo."),
        ("en", "South Korea has decided to send artillery shells to Ukraine, according to Friday's statement."),
        ("en", "North Korea has sent 3,000 more troops to Russia, officials told Congress."),
        ("ko", "방위사업청에 따르면 한국 정부는 우크라이나에 포탄을 지원하지 않기로 했다."),
        ("ko", "보고서에 따르면 한국 정부는 우크라이나에 포탄을 지원하기로 결정했다."),
        ("ko", "홍길동에 따르면 한국 정부는 우크라이나에 포탄을 지원하기로 결정했다."),
        ("ru", "Согласно договору «О партнёрстве», КНДР отправила в Россию войска."),
    ],
)
def test_a_single_name_is_no_paper_where_it_is_a_persons_or_a_bodys(language: str, text: str):
    assert origins(language, "", text, learned=False) <= {"", "south-korea"}


@pytest.mark.parametrize("learned", [True, False])
def test_a_retelling_and_the_papers_own_report_have_one_origin(learned: bool):
    text = "According to Axios, South Korea has decided to send artillery shells to Ukraine."
    assert origins("en", "", text, "Gazette", learned=learned) == {"axios"}
    assert origins("en", "", text, "Axios", learned=learned) == {""}


def test_an_officials_word_to_a_paper_is_the_officials():
    text = '"We will not send lethal weapons to Ukraine," South Korean defence minister Shin Won-sik told the Tribune.'
    (reading,) = reader(learned=True).read(Item("x", "Minister: Seoul will not send arms", text, "en", DAY)).readings
    assert (reading.by, reading.origin) == (By.OFFICIAL, "south-korea")


def test_a_paper_that_says_so_itself_is_no_origin_beside_its_house():
    text = "South Korea has decided to send weapons to Ukraine, sources told the Tribune."
    assert origins("en", "Seoul to arm Ukraine, sources say - The Tribune", text, "Tribune") == {""}
