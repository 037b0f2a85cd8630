"""Which one sentence says what an alert is about?"""

from dataclasses import replace

import pytest

from bot.domain import Alert, AlertState, By, Register, Storyline
from bot.ledger.reasons import Reason
from config import load_storyline
from handlers.card.ladder import ladder
from handlers.card.names import but, in_sentence, named, now_clause, with_now
from handlers.card.opening import SWING, Variant, opening, variant
from handlers.samples import samples
from handlers.texts import languages

ENGLISH = {
    "confirmed": "South Korea now says it is reviewing arms; it ruled them out before.",
    "signal": "Reported, not confirmed: South Korea now says it is reviewing arms, according to Example Herald 2; "
    "it ruled them out before.",
    "first-word": "South Korea now says it is reviewing arms; no earlier position is on record.",
    "mixed": "Mixed signals from South Korea: it says it is reviewing arms, and it also rules out arms.",
    "back": "South Korea again rules out arms: it is back where it stood before its last move.",
    "confirmed-reported": "North Korea now has troops there, according to Example Herald 1 and 1 other origin; "
    "it sent only arms before.",
    "first-deed": "Reported, not confirmed: North Korea now has troops there, according to Example Herald 1; "
    "no such step was on record before.",
    "signal-denied": "Reported and denied, not confirmed: North Korea now has troops there, "
    "according to Example Herald 1; North Korea denies it.",
    "disputed": "Disputed: North Korea now has troops there, according to Example Herald 1; North Korea denies it.",
    "questioned": "Disputed: North Korea now has troops there, according to Example Herald 1; "
    "that report no longer reads as it did.",
    "withdrawn": "Withdrawn: the report by Example Herald 1, that North Korea has troops there, no longer stands.",
    "expired": "Never confirmed: North Korea now has troops there, according to Example Herald 1; "
    "nobody else reported it in time.",
}
KOREAN = {
    "confirmed": "한국은 이전에는 배제했으나 이제 검토한다고 한다.",
    "signal": "미확인 보도: Example Herald 2에 따르면 한국은 이전에는 배제했으나 이제 검토한다고 한다.",
    "first-word": "한국은 이제 검토한다고 한다 (기록된 첫 입장).",
    "mixed": "엇갈린 신호: 한국은 한편으로는 검토한다고 한다; 다른 한편으로는 지원을 배제한다.",
    "disputed": "공방: 북한은 부인하지만, Example Herald 1에 따르면 북한은 이전에는 그쳤으나 이제 파병했다.",
    "withdrawn": "철회: 북한이 파병했다는 보도(Example Herald 1)는 더 이상 유효하지 않다.",
}


def _alert(storyline: Storyline, name: str) -> Alert:
    alert = samples(storyline)[name]
    assert isinstance(alert, Alert)
    return alert


@pytest.mark.parametrize(("name", "sentence"), ENGLISH.items(), ids=ENGLISH)
def test_one_plain_english_sentence(small_storyline: Storyline, name: str, sentence: str) -> None:
    assert opening(_alert(small_storyline, name), small_storyline, "en") == sentence


@pytest.mark.parametrize(("name", "sentence"), KOREAN.items(), ids=KOREAN)
def test_one_plain_korean_sentence(small_storyline: Storyline, name: str, sentence: str) -> None:
    assert opening(_alert(small_storyline, name), small_storyline, "ko") == sentence


def test_every_frame_is_reached_by_a_sample(small_storyline: Storyline) -> None:
    alerts = [alert for alert in samples(small_storyline).values() if isinstance(alert, Alert)]
    assert {variant(alert, small_storyline) for alert in alerts} == set(Variant)


@pytest.mark.parametrize("language", languages())
def test_every_move_of_the_shipped_storyline_can_be_said(language: str) -> None:
    storyline = load_storyline()
    models = [alert for alert in samples(storyline).values() if isinstance(alert, Alert)]
    for track in storyline.tracks:
        for rung in track.rungs:
            for model in models:
                moved = replace(model, track=track.id, holder=track.holders[0], register=rung.register, to_rung=rung.id)
                sentence = opening(moved, storyline, language)
                assert sentence.endswith(".")
                assert "$" not in sentence
                assert sentence[0] == sentence[0].upper()


