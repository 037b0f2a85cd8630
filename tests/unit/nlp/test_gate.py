"""Does the gate let through what is about the storyline, and nothing else?"""

from dataclasses import replace

import pytest

from bot.errors import ConfigError
from bot.nlp.gate import Gate
from config.storyline import load_storyline


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(load_storyline())


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Storm closes ferry port", "Two people were hurt on the quay.", "no holder"),
        ("South Korea opens a new airport", "Travellers welcomed the shorter queues.", "no topic"),
        ("Ukraine shoots down forty drones", "Russia fired them overnight.", "no topic"),
    ],
)
def test_ordinary_news_stops_with_its_reason(gate, title, text, reason):
    result = gate(title, text)
    assert (result.relevant, result.passed, result.reason) == (False, False, reason)


@pytest.mark.parametrize(
    "title",
    [
        "Seoul mulls arms for Kyiv",
        "North Korea ships shells to Russia",
        "Putin and Kim sign treaty in Pyongyang",
        "Moscow warns Seoul over weapons for Ukraine",
    ],
)
def test_storyline_news_passes(gate, title):
    assert gate(title, "").passed


def test_small_us_is_no_country(gate):
    assert gate("Join us for lunch", "We like us.").reason == "no holder"


def test_part_of_a_word_is_no_name(gate):
    assert gate("Norussia beats Seoulmates", "").reason == "no holder"


def test_places_lie_in_the_text_in_order_and_under_the_cap():
    gate = Gate(load_storyline(), most=200)
    text = "North Korea sent troops to Russia, Seoul said on Monday. Rain fell. " * 50
    places = gate("North Korea and Russia", text).places
    assert places
    assert sum(end - start for start, end in places) <= 200
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert list(places) == sorted(places)


def test_topic_needs_its_parts_close_together(gate):
    filler = "The weather was fine that day in the whole country. " * 30
    assert not gate("", f"North Korea held a fair. {filler}Russia won the match.").relevant


def test_work_grows_with_length_and_not_faster(gate, lines_run):
    text = "North Korea sent troops to Russia. Nobody knew why. " * 400
    short, long = (lines_run(lambda words=words: gate("North Korea and Russia", words)) for words in (text, text * 8))
    assert long < 8 * 2 * short


def test_topic_that_only_bars_is_refused():
    storyline = load_storyline()
    with pytest.raises(ConfigError, match="only says what may not be met"):
        Gate(replace(storyline, topics={"en": ("!@russia",)}))
