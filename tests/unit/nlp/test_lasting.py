"""Is what has gone on for long no news where the news of its sentence, or of its article, is another matter?"""

from datetime import UTC, date, datetime

import pytest

from bot.domain import Item, Reading
from bot.nlp import languages
from bot.nlp.recalling import Recall

from .readers import reader

DAY = date(2025, 9, 10)


def read(language: str, title: str, text: str, *, learned: bool = True) -> tuple[Reading, ...]:
    item = Item("x", title, text, language, datetime(2025, 9, 10, tzinfo=UTC))
    return reader(learned=learned).read(item).readings


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "en",
            "Kim to attend Beijing parade",
            "Kim Jong Un, whose country has sent 15,000 troops to Russia since last October, will attend a parade.",
        ),
        (
            "en",
            "Putin hosts dinner",
            "Putin hosted a dinner for North Korea, which has supplied Russia with artillery shells since 2023.",
        ),
        (
            "en",
            "Film festival opens",
            "A film festival has begun. North Korea has sent some 15,000 troops to Russia since last October.",
        ),
        (
            "en",
            "Seoul and Kyiv discuss prisoners",
            "They spoke of men captured in Kursk, where North Korean troops have fought Ukraine since last year.",
        ),
        (
            "ru",
            "Ким прибыл в Пекин на парад",
            "Ким Чен Ын, страна которого с октября прошлого года направила в Россию 15 тысяч солдат, прибыл в Пекин.",
        ),
        ("ru", "Путин принял гостей", "Путин принял делегацию КНДР, которая с 2023 года поставляет России снаряды."),
        ("ru", "Путин принял гостей", "Он встретился с послом КНДР, с 2023 года поставляющей России снаряды."),
        (
            "ru",
            "КНДР открыла кинофестиваль",
            "В Пхеньяне открылся кинофестиваль. С октября прошлого года КНДР направила в Россию около 15 тысяч солдат.",
        ),
        (
            "uk",
            "Кім прибув до Пекіна",
            "Кім Чен Ин, країна якого з жовтня минулого року відправила до Росії 15 тисяч солдатів, прибув до Пекіна.",
        ),
        ("uk", "Путін прийняв гостей", "Путін прийняв делегацію КНДР, яка з 2023 року постачає Росії снаряди."),
        (
            "ko",
            "김정은 베이징 도착",
            "지난해 10월부터 러시아에 병력 1만5000명을 파병해 온 북한의 김정은 국무위원장이 2일 베이징에 도착했다.",
        ),
        ("ko", "북러 만찬", "2023년부터 러시아에 포탄을 공급해 온 북한은 2일 만찬을 열었다."),
        ("ko", "평양 영화제", "평양에서 영화제가 열렸다. 북한은 지난해 10월부터 러시아에 병력을 파병해 왔다."),
        (
            "ko",
            "한러 차관보 협의",
            "한국과 러시아가 5일 국장급 협의를 열었다. 러시아는 한국이 무기를 주면 대응하겠다고 수차례 경고해 왔다.",
        ),
        (
            "ko",
            "한러 차관보 협의",
            "한국과 러시아가 5일 국장급 협의를 열었다. 러시아는 한국의 제재를 비우호적 행동이라고 비난해 왔다.",
        ),
        (
            "ko",
            "방산 박람회 개막",
            "서울에서 방산 박람회가 개막했다고 당국이 밝혔다. 우크라이나는 한국에 방공무기 지원을 거듭 요청해 왔다.",
        ),
        (
            "ko",
            "방산 박람회 개막",
            "서울에서 방산 박람회가 개막했다고 당국이 밝혔다. 정부는 살상무기는 보내지 않는다는 입장을 지켜왔습니다.",
        ),
        (
            "ko",
            "방산 박람회 개막",
            "서울에서 방산 박람회가 개막했다고 당국이 밝혔다. 우크라이나 특사단은 지난달 한국에 방공무기를 요청했다.",
        ),
        (
            "ko",
            "방산 박람회 개막",
            "서울에서 방산 박람회가 개막했다고 당국이 밝혔다. 그동안 한국 정부는 북러 군사협력을 강하게 규탄해 왔다.",
        ),
    ],
)
def test_what_has_gone_on_for_long_gives_no_position(language: str, title: str, text: str, learned: bool):
    assert read(language, title, text, learned=learned) == ()


