"""What do the cards of answers show: stance, timeline, help, sources, mutes?"""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain import Alert, Brief, Mute, PollState, Position, Source, Storyline, Tier
from handlers.card import (
    Card,
    Entries,
    Facts,
    Positions,
    Usages,
    card_of_alert,
    card_of_mutes,
    card_of_sources,
    card_of_stance,
)
from handlers.card.timeline import MOST_MOVES, card_of_timeline
from handlers.console.people import render
from handlers.discord.render import alert_sheet
from handlers.sample_answers import answer_cards, sample_timeline
from handlers.samples import NOW, samples
from handlers.slack.look import Look
from handlers.slack.render import render as slack


def _lists(card: Card) -> dict[str, Entries]:
    return {block.title: block for block in card.blocks if isinstance(block, Entries)}


def test_a_stance_says_where_it_stands_what_is_open_and_the_last_moves(small_storyline: Storyline) -> None:
    card = answer_cards(small_storyline, "en")["stance"]
    assert card.headline == "Arms?"
    assert [block.title for block in card.blocks] == ["Now", "Not confirmed", "Last moves"]
    assert not any(getattr(block, "detail", False) for block in card.blocks)
    moves = _lists(card)["Last moves"].entries
    assert [entry.text for entry in moves][-1] == "reviewing → rules out"
    assert moves[-1].link is not None
    assert moves[-1].link.url.startswith("https://")
    # What is not confirmed stands in its own list alone.
    assert not any("not confirmed" in entry.tag for entry in moves)


def test_a_track_nobody_stands_on_says_so(small_storyline: Storyline) -> None:
    assert answer_cards(small_storyline, "en")["stance-unknown"].headline == "No position on record."
    assert answer_cards(small_storyline, "en")["timeline-empty"].headline == "No position on record."


def test_a_timeline_lists_the_latest_moves_and_counts_the_rest(small_storyline: Storyline) -> None:
    timeline = sample_timeline(small_storyline)
    course = timeline.courses[0]
    many = replace(course, changes=course.changes * 5)
    [listed] = _lists(card_of_timeline(replace(timeline, courses=(many,)), small_storyline, "en")).values()
    assert len(listed.entries) == MOST_MOVES + len(course.entered)
    assert listed.more == "13 earlier moves"


def test_help_says_what_can_be_typed_what_the_channel_gets_and_the_tracks(small_storyline: Storyline) -> None:
    card = answer_cards(small_storyline, "ko")["help"]
    assert [type(block) for block in card.blocks] == [Usages, Entries, Entries]
    assert [entry.ident for entry in card.blocks[2].entries] == ["seoul-arms", "pyongyang-war", "allies-arms"]
    alone = answer_cards(small_storyline, "en")["help-unsubscribed"]
    assert "This channel gets no alerts yet." in _lists(alone)


def test_sources_that_do_not_answer_come_first_the_longest_silent_at_the_top(small_storyline: Storyline) -> None:
    source = Source("k", "Wire", "https://w.example/f", "rss", "en", "Wire", "w", Tier.AGENCY)
    well = PollState(NOW, last_success=NOW)
    failing = [
        (replace(source, key=f"f{n}"), replace(well, last_success=NOW - timedelta(days=n), last_error="503"))
        for n in range(12)
    ]
    off = (replace(source, key="off", enabled=False), replace(well, last_error="503"))
    gone = (replace(source, key="gone"), replace(well, gone=True, last_success=None))
    card = card_of_sources([(source, well), off, gone, *failing], {}, small_storyline, "en", NOW)
    assert card.headline == "14 sources watched; 13 do not answer, 0 have fallen quiet."
    listed = _lists(card)["Not answering"]
    assert [entry.ident for entry in listed.entries][:2] == ["gone", "f11"]
    assert listed.entries[0].text == "Wire: polled no more"
    assert listed.more == "and 5 more"
    assert isinstance(card.blocks[0], Facts)


