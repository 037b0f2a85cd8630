"""Does a list on a card say what it leaves out, whoever cuts it?"""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import Storyline
from handlers.card import Card, Entries, Entry
from handlers.card.lists import fitting, listed
from handlers.card.timeline import MOST_MOVES, card_of_timeline
from handlers.console.people import render
from handlers.discord.render import answer_sheets
from handlers.sample_answers import sample_timeline
from handlers.slack.look import Look
from handlers.slack.render import render as slack
from handlers.texts import languages

UTC = ZoneInfo("UTC")


def some(count: int) -> tuple[Entry, ...]:
    return tuple(Entry(text=f"entry {n}") for n in range(1, count + 1))


def texts(entries: Entries) -> list[str]:
    return [entry.text for entry in entries.entries]


def test_a_list_that_is_whole_leaves_nothing_out() -> None:
    whole = listed("Also in", some(3), 3, "en")
    assert (whole.title, whole.entries, whole.more, whole.left) == ("Also in", some(3), "", 0)
    assert fitting(whole, 3, "en") == whole


def test_a_list_that_was_cut_says_how_many_are_left_out_in_words_and_as_a_number() -> None:
    cut = listed("Also in", some(3), 5, "en", detail=True)
    assert (cut.more, cut.left, cut.detail) == ("and 2 more", 2, True)


def test_who_has_less_room_counts_what_was_left_out_before_too() -> None:
    less = fitting(listed("Also in", some(5), 7, "en"), 2, "en")
    assert (texts(less), less.more, less.left) == (["entry 1", "entry 2"], "and 5 more", 5)


def test_a_list_whose_latest_stands_last_keeps_its_end() -> None:
    moves = listed("Moves", some(5), 9, "en", latest_from=0)
    assert moves.more == "4 earlier moves"
    less = fitting(moves, 2, "en")
    assert (texts(less), less.more, less.left) == (["entry 4", "entry 5"], "7 earlier moves", 7)
    assert fitting(less, 1, "en").more == "8 earlier moves"


def test_what_stands_before_the_first_of_them_stays_at_its_head() -> None:
    moves = listed("Moves", some(6), 6, "en", latest_from=2)
    less = fitting(moves, 4, "en")
    assert (texts(less), less.more) == (["entry 1", "entry 2", "entry 5", "entry 6"], "2 earlier moves")
    assert texts(fitting(moves, 3, "en")) == ["entry 1", "entry 2", "entry 6"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("latest_from", [None, 0])
def test_every_language_says_it(language: str, latest_from: int | None) -> None:
    assert "8" in listed("", some(1), 9, language, latest_from=latest_from).more


def test_words_that_are_no_count_stay_as_long_as_nothing_is_left_out() -> None:
    advice = Entries("Feed", some(2), "It says little.")
    assert fitting(advice, 2, "en").more == "It says little."
    assert fitting(advice, 1, "en").more == "and 1 more"


def shown(card: Card, platform: str) -> str:
    match platform:
        case "console":
            return render(card, width=80, zone=UTC)
        case "slack":
            return json.dumps(slack(card, Look(UTC)).blocks)
        case _:
            return repr(answer_sheets(card, "en"))


@pytest.mark.parametrize("platform", ["console", "discord", "slack"])
def test_a_long_timeline_ends_with_the_latest_move_on_every_platform(small_storyline: Storyline, platform: str) -> None:
    timeline = sample_timeline(small_storyline)
    course = timeline.courses[0]
    move = course.changes[2]
    many = [replace(move, at=move.at + timedelta(hours=n), alert=f"move-{n:02}") for n in range(30)]
    card = card_of_timeline(replace(timeline, courses=(replace(course, changes=tuple(many)),)), small_storyline, "en")
    words = shown(card, platform)
    assert "move-29" in words
    assert "move-10" not in words
    told = [n for n in range(30) if f"move-{n:02}" in words]
    assert told == list(range(30 - len(told), 30))
    assert len(told) <= MOST_MOVES
    assert f"{30 - len(told)} earlier moves" in words
    assert "at the start: " in words
