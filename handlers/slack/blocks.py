"""Which pieces is a Slack message made of, and does it keep within Slack's limits?

Small functions that make Block Kit's parts as plain dictionaries, and `Message`, which holds them. Limits are those
of Slack's reference: 50 blocks a message, 150 characters a header, 3,000 a section or a line of small print, 2,000 a
button's value; and a total, which Slack enforces without stating it.

Refuses to do: nothing is cut here but what would be refused; what a message says is render.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.plain import NAME_LIMIT, plain, shorten

Piece = dict[str, Any]
Block = dict[str, Any]

MOST_BLOCKS = 50
LONGEST_HEADER = 150
LONGEST_TEXT = 3_000
LONGEST_LABEL = 75
LONGEST_TOTAL = 12_000
"""Characters of a whole message, addresses included; Slack refuses somewhat above 13,000."""


@dataclass(frozen=True, slots=True)
class Message:
    """What Slack is given.

    Args:
        text: for the notification and the screen reader: mrkdwn, escaped.
    """

    text: str
    blocks: tuple[Block, ...]

    @property
    def fits(self) -> bool:
        """Whether Slack takes it whole."""
        return len(self.blocks) <= MOST_BLOCKS and size(self.blocks) <= LONGEST_TOTAL

    def cut(self) -> Message:
        """Leave out blocks before the last ones, which hold the buttons and the ids, until the rest fits."""
        head, tail = list(self.blocks[:-2]), self.blocks[-2:]
        while head and not Message(self.text, (*head, *tail)).fits:
            head.pop()
        return Message(self.text, (*head, *tail)[:MOST_BLOCKS])


def text(content: str, *, bold: bool = False, italic: bool = False, strike: bool = False) -> Piece:
    """Return a piece of rich text, shown as it is."""
    return _styled({"type": "text", "text": content}, bold=bold, italic=italic, strike=strike)


def link(label: str, url: str, *, bold: bool = False) -> Piece:
    """Return a link, the label alone where there is no address."""
    if not url or not label:
        return text(label, bold=bold)
    return _styled({"type": "link", "url": url, "text": label}, bold=bold)


def emoji(name: str) -> Piece:
    """Return an emoji by Slack's name of it."""
    return {"type": "emoji", "name": name}


def author(by: str) -> Piece:
    """Return who did something, as they are stored ("slack:U1"): somebody of Slack by name."""
    platform, _, user = by.partition(":")
    known = platform == "slack" and re.fullmatch("[UW][A-Z0-9]+", user)
    return person(user) if known else text(plain(by, NAME_LIMIT))


def person(user: str) -> Piece:
    """Return somebody by name. In an answer that one person sees it wakes nobody."""
    return {"type": "user", "user_id": user}


def line(*pieces: Piece) -> Block:
    """Return pieces on a line of rich text."""
    return {"type": "rich_text_section", "elements": _whole(pieces)}


def bullets(items: Iterable[Sequence[Piece]]) -> Block:
    """Return lines with bullets; one without a letter is left out, as Slack refuses it."""
    elements = [shown for item in items if (shown := line(*item))["elements"]]
    return {"type": "rich_text_list", "style": "bullet", "indent": 0, "border": 0, "elements": elements}


def quoted(*pieces: Piece) -> Block:
    """Return pieces as a quotation."""
    return {"type": "rich_text_quote", "elements": _whole(pieces)}


def preformatted(content: str) -> Block:
    """Return lines in letters of one width."""
    return {"type": "rich_text_preformatted", "elements": _whole([text(content)]), "border": 0}


def rich(*elements: Block) -> Block:
    """Return a block of rich text."""
    return {"type": "rich_text", "elements": [element for element in elements if element["elements"]]}


def header(content: str) -> Block:
    """Return the line in large letters; a longer one becomes bold rich text, so that no word is lost."""
    if len(content) > LONGEST_HEADER:
        return rich(line(text(content, bold=True)))
    return {"type": "header", "text": {"type": "plain_text", "text": content, "emoji": False}}


def small(*parts: str) -> Block:
    """Return small print.

    Args:
        parts: mrkdwn, escaped; empty ones are left out.
    """
    content = shorten(" · ".join(part for part in parts if part), LONGEST_TEXT)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": content, "verbatim": True}]}


def section(content: str, beside: Piece | None = None) -> Block:
    """Return a section of mrkdwn that is ours or escaped.

    Args:
        beside: a button at its edge.
    """
    shown = {"type": "section", "text": {"type": "mrkdwn", "text": shorten(content, LONGEST_TEXT), "verbatim": True}}
    return shown | ({"accessory": beside} if beside else {})


def divider() -> Block:
    """Return a line across the message."""
    return {"type": "divider"}


def buttons(*made: Piece) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(made)}


def button(action: str, label: str, value: str) -> Piece:
    """Return a button.

    Args:
        action: id by which the press is heard.
        value: comes back with the press; at most 2,000 characters.
    """
    shown = {"type": "plain_text", "text": shorten(label, LONGEST_LABEL), "emoji": True}
    return {"type": "button", "action_id": action, "text": shown, "value": value}


def menu(action: str, label: str, choices: Iterable[tuple[str, str]]) -> Piece:
    """Return a menu.

    Args:
        choices: (value, words); a value comes back with the choice, at most 150 characters.
    """
    shown = {"type": "plain_text", "text": shorten(label, LONGEST_LABEL), "emoji": True}
    return {"type": "static_select", "action_id": action, "placeholder": shown, "options": _options(choices)}


def overflow(action: str, choices: Iterable[tuple[str, str]]) -> Piece:
    """Return the menu behind three dots; at most five choices."""
    return {"type": "overflow", "action_id": action, "options": _options(choices)}


def _options(choices: Iterable[tuple[str, str]]) -> list[Piece]:
    return [
        {"text": {"type": "plain_text", "text": shorten(words, LONGEST_LABEL), "emoji": True}, "value": value}
        for value, words in choices
    ]


def size(blocks: Iterable[Block]) -> int:
    """Return how many characters of text and addresses blocks hold."""
    return sum(len(leaf) for block in blocks for leaf in _leaves(block))


def _leaves(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, str):
                if key in {"text", "url", "value"}:
                    yield value
            else:
                yield from _leaves(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _leaves(item)


def _styled(piece: Piece, **styles: bool) -> Piece:
    on = {name: True for name, wanted in styles.items() if wanted}
    return piece | {"style": on} if on else piece


def _whole(pieces: Iterable[Piece]) -> list[Piece]:
    """Leave out pieces without a letter, which Slack refuses."""
    return [piece for piece in pieces if piece["type"] != "text" or piece["text"]]
