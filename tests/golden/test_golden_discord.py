"""Do Discord's messages look as they were last approved?

The files under discord/ hold what is sent, as JSON. After a wanted change renew them, look at the difference, and
commit it with the change:

    STANCEWATCH_RENEW_GOLDEN=1 pytest tests/golden
"""

import json
import os
from pathlib import Path

import pytest

from bot.domain import Alert, Bundle, Storyline, Trouble
from handlers.card import card_of, card_of_alert, card_of_brief
from handlers.discord.layout import embed, layout
from handlers.discord.render import alert_sheet, answer_sheets, brief_sheet, bundle_sheet, full, trouble_sheet
from handlers.discord.sheet import Sheet
from handlers.sample_answers import answer_cards
from handlers.samples import samples
from handlers.texts import languages

SENT = Path(__file__).with_name("discord")
RENEW = "STANCEWATCH_RENEW_GOLDEN"


@pytest.mark.parametrize("language", languages())
async def test_messages_are_as_approved(small_storyline: Storyline, language: str) -> None:
    sent: dict[str, object] = {}
    for name, notice in samples(small_storyline).items():
        if isinstance(notice, Alert):
            sheet = alert_sheet(card_of_alert(notice, small_storyline, language), delivery=7)
            sent[name] = _layout(sheet, "<@&5>" if name == "grown" else "")
            continue
        if isinstance(notice, Bundle):
            sent[name] = _layout(bundle_sheet(card_of(notice, small_storyline, language), delivery=7))
            continue
        if isinstance(notice, Trouble):
            sent[name] = _layout(trouble_sheet(card_of(notice, small_storyline, language)))
            continue
        card = card_of_brief(notice, small_storyline, language)
        sent[name] = _layout(brief_sheet(card, notice.as_of - notice.since))
        sent[f"{name}, full"] = [_layout(page) for page in full(card)]
    sent["an embed"] = embed(
        alert_sheet(card_of_alert(_grown(small_storyline), small_storyline, language), 7)
    ).to_dict()
    _expect(f"{language}.json", json.dumps(sent, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("language", languages())
async def test_answers_are_as_approved(small_storyline: Storyline, language: str) -> None:
    cards = answer_cards(small_storyline, language)
    sent = {name: [_layout(sheet) for sheet in answer_sheets(card, {"why": 77})] for name, card in cards.items()}
    _expect(f"answers-{language}.json", json.dumps(sent, ensure_ascii=False, indent=1) + "\n")


def _grown(storyline: Storyline) -> Alert:
    grown = samples(storyline)["grown"]
    assert isinstance(grown, Alert)
    return grown


def _layout(sheet: Sheet, mention: str = "") -> list[dict[str, object]]:
    return layout(sheet, mention).to_components()


def _expect(name: str, text: str) -> None:
    file = SENT / name
    if os.environ.get(RENEW):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"no approved {name}; look at the output and renew with {RENEW}=1"
    assert text == file.read_text(encoding="utf-8"), f"{name} has changed; if it is meant to, renew with {RENEW}=1"
