"""Is what the plainest words say read, though the learned part has seen few such, or hears only half of them?"""

from datetime import UTC, datetime

import pytest

from .readers import readings


def rungs(language: str, title: str, text: str = "", *, track: str = "seoul-arms") -> set[str]:
    """Return the rungs of a track, arms for Ukraine where none is told, that an item reports surely enough."""
    return {r.rung for r in readings(language, title, text, day=datetime(2026, 3, 10, tzinfo=UTC)) if r.track == track}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "South Korea will send shells to Ukraine"),
        ("ru", "Южная Корея отправит Украине снаряды"),
        ("ru", "Минобороны Южной Кореи: Сеул поставит Украине 155-мм снаряды"),
        ("ru", "Сеул проигнорировал угрозы Москвы и отправит Украине снаряды"),
        ("uk", "Південна Корея передасть Україні снаряди"),
        ("uk", "Міноборони Південної Кореї: передамо Україні 155-мм снаряди"),
        ("uk", "Сеул проігнорував погрози Москви та відправить Україні снаряди"),
        ("ko", '국방부 "내달 초부터 우크라이나에 155㎜ 포탄 직접 공급"'),
        ("ko", '정부 "다음 달 우크라이나에 포탄 지원"'),
        ("ko", "한국 정부, 내년부터 우크라이나에 포탄 제공"),
        ("ko", '대통령실 "연내 우크라이나에 방공무기 공급"'),
    ],
)
def test_a_plain_announcement_that_arms_will_be_sent_is_a_decision(language: str, title: str) -> None:
    assert rungs(language, title) == {"committed"}


def test_the_same_announcement_with_the_ministry_s_word_below_it_is_a_decision() -> None:
    said = (
        "СЕУЛ, 10 марта. Южная Корея передаст Украине партию 155-мм артиллерийских снарядов, сообщило министерство "
        "обороны республики. По его данным, поставки начнутся в апреле."
    )
    assert "committed" in rungs("ru", "Южная Корея отправит Украине снаряды", said)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Will South Korea send weapons to Ukraine?"),
        ("en", "South Korea will send humanitarian aid and ambulances to Ukraine"),
        ("ru", "Южная Корея передаст Украине бронежилеты и каски"),
        ("ru", "Эксперт: Южная Корея отправит Украине снаряды"),
        ("ru", "Южная Корея отправит Украине технику для поиска снарядов"),
        ("ru", "Южная Корея отправит Украине генераторы и снаряды для учений"),
        ("uk", "Південна Корея відправить Україні обладнання для пошуку снарядів"),
        ("ru", "Чехия отправит Украине снаряды, купленные в Южной Корее"),
        ("ru", "Кремль ответит, когда Южная Корея передаст Украине снаряды"),
        ("uk", "Чи передасть Південна Корея Україні снаряди?"),
        ("ru", "Южная Корея отправит делегацию на Украину для обсуждения поставок оружия"),
        ("uk", "Південна Корея передасть Україні обладнання для розмінування"),
        ("uk", "Південна Корея відправить делегацію в Україну для обговорення зброї"),
        ("ko", "우크라이나 특사단 내달 방한…무기 지원 요청"),
        ("ko", "정부, 내달부터 우크라이나에 구급차·의약품 지원"),
        ("ko", '국방부 "내달 우크라이나에 포탄 공급? 사실 아니다"'),
        ("ko", "내달 서울 오는 젤렌스키…한국 무기 지원 논의"),
    ],
)
def test_a_question_a_guess_other_goods_and_others_shells_are_no_decision(language: str, title: str) -> None:
    assert "committed" not in rungs(language, title)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "South Korea will send shells to Ukraine, says former US general", "Ben Hodges predicted it on Monday."),
        ("en", "Seoul will send arms to Ukraine, analyst predicts", ""),
        ("en", "South Korea will arm Ukraine sooner or later, expert says", ""),
        ("ru", "Захарова: Южная Корея отправит Украине снаряды", ""),
        ("ru", "Южная Корея отправит Украине снаряды", "Об этом сообщил политолог в эфире радио."),
    ],
)
def test_what_others_say_that_seoul_will_do_is_no_decision(language: str, title: str, text: str) -> None:
    assert "committed" not in rungs(language, title, text)


@pytest.mark.parametrize(
    ("title", "track", "rung"),
    [
        ("러시아 상원, 내주 북러 조약 비준", "pact", "signed"),
        ("러 하원, 다음 달 북한과의 조약 비준", "pact", "signed"),
        ("북러 정상, 내달 평양서 동반자 조약 서명", "pact", "negotiating"),
        ("북한, 내달 러시아에 공병 3천명 파병", "pyongyang-war", "feared"),
    ],
)
def test_what_a_korean_headline_tells_of_next_month_is_not_done_yet(title: str, track: str, rung: str) -> None:
    assert rungs("ko", title, track=track) == {rung}