def test_a_named_speaker_is_said_rather_than_the_paper(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "signal-deed")
    spy = replace(alert, evidence=(replace(alert.lead, origin="nis"),))
    assert "according to the spy agency" in opening(spy, small_storyline, "en")
    assert "국정원에 따르면" in opening(spy, small_storyline, "ko")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("The Korea Herald", "the Korea Herald"),
        ("National Intelligence Service", "the National Intelligence Service"),
        ("Institute for the Study of War", "the Institute for the Study of War"),
        ("South Korea's Joint Chiefs of Staff", "South Korea's Joint Chiefs of Staff"),
        ("New York Times", "the New York Times"),
        ("Yonhap", "Yonhap"),
        ("", ""),
    ],
)
def test_names_take_the_article_that_english_gives_them(name: str, said: str) -> None:
    assert in_sentence(name, "en") == said
    assert in_sentence(name, "ko") == name


def test_a_denial_by_another_holder_names_that_holder(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "disputed")
    denial = replace(alert.against[0], holder="united-states")
    assert "the United States denies it" in opening(replace(alert, against=(denial,)), small_storyline, "en")


def test_an_article_stays_small_inside_a_sentence_and_is_large_at_its_start(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "confirmed")
    ally = replace(alert, track="allies-arms", holder="united-states", from_rung="neutral", to_rung="requesting")
    assert opening(ally, small_storyline, "en") == "The United States now asks for arms; it was neutral before."
    signal = replace(ally, state=AlertState.SIGNAL)
    assert ": the United States now asks for arms" in opening(signal, small_storyline, "en")


def test_one_official_source_is_enough_to_say_it_plainly(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "confirmed")
    reported = replace(alert.lead, by=By.REPORTED)
    assert variant(replace(alert, evidence=(reported, alert.lead)), small_storyline) is Variant.MOVED
    assert variant(replace(alert, evidence=(reported,)), small_storyline) is Variant.CONFIRMED


def test_a_rung_that_a_later_storyline_dropped_is_said_by_its_id(small_storyline: Storyline) -> None:
    alert = replace(_alert(small_storyline, "confirmed"), from_rung="gone", to_rung="dropped-too")
    assert opening(alert, small_storyline, "en") == "South Korea now dropped-too."


def test_a_swing_is_known_by_the_reason_that_the_ledger_gives(small_storyline: Storyline) -> None:
    assert Reason.SWING == SWING
    alert = replace(_alert(small_storyline, "back"), from_rung="indirect")
    assert variant(alert, small_storyline) is Variant.BACK


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Disputed: Example Wire reported that South Korea {other}; South Korea itself {now}."),
        ("ko", "공방: 한국이 {other}는 보도(Example Wire)가 있었으나, 한국은 직접 {now}."),
    ],
)
def test_what_a_holder_itself_denies_is_told_as_its_word_against_the_report(
    small_storyline: Storyline, language: str, said: str
) -> None:
    alert = _alert(small_storyline, "mixed")
    reported = replace(alert.against[0], by=By.REPORTED, publisher="Example Wire", origin="example-wire")
    denied = replace(alert, against=(reported,))
    track = small_storyline.find_track(alert.track)
    assert track is not None
    assert variant(denied, small_storyline) is Variant.CONTRADICTED
    clauses = [now_clause(small_storyline, alert.track, rung, language) for rung in (reported.rung, alert.to_rung)]
    assert opening(denied, small_storyline, language) == said.format(other=clauses[0], now=clauses[1])
    marked = {step.rung: step.said for step in ladder(denied, track, small_storyline, "en").steps if step.said}
    assert marked[alert.to_rung][0] == "says"
    assert "reported" in marked[reported.rung]


def test_a_denial_of_a_deed_is_no_mixed_signal(small_storyline: Storyline) -> None:
    alert = _alert(small_storyline, "mixed")
    deed = replace(alert, register=Register.DEED)
    assert variant(alert, small_storyline) is Variant.MIXED
    assert variant(deed, small_storyline) is Variant.DISPUTED


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("says it is reviewing", "now says it is reviewing"),
        ("is expected to", "is now expected to"),
        ("has signed it", "has now signed it"),
        ("has troops there", "now has troops there"),
        ("issues a warning", "now issues a warning"),
    ],
)
def test_now_stands_where_english_wants_it(clause: str, said: str) -> None:
    assert with_now(clause) == said


@pytest.mark.parametrize(
    ("clause", "said"), [("배제했다", "배제했으나"), ("한다", "한다"), ("다", "다"), ("denied", "denied"), ("", "")]
)
def test_a_korean_past_becomes_the_first_half_of_a_contrast(clause: str, said: str) -> None:
    assert but(clause) == said


@pytest.mark.parametrize(
    ("name", "topic"), [("한국", "한국은"), ("러시아", "러시아는"), ("NATO", "NATO은(는)"), ("", "은(는)")]
)
def test_korean_particles_follow_the_last_sound(name: str, topic: str) -> None:
    assert named("holder", name)["holder_topic"] == topic
