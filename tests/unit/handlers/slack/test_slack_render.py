"""What does a card look like in Slack, and does Slack take it whatever it says?"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Alert, Brief, Notice, Position, SilentSource, Standing, Storyline
from config import load_storyline
from handlers.card import Card, card_of
from handlers.samples import NOW, samples
from handlers.slack import answers
from handlers.slack.blocks import MOST_BLOCKS, Message
from handlers.slack.look import Look
from handlers.slack.render import render
from handlers.texts import languages

SEOUL = ZoneInfo("Asia/Seoul")
SHIPPED = load_storyline()
GOLDEN = Path(__file__).with_name("golden")
RENEW = "STANCEWATCH_RENEW_GOLDEN"
# What acts in mrkdwn: mentions, links and channels of ours are the only ones that may begin with "<".
ACTIVE = re.compile(r"<(?!https?://)[^>]*>?|&(?!amp;|lt;|gt;)")
INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NASTY = st.text(st.characters(), max_size=200) | st.sampled_from(
    [
        "@everyone <!channel> <!here|x> <@U123ABC> <#C123> <!subteam^S123>",
        "*b* _i_ ~s~ `c` ```pre``` > quoted :tada: :+1:",
        "[t](https://evil.example) <https://evil.example|t> https://evil.example mailto:a@b.example",
        "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
        "\u202eright-to-left\u202c \u200b\u200d\ufeff",
        "\n\n\n> a\n> b",
        "x" * 10_000,
        "한국" * 5_000,
        "e" + "\u0301" * 10_000,
        "|" * 300,
        "",
    ]
)
ADDRESSES = st.sampled_from(
    [
        "javascript:alert(1)",
        "https://a.example/" + "&" * 1_900,
        "https://a.example/" + "x" * 1_900,
        "https://a.example/|x>y<z",
        "https://a.example/?q=<!channel>",
        "https://[bad",
        "",
    ]
)


def _card(notice: Notice, storyline: Storyline = SHIPPED, language: str = "en") -> Card:
    return card_of(notice, storyline, language)


def _drawn(notice: Notice, storyline: Storyline = SHIPPED, language: str = "en", **look: Any) -> Message:
    return render(_card(notice, storyline, language), Look(SEOUL, **look))


def _payload(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def _assert_harmless(message: Message, payloads: Any) -> None:
    """Nothing of a stranger's is read as markup: mrkdwn is escaped, and all else is text that Slack shows as it is."""
    assert payloads.flaws(_payload(message)) == []
    for element in _mrkdwn(message.blocks):
        assert element["verbatim"] is True
        # Bold is ours, for the badge alone; a link is ours and begins with its scheme.
        assert not ACTIVE.search(element["text"])
        bare = re.sub(r"<https?://[^>|]*\|", "", element["text"])
        assert not set("_~`|") & set(re.sub(r"^:[a-z_]+:", "", bare))
        assert bare.count("*") in {0, 2}
        assert len(re.findall(r":[\w+-]+:", bare)) <= 1
    assert not ACTIVE.search(message.text)
    kinds = {found["type"] for found in _walk(message.blocks) if isinstance(found.get("type"), str)}
    assert not kinds & {"user", "usergroup", "broadcast", "channel", "team", "date"}
    for _, leaf in payloads.leaves(_payload(message)):
        assert not INVISIBLE.search(leaf)


def _mrkdwn(blocks: Any) -> list[dict[str, Any]]:
    return [found for found in _walk(blocks) if found.get("type") == "mrkdwn"]


