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


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Seoul dismisses criticism of its decision to send shells to Ukraine"),
        ("en", "Seoul rejects Russian warning, says it will send arms to Ukraine"),
        ("en", "South Korea brushes off Moscow's threats over decision to arm Ukraine"),
        ("en", "Seoul rejects Moscow's demand to halt planned supply, vows to send missiles to Ukraine"),
        ("ko", "정부, 우크라 포탄 지원 결정 비판 일축"),
        ("ko", "정부, 러시아 경고 일축하고 우크라에 무기 지원하기로"),
        ("ko", "대통령실, 우크라 무기 지원 결정에 대한 야당 반발 일축"),
        ("ru", "Южная Корея отвергла предупреждения России и решила поставить оружие Украине"),
        ("ru", "Сеул отклонил возражения Москвы против решения передать Киеву снаряды"),
        ("uk", "Сеул відкинув критику рішення надати Україні снаряди"),
        ("uk", "Сеул відхилив заперечення Москви проти рішення передати Києву снаряди"),
    ],
)
def test_an_objection_that_is_brushed_aside_leaves_standing_what_it_is_against(language: str, title: str) -> None:
    assert set(read(language, title)) == {"committed"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "South Korea dismisses Russian criticism over arms for Ukraine"),
        ("en", "South Korea rejects opposition's concerns about sending weapons to Ukraine"),
        ("en", "Seoul rejects objections to its supply of shells to Ukraine"),
        ("en", "Seoul rejects criticism that it is doing too little for Ukraine"),
        ("en", "Seoul rejects criticism that it is too slow to send shells to Ukraine"),
        ("en", "Seoul rejects criticism that its shells prolong war in Ukraine"),
        ("en", "Seoul rejects criticism that it isn't sending weapons to Ukraine"),
        ("ko", "대통령실, 우크라 무기 지원 우려 일축"),
        ("ru", "Сеул отверг опасения Москвы по поводу поставок оружия Украине"),
        ("uk", "Сеул відкинув критику Москви щодо постачання зброї Україні"),
    ],
)
def test_who_brushes_an_objection_aside_has_not_ruled_out_what_it_is_against(language: str, title: str) -> None:
    assert not read(language, title)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "South Korea rejects call to send shells to Ukraine"),
        ("en", "Seoul rejects Russian threats and claims it supplied Ukraine with shells"),
        ("en", "Seoul rejects Russian claims and threats over its supply of shells to Ukraine"),
        ("ru", "Сеул отверг угрозы и обвинения Москвы в поставках оружия Украине"),
        ("uk", "Сеул відкинув погрози та звинувачення Москви у постачанні зброї Україні"),
        ("en", "South Korea rejects pressure to arm Ukraine"),
        ("en", "South Korea dismisses concerns it will send weapons to Ukraine"),
        ("en", "Seoul rejects criticism that it is supplying arms to Ukraine"),
        ("en", "South Korea dismisses criticism that it arms Kyiv"),
        ("en", "Seoul dismisses criticism of its decision not to send weapons to Ukraine"),
        ("en", "South Korea rejects criticism, says it will not send lethal weapons to Ukraine"),
        ("ko", "국방부, 우크라 무기 지원 가능성 일축"),
        ("ko", "대통령실, 우크라 무기 지원 요구 일축"),
        ("ru", "Сеул отверг призывы НАТО поставлять Украине оружие"),
        ("ru", "Сеул отверг критику за отказ поставлять оружие Украине"),
        ("uk", "Сеул відкинув заклики НАТО надати Україні зброю"),
    ],
)
def test_who_rejects_a_call_or_criticism_of_a_refusal_sends_nothing(language: str, title: str) -> None:
    assert set(read(language, title)) == {"withhold"}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Seoul denies it has sent shells to Ukraine, but says it is considering it"),
        ("ko", '국방부, 우크라에 포탄 보냈다는 보도 부인…"검토 중"'),
        ("ru", "Сеул опроверг сообщения о поставке снарядов Украине, но заявил, что рассматривает её"),
        ("uk", "Сеул спростував повідомлення про передачу снарядів Україні, але заявив, що розглядає її"),
    ],
)
def test_who_denies_a_deed_but_says_that_it_considers_it_is_reviewing(language: str, title: str) -> None:
    assert read(language, title) == {"reviewing": By.OFFICIAL}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Seoul denies report that it will send shells to Ukraine, says it is not considering it"),
        ("en", "South Korea denies report of arms for Ukraine, adding that it has not discussed the matter"),
        ("en", "Seoul denies it is arming Ukraine, insists nobody has discussed this"),
        ("en", "Seoul denies sending shells to Ukraine and is reviewing this report"),
        ("ko", '국방부, 우크라에 포탄 보냈다는 보도 부인…"검토 중인 바 없다"'),
        ("ko", '국방부, 우크라 무기 지원 보도 부인 "검토 중인 사안 아니다"'),
        ("ko", '대통령실 "우크라 포탄 지원 보도 사실무근…검토하고 있지 않다"'),
        ("ko", '국방부, 우크라 무기 지원설 부인…"논의 중인 것 없어"'),
        ("ru", "Сеул опроверг сообщения о поставке снарядов Украине и заявил, что не рассматривает её"),
        ("ru", "Сеул опроверг сообщения о передаче оружия Украине, заявив, что никогда не обсуждал это"),
        ("uk", "Сеул спростував повідомлення про передачу снарядів Україні та заявив, що не розглядає таку можливість"),
        ("uk", "Сеул спростував повідомлення про постачання зброї Україні: ніхто не обговорював це"),
    ],
)
def test_who_denies_a_deed_and_that_it_considers_it_has_ruled_it_out(language: str, title: str) -> None:
    assert read(language, title) == {"withhold": By.OFFICIAL}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Seoul denies it has sent shells to Ukraine, says it is considering it but nothing has been decided"),
        ("ko", '국방부, 우크라에 포탄 보냈다는 보도 부인…"검토 중이지만 결정된 바 없다"'),
        ("ko", "대통령실, 우크라 살상무기 지원 가능성 일축 안 해"),
        ("ko", '정부 "우크라 무기 지원 가능성 일축하진 않아"'),
    ],
)
def test_what_is_undecided_or_not_dismissed_is_still_considered(language: str, title: str) -> None:
    assert read(language, title) == {"reviewing": By.OFFICIAL}


