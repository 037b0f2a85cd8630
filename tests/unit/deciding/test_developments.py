"""What is a copy, and how many independent origins are there?"""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.developments import (
    NEVER,
    Development,
    copies,
    fingerprint,
    origin_group,
    origin_groups,
    origin_of,
)
from bot.domain import Evidence, Source, Tier

TEXTS = {
    "en": "Seoul said on Tuesday that it would weigh supplying defensive weapons to Ukraine step by step, "
    "depending on how far the military cooperation between Moscow and Pyongyang goes, a senior "
    "presidential official told reporters.",
    "ko": "대통령실 고위관계자는 화요일 북러 군사협력의 진전 정도에 따라 우크라이나에 방어용 무기를 "
    "단계적으로 지원하는 방안을 검토할 수 있다고 기자들에게 밝혔다. 그는 러시아가 북한에 "
    "무엇을 주는지를 지켜보고 있다고 덧붙였다.",
    "ru": "Сеул заявил во вторник, что рассмотрит поэтапные поставки Украине оборонительных вооружений в "
    "зависимости от того, насколько далеко зайдёт военное сотрудничество Москвы и Пхеньяна, сообщил "
    "журналистам представитель администрации.",
    "uk": "Сеул заявив у вівторок, що розгляне поетапне постачання Україні оборонного озброєння залежно від "
    "того, наскільки далеко зайде військова співпраця Москви та Пхеньяна, повідомив журналістам "
    "високопосадовець адміністрації.",
}


def independent_origins(evidence: Iterable[Evidence]) -> int:
    development = Development(NEVER)
    for e in sorted(evidence, key=lambda e: (e.dated, e.id)):
        development.add(e)
    return development.origins


