"""What must be taken out of a feed so that feedparser reads the rest?

feedparser raises, and the whole feed is lost, on a few things that no reader of news needs: references to characters
that do not exist, and half-written elements of geography, chapters and picture sizes.

Refuses to do: no text of an article is changed, and well-formed feeds come out as they went in.
"""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?")
_UNREAD = re.compile(r"</?(?:georss|gml|geo|psc):[^<>]*+>|</?(?:width|height)(?:\s[^<>]*+)?>", re.IGNORECASE)
_CONTROLS_ALLOWED = frozenset({0x09, 0x0A, 0x0D})


def mend(text: str) -> str:
    """Return a feed's text without impossible character references and without the tags of unread elements."""
    if "&#" in text:
        text = _REFERENCE.sub(_possible, text)
    return _UNREAD.sub("", text)


def _possible(match: re.Match[str]) -> str:
    digits = (match[1] or match[2]).lstrip("0") or "0"
    if len(digits) > 7:
        return ""
    code = int(digits, 16 if match[1] else 10)
    if code < 0x20:
        return match[0] if code in _CONTROLS_ALLOWED else ""
    return match[0] if code < 0xD800 or 0xDFFF < code < 0xFFFE or 0xFFFF < code < 0x110000 else ""