def test_a_source_is_told_with_its_newest_item_its_latency_and_what_passed_each_gate(
    small_storyline: Storyline,
) -> None:
    source = Source("k", "Wire", "https://w.example/f", "rss", "en", "Wire", "w", Tier.AGENCY)
    state = PollState(
        NOW, last_success=NOW, last_new_item=NOW - timedelta(hours=3), seconds=1.23, last_error="503; tried again later"
    )
    card = card_of_sources([(source, state)], {"k": (200, 30, 4)}, small_storyline, "en", NOW)
    (entry,) = _lists(card)["Not answering"].entries
    assert entry.text == (
        "Wire: 503; tried again later · newest item 3 hours ago · 1.2 s a poll · "
        "of 200 items in 30 days 15 % were of the story, 2 % with a position"
    )
    assert (entry.at, entry.ident) == (NOW, "k")


def test_a_source_that_was_put_aside_says_why_and_that_it_is_polled_no_more(small_storyline: Storyline) -> None:
    source = Source("k", "Wire", "https://w.example/f", "rss", "en", "Wire", "w", Tier.AGENCY)
    state = PollState(NOW, last_success=NOW, strikes=3, failures=3, last_error="the worker that read it died")
    (entry,) = _lists(card_of_sources([(source, state)], {}, small_storyline, "en", NOW))["Not answering"].entries
    assert entry.text == "Wire: the worker that read it died; polled no more"


def test_mutes_are_counted_and_the_list_ends_somewhere(small_storyline: Storyline) -> None:
    many = [Mute(f"{n:08}", "x", "y", "ann", NOW, None, track="seoul-arms") for n in range(30)]
    card = card_of_mutes(many, small_storyline, "en", NOW)
    assert card.headline == "30 things are muted in this channel."
    [listed] = _lists(card).values()
    assert (len(listed.entries), listed.more) == (20, "and 10 more")


def test_a_foreign_quote_stands_under_a_sentence_in_the_channels_language(small_storyline: Storyline) -> None:
    foreign = samples(small_storyline)["foreign"]
    assert isinstance(foreign, Alert)
    quotes = {code: card_of_alert(foreign, small_storyline, code).blocks[1] for code in ("en", "ko")}
    assert quotes["en"].gloss == "South Korea says it is reviewing arms."
    assert quotes["en"].tongue == "Korean"
    assert quotes["en"].text.startswith("대통령실")
    # In its own language it needs neither.
    assert (quotes["ko"].gloss, quotes["ko"].tongue) == ("", "")


def test_a_stance_keeps_to_its_track(small_storyline: Storyline) -> None:
    brief = samples(small_storyline)["brief"]
    assert isinstance(brief, Brief)
    card = card_of_stance(brief, sample_timeline(small_storyline), small_storyline, "en")
    assert [block.track for block in card.blocks if isinstance(block, Positions)] == ["seoul-arms"]


def test_the_old_sentence_stands_beside_the_new_one_with_its_date_and_its_source(small_storyline: Storyline) -> None:
    confirmed, signal = (samples(small_storyline)[name] for name in ("confirmed", "signal"))
    assert isinstance(confirmed, Alert)
    assert isinstance(signal, Alert)
    old = replace(signal.lead, quote="We rule it out.", publisher="Old Paper", url="https://old.example/a")
    stood = replace(confirmed, previous=Position("withhold", NOW - timedelta(days=300), (old,)))
    card = card_of_alert(stood, small_storyline, "en")
    utc = ZoneInfo("UTC")
    shown = [
        render(card, width=80, zone=utc),
        "\n".join(part.text for part in alert_sheet(card, 7).parts),
        json.dumps(slack(card, Look(utc)).blocks, ensure_ascii=False),
    ]
    for text in shown:
        assert "We rule it out." in text
        assert "Old Paper" in text
    assert "since 29 Dec 2023" in shown[0]
    assert all("https://old.example/a" in text for text in shown[1:])
