"""Does every answer fit Discord, whatever is in it?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simcord.components import validate_message_state

from bot.domain import Mute, PollState, Source, Tier
from config import load_storyline
from handlers.card import Card, card_of_help, card_of_mutes, card_of_sources, card_of_timeline
from handlers.discord.layout import layout
from handlers.discord.render import MOST_PAGES, answer_sheets
from handlers.discord.sheet import size
from handlers.sample_answers import USAGES, answer_cards, sample_timeline
from handlers.samples import NOW
from handlers.texts import languages

STORYLINE = load_storyline()
COMPONENTS_V2 = 1 << 15
HOSTILE = st.text(max_size=300) | st.sampled_from(
    ["@everyone <@&5> <#1>", "**b** _i_ ||s|| `c` [t](https://evil.example)", "*" * 9_000, "🇰🇷" * 5_000, "한" * 9_000]
)


def _texts(components: object) -> Iterator[str]:
    for component in components if isinstance(components, list) else ():
        if "content" in component:
            yield component["content"]
        yield from _texts(component.get("components"))


def _takes(card: Card) -> str:
    """Hold an answer against Discord's rules; return its text."""
    sheets = answer_sheets(card, {"why": 77})
    assert 0 < len(sheets) <= MOST_PAGES
    shown = []
    for sheet in sheets:
        sent = layout(sheet).to_components()
        validate_message_state(
            sent, flags=COMPONENTS_V2, content=None, embeds=[], poll=None, stickers=[], attachments=[]
        )
        texts = list(_texts(sent))
        assert sum(size(text) for text in texts) <= 4000
        assert all(texts)
        shown += texts
    return "\n".join(shown)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", answer_cards(STORYLINE, "en"))
async def test_every_answer_fits(name: str, language: str) -> None:
    card = answer_cards(STORYLINE, language)[name]
    assert card.headline[:20] in _takes(card).replace("\\", "")


async def test_a_command_that_discord_knows_can_be_pressed() -> None:
    shown = _takes(card_of_help(USAGES, (), STORYLINE, "en", NOW))
    assert "- </why:77> what" in shown
    assert "- **/stance** track \\[holder\\]" in shown


async def test_moves_are_dated_for_each_reader_and_days_stay_days() -> None:
    shown = _takes(answer_cards(STORYLINE, "en")["timeline"])
    assert "20 Jun 2024" in shown
    assert "<t:1726304400:D>" in shown


@settings(max_examples=40)
@given(text=HOSTILE, number=st.integers(0, 80))
def test_hostile_sources_mutes_and_moves_fit_and_ping_nobody(text: str, number: int) -> None:
    source = Source("k", text, "https://x.example", "rss", text[:9], text, "g", Tier.OUTLET, author=text)
    state = PollState(NOW, last_success=NOW - timedelta(days=3), last_error=text)
    mute = Mute("m", "discord", "1", text, NOW, None, track=text, holder=text, rung=text)
    timeline = sample_timeline(STORYLINE)
    course = timeline.courses[0]
    changes = tuple(
        replace(c, evidence=c.evidence and replace(c.evidence, publisher=text, url=text)) for c in course.changes
    )
    courses = (replace(course, holder=text, changes=changes * 3),) * (number % 9 + 1)
    for card in (
        card_of_sources([(source, state)] * number, {}, STORYLINE, "en", NOW),
        card_of_mutes([mute] * number, STORYLINE, "ko", NOW),
        card_of_timeline(replace(timeline, courses=courses), STORYLINE, "en"),
    ):
        shown = _takes(card)
        assert "<@" not in shown.replace("\\<", "")
        assert "@everyone" not in shown.replace("\\@", "")
