"""What can be asked and said of an alert below its message, and what does each press carry?

Five things that fit a phone in two rows: why, useful, what is not right, mute, sources. Each carries the alert's id
and the version that was shown, so that it works after a restart and on an old message.

Refuses to do: nothing is answered here (commands.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain import Verdict
from handlers.acting import span_choices, subject
from handlers.card import Card, Ladder, Mark, Member
from handlers.slack.blocks import Piece, button, menu, overflow
from handlers.texts import say

MORE = "stancewatch_more"
"""Action of the button under a short brief."""
WHY = "stancewatch_why"
USEFUL = "stancewatch_useful"
WRONG = "stancewatch_wrong"
MUTE = "stancewatch_mute"
SOURCES = "stancewatch_sources"
MENU = "stancewatch_menu"
"""Action of the menu beside one alert among several."""
CHANGE = "stancewatch_change"
END = "stancewatch_end"
"""Actions of the buttons under a subscription."""
ADD_FEED = "stancewatch_add_feed"
"""Action of the button under the preview of a feed."""


def below(card: Card) -> Iterator[Piece]:
    """Yield the buttons and menus under an alert."""
    language, carried = card.language, subject(card.subject, card.version)
    yield button(WHY, say(language, "chat.why"), carried)
    yield button(USEFUL, say(language, "act.useful"), carried)
    yield menu(WRONG, say(language, "act.wrong"), ((f"{carried}|{v}", words) for v, words in _verdicts(card)))
    spans = ((f"{carried}|{span}", words) for span, words in span_choices(language))
    yield menu(MUTE, say(language, "act.mute"), spans)
    yield button(SOURCES, say(language, "act.sources"), carried)


def beside(member: Member, language: str) -> Piece:
    """Return the menu of one alert among several: what can be said without choosing a rung."""
    carried = subject(member.ident, 0)
    choices = (
        (f"{WHY} {carried}", say(language, "chat.why")),
        (f"{USEFUL} {carried}", say(language, "act.useful")),
        (f"{WRONG} {carried}|{Verdict.NOT_A_SHIFT}", say(language, "act.not_a_shift")),
        (f"{MUTE} {carried}|24h", say(language, "act.mute_for", span=say(language, "act.span.24h"))),
        (f"{SOURCES} {carried}", say(language, "act.sources")),
    )
    return overflow(MENU, choices)


def _verdicts(card: Card) -> Iterator[tuple[str, str]]:
    """Yield what may be wrong: it is no shift, or it is to another rung."""
    yield Verdict.NOT_A_SHIFT.value, say(card.language, "act.not_a_shift")
    for ladder in (block for block in card.blocks if isinstance(block, Ladder)):
        for step in (step for step in ladder.steps if Mark.TO not in step.marks):
            yield f"{Verdict.WRONG_RUNG}:{step.rung}", say(card.language, "act.should_be", rung=step.label)
