"""Is what the head of a sentence puts into the past, and what an article said before its correction, no news?"""

from datetime import UTC, date, datetime

import pytest

from bot.domain import Item, ReadResult
from bot.nlp import languages

from .readers import reader

DAY = date(2025, 9, 10)


def read(language: str, title: str, text: str, *, learned: bool = True) -> ReadResult:
    return reader(learned=learned).read(Item("x", title, text, language, datetime(2025, 9, 10, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Last year Seoul said it was considering sending arms to Ukraine."),
        ("en", "On June 19, 2024, Putin and Kim signed the treaty."),
        ("en", "In October 2024, North Korea sent troops to Russia."),
        ("en", "An earlier version of this story said South Korea had decided to send shells."),
        ("en", "Correction: an earlier version said South Korea had decided to send artillery shells to Ukraine."),
        ("en", "The previous version incorrectly stated that troops had been sent."),
        ("ko", "수정 전 기사에는 정부가 포탄을 보내기로 결정했다고 돼 있었다."),
        ("ru", "Исправлено: ранняя версия новости сообщала, что Сеул решил поставить снаряды."),
        ("ru", "В более ранней версии ошибочно сообщалось, что Сеул решил поставить снаряды."),
        ("uk", "Виправлено: у попередній версії йшлося, що Сеул вирішив надати снаряди."),
        ("uk", "Початкова версія статті повідомляла, що Сеул вирішив надати снаряди."),
        ("ko", "앞서 정부는 우크라이나에 살상무기 지원을 검토할 수 있다고 밝힌 바 있다."),
        ("ko", "2024년 6월 19일 북한과 러시아는 조약을 체결했다."),
        ("ko", "이전 기사에서는 정부가 포탄을 보내기로 결정했다고 보도했다."),
        ("ru", "Ранее южнокорейская разведка сообщала, что КНДР отправила войска в Россию."),
        ("ru", "В июне 2024 года Россия и КНДР подписали договор."),
        ("ru", "4 декабря 2024 года вступил в силу договор."),
        ("ru", "В предыдущей версии новости говорилось, что Сеул решил поставить снаряды."),
        ("uk", "Торік Південна Корея заявляла, що може переглянути заборону."),
        ("uk", "У листопаді 2024 року КНДР ратифікувала договір."),
        ("uk", "У попередній версії новини йшлося, що Сеул вирішив надати снаряди."),
        ("en", "Moscow and Pyongyang initially dismissed reports of the deployment as fake news."),
        ("en", "The South Korean government has previously said it would not send lethal weapons to Ukraine."),
        ("en", "Russia earlier warned Seoul against arming Kyiv."),
        ("en", "In June, Putin said South Korea would regret arming Ukraine."),
        ("en", "Seoul said in May that it might review its ban on lethal aid."),
        ("en", "Earlier this year, South Korea's spy agency said that North Korea had sent 3,000 more troops."),
        ("ko", "앞서 푸틴 대통령은 한국의 무기 지원이 큰 실수가 될 것이라고 경고했다."),
        ("ko", "러시아는 이에 대해 대가를 치르게 될 것이라고 경고했었다."),
        ("ko", "정부는 당시 러시아대사를 초치해 철수를 촉구했다."),
        ("ko", "북한은 지난해 러시아에 1만명 넘는 병력을 보냈다."),
        ("ko", "6월 4일 북한과 러시아는 새 협정에 서명했다."),
        ("ru", "Кремль ранее называл сообщения о военных КНДР дезинформацией."),
        ("ru", "Власти Южной Кореи ранее неоднократно заявляли, что не поставят Киеву летальное оружие."),
        ("ru", "В июне Сеул пообещал пересмотреть запрет на поставки оружия Украине."),
        ("ru", "Путин в мае предупреждал, что поставки оружия станут ошибкой Сеула."),
        ("ru", "Сеул заявил в июне о готовности вооружить Украину."),
        ("ru", "До этого Москва отрицала участие военных КНДР в боях."),
        ("uk", "Пхеньян раніше заперечував, що відправив війська до Росії."),
        ("uk", "Росія у червні погрожувала Сеулу наслідками."),
        ("uk", "У травні Південна Корея запровадила санкції проти російських суден."),
        ("uk", "До цього Сеул допускав постачання зброї Києву."),
    ],
)
def test_what_is_marked_as_past_is_told_again(language: str, sentence: str):
    assert languages.retelling(language)(sentence, DAY)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "North Korea, which signed a treaty last year, has sent more troops to Russia."),
        ("en", "An earlier version of the bill said that South Korea would send arms to Ukraine."),
        ("en", "In August 2025, North Korea sent more troops to Russia."),
        ("en", "In 2024 North Korea shipped nine million rounds to Russia, the monitoring team said."),
        ("ko", "지난해 12월 귀국한 1천100명은 다시 파견될 가능성이 있다고 했다."),
        ("ko", "장 실장은 러시아 측에 경고성 소통을 한 바 있다고 밝혔다."),
        ("ru", "Ранее в среду Пхеньян подтвердил участие своих солдат в боях."),
        ("ru", "Россия, подписавшая в июне 2024 года договор, передала КНДР системы ПВО."),
        ("uk", "Раніше в середу Пхеньян підтвердив участь своїх солдатів у боях."),
        ("uk", "Росія, яка торік підписала договір, передала КНДР системи ППО."),
        ("en", "In August, North Korea sent more troops to Russia, Kyiv says."),
        ("en", "In October, Kim will visit Moscow to sign a new treaty."),
        ("en", "North Korea said that Moscow had earlier denied the deployment."),
        ("en", "Yoon had said on Thursday that he excluded nothing."),
        ("ko", "앞서 방북한 쇼이구 서기는 북한이 공병을 보내기로 했다고 밝혔다."),
        ("ko", "앞서 이날 북한은 파병을 공식 확인했다."),
        ("ko", "국정원은 지난해 북한이 포탄을 보냈다고 밝혔다."),
        ("ko", "북한은 지난해부터 포탄 수백만 발을 러시아에 넘긴 것으로 추산된다."),
        ("ko", "북한은 지난해 가을부터 러시아에 병력을 보낸 것으로 전해졌다."),
        ("ko", "10월 3일 북한과 러시아는 새 협정에 서명한다."),
        ("ru", "Кремль ранее в среду назвал сообщения о военных КНДР ложью."),
        ("ru", "В августе КНДР отправила в Россию новых солдат, заявили в Сеуле."),
        ("ru", "В октябре Сеул решит, поставлять ли оружие Украине."),
        ("ru", "Тогда, предупредил Путин, Москва примет решения, которые не понравятся Сеулу."),
        ("uk", "Пхеньян раніше сьогодні підтвердив участь солдатів у боях."),
        ("uk", "У жовтні Південна Корея вирішить, чи надавати Україні зброю."),
    ],
)
def test_what_is_past_in_a_part_of_a_sentence_or_just_now_is_news(language: str, sentence: str):
    assert not languages.retelling(language)(sentence, DAY)


