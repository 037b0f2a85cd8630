"""What does a card look like on Discord?

The badge and the sentence first, as a phone's notification shows little more; then the ladder, the quote, what backs
it. A brief is short: what moved, what is not confirmed, a line for each track that is as it was; `full` has the rest,
in as many pages as that takes.

Refuses to do: nothing of Discord's client is touched; a card becomes Sheets, and layout.py makes messages of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.domain import AlertState, NoticeKind
from handlers.card import Block, Card, Entries, Facts, Ladder, Member, Positions, Quote, Usages
from handlers.discord import idents, wording
from handlers.discord.escape import cut, escape, moment
from handlers.discord.idents import Step
from handlers.discord.sheet import Button, Part, Sheet, buttons, fitted, paged
from handlers.texts import say

MOST_TOLD = 5
"""Alerts that a short brief lists."""

MOST_PAGES = 5
_HEADLINE = 400
_LADDER_ROOM = 900
_SETTLED = 0x5865F2
_COLOURS = {
    AlertState.SIGNAL: 0xF0B232,
    AlertState.CONFIRMED: 0x23A55A,
    AlertState.DISPUTED: 0x9B59B6,
    AlertState.WITHDRAWN: 0xF23F43,
    AlertState.EXPIRED: 0x80848E,
}
_SIGNS = {
    AlertState.SIGNAL: "🟡",
    AlertState.CONFIRMED: "🟢",
    AlertState.DISPUTED: "🟣",
    AlertState.WITHDRAWN: "🔴",
    AlertState.EXPIRED: "⚪",
}
_SIGN, _SIGN_OF_TROUBLE = "🔵", "🔧"


def alert_sheet(card: Card, delivery: int) -> Sheet:
    """Return an alert as one message.

    Args:
        delivery: id that the message carries, so that what a channel shows can be told from what it should.
    """
    parts = [*_head(card), *(part for block in card.blocks for part in _alert_part(block, card))]
    parts.append(Part("-# " + escape(" · ".join(card.footer)) + f" · {moment(card.at)}", 95))
    why = Button(say(card.language, "button.why"), ident=idents.why(card.subject, delivery, card.version))
    pressed = (*buttons(why), *acts(card.subject, card.version, card.language))
    return Sheet(card.headline, _colour(card), fitted(parts), pressed)


def acts(alert: str, version: int, language: str) -> tuple[Button, ...]:
    """Return what can be done about an alert, besides asking why."""
    steps = {
        Step.USEFUL: "act.useful",
        Step.WRONG: "act.wrong",
        Step.MUTE: "act.mute",
        Step.SOURCES: "act.sources",
    }
    return buttons(
        *(Button(say(language, key), ident=idents.of_alert(step, alert, version)) for step, key in steps.items())
    )


def news_sheet(card: Card) -> Sheet:
    """Return what has become of an alert, for its thread; what can be pressed stands below the alert itself."""
    parts = [*_head(card), *(part for block in card.blocks for part in _alert_part(block, card))]
    parts.append(Part("-# " + escape(" · ".join(card.footer)) + f" · {moment(card.at)}", 95))
    return Sheet(card.headline, _colour(card), fitted(parts))


def bundle_sheet(card: Card, delivery: int) -> Sheet:
    """Return several alerts as one message, with a button for each.

    Args:
        delivery: as in `alert_sheet`.
    """
    parts = [*_head(card), *(part for block in card.blocks for part in _alert_part(block, card))]
    members = [block for block in card.blocks if isinstance(block, Member)]
    asked = (
        Button(say(card.language, "button.why.of", n=one.number), ident=idents.why(one.ident, delivery, card.version))
        for one in members
    )
    return Sheet(card.headline, _colour(card), fitted(parts), buttons(*asked))


def trouble_sheet(card: Card) -> Sheet:
    """Return a channel elsewhere that takes nothing, or works again, as one message; there is nothing to press."""
    parts = [*_head(card), *(part for block in card.blocks for part in _alert_part(block, card))]
    return Sheet(card.headline, _colour(card), fitted(parts))


def brief_sheet(card: Card, window: timedelta, track: str = "", holder: str = "") -> Sheet:
    """Return a brief in short, with a button for the rest.

    Args:
        window, track, holder: what was asked, so that the button can ask again.
    """
    parts = _head(card)
    still: list[str] = []
    for block in card.blocks:
        if isinstance(block, Positions) and block.detail and not track:
            still.append(wording.stands_in_short(block))
        else:
            parts += _brief_part(block, card.language, MOST_TOLD)
    if still:
        title = say(card.language, "brief.unchanged")
        unchanged = Part("\n".join([f"**{title}**", *still]), 40, ruled=True)
        parts.insert(_before_silent(card, parts), unchanged)
    ident = idents.everything(window, track, holder)
    more = () if track else buttons(Button(say(card.language, "button.all"), ident=ident))
    return Sheet(card.headline, _colour(card), fitted(parts), more)


def full(card: Card, *, notes: bool = False) -> tuple[Sheet, ...]:
    """Return a brief with everything in it, in pages.

    Args:
        notes: with what baseline and history rest on.
    """
    parts = _head(card)
    for block in card.blocks:
        parts += _brief_part(block, card.language, most=100, notes=notes)
    pages = paged(parts)
    return tuple(Sheet(card.headline, _colour(card), page) for page in pages[:MOST_PAGES])


def answer_sheets(card: Card, clickable: Mapping[str, int] | None = None) -> tuple[Sheet, ...]:
    """Return an answer to a question, a stance, a timeline, help, in as many pages as it takes.

    Args:
        clickable: Discord's ids of the commands by name, where they are known.
    """
    parts = _head(card)
    for block in card.blocks:
        parts += _answer_part(block, card.language, clickable or {})
    return tuple(Sheet(card.headline, _colour(card), page) for page in paged(parts)[:MOST_PAGES])


def _answer_part(block: Block, language: str, clickable: Mapping[str, int]) -> list[Part]:
    match block:
        case Positions():
            return _run(wording.stands(block, language, notes=True), 80)
        case Entries():
            return _run(wording.told(block, language, len(block.entries), style="D"), 60)
        case Facts():
            return [Part(wording.facts(block, language), 60, ruled=True)]
        case Usages():
            return _run(wording.usages(block, clickable), 90)
        case Ladder() | Quote() | Member():
            return []


def _head(card: Card) -> list[Part]:
    state = card.badge.state
    sign = _sign(card, state)
    kicker = cut(card.kicker, 200)
    if state is None:
        kicker += " · " + say(card.language, "as_of", moment=moment(card.at))
    text = f"{sign} **{escape(card.badge.text)}**\n### {cut(card.headline, _HEADLINE)}\n-# {kicker}"
    return [Part(text, 100)]


def _alert_part(block: Block, card: Card) -> list[Part]:
    language = card.language
    match block:
        case Ladder():
            drawn = wording.ladder(block, card.badge.state)
            return [Part(drawn if len(drawn) <= _LADDER_ROOM else cut(block.spoken, _LADDER_ROOM // 2), 80, ruled=True)]
        case Quote():
            return [Part(wording.quote(block, language), 70 if block.heading else 90, ruled=True)]
        case Facts():
            return [Part(wording.facts(block, language), 50 if block.detail else 60, ruled=not block.detail)]
        case Entries():
            return [Part(wording.sources(block, language), 30)]
        case Member():
            said = Part(wording.quote(block.quote, language), 50 - block.number)
            return [Part(wording.member(block, _sign(card, block.badge.state)), 95, ruled=True), said]
        case Positions() | Usages():
            return []


def _brief_part(block: Block, language: str, most: int, *, notes: bool = False) -> list[Part]:
    match block:
        case Positions():
            return _run(wording.stands(block, language, notes=notes), 50)
        case Entries() if block.detail:
            return [Part(wording.silent(block, language), 30, ruled=True)]
        case Entries():
            return _run(wording.told(block, language, most), 80)
        case _:
            return []


def _run(pieces: tuple[str, ...], weight: int) -> list[Part]:
    """Return pieces that follow each other; later ones are lighter."""
    return [Part(piece, weight - i, ruled=i == 0) for i, piece in enumerate(pieces)]


def _before_silent(card: Card, parts: list[Part]) -> int:
    """Return where the unchanged tracks stand: after the positions, before the sources that are silent."""
    has_silent = any(isinstance(block, Entries) and block.detail for block in card.blocks)
    return len(parts) - 1 if has_silent else len(parts)


def _sign(card: Card, state: AlertState | None) -> str:
    if state:
        return _SIGNS[state]
    return _SIGN_OF_TROUBLE if card.kind is NoticeKind.TROUBLE else _SIGN


def _colour(card: Card) -> int:
    return _COLOURS[card.badge.state] if card.badge.state else _SETTLED
