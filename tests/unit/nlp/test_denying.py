"""Is a report that its holder denies read as the denial, and not as what it reports?"""

from datetime import UTC, datetime

import pytest

from bot.domain import By, Item
from bot.nlp import languages

from .readers import reader


def read(language: str, title: str, text: str = "", *, learned: bool = True) -> dict[str, By]:
    """Return the rungs of arms for Ukraine that an item reports, each with who says so."""
    item = Item("x", title, text, language, datetime(2025, 9, 10, tzinfo=UTC))
    return {r.rung: r.by for r in reader(learned=learned).read(item).readings if r.track == "seoul-arms"}


DENIED = [
    ("en", "South Korea dismisses report it has decided to send shells to Ukraine"),
    ("en", "Report that Seoul decided to arm Ukraine untrue, defence ministry says"),
    ("en", "South Korea calls report of arms decision for Ukraine groundless"),
    ("en", "South Korea: reports it will arm Ukraine groundless"),
    ("en", 'Seoul brands claims that it is shipping weapons to Ukraine "fake news"'),
    ("en", "South Korea denies report that it sold 155mm shells to US for Ukraine"),
    ("ko", "국방부, 우크라이나에 무기를 지원하기로 결정했다는 보도 부인"),
    ("ko", "국방부, '우크라 무기 지원 결정' 보도 일축"),
    ("ko", '대통령실 "우크라 무기 지원 결정했다는 보도, 사실 아냐"'),
    ("ko", "정부가 우크라이나에 무기를 지원하기로 결정했다는 보도에 대해 국방부는 사실이 아니라고 밝혔다"),
    ("ko", "국방부, 폴란드 통한 우크라 포탄 우회 지원 보도 부인"),
    ("ko", "한국 정부, 우크라에 포탄 보내기로 했다는 러시아 주장 일축"),
    ("ru", "Минобороны Южной Кореи опровергло сообщения о том, что Сеул решил поставить Украине снаряды"),
    ("ru", "Южная Корея назвала фейком сообщения о поставках снарядов Украине"),
    ("ru", "Информацию о передаче снарядов Украине в Сеуле назвали недостоверной"),
    ("ru", "В Сеуле отвергли информацию о поставках вооружений Киеву"),
    ("uk", "Сеул спростував повідомлення про те, що вирішив надати Україні зброю"),
    ("uk", "Південна Корея назвала фейком повідомлення про постачання снарядів Україні"),
    ("uk", "Офіс президента Південної Кореї спростував чутки про передачу Києву ракет"),
]


@pytest.mark.parametrize(("language", "title"), DENIED)
def test_a_report_that_the_holder_denies_is_its_own_word_that_it_does_not(language: str, title: str) -> None:
    assert read(language, title) == {"withhold": By.OFFICIAL}


def test_a_denial_below_the_headline_is_read_too() -> None:
    said = (
        "South Korea's defence ministry said on Tuesday that a report that it had decided to send shells was not true."
    )
    assert read("en", "Arms for Ukraine: Seoul", said) == {"withhold": By.OFFICIAL}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "South Korea did not deny report that it decided to send shells to Ukraine"),
        ("en", "South Korea declined to deny a report that it has decided to send shells to Ukraine"),
        ("en", "Defence ministry neither confirms nor denies report of shells loan to US for Ukraine"),
        ("en", "South Korea denied knowledge of reports that its shells went to Ukraine"),
        ("en", "South Korea denies report it ruled out arms for Ukraine"),
        ("en", "South Korea rejects Russian claim that its decision to arm Ukraine is a hostile act"),
        ("en", "US denies report that Seoul agreed to sell shells for Ukraine"),
        ("ko", "국방부, 우크라이나에 무기를 지원하기로 결정했다는 보도 부인하지 않아"),
        ("ko", '국방부 "우크라 무기 지원 계획 없다"는 보도 부인'),
        ("ko", "국방부, 우크라이나에 무기 지원 안 한다는 보도 부인"),
        ("ko", "미국, 한국이 우크라에 포탄 판매하기로 했다는 보도 부인"),
        ("ru", "Сеул не опроверг сообщения о решении поставить оружие Украине"),
        ("ru", "США опровергли сообщения о том, что Сеул согласился продать снаряды для Украины"),
        ("uk", "Сеул не спростував повідомлення про рішення передати Україні зброю"),
    ],
)
def test_who_does_not_deny_or_denies_something_else_has_ruled_nothing_out(language: str, title: str) -> None:
    assert "withhold" not in read(language, title)


def test_what_a_sentence_says_beyond_the_denial_is_read() -> None:
    title = "South Korea denies report it decided to arm Ukraine but says it will review sending weapons"
    assert set(read("en", title)) == {"reviewing"}


def test_a_claim_and_its_denial_by_another_party_are_both_read() -> None:
    claimed = "Russian President Vladimir Putin said South Korea had decided to supply weapons to Ukraine."
    denied = "South Korea's presidential office denied the claim, saying it does not send lethal arms."
    found = read("en", "Putin says Seoul has decided to arm Ukraine", f"{claimed} {denied}")
    assert found == {"committed": By.REPORTED, "withhold": By.OFFICIAL}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "South Korea decides to send artillery shells to Ukraine"),
        ("ru", "Сеул решил поставить Украине снаряды, отвергнув критику оппозиции"),
        ("uk", "Сеул вирішив передати Україні снаряди, відкинувши критику опозиції"),
        ("ko", "대통령실, 러시아 '적대행위' 주장 일축… 우크라에 포탄 지원 결정"),
        ("ru", "Сеул отверг обвинения Москвы и решил поставить Украине снаряды"),
        ("uk", "Сеул відкинув звинувачення Москви і вирішив передати Україні снаряди"),
    ],
)
def test_criticism_that_is_rejected_leaves_a_decision_standing(language: str, title: str) -> None:
    assert "committed" in read(language, title)
    assert "withhold" not in read(language, title)


def test_rules_alone_read_a_denial() -> None:
    title = 'Seoul brands claims that it is shipping weapons to Ukraine "fake news"'
    assert read("en", title, learned=False) == {"withhold": By.OFFICIAL}


def test_arms_for_ukraine_that_seoul_denies_are_none_that_pyongyang_denies() -> None:
    item = Item("x", "Южная Корея назвала фейком сообщения о поставках снарядов Украине", "", "ru", None)
    assert {r.track for r in reader(learned=True).read(item).readings} == {"seoul-arms"}


@pytest.mark.parametrize("code", languages.codes())
@pytest.mark.usefixtures("hang_guard")
def test_a_sentence_made_to_keep_the_search_busy_holds_nothing_up(code: str) -> None:
    for begin, fragment, end in (
        ("", "denies report that ", ""),
        ("", "보도 ", ""),
        ("", "сообщения о том, что ", ""),
        ("", "повідомлення про те, що ", ""),
        ("", "назвал фейком ", ""),
        ("wrong", " report", ""),
        ("", "결정은 ", "보도 부인"),
        ("опроверг.", " сообщения", ""),
        ("заперечив.", " повідомлення", ""),
    ):
        languages.denying(code)(begin + fragment * 100_000 + end)