@pytest.mark.parametrize(
    ("language", "title", "text", "rung"),
    [
        (
            "en",
            "NIS: North Korea has sent 3,000 more troops",
            "North Korea has sent 3,000 more troops to Russia since January, the NIS told lawmakers.",
            "deploying",
        ),
        (
            "en",
            "North Korea has sent 15,000 troops to Russia since October",
            "North Korea has sent 15,000 troops to Russia since October, South Korea's spy agency said on Wednesday.",
            "deploying",
        ),
        ("en", "", "North Korea has supplied Russia with nine million shells since 2023.", "arming"),
        (
            "ko",
            '국정원 "북, 1월부터 3000명 추가 파병"',
            "국정원은 북한이 지난 1월부터 러시아에 병력 3000명을 추가 파병했다고 밝혔다.",
            "deploying",
        ),
        (
            "ko",
            "국정원, 국회 보고",
            "국정원이 국회 정보위에 현안을 보고했다. 북한은 최근 석 달 동안에도 포탄을 러시아에 제공해 왔다.",
            "arming",
        ),
        (
            "ko",
            "국정원, 국회 보고",
            "국정원이 국회 정보위에 현안을 보고했다. 북한은 지난달 러시아에 포탄 10만 발을 보낸 것으로 파악됐다.",
            "arming",
        ),
        (
            "ko",
            "국정원, 국회 보고",
            "국정원이 국회 정보위에 현안을 보고했다. 북한군 공병은 쿠르스크에서 임무를 마치고 돌아왔다.",
            "withdrawing",
        ),
        (
            "ru",
            "Разведка Сеула: КНДР отправила ещё три тысячи солдат",
            "С января КНДР отправила в Россию ещё три тысячи солдат, сообщила разведка Южной Кореи.",
            "deploying",
        ),
        (
            "uk",
            "Розвідка Сеула: КНДР відправила ще три тисячі солдатів",
            "З січня КНДР відправила до Росії ще три тисячі солдатів, повідомила розвідка Південної Кореї.",
            "deploying",
        ),
    ],
)
def test_what_somebody_says_of_a_long_time_or_a_text_begins_with_is_news(language, title, text, rung):
    assert rung in {r.rung for r in read(language, title, text)}


@pytest.mark.parametrize("learned", [True, False])
def test_the_rest_of_the_sentence_is_read_and_quoted_whole(learned: bool):
    text = "North Korea, which has supplied shells to Russia since 2023, has sent troops to Kursk, the NIS said."
    (reading,) = read("en", "", text, learned=learned)
    assert (reading.rung, reading.quote) == ("deploying", text)


@pytest.mark.parametrize(
    ("sentence", "day", "known"),
    [
        ("North Korea has sent troops to Russia since last October.", date(2025, 9, 10), True),
        ("North Korea has sent troops to Russia since October.", date(2024, 11, 20), False),
        ("North Korea has sent troops to Russia since October.", date(2024, 10, 25), False),
        ("North Korea has sent troops to Russia since October 2024.", date(2024, 12, 20), False),
        ("North Korea has sent troops to Russia since late 2024.", date(2025, 1, 10), False),
        ("North Korea has sent troops to Russia since last year.", date(2025, 2, 10), False),
        ("North Korea has sent troops to Russia since last year.", date(2025, 6, 10), True),
        ("North Korea has sent troops to Russia since 2023.", None, False),
        ("Seoul has sent Ukraine no lethal arms since the start of the war.", None, True),
        ("North Korea has sent troops to Russia since last October, Seoul says.", date(2025, 9, 10), False),
        ("North Korea has sent another 3,000 troops to Russia since 2024.", date(2025, 9, 10), False),
    ],
)
def test_what_began_some_months_ago_is_known_unless_somebody_says_it_or_there_is_more(sentence, day, known):
    assert bool(languages.retelling("en")(sentence, day, follows=True)) is known
    assert not languages.retelling("en")(sentence, day)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("ru", "С 2022 года Сеул отказывался поставлять оружие, но вчера решил передать Киеву снаряды."),
        ("uk", "З 2022 року Сеул відмовлявся постачати зброю, але вчора вирішив передати Києву снаряди."),
        ("ko", "한국은 2022년부터 무기 지원을 거부해 왔으나 포탄 지원을 결정하고 준비하고 있다."),
    ],
)
def test_what_ends_a_long_time_is_news(code: str, sentence: str):
    assert not languages.retelling(code)(sentence, DAY, follows=True)


@pytest.mark.usefixtures("hang_guard")
def test_a_long_text_full_of_what_is_known_holds_nothing_up():
    text = "КНДР, которая с 2023 года поставляет снаряды, молчит. " * 150_000
    rest = Recall(languages.retelling("ru"), DAY).without(text)
    assert len(rest) == len(text)
    assert rest.startswith("КНДР" + " " * len(", которая с 2023 года поставляет снаряды") + ", молчит.")


@pytest.mark.parametrize("code", languages.codes())
@pytest.mark.usefixtures("hang_guard")
def test_a_text_made_to_keep_the_search_busy_holds_nothing_up(code: str):
    asides = languages.retelling(code).asides
    for words in (
        "that has ",
        "which has since 2",
        ", которая с ",
        ", яка з ",
        "2023년부터 가 온",
        "1",
        ", щая ",
        "whose a b c ",
    ):
        asides(words * (1_000_000 // len(words)), DAY)
    asides(f", котор{'а' * 100_000}", DAY)