def test_who_cannot_turn_a_request_down_has_not_turned_it_down() -> None:
    assert "withhold" not in read("ko", "윤 대통령, 우크라 무기 지원 요청 거절 못할 것")


def test_rules_alone_read_a_denial() -> None:
    title = 'Seoul brands claims that it is shipping weapons to Ukraine "fake news"'
    assert read("en", title, learned=False) == {"withhold": By.OFFICIAL}


def test_arms_for_ukraine_that_seoul_denies_are_none_that_pyongyang_denies() -> None:
    item = Item("x", "Южная Корея назвала фейком сообщения о поставках снарядов Украине", "", "ru", None)
    assert {r.track for r in reader(learned=True).read(item).readings} == {"seoul-arms"}


def denied(language: str, title: str, text: str = "") -> bool:
    """Tell whether an item is read as North Korea's or Russia's denial of a military part in the war."""
    item = Item("x", title, text, language, datetime(2024, 10, 20, tzinfo=UTC))
    return ("pyongyang-war", "denied") in {(r.track, r.rung) for r in reader(learned=True).read(item).readings}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "NATO says it has no evidence of North Korean troops in Russia"),
        ("en", "Moscow dismisses Seoul's criticism of North Korean troops"),
        ("ko", '나토 "북한군 러시아 파병 증거 없다"'),
        ("ko", "뤼터 나토 사무총장은 북한군이 우크라이나 전쟁에 참전했다는 증거가 현재로서는 없다고 밝혔다"),
        ("ko", "러 대사관, 북한군 파병 비판 일축"),
        ("ru", "НАТО: нет доказательств участия северокорейских военных в войне"),
    ],
)
def test_neither_who_sees_no_evidence_nor_who_rejects_criticism_denies_the_troops(language: str, title: str) -> None:
    assert not denied(language, title)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Kremlin says there is no evidence of North Korean troops in Ukraine"),
        ("en", "Reports of North Korean troops are fake, Nebenzya tells UN Security Council"),
        ("ko", '국정원 "북한 특수부대 러시아 파병" 발표…크렘린 "가짜 주장" 일축'),
        ("ko", '美 "북한군 러시아 이동 증거 확보"…러 "근거 없는 주장" 일축'),
        ("ko", '미 국방부 "북한이 러시아에 포탄 지원했다는 증거 있다"…러 "증거 없는 주장" 일축'),
        ("ko", '젤렌스키 "북한군 러시아 파병"…크렘린 "근거 없는 주장" 부인'),
        ("ko", '크렘린 "북한군 파병은 가짜뉴스"'),
        ("ru", "Небензя назвал ложью заявления Украины об участии военных КНДР в боях"),
        ("uk", "Небензя назвав брехнею заяви України про участь військових КНДР"),
    ],
)
def test_moscow_denies_the_troops(language: str, title: str) -> None:
    assert denied(language, title)


def test_whose_a_claim_is_does_not_deny_it() -> None:
    title = "Ukraine's claim that North Korean soldiers fight in Kursk is false, ambassador tells Newsweek"
    assert denied("en", title, "The Russian ambassador to Washington spoke on Monday.")


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