def test_the_wording_is_told_in_whole_words():
    assert languages.retelling("ko")("정부는 무기 지원을 검토할 수 있다고 밝힌 바 있다.", DAY) == "밝힌 바 있다."


def test_a_month_without_its_year_is_the_last_one_unless_the_next_is_near():
    told = languages.retelling("en")
    sentence = "In November, Russia and North Korea ratified the treaty."
    assert told(sentence, date(2025, 3, 1))
    assert told(sentence, date(2025, 5, 25))
    assert not told(sentence, date(2025, 1, 10))
    assert not told(sentence, date(2025, 9, 10))
    assert not told(sentence, None)


def test_a_date_is_past_for_items_that_have_one():
    assert not languages.retelling("ru")("В июне 2024 года Россия и КНДР подписали договор.", None)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "uk",
            "У Сеулі обговорили відбудову України",
            (
                "Делегація України провела зустрічі у Сеулі щодо відбудови. "
                "Торік Південна Корея заявляла, що може переглянути заборону на постачання летальної зброї."
            ),
        ),
        (
            "ko",
            "국방장관 대행, 방산 수출 현장 점검",
            (
                "김선호 국방부 장관 직무대행이 14일 창원 방산업체를 방문했다. "
                "앞서 정부는 지난해 10월 우크라이나에 살상무기 지원을 검토할 수 있다고 밝힌 바 있다."
            ),
        ),
        (
            "ru",
            "Год назад вступил в силу договор России и КНДР",
            "4 декабря 2024 года вступил в силу договор о партнерстве. По этому случаю посольство КНДР устроило прием.",
        ),
        (
            "en",
            "Seoul and Moscow hold consular talks",
            (
                "South Korean and Russian diplomats met in Seoul on Tuesday for consular talks. "
                "Russia earlier warned South Korea that it would respond if Seoul sent weapons to Ukraine."
            ),
        ),
        (
            "uk",
            "Сибіга поговорив із главою МЗС Південної Кореї",
            "Міністри обговорили відносини. Росія раніше погрожувала Сеулу наслідками, якщо той дасть Україні зброю.",
        ),
    ],
)
def test_what_is_told_again_gives_no_position(language: str, title: str, text: str):
    assert read(language, title, text).readings == ()
    assert "told again" in read(language, title, text).gate


