"""Does Slack take the cards of answers, whatever is in them?"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Mute, PollState, Source, Storyline, Tier
from config import load_storyline
from handlers.card import Card, Usage, card_of_help, card_of_mutes, card_of_sources, card_of_timeline
from handlers.sample_answers import answer_cards, sample_timeline
from handlers.samples import NOW
from handlers.slack.blocks import Message
from handlers.slack.look import Look
from handlers.slack.render import render
from handlers.texts import languages

SHIPPED = load_storyline()
LOOK = Look(ZoneInfo("Asia/Seoul"))
GOLDEN = Path(__file__).with_name("golden")
RENEW = "STANCEWATCH_RENEW_GOLDEN"
ACTIVE = re.compile(r"<(?!https?://)[^>]*>?|&(?!amp;|lt;|gt;)")
NASTY = st.text(st.characters(), max_size=200) | st.sampled_from(
    ["<!channel> <@U123ABC> @here", "*b* _i_ ~s~ `c` :tada:", "x" * 10_000, "한" * 10_000, "e" + "\u0301" * 999, ""]
)


def _payload(card: Card) -> dict[str, Any]:
    message: Message = render(card, LOOK)
    return {"text": message.text, "blocks": list(message.blocks)}


def _assert_harmless(card: Card, payloads: Any) -> None:
    payload = _payload(card)
    assert payloads.flaws(payload) == []
    assert not ACTIVE.search(payload["text"])
    for block in payload["blocks"]:
        if block["type"] == "context":
            assert not any(ACTIVE.search(element["text"]) for element in block["elements"])
    # All else is rich text, whose text elements Slack shows as they are.
    assert {block["type"] for block in payload["blocks"]} <= {"context", "header", "rich_text", "divider"}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", answer_cards(SHIPPED, "en"))
def test_slack_takes_every_answer_in_every_language(payloads: Any, name: str, language: str) -> None:
    _assert_harmless(answer_cards(SHIPPED, language)[name], payloads)


@pytest.mark.parametrize("language", languages())
def test_answers_look_as_approved(small_storyline: Storyline, language: str) -> None:
    drawn = {name: _payload(card) for name, card in answer_cards(small_storyline, language).items()}
    file, text = GOLDEN / f"answers-{language}.json", json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get(RENEW):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8"), f"{file.name} has changed; if it is meant to, renew with {RENEW}=1"


@settings(max_examples=12)
@given(name=NASTY, error=NASTY, author=NASTY, number=st.integers(0, 9))
def test_hostile_sources_and_mutes_act_on_nothing(
    payloads: Any, name: str, error: str, author: str, number: int
) -> None:
    source = Source("k", name, "https://x.example", "rss", name[:9], name, "g", Tier.OUTLET, author=author)
    state = PollState(NOW, last_success=NOW - timedelta(days=3), last_error=error, quiet=True)
    sources = [(replace(source, key=f"{name}{n}"), state) for n in range(number)]
    _assert_harmless(card_of_sources(sources, {}, SHIPPED, "en", NOW), payloads)
    mute = Mute(name, "slack", "C1", author, NOW, None, track=name, holder=name, rung=name)
    _assert_harmless(card_of_mutes([mute] * number, SHIPPED, "ko", NOW), payloads)
    usages = [Usage("/a [b]", "a", "does it")]
    _assert_harmless(card_of_help(usages, [name] * min(number, 9), SHIPPED, "en", NOW), payloads)


@settings(max_examples=12)
@given(publisher=NASTY, url=NASTY, holder=NASTY, number=st.integers(1, 3))
def test_a_hostile_timeline_acts_on_nothing(payloads: Any, publisher: str, url: str, holder: str, number: int) -> None:
    timeline = sample_timeline(SHIPPED)
    course = timeline.courses[0]
    changes = tuple(
        replace(c, rung=holder, evidence=c.evidence and replace(c.evidence, publisher=publisher, url=url))
        for c in course.changes
    )
    courses = (replace(course, holder=holder, changes=changes * 3),) * number
    _assert_harmless(card_of_timeline(replace(timeline, courses=courses), SHIPPED, "en"), payloads)