OTHERS = {
    "en": "North Korea launched two short-range ballistic missiles into the sea off its east coast, the "
    "military said, days after a visit of the Russian security chief; Japan lodged a protest through its "
    "embassy in Beijing.",
    "ko": "합동참모본부는 북한이 동해상으로 단거리 탄도미사일 두 발을 발사했다고 밝혔다. 러시아 "
    "안보수장이 평양을 다녀간 지 며칠 만이며, 일본 정부는 베이징 대사관을 통해 항의했다고 "
    "전했다.",
    "ru": "КНДР запустила две баллистические ракеты малой дальности в сторону моря у восточного побережья, "
    "сообщили военные; Япония выразила протест через посольство в Пекине спустя несколько дней после "
    "визита главы Совбеза.",
    "uk": "КНДР запустила дві балістичні ракети малої дальності в бік моря біля східного узбережжя, повідомили "
    "військові; Японія висловила протест через посольство в Пекіні за кілька днів після візиту секретаря "
    "Радбезу.",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_light_rewrite_is_a_copy_in_every_language(language):
    text = TEXTS[language]
    words = text.split()
    del words[5]
    rewritten = " ".join(words).replace(",", "").upper()
    assert copies(fingerprint("Title", text), fingerprint("Title", rewritten))


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_other_news_is_no_copy_in_any_language(language):
    assert not copies(fingerprint("", TEXTS[language]), fingerprint("", OTHERS[language]))


def test_one_story_in_four_languages_is_no_copy():
    prints = [fingerprint("", text) for text in TEXTS.values()]
    assert not any(copies(a, b) for a, b in combinations(prints, 2))


def test_the_fingerprint_is_the_same_on_every_machine():
    assert fingerprint("Seoul", "weighs arms")[:3] == (3105146360, 3697410374, 3873721472)


def test_an_empty_article_is_a_copy_of_nothing():
    assert fingerprint("", " … ") == ()
    assert not copies((), ())


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_has_a_fingerprint_and_is_a_copy_of_itself(title, text):
    marks = fingerprint(title, text)
    assert marks == fingerprint(title, text)
    assert not marks or copies(marks, marks)


def test_the_named_speaker_is_the_origin_before_the_house():
    assert origin_of("nis", "yonhap") == "nis"
    assert origin_of("", "yonhap") == "yonhap"


def test_a_chain_of_copies_credits_and_houses_counts_its_independent_origins(arms):
    text = tuple(range(24))
    evidence = [
        arms.reading("conditional", 1, "Wire", fingerprint=text),
        arms.reading("conditional", 2, "Copyist", fingerprint=(*text[:20], 91, 92, 93, 94)),
        arms.reading("conditional", 3, "Wire English", origin="Wire"),
        arms.reading("conditional", 4, "Daily", origin="nis"),
        arms.reading("conditional", 5, "Weekly", origin="nis"),
        arms.reading("conditional", 6, "Own Report", fingerprint=tuple(range(50, 74))),
    ]
    random.Random(4).shuffle(evidence)
    assert independent_origins(evidence) == 3
    assert independent_origins([]) == 0


def test_what_a_holder_says_itself_has_as_many_witnesses_as_houses_that_heard_it(arms):
    development = Development(arms.now)
    for n, outlet in enumerate("ABC"):
        text = tuple(range(n // 2 * 50, n // 2 * 50 + 24))
        development.add(arms.reading("conditional", n, outlet, origin="presidential-office", fingerprint=text))
    assert (development.origins, development.witnesses) == (1, 2)
    assert development.heard_by("C")
    assert not development.heard_by("B")


@pytest.mark.parametrize("own_first", [True, False])
def test_a_papers_own_report_and_those_who_retell_it_are_one_origin(arms, own_first):
    own = arms.reading("committed", 0 if own_first else 3, "The Tribune")
    retold = [
        arms.reading("committed", hours, outlet, origin="tribune") for hours, outlet in ((1, "Gazette"), (2, "Sun"))
    ]
    other = arms.reading("committed", 4, "Courier")
    assert independent_origins([own, *retold]) == 1
    assert independent_origins([own, *retold, other]) == 2


@pytest.mark.parametrize(
    ("credited", "publisher"),
    [
        ("경향신문", "Kyunghyang Shinmun"),
        ("kyunghyangshinmun", "경향신문"),
        ("세계일보", "The Segye Ilbo"),
        ("액시오스", "Axios"),
        ("трибюн", "The Tribune"),
        ("kommersant", "Коммерсантъ"),
    ],
)
@pytest.mark.parametrize("own_first", [True, False])
def test_a_paper_credited_in_one_alphabet_and_its_own_report_in_another_are_one_origin(
    arms, credited, publisher, own_first
):
    own = arms.reading("committed", 0 if own_first else 3, publisher)
    retold = arms.reading("committed", 1, "Gazette", origin=credited)
    again = arms.reading("committed", 2, "Sun", origin=credited)
    assert independent_origins([own, retold]) == 1
    assert independent_origins([own, retold, again]) == 1
    assert independent_origins([own, retold, arms.reading("committed", 4, "Courier")]) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("csis", "액시오스"), ("csis", "аксиос"), ("hudson", "тсн"), ("cnas", "окнш"), ("sbs", "ссовсу")]
)
def test_an_acronym_is_no_paper_whose_name_has_the_same_consonants(arms, one, other):
    told = [arms.reading("committed", n, f"Outlet {n}", origin=origin) for n, origin in enumerate((one, other))]
    assert independent_origins(told) == 2


@pytest.mark.parametrize("ministry_first", [True, False])
def test_a_ministry_is_no_paper_that_it_sounds_like(arms, ministry_first):
    ministry = arms.reading("committed", 0 if ministry_first else 2, "통일부", tier=Tier.OFFICIAL)
    paper = arms.reading("committed", 1, "Dong-A Ilbo")
    credited = arms.reading("committed", 1, "Gazette", origin="dongailbo")
    assert independent_origins([ministry, paper]) == 2
    assert independent_origins([ministry, credited]) == 2


def test_papers_credited_in_two_alphabets_are_one_origin_and_namesakes_in_one_are_two(arms):
    def told(*origins):
        return independent_origins(
            [arms.reading("committed", n, f"Outlet {n}", origin=origin) for n, origin in enumerate(origins)]
        )

    assert told("axios", "액시오스", "аксиос") == 1
    assert told("kyivpost", "kievpost") == 2
    assert told("트리뷴", "gazette") == 2


@pytest.mark.parametrize("order", list(permutations(("kyiv", "scouts"))))
def test_a_minister_and_the_ministry_that_has_it_are_one_origin(war, order):
    events = [war.reports("deploying", hours, f"Outlet {hours}", origin=who) for hours, who in enumerate(order)]
    assert events == [["posted arming→deploying signal"], []]


@pytest.mark.parametrize("order", list(permutations(("kyiv", "scouts", "staff"))))
def test_two_bodies_of_one_holder_are_two_origins_whichever_of_them_its_minister_spoke_for(war, order):
    for hours, who in enumerate(order):
        war.reports("deploying", hours, f"Outlet {hours}", origin=who)
    (alert,) = war.told.values()
    assert (alert.state, alert.origins) == ("confirmed", 2)


def test_what_a_minister_says_again_is_no_further_origin_beside_two_bodies(war):
    for hours, who in enumerate(("scouts", "staff", "kyiv", "staff", "kyiv")):
        war.reports("deploying", hours, f"Outlet {hours}", origin=who)
    (alert,) = war.told.values()
    assert alert.origins == 2


def test_a_house_that_once_copied_may_report_on_its_own_later(arms):
    text = tuple(range(24))
    development = Development(arms.now)
    assert development.add(arms.reading("conditional", 1, "Wire", fingerprint=text))
    assert not development.add(arms.reading("conditional", 2, "Daily", fingerprint=text))
    assert development.add(arms.reading("conditional", 9, "Daily", fingerprint=tuple(range(50, 74))))
    assert development.origins == 2


def watched(publisher: str, url: str, group: str, tier: Tier = Tier.OUTLET) -> Source:
    return Source(url, publisher, url, "rss", "en", publisher, group, tier)


GROUPS = origin_groups(
    [
        watched("Yonhap", "https://en.yna.co.kr/feed", "yonhap"),
        watched("The Paper", "https://rss.paper.example/world.xml", "house"),
        watched("Hosted One", "https://host.example/one", "one"),
        watched("Hosted Two", "https://host.example/two", "two"),
        watched("Any Search", "https://search.example/rss", "search", Tier.SEARCH),
    ]
)


@pytest.mark.parametrize(
    ("publisher", "site", "group"),
    [
        ("YONHAP", "", "yonhap"),
        ("Yonhap News Agency", "https://www.yna.co.kr", "yonhap"),
        ("Yonhap News Agency", "https://en.yna.co.kr/", "yonhap"),
        ("Paper World", "https://www.paper.example", "house"),
        ("The Paper", "https://elsewhere.example", "house"),
        ("Another Korean Paper", "https://another.co.kr", "another korean paper"),
        ("Hosted Three", "https://host.example", "hosted three"),
        ("Any Search", "https://search.example", "any search"),
        ("Broken", "https://[", "broken"),
    ],
)
def test_a_publisher_is_of_the_house_of_its_name_or_of_its_site(publisher, site, group):
    assert origin_group(publisher, GROUPS, site) == group
