"""What must be taken out of a feed so that feedparser reads the rest?

feedparser raises, and the whole feed is lost, on a few things that no reader of news needs: references to characters
that do not exist, and half-written elements of geography, chapters and picture sizes.

Refuses to do: no text of an article is changed, and well-formed feeds come out as they went in.
"""

from __future__ import annotations

import re

NUMBERED = r"&#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?"
"""A reference to a character by its number: in hexadecimal, or in decimal digits."""
_REFERENCE = re.compile(NUMBERED)
_UNREAD = re.compile(r"</?(?:georss|gml|geo|psc):[^<>]*+>|</?(?:width|height)(?:\s[^<>]*+)?>", re.IGNORECASE)
_CONTROLS_ALLOWED = frozenset({0x09, 0x0A, 0x0D})
_DIGITS = 7
"""Of the longest number that is read; every character has fewer, and Python refuses to read one of 4,300."""


def mend(text: str) -> str:
    """Return a feed's text without impossible character references and without the tags of unread elements."""
    if "&#" in text:
        text = _REFERENCE.sub(_possible, text)
    return _UNREAD.sub("", text)


def character(hexadecimal: str, decimal: str) -> int | None:
    """Return the number of the character that a reference names; None where there is none that XML knows.

    Args:
        hexadecimal, decimal: its digits; one of the two is empty.
    """
    digits = (hexadecimal or decimal).lstrip("0") or "0"
    if len(digits) > _DIGITS:
        return None
    code = int(digits, 16 if hexadecimal else 10)
    if code < 0x20:
        return code if code in _CONTROLS_ALLOWED else None
    return code if code < 0xD800 or 0xDFFF < code < 0xFFFE or 0xFFFF < code < 0x110000 else None


def _possible(match: re.Match[str]) -> str:
    return "" if character(match[1] or "", match[2] or "") is None else match[0]