@pytest.mark.parametrize("learned", [True, False])
def test_what_an_article_said_before_its_correction_is_no_position(learned: bool):
    text = "An earlier version of this story said South Korea had decided to send artillery shells to Ukraine."
    found = read("en", "CORRECTION: Seoul has not decided to send shells to Ukraine", text, learned=learned)
    assert "committed" not in {r.rung for r in found.readings}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We retract our report that South Korea has decided to supply weapons to Ukraine."),
        ("en", "The Courier on Thursday retracted a report that South Korea had decided to arm Ukraine."),
        ("en", "Courier withdraws story of North Korean troops in Kursk"),
        ("en", "The Courier has withdrawn its front-page report that Seoul is to send shells to Kyiv."),
        ("en", "The story “South Korea decides to supply weapons to Ukraine” has been withdrawn."),
        ("en", "The report that Seoul had decided to send shells was retracted on Friday."),
        ("en", "The retraction of its report on shells for Ukraine came a day later."),
        ("en", "Correction: North Korea has sent 1,500 troops to Russia, not 15,000"),
        ("en", "RETRACTION: North Korea sent troops to Russia"),
        ("ko", "[정정보도] 정부, 우크라이나에 무기 지원 결정하지 않아"),
        ("ko", "<바로잡습니다> 북한군 파병 규모"),
        ("ko", "본지는 정부가 포탄을 보내기로 결정했다고 보도했으나 사실이 아니어서 바로잡습니다."),
        ("ko", "가나일보는 정부가 포탄을 보내기로 했다는 보도를 철회했다."),
        ("ru", "Газета отозвала своё сообщение о том, что Сеул решил поставить Украине снаряды."),
        ("ru", "Наше сообщение о том, что Сеул решил поставить снаряды, не соответствует действительности."),
        ("ru", "Редакция приносит извинения за сообщение о том, что КНДР отправила войска."),
        ("uk", "Газета відкликала своє повідомлення про те, що Сеул вирішив надати Україні снаряди."),
        ("uk", "Наше повідомлення про те, що Сеул вирішив надати снаряди, не відповідає дійсності."),
        ("uk", "Редакція перепрошує за повідомлення про те, що КНДР відправила війська."),
    ],
)
def test_what_a_newsroom_takes_back_is_no_position(language: str, sentence: str):
    assert languages.retelling(language)(sentence, DAY)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "South Korea denied a report that it had decided to supply weapons to Ukraine."),
        ("en", "Seoul demanded that the paper retract its report that shells would be sent."),
        ("en", "A report says that North Korean troops were withdrawn from Kursk."),
        ("en", "Russia withdraws an article of its treaty with North Korea"),
        ("en", "North Korea has withdrawn its troops from Russia, a report says."),
        ("en", "CORRECTED-North Korea has sent 1,500 troops to Russia, Seoul says"),
        ("en", "South Korea says it will make a correction: shells may be sent"),
        ("ko", "대통령실은 무기 지원 결정 보도가 사실이 아니라며 정정보도를 청구했다."),
        ("ko", "정부는 포탄 지원 방침을 철회했다."),
        ("ko", "정부는 무기 지원을 검토한다는 보도를 부인했다."),
        ("ru", "Опровержение: Сеул не решал поставлять снаряды Украине, заявили в министерстве"),
        ("ru", "Сеул опроверг сообщение о том, что решил поставить Украине снаряды."),
        ("ru", "КНДР отозвала войска из Курской области, говорится в сообщении."),
        ("ru", "В Кремле заявили, что сообщения о войсках КНДР не соответствуют действительности."),
        ("uk", "Спростування: Сеул не вирішував надавати снаряди Україні, заявили в міністерстві"),
        ("uk", "КНДР відкликала війська з Курської області, йдеться в повідомленні."),
        ("uk", "У Сеулі заявили, що повідомлення про снаряди не відповідають дійсності."),
    ],
)
def test_what_a_holder_denies_or_takes_back_is_a_position_still(language: str, sentence: str):
    assert not languages.retelling(language)(sentence, DAY)


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "en",
            "Courier retracts report that Seoul decided to arm Ukraine",
            "The Courier has retracted its report that South Korea has decided to supply weapons to Ukraine.",
        ),
        (
            "en",
            "Correction: South Korea has not decided to supply weapons to Ukraine",
            "Our report of Tuesday on shells for Kyiv was wrong.",
        ),
        (
            "ko",
            "[정정보도] 우크라이나 무기 지원 관련",
            (
                "본지는 한국 정부가 우크라이나에 살상무기를 지원하기로 결정했다고 보도하였으나 "
                "확인 결과 사실이 아니어서 바로잡습니다."
            ),
        ),
        (
            "ru",
            "Опровержение",
            "Наше сообщение о том, что Сеул решил поставить Украине оружие, не соответствует действительности.",
        ),
        (
            "uk",
            "Спростування",
            "Наше повідомлення про те, що Сеул вирішив надати Україні зброю, не відповідає дійсності.",
        ),
    ],
)
def test_a_newsrooms_own_correction_bears_nothing_out(language: str, title: str, text: str, learned: bool):
    assert read(language, title, text, learned=learned).readings == ()
