"""Is what people say of an alert kept, and does it come out as a labelled item?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.items import ItemLine
from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Article,
    By,
    Evidence,
    Feedback,
    Reading,
    ReadResult,
    Register,
    Severity,
    Tier,
    Verdict,
)
from bot.errors import InputError
from bot.feedback import export, give, judged
from bot.store import SqlStore
from config import load_storyline

NOW = datetime(2024, 10, 18, 12, tzinfo=UTC)
STORYLINE = load_storyline()
USEFUL = Feedback("a1", "slack:U1", NOW, Verdict.USEFUL)
ARTICLE = Article(
    "k1", "wire", "https://paper.example/a", "https://paper.example/a", "h", "Duma ratifies the pact", "Today.", "en",
    NOW, NOW, "Paper", "house", Tier.OUTLET,
)  # fmt: skip
READING = Reading("pact", "russia", "ratified", By.OFFICIAL, "Duma ratifies the pact", 0.9)
OTHER = replace(READING, track="moscow-tech", rung="feared", quote="Today.")


def an_alert(name: str = "a1") -> Alert:
    said = Evidence(
        "e1", "k1", "pact", "russia", "ratified", By.OFFICIAL, READING.quote, 0.9, "duma", NOW, NOW,
        ARTICLE.title, ARTICLE.url, "Paper", "house", Tier.OUTLET, "en",
    )  # fmt: skip
    return Alert(
        name, 1, AlertState.CONFIRMED, AlertEventKind.POSTED, NOW, NOW, "pact", "russia", Register.DEED, "signed",
        "ratified", By.OFFICIAL, Severity.HIGH, (said,),
    )  # fmt: skip


@pytest.fixture
def store(store: SqlStore) -> SqlStore:
    with store.unit() as unit:
        unit.add_article(ARTICLE, ReadResult("k1", True, "passed", "en", (READING, OTHER)), ())
        unit.save_alert(an_alert())
    return store


def labels(store: SqlStore) -> list[tuple[str, str, bool]]:
    ((item,), split) = export(store)
    assert split == ()
    line = ItemLine.model_validate(item)  # what reads evaluation data reads this
    assert (line.title, line.lang, line.url) == (ARTICLE.title, "en", ARTICLE.url)
    return [(label["track"], label["rung"], label["judged"]) for label in item["labels"]]


def test_a_second_verdict_takes_the_place_of_the_first_which_is_kept(store) -> None:
    give(store, STORYLINE, USEFUL)
    later = replace(USEFUL, verdict=Verdict.NOT_A_SHIFT, at=NOW + timedelta(hours=1), comment="  old \n news ")
    kept = give(store, STORYLINE, later)
    assert kept.comment == "old news"
    assert [one.verdicts for one in judged(store)] == [(kept,)]
    assert store.feedback_history("a1", "slack:U1") == (USEFUL, kept)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"alert": "a9"}, "no alert 'a9'"),
        ({"verdict": Verdict.WRONG_RUNG}, "which rung of pact is right"),
        ({"verdict": Verdict.WRONG_RUNG, "rung": "ratified"}, "which rung of pact is right"),
        ({"verdict": Verdict.WRONG_RUNG, "rung": "denied"}, "which rung of pact is right"),
        ({"rung": "signed"}, "a rung goes with wrong-rung only"),
    ],
)
def test_a_verdict_that_makes_no_sense_is_refused_in_one_line(store, given, told: str) -> None:
    with pytest.raises(InputError, match=told):
        give(store, STORYLINE, replace(USEFUL, **given))
    assert store.feedback() == ()


def test_a_useful_alert_confirms_its_label_and_leaves_the_others_unjudged(store) -> None:
    give(store, STORYLINE, USEFUL)
    assert labels(store) == [("pact", "ratified", True), ("moscow-tech", "feared", False)]


def test_a_wrong_rung_is_corrected(store) -> None:
    give(store, STORYLINE, replace(USEFUL, verdict=Verdict.WRONG_RUNG, rung="signed"))
    assert labels(store)[0] == ("pact", "signed", True)


def test_what_is_no_shift_has_no_label(store) -> None:
    give(store, STORYLINE, replace(USEFUL, verdict=Verdict.NOT_A_SHIFT))
    assert labels(store) == [("moscow-tech", "feared", False)]


def test_what_most_people_say_counts_and_a_tie_is_named_and_left_out(store) -> None:
    give(store, STORYLINE, USEFUL)
    give(store, STORYLINE, replace(USEFUL, person="slack:U2", verdict=Verdict.NOT_A_SHIFT))
    assert export(store) == ([], ("a1",))
    give(store, STORYLINE, replace(USEFUL, person="slack:U3"))
    assert labels(store)[0] == ("pact", "ratified", True)
