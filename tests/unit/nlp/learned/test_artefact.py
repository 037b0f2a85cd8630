"""Is the artefact the one that the training script declares, and does it answer the same every time?"""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest

from bot.domain import Item
from bot.errors import ConfigError
from bot.nlp.learned import opinion as artefact
from bot.nlp.learned.advisor import Advisor, advisor_for
from bot.nlp.learned.joining import Evidence
from bot.nlp.learned.opinion import Learned, Unit
from config import load_storyline

from ..readers import reader

STORYLINE = load_storyline()
MANIFEST = json.loads((artefact.HERE / "manifest.json").read_text(encoding="utf-8"))
MOST = 30_000_000


@pytest.fixture
def learned() -> Learned:
    advisor = reader(learned=True)._advisor
    assert advisor
    return advisor._learned


def test_artefact_is_of_the_version_that_the_code_reads():
    assert MANIFEST["version"] == artefact.VERSION


def test_files_are_those_that_were_trained():
    for name, digest in MANIFEST["sha256"].items():
        assert hashlib.sha256((artefact.HERE / name).read_bytes()).hexdigest() == digest


def test_artefact_stays_small():
    assert sum((artefact.HERE / name).stat().st_size for name in MANIFEST["sha256"]) <= MOST


def test_every_piece_of_evidence_has_its_weight():
    evidence = Evidence(0.0, 0.0, 0.0, 0.0, rule_rival=False, relevance=0.0)
    assert len(MANIFEST["weights"]["join"]) == len(evidence.features())


def test_same_units_give_the_same_opinion(learned: Learned):
    units = (Unit("Seoul weighs arms for Kyiv", 0, title=True), Unit("It may send shells.", 0, title=False))
    one, other = learned.opinion(units), learned.opinion(units)
    assert np.array_equal(one.rungs, other.rungs)
    assert one.relevance == other.relevance


def test_item_without_units_says_nothing(learned: Learned):
    assert learned.opinion(()).relevance < -8


def test_storyline_with_other_ladders_is_read_by_rules_alone():
    other = replace(STORYLINE, tracks=STORYLINE.tracks[1:])
    assert advisor_for(other) is None
    with pytest.raises(ConfigError, match="another storyline"):
        Learned(other)


def test_the_storyline_it_was_trained_for_is_advised():
    assert isinstance(advisor_for(STORYLINE), Advisor)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("ru", "", "Южная Корея решила поставить Украине снаряды, сообщает «Ёнхап»."),
        ("en", "Washington says Pyongyang supplies rockets and missiles to Russian mercenaries", ""),
        ("en", "Russia turns to North Korea and Iran for help with its war", ""),
    ],
)
def test_what_the_encoder_would_take_for_the_storyline_is_not_kept_from_it(language: str, title: str, text: str):
    assert reader(learned=True).read(Item("x", title, text, language)).relevant


@pytest.mark.parametrize("arms", ["drones", "air defence missiles", "rocket launchers", "howitzers", "tanks"])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Government decides to provide Ukraine with {}", "South Korea will hand over {}, the ministry said."),
        ("South Korea decides to send Ukraine {}", "The Government of the Republic of Korea has decided to supply {}."),
        ("Seoul to give Kyiv {}", "The cabinet approved direct supply of {} to Ukraine, it was announced."),
    ],
)
def test_decision_to_supply_arms_is_never_far_from_the_storyline(arms: str, title: str, text: str):
    found = reader(learned=True).read(Item("x", title.format(arms), text.format(arms), language="en"))
    assert found.relevant, found.gate