@pytest.mark.parametrize(
    ("title", "track", "rung"),
    [
        ("러 하원, 북러 조약 비준…내달 발효", "pact", "ratified"),
        ("북한, 러시아에 공병 3천명 파병…내달 교대", "pyongyang-war", "deploying"),
        ('국정원 "북한군 1만2천명 배치…내달 추가 파병"', "pyongyang-war", "deploying"),
        ("푸틴, 내달 방북 앞두고 북러 조약 비준안 서명", "pact", "ratified"),
    ],
)
def test_what_is_done_stays_done_beside_what_is_to_come(title: str, track: str, rung: str) -> None:
    assert rung in rungs("ko", title, track=track)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('국방부 "우크라이나의 무기 지원 요청, 거부하지 않을 것"', ""),
        ('대통령실 "우크라 무기 지원 요청 거절하지 않겠다"', ""),
        ("", "대통령실은 우크라이나의 방공무기 지원 요청을 거부하지 않겠다고 밝혔다."),
        ("", "정부 당국자는 우크라이나의 포탄 지원 요구를 거절하지는 않을 것이라고 말했다."),
        ('외교장관 "우크라이나 무기 지원 배제하지 않는다"', ""),
        ("", "정부는 우크라이나가 무기 지원을 요청하면 검토하겠다고 밝혔다."),
    ],
)
def test_who_will_not_refuse_to_send_arms_does_not_rule_them_out(title: str, text: str) -> None:
    assert rungs("ko", title, text) == {"reviewing"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ('국방부 "우크라이나의 무기 지원 요청 거부"', ""),
        ("", "대통령실은 우크라이나의 무기 지원 요청을 거절했다고 밝혔다."),
        ('대통령실 "우크라 무기 지원 요청, 받아들이지 않을 것"', ""),
    ],
)
def test_who_refuses_a_request_for_arms_rules_them_out(title: str, text: str) -> None:
    assert rungs("ko", title, text) == {"withhold"}


@pytest.mark.parametrize(
    ("title", "rung"),
    [
        ("푸틴, 북한에 정찰위성 기술 제공 제안", "reported"),
        ("푸틴, 김정은에게 위성 발사 돕겠다고 제안", "reported"),
        ("러, 北에 정찰위성 기술 이전 제의", "reported"),
        ("러시아, 북한에 핵잠수함 기술 이전 제안", "reported"),
        ('크렘린궁 "북한에 핵잠수함 기술 이전 제안한 적 없다"', "denied"),
    ],
)
def test_what_moscow_offers_pyongyang_is_under_way(title: str, rung: str) -> None:
    assert rungs("ko", title, track="moscow-tech") == {rung}


@pytest.mark.parametrize(
    "title",
    ["북한, 러시아에 정찰위성 기술 이전 제안", "푸틴, 북핵 협상 중재 제안", "러시아, 북한에 우주 분야 관광 협력 제안"],
)
def test_what_pyongyang_asks_for_and_other_offers_are_none_of_technology(title: str) -> None:
    assert "reported" not in rungs("ko", title, track="moscow-tech")


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("ru", "КНДР: разговоры о сделке по оружию с Россией абсурдны", ""),
        ("uk", "Пхеньян: зброю Росії не продаємо", "Заяви про оборудки з Москвою щодо зброї абсурдні, каже КНДР."),
    ],
)
def test_talks_that_are_called_absurd_are_denied_and_not_feared(language: str, title: str, text: str) -> None:
    assert rungs(language, title, text, track="pyongyang-war") == {"denied"}


@pytest.mark.parametrize(
    ("language", "title", "text", "track", "rung"),
    [
        ("ru", "Сеул не станет участвовать в закупках летального оружия по PURL", "", "seoul-arms", "withhold"),
        (
            "ru",
            "КНДР направит в Курскую область тысячу саперов",
            "Они займутся разминированием, сообщил Шойгу после встречи с Ким Чен Ыном.",
            "pyongyang-war",
            "feared",
        ),
    ],
)
def test_a_cue_that_only_fixes_what_rules_read_drowns_nothing_that_is_heard(
    language: str, title: str, text: str, track: str, rung: str
) -> None:
    assert rungs(language, title, text, track=track) == {rung}


@pytest.mark.parametrize(
    ("title", "track", "rung"),
    [
        ("북한군 2만명 쿠르스크 집결", "pyongyang-war", "deploying"),
        ("韓, 우크라 155㎜ 지원 재검토 착수", "seoul-arms", "reviewing"),
        ("정부, 주한 러 대사 다시 불렀다", "seoul-moscow", "condemning"),
        ("북러 밀월 얼마나 갈까…학계 전망 분분", "expert-depth", "divided"),
    ],
)
def test_a_headline_of_nouns_in_which_only_rules_hear_anything_is_read(title: str, track: str, rung: str) -> None:
    assert rungs("ko", title, track=track) == {rung}


@pytest.mark.parametrize(
    ("title", "track"),
    [
        ("정부, 주한 일본 대사 다시 불렀다", "seoul-moscow"),
        ("북한군 2만명 휴전선 집결", "pyongyang-war"),
        ('김여정 "무기 지원? 러, 뭐라 할까"…우크라 얘기는 없어', "seoul-arms"),
    ],
)
def test_what_is_no_news_of_the_storyline_stays_none(title: str, track: str) -> None:
    assert rungs("ko", title, track=track) == set()
