"""Do messages look as they were last approved?

The files under cards/ are what a person approved. After a wanted change renew them, look at the difference, and
commit it with the change:

    STANCEWATCH_RENEW_GOLDEN=1 pytest tests/golden
"""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain import Bundle, Storyline
from handlers.card import card_of
from handlers.console import json_line, line_of
from handlers.console.people import render
from handlers.sample_answers import answer_cards
from handlers.samples import samples
from handlers.texts import languages

CARDS = Path(__file__).with_name("cards")
RENEW = "STANCEWATCH_RENEW_GOLDEN"


def _expect(name: str, text: str) -> None:
    file = CARDS / name
    if os.environ.get(RENEW):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"no approved {name}; look at the output and renew with {RENEW}=1"
    assert text == file.read_text(encoding="utf-8"), f"{name} has changed; if it is meant to, renew with {RENEW}=1"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [80, 40])
def test_cards_look_as_approved(small_storyline: Storyline, language: str, width: int) -> None:
    shown = []
    for name, notice in samples(small_storyline).items():
        card = card_of(notice, small_storyline, language)
        shown.append(f"##### {name}\n{render(card, width=width, zone=ZoneInfo('Asia/Seoul'))}")
    _expect(f"{language}-{width}.txt", "".join(shown))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [80, 40])
def test_answers_look_as_approved(small_storyline: Storyline, language: str, width: int) -> None:
    cards = answer_cards(small_storyline, language)
    shown = [f"##### {name}\n{render(card, width=width, zone=ZoneInfo('Asia/Seoul'))}" for name, card in cards.items()]
    _expect(f"answers-{language}-{width}.txt", "".join(shown))


def test_lines_are_as_approved(small_storyline: Storyline) -> None:
    told = [notice for notice in samples(small_storyline).values() if not isinstance(notice, Bundle)]
    lines = [json_line(line_of(notice)) for notice in told]
    _expect("lines.jsonl", "\n".join(lines) + "\n")
