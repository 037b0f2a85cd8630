"""Which positions are read in English headlines and leads? Each row is news in our own words, with what it reports."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain import By, Item, ReadResult

from .readers import reader


def read(title: str, text: str = "", day: str = "2024-10-24") -> ReadResult:
    return reader(learned=False).read(Item("x", title, text, "en", datetime.fromisoformat(day).replace(tzinfo=UTC)))


def positions(title: str, text: str = "", day: str = "2024-10-24") -> set[str]:
    return {f"{r.track}/{r.rung}" for r in read(title, text, day).readings}


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("South Korea to consider supplying arms to Ukraine after Russia-North Korea pact", "seoul-arms/reviewing"),
        ("Yoon says S. Korea won't rule out sending weapons to Ukraine", "seoul-arms/reviewing"),
        ("South Korea rules out providing lethal aid to Ukraine", "seoul-arms/withhold"),
        ("Seoul reiterates stance against sending lethal weapons to Ukraine", "seoul-arms/withhold"),
        ("South Korea has no plans to send weapons to Ukraine, defence ministry says", "seoul-arms/withhold"),
        (
            "South Korea could send arms to Ukraine if North Korean troops join war, official says",
            "seoul-arms/conditional",
        ),
        ("South Korea has decided to supply Ukraine with weapons, Russian official claims", "seoul-arms/committed"),
        ("South Korea summons Russian ambassador over pact with North Korea", "seoul-moscow/condemning"),
        ("South Korea imposes sanctions on two Russian vessels over North Korea arms", "seoul-moscow/retaliating"),
        ("South Korea hopes to restore ties with Russia after war, minister says", "seoul-moscow/mending"),
        ("Putin warns South Korea against supplying weapons to Ukraine", "moscow-seoul/warning"),
        ("Putin says Russia ready to restore partnership with South Korea", "moscow-seoul/conciliatory"),
        ("Russia adds South Korea to list of 'unfriendly' countries", "moscow-seoul/retaliating"),
        ("Russia and North Korea sign comprehensive strategic partnership treaty", "pact/signed"),
        ("Russian lawmakers ratify pact with North Korea", "pact/ratified"),
        ("Russia, North Korea prepare to sign partnership treaty, Kremlin aide says", "pact/negotiating"),
        ("White House says North Korea covertly shipping artillery shells to Russia", "pyongyang-war/arming"),
        ("North Korea denies selling weapons to Russia", "pyongyang-war/denied"),
        ("South Korea says North Korea likely to send troops to help Russia", "pyongyang-war/feared"),
        (
            "North Korea has sent 1,500 special forces troops to Russia, Seoul's spy agency says",
            "pyongyang-war/deploying",
        ),
        ("At least 100 North Korean soldiers killed fighting for Russia, Seoul says", "pyongyang-war/fighting"),
        ("North Korean troops pulled back from Kursk front lines, Ukraine says", "pyongyang-war/withdrawing"),
        ("Russia gave North Korea anti-air missiles in exchange for troops, Seoul says", "moscow-tech/transferring"),
        ("Blinken says Russia plans to share satellite technology with North Korea", "moscow-tech/feared"),
        ("Zelenskiy asks South Korea for weapons in address to parliament", "allies-arms/requesting"),
        ("Pentagon says it is up to South Korea to decide whether to arm Ukraine", "allies-arms/neutral"),
        ("Majority of South Koreans oppose sending weapons to Ukraine, poll shows", "seoul-opinion/opposed"),
    ],
)
def test_headline_reports_its_position(title, wanted):
    assert positions(title) == {wanted}


@pytest.mark.parametrize(
    "title",
    [
        "Will South Korea send arms to Ukraine?",
        "South Korea's arms exports to Poland hit record",
        "North Korean foreign minister arrives in Moscow for talks",
        "South Korea, Japan and Ukraine sign farming accord",
        "Poland sends Ukraine its last Soviet tanks",
    ],
)
def test_news_without_a_position_gives_none(title):
    assert positions(title) == set()


def test_holder_speaks_officially_and_a_spy_agency_reports():
    (own,) = read("South Korea rules out sending weapons to Ukraine").readings
    (told,) = read("North Korea has sent troops to Russia, South Korea's National Intelligence Service says").readings
    assert (own.holder, own.by) == ("south-korea", By.OFFICIAL)
    assert (told.holder, told.by, told.origin) == ("north-korea", By.REPORTED, "nis")


def test_quote_is_the_exact_sentence_even_where_markup_was_left_in():
    text = "Rain fell in Busan.\n<p>South Korea has <b>ruled out</b> sending weapons to Ukraine.</p>"
    (reading,) = read("Arms for Ukraine", text).readings
    assert reading.quote in text
    assert "ruled out" in reading.quote
    assert "Rain" not in reading.quote


def test_he_is_whoever_spoke_before():
    text = (
        "President Yoon Suk Yeol met his ministers. North Korea's dispatch to Russia was a grave provocation, he said."
    )
    assert "seoul-moscow/condemning" in positions("Yoon meets security council", text)


def test_trace_names_sentence_event_and_rule():
    (reading,) = read("South Korea rules out sending weapons to Ukraine").readings
    assert [line.partition(":")[0] for line in reading.trace][:2] == ["sentence", "event"]
    assert reading.trace[-1].startswith("rule: ")


def test_person_out_of_office_speaks_for_nobody():
    assert positions("Yoon says South Korea won't rule out arms for Ukraine", day="2024-11-07")
    assert not any(r.by is By.OFFICIAL for r in read("Yoon rules out arms for Ukraine", day="2026-01-10").readings)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("South Korean defence minister declines to comment on NATO call for arms for Ukraine", ""),
        (
            "Yoon tells UN that a North-Russia arms deal would be a provocation",
            "He did not mention weapons for Ukraine.",
        ),
    ],
)
def test_saying_nothing_of_arms_is_no_refusal(title, lead):
    assert not any(found.startswith("seoul-arms/") for found in positions(title, lead))


def test_no_evidence_that_something_happened_is_no_report_of_it():
    assert positions("US: no evidence that North Koreans have gone into combat in Kursk yet") == set()


def test_false_label_is_no_denial():
    title = "North Korea has sent artillery rounds to Russia under false labels, White House says"
    assert positions(title) == {"pyongyang-war/arming"}


def test_denial_of_technology_is_no_denial_of_troops():
    title = "Russia denies any plan to give North Korea military technology"
    assert positions(title) == {"moscow-tech/denied"}


def test_opposition_that_wants_a_remark_on_arms_retracted_is_against_them():
    title = "South Korean opposition leader urges Yoon to retract remarks on arms for Ukraine"
    assert "seoul-opinion/opposed" in positions(title)
    assert "seoul-opinion/supportive" not in positions(title)


def test_advice_to_seoul_is_no_warning():
    text = "Russian senators ratified the treaty with North Korea. Rudenko advised South Korea to treat it calmly."
    assert "moscow-seoul/warning" not in positions("Federation Council ratifies treaty with North Korea", text)


@pytest.mark.parametrize(
    "title",
    [
        "North Korea admits that its soldiers fought in Kursk for Russia",
        "Kim Jong Un decorates North Korean soldiers who fought for Russia in Kursk",
    ],
)
def test_what_the_north_shows_or_admits_itself_is_official(title):
    (found,) = read(title).readings
    assert (found.rung, found.holder, found.by) == ("fighting", "north-korea", By.OFFICIAL)


def test_confirmation_by_another_capital_stays_a_report():
    (found,) = read("Pentagon confirms the deployment of North Korean troops to Russia").readings
    assert (found.rung, found.holder, found.by) == ("deploying", "north-korea", By.REPORTED)


def test_death_of_a_politician_is_no_loss_in_the_war():
    assert positions("Kim Yong Nam, North Korea's long-time head of state and friend of Russia, dies at 97") == set()


def test_warning_to_the_north_against_arming_moscow_fears_it_and_condemns():
    found = positions("South Korea warns Kim Jong Un against arming Russia", "It would pay a price, Seoul said.")
    assert "pyongyang-war/feared" in found


def test_cold_war_as_a_date_is_no_warning_to_seoul():
    text = "Russia's ties with South Korea are at their lowest since the end of the Cold War, diplomats in Seoul said."
    assert "moscow-seoul/warning" not in positions("Seoul and Moscow drift apart over arms for Ukraine", text)
    assert "moscow-seoul/warning" in positions("Russia tells South Korea that arms for Ukraine mean a new cold war")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("North Korea has sent 3,000 troops to Russia, Yonhap reported, citing the NIS.", "nis"),
        ("According to Yonhap, citing South Korea's spy agency, North Korea has sent 3,000 troops to Russia.", "nis"),
        (
            "According to Yonhap, citing the National Intelligence Service, North Korea has sent troops to Russia.",
            "nis",
        ),
        ("According to Yonhap, which cited the NIS, North Korea has sent 3,000 troops to Russia.", "nis"),
        ("Yonhap, citing the NIS, reported that North Korea has sent 3,000 troops to Russia.", "nis"),
        ("Yonhap, which cited the NIS, reported that North Korea has sent 3,000 troops to Russia.", "nis"),
        ("Yonhap reported on Friday, citing the NIS, that North Korea has sent 3,000 troops to Russia.", "nis"),
        ("Citing the NIS, Yonhap reported that North Korea has sent 3,000 troops to Russia.", "nis"),
        ("Yonhap cited the NIS as saying that North Korea has sent 3,000 troops to Russia.", "nis"),
        ("North Korea has sent 3,000 troops to Russia, Yonhap reported, citing North Korean papers.", "yonhap"),
        ("North Korea has sent 3,000 troops to Russia, Yonhap reported.", "yonhap"),
    ],
)
def test_whom_a_messenger_cites_is_the_origin(text, origin):
    assert {r.origin for r in read("", text).readings} == {origin}


@pytest.mark.parametrize(
    "text",
    [
        "Yonhap reported that North Korea has sent 3,000 troops to Russia while Seoul, citing Ukraine, has sent none.",
        "Yonhap reported that North Korea has sent troops to Russia while Seoul, citing Ukraine, has not sent arms.",
        "North Korea has sent 3,000 troops to Russia, Yonhap reported, without citing the NIS.",
        "North Korea has sent 3,000 troops to Russia, Yonhap reported, and neither cited the Kremlin nor NATO.",
        "North Korea has sent 3,000 troops to Russia, Yonhap reported, and did not cite the NIS.",
        "Yonhap reported on Friday, not citing the NIS, that North Korea has sent 3,000 troops to Russia.",
        "According to Yonhap, without citing the NIS, North Korea has sent 3,000 troops to Russia.",
    ],
)
def test_whom_another_cites_or_nobody_cites_is_not_the_origin(text):
    assert "yonhap" in {r.origin for r in read("", text).readings if r.holder == "north-korea"}
    assert not {r.origin for r in read("", text).readings} & {"nis", "ukraine", "russia", "nato"}


def test_who_says_so_behind_a_comma_is_the_origin_wherever_the_parser_hangs_it():
    news = "North Korea last month delivered infantry rockets and missiles to Russia's Wagner Group, "
    said = "National Security Council spokesman John Kirby said on Thursday."
    assert {r.origin for r in read("", news + said).readings} == {"united-states"}
    said = "the first large shipment, said to be worth millions."
    assert {r.origin for r in read("", news + said).readings} == {""}