def _walk(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        return [node, *(found for value in node.values() for found in _walk(value))]
    if isinstance(node, list | tuple):
        return [found for value in node for found in _walk(value)]
    return []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", samples(SHIPPED))
def test_slack_takes_every_state_in_every_language(payloads: Any, name: str, language: str) -> None:
    for more in ("", "10080  "):
        _assert_harmless(_drawn(samples(SHIPPED)[name], language=language, more=more), payloads)


@pytest.mark.parametrize("language", languages())
def test_messages_look_as_approved(small_storyline: Storyline, language: str) -> None:
    drawn = {
        name: _payload(_drawn(notice, small_storyline, language, more="10080  " if isinstance(notice, Brief) else ""))
        for name, notice in samples(small_storyline).items()
    }
    file, text = GOLDEN / f"{language}.json", json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get(RENEW):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8"), f"{file.name} has changed; if it is meant to, renew with {RENEW}=1"


@settings(max_examples=30, deadline=None)
@given(
    quote=NASTY,
    title=NASTY,
    publisher=NASTY,
    url=NASTY | ADDRESSES,
    origin=NASTY,
    name=st.sampled_from(["grown", "signal-denied", "mixed"]),
)
def test_hostile_text_in_an_alert_acts_on_nothing(
    payloads: Any, quote: str, title: str, publisher: str, url: str, origin: str, name: str
) -> None:
    alert = samples(SHIPPED)[name]
    assert isinstance(alert, Alert)
    evidence = tuple(
        replace(e, quote=quote, title=title, publisher=f"{publisher}{n}", url=url, origin=origin, language=title[:30])
        for n, e in enumerate(alert.evidence)
    )
    previous = Position(alert.from_rung or "", NOW, evidence[:1])
    hostile = replace(alert, evidence=evidence, against=evidence[:1], previous=previous)
    for language in languages():
        _assert_harmless(_drawn(hostile, language=language), payloads)


@settings(max_examples=12, deadline=None)
@given(text=NASTY, url=ADDRESSES, many=st.integers(0, 40))
def test_hostile_text_in_a_brief_acts_on_nothing_and_no_brief_is_too_long(
    payloads: Any, text: str, url: str, many: int
) -> None:
    alert, brief = samples(SHIPPED)["disputed"], samples(SHIPPED)["brief"]
    assert isinstance(alert, Alert)
    assert isinstance(brief, Brief)
    lead = replace(alert.lead, quote=text, title=text, publisher=text, url=url)
    alerts = tuple(replace(alert, id=f"a{n}", evidence=(lead,)) for n in range(many))
    held = Position("reviewing", NOW - timedelta(days=1), (lead,))
    standings = tuple(
        Standing(track.id, holder, word=replace(held, rung=track.rungs[0].id), deed=replace(held, rung=text[:50]))
        for track in SHIPPED.tracks
        for holder in track.holders
    )
    silent = tuple(SilentSource(f"{text[:60]}{n}", NOW, text) for n in range(many))
    full = replace(brief, moved=alerts, signals=alerts, standings=standings, silent=silent)
    for more in ("", "10080  "):
        _assert_harmless(_drawn(full, more=more), payloads)


@settings(max_examples=30, deadline=None)
@given(st.lists(NASTY, max_size=60))
def test_hostile_text_in_an_explanation_or_an_answer_acts_on_nothing(payloads: Any, lines: list[str]) -> None:
    _assert_harmless(answers.steps(lines), payloads)
    _assert_harmless(answers.sentence(" ".join(lines) or "x"), payloads)


def test_an_explanation_keeps_its_columns_and_says_where_it_was_cut(payloads: Any) -> None:
    lines = ["gate      passed", "  step    a rule"]
    (block,) = answers.steps(lines).blocks
    assert list(payloads.words(block)) == ["gate      passed\n  step      a rule"]
    (block,) = answers.steps([f"step      {'x' * 400}"] * 20).blocks
    assert next(iter(payloads.words(block))).endswith("…")


def test_the_sentence_stands_in_large_letters_and_a_longer_one_loses_no_word(payloads: Any) -> None:
    alert = samples(SHIPPED)["confirmed"]
    card = _card(alert)
    assert any(block["type"] == "header" for block in render(card, Look(SEOUL)).blocks)
    long = replace(card, headline="word " * 60 + "end")
    message = render(long, Look(SEOUL))
    assert not any(block["type"] == "header" for block in message.blocks)
    assert any(word == long.headline for word in payloads.words(message.blocks))


def test_the_ladder_reads_as_text_from_the_top_rung_down(small_storyline: Storyline, payloads: Any) -> None:
    words = "".join(payloads.words(_drawn(samples(small_storyline)["confirmed"], small_storyline).blocks))
    assert ":large_green_circle:  reviewing  ← now · baseline" in words
    assert ":radio_button:  rules out  ← before" in words
    assert words.index("supplying (deed)") < words.index("reviewing  ←") < words.index("rules out  ←")


def test_a_signal_leaves_the_register_where_it_stands(small_storyline: Storyline, payloads: Any) -> None:
    words = "".join(payloads.words(_drawn(samples(small_storyline)["signal"], small_storyline).blocks))
    assert ":large_yellow_circle:  reviewing  ← reported" in words
    assert ":radio_button:  rules out  ← so far" in words


def test_a_withdrawn_rung_is_struck_through() -> None:
    struck = [
        found
        for found in _walk(_drawn(samples(SHIPPED)["withdrawn"]).blocks)
        if (found.get("style") or {}) == {"strike": True}
    ]
    assert len(struck) == 1


def test_a_quote_in_another_language_keeps_its_words_and_names_the_language(payloads: Any) -> None:
    words = "\n".join(payloads.words(_drawn(samples(SHIPPED)["foreign"]).blocks))
    assert "대통령실 고위 관계자는" in words
    assert "in Korean" in words


def test_nothing_moved_is_said_in_one_line() -> None:
    message = _drawn(samples(SHIPPED)["brief-still"], more="10080  ")
    assert [block["type"] for block in message.blocks] == ["context", "header", "actions", "context"]
    assert message.text == "Nothing moved in the last 7 days."


def test_a_brief_in_which_nothing_waits_has_no_button() -> None:
    brief = samples(SHIPPED)["brief"]
    assert isinstance(brief, Brief)
    message = _drawn(replace(brief, silent=()), more="10080  ")
    assert "actions" not in [block["type"] for block in message.blocks]


def test_where_nobody_answers_there_are_no_buttons() -> None:
    for name in ("confirmed", "brief"):
        message = _drawn(samples(SHIPPED)[name], answers=False)
        assert "actions" not in [block["type"] for block in message.blocks]


def test_a_brief_of_everything_keeps_every_position(payloads: Any) -> None:
    """The longest brief that the shipped storyline can make, with the long addresses of a search."""
    lead = replace(samples(SHIPPED)["confirmed"].lead, url="https://news.example/rss/articles/" + "C" * 700)  # type: ignore[union-attr]  # an alert
    at = datetime(2024, 10, 1, tzinfo=UTC)
    standings = tuple(
        Standing(
            t.id, h, word=Position(t.rungs[0].id, at, (lead,)), deed=Position(t.rungs[-1].id, at, (lead,)),
            baseline=t.baseline.get(h, ""),
        )
        for t in SHIPPED.tracks
        for h in t.holders
    )  # fmt: skip
    brief = samples(SHIPPED)["brief-still"]
    assert isinstance(brief, Brief)
    for language in languages():
        message = _drawn(replace(brief, standings=standings), language=language)
        assert payloads.flaws(_payload(message)) == []
        assert len(message.blocks) < MOST_BLOCKS
        card = _card(replace(brief, standings=standings), language=language)
        words = "\n".join(payloads.words(message.blocks))
        for block in card.blocks:
            assert block.title in words  # type: ignore[union-attr]  # all of them are positions


@pytest.mark.parametrize("more", ["", "10080  "])
@pytest.mark.parametrize("holders", [120, 300, 3_000])
def test_a_brief_of_very_many_holders_is_cut_and_says_how_many_are_missing(
    payloads: Any, holders: int, more: str
) -> None:
    brief, track = samples(SHIPPED)["brief"], SHIPPED.tracks[0]
    assert isinstance(brief, Brief)
    said = Position(track.rungs[0].id, NOW, (samples(SHIPPED)["confirmed"].lead,))  # type: ignore[union-attr]  # an alert
    many = tuple(Standing(track.id, f"holder {number}", word=said) for number in range(holders))
    message = _drawn(replace(brief, standings=many), more=more)
    assert payloads.flaws(_payload(message)) == []
    words = list(payloads.words(message.blocks))
    # What moved is not what is left out.
    assert any(_card(brief).headline in word for word in words)
    shown = sum(word.startswith("holder ") for word in words)
    assert 8 <= shown < holders or shown == holders == 120
    if shown < holders:
        assert f"and {holders - shown} more" in words


def test_a_short_brief_names_the_tracks_that_it_leaves_out(payloads: Any) -> None:
    brief = samples(SHIPPED)["brief"]
    assert isinstance(brief, Brief)
    still = Standing("expert-depth", "experts", word=Position("divided", NOW - timedelta(days=90)))
    message = _drawn(replace(brief, standings=(*brief.standings, still)), more="10080  ")
    words = list(payloads.words(message.blocks))
    assert "As before: Experts on the pact's depth" in words
    assert not any("Expert opinion" in word for word in words)
